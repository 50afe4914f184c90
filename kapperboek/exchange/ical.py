"""Calendars in: appointments and birthdays; and out again (``ical_write``). Everything else is reported,
never dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from kapperboek.domain.clock import SystemClock
from kapperboek.domain.records import AgendaRecord, Rejected
from kapperboek.exchange.days import day_text
from kapperboek.exchange.files import Progress, read_whole
from kapperboek.exchange.ical_events import Event, Zones, events, minutes_of, occurrences, start_of
from kapperboek.exchange.ical_titles import birthday_people, name_and_title, phone_in, without_tags
from kapperboek.exchange.ical_write import write_ical
from kapperboek.exchange.text import decode_line, encoding_of
from kapperboek.i18n import _

__all__ = ["read_ical", "write_ical"]

HORIZON = timedelta(days=400)


def read_ical(
    path: Path, zone: str = "Europe/Amsterdam", today: date | None = None, progress: Progress | None = None
) -> Iterator[AgendaRecord | Rejected]:
    """The appointments and birthdays of a calendar, and what is neither, with the reason.

    Times come out on the clock of ``zone``. Repeating appointments are worked out from 400 days before
    ``today`` to 400 days after it. UserError when the file cannot be read.
    """
    data = read_whole(path)
    text = _decode(data)
    reader = _Reader(list(events(text)), Zones(text, zone), today or SystemClock(zone).today())
    for number, event in enumerate(reader.events, 1):
        for item in reader.read(event, number):
            item.record, item.line = number, event.line
            yield item
        if progress and number % 200 == 0:
            progress(len(data) * number // len(reader.events), len(data))
    if progress:
        progress(len(data), len(data))


def _decode(data: bytes) -> str:
    """The text; folded inside a character is folded bytes first, and lines may differ in encoding."""
    encoding, _guess = encoding_of(data)
    if encoding.startswith(("utf-16", "utf-32")):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        whole = data.replace(b"\r\n ", b"").replace(b"\n ", b"")
        return "\n".join(decode_line(line) for line in whole.split(b"\n")).removeprefix("\ufeff")


class _Reader:
    """The events of one file, which may replace occurrences of each other."""

    def __init__(self, found: list[Event], zones: Zones, today: date) -> None:
        self.events, self.zones, self.today = found, zones, today
        self.moved: dict[str, set[datetime]] = {}  # UID → occurrences that have an entry of their own
        for event in found:
            for head, value in event.properties.get("RECURRENCE-ID", []):
                moment = zones.local(head, value)
                if moment:
                    self.moved.setdefault(event.text("UID"), set()).add(moment)

    def read(self, event: Event, number: int) -> Iterator[AgendaRecord | Rejected]:
        """The records of one event."""
        refusal = _refusal(event)
        start = start_of(event, self.zones) if not refusal else None
        if not refusal and start is None:
            refusal = _("It has no day and time that can be read.")
        if refusal or start is None:
            yield Rejected(number, event.line, refusal, event.shown())
        elif event.all_day:
            yield from self._whole_day(event, start, number)
        else:
            yield from self._appointments(event, start, number)

    def _whole_day(self, event: Event, start: datetime, number: int) -> Iterator[AgendaRecord | Rejected]:
        people, year = birthday_people(event.text("SUMMARY"))
        yearly = "FREQ=YEARLY" in event.raw("RRULE").upper()
        if not people:
            reason = (
                _("It comes back every year, but is nobody's birthday.")
                if yearly
                else _("It fills a whole day: a holiday or a remark, not an appointment.")
            )
            yield Rejected(number, event.line, reason, event.shown())
            return
        born = year or (start.year if yearly and start.year > 1604 and self._is_birth_year(event, start.year) else None)
        day = day_text(born, start.month, start.day) or day_text(None, start.month, start.day) or ""
        uid = event.text("UID") or f"{event.text('SUMMARY')} {day}"
        for place, name in enumerate(people):
            key = uid if place == 0 else f"{uid}#{place + 1}"
            yield AgendaRecord(key, "birthday", name, day, title=event.text("SUMMARY"), note=_note(event))

    def _is_birth_year(self, event: Event, year: int) -> bool:
        """A yearly entry starts in the year of birth, or in the year somebody made it: told apart by when
        it was made.
        """
        made = [int(event.raw(name)[:4]) for name in ("CREATED", "DTSTAMP") if event.raw(name)[:4].isdecimal()]
        return year < min([*made, self.today.year]) - 1

    def _appointments(self, event: Event, start: datetime, number: int) -> Iterator[AgendaRecord | Rejected]:
        uid = event.text("UID") or f"{event.text('SUMMARY')} {event.raw('DTSTART')}"
        minutes = minutes_of(event, start, self.zones)
        if event.raw("RECURRENCE-ID") or not event.raw("RRULE"):
            suffix = f"/{event.raw('RECURRENCE-ID')}" if event.raw("RECURRENCE-ID") else ""
            yield _appointment(event, uid + suffix, start, minutes)
            return
        if _more_than_weekly(event):
            reason = _("It comes back several times a week, so it is not an appointment of a customer.")
            yield Rejected(number, event.line, reason, event.shown())
            return
        first, last = self.today - HORIZON, self.today + HORIZON
        starts = occurrences(event, start, self.zones, first, last)
        if starts is None:
            yield Rejected(number, event.line, _("It is repeated in a way that cannot be read."), event.shown())
            return
        moved = self.moved.get(event.text("UID"), set())
        kept = [moment for moment in starts if moment not in moved]
        if not kept and not moved:
            yield Rejected(number, event.line, _("None of its repeats falls within 400 days of today."), event.shown())
        for moment in kept:
            yield _appointment(event, f"{uid}/{moment:%Y%m%dT%H%M}", moment, minutes)


_DAILY = re.compile(r"FREQ=DAILY|BYDAY=[^;]*,", re.IGNORECASE)


def _more_than_weekly(event: Event) -> bool:
    """Whether it comes several times a week: nobody has their hair cut so often, so it is no customer's."""
    return _DAILY.search(event.raw("RRULE")) is not None


def _refusal(event: Event) -> str:
    if event.kind == "VTODO":
        return _("It is a to-do, not an appointment.")
    if event.kind != "VEVENT":
        return _("It is a diary page or a busy mark, not an appointment.")
    if not event.raw("DTSTART"):
        return _("It has no day and time.")
    if not event.text("SUMMARY"):
        return (
            _("It has no title, so nobody can tell whose it is.")
            if start_is_readable(event)
            else _("It has no day and time that can be read.")
        )
    return ""


def start_is_readable(event: Event) -> bool:
    """Whether its start begins with eight digits, as days do."""
    return event.raw("DTSTART").replace("-", "")[:8].isdecimal()


def _appointment(event: Event, key: str, start: datetime, minutes: int | None) -> AgendaRecord:
    name, title = name_and_title(event.text("SUMMARY"))
    note = _note(event)
    return AgendaRecord(
        key, "appointment", name, start.strftime("%Y-%m-%dT%H:%M"), minutes, title, note,
        phone_in(f"{event.text('SUMMARY')}\n{note}"), event.raw("STATUS").upper() == "CANCELLED",
    )  # fmt: skip


def _note(event: Event) -> str:
    place = event.text("LOCATION")
    parts = [
        without_tags(event.text("DESCRIPTION")),
        _("Place: {place}").format(place=place) if place else "",
        event.text("COMMENT"),
    ]
    return "\n".join(part for part in parts if part)
