"""Attendees, people invited to an entry of a calendar: their names and addresses, without the one who invites."""

from __future__ import annotations

from kapperboek.exchange.calendar.ical_events import Event
from kapperboek.exchange.vcard.vcard_lines import Head, unescape

_AT_MOST = 20  # a customer comes alone or with a few; a list of hundreds is a party


def invited(event: Event) -> list[tuple[str, str]]:
    """Name and e-mail address of everybody invited; either may be empty."""
    hosts = {_address(*pair) for pair in event.properties.get("ORGANIZER", [])}
    found = []
    for head, value in event.properties.get("ATTENDEE", [])[:_AT_MOST]:
        kind = head.parameters.get("CUTYPE", "INDIVIDUAL").upper()
        address = _address(head, value)
        if address not in hosts - {""} and kind not in ("ROOM", "RESOURCE"):
            name = unescape(head.parameters.get("CN", "")).strip().strip("'\"")
            found.append(("" if "@" in name else name, address))
    return found


def _address(head: Head, value: str) -> str:
    text = value.strip()
    plain = text[7:] if text[:7].lower() == "mailto:" else head.parameters.get("EMAIL", "")
    return plain.strip().lower()
