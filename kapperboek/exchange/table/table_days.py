"""Days and moments in tables: whether 3-5 is May or March is decided from the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from kapperboek.domain.time.dates import parse_typed
from kapperboek.exchange.date_parsing import record_day
from kapperboek.i18n import _

_TWO_NUMBERS = re.compile(r"\s*(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)(?!\s?[-/.]?\s?\d{1,2}:)")
_TIME = re.compile(r"(?:[T ,]|^)(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?\s*$")
_ISO = re.compile(r"(?!1604|0001|0000)\d{4}-\d\d-\d\d", re.ASCII)
_SERIAL = re.compile(r"(\d{3,5})(?:\.0*)?")
NO_DAY = re.compile(r"[0\s./-]+(?:00:00(?::00)?)?")
"""What Outlook (``0-0-00``) and databases write for a day that nobody filled in."""
_MEANT_AS_UNKNOWN = frozenset(("1900-01-01", "1899-12-30", "1899-12-31", "1753-01-01", "1800-01-01"))
_SHORT_YEAR = re.compile(r"(?<!\d)\d{1,2}\s?[-/. ]\s?(?:\d{1,2}|[^\W\d_]{3,})\s?[-/. ]\s?'?\d{2}(?!\d)")
_OLDEST = 110  # years
_BORN = re.compile(
    r"(?:geb(?:oren)?\.?(?:\s+op)?|born(?:\s+on)?|geboren\s+am|n[ée]e?\s+le|\*|°)[\s:]*(?=\d)", re.IGNORECASE
)
_AGED = re.compile(r"\s*\(\s*\d{1,3}\s*(?:jaar|jr\.?|years?|j)?\s*\)$", re.IGNORECASE)
_EXCEL_START = date(1899, 12, 30)


def day_first(columns: Iterable[Iterable[str]]) -> list[bool]:
    """Order of day and month in each column of days: True where the day stands before the month.

    A number over 12 decides; a column without one follows those that have; the last word is how the Dutch
    write.
    """
    verdicts = [_verdict(values) for values in columns]
    decided = [verdict for verdict in verdicts if verdict is not None]
    usual = decided.count(True) >= decided.count(False) if decided else True
    return [usual if verdict is None else verdict for verdict in verdicts]


def _verdict(values: Iterable[str]) -> bool | None:
    day, month = 0, 0
    for value in values:
        found = _TWO_NUMBERS.match(value)
        if found:
            day += int(found[1]) > 12
            month += int(found[2]) > 12
    return None if day == month else day > month


def table_day(text: str, first: bool, latest: int) -> str | None:
    """A cell as a record's day (``1985-11-23``, ``--11-23``); None when there is no such day."""
    if len(text) > 60:
        return None
    if _ISO.fullmatch(text):  # what a real date cell comes out as
        return record_day(text)
    text = _AGED.sub("", _BORN.sub("", text, count=1))
    if text.startswith("--"):
        typed = parse_typed(text)
        return typed.text() if typed else None
    if (serial := _SERIAL.fullmatch(text)) and int(serial[1]) > 2100:  # 1978 is a year
        return (_EXCEL_START + timedelta(days=int(serial[1]))).isoformat()
    typed = parse_typed(text, first, latest) or parse_typed(text, not first, latest)
    if typed is None:
        return None
    return ("--" + typed.text()[5:]) if typed.year in (1604, 1, 0) else typed.text()


def doubtful_day(text: str, day: str, latest: int) -> str:
    """Remark on a doubtful birthday that was read from a cell; empty when nothing is doubtful."""
    if day in _MEANT_AS_UNKNOWN:
        said = _("“{text}” is what programs write for an unknown day. It is not imported as one; it is in the note.")
        return said.format(text=text[:60])
    short = _SHORT_YEAR.search(text)
    if short and not day.startswith("-") and len(text) <= 60 and latest - int(day[:4]) + 100 <= _OLDEST:
        said = _("“{text}” was read as {year}; it may also be {other}. Look which one is right.")
        return said.format(text=text[:60], year=day[:4], other=int(day[:4]) - 100)
    return ""


def table_moment(text: str, first: bool, latest: int) -> str | None:
    """A cell as a record's moment; midnight when no time stands in it. None when it has no full day."""
    time = _TIME.search(text) if len(text) <= 60 else None
    hour, minute = (int(time[1]), int(time[2])) if time and ("T" in text or " " in text) else (0, 0)
    day = table_day(text[: time.start()].strip() if time and (hour or minute or ":" in text) else text, first, latest)
    if day is None or day.startswith("-") or hour > 23 or minute > 59:
        return None
    return f"{day}T{hour:02d}:{minute:02d}"
