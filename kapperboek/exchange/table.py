"""Rows of a table to customers, once ``columns`` has said what each column holds. Used by CSV, spreadsheets
and LDIF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kapperboek.domain.errors import UserError
from kapperboek.domain.names import words
from kapperboek.domain.records import (
    Rejected,
    SourceRecord,
)  # fmt: skip
from kapperboek.exchange.headings import ADDRESS_TARGETS, Column, Row
from kapperboek.exchange.people import is_somebody
from kapperboek.exchange.table_days import day_first
from kapperboek.exchange.table_phones import are_dutch
from kapperboek.exchange.table_rows import RowReader, steps
from kapperboek.i18n import _

_TOTALS = frozenset("totaal total gesamt subtotaal subtotal som sum eindtotaal summe aantal".split())
_EMPTY: frozenset[str] = frozenset("- -- --- – — . N/A n/a NULL null n.v.t. nvt #N/A #N/B".split())  # says nothing
_FOOTER = re.compile(
    r"(?:afgedrukt|geprint|printed|gedruckt|imprim|pagina|page\b|seite\b|stand\b|bron\b|source\b|export|aangemaakt|"
    r"opgesteld|gemaakt|legenda|toelichting|einde\b|end of|let op|nb\b|n\.b\.|\*|©|copyright|datum|uitgedraaid|"
    r"dit is|deze lijst|vertrouwelijk|confidential)",
    re.IGNORECASE,
)
_WITH_TYPE = {"phone": "phone_type", "email": "email_type", "handle": "handle_type",
    "relation": "relation_type", "date": "date_type",
              "custom_value": "custom_type"}  # fmt: skip


class Table:
    """A table whose columns are known. ``latest`` is the last year that two digits of a birthday can mean."""

    def __init__(self, columns: list[Column], rows: Sequence[Row], latest: int = 2026) -> None:
        self.columns = [column for column in columns if column.meaning]
        self.unknown = [column for column in columns if not column.meaning]
        self.latest = latest
        self.width = len(columns)
        self.own = any(c.meaning.target == "uid" for c in self.columns if c.meaning)  # a file that we wrote
        self.empty = frozenset() if self.own else _EMPTY
        self.steps = steps(self.columns)
        self.types = self._types()
        self.instead: dict[int, int] = {}  # the place of a part of an address → the column to look in when it is empty
        self.addresses = self._addresses()
        self.divided = any(
            c.meaning.target in ("house", "uid") for c in self.columns if c.meaning
        )
        self.birth_parts = {
            c.meaning.target: c.place for c in self.columns if c.meaning and c.meaning.target.startswith("birth_")
        }
        days = [
            c
            for c in self.columns
            if c.meaning and c.meaning.target in ("birthday", "date", "last_visit", "since", "relation_birthday")
        ]
        orders = day_first([row[c.place] for row in rows if c.place < len(row)] for c in days)
        self.day_first = {c.place: first for c, first in zip(days, orders, strict=True)}
        phones = [c.place for c in self.columns if c.meaning and c.meaning.target == "phone"]
        self.dutch = are_dutch(row[p].strip() for row in rows for p in phones if p < len(row))

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
        parts = [c for c in self.columns if c.meaning and c.meaning.target in ADDRESS_TARGETS]
        keys = dict.fromkeys((c.meaning.label, c.meaning.number) for c in parts if c.meaning)
        groups: list[tuple[tuple[str, int], dict[str, int]]] = [(key, {}) for key in keys]
        by_key = dict(groups)
        for column in parts:
            if column.meaning:
                place = by_key[column.meaning.label, column.meaning.number].setdefault(
                    column.meaning.target, column.place
                )
                if place != column.place and column.meaning.target == "house":  # "toevoeging" beside "huisnummer"
                    place = by_key[column.meaning.label, column.meaning.number].setdefault(
                        "house_addition", column.place
                    )
                if place != column.place:  # said twice: what stands in the second column goes to the note
                    self.unknown.append(column)
                    self.instead.setdefault(place, column.place)
        for key, places in [] if self.own else groups[:]:  # "Straat 2" alone is the second line of an address
            first = next((other for name, other in groups if name == (key[0], 0)), None)
            line = next((line for line in ("street2", "street3") if first is not None and line not in first), "")
            if key[1] and first is not None and line and set(places) in ({"street"}, {"address"}):
                first[line] = places.popitem()[1]
                groups.remove((key, places))
        return [(key[0], places) for key, places in groups]

    def record(self, row: Row, number: int, line: int | None) -> SourceRecord | Rejected:
        """The customer of a row, or why it is none."""
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and self.width > 2 and not self.own and _is_footer(filled[0]):
            return Rejected(number, line, _("This is a line above or below the list, not a customer."), _shown(filled))
        if len(filled) <= max(4, len(row) // 3) and (words(filled[0]) or [""])[0] in _TOTALS:
            return Rejected(number, line, _("This is a row of totals, not a customer."), _shown(filled))
        reader = RowReader(self, row)
        customer = reader.read()
        key = reader.key or customer.uid or customer.number
        known = key and (customer.birthday or customer.addresses)
        if not (known or is_somebody(customer) or customer.initials or customer.uid):
            reason = _("There is no name, firm, telephone number or e-mail address in this row.")
            return Rejected(number, line, reason, _shown(filled))
        return SourceRecord(customer, number, line, key, reader.remarks, reader.left_out)


def _is_footer(text: str) -> bool:
    """Whether a text that stands alone in its row is no name: "Afgedrukt op 1-11-2026"."""
    plain = text.strip()
    said = plain.split()
    return bool(_FOOTER.match(plain)) or (len(said) > 2 and any(map(str.isdigit, plain)) and "@" not in plain)


def _shown(cells: list[str]) -> str:
    return " | ".join(cell.strip() for cell in cells)[:500]


def no_list_of_customers(name: str) -> UserError:
    """What to say of a letter, a price list or a bank statement."""
    text = _("{name} is not a list of customers: it has no columns of names, telephone numbers or e-mail addresses.")
    advice = _("If it is one after all, write headings above the columns, such as First name, Last name and Phone.")
    return UserError("no-customers", f"{text.format(name=name)} {advice}")


def customers(
    columns: list[Column], rows: Sequence[tuple[int | None, Row]], latest: int
) -> Iterator[SourceRecord | Rejected]:
    """Every filled row of the table, with the line it stands on, as a customer or rejected."""
    table = Table(columns, [row for _line, row in rows], latest)
    headings = [column.heading for column in columns]
    number = 0
    for line, row in rows:
        if any(cell and not cell.isspace() for cell in row):
            number += 1
            if row[0] == headings[0] and [cell.strip() for cell in row] == headings:
                yield Rejected(number, line, _("The headings stand here once more."), _shown(list(row)))
            else:
                yield table.record(row, number, line)
