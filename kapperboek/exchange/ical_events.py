"""From the text of a calendar to its events: lines, times in any zone, and repeats.

icalendar reads the time zones a file defines itself, and dateutil (which it brings along) works out the
repeats. The events are split by hand: icalendar refuses a file without VCALENDAR, and one unreadable date
costs it the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice, takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kapperboek.exchange.vcard_lines import Head, read_text, split_line

_KINDS = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY")
_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?")
_MAXIMUM = 1500  # occurrences of one event within the horizon

Property = tuple[Head, str]


@dataclass(slots=True)
class Event:
    """One component of a calendar: its kind, where it starts in the file, its own properties (not its
    alarms').
    """

    kind: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The first value of a property as text."""
        found = self.properties.get(name)
        return read_text(*found[0]).strip() if found else ""

    def raw(self, name: str) -> str:
        """The first value of a property as it is written."""
        found = self.properties.get(name)
        return found[0][1].strip() if found else ""

    @property
    def all_day(self) -> bool:
        return bool(re.fullmatch(r"\d{4}-?\d\d-?\d\d", self.raw("DTSTART")))

    def shown(self) -> str:
        """What a person can read in it, for a report."""
        title = self.text("SUMMARY") or self.text("DESCRIPTION")
        return f"{title} {self.raw('DTSTART')}".strip()[:300] or "\n".join(self.lines)[:300]


def events(text: str) -> Iterator[Event]:
    """All events, to-dos and the like of the file, in order; an event whose end is missing ends with the
    file.
    """
    current: Event | None = None
    depth = 0
    for number, line in _unfolded(text):
        upper = line[:40].upper().replace(" ", "")
        if upper.startswith("BEGIN:"):
            if current is None and upper[6:] in _KINDS:
                current, depth = Event(upper[6:], number), 0
            elif current is not None and upper[6:] in _KINDS:  # the end of the one before is missing
                yield current
                current, depth = Event(upper[6:], number), 0
            elif current is not None:
                depth += 1
        elif upper.startswith("END:"):
            if current is not None and (upper[4:] in (*_KINDS, "VCALENDAR")):
                yield current
                current = None
            elif depth:
                depth -= 1
        elif current is not None and not depth:
            _keep(current, line)
    if current is not None:
        yield current


def _keep(event: Event, line: str) -> None:
    event.lines.append(line)
    pair = split_line(line)
    if pair:
        event.properties.setdefault(pair[0].name, []).append(pair)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of the line each starts on."""
    current, start = "", 1
    for number, line in enumerate(
        text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1
    ):
        if line[:1] in (" ", "\t") and line:
            current += line[1:]
            continue
        if current:
            yield start, current
        current, start = line.rstrip(), number
        if line.upper().startswith(("DESCRIPTION", "SUMMARY", "COMMENT")):
            current = line
    if current:
        yield start, current


class Zones:
    """The zones of a file: the shop's for times without one, the world's, Windows' and its own."""

    def __init__(self, text: str, shop: str) -> None:
        self.shop = ZoneInfo(shop)
        self.text = text
        self._known: dict[str, tzinfo] = {}

    def zone(self, name: str) -> tzinfo:
        """The zone of that name; the shop's when nobody knows it."""
        name = name.strip().strip('"')
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> tzinfo:
        for candidate in (name, _windows_name(name), "/".join(name.split("/")[-2:])):
            try:
                if candidate:
                    return ZoneInfo(candidate)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                continue
        return self._own(name) or self.shop

    def _own(self, name: str) -> tzinfo | None:
        """A zone that the file itself defines."""
        from icalendar import Calendar

        for block in re.findall(r"BEGIN:VTIMEZONE\r*\n.*?END:VTIMEZONE", self.text, re.DOTALL | re.IGNORECASE):
            if f"TZID:{name}" not in re.sub(r"\r*\n[ \t]", "", block).replace('"', ""):
                continue
            try:
                calendar = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{block}\r\nEND:VCALENDAR\r\n")
                found = getattr(calendar.walk("VTIMEZONE")[0], "to_tz")()  # noqa: B009  (typed as any component)
                datetime(2020, 1, 1, tzinfo=found).utcoffset()
                return found if isinstance(found, tzinfo) else None
            except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
                return None
        return None

    def local(self, head: Head, value: str) -> datetime | None:
        """A time of the file as the naive moment on the shop's clock; an all-day value is its midnight."""
        found = _STAMP.fullmatch(value.strip())
        if not found:
            return None
        year, month, day, hour, minute, second, offset = found.groups()
        try:
            moment = datetime(
                int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(59, int(second or 0))
            )
            if hour is None or not (offset or head.parameters.get("TZID")):
                return moment
            return (
                moment.replace(tzinfo=_offset(offset) if offset else self.zone(head.parameters["TZID"]))
                .astimezone(self.shop)
                .replace(tzinfo=None)
            )
        except (ValueError, OverflowError):
            return None


def _offset(text: str) -> tzinfo:
    return UTC if text == "Z" else datetime.strptime(text.replace(":", ""), "%z").tzinfo or UTC


def _windows_name(name: str) -> str:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return str(WINDOWS_TO_OLSON.get(name, ""))


def start_of(event: Event, zones: Zones) -> datetime | None:
    """When the event starts on the shop's clock; None without a readable start."""
    found = event.properties.get("DTSTART")
    return zones.local(found[0][0], found[0][1]) if found else None


def minutes_of(event: Event, start: datetime, zones: Zones) -> int | None:
    """How long it takes, when that is said and possible (up to a week)."""
    length: timedelta | None = None
    if end := event.properties.get("DTEND"):
        moment = zones.local(end[0][0], end[0][1])
        length = moment - start if moment else None
    elif found := _DURATION.fullmatch(event.raw("DURATION")):
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
        length = (
            None
            if found[1] == "-"
            else timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        )
    if length is None or not timedelta() < length <= timedelta(days=7):
        return None
    return round(length.total_seconds() / 60)


def occurrences(event: Event, start: datetime, zones: Zones, first: date, last: date) -> list[datetime] | None:
    """The starts of a repeating event between two days, on the shop's clock; None when its rule makes no
    sense.
    """
    try:
        return _occurrences(event, start, zones, first, last)
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError, IndexError):
        return None  # dateutil trips over what people and programs write in many ways


