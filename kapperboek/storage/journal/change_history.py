"""History of changes: who changed what, when, and what it said before; the journal as people read it.

Taking back is in ``undo_change``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kapperboek.domain.field_labels import field_label
from kapperboek.domain.views.list_views import ChangeView
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import change_subjects
from kapperboek.storage.journal.change_extent import cards, direction
from kapperboek.storage.journal.column_labels import AMOUNTS, in_words
from kapperboek.storage.journal.local_time import local_moment
from kapperboek.storage.journal.undo_change import undo
from kapperboek.storage.write import journaled_tables

__all__ = ["changes", "is_undone", "undo"]

DETAILS_AT_MOST = 20  # of one change; a long list says no more than its sentence
_ROWS_AT_MOST = 20_000

_Detail = tuple[str, str, str]
_Cell = tuple[str, str, str]  # table, row key, column


def changes(
    book: Notebook,
    customer_id: int | None = None,
    limit: int = 200,
    before: int | None = None,
    amounts: bool = True,
    source: str = "",
) -> list[ChangeView]:
    """The journal, newest first: of everything, of one card, or of one ``source`` with what took that back; ``before``
    continues after that change id. Without ``amounts`` nothing is told of what something cost.
    """
    where, params = ["1 = 1"], list[object]()
    if customer_id is not None:
        where.append("change.id IN (SELECT change_id FROM change_row WHERE customer_id = ?)")
        params.append(customer_id)
    if source:
        where.append("(source = ? OR change.id IN (SELECT undone_by_id FROM change WHERE source = ?))")
        params += [source, source]
    if before is not None:
        where.append("change.id < ?")
        params.append(before)
    rows = book.rows(
        "SELECT change.id, at, coalesce(staff.name, ''), what, source, undone_by_id IS NOT NULL FROM change"
        f" LEFT JOIN staff ON staff.id = staff_id WHERE {' AND '.join(where)}"
        " ORDER BY change.id DESC LIMIT ?",
        [*params, limit],
    )
    details = _details(book, customer_id, {row[0] for row in rows}, frozenset() if amounts else AMOUNTS)
    found = []
    for id, at, staff, what, source, undone in rows:
        of = cards(book, id)
        about = change_subjects.about(book, id) if of <= 1 else ()
        told = tuple(details.get(id, ()))
        way = direction(book, id) if of > 1 else ""
        found.append(ChangeView(id, local_moment(book, at), staff, what, source, bool(undone), told, about, of, way))
    return found


def is_undone(book: Notebook, change_id: int) -> bool:
    """Tell whether this change has been taken back."""
    return bool(book.value("SELECT undone_by_id IS NOT NULL FROM change WHERE id = ?", (change_id,)))


def _details(
    book: Notebook, customer_id: int | None, wanted: set[int], untold: frozenset[str]
) -> dict[int, list[_Detail]]:
    """Old and new words of each column that each change edited, found by walking back from the present."""
    if not wanted:
        return {}
    about = "" if customer_id is None else " AND customer_id = ?"
    params: list[object] = [min(wanted)] if customer_id is None else [min(wanted), customer_id]
    rows = book.rows(
        "SELECT change_id, table_name, row_key, op, before FROM change_row WHERE change_id >= ?"
        f" AND op <> 'insert'{about} ORDER BY change_id DESC, seq DESC LIMIT {_ROWS_AT_MOST}",
        params,
    )
    later: dict[_Cell, Any] = {}
    details: dict[int, list[_Detail]] = {}
    for change_id, table, key, op, before in rows:
        old = json.loads(before)
        if op == "update" and change_id in wanted:
            told = details.setdefault(change_id, [])
            if len(told) < DETAILS_AT_MOST:
                told[:0] = _told(book, table, key, {name: old[name] for name in old if name not in untold}, later)
        later.update({(table, key, column): value for column, value in old.items()})
    return details


def _told(
    book: Notebook, table: str, key: str, old: dict[str, Any], later: dict[_Cell, Any]
) -> Sequence[_Detail]:
    names = {column: field_label(table, column) for column in old}
    columns = [column for column, name in names.items() if name]
    if any((table, key, column) not in later for column in columns):
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {journaled_tables.key_column(table)} = ?"
        row = book.row(sql, (json.loads(key),)) or [None] * len(columns)
        for column, value in zip(columns, row, strict=True):
            later.setdefault((table, key, column), value)
    return [
        (
            names[column],
            in_words(book, table, column, old[column]),
            in_words(book, table, column, later[(table, key, column)]),
        )
        for column in columns
    ]
