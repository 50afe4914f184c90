"""Bulk writer of records, without the ORM: many customers at once become rows, which go in by the thousand.

SQLModel was considered and not taken here: its inserts are twenty times slower, and an import of ten thousand cards
must not cost a cup of coffee. Facts and index follow at the commit, for all customers touched together.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from kapperboek.domain.errors import UserError
from kapperboek.domain.law import consent, consent_intake
from kapperboek.domain.people import names, phones
from kapperboek.domain.records import ConsentRecord, CustomerRecord, InteractionRecord
from kapperboek.i18n import _
from kapperboek.storage.records import record_rows
from kapperboek.storage.records.named_rows import NamedRows
from kapperboek.storage.write.unit_of_work import UnitOfWork

COLUMNS: dict[str, tuple[str, ...]] = {
    "customer": (
        "id", "uid", "number", "honorific", "given_name", "additional_names", "prefix", "family_name", "suffix",
        "display_name", "nickname", "initials", "organisation", "department", "full_name", "sort_key",
        "customer_since", "deceased", "no_advertising", "preferred_channel", "regular_staff_id", "household_id",
        "phase_by_hand", "note", "extra", "created_at",
    ),
    "contact_point": ("customer_id", "kind", "value", "canonical", "label", "position"),
    "address": (
        "customer_id", "street", "number", "postcode", "place", "region", "country", "label", "position",
    ),
    "important_date": ("customer_id", "what", "year", "month_day", "position"),
    "relation": ("customer_id", "kind", "name", "year", "month_day", "other_uid", "position"),
    "profile_value": ("customer_id", "field_id", "state", "value"),
    "card_line": ("customer_id", "kind", "text", "position"),
    "sensitive_fact": ("customer_id", "kind", "text", "position"),
    "interaction": (
        "customer_id", "at", "id", "kind", "staff_id", "minutes", "amount_cents", "treatments", "recipe", "products",
        "note", "state", "source_key",
    ),
    "talk_point": (
        "customer_id", "text", "made_on", "staff_id", "not_before", "state", "outcome", "closed_at", "closed_by_id",
        "closed_in_id",
    ),
    "follow_up": (
        "customer_id", "what", "due", "show_on", "staff_id", "kind", "state", "made_on", "closed_on",
    ),
    "consent": ("customer_id", "purpose", "channel", "state", "at", "how", "staff_id", "wording"),
    "source_record": ("customer_id", "source", "key", "digest"),
}  # fmt: skip
"""The tables a customer's rows go to, in the order foreign keys want. Those without ``id`` get one when written."""

CHUNK = 1000  # customers kept before they are written
_HUMAN = 6  # numbers with more digits are card codes, not something people count on from

Rows = dict[str, list[tuple[object, ...]]]

_of_address = attrgetter("street", "number", "postcode", "place", "region", "country", "label")


class Renumbered(NamedTuple):
    """A customer whose own number was taken already, and got another."""

    customer_id: int
    wanted: str
    number: str


