"""Customers as rows under headings: what the CSV and the spreadsheet writer share.

Health warnings stay out: a table is mailed on and printed before anybody thinks of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from kapperboek.domain.records import CustomerRecord, InteractionRecord
from kapperboek.exchange.separator import SEPARATOR
from kapperboek.i18n import _

SheetRow = dict[str, str]


def customer_table(records: Iterable[CustomerRecord]) -> tuple[list[str], list[SheetRow]]:
    """The headings in use, in order, and one row per customer (heading → text)."""
    rows = [customer_row(record) for record in records]
    used = {heading for row in rows for heading in row}
    order = {heading: place for place, heading in enumerate(_usual_order())}
    known = [heading for heading in order if heading in used or heading in _always()]
    rest = sorted(used - set(known), key=lambda heading: (_place_of(heading, order), heading))
    for heading in rest:  # beside the first of its kind: "Telefoon 2" after "Telefoon 1"
        place = next(
            (i for i in range(len(known), 0, -1) if _place_of(known[i - 1], order) <= _place_of(heading, order)),
            len(known),
        )
        known.insert(place, heading)
    return known, rows


def customer_row(c: CustomerRecord) -> SheetRow:
    """One customer as heading → text, empty cells left out."""
    row = {heading: value for heading, value in _plain_cells(c) if value}
    for n, phone in enumerate(c.phones, 1):
        row |= {_numbered(_("Phone"), n): phone.value, _numbered(_("Phone type"), n): phone.label}
    for n, email in enumerate(c.emails, 1):
        row |= {_numbered(_("E-mail"), n): email.value, _numbered(_("E-mail type"), n): email.label}
    for n, handle in enumerate(c.handles, 1):
        row |= {_numbered(_("Website"), n): handle.value, _numbered(_("Website type"), n): handle.label}
    for n, a in enumerate(c.addresses, 1):
        names = (
            _("Street name"),
            _("House number"),
            _("Postcode"),
            _("Town"),
            _("Region"),
            _("Country"),
            _("Address type"),
        )
        parts = (a.street, a.number, a.postcode, a.place, a.region, a.country, a.label)
        row |= {_numbered(name, n): part for name, part in zip(names, parts, strict=True)}
    for n, day in enumerate(c.dates, 1):
        row |= {_numbered(_("Date"), n): day.on, _numbered(_("Date type"), n): day.what}
    for n, relation in enumerate(c.relations, 1):
        row |= {
            _numbered(_("Relation"), n): relation.name, _numbered(_("Relation type"), n): relation.kind,
            _numbered(_("Relation birthday"), n): relation.birthday or "", _numbered(_("Relation id"),
            n): relation.customer or "",
        }  # fmt: skip
    for key, value in c.profile.items():
        row[f"{_('Detail')}: {key}"] = write_detail(value)
    return {heading: value for heading, value in row.items() if value}


def _plain_cells(c: CustomerRecord) -> Iterator[tuple[str, str]]:
    between = f" {SEPARATOR} "
    yield from zip(
        _plain_headings(),
        (
            c.uid, c.number, c.honorific, c.given_name, c.additional_names, c.prefix, c.family_name,
            c.suffix, c.display_name, c.nickname,
            c.initials, c.organisation, c.department, c.birthday or "", c.customer_since or "",
            _("yes") if c.deceased else "",
            _("yes") if c.no_advertising else "", c.preferred_channel, c.regular_staff, c.phase, c.household,
            between.join(c.profile_refused), between.join(w.text for w in c.warnings if not w.health),
            between.join(c.avoid),
            between.join(c.wishes), c.note,
        ),
        strict=True,
    )  # fmt: skip


def _plain_headings() -> tuple[str, ...]:
    return (
        _("Kapperboek id"), _("Customer number"), _("Salutation"), _("First name"), _("Further names"),
        _("Surname prefix"), _("Last name"),
        _("Suffix"), _("Display name"), _("Nickname"), _("Initials"), _("Company"), _("Department"),
        _("Date of birth"),
        _("Customer since"), _("Deceased"), _("No advertising"), _("Preferred channel"), _("Regular stylist"),
        _("Phase"), _("Household"),
        _("Rather not tell"), _("Warnings"), _("Avoid"), _("Wishes"), _("Notes"),
    )  # fmt: skip


def _always() -> set[str]:
    return {
        _("Customer number"),
        _("First name"),
        _("Surname prefix"),
        _("Last name"),
        _("Date of birth"),
        _("Notes"),
    }


def _usual_order() -> list[str]:
    plain = list(_plain_headings())
    reach = [_("Phone"), _("Phone type"), _("E-mail"), _("E-mail type"), _("Website"), _("Website type"),
        _("Street name"), _("House number"),
             _("Postcode"), _("Town"), _("Region"), _("Country"), _("Address type")]  # fmt: skip
    people = [
        _("Date"),
        _("Date type"),
        _("Relation"),
        _("Relation type"),
        _("Relation birthday"),
        _("Relation id"),
        _("Detail"),
    ]
    return (
        plain[:13]
        + [_numbered(name, 1) for name in reach]
        + [plain[13]]
        + [_numbered(name, 1) for name in people]
        + plain[14:]
    )


def _place_of(heading: str, order: dict[str, int]) -> int:
    if heading in order:
        return order[heading]
    base = re.sub(r" \d+$|:.*", "", heading, flags=re.DOTALL)
    return order.get(_numbered(base, 1), len(order) - 2)


def _numbered(heading: str, number: int) -> str:
    return f"{heading} {number}"


def write_detail(value: object) -> str:
    """A profile value as a cell: text as it is, tags with ::: between them, anything else as JSON."""
    if isinstance(value, str) and SEPARATOR not in value and value.strip() == value:
        if value[:1] not in ("[", "{", '"') and not re.fullmatch(r"-?\d+(\.\d+)?|true|false|null", value):
            return value
    elif isinstance(value, list) and value and all(_is_tag(part) for part in value):
        return f" {SEPARATOR} ".join(value) + (f" {SEPARATOR}" if len(value) == 1 else "")
    return json.dumps(value, ensure_ascii=False)


def _is_tag(part: object) -> bool:
    return isinstance(part, str) and bool(part) and SEPARATOR not in part and part.strip() == part


def visit_headings() -> list[str]:
    """The headings of the sheet of visits."""
    return [
        _("Customer number"), _("Kapperboek id"), _("Date"), _("Kind of contact"), _("Staff member"), _("Minutes"),
        _("Amount"), _("Treatments"),
        _("Recipe"), _("Products"), _("Notes"), _("State of appointment"),
    ]  # fmt: skip


def visit_row(customer: CustomerRecord, visit: InteractionRecord) -> list[str]:
    """One contact under ``visit_headings``."""
    minutes = "" if visit.minutes is None else str(visit.minutes)
    return [
        customer.number, customer.uid, visit.at, visit.kind, visit.staff, minutes, visit.amount or "",
        " + ".join(visit.treatments),
        visit.recipe, " + ".join(visit.products), visit.note, visit.state,
    ]  # fmt: skip
