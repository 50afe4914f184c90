"""The lines of a vCard that no standard knows: what a program means by them, else their text for the note."""

from __future__ import annotations

import binascii
import re

from kapperboek.domain.records import CustomerRecord
from kapperboek.exchange.date_parsing import record_day
from kapperboek.exchange.vcard.vcard_fields import (
    HANDLERS,
    Card,
    Handler,
    add_date,
    anniversary,
    death,
    further_email,
    further_phone,
    handle_of,
    relation_of,
)
from kapperboek.exchange.vcard.vcard_lines import Head, read_text, unescape
from kapperboek.exchange.vcard.vcard_vocabulary import MACHINE, MACHINE_PREFIXES

_BASE64 = re.compile(r"\s*[A-Za-z0-9+/=]*\s*")


def _hex_encoded(card: Card, head: Head, value: str) -> None:
    """Decode what FullContact hides in the hexadecimal name of a property: ``X-FC-RelatedNames:Mother``."""
    try:
        _kind, _colon, word = binascii.unhexlify(head.name.rpartition("-")[2]).decode("utf-8").partition(":")
    except (ValueError, binascii.Error):
        card.leftovers.append((head.name, read_text(head, value)))
        return
    if "RelatedNames" in _kind:
        relation_of(word.lower())(card, head, value)
    else:
        add_date(card, head, value, "wedding" if word == "Anniversary" else word)


def other(card: Card, head: Head, value: str) -> None:
    """A property that has no place of its own: its text is kept, unless only programs understand it."""
    name = head.name
    if name.startswith("X-KAPPERBOEK-"):
        card.own[name[13:]] = unescape(value)
    elif name.startswith("X-FCENCODED-"):
        _hex_encoded(card, head, value)
    elif handler := _in_other_words(head, value):
        handler(card, head._replace(group=""), value)
    elif name.startswith("X-MESSAGING/"):  # KDE: X-messaging/twitter-All
        for part in read_text(head, value).split("\ue000"):
            handle_of(name[12:].partition("-")[0].lower())(card, head._replace(quoted_printable=False), part)
    elif not name.startswith(MACHINE_PREFIXES) and "base64" not in head.types:
        text = read_text(head, value).strip()
        if text and not MACHINE.fullmatch(text):
            title = name.removeprefix("X-KADDRESSBOOK-").removeprefix("X-").replace("-", " ").strip().capitalize()
            card.leftovers.append((title, text))


_GROUPS = {"phone": "TEL", "tel": "TEL", "mobile": "TEL", "email": "EMAIL", "mail": "EMAIL", "address": "ADR"}


def _in_other_words(head: Head, value: str) -> Handler | None:
    """Handler of a property of a program's own, by its name: ``PHONE.WORK``, ``X-OUTLOOK-EMAIL-2``; None for others."""
    if usual := _GROUPS.get(head.group):
        return lambda card, own, text: HANDLERS[usual](card, own._replace(label=head.name.lower()), text)
    if "MAIL" in head.name and value.count("@") == 1:
        return further_email
    if "PHONE" in head.name and sum(map(str.isdigit, value)) > 6:
        return further_phone
    if "ANNIVERSARY" in head.name and record_day(read_text(head, value)):
        return anniversary
    return death if "DEATH" in head.name and "PLACE" not in head.name else None


def said_already(c: CustomerRecord) -> list[str]:
    """Values that the card has in its own fields, not to be said again in the note."""
    reach = [point.value for points in (c.phones, c.emails, c.handles) for point in points]
    return [*reach, *(day.on for day in c.dates), c.birthday or "", c.organisation, c.display_name, c.nickname]


def unreadable(card: Card, line: str) -> None:
    """A line without a colon: a note that was not folded, the rest of a picture, or a bare property name."""
    text = unescape(line).strip()
    if text.upper() in HANDLERS or (_BASE64.fullmatch(text) and len(text) > 20):
        return
    card.leftovers.append(("", text))
