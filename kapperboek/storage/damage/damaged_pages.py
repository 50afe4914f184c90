"""Damaged pages: reading everything of a file but the pages that cannot be read, and which rows stood on those.

After one bad page SQLCipher refuses everything more on a connection, so each is followed by a new one. SQLite's own
``.recover`` reads pages without their tables; it is not in the library, and would find rows nobody can place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2

from kapperboek.storage.file import sqlite_errors

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

Row = tuple[Any, ...]
Key = tuple[Any, ...]
BATCH = 1000
GUESSED = object()  # stands for the customer of a row that may be there, or not: no index tells
_ONE_BY_ONE = 100  # rows of a hole that are tried each
_PROBE = ("PRAGMA shrink_memory", "PRAGMA user_version")  # read the first page anew
_BLIND = 20_000  # ids tried one by one where no index tells which there are


class Unreadable(Exception):
    """A page that this question needs cannot be read; ``rows`` are what came of it before that was noticed."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        super().__init__()
        self.rows = rows


class Shape(NamedTuple):
    """Layout of a table: the columns that order it on disk, all its columns, and its indexes' columns."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    indexes: tuple[tuple[str, tuple[str, ...], str], ...]  # name, columns (the key's among them), WHERE or empty
    number: str  # the column that is another name for the rowid; empty when there is none

    @property
    def owner(self) -> str:
        """The column that says of which customer a row is; empty when there is none."""
        if self.name == "customer":
            return "id"
        return "customer_id" if "customer_id" in self.columns else ""


def all_guessed(lost: dict[Key, object]) -> bool:
    """Tell whether all of these rows are guessed: it is known of none that it was there."""
    return all(owner is GUESSED for owner in lost.values())


def forget_guesses(lost: dict[Key, object]) -> None:
    """Forget guessed rows; only those known to have been there are left."""
    for key in [key for key, owner in lost.items() if owner is GUESSED]:
        del lost[key]


def number_lost(lost: dict[Key, object]) -> int:
    """Number of rows that are lost; where it is only known that something is, one."""
    guessed = sum(owner is GUESSED for owner in lost.values())
    return len(lost) - guessed + bool(guessed)


def shapes(connection: Connection) -> list[Shape]:
    """Layouts of every table with something that cannot be made again from others, as a good file has them."""
    derived = re.compile(r"search_|customer_fact$|sqlite_")
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]
    return [_shape(connection, name) for name in names if not derived.match(name)]


def _shape(connection: Connection, table: str) -> Shape:
    info = connection.execute("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (table,)).fetchall()
    sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    key = ("rowid",)
    if sql.rstrip().endswith("WITHOUT ROWID"):
        key = tuple(name for name, place in sorted(info, key=lambda one: one[1]) if place)
    indexes = []
    found = "SELECT name FROM pragma_index_list(?) WHERE origin <> 'pk' OR ?"
    for (name,) in connection.execute(found, (table, key == ("rowid",))).fetchall():
        columns = connection.execute("SELECT name FROM pragma_index_info(?)", (name,)).fetchall()
        made = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0] or ""
        if all(column for (column,) in columns):  # not of an expression
            where = made.partition(" WHERE ")[2]
            indexes.append((name, (*key, *(column for (column,) in columns)), where))
    number = re.search(r"(\w+) INTEGER PRIMARY KEY", sql)
    return Shape(table, key, tuple(name for name, _pk in info), tuple(indexes), number[1] if number else "")


class Torn:
    """A damaged file; ``connect`` gives a new connection to it, ``look`` is called now and then and may raise."""

    def __init__(self, connect: Callable[[], Connection], look: Callable[[], None]) -> None:
        self._connect, self._look = connect, look
        self._connection: Connection | None = None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def ask(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """All rows of a question. Unreadable when a page it needs is damaged."""
        self._look()
        try:
            if self._connection is None:
                self._connection = self._connect()
                self._connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            rows: list[Row] = self._connection.execute(sql, params).fetchall()
        except (dbapi2.DatabaseError, OverflowError, UnicodeDecodeError) as error:  # the last: what SQLite says of it
            self.close()
            if sqlite_errors.code_of(error) in (sqlite_errors.BUSY, sqlite_errors.LOCKED):
                raise
            raise Unreadable from error
        if any(_has_zeros(value) for row in rows for value in row):
            self._see_silence(rows)
        return rows

    def _see_silence(self, rows: list[Row]) -> None:
        """Detect a damaged last page of a long text, which is given as zeros: only the next page that is read tells.
        Zeros that somebody wrote pass."""
        assert self._connection is not None
        try:
            for probe in _PROBE:
                self._connection.execute(probe).fetchone()
        except dbapi2.DatabaseError as error:
            self.close()
            raise Unreadable(rows) from error

    def has(self, table: str) -> frozenset[str]:
        """The columns a table has in this file; none when it isn't there. Unreadable."""
        return frozenset(str(row[0]) for row in self.ask("SELECT name FROM pragma_table_info(?)", (table,)))

    def batches(self, shape: Shape, columns: Sequence[str], lost: dict[Key, object]) -> Iterator[list[Row]]:
        """All rows that can be read, in pieces: the key first, then these columns. Into ``lost`` go the keys of rows
        that are known to be there and cannot be read, with their customer where that is known.
        """
        size, last = BATCH, None
        known: list[tuple[Key, object]] | None = None
        while True:
            try:
                rows = self.ask(*_next(shape, columns, last, size))
            except Unreadable:
                if size > 1:
                    size = max(1, size // 10)
                    continue
                known = self._known(shape, last) if known is None else known
                beyond = self._over_the_hole(shape, columns, last, known, lost)
                if beyond is None:
                    return
                rows = [beyond]
                size = BATCH
            if not rows:
                return
            yield rows
            last = rows[-1][: len(shape.key)]

    def _over_the_hole(
        self, shape: Shape, columns: Sequence[str], last: Key | None, known: list[tuple[Key, object]],
        lost: dict[Key, object],
    ) -> Row | None:
        """The first row beyond a hole that can be read. Every one is tried, but in a large hole (a page is damaged that
        leads to many others) ever fewer."""
        ahead = [item for item in known if last is None or item[0] > last]
        place = tried = 0
        while place < len(ahead):
            try:
                rows = self.ask(*_exactly(shape, columns, ahead[place][0]))
            except Unreadable as error:
                if (part := _part(error.rows)) is not None:
                    lost.update(ahead[place : place + 1])  # told of, for something of it is lost
                    return part
                tried += 1
                step = max(1, tried - _ONE_BY_ONE)
                lost.update(ahead[place : place + step])
                place += step
                continue
            if rows:
                return rows[0]
            place += 1
        return None

    def _known(self, shape: Shape, last: Key | None) -> list[tuple[Key, object]]:
        """The keys there are according to the indexes, with their customers; else those there may be."""
        keys: dict[Key, object] = {}
        complete = False
        for name, columns, where in shape.indexes:
            owner = columns.index(shape.owner) if shape.owner in columns else None
            owner = 0 if shape.name == "customer" else owner
            rows, whole = self._index(shape, name, columns, where)
            complete = complete or (whole and not where)
            for row in rows:
                key = row[: len(shape.key)]
                keys[key] = row[owner] if owner is not None else keys.get(key)
        if not complete:
            keys |= {key: owner for key, owner in self._tail(shape, last) if key not in keys}
        try:
            return sorted(keys.items(), key=lambda item: item[0])
        except TypeError:  # keys of several types, which only a damaged file without seals can hold
            return []

    def _index(self, shape: Shape, name: str, columns: Sequence[str], where: str) -> tuple[list[Row], bool]:
        """Rows of an index, read from both its ends as far as it can be; and whether that is all of them."""
        asked = f"SELECT {', '.join(columns)} FROM {shape.name} INDEXED BY {name} WHERE {where or 'TRUE'}"
        order = columns[len(shape.key) :]
        rows, whole = self._as_far(f"{asked} ORDER BY {', '.join(order)}")
        if not whole:
            rows += self._as_far(f"{asked} ORDER BY {', '.join(f'{column} DESC' for column in order)}")[0]
        return rows, whole

    def _tail(self, shape: Shape, last: Key | None) -> Iterator[tuple[Key, object]]:
        """Keys beyond a hole when no index tells them: what can be read from the end, and for numbers each that may
        stand in the hole."""
        order = ", ".join(f"{column} DESC" for column in shape.key)
        rows, _whole = self._as_far(f"SELECT {', '.join(shape.key)} FROM {shape.name} ORDER BY {order}")
        yield from ((key, None) for key in rows)
        if shape.key == ("rowid",):
            start = (last[0] if last else 0) + 1
            end = rows[-1][0] if rows else start + _BLIND
            yield from (((number,), GUESSED) for number in range(start, min(end, start + _BLIND)))

    def _as_far(self, sql: str) -> tuple[list[Row], bool]:
        """The rows of a question up to the first that cannot be read, and whether that was all."""
        self.close()
        connection, rows = self._connect(), list[Row]()
        try:
            for row in connection.execute(sql):
                rows.append(row)
            return rows, True
        except (dbapi2.DatabaseError, UnicodeDecodeError):
            return rows, False
        finally:
            connection.close()


def _part(rows: Sequence[Row]) -> Row | None:
    """Rest of a row of which the end of a text is zeros; None when that does not make sense."""
    if len(rows) != 1 or any(_has_zeros(value) and value[0] in '[{"\0' for value in rows[0]):
        return None  # a list, or nothing at all
    return tuple(value.partition("\0")[0] + "…" if _has_zeros(value) else value for value in rows[0])


def _has_zeros(value: object) -> bool:
    return isinstance(value, str) and "\0" in value


def _next(shape: Shape, columns: Sequence[str], last: Key | None, size: int) -> tuple[str, Key]:
    key = ", ".join(shape.key)
    after = f"WHERE ({key}) > ({', '.join('?' * len(shape.key))})" if last is not None else ""
    names = ", ".join((*shape.key, *columns))
    return f"SELECT {names} FROM {shape.name} {after} ORDER BY {key} LIMIT {size}", last or ()


def _exactly(shape: Shape, columns: Sequence[str], key: Key) -> tuple[str, Key]:
    where = " AND ".join(f"{column} = ?" for column in shape.key)
    return f"SELECT {', '.join((*shape.key, *columns))} FROM {shape.name} WHERE {where}", key
