"""Unit of work, all of a change or nothing of it: rows, journal and what is derived from them in one transaction.

SQLAlchemy's own transactions on SQLite begin too late (two writers lose updates), so BEGIN, COMMIT
and ROLLBACK are said here and nowhere else. SQLModel is imported when the first row goes through a session;
bulk writing and settings do without.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kapperboek.domain.time.clock import instant
from kapperboek.domain.views.saved import Saved
from kapperboek.storage.file import dialect, generation, open_file, sqlite_errors
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import conflicts, journaled_tables, owners

if TYPE_CHECKING:
    from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound="SQLModel")
_JOURNAL = "(change_id, seq, table_name, row_key, op, before, version_after, customer_id)"
THIS_RUN = os.urandom(4).hex()
"""How the uid of every change begins that somebody makes in this run of the program: who sits at it is known by that
where nobody is by name. One that the program makes by itself is told to the window as another program's is."""
NAMED_AT_MOST = 200  # a window needs no longer list of customers to know what to ask again


class _Begun(NamedTuple):
    """A transaction: the mark of the notebook when this is the first in a log, and how many rows had been written."""

    mark: int | None
    changes: int


class UnitOfWork:
    """One change, from BEGIN to COMMIT; made by ``unit_of_work`` and used with ``with``.

    Leaving it writes everything, or raises UserError (disk-full, disk-trouble, in-use, read-only, damaged)
    and leaves the notebook as it was; any other exception passes through with the same effect. Rows are
    changed only through the session, ``bulk_insert``, or SQL of one's own told to ``note``; otherwise undo
    does not know.
    """

    saved: Saved

    def __init__(
        self, book: Notebook, what: str, *, staff_id: int = 0, source: str = "window", by_itself: bool = False
    ) -> None:
        import secrets

        self.book = book
        self.staff_id = staff_id
        self._uid = secrets.token_hex(16) if by_itself else THIS_RUN + secrets.token_hex(12)
        self.undoes_id: int | None = None
        self._what, self._source = what, source
        self._session: Session | None = None
        self._change_id = 0
        self._seq = 0
        self._notes: list[tuple[object, ...]] = []
        self._touched: dict[int, None] = {}  # in order: the first is whom it was about
        self._kinds: set[str] = set()
        self._owned = False  # whether somebody was owner when it began: then somebody still is at its end
        self._counters: dict[str, int] = {}
        self._begun = _Begun(None, 0)

    # ---- rows

    @property
    def session(self) -> Session:
        """A session over the notebook's own connection; it flushes but never begins, commits or rolls
        back."""
        if self._session is None:
            from kapperboek.storage.write import sessions

            self._session = sessions.begin(self.book, self.note)
        return self._session

    def add(self, row: SQLModel) -> None:
        """Add a new row, with an id that was never used before if it has none."""
        if getattr(row, "id", "") in (None, 0):
            row.id = self.next_id(str(row.__tablename__))
        self.session.add(row)

    def insert(self, row: SQLModel) -> None:
        """Write a new row at once and forget it: what is changed in it afterwards is not written. Spares what a session
        costs."""
        table = str(row.__tablename__)
        if getattr(row, "id", "") in (None, 0):
            row.id = self.next_id(table)
        if self._session is not None:
            self._session.flush()
        values = row.model_dump()
        self.execute(dialect.insert(table, tuple(values)), list(values.values()))
        owner = values.get(journaled_tables.owner(table))
        self.note(table, values[journaled_tables.key_column(table)], "insert", None, values["version"], owner)

    def delete(self, row: SQLModel) -> None:
        """Delete a row that was got here."""
        self.session.delete(row)

    def get(self, table: type[Row], key: object) -> Row | None:
        """The row with that id; a contact moment too is got by its id alone."""
        if table.__tablename__ != "interaction":
            return self.session.get(table, key)
        place = self.book.row("SELECT customer_id, at, id FROM interaction WHERE id = ?", (key,))
        return None if place is None else self.session.get(table, place)

    def check_version(self, row: SQLModel, expected: int, ours: str, theirs: str = "") -> None:
        """Raise ChangedMeanwhile with both texts unless the row still has the version we started from.

        ``theirs``: how the row stands now, for a row whose main words don't tell.
        """
        if getattr(row, "version", expected) != expected:
            raise conflicts.changed_meanwhile(self.book, str(row.__tablename__), row, ours, theirs)

    def touch(self, customer_id: int) -> None:
        """Refresh what is derived about this customer at commit; done by itself for rows written here."""
        self._touched[customer_id] = None

    def say(self, what: str) -> None:
        """Replace the sentence of the change."""
        self._what = what

    def next_id(self, name: str, n: int = 1) -> int:
        """The first of ``n`` ids; ``name`` is a table or a counter of one's own. An id is never given twice,
        also when its row is deleted, so that the journal can't mean somebody else's row.
        """
        if name not in self._counters:
            last = self.book.value("SELECT value FROM counter WHERE name = ?", (name,)) or 0
            if name in journaled_tables.JOURNALED:
                last = max(last, self.book.value(f"SELECT max({journaled_tables.key_column(name)}) FROM {name}") or 0)
            self._counters[name] = last
        first = self._counters[name] + 1
        self._counters[name] += n
        return first

    def execute(self, sql: str, params: Sequence[object] = ()) -> None:
        """SQL of one's own, for what isn't journaled or is told to ``note``."""
        self.book.connection.execute(sql, params)

    def bulk_insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Insert many rows of one table at once, journaled. ``columns`` must hold the id (from ``next_id``)
        and the customer if the table has one, and not the version: new rows begin at 1."""
        batch = rows if isinstance(rows, list) else list(rows)
        if not batch:
            return
        self._write_notes()
        self.book.connection.executemany(dialect.insert(table, columns), batch)
        self._note_inserted(table, columns, batch)

    def _note_inserted(self, table: str, columns: Sequence[str], batch: list[Sequence[object]]) -> None:
        """Ids of one batch are usually a run: then the journal is one INSERT … SELECT."""
        key, owner = columns.index(journaled_tables.key_column(table)), journaled_tables.owner(table)
        ids: list[Any] = [row[key] for row in batch]
        owners: list[Any] = [None] * len(ids)
        if owner != "NULL":
            place = columns.index(owner)
            owners = [row[place] for row in batch]
        first, last = min(ids), max(ids)
        if last - first + 1 != len(ids):
            for row_id, about in zip(ids, owners, strict=True):
                self.note(table, row_id, "insert", None, 1, about)
            return
        self._write_rows(
            table,
            f"SELECT ?, ? + id, ?, CAST(id AS TEXT), 'insert', NULL, 1, {owner} FROM {table} WHERE id BETWEEN ? AND ?",
            (first, last),
            count_from=self._seq + 1 - first,
        )
        self._touched.update(dict.fromkeys(about for about in owners if about is not None))

    def bulk_delete(self, table: str, where: str, params: Sequence[object] = ()) -> None:
        """Delete many rows of one table at once, journaled with all that stood in them. ``where`` is SQL."""
        key = journaled_tables.key_column(table)
        image = dialect.json_object(journaled_tables.columns(self.book, table))
        self.note_rows(
            table,
            f"SELECT ?, ? + row_number() OVER (ORDER BY {key} DESC), ?, {dialect.json_text(key)}, 'delete',"
            f" {image}, NULL, {journaled_tables.owner(table)} FROM {table} WHERE {where}",
            params,
        )
        self.execute(f"DELETE FROM {table} WHERE {where}", params)

    # ---- the journal

    def note(
        self,
        table: str,
        key: object,
        op: str,
        before: dict[str, object] | None,
        version_after: int | None,
        customer_id: object,
    ) -> None:
        """Journal one row: ``before`` is None for an insert, the old values of what changed for an update,
        and the whole row for a delete; ``version_after`` is None for a delete."""
        self._seq += 1
        text = None if before is None else json.dumps(before, ensure_ascii=False)
        key_text = json.dumps(key, ensure_ascii=False)
        self._notes.append((self._seq, table, key_text, op, text, version_after, customer_id))
        self._kinds.add(table)
        for about in (customer_id, (before or {}).get("customer_id")):  # also whose it was, when a row moves
            if isinstance(about, int):
                self._touched[about] = None

    def note_rows(self, table: str, select: str, params: Sequence[object]) -> None:
        """Journal many rows of one table by a SELECT of change_row's columns. Its first three parameters are
        ours: the change, the number to count from, and the table."""
        self._write_notes()
        start = self._seq
        self._write_rows(table, select, params, count_from=start)
        about = (
            "SELECT DISTINCT customer_id FROM change_row"
            " WHERE change_id = ? AND seq > ? AND customer_id IS NOT NULL"
        )
        self._touched.update(dict.fromkeys(row[0] for row in self.book.rows(about, (self.begin_change(), start))))

    def _write_rows(self, table: str, select: str, params: Sequence[object], *, count_from: int) -> None:
        cursor = self.book.connection.execute(
            f"INSERT INTO change_row {_JOURNAL} {select}", (self.begin_change(), count_from, table, *params)
        )
        self._seq += cursor.rowcount
        self._kinds.add(table)

    def begin_change(self) -> int:
        """The id of the change; it is written when there is something to journal, so nothing leaves an empty one."""
        if not self._change_id:
            self._change_id = int(self.book.value("SELECT coalesce(max(id), 0) + 1 FROM change"))
            now, by = instant(self.book.clock.now()), self.staff_id or None
            self.execute(
                "INSERT INTO change (id, uid, at, staff_id, what, source, undoes_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self._change_id, self._uid, now, by, self._what, self._source, self.undoes_id),
            )
        return self._change_id

    def _write_notes(self) -> None:
        """Write into the journal what the session and ``note`` gathered, in the order it happened."""
        if self._session is not None:
            self._session.flush()
        if self._notes:
            change = self.begin_change()
            self.book.connection.executemany(
                f"INSERT INTO change_row {_JOURNAL} VALUES ({change}, ?, ?, ?, ?, ?, ?, ?)", self._notes
            )
            self._notes.clear()

    # ---- the transaction

    def __enter__(self) -> UnitOfWork:
        if self.book.connection.in_transaction:
            raise RuntimeError("a unit of work within a unit of work")
        with explained():
            self._begun = _begin(self.book)
        # Within a change the order of rows is free; what points at nothing is refused at COMMIT.
        self.execute(dialect.KEYS_AT_COMMIT)
        self.execute(open_file.WRITING_CACHE)
        self._owned = owners.present(self.book)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            with explained():
                if error is not None:
                    raise error
                self._finish()
                _commit(self.book, self._begun)
        except BaseException as raised:
            roll_back(self.book)
            if raised is not error:
                raise
        finally:
            if self._session is not None:
                self._session.close()
            self.execute(open_file.USUAL_CACHE)
        if error is None:
            self.saved = self._outcome()

    def _finish(self) -> None:
        self._write_notes()
        if self._owned and "staff" in self._kinds:
            owners.refuse_without(self.book)
        if self._touched:
            self.book.refresh_derived(self._touched.keys(), self._kinds)
        self.book.connection.executemany(
            "INSERT INTO counter (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            list(self._counters.items()),
        )
        if self._change_id:
            self.execute(
                "UPDATE change SET what = ? WHERE id = ? AND what <> ?",
                (self._what, self._change_id, self._what),
            )

    def _outcome(self) -> Saved:
        touched = list(self._touched)
        many = len(touched) > NAMED_AT_MOST
        return Saved(
            change_id=self._change_id,
            what=self._what,
            kinds=frozenset(self._kinds),
            customers=frozenset() if many else frozenset(touched),
            customer_id=touched[0] if len(touched) == 1 else 0,
            many=many,
        )


def unit_of_work(
    book: Notebook, what: str, *, staff_id: int = 0, source: str = "window", by_itself: bool = False
) -> UnitOfWork:
    """``with unit_of_work(book, "Bezoek bewaard", staff_id=1) as uow:`` all of it is written, or nothing. ``by_itself``
    when nobody asked for it and nobody gets its ``saved``. Raises UserError "read-only"."""
    if book.read_only:
        raise sqlite_errors.read_only()
    return UnitOfWork(book, what, staff_id=staff_id, source=source, by_itself=by_itself)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what SQLite says about disk, locks and damage into a UserError; bugs pass as they are."""
    try:
        yield
    except Exception as error:
        sentence = sqlite_errors.explain(error)
        if sentence is None:
            raise
        raise sentence from error


