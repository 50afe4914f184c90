"""Namesakes: customers who share a name with another, so that a list has to tell which of them it means."""

from __future__ import annotations

from collections.abc import Collection

from kapperboek.storage.file.notebook import Notebook

CHUNK = 500


def namesakes(book: Notebook, ids: Collection[int]) -> frozenset[int]:
    """Those of these customers whose name somebody else bears too."""
    found: set[int] = set()
    wanted = list(ids)
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        rows = book.rows(
            "SELECT c.id FROM customer c WHERE c.full_name <> '' AND EXISTS (SELECT 1 FROM customer o"
            " WHERE o.sort_key = c.sort_key AND o.full_name = c.full_name COLLATE NOCASE AND o.id <> c.id)"
            f" AND c.id IN ({','.join('?' * len(chunk))})",
            chunk,
        )
        found.update(row[0] for row in rows)
    return frozenset(found)
