"""Calendars in: appointments and birthdays; and out again (``ical_write``). Everything else is reported,
never dropped in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from kapperboek.domain.records import AgendaRecord, Rejected, SeriesRecord
from kapperboek.domain.time.clock import DEFAULT_ZONE, SystemClock
from kapperboek.exchange.calendar.ical_events import Event, events, minutes_of, start_of
from kapperboek.exchange.calendar.ical_people import invited
from kapperboek.exchange.calendar.ical_series import Override, nearly_daily, occurrences, overrides
from kapperboek.exchange.calendar.ical_titles import birthday_people, name_and_title, phone_in, without_tags
from kapperboek.exchange.calendar.ical_versions import superseded, version_of
from kapperboek.exchange.calendar.ical_write import OURS, write_ical
from kapperboek.exchange.calendar.ical_zones import STAMP, Zones
from kapperboek.exchange.date_parsing import day_text
from kapperboek.exchange.files import Progress, asking, read_whole
from kapperboek.exchange.text_decoding import decode_line, encoding_of
from kapperboek.i18n import _

__all__ = ["read_ical", "write_ical"]

HORIZON = timedelta(days=400)


def read_ical(
    path: Path, zone: str = DEFAULT_ZONE, today: date | None = None, progress: Progress | None = None
) -> Iterator[AgendaRecord | SeriesRecord | Rejected]:
    """The appointments and birthdays of a calendar, and what is neither, with the reason. A series comes before its
    moments.

    Times come out on the clock of ``zone``. Repeating appointments are worked out from 400 days before
    ``today`` to 400 days after it. UserError when the file cannot be read.
    """
    data = read_whole(path)
    text = _decode(data)
    found = list(asking(events(text), progress, len(data)))
    reader = _Reader(found, Zones(text, zone), today or SystemClock(zone).today())
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
    """The events of one file, which may replace each other and moments of each other."""

    def __init__(self, found: list[Event], zones: Zones, today: date) -> None:
        self.events, self.zones, self.today = found, zones, today
        self.older, self.apart = superseded(found)
        self.named = 0  # unknown zones that were told of
        self.overrides: dict[str, list[Override]] = defaultdict(list)
        newest = [event for place, event in enumerate(found) if place not in self.older]
        for uid, override in overrides(newest, zones):
            self.overrides[uid].append(override)

    def read(self, event: Event, number: int) -> Iterator[AgendaRecord | SeriesRecord | Rejected]:
        """The records of one event."""
        refusal = _refusal(event)
        start = start_of(event, self.zones) if not refusal else None
        if not refusal and start is None:
            refusal = _("It has no day and time that can be read.")
        if refusal or start is None:
            yield Rejected(number, event.line, refusal, event.shown())
        elif number - 1 in self.older:
            name, title = name_and_title(event.text("SUMMARY"))
            yield AgendaRecord(event.text("UID"), "older", name, f"{start:%Y-%m-%dT%H:%M}", title=title)
        elif event.all_day or (_at_midnight(event, start) and birthday_people(event.text("SUMMARY"))[0]):
            yield from self._whole_day(event, _day_as_written(event, start), number)
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
            summary, own = event.text("SUMMARY"), event.producer == OURS
            yield AgendaRecord(key, "birthday", name, day, title=summary, note=_note(event), own=own)

    def _is_birth_year(self, event: Event, year: int) -> bool:
        """A yearly entry starts in the year of birth, or in the year somebody made it: told apart by when
        it was made.
        """
        made = [int(event.raw(name)[:4]) for name in ("CREATED", "DTSTAMP") if event.raw(name)[:4].isdecimal()]
        return year < min([*made, self.today.year]) - 1

    def _appointments(
        self, event: Event, start: datetime, number: int
    ) -> Iterator[AgendaRecord | SeriesRecord | Rejected]:
        uid = event.text("UID") or f"{event.text('SUMMARY')} {event.raw('DTSTART')}"
        if number - 1 in self.apart:
            uid = f"{uid}/{start:%Y%m%dT%H%M}"
        if said := event.properties.get("RECURRENCE-ID"):
            moment = self.zones.local(*said[0])
            yield self._appointment(event, f"{uid}/{moment:%Y%m%dT%H%M}" if moment else f"{uid}/{said[0][1]}", start)
        elif event.raw("RRULE") or event.raw("RDATE"):
            yield from self._series(event, uid, start, number)
        else:
            yield self._appointment(event, uid, start)

    def _series(
        self, event: Event, uid: str, start: datetime, number: int
    ) -> Iterator[AgendaRecord | SeriesRecord | Rejected]:
        first, last = self.today - HORIZON, self.today + HORIZON
        repeats = occurrences(event, start, self.zones, first, last)
        if repeats is None:
            yield Rejected(number, event.line, _("It is repeated in a way that cannot be read."), event.shown())
            return
        if nearly_daily(repeats.moments):
            often = _("It comes back nearly every day, so it is not an appointment of a customer.")
            yield Rejected(number, event.line, often, event.shown())
            return
        following = sorted((one for one in self.overrides[uid] if one.following), key=lambda one: one.moment)
        replaced = {override.moment for override in self.overrides[uid]}
        kept = repeats.moved([moment for moment in repeats.moments if moment not in replaced], replaced, following)
        if not kept and not replaced:
            yield Rejected(number, event.line, _("None of its repeats falls within 400 days of today."), event.shown())
            return
        keys = [f"{uid}/{moment:%Y%m%dT%H%M}" for moment in [*kept, *replaced]]
        version = max(version_of(one) for one in (event, *(override.event for override in following)))
        yield SeriesRecord(uid, keys, f"{first:%Y%m%d}", f"{last:%Y%m%d}", version)
        for key, (moved, at) in zip(keys, kept.values(), strict=False):
            yield self._appointment(moved.event if moved else event, key, at, version)

    def _appointment(self, event: Event, key: str, start: datetime, version: str = "") -> AgendaRecord:
        name, title = name_and_title(event.text("SUMMARY"))
        note = _note(event)
        minutes = minutes_of(event, start_of(event, self.zones) or start, self.zones)
        return AgendaRecord(
            key, "appointment", name, f"{start:%Y-%m-%dT%H:%M}", minutes, title, note,
            phone_in(f"{event.text('SUMMARY')}\n{note}"), event.cancelled, version=version or version_of(event),
            people=invited(event), own=event.producer == OURS, summary=event.text("SUMMARY"), remark=self._remark(),
        )

    def _remark(self) -> str:
        """Remark on a time zone that nobody knows, once for each."""
        if self.named == len(self.zones.unknown):
            return ""
        self.named += 1
        text = _(
            "Nobody knows the time zone “{zone}”; its times were read as the shop's own. Look whether they are right."
        )
        return text.format(zone=self.zones.unknown[self.named - 1][:60])


def _at_midnight(event: Event, start: datetime) -> bool:
    """Tell whether an event starts at midnight, here or as it is written: whole days, as some programs write them."""
    return start.time() == time() or "T0000" in event.raw("DTSTART").upper()


def _day_as_written(event: Event, start: datetime) -> datetime:
    """Midnight of the day that is written, unless that only is midnight here."""
    found = STAMP.fullmatch(event.raw("DTSTART"))
    if found is None or not (event.all_day or "T0000" in event.raw("DTSTART").upper()):
        return start
    if found[4] and found[4] != "00":  # Outlook: the evening before, in UTC
        return start
    return datetime(int(found[1]), int(found[2]), int(found[3]))


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
    """Tell whether the start of an event is readable: it begins with eight digits, as days do."""
    return event.raw("DTSTART").replace("-", "")[:8].isdecimal()


def _note(event: Event) -> str:
    place = event.text("LOCATION")
    parts = [
        without_tags(event.text("DESCRIPTION")),
        _("Place: {place}").format(place=place) if place else "",
        event.text("COMMENT"),
    ]
    return "\n".join(part for part in parts if part)