def _occurrences(event: Event, start: datetime, zones: Zones, first: date, last: date) -> list[datetime] | None:
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    # repeats follow the clock of the zone the event was made in, also across a change of summer time
    head, value = event.properties["DTSTART"][0]
    found = _STAMP.fullmatch(value.strip())
    zone = (
        _offset(found[7])
        if found and found[7]
        else zones.zone(head.parameters["TZID"])
        if head.parameters.get("TZID")
        else zones.shop
    )
    own = start.replace(tzinfo=zones.shop).astimezone(zone).replace(tzinfo=None) if not event.all_day else start
    rule = re.sub(r"\s", "", event.raw("RRULE")).strip(";")
    if re.search(r"INTERVAL=0*(?:;|$)|FREQ=(?:SECONDLY|MINUTELY|HOURLY)", rule, re.IGNORECASE):
        return None  # would never end, or repeats what no customer does
    if "UNTIL=" not in rule and "COUNT=" not in rule.upper():
        rule += f";UNTIL={last + timedelta(days=2):%Y%m%dT000000}"
    rule = re.sub(r"UNTIL=([^;]*)", lambda until: "UNTIL=" + _until(until[1], zone), rule, flags=re.IGNORECASE)
    dates = rrulestr(rule, dtstart=own)
    window = (datetime.combine(first, datetime.min.time()), datetime.combine(last, datetime.max.time()))
    coming = takewhile(lambda moment: moment <= window[1], dates.xafter(window[0], inc=True))
    starts = list(islice(coming, _MAXIMUM))
    excluded = _excluded(event, zones)
    local = [
        moment if event.all_day else moment.replace(tzinfo=zone).astimezone(zones.shop).replace(tzinfo=None)
        for moment in starts
    ]
    return [
        moment
        for moment in local
        if moment not in excluded and moment.date() not in {e.date() for e in excluded if event.all_day}
    ]


def _until(value: str, zone: tzinfo) -> str:
    """The last moment of a rule on the clock of its zone, as dateutil wants it for naive starts."""
    found = _STAMP.fullmatch(value.strip())
    if not found:
        return value
    year, month, day, hour, minute, second, offset = found.groups()
    moment = datetime(int(year), int(month), int(day), int(hour or 23), int(minute or 59), min(59, int(second or 59)))
    if offset:
        moment = moment.replace(tzinfo=_offset(offset)).astimezone(zone).replace(tzinfo=None)
    return moment.strftime("%Y%m%dT%H%M%S")


def _excluded(event: Event, zones: Zones) -> set[datetime]:
    values = [(head, part) for head, value in event.properties.get("EXDATE", []) for part in value.split(",")]
    return {moment for head, part in values if (moment := zones.local(head, part))}
