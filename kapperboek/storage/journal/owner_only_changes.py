"""Owner-only changes: those not everybody may take back, to the settings and to who works here with which rights."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook

OF_OWNERS = ("staff_may", "recovery_proved_for")  # settings


def wrote_settings(book: Notebook, change_id: int, free: Sequence[str], staff_id: int) -> bool:
    """Tell whether a change wrote what only some may change.

    Not what everybody may (the settings ``free``), and not the names that an import of this same person brought along,
    nor that these went or came again with it.
    """
    return (
        book.value(
            "SELECT 1 FROM change_row WHERE change_id = ?"
            " AND table_name IN ('setting', 'staff', 'treatment', 'profile_field', 'breach')"
            f" AND NOT (table_name = 'setting' AND row_key IN {MEMBERS})"
            " AND op <> ? LIMIT 1",
            (change_id, members(map(json.dumps, free)), _brought_along(book, change_id, staff_id)),
        )
        is not None
    )


def _brought_along(book: Notebook, change_id: int, staff_id: int) -> str:
    """Operation of a change on the names that an import of this person brought along.

    ``insert`` when it is that import, ``delete`` when it takes it back, and so on; empty for any other change.
    """
    taken_back = False
    while row := book.row("SELECT undoes_id, source, coalesce(staff_id, 0) FROM change WHERE id = ?", (change_id,)):
        undoes, source, who = row
        if undoes is None:
            return ("delete" if taken_back else "insert") if (source, who) == ("import", staff_id) else ""
        change_id, taken_back = undoes, not taken_back
    return ""


def wrote_owners(book: Notebook, change_id: int) -> bool:
    """Tell whether a change wrote what concerns owners.

    That is somebody's role or whether they work here, anything of an owner, or what staff may.
    """
    owners = {row[0] for row in book.rows("SELECT id FROM staff WHERE role = 'owner'")}
    written = (
        "SELECT table_name, row_key, op, before FROM change_row"
        " WHERE change_id = ? AND table_name IN ('setting', 'staff')"
    )
    return any(
        json.loads(key) in OF_OWNERS
        if table == "setting"
        else _concerns_owners(json.loads(key) in owners, op, json.loads(before or "{}"))
        for table, key, op, before in book.rows(written, (change_id,))
    )


def _concerns_owners(is_owner: bool, op: str, before: dict[str, object]) -> bool:
    if op == "delete":
        return (before.get("role") or "owner") == "owner"
    return is_owner or (op == "update" and not before.keys().isdisjoint(("role", "active")))
