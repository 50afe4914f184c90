"""Customers out as vCard 3.0: the version that old and new telephones, Outlook and Google all read.

A vCard travels: to a telephone, and from there to whoever keeps that telephone's backup. So warnings, "niet
over beginnen", visits, talk points, follow-ups and consents stay out of it; they are in the notebook
document (.json).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from kapperboek.domain.people.names import split_family
from kapperboek.domain.records import Address, CustomerRecord, Email, Phone
from kapperboek.exchange.files import replacing_bytes
from kapperboek.exchange.person_questions import name_of, split_house_number
from kapperboek.exchange.vcard.vcard_own import OWN_JSON, WRITTEN

PHONE_TYPES = {"mobile": "CELL", "home": "HOME", "work": "WORK", "fax": "FAX", "home fax": "HOME,FAX",
    "work fax": "WORK,FAX",
          "pager": "PAGER", "main": "MAIN", "other": "OTHER"}
_SPECIAL = re.compile(r"([\\,;])")
_PARAMETER_UNSAFE = re.compile(r'["\r\n\x00-\x1f]')


def write_vcards(path: Path, records: Iterable[CustomerRecord]) -> int:
    """Write the customers to ``path`` and say how many. UserError: no rights, disk full, ``path`` is a
    folder.
    """
    count = 0
    with replacing_bytes(path) as file:
        for customer in records:
            file.write(card_bytes(customer))
            count += 1
    return count


def card_bytes(customer: CustomerRecord) -> bytes:
    """Bytes of one customer's card, lines folded at 75 bytes and never inside a character."""
    return b"".join(map(folded, _Lines(customer).lines))


def escape(text: str) -> str:
    r"""Backslash, comma, semicolon and line ends as vCard wants them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def folded(line: str) -> bytes:
    """The line with its end, folded so that no part is longer than 75 bytes."""
    data = line.encode("utf-8", "replace")
    if len(data) <= 75:
        return data + b"\r\n"
    pieces, start, room = [], 0, 75
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        pieces.append(data[start:end])
        start, room = end, 74
    pieces.append(data[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


class _Lines:
    """The unfolded lines of one card."""

    def __init__(self, customer: CustomerRecord) -> None:
        self.customer = customer
        self.groups = 0
        self.lines = ["BEGIN:VCARD", "VERSION:3.0"]
        self._name()
        self._reachability()
        self._days_and_people()
        self._rest()
        self.lines.append("END:VCARD")

    def add(self, head: str, value: str) -> None:
        if value:
            self.lines.append(f"{head}:{value}")

    def _name(self) -> None:
        c = self.customer
        family = f"{c.prefix} {c.family_name}".strip()
        parts = (family, c.given_name, c.additional_names, c.honorific, c.suffix)
        self.lines.append("N:" + ";".join(map(escape, parts)))
        shown = name_of(c)
        contact = c.emails or c.phones or c.handles
        self.lines.append("FN:" + escape(shown or (contact[0].value if contact else "")))
        self.add("UID", escape(c.uid))
        self.add("NICKNAME", escape(c.nickname))
        if c.organisation or c.department:
            self.lines.append("ORG:" + escape(c.organisation) + (";" + escape(c.department) if c.department else ""))
        if (c.prefix, c.family_name) != split_family(family):
            self.lines += [
                f"X-KAPPERBOEK-PREFIX:{escape(c.prefix)}",
                f"X-KAPPERBOEK-FAMILY-NAME:{escape(c.family_name)}",
            ]
        if not any(parts):  # FN would be read as a name
            self.lines += ["X-KAPPERBOEK-GIVEN-NAME:", "X-KAPPERBOEK-FAMILY-NAME:", "X-KAPPERBOEK-PREFIX:"]
        self.lines.append(f"X-KAPPERBOEK-DISPLAY-NAME:{escape(c.display_name)}")

    def _labelled(self, name: str, label: str, value: str, parameters: str = "") -> None:
        """A property with a usual type, or in a group with the owner's own word for it."""
        if not label or label in PHONE_TYPES:
            kind = f";TYPE={PHONE_TYPES[label]}" if label else ""
            self.lines.append(f"{name}{kind}{parameters}:{value}")
        else:
            self.groups += 1
            word = f"_$!<{label}>!$_" if label == "Anniversary" else escape(label)
            self.lines.append(f"item{self.groups}.{name}{parameters}:{value}")
            self.lines.append(f"item{self.groups}.X-ABLabel:{word}")

    def _reachability(self) -> None:
        for phone in self.customer.phones:
            self._point("TEL", phone)
        for email in self.customer.emails:
            self._point("EMAIL", email)
        for handle in self.customer.handles:
            self._point("URL", handle)
        for address in self.customer.addresses:
            self._address(address)

    def _point(self, name: str, point: Phone | Email) -> None:
        self._labelled(name, point.label, escape(point.value))

    def _address(self, address: Address) -> None:
        street = f"{address.street} {address.number}" if address.number else address.street
        parameters = ""
        if split_house_number(street, address.postcode) != (address.street, address.number):
            parameters = f';X-KAPPERBOEK-NUMBER="{_PARAMETER_UNSAFE.sub(" ", address.number)}"'
        parts = ("", "", street, address.place, address.region, address.postcode, address.country)
        self._labelled("ADR", address.label, ";".join(map(escape, parts)), parameters)

    def _days_and_people(self) -> None:
        c = self.customer
        self.add("BDAY", c.birthday or "")
        for day in c.dates:
            self._labelled("X-ABDATE", "Anniversary" if day.what == "wedding" else day.what, day.on)
        for relation in c.relations:
            extra = f";X-BIRTHDAY={relation.birthday}" if relation.birthday else ""
            if relation.customer:
                extra += f';X-CARD="{_PARAMETER_UNSAFE.sub(" ", relation.customer)}"'
            self.groups += 1
            self.lines.append(f"item{self.groups}.X-ABRELATEDNAMES{extra}:{escape(relation.name)}")
            if relation.kind:
                self.lines.append(f"item{self.groups}.X-ABLabel:{escape(relation.kind)}")

    def _rest(self) -> None:
        c = self.customer
        job, labels = c.profile.get("job"), c.profile.get("labels")
        if isinstance(job, str):
            self.add("TITLE", escape(job))
        if isinstance(labels, list):
            self.add("CATEGORIES", ",".join(escape(str(label)) for label in labels))
        self.add("NOTE", escape(c.note))
        if c.profile:
            self.add("X-KAPPERBOEK-PROFILE", escape(json.dumps(c.profile, ensure_ascii=False)))
        for name in WRITTEN:
            value = getattr(c, name)
            text = json.dumps(value, ensure_ascii=False) if name in OWN_JSON and value else value or ""
            self.add(_own(name), escape(text))


def _own(name: str) -> str:
    return "X-KAPPERBOEK-" + name.upper().replace("_", "-")
