"""Redaction of the journal: what it remembers of others about those who are forgotten, gone through once for all of
them together: it is the largest table there is, and nothing leads to these rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import NamedTuple

from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy.name_mentions import WORDS, Names, as_json, image


class Traces(NamedTuple):
    """Traces to look for: names in texts, uids that a relation pointed at, and rows that are gone.

    Of those rows (gone with all their history) by table the keys as the journal writes them.
    """

    names: Names
    uids: Set[str]
    gone: dict[str, set[str]]


def clear(book: Notebook, traces: Traces) -> None:
    """Take them out, in the transaction there is, once the rows about themselves are gone. Only in what people wrote
    freely is anything changed: undoing gives others their own name and numbers back.
    """
    cleared: list[tuple[str, int, int]] = []
    relations = traces.gone.setdefault("relation", set())
    rows = "SELECT change_id, seq, table_name, row_key, before FROM change_row WHERE before IS NOT NULL"
    for change_id, seq, table, key, before in book.connection.execute(rows):
        if table not in WORDS:
            continue
        if table == "relation" and str(image(before).get("other_uid")) in traces.uids:
            relations.add(key)
        elif traces.names.may_be_within(before) and (left := _without(traces.names, table, before)) != before:
            cleared.append((left, change_id, seq))
    book.connection.executemany("UPDATE change_row SET before = ? WHERE change_id = ? AND seq = ?", cleared)
    _forget_rows(book, {table: keys for table, keys in traces.gone.items() if keys})
    _clear_sentences(book, traces.names)


def _without(names: Names, table: str, before: str) -> str:
    known = image(before)
    left = {
        column: names.out_of_column(table, column, known[column])
        for column in WORDS[table]
        if isinstance(known.get(column), str)
    }
    return before if left.items() <= known.items() else as_json({**known, **left})


def _forget_rows(book: Notebook, gone: dict[str, set[str]]) -> None:
    """All that was ever noted of these rows, also that they were made."""
    if gone:
        where = " OR ".join(f"(table_name = ? AND row_key IN {MEMBERS})" for _table in gone)
        given = [part for table, keys in gone.items() for part in (table, members(keys))]
        book.connection.execute(f"DELETE FROM change_row WHERE {where}", given)


def _clear_sentences(book: Notebook, names: Names) -> None:
    if names.said:
        told: Iterable[tuple[int, str]] = book.connection.execute("SELECT id, what FROM change")
        cleared = [(left, id) for id, what in told if (left := names.out_of(what)) != what]
        book.connection.executemany("UPDATE change SET what = ? WHERE id = ?", cleared)
