"""Plain prefix query of the search index: the words as they were typed, in one index, nothing ranked or explained."""

from __future__ import annotations

from kapperboek.domain.people.phones import search_digits
from kapperboek.storage.derived.search_index import LONGEST_NUMBER, SHORTEST_SUFFIX, fitting
from kapperboek.storage.file.notebook import Notebook

ROWS = 20  # as many as the search box asks
_SQL = """
    SELECT c.full_name, f.phone, f.place FROM customer c JOIN customer_fact f ON f.customer_id = c.id
    WHERE c.id IN (SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?)"""


def plain_rows(book: Notebook, text: str) -> list[str]:
    """Lines of the newest customers who fit: in the index of telephone numbers if it may be one, of names otherwise."""
    digits = search_digits(text, "NL")[-LONGEST_NUMBER:]
    table, typed = ("search_phone", [digits]) if len(digits) >= SHORTEST_SUFFIX else ("search_name", fitting(text))
    if not typed:
        return []
    question = " AND ".join(f'"{word}"*' for word in typed)
    return [" · ".join(row) for row in book.rows(_SQL.format(table=table), (question, ROWS))]
