"""Fit of an appointment: somebody's usual time, and what is remarkable about a moment. Nothing is forbidden here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from kapperboek.domain.time.closing_days import ClosingDays
from kapperboek.domain.time.dates import weeks_phrase
from kapperboek.i18n import _, format_long_day, format_weekday

UNKNOWN_MINUTES = 30  # an appointment of which nobody said how long it takes counts as so long
SETTLE_DAYS = 14  # an appointment that is over is asked about for so long: did they come?
REMINDED_BEFORE = timedelta(days=7)  # a reminder to make an appointment comes so long before the day it is about
_QUARTER, _NEAR = 15, 45  # minutes
_FIRST = "10:00"  # proposed to who has no usual time yet
_BY_DAY = range(8 * 60, 18 * 60 + 1)  # when somebody may well have come who was here once; later it was noted late
_LAST_SO_MANY = 12  # people change; what they did years ago says little


class Taken(NamedTuple):
    """An appointment that stands in the book."""

    ref: int
    customer_id: int
    name: str
    at: str
    minutes: int | None
    staff_id: int
    staff: str


class Wanted(NamedTuple):
    """The appointment as it is being typed; ``ref`` is its id when it stands in the book already."""

    customer_id: int
    at: str
    minutes: int | None
    staff_id: int = 0
    staff: str = ""
    staff_left: bool = False
    ref: int = 0


def usual_time(visits: Sequence[str], agreed: Sequence[str] = ()) -> str:
    """The time of day somebody usually comes, on the quarter: ``09:30``.

    ``visits`` and ``agreed`` (appointments) are moments, oldest first. A visit is often noted when it is over, so the
    minute of the last one says little: what was agreed counts twice, and what comes back often counts more. A visit
    that stands alone gives its half hour when it was by day, and nothing when it was noted in the evening.
    """
    times = [(_quarter(at), 1, at) for at in visits[-_LAST_SO_MANY:]]
    times += [(_quarter(at), 2, at) for at in agreed[-_LAST_SO_MANY:]]
    same = {time: sum(weight for other, weight, _at in times if other == time) for time, _weight, _at in times}
    near = {
        time: sum(weight for other, weight, _at in times if abs(other - time) <= _NEAR) for time, _weight, _at in times
    }
    times = [one for one in times if near[one[0]] > 1 or one[0] in _BY_DAY]
    if not times:
        return _FIRST
    best = max(times, key=lambda one: (same[one[0]] if same[one[0]] > 1 else 0, near[one[0]], one[1], one[2]))
    minutes = best[0] if near[best[0]] > 1 else -(-best[0] // (2 * _QUARTER)) * 2 * _QUARTER
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _quarter(at: str) -> int:
    """Minutes since midnight, on the nearest quarter of the same day."""
    minutes = int(at[11:13]) * 60 + int(at[14:16])
    return min(round(minutes / _QUARTER) * _QUARTER, 24 * 60 - _QUARTER)


def reminder_day(appointment: date, today: date) -> date:
    """Day of the reminder to make an appointment for about that day: a week before, and not today any more."""
    return max(appointment - REMINDED_BEFORE, today + timedelta(days=1))


def is_open_past(kind: str, state: str, at: str, today: date) -> bool:
    """Tell whether an appointment is over and unsettled: of the last days, and nobody said whether they came."""
    return (
        kind == "appointment"
        and not state
        and (today - timedelta(days=SETTLE_DAYS)).isoformat() <= at[:10] < today.isoformat()
    )


def remarks(
    wanted: Wanted, taken: Iterable[Taken], closed: ClosingDays, now: datetime, *, discreet: bool = False
) -> tuple[str, ...]:
    """Remarks for somebody who makes this appointment, as sentences; empty when nothing is the matter.

    ``now`` is the shop's wall time. ``discreet``: no other customer is named.
    """
    start = datetime.fromisoformat(wanted.at)
    others = [one for one in taken if one.ref != wanted.ref]
    found = [_past(start, now), _closed(start.date(), closed), *_overlaps(wanted, others, discreet)]
    found += [_twice(wanted, others), _gone(wanted)]
    return tuple(text for text in found if text)


def _past(start: datetime, now: datetime) -> str:
    day, today = start.date(), now.date()
    if day < today - timedelta(days=1):
        return _("This day has been: {time} ago.").format(time=weeks_phrase((today - day).days))
    if day < today:
        return _("This was yesterday.")
    return _("This time of today is over.") if start < now.replace(second=0, microsecond=0, tzinfo=None) else ""


def _closed(day: date, closed: ClosingDays) -> str:
    if closed.has_date(day):
        return _("The shop is closed on {day}.").format(day=format_weekday(day))
    if closed.has(day):
        return _("The shop is closed on {day}.").format(day=format_long_day(day).split()[0])
    return ""


def _overlaps(wanted: Wanted, others: list[Taken], discreet: bool) -> list[str]:
    if not wanted.staff_id:
        return []
    start, end = _span(wanted.at, wanted.minutes)
    found = []
    for one in others:
        its_start, its_end = _span(one.at, one.minutes)
        if one.staff_id == wanted.staff_id and start < its_end and its_start < end:
            span = f"{its_start:%H:%M}–{its_end:%H:%M}"
            named = _("{staff} has {name} then ({time}).")
            words = _("{staff} has another customer then ({time}).") if discreet else named
            found.append(words.format(staff=wanted.staff, name=one.name, time=span))
    return found


def _span(at: str, minutes: int | None) -> tuple[datetime, datetime]:
    """Start and end of an appointment, in wall time."""
    start = datetime.fromisoformat(at)
    try:
        return start, start + timedelta(minutes=minutes or UNKNOWN_MINUTES)
    except OverflowError:  # the last evening of the calendar
        return start, datetime.max


def _twice(wanted: Wanted, others: list[Taken]) -> str:
    times = [
        f"{one.at[11:16]} ({one.staff})" if one.staff else one.at[11:16]
        for one in others
        if one.customer_id == wanted.customer_id and one.at[:10] == wanted.at[:10]
    ]
    return _("Comes that day already: {times}.").format(times=", ".join(times)) if times else ""


def _gone(wanted: Wanted) -> str:
    return _("{staff} does not work here any more.").format(staff=wanted.staff) if wanted.staff_left else ""
