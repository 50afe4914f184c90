"""Rows of a table to customers, once ``columns`` has said what each column holds. Used by CSV, spreadsheets and LDIF."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from kapperboek.domain.names import split_full_name, words
from kapperboek.domain.records import (
    Address, CustomerRecord, DateRecord, Email, InteractionRecord, Phone, Rejected, RelationRecord, SourceRecord, WarningRecord,
)  # fmt: skip
from kapperboek.exchange.columns import Column, Row
from kapperboek.exchange.table_days import day_first, table_day, table_moment
from kapperboek.i18n import _

_TOTALS = frozenset("totaal total gesamt subtotaal subtotal som sum eindtotaal summe aantal".split())
_FIRM = re.compile(
    r"\b(?:b\.?\s?v\.?|n\.?\s?v\.?|v\.?o\.?f\.?|ltd|inc|llc|gmbh|ag|stichting|vereniging|bakkerij|slagerij|kapsalon|salon|restaurant|caf[eé]|hotel|garage"
    r"|winkel|apotheek|praktijk|school|bedrijf|drukkerij|bloemist\w*|makelaar\w*|autobedrijf|eetcaf[eé]|boetiek|gemeente|ziekenhuis)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_DUTCH_NUMBER = re.compile(r"\(?(?:0[1-9]|\+31|0031)")
_LOST_ZERO = re.compile(r"6\d{8}")
_HOUSE = re.compile(r"(.*[^\d\s].*?)\s+(\d+(?:\s?[-/]?\s?[A-Za-z0-9]{1,4})?)")
_WHOLE_ADDRESS = re.compile(r"(?P<street>.*?)[,\n]?\s*(?P<postcode>\b\d{4}\s?[A-Z]{2})\b[,\s]*(?P<place>[^\d\n,]*)$", re.DOTALL)
_YES = frozenset("ja j yes y true waar 1 x wahr".split())
_TEXT = {
    "number": "number", "uid": "uid", "honorific": "honorific", "given": "given_name", "additional": "additional_names", "prefix": "prefix",
    "family": "family_name", "suffix": "suffix", "display": "display_name", "nickname": "nickname", "initials": "initials",
    "organisation": "organisation", "department": "department", "staff": "regular_staff", "channel": "preferred_channel", "phase": "phase",
    "household": "household",
}  # fmt: skip
_ADDRESS_PARTS = frozenset("street street2 street3 house house_addition pobox postcode place region country address address_type".split())
_WITH_TYPE = {"phone": "phone_type", "email": "email_type", "handle": "handle_type", "relation": "relation_type", "date": "date_type",
              "custom_value": "custom_type"}  # fmt: skip
SEPARATOR = ":::"  # between the values of one cell: Google's way, and ours


class Table:
    """A table whose columns are known. ``latest`` is the last year that two digits of a birthday can mean."""

    def __init__(self, columns: list[Column], rows: Sequence[Row], latest: int = 2026) -> None:
        self.columns = [column for column in columns if column.meaning]
        self.unknown = [column for column in columns if not column.meaning]
        self.latest = latest
        self.types = self._types()
        self.addresses = self._addresses()
        self.divided = any(c.meaning.target in ("house", "uid") for c in self.columns if c.meaning)  # streets without number
        self.birth_parts = {c.meaning.target: c.place for c in self.columns if c.meaning and c.meaning.target.startswith("birth_")}
        days = [c for c in self.columns if c.meaning and c.meaning.target in ("birthday", "date", "last_visit", "since", "relation_birthday")]
        orders = day_first([row[c.place] for row in rows if c.place < len(row)] for c in days)
        self.day_first = {c.place: first for c, first in zip(days, orders, strict=True)}
        phones = [c.place for c in self.columns if c.meaning and c.meaning.target == "phone"]
        self.dutch = any(_DUTCH_NUMBER.match(row[p].strip()) for row in rows for p in phones if p < len(row))

    def _types(self) -> dict[int, int]:
        """The place of the column that says what kind a value is, by the place of the value's column."""
        places = {(c.meaning.target, c.meaning.number): c.place for c in self.columns if c.meaning}
        return {
            c.place: places[_WITH_TYPE[c.meaning.target], c.meaning.number]
            for c in self.columns
            if c.meaning and (_WITH_TYPE.get(c.meaning.target), c.meaning.number) in places
        }

    def _addresses(self) -> list[tuple[str, dict[str, int]]]:
        """The addresses of a row: label, and the place of each part."""
        parts = [c for c in self.columns if c.meaning and c.meaning.target in _ADDRESS_PARTS]
        keys = dict.fromkeys((c.meaning.label, c.meaning.number) for c in parts if c.meaning)
        groups = [
            (key, {c.meaning.target: c.place for c in parts if c.meaning and (c.meaning.label, c.meaning.number) == key})
            for key in keys
        ]  # fmt: skip
        for key, places in groups[:]:  # "Straat 2" alone is the second line of an address
            first = next((other for name, other in groups if name == (key[0], 0)), None)
            if key[1] and first is not None and set(places) == {"street"} and "street2" not in first:
                first["street2"] = places["street"]
                groups.remove((key, places))
        return [(key[0], places) for key, places in groups]

    def record(self, row: Row, number: int, line: int | None) -> SourceRecord | Rejected:
        """The customer of a row, or why it is none."""
        filled = [cell for cell in row if cell.strip()]
        if words(filled[0])[:1] and words(filled[0])[0] in _TOTALS and len(filled) <= max(4, len(row) // 3):
            return Rejected(number, line, _("This is a row of totals, not a customer."), _shown(filled))
        reader = _RowReader(self, row)
        customer = reader.read()
        key = reader.key or customer.uid or customer.number
        if not _usable(customer) and not (key and (customer.birthday or customer.addresses)):
            reason = _("There is no name, firm, telephone number or e-mail address in this row.")
            return Rejected(number, line, reason, _shown(filled))
        return SourceRecord(customer, number, line, key, reader.remarks)


class _RowReader:
    """One row on its way to being a customer."""

    def __init__(self, table: Table, row: Row) -> None:
        self.table, self.row = table, row
        self.customer = CustomerRecord()
        self.remarks: list[str] = []
        self.leftovers: list[tuple[str, str]] = []
        self.key = ""

    def cell(self, place: int | None) -> str:
        return self.row[place].strip() if place is not None and place < len(self.row) else ""

    def read(self) -> CustomerRecord:
        row, width = self.row, len(self.row)
        for column in self.table.columns:
            place = column.place
            if place < width and row[place] and column.meaning:
                value = row[place] if column.meaning.target == "note" else row[place].strip()
                if value:
                    self._take(column, column.meaning.target, value)
        if self.table.birth_parts:
            self._birthday_of_parts()
        for label, parts in self.table.addresses:
            self._address(label, parts)
        for column in self.table.unknown:
            if column.place < width and row[column.place].strip():
                self.leftovers.append((column.heading, row[column.place].strip()))
        self._settle_name()
        if self.leftovers:
            lines = [f"{title}: {text}" if title else text for title, text in self.leftovers]
            self.customer.note = "\n".join([self.customer.note, *lines] if self.customer.note else lines)
        return self.customer

    def _take(self, column: Column, target: str, value: str) -> None:
        attribute = _TEXT.get(target)
        if attribute:
            if getattr(self.customer, attribute):
                self.leftovers.append((column.heading, value))
            else:
                setattr(self.customer, attribute, value)
        elif target not in _ADDRESS_PARTS:
            take = _TAKERS.get(target)
            if take:
                take(self, column, value)

    def label(self, column: Column) -> str:
        kind = self.cell(self.table.types.get(column.place)).removeprefix("* ").strip()
        known = {"mobile": "mobile", "home": "home", "work": "work", "other": "other", "home fax": "home fax", "work fax": "work fax",
                 "pager": "pager", "main": "main", "cell": "mobile", "mobiel": "mobile"}  # fmt: skip
        own = column.meaning.label if column.meaning else ""
        return known.get(kind.lower(), kind) if kind else own

    def phone(self, column: Column, value: str) -> None:
        for part in value.split(SEPARATOR):
            text = part.strip()
            if self.table.dutch and _LOST_ZERO.fullmatch(text):
                text = "0" + text
            if text:
                self.customer.phones.append(Phone(text, self.label(column)))

    def email(self, column: Column, value: str) -> None:
        self.customer.emails += [Email(part.strip(), self.label(column)) for part in value.split(SEPARATOR) if part.strip()]

    def handle(self, column: Column, value: str) -> None:
        record = Phone(value, self.label(column).lower() if self.table.types.get(column.place) is None else self.label(column))
        self.customer.handles.append(record)

    def day(self, column: Column, value: str) -> str | None:
        day = table_day(value, self.table.day_first.get(column.place, True), self.table.latest)
        if day is None:
            self.leftovers.append((column.heading, value))
            self.remarks.append(_("“{text}” is not a day that exists; it is kept in the note.").format(text=value[:60]))
        return day

    def birthday(self, column: Column, value: str) -> None:
        self.customer.birthday = self.day(column, value)

    def date(self, column: Column, value: str) -> None:
        what = self.label(column)
        day = self.day(column, value)
        if day:
            self.customer.dates.append(DateRecord("wedding" if what.lower() == "anniversary" else what or column.heading, day))

    def since(self, column: Column, value: str) -> None:
        day = self.day(column, value)
        if day and not day.startswith("-"):
            self.customer.customer_since = day
        elif day:
            self.leftovers.append((column.heading, value))

    def last_visit(self, column: Column, value: str) -> None:
        at = table_moment(value, self.table.day_first.get(column.place, True), self.table.latest + 1)
        if at:
            self.customer.interactions.append(InteractionRecord("visit", at))
        else:
            self.leftovers.append((column.heading, value))
            self.remarks.append(_("“{text}” is not a day that exists; it is kept in the note.").format(text=value[:60]))

    def relation(self, column: Column, value: str) -> None:
        index = column.meaning.number if column.meaning else 0
        places = {c.meaning.target: c for c in self.table.columns if c.meaning and c.meaning.number == index}
        born, card = places.get("relation_birthday"), places.get("relation_card")
        born_text = self.cell(born.place) if born else ""
        kind = self.label(column)
        kind = kind.lower() if kind.lower() in ("spouse", "partner", "child", "friend", "parent", "mother", "father") else kind
        birthday = self.day(born, born_text) if born and born_text else None
        self.customer.relations.append(RelationRecord(kind, value, birthday, (self.cell(card.place) if card else "") or None))

    def note(self, column: Column, value: str) -> None:
        before = self.customer.note
        glue = "" if len(before) % 32000 == 0 else "\n"  # our own spreadsheets cut long notes at the limit of a cell
        self.customer.note = before + glue + value if before else value

    def job(self, column: Column, value: str) -> None:
        before = self.customer.profile.get("job")
        self.customer.profile["job"] = f"{before}, {value}" if before and before != value else value

    def labels(self, column: Column, value: str) -> None:
        divided = value.split(SEPARATOR) if SEPARATOR in value else re.split("[;,]", value)
        labels = [part.strip().removeprefix("* ").strip() for part in divided]
        self.customer.profile["labels"] = [label for label in dict.fromkeys(labels) if label]

    def gender(self, column: Column, value: str) -> None:
        self.customer.profile["gender"] = value

    def custom(self, column: Column, value: str) -> None:
        index = (column.meaning.label or str(column.meaning.number or "")) if column.meaning else ""
        self.customer.profile[f"custom_{index}" if index else "custom"] = value

    def custom_value(self, column: Column, value: str) -> None:
        self.leftovers.append((self.label(column) or column.heading, value))

    def profile(self, column: Column, value: str) -> None:
        if column.meaning:
            self.customer.profile[column.meaning.label] = read_detail(value)

    def source_key(self, column: Column, value: str) -> None:
        self.key = self.key or value

    def flag(self, column: Column, value: str) -> None:
        if column.meaning and value.lower() in _YES:
            setattr(self.customer, column.meaning.target, True)
        elif value.lower() not in ("nee", "no", "n", "0", "false", "onwaar", "nein", "falsch"):
            self.leftovers.append((column.heading, value))

    def lines(self, column: Column, value: str) -> None:
        parts = [part.strip() for part in value.split(SEPARATOR) if part.strip()]
        target = column.meaning.target if column.meaning else ""
        if target == "warnings":
            health = "allerg" in column.heading.lower()
            self.customer.warnings += [WarningRecord(part, health) for part in parts]
        else:
            attribute = {"refused": "profile_refused"}.get(target, target)
            getattr(self.customer, attribute).extend(parts)

    def leftover(self, column: Column, value: str) -> None:
        """A column that has a place only in the sheet of visits."""
        self.leftovers.append((column.heading, value))

    def _birthday_of_parts(self) -> None:
        parts = self.table.birth_parts
        year, month, day = (self.cell(parts.get(name)) for name in ("birth_year", "birth_month", "birth_day"))
        if not (year or month or day) or self.customer.birthday:
            return
        text = f"{year}-{month.zfill(2)}-{day.zfill(2)}" if year else f"--{month.zfill(2)}-{day.zfill(2)}"
        self.customer.birthday = table_day(text, True, self.table.latest) if month and day else None
        if not self.customer.birthday:
            shown = "-".join(part for part in (day, month, year) if part)
            self.leftovers.append((_("Birthday"), shown))
            self.remarks.append(_("“{text}” is not a day that exists; it is kept in the note.").format(text=shown[:60]))

    def _address(self, label: str, parts: dict[str, int]) -> None:
        got = {name: self.cell(place) for name, place in parts.items()}
        if not any(value for name, value in got.items() if name != "address_type"):
            return
        lines = [got.get(name, "") for name in ("street", "street2", "street3", "pobox")]
        number = " ".join(filter(None, (got.get("house", ""), got.get("house_addition", ""))))
        address = Address(
            "\n".join(filter(None, lines)), number, got.get("postcode", ""), got.get("place", ""), got.get("country", ""), got.get("region", ""),
            (got.get("address_type", "").removeprefix("* ") or label),
        )  # fmt: skip
        address.label = address.label.lower() if address.label.lower() in ("home", "work", "other") else address.label
        if got.get("address"):
            _whole_address(address, got["address"])
        if not self.table.divided:
            _divide_street(address)
        self.customer.addresses.append(address)

    def _settle_name(self) -> None:
        customer = self.customer
        if customer.display_name and not (customer.given_name or customer.family_name):
            if customer.display_name in (customer.organisation, *(phone.value for phone in customer.emails)):
                customer.display_name = ""
            elif not customer.organisation and _FIRM.search(customer.display_name):
                customer.organisation, customer.display_name = customer.display_name, ""
            else:
                customer.given_name, customer.prefix, customer.family_name = split_full_name(customer.display_name)
        elif customer.family_name and not (customer.given_name or customer.initials or customer.organisation or customer.prefix):
            if _FIRM.search(customer.family_name):
                customer.organisation, customer.family_name = customer.family_name, ""
                self.remarks.append(_("Taken for a firm because of its name."))
        plain = f"{customer.given_name} {customer.prefix} {customer.family_name}"
        if not (customer.honorific or customer.additional_names or customer.suffix) and customer.display_name.split() == plain.split():
            customer.display_name = ""


def _whole_address(address: Address, text: str) -> None:
    """``Dorpsstraat 12, 3811 AB Amersfoort`` in its parts; what the other columns already say is not said twice."""
    known = set(words(f"{address.street} {address.number} {address.postcode} {address.place} {address.region} {address.country}"))
    if set(words(text)) <= known:
        return
    found = _WHOLE_ADDRESS.match(text)
    if found and not address.postcode and not address.street:
        address.street, address.postcode = found["street"].strip(" ,\n"), found["postcode"]
        address.place = address.place or found["place"].strip()
    else:
        address.street = f"{address.street}\n{text}" if address.street else text


def _divide_street(address: Address) -> None:
    """The house number out of the street, where the postcode is Dutch."""
    found = _HOUSE.fullmatch(address.street)
    if found and re.fullmatch(r"\d{4}\s?[A-Za-z]{2}", address.postcode):
        address.street, address.number = found[1], found[2]


def _usable(customer: CustomerRecord) -> bool:
    return bool(
        customer.given_name or customer.family_name or customer.organisation or customer.phones or customer.emails or customer.nickname
        or customer.display_name or customer.handles or customer.additional_names or customer.initials or customer.uid
    )  # fmt: skip


def _shown(cells: list[str]) -> str:
    return " | ".join(cell.strip() for cell in cells)[:500]


def read_detail(text: str) -> object:
    """A profile value out of a cell, the way ``sheet.write_detail`` puts it in."""
    if SEPARATOR in text:
        return [part.strip() for part in text.split(SEPARATOR) if part.strip()]
    if text[:1] in '[{"' or re.fullmatch(r"-?\d+(\.\d+)?|true|false|null", text):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def customers(columns: list[Column], rows: Sequence[tuple[int | None, Row]], latest: int) -> Iterator[SourceRecord | Rejected]:
    """Every filled row of the table, with the line it stands on, as a customer or rejected."""
    table = Table(columns, [row for _line, row in rows], latest)
    number = 0
    for line, row in rows:
        if any(cell and not cell.isspace() for cell in row):
            number += 1
            yield table.record(row, number, line)


_TAKERS = {
    "phone": _RowReader.phone, "email": _RowReader.email, "handle": _RowReader.handle, "birthday": _RowReader.birthday, "date": _RowReader.date,
    "since": _RowReader.since, "last_visit": _RowReader.last_visit, "relation": _RowReader.relation, "note": _RowReader.note,
    "job": _RowReader.job, "labels": _RowReader.labels, "gender": _RowReader.gender, "custom": _RowReader.custom,
    "custom_value": _RowReader.custom_value, "profile": _RowReader.profile, "key": _RowReader.source_key,
    **dict.fromkeys(("deceased", "no_advertising"), _RowReader.flag),
    **dict.fromkeys(("warnings", "avoid", "wishes", "refused"), _RowReader.lines),
    **dict.fromkeys("visit_kind treatments amount minutes visit_staff recipe products visit_state im_service title name".split(), _RowReader.leftover),
}  # fmt: skip
