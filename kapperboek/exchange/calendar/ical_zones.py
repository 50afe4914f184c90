"""The times of a calendar on the shop's clock, whatever zone they are written in: the world's zones, Windows' and those
a file defines itself, which icalendar reads.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kapperboek.exchange.vcard.vcard_lines import Head, unescape

STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_OWN_ZONES = re.compile(r"BEGIN:VTIMEZONE\r*\n.*?END:VTIMEZONE", re.DOTALL | re.IGNORECASE)
_FOLD = re.compile(r"\r*\n[ \t]")
_NAME = re.compile(r"^TZID[^:\r\n]*:(.*?)\r*$", re.MULTILINE | re.IGNORECASE)


class Zones:
    """The zones of a file: the shop's for times without one, the world's, Windows' and its own."""

    def __init__(self, text: str, shop: str) -> None:
        self.shop = ZoneInfo(shop)
        self.text = text
        self.unknown: list[str] = []  # names that nobody knows, read as the shop's
        self._known: dict[str, tzinfo] = {}

    def zone(self, name: str) -> tzinfo:
        """The zone of that name; the shop's when nobody knows it."""
        name = unescape(name.strip().strip('"'))
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> tzinfo:
        if "/" not in name and (own := self._own(name)):  # what the file calls EST need not be what the world calls so
            return own
        for candidate in (name, _windows_name(name), "/".join(name.split("/")[-2:])):
            try:
                if candidate:
                    return ZoneInfo(candidate)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                continue
        if own := self._own(name):
            return own
        self.unknown.append(name)
        return self.shop

    @cached_property
    def _blocks(self) -> dict[str, str]:
        """The definitions in the file by their names."""
        found: dict[str, str] = {}
        for block in _OWN_ZONES.findall(self.text):
            if name := _NAME.search(_FOLD.sub("", block)):
                found.setdefault(unescape(name[1].strip().strip('"')), block)
        return found

    def _own(self, name: str) -> tzinfo | None:
        """Time zone that the file itself defines; None when it does not, or wrongly."""
        if name not in self._blocks:
            return None
        from icalendar import Calendar

        try:
            calendar = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{self._blocks[name]}\r\nEND:VCALENDAR\r\n")
            found = getattr(calendar.walk("VTIMEZONE")[0], "to_tz")()  # noqa: B009  (typed as any component)
            datetime(2020, 1, 1, tzinfo=found).utcoffset()
            return found if isinstance(found, tzinfo) else None
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
            return None

    def local(self, head: Head, value: str) -> datetime | None:
        """A time of the file as the naive moment on the shop's clock; an all-day value is its midnight."""
        found = STAMP.fullmatch(value.strip())
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
                moment.replace(tzinfo=offset_of(offset) if offset else self.zone(head.parameters["TZID"]))
                .astimezone(self.shop)
                .replace(tzinfo=None)
            )
        except (ValueError, OverflowError):
            return None


def offset_of(text: str) -> tzinfo:
    return UTC if text == "Z" else datetime.strptime(text.replace(":", ""), "%z").tzinfo or UTC


def _windows_name(name: str) -> str:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return str(WINDOWS_TO_OLSON.get(name, ""))


