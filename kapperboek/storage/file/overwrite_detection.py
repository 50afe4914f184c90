"""Detection of another program's writing over an open file, by one page of it: that of the counters, with the mark.

It is written anew with each log (``generation``), and no two writings of a page look the same, also of the same words.
So while it is as it was, or as the log beside it says, the log still completes this file.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2

from kapperboek.storage.file import generation, key_derivation, sqlite_errors, wal_repair
from kapperboek.storage.file.open_file import Connected

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

_LOG_HEAD, _FRAME_HEAD = 32, 24
_TRIES = 3
_WHERE = "SELECT rootpage FROM sqlite_master WHERE name = 'counter'"


class Page(NamedTuple):
    """One page as it stands in the file, by its number."""

    number: int = 0
    content: bytes = b""


def page_of(book: Connected, descriptor: int) -> Page:
    """The page with the mark; no page where it cannot be read."""
    if descriptor < 0:
        return Page()
    try:
        number = int(book.connection.execute(_WHERE).fetchone()[0])
        return Page(number, os.pread(descriptor, key_derivation.PAGE_BYTES, (number - 1) * key_derivation.PAGE_BYTES))
    except (dbapi2.Error, TypeError, OSError):
        return Page()


class Log(NamedTuple):
    """Length of the write-ahead log in pages, and how many of those are in the file."""

    pages: int = 0
    done: int = 0


def log_of(connection: Connection) -> Log:
    """Length of the log as it is now, outside a transaction. Raises as SQLite does."""
    _busy, pages, done = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return Log(pages, done)


def marks_of(book: Connected) -> generation.Marks:
    """The marks of what is confirmed, as the connection sees it; none within a transaction or where they cannot be
    read."""
    try:
        return generation.Marks() if book.connection.in_transaction else generation.of(book.connection)
    except (dbapi2.Error, TypeError, ValueError):
        return generation.Marks()


def goes_back(book: Connected, seen: generation.Marks) -> bool:
    """Tell a file that is of before what this process has ``seen`` of it, or went another way. Also while other
    programs use it: they only ever take it to a higher number."""
    return all(_goes_back(book, seen) for _try in range(_TRIES))


def belies_log(book: Connected, descriptor: int) -> bool:
    """Tell whether the page with the mark contradicts a log that is all in the file.

    It is as that log has it, whoever worked it in, till another log begins; then nothing is concluded.
    """
    path = wal_repair.beside(book.path)
    if book.connection.in_transaction or descriptor < 0:
        return False
    try:
        head, log = _head(path), log_of(book.connection)
        if not 0 < log.pages == log.done:
            return False
        page = page_of(book, descriptor)
        logged = _in_log(path, page.number, log.pages)
        still = (head, log) == (_head(path), log_of(book.connection))
    except (dbapi2.Error, OSError):
        return False
    return still and bool(logged and page.content) and logged[-1][1] != page


def _head(log: Path) -> bytes:
    """Head of the log, another with each log. Raises OSError."""
    with log.open("rb") as file:
        return file.read(_LOG_HEAD)


def _goes_back(book: Connected, seen: generation.Marks) -> bool:
    # What stood in the file when a log began stays there, and so does all of that log when it is worked in.
    least = seen.before
    with suppress(dbapi2.Error):
        log = Log(-1) if book.connection.in_transaction else log_of(book.connection)
        least = seen.now if 0 <= log.pages == log.done else seen.before
    found = generation.in_file(book.path, book.key, book.salt)  # asked after the log, never before
    if found is None or not found.now:  # it may be that half a log is in it at this moment
        return False
    one_for_each = {generation.number(mark): mark for mark in seen}
    branched = any(one_for_each.get(generation.number(mark), mark) != mark for mark in found)
    return branched or generation.number(found.now) < generation.number(least)


def file_fits(book: Connected, descriptor: int, known: Page, begun: Log) -> bool:
    """Compare the file with what the connection and its log take it for: True while it still is that.

    Only to be asked while no other program uses it. ``known``: the page when that was so, ``begun``: the log when this
    transaction began, if there is one.
    """
    try:  # more than once: another thread may work the log in, and begin another, between two looks
        return any(_fits(book, page_of(book, descriptor), known, begun) for _try in range(_TRIES))
    except dbapi2.Error as error:  # damage elsewhere is told to whoever asks something
        busy = sqlite_errors.code_of(error) in (sqlite_errors.BUSY, sqlite_errors.LOCKED)
        return busy or descriptor < 0 or _is_sealed(book, page_of(book, descriptor))


def _fits(book: Connected, now: Page, known: Page, begun: Log) -> bool:
    within = book.connection.in_transaction
    log = begun if within else log_of(book.connection)
    logged = _in_log(wal_repair.beside(book.path), now.number, log.pages)
    # Of a log that another program began the page last seen here may be of before what that log completes.
    unsure = now == known and logged and logged[0][0] > log.done
    if now.content and now in _expected(logged, log.done, known) and not unsure:
        return True
    marks = generation.of(book.connection)
    found = generation.in_file(book.path, book.key, book.salt)
    if found is None:
        return not now.number or _is_sealed(book, now)  # stopped while the log was worked in; or nobody can tell
    # A log that is all in the file completes nothing any more; what begins another has raised the mark already.
    completes = within or (logged and log.pages > log.done)
    return found.now in (marks if completes else marks[:1])


def _is_sealed(book: Connected, page: Page) -> bool:
    """Verify the seal of the page: only who has the key can have written it."""
    if len(page.content) < key_derivation.PAGE_BYTES:
        return False
    return key_derivation.is_authentic(page.content, page.number, key_derivation.page_key(book.key, book.salt))


def _expected(logged: list[tuple[int, Page]], done: int, known: Page) -> list[Page]:
    """Pages that may stand in the file: as last worked in, or as being worked in at this moment."""
    before = [page for place, page in logged if place <= done]
    return [before[-1] if before else known, *(page for place, page in logged if place > done)]


def _in_log(log: Path, number: int, count: int) -> list[tuple[int, Page]]:
    """Each time the page was written into the log, with its place among the frames; ``count`` of those are in use."""
    wanted, found = struct.pack(">I", number), list[tuple[int, Page]]()
    try:
        with log.open("rb") as file:
            file.seek(_LOG_HEAD)
            for place in range(1, count + 1):
                if file.read(_FRAME_HEAD).startswith(wanted):
                    found.append((place, Page(number, file.read(key_derivation.PAGE_BYTES))))
                else:
                    file.seek(key_derivation.PAGE_BYTES, os.SEEK_CUR)
    except OSError:
        return []
    return found
