"""Rows of a table to customers, once ``columns`` has said what each column holds. Used by CSV, spreadsheets
and LDIF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kapperboek.domain.errors import UserError
from kapperboek.domain.people.names import words
from kapperboek.domain.records import (
    Rejected,
    SourceRecord,
)
from kapperboek.exchange.person_questions import is_somebody
from kapperboek.exchange.table.headings import Column, Row
from kapperboek.exchange.table.table_layout import Layout
from kapperboek.exchange.table.table_rows import RowReader, steps
from kapperboek.i18n import _

_TOTALS = frozenset("totaal total gesamt subtotaal subtotal som sum eindtotaal summe aantal".split())
_FOOTER = re.compile(
    r"(?:afgedrukt|geprint|printed|gedruckt|imprim|pagina|page\b|seite\b|stand\b|bron\b|source\b|export|aangemaakt|"
    r"opgesteld|gemaakt|legenda|toelichting|einde\b|end of|let op|nb\b|n\.b\.|\*|©|copyright|datum|uitgedraaid|"
    r"dit is|deze lijst|vertrouwelijk|confidential)",
    re.IGNORECASE,
)


class Table(Layout):
    """A table whose columns are known, read row by row. ``latest`` as for its layout."""

    def __init__(self, columns: list[Column], rows: Sequence[Row], latest: int = 2026) -> None:
        super().__init__(columns, rows, latest)
        self.steps = steps(self.columns)

    def record(self, row: Row, number: int, line: int | None) -> SourceRecord | Rejected:
        """The customer of a row, or why it is none."""
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and self.width > 2 and not self.own and _is_footer(filled[0]):
            return Rejected(number, line, _("This is a line above or below the list, not a customer."), _shown(filled))
        if len(filled) <= max(4, len(row) // 3) and (words(filled[0]) or [""])[0] in _TOTALS:
            return Rejected(number, line, _("This is a row of totals, not a customer."), _shown(filled))
        reader = RowReader(self, row, self.steps)
        customer = reader.read()
        key = reader.key or customer.uid or customer.number
        known = key and (customer.birthday or customer.addresses)
        if not (known or is_somebody(customer) or customer.initials or customer.uid):
            reason = _("There is no name, firm, telephone number or e-mail address in this row.")
            return Rejected(number, line, reason, _shown(filled))
        return SourceRecord(customer, number, line, key, reader.remarks, reader.left_out)


def _is_footer(text: str) -> bool:
    """Tell whether a text that stands alone in its row is a footer and no name: "Afgedrukt op 1-11-2026"."""
    plain = text.strip()
    said = plain.split()
    return bool(_FOOTER.match(plain)) or (len(said) > 2 and any(map(str.isdigit, plain)) and "@" not in plain)


def _shown(cells: list[str]) -> str:
    return " | ".join(cell.strip() for cell in cells)[:500]


def no_list_of_customers(name: str) -> UserError:
    """Error for a letter, a price list or a bank statement, to be raised."""
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
