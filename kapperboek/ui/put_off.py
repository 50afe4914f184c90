"""What somebody said *Later* to above the page: not asked again that day, also after another start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date


class PutOff:
    """Names of what was put off; ``kept`` begins with their day, as it is remembered for the next start."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self.kept = ""

    def add(self, what: str) -> None:
        """Put this off until tomorrow."""
        self.kept = " ".join([self._today().isoformat(), *self._names(), what])

    def __contains__(self, what: str) -> bool:
        return what in self._names()

    def _names(self) -> list[str]:
        day, *names = self.kept.split() or [""]
        return names if day == self._today().isoformat() else []
