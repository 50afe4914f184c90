"""Bulk writer of records, without the ORM: many customers at once become rows, which go in by the thousand.

SQLModel was considered and not taken here: its inserts are twenty times slower, and an import of ten thousand cards
must not cost a cup of coffee. Facts and index follow at the commit, for all customers touched together.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kapperboek.domain.errors import UserError
from kapperboek.domain.law import consent_intake
from kapperboek.domain.people import names, phones
from kapperboek.domain.people.record_policies import marks
from kapperboek.domain.records import (
    Address,
    ConsentRecord,
    CustomerRecord,
    DateRecord,
    FollowUpRecord,
    InteractionRecord,
    RelationRecord,
    TalkPointRecord,
)
from kapperboek.domain.time.clock import instant
from kapperboek.i18n import _
from kapperboek.storage.records import record_rows
from kapperboek.storage.records.named_rows import NamedRows
from kapperboek.storage.records.record_columns import stored
from kapperboek.storage.write.unit_of_work import UnitOfWork

COLUMNS: dict[str, tuple[str, ...]] = {
    "customer": ("id", "full_name", "sort_key", "created_at", *stored(CustomerRecord).columns),
    "contact_point": ("customer_id", "kind", "value", "canonical", "label", "position"),
    "address": ("customer_id", *stored(Address).columns, "position"),
    "important_date": ("customer_id", *stored(DateRecord).columns, "position"),
    "relation": ("customer_id", *stored(RelationRecord).columns, "position"),
    "profile_value": ("customer_id", "field_id", "state", "value"),
    "card_line": ("customer_id", "kind", "text", "position"),
    "sensitive_fact": ("customer_id", "kind", "text", "position"),
    "interaction": ("customer_id", "id", *stored(InteractionRecord).columns),
    "talk_point": ("customer_id", "closed_in_id", *stored(TalkPointRecord).columns),
    "follow_up": ("customer_id", *stored(FollowUpRecord).columns),
    "consent": ("customer_id", *stored(ConsentRecord).columns),
    "source_record": ("customer_id", "source", "key", "digest", "marks", "read_at"),
}
"""The tables a customer's rows go to, in the order foreign keys want. Those without ``id`` get one when written."""

CHUNK = 1000  # customers kept before they are written
_UID, _NUMBER = (stored(CustomerRecord).columns.index(name) for name in ("uid", "number"))
_CLOSED_AT = stored(TalkPointRecord).columns.index("closed_at")
_HUMAN = 6  # numbers with more digits are card codes, not something people count on from

Row = tuple[object, ...]
Rows = dict[str, list[Row]]


class Renumbered(NamedTuple):
    """A customer whose own number was taken already, and got another."""

    customer_id: int
    wanted: str
    number: str


