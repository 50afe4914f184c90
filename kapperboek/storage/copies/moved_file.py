"""Moved file: a notebook that is no longer where its name leads, and how nothing confirmed is lost.

The open connection still has everything. Where the file has another name, its log is worked into it, for the log stayed
behind under the old one. Where no name leads to it any more, all of it is saved under a new one. Into a file that
another program has written over nothing is worked in: together they would be a damaged mixture.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.time.clock import Clock, SystemClock
from kapperboek.i18n import _
from kapperboek.storage.copies import copy_names, verified_copy
from kapperboek.storage.file import file_identity, generation, refusals, wal_repair
from kapperboek.storage.file.file_identity import State
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.write.unit_of_work import explained


def secure(book: Notebook, folders: Sequence[Path] = ()) -> Path | None:
    """See to it that what was confirmed stands in one file with a name, and give that, to be opened anew; None when all
    is as it was.

    What has no name any more is saved beside where it was, else in the first of ``folders`` that takes it; once.
    Raises CannotOpen "file-gone" where nothing can be done, and UserError as copying does.
    """
    found = book.file.look(book)
    if found.state is State.HERE:
        return None
    if found.state in (State.OVERWRITTEN, State.AWAY):
        raise CannotOpen("file-gone", file_identity.words(found, book.path))
    if found.state is State.LOGLESS:
        _fold(book)  # opened again it has a new one
        return found.path
    if found.state is State.MOVED:
        _fold(book)
        marks = erasure_list.read(erasure_list.beside(book.path))
        erasure_list.write(erasure_list.beside(found.path), marks)
        return found.path
    if book.file.kept is None:
        book.file.kept = _keep(book, (book.path.parent, *folders))
        with suppress(UserError):  # all of it is kept; an empty log spoils no file that has come in its place
            _fold(book)
    return book.file.kept


def let_go(book: Notebook) -> Callable[[], None] | None:
    """Before the last connection is closed: SQLite itself works no log into a file that has moved, and does so into one
    that was written over. Gives what is left to do when it is closed. Nobody can be told anything any more."""
    if book.file.by_other_name:
        return lambda: _tidy_up(book.path)
    state = book.file.look(book).state
    if state is State.HERE and book.file.wrote:
        descriptor = book.file.second_descriptor()
        return None if descriptor < 0 else lambda: _look_back(book, descriptor)
    if state is State.HERE or book.connection.in_transaction:
        return None
    with suppress(UserError, OSError):
        if state is State.OVERWRITTEN:
            _leave_log(book)
        elif state is State.NAMELESS and not book.file.wrote:
            _fold(book)
        elif state is not State.AWAY:
            secure(book, (Path.home(),))
    return lambda: _tidy_up(book.path)


def _look_back(book: Notebook, descriptor: int) -> None:
    """Closed, which took some milliseconds: was the file taken away just then? It is still open by ``descriptor``."""
    try:
        found = book.file.elsewhere(descriptor)
        log = wal_repair.beside(book.path)
        with suppress(OSError):
            if found.state is State.MOVED and log.exists():
                log.rename(wal_repair.beside(found.path))
            elif found.state is State.NAMELESS and book.file.kept is None:
                target = book.path.with_name(_kept_name(book))
                with os.fdopen(os.dup(descriptor), "rb") as file, _private(target) as kept:
                    file.seek(0)
                    shutil.copyfileobj(file, kept)
                    os.fsync(kept.fileno())
                if book.file.has_its_log():  # SQLite works none into a file that was taken away
                    log.rename(wal_repair.beside(target))
                book.file.kept = target
    finally:
        os.close(descriptor)


def _private(target: Path) -> IO[bytes]:
    """A new file that only its owner may read. OSError, also when it is there already."""
    return os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _kept_name(book: Notebook, number: int = 1) -> str:
    """The notebook's name with the moment; of one kept before only the last, for names may not grow too long."""
    more = "" if number == 1 else f"-{number}"
    stem = copy_names.before_kept(book.path.stem)
    return f"{stem}-kept-{book.clock.local():%Y-%m-%d-%H%M%S}{more}{book.path.suffix}"


def _keep(book: Notebook, folders: Sequence[Path]) -> Path:
    """A verified copy of all there is, in the first folder that takes it. Raises what the last one said."""
    refused: UserError | None = None
    for folder in dict.fromkeys(folders):
        names = (folder / _kept_name(book, number) for number in count(1))
        target = next(name for name in names if not name.exists())
        try:
            verified_copy.copy_to(book, target)
            with suppress(OSError):  # the list itself may have gone with the folder
                erasure_list.write(erasure_list.beside(target), erasure_list.read(erasure_list.beside(book.path)))
        except UserError as error:
            refused = error
            continue
        return target
    assert refused is not None
    raise refused


def _fold(book: Notebook) -> None:
    """All of the log into the file, or UserError "in-use": while somebody reads an older state the rest stays in it."""
    with explained():
        _busy, pages, done = book.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if done < pages:
        raise CannotOpen("in-use", _("Another program is using this notebook. Close it there and try again."))


def set_log_aside(path: Path, key: bytes, salt: bytes) -> Path | None:
    """Set a log aside that lies beside a file nobody has open and is of another state of it; None when it is its own.

    The file was put there after a program stopped that had the former one open. SQLite would work that log in. Raises
    CannotOpen where the system does not let it have another name.
    """
    if wal_repair.in_use(path) or generation.log_fits(path, key, salt):
        return None
    log = wal_repair.beside(path)
    aside = _beside_log(log, SystemClock())
    try:
        log.rename(aside)
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    except OSError as error:
        raise refusals.from_system(error, path) from error
    return aside


def _leave_log(book: Notebook) -> None:
    """Keep the log under another name, and let nothing of it get into a file it does not belong to. While another
    program reads it, it stays: whoever closes last does the same."""
    log = wal_repair.beside(book.path)
    if not log.exists() or not log.stat().st_size:
        return
    content = log.read_bytes()
    try:
        _keep_log(log, content, book.clock)
    except OSError:
        if book.file.used_elsewhere():
            return
        os.truncate(log, 0)  # a full disk has room for it now
        try:
            _keep_log(log, content, book.clock)
        except OSError:
            log.write_bytes(content)
            raise
    if not book.file.used_elsewhere():
        os.truncate(log, 0)


def _keep_log(log: Path, content: bytes, clock: Clock) -> None:
    """Write a log's content beside it; half of it is taken away again. OSError."""
    names = (_beside_log(log, clock, number) for number in count(1))  # two may close within one second
    name = next(name for name in names if not name.exists())
    try:
        with _private(name) as kept:
            kept.write(content)
            os.fsync(kept.fileno())
    except OSError:
        name.unlink(missing_ok=True)
        raise


def _beside_log(log: Path, clock: Clock, number: int = 1) -> Path:
    more = "" if number == 1 else f"-{number}"
    return log.with_name(f"{log.name}-{clock.local():%Y-%m-%d-%H%M%S}{more}")


def _tidy_up(path: Path) -> None:
    """Take away the empty log and what goes with it: the next to be opened there has its own."""
    log = wal_repair.beside(path)
    with suppress(OSError):
        if log.stat().st_size == 0 and not wal_repair.in_use(path):
            log.unlink()
            path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
