"""Customers as rows under headings: what the CSV and the spreadsheet writer share.

Health warnings stay out: a table is mailed on and printed before anybody thinks of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from kapperboek.domain.fields import WHO, Field, fields_of
from kapperboek.domain.records import Address, CustomerRecord, DateRecord, InteractionRecord
from kapperboek.exchange.separator import SEPARATOR
from kapperboek.i18n import _, translated

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
    row = {translated(field.heading): _cell(field, getattr(c, field.name)) for field in _plain_fields()}
    for n, phone in enumerate(c.phones, 1):
        row |= {_numbered(_("Phone"), n): phone.value, _numbered(_("Phone type"), n): phone.label}
    for n, email in enumerate(c.emails, 1):
        row |= {_numbered(_("E-mail"), n): email.value, _numbered(_("E-mail type"), n): email.label}
    for n, handle in enumerate(c.handles, 1):
        row |= {_numbered(_("Website"), n): handle.value, _numbered(_("Website type"), n): handle.label}
    lists: tuple[Sequence[Any], ...] = (c.addresses, c.dates, c.relations)
    for members in lists:
        for n, member in enumerate(members, 1):
            for field in fields_of(type(member)):
                row[_numbered(translated(field.heading), n)] = getattr(member, field.name) or ""
    for key, value in c.profile.items():
        row[f"{_('Detail')}: {key}"] = write_detail(value)
    return {heading: value for heading, value in row.items() if value}


@cache
def _plain_fields() -> tuple[Field, ...]:
    """The fields with one column each: who somebody is, and then the rest."""
    plain = [field for field in fields_of(CustomerRecord) if field.heading and field.exported]
    return tuple(sorted(plain, key=lambda field: field.part not in WHO))


def _cell(field: Field, value: Any) -> str:
    if field.kind == "flag":
        return _("yes") if value else ""
    if field.name == "warnings":
        value = [warning.text for warning in value if not warning.health]
    return f" {SEPARATOR} ".join(value) if isinstance(value, list) else value or ""


def _always() -> set[str]:
    always = ("number", "given_name", "prefix", "family_name", "birthday", "note")
    return {translated(field.heading) for field in _plain_fields() if field.name in always}


def _usual_order() -> list[str]:
    """The headings in the order of the record, the lists of somebody's reach before the birthday."""
    reach = [_("Phone"), _("Phone type"), _("E-mail"), _("E-mail type"), _("Website"), _("Website type")]
    reach += _headings_of(Address)
    near = [*reversed(_headings_of(DateRecord)), _("Relation"), _("Relation type"), _("Relation birthday")]
    near += [_("Relation id"), _("Detail")]
    order: list[str] = []
    for field in _plain_fields():
        if field.name == "birthday":
            order += [*(_numbered(name, 1) for name in reach), translated(field.heading)]
            order += [_numbered(name, 1) for name in near]
        else:
            order.append(translated(field.heading))
    return order


def _headings_of(record: type) -> list[str]:
    return [translated(field.heading) for field in fields_of(record)]


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
    return [_("Customer number"), _("Kapperboek id"), *(translated(field.heading) for field in _visit_fields())]


def visit_row(customer: CustomerRecord, visit: InteractionRecord) -> list[str]:
    """One contact under ``visit_headings``."""
    values = (getattr(visit, field.name) for field in _visit_fields())
    cells = (" + ".join(value) if isinstance(value, list) else "" if value is None else str(value) for value in values)
    return [customer.number, customer.uid, *cells]


@cache
def _visit_fields() -> tuple[Field, ...]:
    """The fields of a contact with a column, when it was before what it was."""
    with_heading = [field for field in fields_of(InteractionRecord) if field.heading]
    return tuple(sorted(with_heading, key=lambda field: field.kind != "moment"))
