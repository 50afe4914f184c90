"""Identity of the open file: the file a connection has really open, whatever its name leads to by now.

A sync program, a hand or a pulled stick can move, replace, delete or overwrite a file that is open. The connection goes
on with the file it opened, under another name or none. A file is known by its device and number; it is looked at by the
descriptor that SQLite itself reads it by, for closing any other would drop this process's locks on it. Where the
system shows no descriptors (Windows) only the name is compared: there an open file cannot be taken away either.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from enum import Enum
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from kapperboek.i18n import _
from kapperboek.storage.file import generation, hard_links, overwrite_detection, wal_repair
from kapperboek.storage.file.open_file import Connected

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_DESCRIPTORS = Path("/proc/self/fd") if sys.platform == "linux" else Path("/dev/fd")
_F_GETPATH, _LONGEST_PATH = 50, 1024  # macOS
# What a file manager or a sync program moves into one of these it means to throw away.
_BINS = ("trash", "$recycle.bin")

Identity = tuple[int, int]


class State(Enum):
    """State of the open file: still here, moved, deleted, overwritten."""

    HERE = "here"
    MOVED = "moved"  # it has another name, which is known
    NAMELESS = "nameless"  # deleted, replaced, in the bin, or under a name nobody can tell
    LOGLESS = "logless"  # only its log was taken away or replaced: what is saved now would be known to no other program
    OVERWRITTEN = "overwritten"  # the same file still, with what another program wrote into it
    AWAY = "away"  # with its folder or disk


class Whereabouts(NamedTuple):
    """State of an open file and its path: where it is by now, or its own name when it has no other."""

    state: State
    path: Path


def of(path: Path | str) -> Identity | None:
    """Identity (device and number) of the file that goes by that name; None when there is none."""
    try:
        state = os.stat(path)  # noqa: PTH116 - a save waits for it
    except OSError:
        return None
    return state.st_dev, state.st_ino


def words(found: Whereabouts, path: Path) -> str:
    """Refusal, in words, to save into a file that this became of, and what to do."""
    text = {
        State.MOVED: _(
            "The notebook {path} was moved or renamed while it was open: it is {now} now. This was not saved yet; try "
            "again, or open it there."
        ),
        State.NAMELESS: _(
            "The notebook {path} was deleted or replaced while it was open. What was saved goes into a new file; this "
            "was not saved yet: try again."
        ),
        State.LOGLESS: _(
            "The log beside the notebook {path} was taken away while it was open. What was saved is whole; this was "
            "not saved yet: try again."
        ),
        State.OVERWRITTEN: _(
            "Another program has written over the notebook {path} while it was open. This was not saved; put back the "
            "last backup."
        ),
    }.get(
        found.state,
        _(
            "The disk or folder of the notebook {path} is gone. This was not saved; connect it again: what was saved "
            "before is on it."
        ),
    )
    return text.format(path=path, now=found.path)


class OpenFile:
    """The file of one notebook, shared by all its connections in this process."""

    def __init__(self, path: Path, before: Identity | None = None) -> None:
        """``before``: which file went by that name before it was opened; another now means that nobody knows which was
        opened."""
        self.path = path
        self._name, self._log_name = os.fspath(path), os.fspath(wal_repair.beside(path))
        found = of(path)
        self.identity = found if before in (None, found) else None
        self._users, self._counting = 0, Lock()  # connections, of several threads
        self.by_other_name = False  # so by this one it may not be
        self.wrote = False  # whether anything was confirmed by this process
        self.kept: Path | None = None  # where what was confirmed stands since the file has no name any more
        self.strange_log: Path | None = None  # of another state of the notebook, found beside it and set aside
        self.unlisted = False  # whether somebody was forgotten and the list beside it could not be written
        self._handle = -1
        self._stamp = _stamp_of(path)
        self._page = overwrite_detection.Page()
        self._log = overwrite_detection.Log()
        self._seen = generation.Marks()
        self._log_file: Identity | None = None

    def join(self) -> None:
        """Count one connection more."""
        with self._counting:
            self._users += 1

    def leave(self) -> bool:
        """Count one connection less; True when that was the last."""
        with self._counting:
            self._users -= 1
            return self._users == 0

    def begin(self, book: Connected) -> None:
        """Opened: this is how it is. Raises CannotOpen "in-use" when it is open by another name, with another log."""
        self._page = overwrite_detection.page_of(book, self._descriptor())
        self.see_marks(book)
        self._log_file = None if book.read_only else of(wal_repair.beside(self.path))
        if not book.read_only:
            self.by_other_name = True
            hard_links.claim(self._descriptor(), self.path)
            self.by_other_name = False

    def before_writing(self, book: Connected) -> bool:
        """Take note of the log; whether all of it is in the file, so that what is written begins another. Before the
        first writing of this program it is worked in: after a crash SQLite no longer knows how much of it the file has,
        and would go on in it, with one mark for what was copied before the crash and for what comes now.
        """
        self._log = overwrite_detection.log_of(book.connection)
        if not self.wrote and self._log.pages > self._log.done:
            book.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            self._log = overwrite_detection.log_of(book.connection)
        return self._log.pages == self._log.done

    def see_marks(self, book: Connected) -> None:
        """Remember how far it is: it never goes back."""
        self._seen = max(self._seen, overwrite_detection.marks_of(book))

    def look(self, book: Connected) -> Whereabouts:
        """Look at the open file: still here, moved, deleted or overwritten.

        Costs two questions to the system while nothing happened.
        """
        try:
            now: os.stat_result | None = os.stat(self._name)  # noqa: PTH116 - a save waits for it
        except OSError:
            now = None
        if now is None or (now.st_dev, now.st_ino) != self.identity:
            return self.elsewhere(self._descriptor())
        stamp = (now.st_mtime_ns, now.st_size)
        if stamp != self._stamp:  # the log was worked in, or somebody wrote into it
            descriptor = self._descriptor()
            page = overwrite_detection.page_of(book, descriptor)
            if overwrite_detection.belies_log(book, descriptor) or overwrite_detection.goes_back(book, self._seen):
                return Whereabouts(State.OVERWRITTEN, self.path)
            if self.used_elsewhere():
                self.see_marks(book)
                return Whereabouts(State.HERE, self.path)  # who works its log in: seen again when that is over
            fits = overwrite_detection.file_fits(book, descriptor, self._page, self._log)
            if not fits and not self.used_elsewhere():
                return Whereabouts(State.OVERWRITTEN, self.path)
            if fits:
                self._stamp, self._page = stamp, page
                self.see_marks(book)
        if self._log_file is not None and of(self._log_name) != self._log_file:
            return Whereabouts(State.LOGLESS, self.path)
        return Whereabouts(State.HERE, self.path)

    def is_as_it_was(self, book: Connected) -> bool:
        """Tell whether it is where it was, and nothing was confirmed by this process: then it may be closed at once."""
        return not self.by_other_name and not self.wrote and self.look(book).state is State.HERE

    def look_at_name(self) -> Whereabouts:
        """State of the open file by its name alone, whatever stands in it by now."""
        return self.elsewhere(self._descriptor())

    def used_elsewhere(self) -> bool:
        """Tell whether another program has the file open by this name, to write in."""
        return hard_links.used_elsewhere(self._descriptor(), self.path)

    def has_its_log(self) -> bool:
        """Tell whether the log beside its name is the one it was opened with, with something in it."""
        log = wal_repair.beside(self.path)
        return self._log_file is not None and of(log) == self._log_file and log.stat().st_size > 0

    def second_descriptor(self) -> int:
        """Duplicate descriptor of the file, which stays when SQLite closes; for whoever closes it then.

        -1 where none is.
        """
        descriptor = self._descriptor()
        return -1 if descriptor < 0 else os.dup(descriptor)

    def elsewhere(self, handle: int) -> Whereabouts:
        """State of the open file when by its name there may be another or none; ``handle`` is open on it."""
        if self.identity is not None and of(self.path) == self.identity:
            return Whereabouts(State.HERE, self.path)
        try:
            links = os.fstat(handle).st_nlink if handle >= 0 else 0
        except OSError:
            return Whereabouts(State.AWAY, self.path)
        if links:
            name = _name_of(handle)
            if name == self.path:  # only that who runs this may no longer look there
                return Whereabouts(State.HERE, self.path)
            if name is None or of(name) != self.identity:
                there = of(self.path.parent)
                same_disk = there is not None and self.identity is not None and there[0] == self.identity[0]
                return Whereabouts(State.NAMELESS if same_disk else State.AWAY, self.path)
            if not _is_thrown_away(name, self.path):
                return Whereabouts(State.MOVED, name)
        return Whereabouts(State.NAMELESS if handle >= 0 else State.AWAY, self.path)

    def _descriptor(self) -> int:
        """SQLite's own; -1 when there is none or the system does not show it."""
        if self.identity is None:
            return -1
        if not self._is_ours(self._handle):
            numbers: list[str] = []
            with suppress(OSError):
                numbers = os.listdir(_DESCRIPTORS)  # noqa: PTH208 - numbers, not paths
            self._handle = next((int(one) for one in numbers if self._is_ours(int(one))), -1)
        return self._handle

    def _is_ours(self, handle: int) -> bool:
        if handle < 0:
            return False
        try:
            state = os.fstat(handle)
        except OSError:
            return False
        return (state.st_dev, state.st_ino) == self.identity


def _stamp_of(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size


def _name_of(handle: int) -> Path | None:
    """Present name of an open file; None when the system does not tell."""
    try:
        if sys.platform == "darwin":
            return Path(os.fsdecode(fcntl.fcntl(handle, _F_GETPATH, bytes(_LONGEST_PATH)).rstrip(b"\0")))
        return (_DESCRIPTORS / str(handle)).readlink()
    except (OSError, ValueError):
        return None


def _is_thrown_away(name: Path, was: Path) -> bool:
    """Tell a file that went into a bin, or into a hidden folder where sync programs lay what they replaced."""
    here = {*was.absolute().parts, *was.parent.resolve().parts}
    gone_to = [part for part in name.parts[:-1] if part not in here]
    return any(part.lower().strip(".").startswith(_BINS) or part.startswith(".") for part in gone_to)
