"""Marks of what somebody does not want to be asked again today, also after another start: they tell nothing of anybody,
and stand in the file of the window's memory.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kapperboek.ui.core.window_state import WindowMemory

PAPER = "paper"  # the recovery key
MOST = 200  # marks


class PutOff:
    """Marks of what was put off; ``kept`` begins with their day. ``memory``, once it is set, keeps them at once."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self.memory: WindowMemory | None = None
        self._kept = ""

    @property
    def kept(self) -> str:
        """Marks as they are remembered for the next start."""
        return self.memory.now.put_off if self.memory is not None else self._kept

    @kept.setter
    def kept(self, text: str) -> None:
        self._kept = text
        if self.memory is not None:
            self.memory.change(put_off=text)
            self.memory.save()

    def add(self, *marks: str) -> None:
        """Add marks of what is put off until tomorrow."""
        all_marks = dict.fromkeys([*self._marks(), *marks])
        self.kept = " ".join([self._today().isoformat(), *list(all_marks)[-MOST:]])

    def __contains__(self, mark: str) -> bool:
        return mark in self._marks()

    def _marks(self) -> list[str]:
        day, *marks = self.kept.split() or [""]
        return marks if day == self._today().isoformat() else []


def mark_of(*what: str) -> str:
    """A mark for something, from which nobody can tell what it was."""
    from hashlib import blake2s

    return blake2s("\0".join(what).encode(), digest_size=6).hexdigest()