class RecordWriter:
    """Writes records inside one unit of work. ``renumbered`` tells whose number was taken already, ``contradicted``
    what updates left as it was: whose card, what stands there, and what the record had; ``kept`` whose card was changed
    since a file of our own was written; ``doubted`` what was amiss with consents: whose, and a sentence.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.renumbered: list[Renumbered] = []
        self.contradicted: list[tuple[str, str, str]] = []
        self.kept: list[str] = []
        self.doubted: list[tuple[str, str]] = []
        self._rows: Rows = defaultdict(list)
        self.named = NamedRows(uow)
        self.region = str(uow.book.get_setting("region", "NL"))
        self._today = uow.book.clock.today().isoformat()
        self._now = consent.instant(uow.book.clock.now())
        self._zone = ZoneInfo(str(uow.book.get_setting("timezone", "Europe/Amsterdam")))
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
            self._rows["source_record"].append((customer_id, source, key, digest))
        if len(self._rows["customer"]) >= CHUNK:
            self.flush()
        return customer_id

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
        rows["consent"] = [
            (line.purpose, line.channel, line.state, line.at, line.how, self.named.staff(line.staff), line.wording)
            for line in lines
        ]

    def _add_lines(self, rows: Rows, record: CustomerRecord, after: int) -> None:
        """Positions run on over both tables, so that warnings come out in the order they went in."""
        lines = [("health" if line.health else "warning", line.text) for line in record.warnings]
        lines += [("avoid", text) for text in record.avoid] + [("wish", text) for text in record.wishes]
        for place, (kind, text) in enumerate(lines, after):
            rows["sensitive_fact" if kind == "health" else "card_line"].append((kind, text, place))

    def _add_follow_ups(self, rows: Rows, record: CustomerRecord) -> None:
        rows["follow_up"] = [
            (
                item.what, record_rows.day(item.due) or self._today, record_rows.day(item.show_on),
                self.named.staff(item.staff), item.kind, item.state, record_rows.day(item.made_on) or self._today,
                record_rows.day(item.closed_on),
            )
            for item in record.follow_ups
        ]  # fmt: skip

    def _customer_row(
        self, customer_id: int, uid: str, number: str, record: CustomerRecord, made: str
    ) -> tuple[object, ...]:
        return (
            customer_id, uid, number, record.honorific, record.given_name, record.additional_names, record.prefix,
            record.family_name, record.suffix, record.display_name, record.nickname, record.initials,
            record.organisation, record.department, *shown_names(record), record_rows.day(record.customer_since),
            int(record.deceased), int(record.no_advertising), record.preferred_channel,
            self.named.staff(record.regular_staff), self.named.household(record.household), record.phase,
            record.note, record_rows.packed(record.extra) if record.extra else "", made,
        )  # fmt: skip

    def _add_reach(self, rows: Rows, record: CustomerRecord, after: int) -> None:
        reach = [("phone", p.value, phones.canonical(p.value, self.region), p.label) for p in record.phones]
        if record.emails:
            reach += [("email", mail.value, mail.value.strip().lower(), mail.label) for mail in record.emails]
        if record.handles:
            reach += [("handle", handle.value, handle.value.strip().lower(), handle.label) for handle in record.handles]
        rows["contact_point"] = [(*point, place) for place, point in enumerate(reach, after)]
        if record.addresses:
            rows["address"] = [(*_of_address(home), place) for place, home in enumerate(record.addresses, after)]

    def _add_days(self, rows: Rows, record: CustomerRecord, after: int) -> None:
        if record.birthday or record.dates:
            days = [("birthday", record.birthday)] if record.birthday else []
            days += [(item.what, item.on) for item in record.dates]
            rows["important_date"] = [
                (what, *record_rows.year_and_day(on), place) for place, (what, on) in enumerate(days, after)
            ]
        if record.relations:
            rows["relation"] = [
                (
                    near.kind, near.name, *(record_rows.year_and_day(near.birthday) if near.birthday else (None, None)),
                    near.customer or "", place,
                )
                for place, near in enumerate(record.relations, after)
            ]  # fmt: skip

    def _add_profile(self, rows: Rows, record: CustomerRecord) -> None:
        for key, value in record.profile.items():
            if value is not None:
                rows["profile_value"].append((self.named.field(key, value), "known", record_rows.packed(value)))
        for key in record.profile_refused:
            if record.profile.get(key) is None:
                rows["profile_value"].append((self.named.field(key, ""), "refused", "null"))

    def _add_moments(self, rows: Rows, record: CustomerRecord) -> None:
        moments = [self._moment_row(item) for item in record.interactions]
        first = self.uow.next_id("interaction", len(moments))
        rows["interaction"] = [(at, place, *rest) for place, (at, *rest) in enumerate(moments, first)]
        by_moment: dict[str, int] = {}
        for place, (at, kind, *_rest) in enumerate(moments, first):
            if kind == "visit" or at not in by_moment:
                by_moment[at] = place
        for point in record.talk_points:
            closed_at = record_rows.moment(point.closed_at) if point.closed_at else None
            rows["talk_point"].append((
                point.text, record_rows.day(point.made_on) or self._today, self.named.staff(point.staff),
                record_rows.day(point.not_before), point.state, point.outcome, closed_at,
                self.named.staff(point.closed_by), by_moment.get(closed_at or ""),
            ))  # fmt: skip

    def _moment_row(self, item: InteractionRecord) -> tuple[Any, ...]:
        return (
            record_rows.moment(item.at), record_rows.one_of(item.kind), self.named.staff(item.staff), item.minutes,
            record_rows.cents(item.amount), record_rows.names(item.treatments), item.recipe,
            record_rows.names(item.products), item.note, item.state, item.source_key,
        )  # fmt: skip

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
    )  # fmt: skip
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


def write_all(uow: UnitOfWork, records: Iterable[CustomerRecord]) -> list[int]:
    """Add all of them; their ids."""
    writer = RecordWriter(uow)
    ids = [writer.add(record) for record in records]
    writer.flush()
    return ids


def _new_uid() -> str:
    """A random uid as other programs write them (RFC 4122, version 4); ``uuid`` itself is slow to import."""
    text = secrets.token_hex(16)
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{'89ab'[int(text[16], 16) % 4]}{text[17:20]}-{text[20:]}"
