"""One row of a table on its way to being a customer: what each kind of column does with a cell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from kapperboek.domain.people.names import words
from kapperboek.domain.people.phones import digits
from kapperboek.domain.records import (
    CustomerRecord,
    DateRecord,
    Email,
    InteractionRecord,
    Phone,
    RelationRecord,
    WarningRecord,
)
from kapperboek.exchange.death_words import is_death
from kapperboek.exchange.person_questions import add_number, number_of_handle
from kapperboek.exchange.separator import SEPARATOR
from kapperboek.exchange.table.headings import TEXTS, Column, Row
from kapperboek.exchange.table.other_lists import named_email
from kapperboek.exchange.table.table_addresses import addresses_of
from kapperboek.exchange.table.table_days import NO_DAY, doubtful_day, table_day, table_moment
from kapperboek.exchange.table.table_layout import Layout
from kapperboek.exchange.table.table_names import settle_name
from kapperboek.exchange.table.table_phones import LOST_DIGITS, NO_NUMBER, phones_in, with_words
from kapperboek.i18n import _

_LISTED_AT_MOST = 300  # characters of a cell that is looked at for several numbers, addresses or names
_SEVERAL_EMAILS = re.compile(r"\s*[^\s@,;<>|/]+@[^\s@,;<>|/]+(?:[;,|/\s]+[^\s@,;<>|/]+@[^\s@,;<>|/]+)+[;,|/\s]*")
_SAYS_NOTHING = frozenset(  # what Outlook and the salon programs write when nobody said anything
    "unspecified|niet-gespecificeerd|niet gespecificeerd|keine angabe|nicht angegeben|unknown|onbekend|smtp|ex|normal|"
    "normaal|false|falsch|aus|uit|onwaar|no|nee|nein|0".split("|")
)
_CHILDREN = re.compile(r"\s*(?:[,;&+]|\ben\b|\band\b|\bund\b)\s*")
_YES = frozenset("ja j yes y true waar 1 x wahr".split())
PHONE_KINDS = {kind: kind for kind in ("mobile", "home", "work", "other", "home fax", "work fax", "pager", "main")}
PHONE_KINDS |= {"cell": "mobile", "mobiel": "mobile"}
Step = tuple[int, str, "Callable[[RowReader, Column, str], None] | None", Column]


class RowReader:
    """One row on its way to being a customer."""

    def __init__(self, table: Layout, row: Row, steps: list[Step]) -> None:
        self.table, self.row, self.steps = table, row, steps
        self.customer = CustomerRecord()
        self.remarks: list[str] = []
        self.leftovers: list[tuple[str, str]] = []
        self.technical: list[tuple[str, str]] = []
        self.left_out: list[str] = []
        self.key = ""
        self._labels: dict[str, set[str]] = {}  # of the numbers so far, by their digits
        self._seen = 0

    def cell(self, place: int | None) -> str:
        return self.row[place].strip() if place is not None and place < len(self.row) else ""

    def read(self) -> CustomerRecord:
        row, width, empty = self.row, len(self.row), self.table.empty
        for place, attribute, take, column in self.steps:
            cell = row[place] if place < width else ""
            if not cell:
                continue
            value = cell.strip()
            if not value or value in empty:
                continue
            if take:
                take(self, column, cell if take is RowReader.note else value)
            elif getattr(self.customer, attribute):
                self.leftovers.append((column.heading, value))
            else:
                setattr(self.customer, attribute, value)
        if self.table.birth_parts:
            self._birthday_of_parts()
        for label, parts in self.table.addresses:
            self._addresses(label, parts)
        used = {second for first, second in self.table.instead.items() if not self.cell(first)}
        for column in self.table.unknown:
            if column.place in used:
                continue
            if column.place < width and (value := row[column.place].strip()) and value not in empty:
                self.leftovers.append((column.heading, value))
                if is_death(value):  # "Status: overleden"
                    self.customer.deceased = True
        if width > self.table.width:  # a row longer than any the columns were found from
            self.leftovers += [("", cell.strip()) for cell in row[self.table.width :] if cell.strip()]
        if settle_name(self.customer, self.table.own):
            self.remarks.append(_("Taken for a firm because of its name."))
        if self.technical:
            self._keep_what_says_more()
        if self.leftovers:
            lines = [f"{title}: {text}" if title else text for title, text in self.leftovers]
            self.customer.note = "\n".join([self.customer.note, *lines] if self.customer.note else lines)
        return self.customer

    def label(self, column: Column) -> str:
        kind = self.cell(self.table.types.get(column.place))
        kind = kind if self.table.own else kind.lstrip("* ")  # Google puts a star before its own words
        own = column.meaning.label if column.meaning else ""
        says_something = kind and (self.table.own or kind not in ("SMTP", "EX"))  # Outlook's names of ways to send
        return PHONE_KINDS.get(kind.lower(), kind) if says_something else own

    def phone(self, column: Column, value: str) -> None:
        if value.lower().strip(" .-") in NO_NUMBER and not self.table.own:
            self.leftovers.append((column.heading, value))
            return
        for said in phones_in(value, self.table.dutch, self.table.own):
            text, own_word = (said, "") if self.table.own else with_words(said)
            label = own_word or self.label(column)
            if LOST_DIGITS.fullmatch(text) and not self.table.own:
                self.leftovers.append((column.heading, value))
                sentence = _(
                    "“{text}” is no telephone number any more: a spreadsheet rounded it. It is kept in the note."
                )
                self.remarks.append(sentence.format(text=value[:60]))
            elif self.table.own or not self._has_number(text, label):
                self.customer.phones.append(Phone(text, label))

    def _has_number(self, text: str, label: str) -> bool:
        """Tell whether another column of this kind, or of none, had the number: "Phone" and "Default Address Phone"."""
        for known in self.customer.phones[self._seen :]:
            self._labels.setdefault(digits(known.value), set()).add(known.label)
        self._seen = len(self.customer.phones)
        labels = self._labels.get(digits(text), set())
        return bool(labels) and (not label or not labels.isdisjoint((label, "")))

    def email(self, column: Column, value: str) -> None:
        label = self.label(column)
        listed = value.count("@") > 1 and len(value) < _LISTED_AT_MOST and not self.table.own
        several = listed and _SEVERAL_EMAILS.fullmatch(value)
        parts = re.split(r"[;,|/\s]+", value) if several else value.split(SEPARATOR)
        if self.table.own:
            self.customer.emails += [Email(part.strip(), label) for part in parts if part.strip()]
            return
        for part in parts:
            named = named_email(part)
            if named and named["name"] and not self.customer.display_name:
                self.customer.display_name = named["name"].strip("\"' ")
            mail = named["mail"] if named else part.strip()
            if mail and mail.lower() not in [known.value.lower() for known in self.customer.emails]:
                self.customer.emails.append(Email(mail, label))

    def handle(self, column: Column, value: str) -> None:
        record = Phone(
            value,
            self.label(column).lower() if self.table.types.get(column.place) is None else self.label(column),
        )
        self.customer.handles.append(record)
        if not self.table.own and (number := number_of_handle(record.label, value)):
            add_number(self.customer, number, record.label)

    def day(self, column: Column, value: str) -> str | None:
        day = table_day(value, self.table.day_first.get(column.place, True), self.table.latest)
        if day is None and not NO_DAY.fullmatch(value):
            self.leftovers.append((column.heading, value))
            self.remarks.append(_("“{text}” is not a day that exists; it is kept in the note.").format(text=value[:60]))
        return day

    def birthday(self, column: Column, value: str) -> None:
        day = self.day(column, value)
        if day and not self.table.own and (doubt := doubtful_day(value, day, self.table.latest)):
            self.remarks.append(doubt)
            if day[:4] < "1901":
                self.leftovers.append((column.heading, value))
                return
        self.customer.birthday = day

    def date(self, column: Column, value: str) -> None:
        what = self.label(column)
        day = self.day(column, value)
        if day:
            self.customer.dates.append(
                DateRecord("wedding" if what.lower() == "anniversary" else what or column.heading, day)
            )

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
        elif not NO_DAY.fullmatch(value):
            self.leftovers.append((column.heading, value))
            self.remarks.append(_("“{text}” is not a day that exists; it is kept in the note.").format(text=value[:60]))

    def relation(self, column: Column, value: str) -> None:
        index = column.meaning.number if column.meaning else 0
        places = {c.meaning.target: c for c in self.table.columns if c.meaning and c.meaning.number == index}
        born, card = places.get("relation_birthday"), places.get("relation_card")
        born_text = self.cell(born.place) if born else ""
        kind = self.label(column)
        kind = (
            kind.lower()
            if kind.lower() in ("spouse", "partner", "child", "friend", "parent", "mother", "father")
            else kind
        )
        birthday = self.day(born, born_text) if born and born_text else None
        listed = kind == "child" and len(value) < _LISTED_AT_MOST and not (birthday or self.table.own)
        for name in _CHILDREN.split(value) if listed else [value]:
            self.customer.relations.append(
                RelationRecord(kind, name, birthday, (self.cell(card.place) if card else "") or None)
            )

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
        labels = labels if self.table.own else [label.strip('"“”* ') for label in labels]
        known = self.customer.profile.get("labels")
        labels = [*(known if isinstance(known, list) else []), *labels]
        self.customer.profile["labels"] = [label for label in dict.fromkeys(labels) if label]

    def gender(self, column: Column, value: str) -> None:
        if value.lower() not in _SAYS_NOTHING:
            self._detail(column, "gender", value, value)

    def hobby(self, column: Column, value: str) -> None:
        self._detail(column, "hobby", [part.strip() for part in re.split("[;,]", value) if part.strip()], value)

    def custom(self, column: Column, value: str) -> None:
        index = (column.meaning.label or str(column.meaning.number or "")) if column.meaning else ""
        self._detail(column, f"custom_{index}" if index else "custom", value, value)

    def custom_value(self, column: Column, value: str) -> None:
        self.leftovers.append((self.label(column) or column.heading, value))

    def profile(self, column: Column, value: str) -> None:
        if column.meaning:
            self._detail(column, column.meaning.label, read_detail(value), value)

    def _detail(self, column: Column, key: str, detail: object, value: str) -> None:
        """A detail of the customer; a second column of the same name goes to the note, not over the first."""
        if self.customer.profile.setdefault(key, detail) != detail:
            self.leftovers.append((column.heading, value))

    def source_key(self, column: Column, value: str) -> None:
        self.key = self.key or value

    def flag(self, column: Column, value: str) -> None:
        target = column.meaning.target if column.meaning else ""
        if value.lower() in _YES or (target == "deceased" and is_death(value)):
            setattr(self.customer, target, True)
        elif target == "deceased" and (day := table_day(value, True, self.table.latest)):
            self.customer.deceased = True
            self.customer.dates.append(DateRecord(_("Passed away"), day))
        elif value.lower() not in ("nee", "no", "n", "0", "false", "onwaar", "nein", "falsch"):
            self.leftovers.append((column.heading, value))

    def lines(self, column: Column, value: str) -> None:
        parts = [part.strip() for part in value.split(SEPARATOR) if part.strip()]
        target = column.meaning.target if column.meaning else ""
        if target == "warnings":
            health = any(word in column.heading.lower() for word in ("allerg", "medi"))
            self.customer.warnings += [WarningRecord(part, health) for part in parts]
        else:
            attribute = {"refused": "profile_refused"}.get(target, target)
            getattr(self.customer, attribute).extend(parts)

    def leftover(self, column: Column, value: str) -> None:
        """A column that has a place only in the sheet of visits."""
        self.leftovers.append((column.heading, value))

    def left_out_cell(self, column: Column, value: str) -> None:
        """Leave out a cell about somebody's computer and not about the customer."""
        self.left_out.append(column.heading)

    def technical_cell(self, column: Column, value: str) -> None:
        """Set apart a technical cell, which Outlook fills in for everybody.

        Whether it says anything is seen when the name is known.
        """
        if value.lower() not in _SAYS_NOTHING:
            self.technical.append((column.heading, value))

    def _keep_what_says_more(self) -> None:
        """Keep technical cells that say more: "E-mail Display Name" mostly is name and address once more."""
        c = self.customer
        mails = (email.value for email in c.emails)
        names = (c.honorific, c.given_name, c.additional_names, c.prefix, c.family_name, c.suffix, c.organisation)
        known = set(words(" ".join((*names, c.display_name, *mails))))
        self.leftovers += [(heading, value) for heading, value in self.technical if not set(words(value)) <= known]

    def _addresses(self, label: str, parts: dict[str, int]) -> None:
        instead = self.table.instead
        got = {name: self.cell(place) or self.cell(instead.get(place)) for name, place in parts.items()}
        for address in addresses_of(got, label, self.table.divided, self.table.own):
            if self.table.own or address not in self.customer.addresses:
                self.customer.addresses.append(address)

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


