"""Words of the shop for how far away a day is: "2 dagen te laat", "uiterlijk morgen", "6 weken voorbij"."""

from __future__ import annotations

from datetime import date

from kapperboek.domain.time.dates import PartialDate, weeks_phrase
from kapperboek.i18n import _, format_month_day, format_weekday, ngettext

AHEAD_DAYS = 7
"""How far Today looks ahead for birthdays and anniversaries."""


def day_text(day: date, today: date) -> str:
    """A day as it is said: ``vandaag``, ``morgen``, ``do 26 nov``; with the year when that is another one."""
    away = (day - today).days
    if away == 0:
        return _("today")
    if away == 1:
        return _("tomorrow")
    near = day.year == today.year or 0 < away <= AHEAD_DAYS
    return format_weekday(day) if near else f"{format_weekday(day)} {day.year}"


def due_text(due: date, today: date, promise: bool = False) -> str:
    """The badge of something to do: ``2 dagen te laat``, ``vandaag``, ``do 26 nov``; a promise ``uiterlijk morgen``."""
    late = (today - due).days
    if late > 13:
        return _("{time} late").format(time=weeks_phrase(late))
    if late > 0:
        return ngettext("{n} day late", "{n} days late", late).format(n=late)
    text = day_text(due, today)
    return _("{day} at the latest").format(day=text) if promise else text


def expected_text(expected: date | None, today: date) -> str:
    """Words for the day of the expected visit, the same wherever it is said; empty if none.

    ``6 weken voorbij``, ``vandaag``, ``deze week``, ``over 2 weken``.
    """
    if expected is None:
        return ""
    away = (expected - today).days
    if away == 0:
        return _("today")
    if away < 0:
        return _("{time} past").format(time=weeks_phrase(-away))
    if away < 7:
        return _("this week")
    return _("in {time}").format(time=weeks_phrase(round(away / 7) * 7 if away < 84 else away))


def rhythm_text(rhythm_days: float | None) -> str:
    """Words for a rhythm in days: ``elke 6 weken``; empty without a rhythm."""
    if rhythm_days is not None and round(rhythm_days) == 7:
        return _("every week")
    return _("every {time}").format(time=weeks_phrase(rhythm_days)) if rhythm_days is not None else ""


def birthday_badge(birthday: PartialDate | None, today: date, deceased: bool = False) -> str:
    """Badge of a birthday: ``vandaag jarig``, ``morgen jarig``, ``do 26 nov jarig`` in the week before.

    Else, and for the deceased, empty.
    """
    if birthday is None or deceased:
        return ""
    day = birthday.next_on_or_after(today)
    if (day - today).days > AHEAD_DAYS:
        return ""
    return _("birthday {day}").format(day=day_text(day, today))


def birthday_text(birthday: PartialDate | None, today: date, deceased: bool = False) -> str:
    """The birthday for the head of the card: ``morgen 41`` when near, else ``23 november 1985 (40)``."""
    if birthday is None:
        return ""
    plain = format_month_day(birthday.month, birthday.day)
    if birthday.year is not None:
        plain = f"{plain} {birthday.year}"
    if deceased:
        return plain
    day = birthday.next_on_or_after(today)
    if (day - today).days <= AHEAD_DAYS:
        turning = birthday.age_on(day)
        if not turning:
            return birthday_badge(birthday, today)
        # "do 26 nov 41" would be a year
        words = _("turns {age} {day}") if (day - today).days < 2 else _("turns {age} on {day}")
        return words.format(age=turning, day=day_text(day, today))
    age = birthday.age_on(today)
    return f"{plain} ({age})" if age is not None else plain
