"""Changes of one card by hand: all of it from its form, one line of it, one thing we know."""

from __future__ import annotations

import json
from dataclasses import replace

from kapperboek.domain.errors import ChangedMeanwhile, NotFound, UserError
from kapperboek.domain.records import CustomerRecord, WarningRecord
from kapperboek.i18n import _
from kapperboek.services.row_checks import customer_of, staff_or_none
from kapperboek.storage.records.record_apply import Stamp, apply, assign
from kapperboek.storage.records.record_reader import read_customer
from kapperboek.storage.records.record_writer import RecordWriter
from kapperboek.storage.write.row_lookup import card_version, find_rows
from kapperboek.storage.write.unit_of_work import UnitOfWork

_LINE_KINDS = ("warning", "avoid", "wish")
_STATES = ("known", "refused", "later")


def write_differences(uow: UnitOfWork, customer_id: int, record: CustomerRecord, version: int, by: int) -> None:
    """Make the card what the record says. NotFound; ChangedMeanwhile when it is not the version that was read."""
    customer = customer_of(uow, customer_id)
    if card_version(uow.book, customer_id) != version:
        raise _changed_meanwhile(uow, customer_id, record)
    known = read_customer(uow.book, customer_id)
    number = record.number.strip()
    wanted = replace(
        record, uid=known.uid, extra=known.extra, warnings=_with_health_facts(known, record),
        number=_free_number(uow, number) if number and number != customer.number else known.number,
        interactions=known.interactions, talk_points=known.talk_points, follow_ups=known.follow_ups,
        consents=known.consents,
    )
    today = uow.book.clock.today().isoformat()
    written: dict[str, object] = {"staff_id": staff_or_none(by), "made_on": today}
    stamp: Stamp = {"card_line": written, "sensitive_fact": written, "profile_value": {"checked_on": today}}
    uow.touch(customer_id)
    apply(RecordWriter(uow), customer_id, known, wanted, stamp)


def _with_health_facts(known: CustomerRecord, record: CustomerRecord) -> list[WarningRecord]:
    """The warnings of a record with the card's health facts, which ``identity`` left out, in their places."""
    warnings = list(record.warnings)
    for place, warning in enumerate(known.warnings):
        if warning.health and warning not in warnings:
            warnings.insert(place, warning)
    return warnings


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


def _free_number(uow: UnitOfWork, number: str) -> str:
    from kapperboek.storage.write.tables import Customer

    for other in find_rows(uow, Customer, number=number):
        text = _("Number {number} belongs to {name}. Choose another one.")
        raise UserError("number", text.format(number=number, name=other.full_name))
    return number


def new_line(uow: UnitOfWork, customer_id: int, kind: str, text: str, *, by: int) -> None:
    """Add a warning, an "avoid" or a wish below those that are there. UserError "text" when nothing was typed."""
    from kapperboek.storage.write.tables import CardLineRow

    if kind not in _LINE_KINDS:
        raise ValueError(kind)
    if not text.strip():
        raise UserError("text", _("Type what it is about first."))
    below = max((row.position for row in find_rows(uow, CardLineRow, customer_id=customer_id)), default=-1) + 1
    line = CardLineRow(customer_id=customer_id, kind=kind, text=text.strip(), position=below)
    line.staff_id, line.made_on = staff_or_none(by), uow.book.clock.today().isoformat()
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
    assign(row, {"state": state, "value": packed, **stamp})
    if not rows:
        uow.add(row)
    return str(field.label)
