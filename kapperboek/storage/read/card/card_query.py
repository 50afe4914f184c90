"""One customer's card: a handful of questions, each along its index, and the words that go with the answers."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from kapperboek.domain.care.due_words import AHEAD_DAYS, birthday_text, expected_text, rhythm_text
from kapperboek.domain.errors import NotFound
from kapperboek.domain.labels import phase_label
from kapperboek.domain.people.phases import phase_from_dates
from kapperboek.domain.people.phones import pretty
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

__all__ = ["card", "moment", "visit_start"]


class _Head(NamedTuple):
    """The customer's own row, with what is kept ready about them."""

    customer_id: int
    uid: str
    number: str
    name: str
    given_name: str
    version: int
    deceased: int
    no_advertising: int
    organisation: str
    department: str
    nickname: str
    family_name: str
    customer_since: str | None
    phase_by_hand: str
    preferred_channel: str
    regular_staff: str
    household_id: int | None
    note: str
    visit_count: int
    last_visit: str | None
    rhythm_days: float | None
    expected_on: str | None
    dormant_from: str | None
    lost_from: str | None


_CUSTOMER = (
    "SELECT c.id, c.uid, c.number, c.full_name, c.given_name, c.version, c.deceased, c.no_advertising, c.organisation,"
    " c.department, c.nickname, c.family_name, c.customer_since, c.phase_by_hand, c.preferred_channel,"
    " coalesce(s.name, ''), c.household_id, c.note, coalesce(f.visit_count, 0), f.last_visit, f.rhythm_days,"
    " f.expected_on, f.dormant_from, f.lost_from FROM customer c LEFT JOIN staff s ON s.id = c.regular_staff_id"
    " LEFT JOIN customer_fact f ON f.customer_id = c.id WHERE c.id = ?"
)
_AS_THEY_STAND = (
    "customer_id", "uid", "number", "name", "given_name", "version", "organisation", "department", "nickname",
    "customer_since", "preferred_channel", "regular_staff", "note", "visit_count", "rhythm_days",
)  # fmt: skip


def card(book: Notebook, customer_id: int, today: date) -> Card:
    """Everything the card shows on that day. Raises NotFound."""
    row = book.row(_CUSTOMER, (customer_id,))
    if row is None:
        raise NotFound("no-customer", _("This card is no longer there."))
    head = _Head(*row)
    staff = staff_names(book)
    points = talk_points(book, customer_id, staff, today)
    history, appointments = moments(book, customer_id, staff, answers_of(points), today)
    known = knowledge(book, customer_id)
    household, members = households(book, head.household_id, customer_id)
    return Card(
        **{name: getattr(head, name) for name in _AS_THEY_STAND},
        **_standing(head, today),
        **_days(book, head, today),
        **_reach(book, customer_id),
        **_lines(book, customer_id, staff),
        deceased=bool(head.deceased),
        no_advertising=bool(head.no_advertising),
        firm=not (head.given_name or head.family_name or head.nickname) and bool(head.organisation),
        household=household,
        household_members=members,
        relations=relations(book, customer_id, today),
        talk_points=open_points(points),
        knowledge=known.lines,
        question=None if head.deceased else _question(book, head, known, today),
        follow_ups=of_customer(book, customer_id, today),
        appointments=appointments,
        history=history,
        allowed=allowed(book, customer_id),
    )


def _question(book: Notebook, head: _Head, known: Known, today: date) -> Question | None:
    elsewhere = told_elsewhere_of(book, [head.customer_id], today)[head.customer_id]
    return question(known, head.given_name or head.name, today, elsewhere, head.customer_id)


def _standing(head: _Head, today: date) -> dict[str, Any]:
    """The phase, the rhythm and what they lead one to expect."""
    last, dormant, lost = stored_day(head.last_visit), stored_day(head.dormant_from), stored_day(head.lost_from)
    phase = head.phase_by_hand or phase_from_dates(head.visit_count, last, dormant, lost, today)
    expected = stored_day(head.expected_on)
    return {
        "phase": phase,
        "phase_label": phase_label(phase),
        "rhythm_text": rhythm_text(head.rhythm_days),
        "expected_on": expected,
        "expected_text": "" if head.deceased else expected_text(expected, today),
    }


def _days(book: Notebook, head: _Head, today: date) -> dict[str, Any]:
    """The birthday and the other days."""
    birthday, dates = dates_and_birthday(book, head.customer_id)
    born = PartialDate.parse(birthday) if birthday else None
    return {
        "birthday": birthday,
        "birthday_text": birthday_text(born, today, bool(head.deceased)),
        "birthday_soon": _is_soon(born, today) and not head.deceased,
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
