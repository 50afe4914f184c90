"""Diff of the rows of one card: what an edited record changes in them, and nothing else.

Rows that stay the same are not touched, so that the journal says what was really changed, and an undo is not in the
way of what somebody else did.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kapperboek.domain.errors import ChangedMeanwhile, NotFound, UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.i18n import _
from kapperboek.services.row_checks import customer_of, staff_or_none
from kapperboek.storage.records.record_reader import read_customer
from kapperboek.storage.records.record_rows import day
from kapperboek.storage.records.record_writer import COLUMNS, RecordWriter, shown_names
from kapperboek.storage.write.row_lookup import card_version, find_rows
from kapperboek.storage.write.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from kapperboek.storage.write.tables import Customer

_OWN_COLUMNS = (
    "honorific", "given_name", "additional_names", "prefix", "family_name", "suffix", "display_name", "nickname",
    "initials", "organisation", "department", "customer_since", "deceased", "no_advertising", "preferred_channel",
    "note",
)  # fmt: skip
_LINE_KINDS = ("warning", "avoid", "wish")
_STATES = ("known", "refused", "later")


def write_differences(uow: UnitOfWork, customer_id: int, record: CustomerRecord, version: int, by: int) -> None:
    """Make the card what the record says. NotFound; ChangedMeanwhile when it is not the version that was read."""
    customer = customer_of(uow, customer_id)
    if card_version(uow.book, customer_id) != version:
        raise _changed_meanwhile(uow, customer_id, record)
    writer = RecordWriter(uow)
    uow.touch(customer_id)
    children = writer.child_rows(_with_health_facts(uow, customer_id, _without_history(record)))
    _write_own(uow, writer, customer, record)
    for table in _child_tables():
        _write_children(uow, table, customer_id, children.get(table, []), by)
    _add_health_facts(uow, customer_id, children.get("sensitive_fact", []), by)


def _with_health_facts(uow: UnitOfWork, customer_id: int, record: CustomerRecord) -> CustomerRecord:
    """The record with the card's health facts, which ``identity`` left out, in their places among the warnings."""
    warnings = list(record.warnings)
    for place, known in enumerate(read_customer(uow.book, customer_id).warnings):
        if known.health and known not in warnings:
            warnings.insert(place, known)
    return replace(record, warnings=warnings)


def _add_health_facts(uow: UnitOfWork, customer_id: int, wanted: list[tuple[Any, ...]], by: int) -> None:
    """Those that are not on the card yet. None is taken away here: they have a door of their own."""
    from kapperboek.storage.write.tables import SensitiveFact

    known = {row.text for row in find_rows(uow, SensitiveFact, customer_id=customer_id)}
    for kind, text, place in wanted:
        if text not in known:
            provenance = _provenance(uow, "sensitive_fact", by)
            uow.add(SensitiveFact(customer_id=customer_id, kind=kind, text=text, position=place, **provenance))


def _changed_meanwhile(uow: UnitOfWork, customer_id: int, record: CustomerRecord) -> ChangedMeanwhile:
    theirs = describe(read_customer(uow.book, customer_id))
    message = _("Somebody else changed this card meanwhile. Look at both and save again.")
    return ChangedMeanwhile(message, theirs, describe(record), card_version(uow.book, customer_id))


def describe(record: CustomerRecord) -> str:
    """A card in lines of text, so that a person can compare two."""
    name = " ".join(filter(None, (record.given_name, record.prefix, record.family_name))) or record.display_name
    homes = [" ".join(filter(None, (a.street, a.number, a.postcode, a.place))) for a in record.addresses]
    lines = [
        name,
        record.organisation,
        *(p.value for p in record.phones),
        *(m.value for m in record.emails),
        *homes,
    ]
    lines += [record.birthday or "", *(f"{each.what} {each.on}" for each in record.dates)]
    lines += [f"{near.name} {near.birthday or ''}".strip() for near in record.relations]
    lines += [
        str(value) if not isinstance(value, list) else ", ".join(map(str, value)) for value in record.profile.values()
    ]
    lines += [*(warning.text for warning in record.warnings), *record.avoid, *record.wishes, record.note]
    return "\n".join(line for line in lines if line)


def _without_history(record: CustomerRecord) -> CustomerRecord:
    return replace(record, interactions=[], talk_points=[], follow_ups=[], consents=[])


def _write_own(uow: UnitOfWork, writer: RecordWriter, customer: Customer, record: CustomerRecord) -> None:
    wanted: dict[str, Any] = {column: getattr(record, column) for column in _OWN_COLUMNS}
    wanted["customer_since"] = day(record.customer_since)
    wanted["full_name"], wanted["sort_key"] = shown_names(record)
    wanted["phase_by_hand"] = record.phase
    wanted["regular_staff_id"] = writer.named.staff(record.regular_staff)
    wanted["household_id"] = writer.named.household(record.household)
    if record.number.strip() and record.number.strip() != customer.number:
        wanted["number"] = _free_number(uow, record.number.strip())
    _assign(customer, wanted)


