"""Generation mark in the notebook, by which its states are told apart: of today or older, and whose log it is
that lies there.

It is raised with the first change after the log was worked into the file, so nobody waits for it: a counter above 32
random bits, in the table of counters, which is a page that a change writes anyway. With it stands the one before it. So
a log carries its own mark and that of the file it belongs to; a copy carries that of the moment it was made. Any state
of the file with one of these two marks is completed by that log; any other is a stranger's, and would be spoilt by it.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2

from kapperboek.storage.file import open_file, sqlite_errors, wal_repair

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

NAMES = ("generation", "generation_before")  # counters
_CHANCE = 32  # bits, so that two that went on from one state are told apart
_LEAP = 1 << 18  # some years of opening, saving and tidying up
_SET = "INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class Marks(NamedTuple):
    """The mark of a state and that of the state of the file its log began with; 0 where there was none yet."""

    now: int = 0
    before: int = 0


def of(connection: Connection) -> Marks:
    """Marks as this connection sees them, the log included. Raises as SQLite does."""
    rows = dict(connection.execute("SELECT name, value FROM counter WHERE name IN (?, ?)", NAMES).fetchall())
    return Marks(*(int(rows.get(name) or 0) for name in NAMES))


def last_change(connection: Connection) -> str | None:
    """The uid of the last change; None when nothing was written yet."""
    row = connection.execute("SELECT uid FROM change ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def has_change(connection: Connection, uid: str | None) -> bool:
    """Tell whether the journal has this change."""
    return connection.execute("SELECT 1 FROM change WHERE uid = ?", (uid,)).fetchone() is not None


def number(mark: int) -> int:
    """Count of times the mark was raised.

    Of two states of one notebook that went on from each other the later has more.
    """
    return mark >> _CHANCE


def raise_from(connection: Connection, mark: int | None) -> None:
    """Within a transaction: the next mark, unless that is no longer the present one."""
    if mark is not None and of(connection).now == mark:
        _set(connection, mark, 1)


def leap(connection: Connection, present: int = 0) -> None:
    """Within a transaction that has raised the mark where it begins a log: a mark later than any the notebook can have
    had since this copy of it was made, and than ``present``, which it has now: another copy may have been put back in
    between. The mark before stays: it is that of the file to which the log belongs."""
    mark = of(connection).now
    steps = max(0, number(present) - number(mark)) + _LEAP
    connection.execute(_SET, (NAMES[0], _following(mark, steps)))


def _set(connection: Connection, mark: int, steps: int) -> None:
    connection.executemany(_SET, zip(NAMES, (_following(mark, steps), mark), strict=True))


def _following(mark: int, steps: int) -> int:
    import secrets

    return number(mark) + steps << _CHANCE | secrets.randbits(_CHANCE)


def in_file(path: Path, key: bytes, salt: bytes) -> Marks | None:
    """Marks in the file without its log; None when it cannot be read as this notebook now."""
    try:
        with closing(open_file.connect(path, key, salt, frozen=True)) as connection:
            # A file the log was only half worked into may be shorter than it says; this page is read all the same.
            connection.execute("PRAGMA writable_schema = ON")
            return of(connection)
    except (dbapi2.Error, UnicodeDecodeError, TypeError, ValueError):
        return None


def log_fits(path: Path, key: bytes, salt: bytes) -> bool:
    """Tell whether the log beside a file that nobody has open belongs to it; True where that cannot be told."""
    alone = in_file(path, key, salt)
    if alone is None:
        return True  # stopped while the log was being worked in: it completes the file
    try:
        with closing(open_file.connect(path, key, salt, read_only=True)) as connection:
            marks = of(connection)
            if marks != alone:
                return alone.now in marks
            # All that the log says is in the file; or the page with its mark stands elsewhere in this file, which is of
            # before the whole was written anew. Then together they are damaged.
            return not wal_repair.says_more(path) or _is_whole(connection) or not _is_whole_alone(path, key, salt)
    except dbapi2.Error as error:
        return sqlite_errors.code_of(error) not in (sqlite_errors.CORRUPT, sqlite_errors.NOT_A_DATABASE)


def _is_whole(connection: Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except (dbapi2.DatabaseError, UnicodeDecodeError):
        return False


def _is_whole_alone(path: Path, key: bytes, salt: bytes) -> bool:
    with closing(open_file.connect(path, key, salt, frozen=True)) as connection:
        return _is_whole(connection)
