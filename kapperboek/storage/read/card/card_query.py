"""One customer's card: a handful of questions, each along its index, and the words that go with the answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from kapperboek.domain.care.due_words import AHEAD_DAYS, birthday_text, expected_text, rhythm_text
from kapperboek.domain.errors import NotFound
from kapperboek.domain.labels import phase_label
from kapperboek.domain.people.phases import phase_from_dates
from kapperboek.domain.people.phones import pretty
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.time.dates import PartialDate, stored_day
from kapperboek.domain.views.card_view import Card, CardLine, ContactView, Question
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.card.card_parts import (
    Known,
    allowed,
    dates_and_birthday,
    households,
    knowledge,
    question,
    relations,
)
from kapperboek.storage.read.card.card_timeline import (
    Names,
    answers_of,
    moment,
    moments,
    open_points,
    staff_names,
    talk_points,
)
from kapperboek.storage.read.follow_up_query import of_customer
from kapperboek.storage.read.today_parts import told_elsewhere_of
from kapperboek.storage.read.visit_start import visit_start
from kapperboek.storage.records.record_columns import stored

__all__ = ["card", "moment", "visit_start"]


class _Head(NamedTuple):
    """The customer's own row beside what the card shows as it stands, with what is kept ready about them."""

    customer_id: int
    name: str
    version: int
    family_name: str
    phase_by_hand: str
    household_id: int | None
    visit_count: int
    last_visit: str | None
    rhythm_days: float | None
    expected_on: str | None
    dormant_from: str | None
    lost_from: str | None


_HEAD = (
    "SELECT t.id, t.full_name, t.version, t.family_name, t.phase_by_hand, t.household_id, coalesce(f.visit_count, 0),"
    " f.last_visit, f.rhythm_days, f.expected_on, f.dormant_from, f.lost_from"
)
_FROM = " FROM customer t LEFT JOIN customer_fact f ON f.customer_id = t.id"
_OWN_WORDS = ("phase", "household")
"""What the card tells otherwise than it was written: the phase may follow from the visits, a household has members."""


@cache
def _question_for_the_row() -> tuple[str, tuple[str, ...], Callable[[tuple[Any, ...]], list[Any]]]:
    """SQL for the head and the fields that the card shows as they stand, their names, and what reads them."""
    own = stored(CustomerRecord, tuple(name for name in Card._fields if name not in _OWN_WORDS))
    return f"{_HEAD}, {', '.join(own.select)}{_FROM}{own.joins} WHERE t.id = ?", own.names, own.from_row


def card(book: Notebook, customer_id: int, today: date) -> Card:
    """Everything the card shows on that day. Raises NotFound."""
    sql, names, from_row = _question_for_the_row()
    row = book.row(sql, (customer_id,))
    if row is None:
        raise NotFound("no-customer", _("This card is no longer there."))
    head = _Head(*row[: len(_Head._fields)])
    own = dict(zip(names, from_row(row[len(_Head._fields) :]), strict=True))
    staff = staff_names(book)
    points = talk_points(book, customer_id, staff, today)
    history, appointments = moments(book, customer_id, staff, answers_of(points), today)
    known = knowledge(book, customer_id)
    household, members = households(book, head.household_id, customer_id)
    return Card(
        **own,
        customer_id=customer_id,
        name=head.name,
        version=head.version,
        visit_count=head.visit_count,
        rhythm_days=head.rhythm_days,
        **_standing(head, own["deceased"], today),
        **_days(book, customer_id, own["deceased"], today),
        **_reach(book, customer_id),
        **_lines(book, customer_id, staff),
        firm=not (own["given_name"] or head.family_name or own["nickname"]) and bool(own["organisation"]),
        household=household,
        household_members=members,
        relations=relations(book, customer_id, today),
        talk_points=open_points(points),
        knowledge=known.lines,
        question=None if own["deceased"] else _question(book, head, own["given_name"], known, today),
        follow_ups=of_customer(book, customer_id, today),
        appointments=appointments,
        history=history,
        allowed=allowed(book, customer_id),
    )


def _question(book: Notebook, head: _Head, given_name: str, known: Known, today: date) -> Question | None:
    elsewhere = told_elsewhere_of(book, [head.customer_id], today)[head.customer_id]
    return question(known, given_name or head.name, today, elsewhere, head.customer_id)


def _standing(head: _Head, deceased: bool, today: date) -> dict[str, Any]:
    """The phase, the rhythm and what they lead one to expect."""
    last, dormant, lost = stored_day(head.last_visit), stored_day(head.dormant_from), stored_day(head.lost_from)
    phase = head.phase_by_hand or phase_from_dates(head.visit_count, last, dormant, lost, today)
    expected = stored_day(head.expected_on)
    return {
        "phase": phase,
        "phase_label": phase_label(phase),
        "rhythm_text": rhythm_text(head.rhythm_days),
        "expected_on": expected,
        "expected_text": "" if deceased else expected_text(expected, today),
    }


def _days(book: Notebook, customer_id: int, deceased: bool, today: date) -> dict[str, Any]:
    """The birthday and the other days."""
    birthday, dates = dates_and_birthday(book, customer_id)
    born = PartialDate.parse(birthday) if birthday else None
    return {
        "birthday": birthday,
        "birthday_text": birthday_text(born, today, deceased),
        "birthday_soon": _is_soon(born, today) and not deceased,
        "dates": dates,
    }


def _is_soon(birthday: PartialDate | None, today: date) -> bool:
    return birthday is not None and (birthday.next_on_or_after(today) - today).days <= AHEAD_DAYS


def _lines(book: Notebook, customer_id: int, staff: Names) -> dict[str, Any]:
    found: dict[str, list[CardLine]] = {"warning": [], "avoid": [], "wish": []}
    sql = "SELECT id, kind, text, made_on, staff_id FROM card_line WHERE customer_id = ? ORDER BY kind, position, id"
    for line_id, kind, text, made_on, by in book.rows(sql, (customer_id,)):
        found.setdefault(kind, []).append(CardLine(line_id, text, stored_day(made_on), staff.get(by, "")))
    facts = book.value("SELECT count(*) FROM sensitive_fact WHERE customer_id = ?", (customer_id,))
    return {
        "warnings": tuple(found["warning"]),
        "avoid": tuple(found["avoid"]),
        "wishes": tuple(found["wish"]),
        "health_facts": facts,
    }


def _reach(book: Notebook, customer_id: int) -> dict[str, Any]:
    sql = "SELECT kind, value, canonical, label FROM contact_point WHERE customer_id = ? ORDER BY position, id"
    home = str(book.get_setting("region", "NL"))
    contacts = tuple(
        ContactView(kind, value, canonical, label, pretty(canonical or value, home) if kind == "phone" else value)
        for kind, value, canonical, label in book.rows(sql, (customer_id,))
    )
    sql = (
        "SELECT street, number, postcode, place, region, country"
        " FROM address WHERE customer_id = ? ORDER BY position, id"
    )
    addresses = tuple(_one_line(*row) for row in book.rows(sql, (customer_id,)))
    return {"contacts": contacts, "addresses": addresses}


def _one_line(street: str, number: str, postcode: str, place: str, region: str, country: str) -> str:
    """An address on one line; the home country is not worth saying."""
    abroad = country if country.upper() not in ("", "NL", "NEDERLAND", "NETHERLANDS") else ""
    parts = (f"{street} {number}", f"{postcode} {place}", region, abroad)
    return ", ".join(" ".join(part.split()) for part in parts if part.strip())
