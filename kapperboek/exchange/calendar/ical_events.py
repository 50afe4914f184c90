"""Events of a calendar, from its text (``ical_zones`` has their times, ``ical_series`` their repeats).

The events are split by hand: icalendar refuses a file without VCALENDAR, and one unreadable date costs it the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kapperboek.exchange.calendar.ical_titles import called_off
from kapperboek.exchange.calendar.ical_zones import Zones
from kapperboek.exchange.vcard.vcard_lines import Head, read_text, split_line

_KINDS = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY")
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?")

Property = tuple[Head, str]


@dataclass(slots=True)
class Event:
    """Event, or another component of a calendar.

    Its kind, the ``line`` where it starts in the file, its own properties (not its alarms'), and what the calendar
    around it says: METHOD and PRODID.
    """

    kind: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    method: str = ""
    producer: str = ""

    def text(self, name: str) -> str:
        """The first value of a property as text."""
        found = self.properties.get(name)
        return read_text(*found[0]).strip() if found else ""

    def raw(self, name: str) -> str:
        """The first value of a property as it is written."""
        found = self.properties.get(name)
        return found[0][1].strip() if found else ""

    def values(self, name: str) -> Iterator[Property]:
        """Values of a property, those between commas apart."""
        for head, text in self.properties.get(name, []):
            yield from ((head, part.strip()) for part in text.split(",") if part.strip())

    @property
    def all_day(self) -> bool:
        """All-day event: said by a day without a time, or by Outlook in a property of its own."""
        day = re.fullmatch(r"\d{4}-?\d\d-?\d\d", self.raw("DTSTART"))
        return bool(day) or self.raw("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"

    @property
    def cancelled(self) -> bool:
        """Cancelled event: called off by itself or by the message it stands in."""
        said = self.raw("STATUS").upper() == "CANCELLED" or self.method == "CANCEL"
        return said or called_off(self.text("SUMMARY"))

    def shown(self) -> str:
        """Text of the event that a person can read, for a report."""
        title = self.text("SUMMARY") or self.text("DESCRIPTION")
        return f"{title} {self.raw('DTSTART')}".strip()[:300] or "\n".join(self.lines)[:300]


def events(text: str) -> Iterator[Event]:
    """Events, to-dos and the like of the file, in order; an event whose end is missing ends with the file."""
    current: Event | None = None
    depth, around = 0, {"METHOD": "", "PRODID": ""}
    for number, line in _unfolded(text):
        upper = line[:40].upper().replace(" ", "")
        if upper.startswith("BEGIN:"):
            if upper[6:] in _KINDS:
                if current is not None:  # the end of the one before is missing
                    yield current
                current, depth = _begun(upper[6:], number, around), 0
            elif current is not None:
                depth += 1
            elif upper[6:] == "VCALENDAR":
                around.update(METHOD="", PRODID="")
        elif upper.startswith("END:"):
            if current is not None and (upper[4:] in (*_KINDS, "VCALENDAR")):
                yield current
                current = None
            elif depth:
                depth -= 1
        elif current is not None and not depth:
            _keep(current, line)
        elif current is None and (name := upper.partition(":")[0]) in around:
            around[name] = line.partition(":")[2].strip()
    if current is not None:
        yield current


def _begun(kind: str, line: int, around: dict[str, str]) -> Event:
    return Event(kind, line, method=around["METHOD"].upper(), producer=around["PRODID"])


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


def start_of(event: Event, zones: Zones) -> datetime | None:
    """Start of the event on the shop's clock; None without a readable start."""
    found = event.properties.get("DTSTART")
    return zones.local(found[0][0], found[0][1]) if found else None


def minutes_of(event: Event, start: datetime, zones: Zones) -> int | None:
    """Duration of the event in minutes, when that is said and possible (up to a week)."""
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


