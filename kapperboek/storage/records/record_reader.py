"""Rows as records again: the way out of the notebook, for exports and for looking at one card from a script.

What ``record_writer`` wrote comes back the same, in an order that depends on the rows alone, so that an export of an
imported export is the same text. Read in chunks with one query per table, whatever the size of the notebook.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from kapperboek.domain.errors import NotFound
from kapperboek.domain.records import (
    Address,
    ConsentRecord,
    CustomerRecord,
    DateRecord,
    DocumentRecord,
    Email,
    FollowUpRecord,
    InteractionRecord,
    Phone,
    ProfileFieldRecord,
    RelationRecord,
    ShopRecord,
    StaffRecord,
    TalkPointRecord,
    TreatmentRecord,
    WarningRecord,
)
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_rows import amount, listed, partial_day
from kapperboek.storage.write.row_lookup import CHANGED_BY_HAND
from kapperboek.storage.write.unit_of_work import UnitOfWork

_CUSTOMERS = (
    "SELECT c.id, c.uid, c.number, c.honorific, c.given_name, c.additional_names, c.prefix, c.family_name, c.suffix,"
    " c.display_name, c.nickname, c.initials, c.organisation, c.department, c.customer_since, c.deceased,"
    " c.no_advertising, c.preferred_channel, coalesce(s.name, ''), c.phase_by_hand, coalesce(h.name, ''), c.note,"
    " c.extra FROM customer c LEFT JOIN staff s ON s.id = c.regular_staff_id"
    " LEFT JOIN household h ON h.id = c.household_id WHERE "
)
_CHILDREN = {
    "contact_point": "SELECT customer_id, kind, value, label FROM contact_point"
    " WHERE {who} ORDER BY customer_id, position, id",
    "address": "SELECT customer_id, street, number, postcode, place, country, region, label FROM address"
    " WHERE {who} ORDER BY customer_id, position, id",
    "important_date": "SELECT customer_id, what, year, month_day FROM important_date WHERE {who}"
    " ORDER BY customer_id, position, id",
    "relation": "SELECT customer_id, kind, name, year, month_day, other_uid FROM relation WHERE {who}"
    " ORDER BY customer_id, position, id",
    "profile_value": "SELECT v.customer_id, f.key, v.state, v.value FROM profile_value v"
    " JOIN profile_field f ON f.id = v.field_id WHERE {who} ORDER BY v.customer_id, f.position, f.id",
    "card_line": "SELECT customer_id, kind, text, position, id FROM"
    " (SELECT customer_id, kind, text, position, id FROM card_line"
    " UNION ALL SELECT customer_id, kind, text, position, id FROM sensitive_fact) WHERE {who}"
    " ORDER BY customer_id, position, kind = 'health' DESC, id",
    "interaction": "SELECT i.customer_id, i.kind, i.at, coalesce(s.name, ''), i.minutes, i.amount_cents, i.treatments,"
    " i.recipe, i.products, i.note, i.state, i.source_key, CASE WHEN i.kind = 'appointment' THEN i.version - 1 +"
    " coalesce((SELECT CAST(substr(digest, 1, 7) AS INTEGER) FROM source_record WHERE source = 'ical' AND key <> ''"
    " AND key = i.source_key), 0) ELSE 0 END,"
    f" CASE WHEN i.kind = 'appointment' THEN ({CHANGED_BY_HAND}) ELSE '' END"
    " FROM interaction i LEFT JOIN staff s ON s.id = i.staff_id WHERE {who} ORDER BY i.customer_id, i.at, i.id",
    "talk_point": "SELECT t.customer_id, t.text, t.made_on, coalesce(s.name, ''), t.not_before, t.state, t.outcome,"
    " t.closed_at, coalesce(b.name, '') FROM talk_point t LEFT JOIN staff s ON s.id = t.staff_id"
    " LEFT JOIN staff b ON b.id = t.closed_by_id WHERE {who} ORDER BY t.customer_id, t.id",
    "follow_up": "SELECT u.customer_id, u.what, u.due, coalesce(s.name, ''), u.state, u.kind, u.made_on, u.show_on,"
    " u.closed_on FROM follow_up u LEFT JOIN staff s ON s.id = u.staff_id WHERE {who} ORDER BY u.customer_id, u.id",
    "consent": "SELECT n.customer_id, n.purpose, n.channel, n.state, n.at, n.how, coalesce(s.name, ''), n.wording"
    " FROM consent n LEFT JOIN staff s ON s.id = n.staff_id WHERE {who} ORDER BY n.customer_id, n.id",
}

Row = tuple[Any, ...]


def read_customer(book: Notebook, customer_id: int) -> CustomerRecord:
    """Everything known about one customer. Raises NotFound."""
    for _id, record in _read(book, [customer_id]):
        return record
    raise NotFound("no-customer", _("This customer is not in the notebook (any more)."))


def read_customers(book: Notebook, after_id: int = 0, chunk: int = 500) -> Iterator[tuple[int, CustomerRecord]]:
    """All customers in the order they came, with their ids; ``after_id`` goes on after one."""
    while True:
        ids = [
            row[0] for row in book.rows("SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?", (after_id, chunk))
        ]
        if not ids:
            return
        yield from _read(book, ids)
        after_id = ids[-1]


def read_document_head(book: Notebook) -> DocumentRecord:
    """The shop, its staff, treatments and profile fields; ``customers`` stays empty."""
    shop = ShopRecord()
    return DocumentRecord(
        shop=ShopRecord(
            name=str(book.get_setting("shop_name", shop.name)),
            timezone=str(book.get_setting("timezone", shop.timezone)),
            region=str(book.get_setting("region", shop.region)),
            currency=str(book.get_setting("currency", shop.currency)),
        ),
        staff=[
            StaffRecord(name, letters, bool(active))
            for name, letters, active in book.rows("SELECT name, initials, active FROM staff ORDER BY id")
        ],
        treatments=[
            TreatmentRecord(name, minutes, amount(price), bool(active))
            for name, minutes, price, active in book.rows(
                "SELECT name, minutes, price_cents, active FROM treatment ORDER BY position, id"
            )
        ],
        profile_fields=[
            ProfileFieldRecord(key, label, kind, json.loads(choices), bool(active))
            for key, label, kind, choices, active in book.rows(
                "SELECT key, label, kind, choices, active FROM profile_field ORDER BY position, id"
            )
        ],
        extra=dict(book.get_setting("document_extra", {})),
    )


def write_document_head(uow: UnitOfWork, document: DocumentRecord) -> None:
    """Write the head of a document into the notebook; what is there and not in the document stays."""
    from kapperboek.storage.records.record_head import write

    write(uow, document)


def _read(book: Notebook, ids: Sequence[int]) -> Iterator[tuple[int, CustomerRecord]]:
    holes = ",".join("?" * len(ids))
    records = {row[0]: _customer(row) for row in book.rows(f"{_CUSTOMERS} c.id IN ({holes}) ORDER BY c.id", ids)}
    children: dict[str, dict[int, list[Row]]] = {}
    for table, sql in _CHILDREN.items():
        grouped = children[table] = defaultdict(list)
        for customer_id, *rest in book.rows(sql.format(who=f"customer_id IN ({holes})"), ids):
            grouped[customer_id].append(tuple(rest))
    for customer_id, record in records.items():
        _fill(record, {table: grouped.get(customer_id, []) for table, grouped in children.items()})
        yield customer_id, record


def _customer(row: Row) -> CustomerRecord:
    (
        _id, uid, number, honorific, given_name, additional_names, prefix, family_name, suffix, display_name, nickname,
        initials, organisation, department, customer_since, deceased, no_advertising, preferred_channel, staff, phase,
        household, note, extra,
    ) = row  # fmt: skip
    return CustomerRecord(
        uid, number, honorific, given_name, additional_names, prefix, family_name, suffix, display_name, nickname,
        initials, organisation, department, customer_since, bool(deceased), bool(no_advertising), preferred_channel,
        staff, phase, household, note=note, extra=json.loads(extra) if extra else {},
    )  # fmt: skip


def _fill(record: CustomerRecord, rows: dict[str, list[Row]]) -> None:
    for kind, value, label in rows["contact_point"]:
        if kind == "email":
            record.emails.append(Email(value, label))
        else:
            (record.phones if kind == "phone" else record.handles).append(Phone(value, label))
    record.addresses = [Address(*row) for row in rows["address"]]
    for what, year, month_day in rows["important_date"]:
        if what == "birthday" and record.birthday is None:
            record.birthday = partial_day(year, month_day)
        else:
            record.dates.append(DateRecord(what, partial_day(year, month_day) or ""))
    record.relations = [
        RelationRecord(kind, name, partial_day(year, month_day), other or None)
        for kind, name, year, month_day, other in rows["relation"]
    ]
    for key, state, value in rows["profile_value"]:
        if state == "known":
            record.profile[key] = json.loads(value)
        elif state == "refused":
            record.profile_refused.append(key)
    _fill_lines(record, rows)
    record.interactions = [_moment(row) for row in rows["interaction"]]
    record.talk_points = [TalkPointRecord(*row) for row in rows["talk_point"]]
    record.follow_ups = [FollowUpRecord(*row) for row in rows["follow_up"]]
    record.consents = [ConsentRecord(*row) for row in rows["consent"]]


def _fill_lines(record: CustomerRecord, rows: dict[str, list[Row]]) -> None:
    for kind, text, _position, _id in rows["card_line"]:
        if kind in ("warning", "health"):
            record.warnings.append(WarningRecord(text, kind == "health"))
        else:
            (record.avoid if kind == "avoid" else record.wishes).append(text)


def _moment(row: Row) -> InteractionRecord:
    kind, at, staff, minutes, money, treatments, recipe, products, note, state, source_key, revision, changed = row
    return InteractionRecord(
        kind, at, staff, minutes, amount(money), list(listed(treatments)), recipe, list(listed(products)), note, state,
        source_key, revision, changed,
    )  # fmt: skip
