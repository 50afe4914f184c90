"""Update of a card with a record that is read again: fill what is empty, add what is new, never take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from kapperboek.domain.people.names import words
from kapperboek.domain.people.phones import canonical, digits
from kapperboek.domain.records import Address, CustomerRecord
from kapperboek.storage.records import record_rows
from kapperboek.storage.records.record_former import without_former
from kapperboek.storage.records.record_reader import read_customer
from kapperboek.storage.records.record_writer import RecordWriter, shown_names
from kapperboek.storage.write.row_lookup import existing

Item = TypeVar("Item")

_FILLED = (
    "honorific", "given_name", "additional_names", "prefix", "family_name", "suffix", "nickname", "initials",
    "organisation", "department", "customer_since", "preferred_channel", "regular_staff", "phase", "household",
)  # fmt: skip
_PERSON = ("given_name", "prefix", "family_name", "nickname")


def update(writer: RecordWriter, customer_id: int, record: CustomerRecord) -> bool:
    """Fill what is empty on a card and add what is new; never take away. False when there was nothing new. What the
    writer kept back is written first."""
    writer.flush()
    known = read_customer(writer.uow.book, customer_id)
    if record.uid and record.uid == known.uid:  # a file of our own, which may be older than the card
        record, former = without_former(writer.uow.book, customer_id, known, record)
        writer.kept += [shown_names(known)[0]] if former else []
    wider = _widened(known, record)
    writer.contradicted += _contradictions(wider, record)
    news = _news(known, record, writer.region)
    birthdays = _relation_birthdays(known, record)
    tags = _more_tags(known, record)
    children = writer.child_rows(news, after=1000, consents=known.consents)
    writer.doubted = [(name or shown_names(known)[0], text) for name, text in writer.doubted]
    if wider == known and not any(children.values()) and not birthdays and not tags:
        return False
    if wider != known:
        _write_customer(writer, customer_id, wider)
    _write_relations(writer, customer_id, birthdays)
    _write_tags(writer, customer_id, tags)
    writer.keep(customer_id, children)
    writer.flush()
    return True


def _contradictions(wider: CustomerRecord, record: CustomerRecord) -> list[tuple[str, str, str]]:
    """Contradictions of a record with the card in name, firm and birthday: (whose, what stands there, what it says)."""
    called = _name(wider) or wider.organisation
    pairs = [(kept, other) for kept, other in ((_name(wider), _name(record)), (wider.organisation, record.organisation))
             if kept and not set(words(other)) <= set(words(kept))]  # fmt: skip
    if wider.birthday and record.birthday and wider.birthday != record.birthday:
        pairs.append((wider.birthday, record.birthday))
    return [(called, kept, other) for kept, other in pairs]


def _name(record: CustomerRecord) -> str:
    return " ".join(filter(None, (record.given_name, record.prefix, record.family_name)))


def _widened(known: CustomerRecord, record: CustomerRecord) -> CustomerRecord:
    """The card's own fields with the empty ones filled; "dead" and "no advertising" once said stay said."""
    filled = {name: getattr(known, name) or getattr(record, name) for name in _FILLED}
    nameless = not any(getattr(known, name) for name in _PERSON)
    return replace(
        known,
        **filled,
        display_name=known.display_name or (record.display_name if nameless else ""),
        deceased=known.deceased or record.deceased,
        no_advertising=known.no_advertising or record.no_advertising,
        note=_joined(known.note, record.note),
        extra={**record.extra, **known.extra},
    )


def _joined(known: str, new: str) -> str:
    if not new.strip() or new.strip() in known:
        return known
    return f"{known.rstrip()}\n\n{new.strip()}" if known.strip() else new