_TAKERS = {
    "phone": RowReader.phone, "email": RowReader.email, "handle": RowReader.handle,
    "birthday": RowReader.birthday, "date": RowReader.date,
    "since": RowReader.since, "last_visit": RowReader.last_visit, "relation": RowReader.relation,
    "note": RowReader.note,
    "job": RowReader.job, "hobby": RowReader.hobby, "technical": RowReader.technical_cell,
    "labels": RowReader.labels, "gender": RowReader.gender,
    "custom": RowReader.custom,
    "custom_value": RowReader.custom_value, "profile": RowReader.profile, "key": RowReader.source_key,
    **dict.fromkeys(("deceased", "no_advertising"), RowReader.flag),
    **dict.fromkeys(("warnings", "avoid", "wishes", "refused"), RowReader.lines),
    "left_out": RowReader.left_out_cell,
    **dict.fromkeys("time visit_kind treatments amount minutes visit_staff recipe products visit_state "
    "im_service title name".split(), RowReader.leftover),
}


def steps(columns: list[Column]) -> list[Step]:
    """Steps for each cell of a row: set an attribute of the customer, or call a function; addresses come later."""
    found: list[Step] = []
    for column in columns:
        target = column.meaning.target if column.meaning else ""
        attribute, take = TEXTS.get(target, ""), _TAKERS.get(target)
        if attribute or take:
            found.append((column.place, attribute, take, column))
    return found
