"""Days as other programs write them, to the text that records hold: ``YYYY-MM-DD`` or ``--MM-DD``."""

from __future__ import annotations

import re

from kapperboek.domain.time.dates import PartialDate, is_whole_day, parse_typed

_PLAIN = re.compile(r"(?:(\d{4})-?|--)(\d\d)-?(\d\d)(?:$|[T ].*)", re.ASCII)
_YEARS_THAT_MEAN_NONE = ("0000", "1604", "0001")  # Apple and Outlook write these when only the day is known


def record_day(value: str) -> str | None:
    """A day from a vCard, LDIF or calendar value, the calendar day as written whatever the time zone.

    None when it isn't a day, or there is no such day (31 February).
    """
    value = value.strip()
    if is_whole_day(value) and value[:4] not in _YEARS_THAT_MEAN_NONE:
        return value
    if len(value) > 60:
        return None
    found = _PLAIN.match(value)
    if not found:
        typed = parse_typed(value)
        return typed.text() if typed else None
    year = found[1] if found[1] and found[1] not in _YEARS_THAT_MEAN_NONE else None
    return day_text(year, found[2], found[3])


def day_text(year: str | int | None, month: str | int, day: str | int) -> str | None:
    """The record's text for a day given in parts; None when there is no such day."""
    try:
        return PartialDate(int(year) if year else None, int(month), int(day)).text()
    except ValueError:
        return None