def _news(known: CustomerRecord, record: CustomerRecord, region: str) -> CustomerRecord:
    """A record with only what the card doesn't have."""
    return CustomerRecord(
        phones=_new(
            known.phones,
            record.phones,
            lambda item: canonical(item.value, region) or digits(item.value) or item.value,
        ),
        emails=_new(known.emails, record.emails, lambda item: item.value.strip().lower()),
        handles=_new(known.handles, record.handles, lambda item: item.value.strip().lower()),
        addresses=_new(known.addresses, record.addresses, _place),
        birthday=record.birthday if known.birthday is None else None,
        dates=_new(known.dates, record.dates, lambda item: (item.what, item.on)),
        relations=_new(known.relations, record.relations, lambda item: words(item.name)),
        profile={
            key: value
            for key, value in record.profile.items()
            if key not in known.profile and key not in known.profile_refused
        },
        profile_refused=[
            key for key in record.profile_refused if key not in known.profile_refused and key not in known.profile
        ],
        warnings=_new(known.warnings, record.warnings, lambda item: words(item.text)),
        avoid=_new(known.avoid, record.avoid, words),
        wishes=_new(known.wishes, record.wishes, words),
        interactions=_new(
            known.interactions,
            record.interactions,
            lambda item: item.source_key or (item.kind, item.at, item.note, item.recipe),
        ),
        talk_points=_new(known.talk_points, record.talk_points, lambda item: (item.text, item.made_on)),
        follow_ups=_new(known.follow_ups, record.follow_ups, lambda item: (item.what, item.due)),
        consents=_new(known.consents, record.consents, lambda item: (item.purpose, item.channel, item.state, item.at)),
    )


def _new(known: Iterable[Item], items: Iterable[Item], key: Callable[[Item], object]) -> list[Item]:
    seen = [key(item) for item in known]
    found = []
    for item in items:
        if (mark := key(item)) not in seen:
            seen.append(mark)
            found.append(item)
    return found


def _place(home: Address) -> list[str]:
    """Words by which two writings are the same address: house and postcode if there is one, else all of it."""
    if home.postcode and home.number:
        return ["".join(words(home.postcode)), "".join(words(home.number))]
    return words(f"{home.street} {home.number} {home.postcode} {home.place}")


def _relation_birthdays(known: CustomerRecord, record: CustomerRecord) -> dict[str, str]:
    """Name → birthday of those near to the customer whose birthday was unknown until now."""
    without = {near.name for near in known.relations if near.birthday is None}
    return {near.name: near.birthday for near in record.relations if near.birthday and near.name in without}


def _more_tags(known: CustomerRecord, record: CustomerRecord) -> dict[str, list[Any]]:
    """Profile key → the tags with the new ones behind them."""
    more: dict[str, list[Any]] = {}
    for key, value in record.profile.items():
        present = known.profile.get(key)
        if (
            isinstance(value, list)
            and isinstance(present, list)
            and (new := [tag for tag in value if tag not in present])
        ):
            more[key] = present + new
    return more


def _write_customer(writer: RecordWriter, customer_id: int, wider: CustomerRecord) -> None:
    from kapperboek.storage.write.tables import Customer

    row = existing(writer.uow, Customer, customer_id)
    for name in (*_FILLED, "display_name", "deceased", "no_advertising", "note"):
        if name not in ("regular_staff", "phase", "household", "customer_since"):
            setattr(row, name, getattr(wider, name))
    row.customer_since = record_rows.day(wider.customer_since)
    row.regular_staff_id = writer.named.staff(wider.regular_staff)
    row.household_id = writer.named.household(wider.household)
    row.phase_by_hand = wider.phase
    row.extra = record_rows.packed(wider.extra) if wider.extra else ""
    row.full_name, row.sort_key = shown_names(wider)


def _write_relations(writer: RecordWriter, customer_id: int, birthdays: dict[str, str]) -> None:
    from kapperboek.storage.write.tables import RelationRow

    for name, birthday in birthdays.items():
        sql = "SELECT id FROM relation WHERE customer_id = ? AND name = ? AND month_day IS NULL ORDER BY position, id"
        row = existing(writer.uow, RelationRow, writer.uow.book.value(sql, (customer_id, name)))
        row.year, row.month_day = record_rows.year_and_day(birthday)


def _write_tags(writer: RecordWriter, customer_id: int, tags: dict[str, list[Any]]) -> None:
    from kapperboek.storage.write.tables import ProfileValue

    for key, value in tags.items():
        sql = (
            "SELECT v.id FROM profile_value v JOIN profile_field f ON f.id = v.field_id"
            " WHERE v.customer_id = ? AND f.key = ?"
        )
        row = existing(writer.uow, ProfileValue, writer.uow.book.value(sql, (customer_id, key)))
        row.value = record_rows.packed(value)
