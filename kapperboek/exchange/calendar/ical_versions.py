"""Versions of one event, and which one counts: by SEQUENCE first, then by the time of change, then of writing."""

from __future__ import annotations

import re
from collections import defaultdict

from kapperboek.exchange.calendar.ical_events import Event

_NO_DIGIT = re.compile(r"\D")
NEVER = "19700101000000"  # when our own file says something changed that nobody changed by hand


def version_of(event: Event) -> str:
    """The version as text, the newer one the greater; a version without a time of change is only its number."""
    number = event.raw("SEQUENCE")
    changed = changed_at(event.raw("LAST-MODIFIED") or event.raw("DTSTAMP"))
    return f"{int(number) if number.isdecimal() and len(number) < 8 else 0:07d} {changed}".strip()


def changed_at(moment: str) -> str:
    """A moment as it stands at the end of a version."""
    return _NO_DIGIT.sub("", moment)[:14]


def is_older(version: str, known: str) -> bool:
    """Tell whether a version is older than a known one; by the numbers alone where one tells no time."""
    if " " in version and " " in known:
        return version < known
    return version[:7] < known[:7]


def superseded(found: list[Event]) -> tuple[set[int], set[int]]:
    """The places of the events of which a newer version is in the same file, or the very same once more; and of those
    that only share a UID: some programs give it to every one, or to every moment of a series.
    """
    versions: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, event in enumerate(found):
        if event.raw("UID") and event.kind == "VEVENT":
            versions[event.text("UID"), event.raw("RECURRENCE-ID")].append(place)
    older, apart = set[int](), set[int]()
    for places in versions.values():
        if len(places) < 2:
            continue
        newest = max(places, key=lambda place: (*_rank(found[place]), place))
        for place in places:
            if _rank(found[place])[:2] < _rank(found[newest])[:2] or _same(found[place], found[newest]):
                older.add(place)
            elif place != newest:
                apart |= {place, newest}
        older.discard(newest)
    return older, apart


def _rank(event: Event) -> tuple[str, str, bool]:
    return version_of(event), _NO_DIGIT.sub("", event.raw("DTSTAMP")), event.cancelled


def _same(one: Event, other: Event) -> bool:
    """Tell whether two versions differ in nothing but perhaps being called off."""
    return all(one.raw(name) == other.raw(name) for name in ("DTSTART", "SUMMARY", "RRULE"))
