"""The sheet of visits in a workbook: which sheet it is, and its rows as contacts of the customers by their
number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kapperboek.domain.records import CONTACT_KINDS, CustomerRecord, InteractionRecord, Rejected
from kapperboek.exchange.table.columns import Layout
from kapperboek.exchange.table.headings import Column, Row
from kapperboek.exchange.table.table_days import day_first, table_moment
from kapperboek.i18n import _

_SIGNS = frozenset(("treatments", "amount", "minutes", "recipe", "products", "visit_kind", "visit_staff"))
_NAMES = frozenset(("given", "family", "display", "email", "phone", "birthday"))
_AMOUNT = re.compile(r"-?\d+(?:[.,]\d+)*")


def is_visits(columns: list[Column]) -> bool:
    """Tell whether these are the columns of visits: a day, something that was done, and a customer's number."""
    said = {column.meaning.target for column in columns if column.meaning}
    return bool(
        "date" in said and said & {"number", "uid", "key"} and said & _SIGNS and not said & (_NAMES - {"display"})
    )


@dataclass(slots=True)
class Visits:
    """The contacts of a workbook by the customer's uid or number, and the rows that were none."""

    by_key: dict[str, list[InteractionRecord]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    rows: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # key → row and its text, to report strangers

    def read(self, plan: Layout, rows: Sequence[Row]) -> None:
        """Add the rows of one sheet."""
        body = rows[plan.first_row :]
        places = {c.meaning.target: c.place for c in reversed(plan.columns) if c.meaning}
        unknown = [c for c in plan.columns if not c.meaning]
        date_place = places["date"]
        first = day_first([[row[date_place] for row in body if date_place < len(row)]])[0]
        for line, row in enumerate(body, plan.first_row + 2 if plan.first_row else 1):
            filled = [cell.strip() for cell in row if cell.strip()]
            if filled:
                self._read_row(row, places, unknown, first, (line - 1, " | ".join(filled)[:500]))

    def _read_row(
        self, row: Row, places: dict[str, int], unknown: list[Column], first: bool, where: tuple[int, str]
    ) -> None:
        got = {target: row[place].strip() for target, place in places.items() if place < len(row)}
        key = got.get("uid") or got.get("number") or got.get("key") or ""
        when = " ".join(filter(None, (got.get("date", ""), got.get("time", ""))))
        at = table_moment(when, first, 2100) or table_moment(got["date"], first, 2100) if got.get("date") else None
        if not key or not at:
            reason = _("This visit has no customer number.") if at else _("This visit has no day that exists.")
            self.rejected.append(Rejected(where[0], where[0], reason, where[1]))
            return
        visit = InteractionRecord(_kind(got.get("visit_kind", "")), at, got.get("visit_staff") or got.get("staff", ""))
        notes = [got.get("note", "")] + [
            f"{c.heading}: {row[c.place].strip()}" for c in unknown if c.place < len(row) and row[c.place].strip()
        ]
        minutes, amount = got.get("minutes", ""), _amount(got.get("amount", ""))
        if minutes.isdecimal() and len(minutes) < 5:
            visit.minutes = int(minutes)
        elif minutes:
            notes.append(_("Minutes: {text}").format(text=minutes))
        if amount is None:
            notes.append(_("Amount: {text}").format(text=got["amount"]))
        visit.amount = amount or None
        visit.treatments = [part for part in re.split(r"\s\+\s", got.get("treatments", "")) if part]
        visit.products = [part for part in re.split(r"\s\+\s", got.get("products", "")) if part]
        visit.recipe, visit.state = got.get("recipe", ""), got.get("visit_state", "")
        visit.note = "\n".join(note for note in notes if note)
        self.by_key.setdefault(key, []).append(visit)
        self.rows.setdefault(key, []).append(where)

    def join(self, customer: CustomerRecord) -> None:
        """Give the customer the visits that carry their uid or number."""
        for key in (customer.uid, customer.number):
            visits = self.by_key.pop(key, None) if key else None
            if visits is None:
                continue
            for known in customer.interactions[:]:  # "last visit" says nothing new, except perhaps the time
                same = [visit for visit in visits if visit.at[:10] == known.at[:10]]
                if same and same[0].at.endswith("T00:00"):
                    same[0].at = known.at
                if same:
                    customer.interactions.remove(known)
            customer.interactions += visits

    def strangers(self) -> list[Rejected]:
        """The visits nobody was found for."""
        reason = _("This visit is of a customer number that is not among the customers.")
        return [Rejected(row, row, reason, text) for key in self.by_key for row, text in self.rows[key]]


def _kind(text: str) -> str:
    return text if text in CONTACT_KINDS else "visit"


def _amount(text: str) -> str | None:
    """Amount in a cell, ``€ 42,50`` or ``1.234,5``, as decimal text; empty for nothing, None when it is no amount."""
    found = _AMOUNT.search(text.replace("\u00a0", " ").replace(",-", "").replace(",--", ""))
    if not text:
        return ""
    if not found or len(found[0]) > 20 or re.search(r"\d\s+\d", text):
        return None
    whole, mark, cents = re.fullmatch(r"(-?[\d.,]*?)(?:([.,])(\d{1,2}))?", found[0]).groups()  # type: ignore[union-attr]
    plain = whole.replace(".", "").replace(",", "") or "0"
    return f"{int(plain)}.{(cents or '0').ljust(2, '0')}" if mark or plain else None
