"""The days the shop is closed: every Monday, Christmas, the Saturday of the move."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from kapperboek.domain.time.dates import PartialDate, parse_typed

_LOOK_AHEAD = 60  # days; who is closed for longer than that looks for a day by hand


class ClosingDays(NamedTuple):
    """Closing days; ``weekdays``: 0 is Monday; ``dates`` as stored: ``2027-05-05``, or ``--12-25`` for every year."""

    weekdays: frozenset[int] = frozenset()
    dates: frozenset[str] = frozenset()

    def has(self, day: date) -> bool:
        """Tell whether the shop is closed on that day."""
        return day.weekday() in self.weekdays or self.has_date(day)

    def has_date(self, day: date) -> bool:
        """Tell whether the shop is closed because of the date, not of the weekday."""
        return day.isoformat() in self.dates or f"--{day:%m-%d}" in self.dates

    def next_open(self, day: date) -> date:
        """That day, or the first one after it on which the shop is open."""
        days = (day + timedelta(days=n) for n in range(_LOOK_AHEAD))
        return next((each for each in days if not self.has(each)), day)


def closing_days(weekdays: Iterable[int], dates: Iterable[str]) -> ClosingDays:
    """Closing days from the shop's settings, ``weekdays`` with 0 for Monday; what is no day counts for nothing."""
    return ClosingDays(frozenset(weekdays), frozenset(text for text in dates if is_date(text)))


def is_date(text: str) -> bool:
    """Tell whether a text is a day as stored, with or without a year."""
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def parse_closed_dates(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parse closed dates as typed, ``25-12, 5-5-2027``: (days as stored, what was no day)."""
    found: list[str] = []
    wrong: list[str] = []
    for part in typed.replace(";", ",").replace("\n", ",").split(","):
        if text := part.strip():
            day = parse_typed(text, latest=2099)
            (found if day else wrong).append(day.text() if day else text)
    return tuple(dict.fromkeys(found)), tuple(wrong)


def closed_dates_text(dates: Iterable[str]) -> str:
    """Text of closed dates as they are typed: ``25-12, 5-5-2027``."""
    days = [PartialDate.parse(text) for text in dates if is_date(text)]
    return ", ".join(f"{day.day}-{day.month}" + (f"-{day.year}" if day.year else "") for day in days)
