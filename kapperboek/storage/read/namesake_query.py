"""Namesakes: customers who share a name with another, so that a list has to tell which of them it means."""

from __future__ import annotations

from collections.abc import Collection

from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook


def namesakes(book: Notebook, ids: Collection[int]) -> frozenset[int]:
    """Those of these customers whose name somebody else bears too."""
    rows = book.rows(
        "SELECT c.id FROM customer c WHERE c.full_name <> '' AND EXISTS (SELECT 1 FROM customer o"
        " WHERE o.sort_key = c.sort_key AND lower(o.full_name) = lower(c.full_name) AND o.id <> c.id)"
        f" AND c.id IN {MEMBERS}",
        (members(ids),),
    )
    return frozenset(row[0] for row in rows)
