"""What a fuzz target is: one way into the program, with examples of what usually comes in by it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from kapperboek.domain.time.clock import FixedClock
from tests.conftest import NOW, ROOT

MORE = ROOT.parent / "shared" / "data"  # other people's real files, which stand beside some checkouts
SEED_BYTES = 6000  # of a file that others made; more only makes every try slower


class Target(ABC):
    """Made once per run in an empty folder, then given one input after the other.

    ``run`` may raise a UserError; everything else that comes out of it is a bug of ours (see ``judge``).
    """

    name = ""
    tokens: tuple[bytes, ...] = ()  # words that mean something to this input
    share = 1.0  # of the examples a short run tries: less where one takes long

    def __init__(self, room: Path) -> None:
        self.room = room
        self.clock = FixedClock(NOW)

    @abstractmethod
    def seeds(self) -> list[bytes]:
        """Inputs to begin with, the plainest first."""

    @abstractmethod
    def run(self, data: bytes) -> None:
        """Let it in."""

    def close(self) -> None:  # noqa: B027
        """Let go of what was opened, if anything was."""


def others(pattern: str) -> list[bytes]:
    """The beginnings of the real files of a kind, where there are any."""
    return [path.read_bytes()[:SEED_BYTES] for path in sorted(MORE.glob(pattern))]


class Choices:
    """Decisions made by the bytes of an input, so that the engine that changes bytes changes decisions."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = data, 0

    def __bool__(self) -> bool:
        return self._place < len(self._data)

    def number(self, below: int) -> int:
        """From 0 up to ``below``; 0 when nothing is left."""
        taken = self.bytes(1 if below <= 256 else 3)
        return int.from_bytes(taken, "big") % below

    def bytes(self, count: int) -> bytes:
        """The next so many bytes, fewer at the end."""
        taken = self._data[self._place : self._place + count]
        self._place += count
        return taken

    def text(self) -> str:
        """Up to a zero byte or the end; what is no text becomes half a surrogate pair, as from a broken file name."""
        end = self._data.find(b"\x00", self._place)
        taken = self._data[self._place : end if end >= 0 else None]
        self._place += len(taken) + 1
        return taken.decode("utf-8", "surrogateescape")
