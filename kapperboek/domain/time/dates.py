"""Days people remember and days people type: partial dates, "morgen", "over 2 weken", "3 jan".

dateparser was considered and not taken: it is slow to import and guesses where a notebook should ask again.
Everything that depends on the day gets that day handed in.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from kapperboek.i18n import ngettext

# Patterns are plain text, so that they are compiled at first use and not when the program starts.
_STORED = r"(?a)^(?:(\d{4})-?|--)(\d{2})-?(\d{2})$"
_LEAP_YEAR = 2000  # a year that has every month and day
TWO_DIGIT_LATEST = 2029  # unless the caller knows better: 29 is 2029, 30 is 1930

_MONTH_NAMES = (
    "januari january jan", "februari february feb", "maart march mrt maa mar", "april apr", "mei may",
    "juni june jun", "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
    "november nov", "december dec",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_DAY_NAMES = (
    "maandag monday ma mon mo", "dinsdag tuesday di tue tu", "woensdag wednesday wo wed we",
    "donderdag thursday do thu th", "vrijdag friday vr vrij fri fr", "zaterdag saturday za zat sat sa",
    "zondag sunday zo zon sun su",
)
_WEEKDAYS = {name: number for number, names in enumerate(_DAY_NAMES) for name in names.split()}
_RELATIVE = {
    "vandaag": 0, "today": 0, "nu": 0, "now": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2, "gisteren": -1,
    "yesterday": -1, "eergisteren": -2, "volgende week": 7, "next week": 7,
}
_NUMBERS = {
    "een": 1, "één": 1, "a": 1, "an": 1, "one": 1, "twee": 2, "two": 2, "drie": 3, "three": 3, "vier": 4,
    "four": 4, "vijf": 5, "five": 5, "zes": 6, "six": 6, "zeven": 7, "seven": 7, "acht": 8, "eight": 8,
    "negen": 9, "nine": 9, "tien": 10, "ten": 10, "twaalf": 12, "twelve": 12,
}
_UNIT_NAMES = (
    "d dag dagen day days", "w wk week weken weeks", "m mnd maand maanden month months",
    "j jr jaar jaren y year years",
)
_UNITS = {name: number for number, names in enumerate(_UNIT_NAMES) for name in names.split()}
_FROM_NOW = r"^(?:(over|in)\s+|(\+)\s*)?(\d{1,4}|[^\W\d_]+)\s*([^\W\d_]*)$"
_USUAL = r"(?a)^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$"
_NUMERIC = r"(?a)^(\d{1,2})[-/. ]+(\d{1,2})(?:[-/. ]+'?(\d{4}|\d{2}))?[-/.]?$"
_YEAR_FIRST = r"(?a)^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$"
_DAY_NAME_YEAR = r"^(\d{1,2})(?:e|[nrs]?d|d?e|ste?|th)?[-/. ]*([^\W\d_]+)\.?[-/, ]*'?(\d{4}|\d\d)?$"
_NAME_DAY_YEAR = r"^([^\W\d_]+)\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?(?:[-/, ]+'?(\d{4}|\d{2}))?$"
_TIME = r"(?i)[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$"


class _Day(NamedTuple):
    year: int | None
    month: int
    day: int


class PartialDate(_Day):
    """A month and a day, the year if known. ValueError when there is no such day."""

    __slots__ = ()

    def __new__(cls, year: int | None, month: int, day: int) -> PartialDate:
        date(year if year is not None else _LEAP_YEAR, month, day)
        return super().__new__(cls, year, month, day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Parse a stored date: ``1985-11-23`` or ``--11-23``. ValueError for anything else."""
        found = re.match(_STORED, text.strip())
        if not found:
            raise ValueError(f"not a date: {text!r}")
        return cls(int(found[1]) if found[1] else None, int(found[2]), int(found[3]))

    def text(self) -> str:
        """Text of the date as it is stored: ``1985-11-23`` or ``--11-23``."""
        year = f"{self.year:04d}" if self.year is not None else "-"
        return f"{year}-{self.month:02d}-{self.day:02d}"

    def occurrence(self, year: int) -> date:
        """The day it is kept in that year: 29 February on the 28th when the year has no 29th."""
        if (self.month, self.day) == (2, 29) and not is_leap(year):
            return date(year, 2, 28)
        return date(year, self.month, self.day)

    def next_on_or_after(self, day: date) -> date:
        """The first time it is kept on ``day`` or later."""
        this_year = self.occurrence(day.year)
        return this_year if this_year >= day else self.occurrence(day.year + 1)

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; None without a year or before it. 29 February counts as the 28th."""
        if self.year is None:
            return None
        age = day.year - self.year - (day < self.occurrence(day.year))
        return age if age >= 0 else None


def stored_day(text: str | None) -> date | None:
    """Day of a stored day or moment (``YYYY-MM-DD…``); None for none."""
    return date.fromisoformat(text[:10]) if text else None


def is_whole_day(text: str) -> bool:
    """Tell whether a text is a whole day that exists, with its year, as it is stored: ``1985-11-23``."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _partial(year: int | None, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _full_year(text: str | None, latest: int) -> int | None:
    """A typed year; two digits mean the last such year that isn't after ``latest``."""
    if not text:
        return None
    return int(text) if len(text) == 4 else latest - (latest - int(text)) % 100


