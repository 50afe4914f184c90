"""The moments of a repeating event: its rules (worked out by dateutil, which icalendar brings along), the days added
and taken out by hand, and what was moved from some day on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from kapperboek.exchange.calendar.ical_events import Event, start_of
from kapperboek.exchange.calendar.ical_zones import STAMP, Zones, offset_of

_MAXIMUM = 1500  # occurrences of one event within the horizon


class Repeats(NamedTuple):
    """The moments of a series, and what was taken out of it that its rules do not give: moments and whole days."""

    moments: list[datetime]
    unused: frozenset[datetime]
    unused_days: frozenset[date]

    def moved(
        self, kept: list[datetime], replaced: set[datetime], following: list[Override]
    ) -> dict[datetime, tuple[Override | None, datetime]]:
        """Moved moments: by what each is replaced, and when it is then.

        Without those that are taken out or replaced as of the time they were moved to.
        """
        found: dict[datetime, tuple[Override | None, datetime]] = {}
        gone = self.unused | (replaced - set(self.moments)) | {moment for one in following for moment in one.taken_out}
        for moment in kept:
            by = next((one for one in reversed(following) if one.moment < moment), None)
            at = moment + by.shift if by else moment
            if by is None or not ({at, moment} & gone or at.date() in self.unused_days):
                found[moment] = by, at
        return found


def occurrences(event: Event, start: datetime, zones: Zones, first: date, last: date) -> Repeats | None:
    """The starts of a repeating event between two days, on the shop's clock; None when its rule makes no
    sense.
    """
    try:
        return _occurrences(event, start, zones, first, last)
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError, IndexError):
        return None  # dateutil trips over what people and programs write in many ways


def _occurrences(event: Event, start: datetime, zones: Zones, first: date, last: date) -> Repeats | None:
    """Occurrences by all rules and days of the event together, without what is taken out again."""
    zone = _zone_of(event, zones)
    own = start if event.all_day else start.replace(tzinfo=zones.shop).astimezone(zone).replace(tzinfo=None)
    window = (datetime.combine(first, datetime.min.time()), datetime.combine(last, datetime.max.time()))
    found: set[datetime] = set()
    for name in ("RRULE", "EXRULE"):
        for _head, rule in event.properties.get(name, []):
            moments = _by_rule(rule, own, zone, window)
            if moments is None:
                return None
            local = {moment if event.all_day else _local(moment, zone, zones) for moment in moments}
            found = found | local if name == "RRULE" else found - local
    added = {zones.local(head, value.partition("/")[0]) for head, value in event.values("RDATE")}
    if not event.raw("RRULE"):
        added.add(start)
    found |= {moment for moment in added if moment and window[0] <= moment <= window[1]}
    moments_out, days_out = _excluded(event, zones)
    kept = sorted(moment for moment in found if moment not in moments_out and moment.date() not in days_out)
    return Repeats(kept, frozenset(moments_out - found), frozenset(days_out - {moment.date() for moment in found}))


def _zone_of(event: Event, zones: Zones) -> tzinfo:
    """The zone an event was made in: its repeats follow that clock, also across a change of summer time."""
    head, value = event.properties["DTSTART"][0]
    found = STAMP.fullmatch(value.strip())
    if found and found[7]:
        return offset_of(found[7])
    return zones.zone(head.parameters["TZID"]) if head.parameters.get("TZID") else zones.shop


def _local(moment: datetime, zone: tzinfo, zones: Zones) -> datetime:
    return moment.replace(tzinfo=zone).astimezone(zones.shop).replace(tzinfo=None)


def _by_rule(rule: str, own: datetime, zone: tzinfo, window: tuple[datetime, datetime]) -> list[datetime] | None:
    """The moments of one rule within the window, on the event's own clock."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    rule = re.sub(r"\s", "", rule).strip(";")
    if re.search(r"INTERVAL=0*(?:;|$)|FREQ=(?:SECONDLY|MINUTELY|HOURLY)", rule, re.IGNORECASE):
        return None  # would never end, or repeats what no customer does
    if "UNTIL=" not in rule and "COUNT=" not in rule.upper():
        rule += f";UNTIL={window[1] + timedelta(days=2):%Y%m%dT000000}"
    rule = re.sub(r"UNTIL=([^;]*)", lambda until: "UNTIL=" + _until(until[1], zone), rule, flags=re.IGNORECASE)
    dates = rrulestr(rule, dtstart=own)
    return list(islice(takewhile(lambda moment: moment <= window[1], dates.xafter(window[0], inc=True)), _MAXIMUM))


def _until(value: str, zone: tzinfo) -> str:
    """The last moment of a rule on the clock of its zone, as dateutil wants it for naive starts."""
    found = STAMP.fullmatch(value.strip())
    if not found:
        return value
    year, month, day, hour, minute, second, offset = found.groups()
    moment = datetime(int(year), int(month), int(day), int(hour or 23), int(minute or 59), min(59, int(second or 59)))
    if offset:
        moment = moment.replace(tzinfo=offset_of(offset)).astimezone(zone).replace(tzinfo=None)
    return moment.strftime("%Y%m%dT%H%M%S")


def _excluded(event: Event, zones: Zones) -> tuple[set[datetime], set[date]]:
    """The moments that are taken out, and the days: those of an event of whole days, and those without a time."""
    moments, days = set[datetime](), set[date]()
    for head, value in event.values("EXDATE"):
        if moment := zones.local(head, value):
            moments.add(moment)
            if event.all_day or len(value) <= 10:
                days.add(moment.date())
    return moments, days


def nearly_daily(moments: list[datetime]) -> bool:
    """Tell whether a series comes nearly daily, or every working day, and goes on so.

    Every other day or more: nobody has their hair done so often.
    """
    near = sum(1 for one, other in pairwise(moments) if other - one < timedelta(days=2.5))
    return near > 3 and near * 5 >= (len(moments) - 1) * 4


class Override:
    """An event that replaces one moment of a series (RECURRENCE-ID), or that one and all after it (RANGE)."""

    def __init__(self, event: Event, moment: datetime, start: datetime | None, taken_out: set[datetime]) -> None:
        self.event, self.moment = event, moment
        self.following = event.properties["RECURRENCE-ID"][0][0].parameters.get("RANGE", "").upper() == "THISANDFUTURE"
        self.shift = start - moment if start else timedelta()
        self.taken_out = taken_out


def overrides(found: list[Event], zones: Zones) -> Iterator[tuple[str, Override]]:
    """Overrides, which replace moments of series, with the UID of each, in the order of the file."""
    for event in found:
        for head, value in event.properties.get("RECURRENCE-ID", [])[:1]:
            if moment := zones.local(head, value):
                yield event.text("UID"), Override(event, moment, start_of(event, zones), _excluded(event, zones)[0])