class RecordWriter:
    """Writes records inside one unit of work. ``renumbered`` tells whose number was taken already, ``contradicted``
    what updates left as it was: whose card, what stands there, and what the record had; ``kept`` whose card was
    changed since a file of our own was written; ``gone`` whose card keeps what a source gives no more; ``doubted`` what
    was amiss with consents: whose, and a sentence.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.renumbered: list[Renumbered] = []
        self.contradicted: list[tuple[str, str, str]] = []
        self.kept: list[str] = []
        self.gone: list[tuple[str, str]] = []
        self.doubted: list[tuple[str, str]] = []
        self._rows: Rows = defaultdict(list)
        self._customer = stored(CustomerRecord).to_row
        self.named = NamedRows(uow)
        self.region = str(uow.book.get_setting("region", "NL"))
        self._today = uow.book.clock.today().isoformat()
        self._now = instant(uow.book.clock.now())
        self._zone = uow.book.zone
        self._empty = uow.book.value("SELECT 1 FROM customer LIMIT 1") is None
        self._pending_uids: set[str] = set()
        self._pending_numbers: set[str] = set()
        self._highest = int(uow.book.value("SELECT value FROM counter WHERE name = 'customer_number'") or 0)

    def add(
        self, record: CustomerRecord, *, source: str = "", key: str = "", digest: str = "", made: str = ""
    ) -> int:
        """Add a new customer; its id. ``made``: when the card was, if it is one that was there before. UserError when
        something in the record isn't what it should be."""
        if record.uid and self._is_taken("uid", record.uid, self._pending_uids):
            raise UserError("uid-taken", _("This customer is in the notebook already."))
        children = self.child_rows(record)
        customer_id = self.uow.next_id("customer")
        uid = record.uid or _new_uid()
        number = self._number_for(customer_id, record.number)
        self._pending_uids.add(uid)
        self._pending_numbers.add(number)
        self._rows["customer"].append(self._customer_row(customer_id, uid, number, record, made or self._now))
        self.keep(customer_id, children)
        if source or key or digest:
            self._keep_source(customer_id, record, source, key, digest)
        if len(self._rows["customer"]) >= CHUNK:
            self.flush()
        return customer_id

    def read_from(self, customer_id: int, record: CustomerRecord, source: str, key: str, digest: str) -> None:
        """Remember that a record of a card that is there was read from a source, and what the source gave."""
        self._keep_source(customer_id, record, source, key, digest)

    def _keep_source(self, customer_id: int, record: CustomerRecord, source: str, key: str, digest: str) -> None:
        """Without a key of the source nothing can be read again for the same person, so nothing need be marked."""
        said = json.dumps(marks(record, self.region), separators=(",", ":")) if key and source != "document" else ""
        self._rows["source_record"].append((customer_id, source, key, digest, said, self._now))

    def keep(self, customer_id: int, children: Rows) -> None:
        """Have rows, made without their customer, written at the next flush."""
        for table, rows in children.items():
            self._rows[table] += [(customer_id, *row) for row in rows]
        self.uow.touch(customer_id)

    def flush(self) -> None:
        """Write what was kept back. Called by itself from time to time; call it before the unit of work ends."""
        if self._highest:
            self._remember_highest()
        for table, columns in COLUMNS.items():
            rows = self._rows.pop(table, None)
            if not rows:
                continue
            if "id" not in columns:
                first = self.uow.next_id(table, len(rows))
                rows = [(place, *row) for place, row in enumerate(rows, first)]
                columns = ("id", *columns)
            self.uow.bulk_insert(table, columns, rows)
        if not self._empty:  # in a notebook that was empty they are all there is, so nothing need be asked
            self._pending_uids.clear()
            self._pending_numbers.clear()

    def child_rows(self, record: CustomerRecord, after: int = 0, consents: Sequence[ConsentRecord] = ()) -> Rows:
        """The rows beside the customer's own, each without its customer_id; their positions start at ``after``, and
        ``consents`` are on the card already."""
        rows: Rows = defaultdict(list)
        self._add_reach(rows, record, after)
        self._add_days(rows, record, after)
        self._add_profile(rows, record)
        if record.warnings or record.avoid or record.wishes:
            self._add_lines(rows, record, after)
        if record.interactions or record.talk_points:
            self._add_moments(rows, record)
        if record.follow_ups:
            self._add_follow_ups(rows, record)
        if record.consents:
            self._add_consents(rows, record, consents)
        return rows

    def _add_consents(self, rows: Rows, record: CustomerRecord, known: Sequence[ConsentRecord]) -> None:
        lines, doubted = consent_intake.taken(record.consents, known, self.uow.book.clock.now(), self._zone)
        self.doubted += [(shown_names(record)[0], text) for text in doubted]
        rows["consent"] = self._rows_of(ConsentRecord, lines)

    def _add_lines(self, rows: Rows, record: CustomerRecord, after: int) -> None:
        """Positions run on over both tables, so that warnings come out in the order they went in."""
        lines = [("health" if line.health else "warning", line.text) for line in record.warnings]
        lines += [("avoid", text) for text in record.avoid] + [("wish", text) for text in record.wishes]
        for place, (kind, text) in enumerate(lines, after):
            rows["sensitive_fact" if kind == "health" else "card_line"].append((kind, text, place))

    def _add_follow_ups(self, rows: Rows, record: CustomerRecord) -> None:
        rows["follow_up"] = self._rows_of(FollowUpRecord, record.follow_ups, ("due", "made_on"))

    def _customer_row(
        self, customer_id: int, uid: str, number: str, record: CustomerRecord, made: str
    ) -> tuple[object, ...]:
        values = self._customer(record, self.named)
        values[_UID], values[_NUMBER] = uid, number
        return (customer_id, *shown_names(record), made, *values)

    def _rows_of(self, kind: type, records: Iterable[object], dated: Sequence[str] = ()) -> list[Row]:
        """Rows of records that stand in their tables as they are; the days ``dated`` are today when nobody said."""
        columns, to_row = stored(kind).columns, stored(kind).to_row
        rows = [to_row(record, self.named) for record in records]
        for place in map(columns.index, dated):
            for row in rows:
                row[place] = row[place] or self._today
        return list(map(tuple, rows))

    def _placed(self, kind: type, records: Iterable[object], after: int) -> list[Row]:
        return [(*row, place) for place, row in enumerate(self._rows_of(kind, records), after)]

    def _add_reach(self, rows: Rows, record: CustomerRecord, after: int) -> None:
        reach = [("phone", p.value, phones.canonical(p.value, self.region), p.label) for p in record.phones]
        if record.emails:
            reach += [("email", mail.value, mail.value.strip().lower(), mail.label) for mail in record.emails]
        if record.handles:
            reach += [("handle", handle.value, handle.value.strip().lower(), handle.label) for handle in record.handles]
        rows["contact_point"] = [(*point, place) for place, point in enumerate(reach, after)]
        if record.addresses:
            rows["address"] = self._placed(Address, record.addresses, after)

    def _add_days(self, rows: Rows, record: CustomerRecord, after: int) -> None:
        if record.birthday or record.dates:
            born = [DateRecord("birthday", record.birthday)] if record.birthday else []
            rows["important_date"] = self._placed(DateRecord, born + record.dates, after)
        if record.relations:
            rows["relation"] = self._placed(RelationRecord, record.relations, after)

    def _add_profile(self, rows: Rows, record: CustomerRecord) -> None:
        for key, value in record.profile.items():
            if value is not None:
                rows["profile_value"].append((self.named.field(key, value), "known", record_rows.packed(value)))
        for key in record.profile_refused:
            if record.profile.get(key) is None:
                rows["profile_value"].append((self.named.field(key, ""), "refused", "null"))

    def _add_moments(self, rows: Rows, record: CustomerRecord) -> None:
        moments = self._rows_of(InteractionRecord, record.interactions)
        first = self.uow.next_id("interaction", len(moments))
        rows["interaction"] = [(place, *moment) for place, moment in enumerate(moments, first)]
        by_moment: dict[object, int] = {}
        for place, (kind, at, *_rest) in enumerate(moments, first):
            if kind == "visit" or at not in by_moment:
                by_moment[at] = place
        points = self._rows_of(TalkPointRecord, record.talk_points, ("made_on",))
        rows["talk_point"] = [(by_moment.get(row[_CLOSED_AT]), *row) for row in points]

    def _is_taken(self, column: str, value: str, pending: set[str]) -> bool:
        if value in pending:
            return True
        if self._empty:
            return False
        return self.uow.book.value(f"SELECT 1 FROM customer WHERE {column} = ?", (value,)) is not None

    def _number_for(self, customer_id: int, wanted: str) -> str:
        wanted = wanted.strip()
        if wanted and not self._is_taken("number", wanted, self._pending_numbers):
            if wanted.isdecimal() and wanted.isascii() and len(wanted) <= _HUMAN:
                self._highest = max(self._highest, int(wanted))
            return wanted
        self._highest += 1
        while self._is_taken("number", str(self._highest), self._pending_numbers):
            self._highest += 1
        number = str(self._highest)
        if wanted:
            self.renumbered.append(Renumbered(customer_id, wanted, number))
        return number

    def _remember_highest(self) -> None:
        """Never give a number out again, also not after an undo: somebody may have a card with it."""
        self.uow.execute(
            "INSERT INTO counter(name, value) VALUES ('customer_number', ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (self._highest,),
        )


def shown_names(record: CustomerRecord) -> tuple[str, str]:
    """The name to show and the one to sort on."""
    given, prefix, family = record.given_name, record.prefix, record.family_name
    shown = names.full_name(
        given, prefix, family, honorific=record.honorific, additional=record.additional_names, suffix=record.suffix,
        organisation=record.organisation, nickname=record.nickname, initials=record.initials,
        display=record.display_name,
    )
    order = names.sort_key(
        given,
        prefix,
        family,
        organisation=record.organisation,
        nickname=record.nickname,
        initials=record.initials,
        display=record.display_name,
    )
    return shown, order


def _new_uid() -> str:
    """A random uid as other programs write them (RFC 4122, version 4); ``uuid`` itself is slow to import."""
    text = secrets.token_hex(16)
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{'89ab'[int(text[16], 16) % 4]}{text[17:20]}-{text[20:]}"