def parse_typed(text: str, day_first: bool = True, latest: int = TWO_DIGIT_LATEST) -> PartialDate | None:
    """A day as people type it, with a year or without: ``23-11-1985``, ``23/11``, ``23 nov 85``…

    None when it isn't a day or no such day exists (31 February). ``latest`` is the last year two digits may
    mean: hand in the present year for a birthday.
    """
    if found := re.match(_USUAL, text):  # nearly all there are in a list: at once
        return _numbers(found, day_first, latest)
    plain = re.sub(_TIME, "", text.strip().lower().replace("\u00a0", " "))
    head, _blank, tail = plain.partition(" ")
    if tail and head.rstrip(".,") in _WEEKDAYS:
        plain = tail.strip()
    if (stored := re.match(_STORED, plain)) and not plain.isdecimal():
        return _partial(int(stored[1]) if stored[1] else None, int(stored[2]), int(stored[3]))
    if plain.isdecimal() and plain.isascii():
        return _run_of_digits(plain, day_first, latest)
    if found := re.match(_YEAR_FIRST, plain):
        return _partial(int(found[1]), int(found[2]), int(found[3]))
    if found := re.match(_NUMERIC, plain):
        return _numbers(found, day_first, latest)
    if (found := re.match(_DAY_NAME_YEAR, plain)) and found[2] in _MONTHS:
        return _partial(_full_year(found[3], latest), _MONTHS[found[2]], int(found[1]))
    if (found := re.match(_NAME_DAY_YEAR, plain)) and found[1] in _MONTHS:
        return _partial(_full_year(found[3], latest), _MONTHS[found[1]], int(found[2]))
    return None


def _numbers(found: re.Match[str], day_first: bool, latest: int) -> PartialDate | None:
    first, second = int(found[1]), int(found[2])
    day, month = (first, second) if day_first else (second, first)
    return _partial(_full_year(found[3], latest), month, day)


def _run_of_digits(plain: str, day_first: bool, latest: int) -> PartialDate | None:
    """Parse a date without separators: ``23111985``, ``231185`` (month first unless ``day_first``) or ``19851123``."""
    if len(plain) not in (6, 8):
        return None
    first, second, year = int(plain[:2]), int(plain[2:4]), _full_year(plain[4:], latest)
    day, month = (first, second) if day_first else (second, first)
    typed = _partial(year, month, day)
    if len(plain) == 6:
        return typed
    if typed and typed.year and typed.year >= 1850:
        return typed
    return _partial(int(plain[:4]), int(plain[4:6]), int(plain[6:]))


def is_leap(year: int) -> bool:
    """Tell whether a year is a leap year (Gregorian rule; the calendar module costs 20 ms of start-up)."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = 31 if month == 11 else (date(year, month + 2, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def parse_typed_day(text: str, today: date) -> date | None:
    """A day to come, as people type it: ``morgen``, ``vr``, ``over 2 weken``, ``+10``, ``3 jan``.

    A weekday is the next one after today, a day without a year the next such day. None when it isn't one.
    """
    plain = " ".join(text.strip().lower().split())
    if not plain:
        return None
    try:
        return _relative_day(plain, today) or _absolute_day(plain, today)
    except (OverflowError, ValueError):  # beyond the calendar: "over 9999 jaar"
        return None


def _absolute_day(plain: str, today: date) -> date | None:
    partial = parse_typed(plain, latest=today.year + 50)
    if partial is None:
        return None
    return partial.next_on_or_after(today) if partial.year is None else partial.occurrence(partial.year)


def _relative_day(plain: str, today: date) -> date | None:
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    if plain in ("volgende maand", "next month"):
        return add_months(today, 1)
    for lead in ("volgende week ", "next week "):
        if plain.startswith(lead) and (weekday := _WEEKDAYS.get(plain.removeprefix(lead))) is not None:
            return today + timedelta(days=7 - today.weekday() + weekday)
    for lead in ("aanstaande ", "komende ", "next ", "on ", "op "):
        plain = plain.removeprefix(lead)
    if (weekday := _WEEKDAYS.get(plain.rstrip("."))) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return _from_now(plain, today)


def _from_now(plain: str, today: date) -> date | None:
    """Parse a day counted from today: ``over 2 weken``, ``+10``, ``3 dagen``, ``in a month``."""
    found = re.match(_FROM_NOW, plain)
    if not found:
        return None
    count = int(found[3]) if found[3].isdecimal() else _NUMBERS.get(found[3])
    unit = _UNITS.get(found[4]) if found[4] else (0 if found[2] else None)
    if count is None or unit is None:
        return None
    if unit < 2:
        return today + timedelta(days=count * (1, 7)[unit])
    return add_months(today, count * (1, 12)[unit - 2])


def weeks_phrase(days: float) -> str:
    """A stretch of time as people say it: ``10 dagen``, ``6 weken``, ``3 maanden``, ``2 jaar``.

    Weeks are what a shop counts in; months where they come out whole or weeks would be too many.
    """
    count = max(0, round(days))
    weeks, months = round(count / 7), round(count / 30.4)
    if count < 14 and count != 7:
        return ngettext("{n} day", "{n} days", count).format(n=count)
    if count < 84 or (count < 182 and abs(count - months * 30.4) > 2):
        return ngettext("{n} week", "{n} weeks", weeks).format(n=weeks)
    if count < 340 or (count < 700 and months % 12):
        return ngettext("{n} month", "{n} months", months).format(n=months)
    years = round(count / 365.25)
    return ngettext("{n} year", "{n} years", years).format(n=years)
