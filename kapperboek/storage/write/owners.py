"""Owners of the notebook: never none at all, whichever way somebody who works here is changed."""

from __future__ import annotations

import json

from kapperboek.domain.errors import UserError
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook

_OWNERS = "SELECT id FROM staff WHERE role = 'owner' AND active = 1"


def present(book: Notebook) -> bool:
    """Tell whether somebody who works here is owner."""
    return book.value(f"{_OWNERS} LIMIT 1") is not None


def to_keep(book: Notebook, change_id: int, staff_id: int) -> int:
    """The owner who must stay when this change is taken back, because it brought along every owner there is: who takes
    it back, else who wrote something first. 0 when an owner remains all the same or comes back with it, and when nobody
    ever worked here: then it is a notebook without staff again, in which everybody may everything.
    """
    removed = "SELECT before FROM change_row WHERE change_id = ? AND table_name = 'staff' AND op = 'delete'"
    if any(_was_owner(json.loads(before)) for (before,) in book.rows(removed, (change_id,))):
        return 0
    stays = (
        f"{_OWNERS} AND id NOT IN (SELECT CAST(row_key AS INTEGER) FROM change_row"
        " WHERE change_id = ? AND table_name = 'staff' AND op = 'insert')"
    )
    if book.value(f"{stays} LIMIT 1", (change_id,)) is not None:
        return 0
    worked = "(SELECT min(change.id) FROM change WHERE staff_id = staff.id)"
    found = f"{_OWNERS} AND (id = ? OR {worked} IS NOT NULL) ORDER BY id <> ?, {worked}"
    return int(book.value(f"{found} LIMIT 1", (staff_id, staff_id)) or 0)


def _was_owner(row: dict[str, object]) -> bool:
    return row.get("role") == "owner" and bool(row.get("active"))


def refuse_without(book: Notebook) -> None:
    """UserError "last-owner" when nobody of the staff is owner: nobody could give anybody a right any more."""
    if not present(book) and book.value("SELECT 1 FROM staff LIMIT 1") is not None:
        raise UserError("last-owner", _("Somebody must stay the owner: make another one owner first."))