def _free_number(uow: UnitOfWork, number: str) -> str:
    from kapperboek.storage.write.tables import Customer

    for other in find_rows(uow, Customer, number=number):
        text = _("Number {number} belongs to {name}. Choose another one.")
        raise UserError("number", text.format(number=number, name=other.full_name))
    return number


def _child_tables() -> dict[str, type[Any]]:
    from kapperboek.storage.write import tables

    return {
        "contact_point": tables.ContactPoint,
        "address": tables.AddressRow,
        "important_date": tables.ImportantDateRow,
        "relation": tables.RelationRow,
        "profile_value": tables.ProfileValue,
        "card_line": tables.CardLineRow,
    }


def _write_children(uow: UnitOfWork, table: str, customer_id: int, wanted: list[tuple[Any, ...]], by: int) -> None:
    """Keep rows that are wanted as they are, change the others of their kind in place, add and remove the rest."""
    columns = [column for column in COLUMNS[table] if column not in ("id", "customer_id")]
    model = _child_tables()[table]
    present = [row for row in find_rows(uow, model, customer_id=customer_id) if not _is_put_off(table, row)]
    missing = []
    for values in wanted:
        content = dict(zip(columns, values, strict=True))
        kept = next((row for row in present if _same(row, content)), None)
        if kept is None:
            missing.append(content)
        else:
            present.remove(kept)
            _assign(kept, {name: value for name, value in content.items() if name == "position"})
    for content in missing:
        row = next((row for row in present if _replaces(table, row, content)), None)
        if row is None:
            uow.add(model(customer_id=customer_id, **content, **_provenance(uow, table, by)))
        else:
            present.remove(row)
            _assign(row, content | _provenance(uow, table, by))
    for row in present:
        uow.delete(row)


def _is_put_off(table: str, row: Any) -> bool:
    """A question put off ("not now") is no part of the record, and editing the card leaves it."""
    return table == "profile_value" and row.state == "later"


def _same(row: Any, content: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in content.items() if name != "position")


def _replaces(table: str, row: Any, content: dict[str, Any]) -> bool:
    """Tell whether a row may become this content: the same field, a line of the same kind, a phone for a phone."""
    if table == "profile_value":
        return bool(row.field_id == content["field_id"])
    if table in ("contact_point", "card_line", "relation"):
        return bool(row.kind == content["kind"])
    return table == "address" or bool(row.what == content["what"])


def _assign(row: Any, content: dict[str, Any]) -> None:
    for name, value in content.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _provenance(uow: UnitOfWork, table: str, by: int) -> dict[str, Any]:
    """Author and day of a row, for the tables that remember who wrote it and when."""
    today = uow.book.clock.today().isoformat()
    if table in ("card_line", "sensitive_fact"):
        return {"staff_id": staff_or_none(by), "made_on": today}
    return {"checked_on": today} if table == "profile_value" else {}


def new_line(uow: UnitOfWork, customer_id: int, kind: str, text: str, *, by: int) -> None:
    """Add a warning, an "avoid" or a wish below those that are there. UserError "text" when nothing was typed."""
    from kapperboek.storage.write.tables import CardLineRow

    if kind not in _LINE_KINDS:
        raise ValueError(kind)
    if not text.strip():
        raise UserError("text", _("Type what it is about first."))
    below = max((row.position for row in find_rows(uow, CardLineRow, customer_id=customer_id)), default=-1) + 1
    line = CardLineRow(customer_id=customer_id, kind=kind, text=text.strip(), position=below)
    _assign(line, _provenance(uow, "card_line", by))
    uow.add(line)
    uow.touch(customer_id)


def write_profile(uow: UnitOfWork, customer_id: int, key: str, value: object, state: str) -> str:
    """Write what is known of one field; gives the field's label. NotFound when there is no such field."""
    from kapperboek.storage.write.tables import ProfileField, ProfileValue

    if state not in _STATES:
        raise ValueError(state)
    fields = find_rows(uow, ProfileField, key=key)
    if not fields:
        raise NotFound("no-field", _("There is no such field on the card."))
    field, today = fields[0], uow.book.clock.today().isoformat()
    rows = find_rows(uow, ProfileValue, customer_id=customer_id, field_id=field.id)
    uow.touch(customer_id)
    if state == "known" and value in (None, "", [], ()):
        for row in rows:
            uow.delete(row)
        return str(field.label)
    row = rows[0] if rows else ProfileValue(customer_id=customer_id, field_id=field.id or 0)
    packed = json.dumps(value if state == "known" else None, ensure_ascii=False, sort_keys=True)
    stamp = {"checked_on": today} if state == "known" else {"asked_on": today}
    _assign(row, {"state": state, "value": packed, **stamp})
    if not rows:
        uow.add(row)
    return str(field.label)