def roll_back(book: Notebook) -> None:
    """Take back what was written since BEGIN; SQLite has done so already after some errors."""
    if book.connection.in_transaction:
        book.connection.execute("ROLLBACK")


@contextmanager
def writing(book: Notebook) -> Iterator[None]:
    """A transaction for what isn't journaled; inside a unit of work it is part of that. Raises UserError."""
    if book.connection.in_transaction:
        yield
        return
    if book.read_only:
        raise sqlite_errors.read_only()
    with explained():
        begun = _begin(book)
        try:
            yield
            _commit(book, begun)
        finally:
            roll_back(book)


def leap(book: Notebook, present: int) -> None:
    """Make it the latest state there is, also than the one with the mark ``present`` (``generation.leap``). Raises
    UserError as any writing does."""
    with explained():
        begun = _begin(book)
        try:
            generation.raise_from(book.connection, begun.mark)
            generation.leap(book.connection, present)
            _commit(book, begun)
        finally:
            roll_back(book)


def _begin(book: Notebook) -> _Begun:
    """Begin a transaction that writes. Raises CannotOpen where the file is not what it was."""
    book.see_file()
    begun = _Begun(_mark_to_raise(book), 0)
    book.connection.execute(dialect.BEGIN_WRITING)
    return begun._replace(changes=book.connection.total_changes)


def _mark_to_raise(book: Notebook) -> int | None:
    """The present mark where what is written now begins a log. Asked twice: another program may begin one between."""
    if not book.file.before_writing(book):
        return None
    mark = generation.of(book.connection).now
    return mark if book.file.before_writing(book) else None


def _commit(book: Notebook, begun: _Begun) -> None:
    """Commit to disk, into the file that is really open and goes by that name.

    Else CannotOpen, and nothing is written.
    """
    if book.connection.total_changes != begun.changes:
        generation.raise_from(book.connection, begun.mark)
    book.see_file()
    book.connection.execute("COMMIT")
    book.writes += 1
    book.file.wrote = True
    if begun.mark is not None:
        book.file.see_marks(book)
