"""SQLModel's session over the notebook's own connection, and the journal's ear in it.

Imported at the first write, because SQLAlchemy costs more at import than the whole window.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sqlalchemy.dialects.sqlite.pysqlcipher  # noqa: F401  # else the first session would
from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2
from sqlmodel import Session

from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import journaled_tables

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

Note = Callable[[str, object, str, "dict[str, object] | None", "int | None", object], None]
"""Journals one row: table, key, what happened, what stood there before, the version after, and the customer."""


class _Shared:
    """The notebook's connection as SQLAlchemy sees it: transactions and closing are not its business."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """The unit of work commits."""

    def rollback(self) -> None:
        """The unit of work rolls back; SQLAlchemy also calls this when it first sees a connection."""

    def close(self) -> None:
        """The notebook closes."""


def begin(book: Notebook, note: Note) -> Session:
    """A session that tells the journal, by ``note``, whatever it flushes."""
    session = Session(_engine(book), expire_on_commit=False)
    event.listen(session, "before_flush", lambda flushed, _context, _rows: _count_versions(flushed))
    event.listen(session, "after_flush", lambda flushed, _context: _tell(note, flushed))
    return session


def _engine(book: Notebook) -> Engine:
    if book.alchemy is None:
        book.alchemy = create_engine(
            "sqlite://", module=dbapi2, creator=lambda: _Shared(book.connection), poolclass=StaticPool
        )
    engine: Engine = book.alchemy
    return engine


def _count_versions(session: Session) -> None:
    for row in session.dirty:
        if session.is_modified(row):
            row.version += 1


def _tell(note: Note, session: Session) -> None:
    """Tell the journal what a flush wrote.

    After it the session still knows what was new, changed and deleted, and what stood there before.
    """
    for row in session.new:
        _note_row(note, row, "insert", None)
    for row in session.dirty:
        before = _before(row)
        if before:
            _note_row(note, row, "update", before)
    for row in session.deleted:
        # What was changed and deleted in one flush is journaled as it last stood in the file.
        whole = {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}
        _note_row(note, row, "delete", whole | _before(row))


def _before(row: Any) -> dict[str, object]:
    state = inspect(row)
    histories = ((column.key, state.attrs[column.key].history) for column in state.mapper.column_attrs)
    return {name: past.deleted[0] for name, past in histories if past.deleted and name != "version"}


def _note_row(note: Note, row: Any, op: str, before: dict[str, object] | None) -> None:
    table = row.__tablename__
    owner = journaled_tables.owner(table)
    note(
        table,
        getattr(row, journaled_tables.key_column(table)),
        op,
        before,
        None if op == "delete" else row.version,
        None if owner == "NULL" else getattr(row, owner),
    )
