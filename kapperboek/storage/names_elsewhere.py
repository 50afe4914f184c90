"""Somebody's full name where it does not belong to a row of theirs: in what was written on other people's cards, in the
journal's memory of that, and in the sentences of changes.

Only a name in full, and only when nobody else has it, is taken out by itself. A first name in a note may be anybody's;
whose cards those are is shown to whoever forgets somebody, so that they can look.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapperboek.domain.names import PREFIXES
from kapperboek.storage.search_index import fitting

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook

GONE = "…"
# What people write freely, by table; of a customer's own card only the note.
_WORDS = {
    "customer": ("note",),
    "interaction": ("recipe", "note", "treatments", "products"),
    "talk_point": ("text", "outcome"),
    "follow_up": ("what",),
    "card_line": ("text",),
    "sensitive_fact": ("text",),
    "relation": ("name",),
    "profile_value": ("value",),
}


def of(book: Notebook, ids: Sequence[int]) -> list[str]:
    """What these cards are and were called in full, longest first, as far as nobody else is called so. A single word
    may be anybody's and is not among it.
    """
    names: set[str] = set()
    for id in ids:
        names |= {row[0] for row in book.rows("SELECT full_name FROM customer WHERE id = ?", (id,))}
        sql = (
            "SELECT json_extract(before, '$.full_name') FROM change_row"
            " WHERE customer_id = ? AND table_name = 'customer' AND before IS NOT NULL"
        )
        names |= {str(row[0]) for row in book.rows(sql, (id,)) if row[0]}
    taken = "SELECT 1 FROM customer WHERE full_name = ? AND id NOT IN (SELECT value FROM json_each(?))"
    mine = [name for name in names if " " in name and book.value(taken, (name, str([*ids]))) is None]
    return sorted(mine, key=len, reverse=True)


def cards_with(book: Notebook, name: str, but: Sequence[int] = ()) -> list[int]:
    """The cards on which all words of this name stand somewhere, in order; "van der" counts for nothing. None for a
    name of one word.
    """
    words = [word for word in fitting(name) if word not in PREFIXES]
    if len(words) < 2:
        return []
    question = " AND ".join(f'"{word}"' for word in words)
    rows = book.rows("SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid", (question,))
    return [row[0] for row in rows if row[0] not in but]


def take_out(book: Notebook, names: Sequence[str]) -> set[int]:
    """Put "…" in their place, in the transaction there is, once their own rows are gone; gives whose cards changed."""
    changed: set[int] = set()
    for name in names:
        changed |= _from_cards(book, name)
        _from_journal(book, name)
    return changed


def _from_cards(book: Notebook, name: str) -> set[int]:
    changed: set[int] = set()
    for customer_id in cards_with(book, name):
        for table, columns in _WORDS.items():
            sets = ", ".join(f"{column} = replace({column}, ?1, ?2)" for column in columns)
            holds = " OR ".join(f"instr({column}, ?1)" for column in columns)
            owner = "id" if table == "customer" else "customer_id"
            done = book.connection.execute(
                f"UPDATE {table} SET {sets} WHERE {owner} = ?3 AND ({holds})", (name, GONE, customer_id)
            )
            if done.rowcount:
                changed.add(customer_id)
    return changed


def _from_journal(book: Notebook, name: str) -> None:
    """Also of rows that are gone themselves; in JSON a name may be written in another way."""
    for written in dict.fromkeys((name, json.dumps(name, ensure_ascii=False)[1:-1])):
        book.connection.execute(
            "UPDATE change_row SET before = replace(before, ?1, ?2) WHERE before IS NOT NULL AND instr(before, ?1)",
            (written, GONE),
        )
    book.connection.execute("UPDATE change SET what = replace(what, ?1, ?2) WHERE instr(what, ?1)", (name, GONE))
