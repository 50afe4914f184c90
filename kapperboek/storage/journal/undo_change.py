"""Undo of a change, whatever it was: the journal holds what stood there before.

Rows must still be as the change left them; what was changed since and not itself undone is in the way and is
named. An undo is a change like any other, so undoing the undo does it again. Versions only ever go up, also
of rows that get their old words back, so that a window holding an older version notices.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from kapperboek.domain.errors import NotFound, UserError
from kapperboek.domain.views.saved import DoneAgain, Saved, TakenBack
from kapperboek.i18n import _
from kapperboek.storage.file.dialect import MEMBERS, PAIRS, insert, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import consent_undo
from kapperboek.storage.write import journaled_tables, owners
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work

NAMES_AT_MOST = 3
LARGEST_ID = 2**63 - 1


class _Change(NamedTuple):
    id: int
    what: str
    undoes_id: int | None
    undone_by_id: int | None


class _Record(NamedTuple):
    table: str
    key: str  # JSON
    op: str
    before: str | None
    customer_id: int | None


class _StillNeeded(Exception):
    """Rows written since point at what would go; holds the customers they are about."""

    def __init__(self, customer_ids: list[int]) -> None:
        super().__init__("rows written since point at what would go")
        self.customer_ids = customer_ids


def undo(
    book: Notebook,
    change_id: int | None = None,
    *,
    staff_id: int = 0,
    source: str = "window",
    permit: Callable[[int, str], None] | None = None,
) -> Saved:
    """Take back a change: by default the last one that isn't undone and isn't an undo.

    ``permit`` is given the id and the sentence of what was chosen, and raises when it may not be.
    Raises UserError: "nothing-to-undo" (also when it is undone already), "in-the-way" (says what, and by
    whom), "last-owner", and NotFound "no-change". Nothing has changed then.
    """
    uow = unit_of_work(book, "", staff_id=staff_id, source=source)
    try:
        with uow:
            change = _choose(book, change_id)
            if permit is not None:
                permit(change.id, change.what)
            uow.undoes_id = change.id
            keep = owners.to_keep(book, change.id, staff_id)
            first, again = _first(book, change)
            uow.say(_sentence(book, first, again, keep))
            _refuse_if_changed_since(book, change.id)
            _take_back(uow, change.id, keep)
            _refuse_if_needed(book, change.id, keep)
            _out_of_force(uow, change, uow.begin_change())
            consent_undo.say_what_held(uow, change.id)
    except _StillNeeded as error:
        raise _needed(book, error.customer_ids) from error
    except dbapi2.IntegrityError as error:
        text = _(
            "This cannot be undone: something else has taken its place since, "
            "such as the same customer number."
        )
        raise UserError("in-the-way", text) from error
    return (DoneAgain if again else TakenBack)(*uow.saved)


# ---- which change


def _choose(book: Notebook, change_id: int | None) -> _Change:
    columns = "SELECT id, what, undoes_id, undone_by_id FROM change"
    if change_id is None:
        # How a notebook begins is nothing anybody did just now, and its key is not changed back by Ctrl+Z.
        standing = "undoes_id IS NULL AND undone_by_id IS NULL AND source NOT IN ('start', 'forgotten', 'security')"
        row = book.row(f"{columns} WHERE {standing} ORDER BY id DESC LIMIT 1")
        if row is None:
            raise UserError("nothing-to-undo", _("There is nothing to undo."))
    else:
        known = -LARGEST_ID <= change_id <= LARGEST_ID  # SQLite has no numbers beyond
        row = book.row(f"{columns} WHERE id = ?", (change_id,)) if known else None
        if row is None:
            raise NotFound("no-change", _("There is no change {change}.").format(change=change_id))
    change = _Change(*row)
    if book.value("SELECT source FROM change WHERE id = ?", (change.id,)) == "start":
        raise UserError("nothing-to-undo", _("How the notebook began cannot be undone."))
    if change.undone_by_id is not None:
        raise UserError("nothing-to-undo", _("“{what}” was undone already.").format(what=change.what))
    if book.value("SELECT 1 FROM change_row WHERE change_id = ? LIMIT 1", (change.id,)) is None:
        raise UserError("nothing-to-undo", _("Of “{what}” nothing is left to undo.").format(what=change.what))
    return change


def _first(book: Notebook, change: _Change) -> tuple[_Change, bool]:
    """First change behind a row of undos, and whether taking this one back does that again."""
    again = False
    while change.undoes_id is not None:
        again = not again
        row = book.row(
            "SELECT id, what, undoes_id, undone_by_id FROM change WHERE id = ?", (change.undoes_id,)
        )
        if row is None:
            break
        change = _Change(*row)
    return change, again


def _sentence(book: Notebook, change: _Change, again: bool, keep: int) -> str:
    """“Undone: …” or, for the undo of an undo, “Done again: …”."""
    said = (_("Done again: {what}") if again else _("Undone: {what}")).format(what=change.what)
    if not keep:
        return said
    return _("{said} – but {name} stays: somebody must be owner").format(
        said=said, name=book.value("SELECT name FROM staff WHERE id = ?", (keep,))
    )


def _out_of_force(uow: UnitOfWork, change: _Change, by: int) -> None:
    """Mark a change as undone; was it an undo itself, then what that had undone stands again, and so on."""
    undone: int | None = change.id
    undone_by: int | None = by
    while undone is not None:
        uow.execute("UPDATE change SET undone_by_id = ? WHERE id = ?", (undone_by, undone))
        undone_by = undone if undone_by is None else None
        undone = uow.book.value("SELECT undoes_id FROM change WHERE id = ?", (undone,))


# ---- what is in the way


def _refuse_if_changed_since(book: Notebook, change_id: int) -> None:
    changed = [found for table in _tables(book, change_id) for found in _changed_rows(book, change_id, table)]
    if not changed:
        return
    blocker = book.row(
        f"WITH changed(table_name, row_key) AS {PAIRS}"
        " SELECT change.what, staff.name FROM change_row JOIN changed USING (table_name, row_key)"
        " JOIN change ON change.id = change_row.change_id LEFT JOIN staff ON staff.id = change.staff_id"
        # A later change and its own undo cancel out; what undoes something older than this moved the row
        # away.
        " WHERE change_id > ? AND undone_by_id IS NULL AND (undoes_id IS NULL OR undoes_id <= ?)"
        " ORDER BY change_id DESC LIMIT 1",
        (members(found[:2] for found in changed), change_id, change_id),
    )
    if blocker is not None:
        what, who = blocker
        text = (
            _("Changed since: “{what}” by {who}. Undo that first.")
            if who
            else _("Changed since: “{what}”. Undo that first.")
        )
        raise UserError("in-the-way", text.format(what=what, who=who))
    if any(is_gone for _table, _key, is_gone in changed):
        raise UserError("in-the-way", _("This cannot be undone: what it was about is no longer there."))


def _tables(book: Notebook, change_id: int) -> list[str]:
    rows = book.rows(
        "SELECT table_name, max(seq) FROM change_row WHERE change_id = ? GROUP BY table_name", (change_id,)
    )
    return [table for table, _last in sorted(rows, key=lambda row: -row[1])]


def _changed_rows(book: Notebook, change_id: int, table: str) -> list[tuple[str, str, bool]]:
    """Rows that are not as the change left them: (table, key, whether they aren't there or are there
    again)."""
    key, value = journaled_tables.key_column(table), journaled_tables.key_value(table)
    of_it = (change_id, table)
    rows = book.rows(
        f"SELECT seq, row_key, op = 'delete' OR there.version IS NULL FROM change_row LEFT JOIN {table} there"
        f" ON there.{key} = {value} WHERE change_id = ? AND table_name = ? AND CASE op WHEN 'delete'"
        " THEN there.version IS NOT NULL ELSE there.version IS NULL OR there.version <> version_after END",
        of_it,
    )
    if not rows:
        return []
    # what the change itself wrote again is as its last writing left it
    last = "SELECT max(seq) FROM change_row WHERE change_id = ? AND table_name = ? GROUP BY row_key"
    left = {seq for (seq,) in book.rows(last, of_it)}
    return [(table, str(row_key), bool(is_gone)) for seq, row_key, is_gone in rows if seq in left]


def _refuse_if_needed(book: Notebook, change_id: int, keep: int) -> None:
    """Refuse an undo when anything still points at one of the rows that are gone: then it was written since. Not at the
    owner who stays.
    """
    inserted = {
        row[0]
        for row in book.rows(
            "SELECT DISTINCT table_name FROM change_row WHERE change_id = ? AND op = 'insert'", (change_id,)
        )
    }
    for table, column, target in journaled_tables.references(book):
        if target in inserted:
            rows = book.rows(
                f"SELECT DISTINCT {journaled_tables.owner(table)} FROM {table} WHERE {column} IN"
                f" (SELECT {journaled_tables.key_value(target)} FROM change_row"
                " WHERE change_id = ? AND table_name = ? AND op = 'insert')"
                f" AND {column} <> ? LIMIT 1000",
                (change_id, target, keep if target == "staff" else 0),
            )
            if rows:
                raise _StillNeeded([row[0] for row in rows if row[0] is not None])


def _needed(book: Notebook, customer_ids: list[int]) -> UserError:
    """Asked after the roll-back, when the customers are there again."""
    sql = f"SELECT full_name, number FROM customer WHERE id IN {MEMBERS} ORDER BY sort_key, id"
    found = book.rows(sql, (members(customer_ids),))
    people = [name or _("customer {number}").format(number=number) for name, number in found]
    if not people:
        return UserError("in-the-way", _("This cannot be undone: it is in use since."))
    named = ", ".join(people[:NAMES_AT_MOST]) + (", …" if len(people) > NAMES_AT_MOST else "")
    text = _("Something was written since about {names}. Undo or remove that first.")
    return UserError("in-the-way", text.format(names=named))


# ---- taking it back


def _take_back(uow: UnitOfWork, change_id: int, keep: int) -> None:
    """``keep``: the owner who stays all the same, or 0."""
    book = uow.book
    others = book.value(
        "SELECT 1 FROM change_row WHERE change_id = ? AND op <> 'insert' LIMIT 1", (change_id,)
    )
    if others is None:  # an import: whole tables at once
        for table in _tables(book, change_id):
            _take_out(uow, change_id, table, keep if table == "staff" else 0)
        return
    rows = book.rows(
        "SELECT table_name, row_key, op, before, customer_id FROM change_row"
        " WHERE change_id = ? ORDER BY seq DESC",
        (change_id,),
    )
    kept = ("staff", str(keep), "insert")
    records = [record for record in (_Record(*row) for row in rows) if record[:3] != kept]
    for (table, op), group in groupby(records, key=lambda record: (record.table, record.op)):
        if (table, op) == ("consent", "insert"):
            _take_out(uow, change_id, table)
            continue
        {"insert": _take_out_rows, "update": _turn_back_rows, "delete": _put_back_rows}[op](
            uow, table, list(group)
        )


# A line of the register goes only with a card that the same change made.
_NEW_CARDS = (
    "customer_id IN (SELECT CAST(row_key AS INTEGER) FROM change_row"
    " WHERE change_id = {change} AND table_name = 'customer' AND op = 'insert')"
)


def _take_out(uow: UnitOfWork, change_id: int, table: str, keep: int = 0) -> None:
    """Delete all rows of a table that the change inserted, with their images in the journal for doing it
    again; but the one with the id ``keep``."""
    keys = f"(SELECT {journaled_tables.key_value(table)} FROM change_row WHERE change_id = ? AND table_name = ?)"
    if table == "consent":
        keys += f" AND {_NEW_CARDS.format(change=change_id)}"
    if keep:
        keys += f" AND id <> {keep:d}"
    uow.bulk_delete(table, f"{journaled_tables.key_column(table)} IN {keys}", (change_id, table))


def _take_out_rows(uow: UnitOfWork, table: str, records: Sequence[_Record]) -> None:
    for record in records:
        whole, key = _present(uow, table, record), json.loads(record.key)
        uow.note(table, key, "delete", whole, None, record.customer_id)
        uow.execute(f"DELETE FROM {table} WHERE {journaled_tables.key_column(table)} = ?", (key,))


def _turn_back_rows(uow: UnitOfWork, table: str, records: Sequence[_Record]) -> None:
    for record in records:
        present, key = _present(uow, table, record), json.loads(record.key)
        before = json.loads(record.before or "{}")
        sets = ", ".join(f"{column} = ?" for column in before)
        version = present["version"] + 1
        now = {column: present[column] for column in before}
        uow.note(table, key, "update", now, version, before.get("customer_id", record.customer_id))
        uow.execute(
            f"UPDATE {table} SET {sets}, version = ? WHERE {journaled_tables.key_column(table)} = ?",
            (*before.values(), version, key),
        )


def _put_back_rows(uow: UnitOfWork, table: str, records: Sequence[_Record]) -> None:
    """Many at once: putting an import back is the same work as the import."""
    rows: list[dict[str, Any]] = [json.loads(record.before or "{}") for record in records]
    for record, row in zip(records, rows, strict=True):
        row["version"] += 1
        uow.note(table, json.loads(record.key), "insert", None, row["version"], record.customer_id)
    for columns, alike in groupby(rows, key=tuple):
        uow.book.connection.executemany(insert(table, columns), [tuple(row.values()) for row in alike])


def _present(uow: UnitOfWork, table: str, record: _Record) -> dict[str, Any]:
    columns = journaled_tables.columns(uow.book, table)
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {journaled_tables.key_column(table)} = ?"
    row = uow.book.row(sql, (json.loads(record.key),))
    if row is None:
        raise UserError("in-the-way", _("This cannot be undone: what it was about is no longer there."))
    return dict(zip(columns, row, strict=True))
