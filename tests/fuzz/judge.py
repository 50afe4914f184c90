"""What must hold of every input: a clean result or a sentence, in bounded time and memory, written in its own place.

Python tells of every file it opens for writing and of every program it starts (``sys.addaudithook``), so that it is
seen when an input makes the program leave the folder it works in.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapperboek.domain.errors import UserError
from tests.fuzz.target import Target

SECONDS = 10.0  # of processor time for one small input, on a slow computer
MEGABYTES = 700  # that one small input may make the program grow by
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {"os.rename": 2, "os.remove": 1, "os.mkdir": 1, "os.rmdir": 1, "os.link": 2, "os.symlink": 2, "os.chmod": 1}
_NEVER = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "pty.spawn", "ftplib.connect")
_HARMLESS = ("/dev/null", "/dev/tty", "/proc/")


class Misbehaved(AssertionError):
    """Something came out that is neither a result nor a sentence."""


class _Watch:
    """Where the present input may write; listens as long as the process lives, but only hears during an input."""

    def __init__(self) -> None:
        self.places: tuple[str, ...] = ()
        self.seen: list[str] = []
        self.hooked = False

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.places:
            return
        if event == "open":
            path, _mode, flags = arguments
            if isinstance(flags, int) and flags & _WRITING:
                self._check(event, path)
        elif event in _CHANGES and arguments[-1] in (-1, None):
            for path in arguments[: _CHANGES[event]]:  # what is named from an open folder was looked at there
                self._check(event, path)
        elif event in _NEVER and not str(arguments[1:2]).count("workbook_child"):  # which has rooms of its own
            self.seen.append(event)

    def _check(self, event: str, path: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return  # an open file by its number
        where = os.path.realpath(os.fsdecode(path))
        if not where.startswith((*self.places, *_HARMLESS)) and ".pyc" not in where:
            self.seen.append(f"{event} {where}")


_watch = _Watch()


@contextmanager
def _watched(room: Path) -> Iterator[None]:
    if not _watch.hooked:
        sys.addaudithook(_watch.hear)
        _watch.hooked = True
    places = (room, Path(tempfile.gettempdir()) / "kapperboek-")
    _watch.seen, _watch.places = [], tuple(os.path.realpath(place) for place in places)
    try:
        yield
    finally:
        _watch.places = ()


def judge(target: Target, data: bytes) -> None:
    """Let one input in. Raises what the program raised, or Misbehaved; a UserError is a good answer."""
    began, grown = time.process_time(), _peak()
    try:
        with _watched(target.room):
            target.run(data)
    except UserError as refused:
        if not refused.message.strip() or not refused.code:
            raise Misbehaved(f"a refusal without words: {refused!r}") from refused
    took, grown = time.process_time() - began, _peak() - grown
    if _watch.seen:
        raise Misbehaved(f"reached outside its place: {_watch.seen[0]}")
    if took > SECONDS:
        raise Misbehaved(f"took {took:.1f} s of processor time")
    if grown > MEGABYTES:
        raise Misbehaved(f"grew by {grown} MB")


def _peak() -> int:
    """The most memory this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
