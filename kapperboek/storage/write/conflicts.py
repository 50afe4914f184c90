"""Conflict of two people: what is said to whom changes a row that somebody else changed first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kapperboek.domain.errors import ChangedMeanwhile
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import journaled_tables

if TYPE_CHECKING:
    from sqlmodel import SQLModel


def changed_meanwhile(
    book: Notebook, table: str, row: SQLModel, ours: str, theirs: str = ""
) -> ChangedMeanwhile:
    """The error for a row that somebody else changed first, with who it was and what it says now."""
    key = json.dumps(getattr(row, journaled_tables.key_column(table)), ensure_ascii=False)
    who = book.value(
        "SELECT staff.name FROM change_row JOIN change ON change.id = change_id"
        " JOIN staff ON staff.id = staff_id"
        " WHERE table_name = ? AND row_key = ? ORDER BY change_id DESC LIMIT 1",
        (table, key),
    )
    if who:
        message = _("{who} changed this in the meantime. Look at both texts and save again.").format(who=who)
    else:
        message = _("This was changed in the meantime. Look at both texts and save again.")
    return ChangedMeanwhile(message, theirs or _text_of(row), ours, getattr(row, "version", 0))


def _text_of(row: SQLModel) -> str:
    """Main words of a row, which a person would call its content."""
    for column in ("text", "what", "note", "full_name", "label", "name", "value"):
        words = getattr(row, column, None)
        if words:
            return str(words)
    return ""
