"""Joined cards, which went into another: they are gone, but the journal and older copies know them."""

from __future__ import annotations

from kapperboek.storage.file.dialect import json_field
from kapperboek.storage.file.notebook import Notebook

_WHOSE = f"CAST({json_field('r.before', 'customer_id')} AS INTEGER)"


def with_joined(book: Notebook, customer_id: int) -> list[int]:
    """The card, and those that were joined to it: they are gone, but the journal remembers them."""
    found = [customer_id]
    for id in found:
        rows = book.rows(
            f"SELECT DISTINCT {_WHOSE} FROM change_row r JOIN change_row d"
            " ON d.change_id = r.change_id AND d.table_name = 'customer' AND d.op = 'delete'"
            f" AND d.customer_id = {_WHOSE}"
            " WHERE r.customer_id = ? AND r.op = 'update'",
            (id,),
        )
        present = "SELECT 1 FROM customer WHERE id = ?"
        found += [other for (other,) in rows if other not in found and book.value(present, (other,)) is None]
    return found
