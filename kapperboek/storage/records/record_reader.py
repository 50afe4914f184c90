"""Rows as records again: the way out of the notebook, for exports and for looking at one card from a script.

What ``record_writer`` wrote comes back the same, in an order that depends on the rows alone, so that an export of an
imported export is the same text. Read in chunks with one query per table, whatever the size of the notebook.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from kapperboek.domain.errors import NotFound
from kapperboek.domain.records import (
    TABLES,
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
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_columns import stored
from kapperboek.storage.records.record_head import write
from kapperboek.storage.records.record_rows import amount
from kapperboek.storage.write.row_lookup import CHANGED_BY_HAND
from kapperboek.storage.write.unit_of_work import UnitOfWork


def _select(record: type, of_the_row: str = "", order: str = "t.position, t.id", more: str = "") -> str:
    """The question for the rows of a kind of record: whose, the columns ``of_the_row``, its own, and ``more``."""
    own = stored(record)
    columns = ", ".join(filter(None, ("t.customer_id", of_the_row, *own.select, more)))
    return f"SELECT {columns} FROM {TABLES[record]} t{own.joins} WHERE {{who}} ORDER BY t.customer_id, {order}"


_CUSTOMERS = f"SELECT t.id, {', '.join(stored(CustomerRecord).select)} FROM customer t{stored(CustomerRecord).joins}"
_OF_THE_FILE = (
    "CASE WHEN t.kind = 'appointment' THEN t.version - 1 +"
    " coalesce((SELECT CAST(substr(digest, 1, 7) AS INTEGER) FROM source_record WHERE source = 'ical' AND key <> ''"
    " AND key = t.source_key), 0) ELSE 0 END,"
    f" CASE WHEN t.kind = 'appointment' THEN ({CHANGED_BY_HAND}) ELSE '' END"
)
"""An appointment's revision, and when it was changed here: for a calendar, which wants to know which one is newer."""

_CHILDREN = {
    "contact_point": _select(Phone, "t.kind"),
    "address": _select(Address),
    "important_date": _select(DateRecord),
    "relation": _select(RelationRecord),
    "profile_value": "SELECT v.customer_id, f.key, v.state, v.value FROM profile_value v"
    " JOIN profile_field f ON f.id = v.field_id WHERE {who} ORDER BY v.customer_id, f.position, f.id",
    "card_line": "SELECT customer_id, kind, text, position, id FROM"
    " (SELECT customer_id, kind, text, position, id FROM card_line"
    " UNION ALL SELECT customer_id, kind, text, position, id FROM sensitive_fact) AS line WHERE {who}"
    " ORDER BY customer_id, position, kind = 'health' DESC, id",
    "interaction": _select(InteractionRecord, order="t.at, t.id", more=_OF_THE_FILE),
    "talk_point": _select(TalkPointRecord, order="t.id"),
    "follow_up": _select(FollowUpRecord, order="t.id"),
    "consent": _select(ConsentRecord, order="t.id"),
}

Row = tuple[Any, ...]
Item = TypeVar("Item")


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
    write(uow, document)


def _read(book: Notebook, ids: Sequence[int]) -> Iterator[tuple[int, CustomerRecord]]:
    these = (members(ids),)
    rows = book.rows(f"{_CUSTOMERS} WHERE t.id IN {MEMBERS} ORDER BY t.id", these)
    records = {row[0]: _customer(row) for row in rows}
    children: dict[str, dict[int, list[Row]]] = {}
    for table, sql in _CHILDREN.items():
        grouped = children[table] = defaultdict(list)
        for customer_id, *rest in book.rows(sql.format(who=f"customer_id IN {MEMBERS}"), these):
            grouped[customer_id].append(tuple(rest))
    for customer_id, record in records.items():
        _fill(record, {table: grouped.get(customer_id, []) for table, grouped in children.items()})
        yield customer_id, record


def _customer(row: Row) -> CustomerRecord:
    own = stored(CustomerRecord)
    return CustomerRecord(**dict(zip(own.names, own.from_row(row[1:]), strict=True)))


def _all(record: Callable[..., Item], rows: list[Row]) -> list[Item]:
    from_row = stored(record).from_row
    return [record(*from_row(row)) for row in rows]


def _fill(record: CustomerRecord, rows: dict[str, list[Row]]) -> None:
    for kind, value, label in rows["contact_point"]:
        if kind == "email":
            record.emails.append(Email(value, label))
        else:
            (record.phones if kind == "phone" else record.handles).append(Phone(value, label))
    record.addresses = _all(Address, rows["address"])
    for day in _all(DateRecord, rows["important_date"]):
        if day.what == "birthday" and record.birthday is None:
            record.birthday = day.on
        else:
            record.dates.append(day)
    record.relations = _all(RelationRecord, rows["relation"])
    for key, state, value in rows["profile_value"]:
        if state == "known":
            record.profile[key] = json.loads(value)
        elif state == "refused":
            record.profile_refused.append(key)
    _fill_lines(record, rows)
    read = stored(InteractionRecord).from_row
    record.interactions = [InteractionRecord(*read(row[:-2]), *row[-2:]) for row in rows["interaction"]]
    record.talk_points = _all(TalkPointRecord, rows["talk_point"])
    record.follow_ups = _all(FollowUpRecord, rows["follow_up"])
    record.consents = _all(ConsentRecord, rows["consent"])


def _fill_lines(record: CustomerRecord, rows: dict[str, list[Row]]) -> None:
    for kind, text, _position, _id in rows["card_line"]:
        if kind in ("warning", "health"):
            record.warnings.append(WarningRecord(text, kind == "health"))
        else:
            (record.avoid if kind == "avoid" else record.wishes).append(text)
