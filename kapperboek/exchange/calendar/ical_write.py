"""Our appointments and birthdays out as a calendar that any other program can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kapperboek.domain.records import CustomerRecord, InteractionRecord, appointment_key
from kapperboek.domain.time.clock import DEFAULT_ZONE
from kapperboek.exchange.files import replacing_bytes
from kapperboek.exchange.person_questions import name_of
from kapperboek.exchange.vcard.vcard_write import escape, folded
from kapperboek.i18n import _

OURS = "-//Kapperboek//NL"
_LEAP_YEAR = 1604  # the year other programs write when only the day is known; it has a 29 February


def write_ical(path: Path, records: Iterable[CustomerRecord], zone: str = DEFAULT_ZONE) -> int:
    """Write appointments and birthdays to ``path``; returns the number of customers in it. UserError as for
    files.

    Only name, treatments and time go out: a calendar is shared, notes are not.
    """
    count = 0
    with replacing_bytes(path) as file:
        file.write(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{OURS}\r\nCALSCALE:GREGORIAN\r\n".encode())
        for customer in records:
            lines = list(_events(customer, ZoneInfo(zone)))  # with the year in the title: DTSTAMP cannot tell it
            count += bool(lines)
            file.write(b"".join(map(folded, lines)))
        file.write(b"END:VCALENDAR\r\n")
    return count


def _events(c: CustomerRecord, zone: ZoneInfo) -> Iterator[str]:
    name = name_of(c)
    identity = c.uid or f"{c.number}-{name}"
    if c.birthday and not c.deceased and name:
        year = c.birthday[:4] if not c.birthday.startswith("-") else str(_LEAP_YEAR)
        title = _("Birthday of {name}").format(name=name) + (f" ({year})" if int(year) != _LEAP_YEAR else "")
        start = f"DTSTART;VALUE=DATE:{year}{c.birthday[-5:].replace('-', '')}"
        yield from _event(f"birthday-{identity}", start, title, ["RRULE:FREQ=YEARLY", "TRANSP:TRANSPARENT"])
    keys = {moment.source_key for moment in c.interactions}
    for appointment in c.interactions:
        if appointment.kind == "appointment":
            key = appointment.source_key
            if not key:
                key = appointment_key(identity, appointment.at)
                while key in keys:  # twice at one time
                    key += "+"
                keys.add(key)
            yield from _appointment(appointment, name, key, zone)


def _appointment(appointment: InteractionRecord, name: str, key: str, zone: ZoneInfo) -> Iterator[str]:
    start = datetime.fromisoformat(appointment.at).replace(tzinfo=zone)
    further = [f"SEQUENCE:{appointment.revision}"]
    changed = re.sub(r"[-:]", "", appointment.changed)
    if changed:
        further.append(f"LAST-MODIFIED:{changed}")
    if appointment.minutes:
        further.append(f"DTEND:{_utc(start.astimezone(UTC) + timedelta(minutes=appointment.minutes))}")
    if appointment.state:  # a calendar has no word for who did not come; without one they would be expected still
        further.append("STATUS:CANCELLED")
    title = f"{name} - {' + '.join(appointment.treatments)}" if appointment.treatments else name
    yield from _event(key, f"DTSTART:{_utc(start)}", title, further, changed)


def _event(uid: str, start: str, title: str, further: list[str], changed: str = "") -> Iterator[str]:
    yield from (
        "BEGIN:VEVENT",
        f"UID:{escape(uid)}",
        f"DTSTAMP:{changed or '19700101T000000Z'}",
        start,
        *further,
        f"SUMMARY:{escape(title)}",
        "END:VEVENT",
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
