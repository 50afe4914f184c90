"""One customer's card: a handful of questions, each along its index, and the words that go with the answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from kapperboek.domain.dates import PartialDate
from kapperboek.domain.due_words import AHEAD_DAYS, birthday_badge, birthday_text, expected_text, rhythm_text
from kapperboek.domain.errors import NotFound
from kapperboek.domain.phases import label, phase_from_dates
from kapperboek.domain.talk_points import is_due
from kapperboek.domain.views.card import Card, CardLine, ContactView, Moment, TalkPointView, VisitStart
from kapperboek.i18n import _
from kapperboek.storage.queries.card_parts import (
    allowed,
    dates_and_birthday,
    households,
    knowledge,
    question,
    relations,
)
from kapperboek.storage.queries.follow_ups import of_customer
from kapperboek.storage.record_rows import listed

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook

Answers = dict[int, list[tuple[str, str]]]

_CUSTOMER = (
    "SELECT c.id, c.uid, c.number, c.full_name, c.given_name, c.version, c.deceased, c.no_advertising, c.organisation,"
    " c.department, c.nickname, c.family_name, c.customer_since, c.phase_by_hand, c.preferred_channel,"
    " coalesce(s.name, ''), c.household_id, c.note, f.visit_count, f.last_visit, f.rhythm_days, f.expected_on,"
    " f.dormant_from, f.lost_from FROM customer c LEFT JOIN staff s ON s.id = c.regular_staff_id"
    " LEFT JOIN customer_fact f ON f.customer_id = c.id WHERE c.id = ?"
)
_MOMENT_COLUMNS = (
    "SELECT id, kind, at, staff_id, minutes, amount_cents, treatments, recipe, products, note, state, version"
    " FROM interaction WHERE "
)
_TALK_POINT_COLUMNS = (
    "SELECT id, text, made_on, staff_id, not_before, state, outcome, closed_at, closed_by_id, closed_in_id, version"
    " FROM talk_point WHERE customer_id = ?"
)


def card(book: Notebook, customer_id: int, today: date) -> Card:
    """Everything the card shows on that day. Raises NotFound."""
    row = book.row(_CUSTOMER, (customer_id,))
    if row is None:
        raise NotFound("no-customer", _("This card is no longer there."))
    (
        _id,
        uid,
        number,
        name,
        given_name,
        version,
        deceased,
        no_advertising,
        organisation,
        department,
        nickname,
        family,
        since,
        by_hand,
        channel,
        regular,
        household_id,
        note,
        visits,
        last_visit,
        rhythm,
        expected,
        dormant,
        lost,
    ) = row
    staff = staff_names(book)
    points = _talk_points(book, customer_id, staff, today)
    history, appointments = _moments(book, customer_id, staff, _answers(points), today)
    lines = _lines(book, customer_id, staff)
    birthday, dates = dates_and_birthday(book, customer_id)
    born = PartialDate.parse(birthday) if birthday else None
    known = knowledge(book, customer_id)
    expected_on = _day(expected)
    phase = by_hand or phase_from_dates(visits or 0, _day(last_visit), _day(dormant), _day(lost), today)
    household, members = households(book, household_id, customer_id)
    contacts, addresses = _reach(book, customer_id)
    return Card(
        customer_id=customer_id,
        uid=uid,
        number=number,
        name=name,
        given_name=given_name,
        version=version,
        deceased=bool(deceased),
        no_advertising=bool(no_advertising),
        firm=not (given_name or family or nickname) and bool(organisation),
        organisation=organisation,
        department=department,
        nickname=nickname,
        customer_since=since,
        birthday=birthday,
        birthday_text=birthday_text(born, today, bool(deceased)),
        birthday_soon=_is_soon(born, today) and not deceased,
        phase=phase,
        phase_label=label(phase),
        preferred_channel=channel,
        regular_staff=regular,
        household=household,
        household_members=members,
        contacts=contacts,
        addresses=addresses,
        dates=dates,
        relations=relations(book, customer_id, today),
        warnings=lines["warning"],
        avoid=lines["avoid"],
        wishes=lines["wish"],
        talk_points=_open_points(points),
        knowledge=known.lines,
        question=None if deceased else question(known, given_name or name, today),
        follow_ups=of_customer(book, customer_id, today),
        appointments=appointments,
        history=history,
        note=note,
        visit_count=visits or 0,
        rhythm_days=rhythm,
        rhythm_text=rhythm_text(rhythm),
        expected_on=expected_on,
        expected_text="" if deceased else expected_text(expected_on, today),
        allowed=allowed(book, customer_id, bool(no_advertising)),
    )


def moment(book: Notebook, moment_id: int) -> Moment:
    """One contact moment, with the talk points discussed in it. Raises NotFound."""
    row = book.row(_MOMENT_COLUMNS + "id = ?", (moment_id,))
    if row is None:
        raise NotFound("gone", _("This is no longer there. Perhaps a colleague removed it."))
    sql = (
        "SELECT text, outcome FROM talk_point WHERE closed_in_id = ?"
        " AND customer_id = (SELECT customer_id FROM interaction WHERE id = ?)"
    )
    answers = [(text, outcome) for text, outcome in book.rows(sql + " ORDER BY id", (moment_id, moment_id))]
    return _moment(row, staff_names(book), {moment_id: answers})


def visit_start(book: Notebook, customer_id: int, today: date) -> VisitStart:
    """What the visit dialog opens with: the last visit's work, or that of today's appointment. Raises NotFound.

    ``at`` is now; ``staff_id`` is who did the last visit, 0 when nobody did (the window knows who is at work).
    """
    row = book.row(
        "SELECT c.full_name, c.deceased, f.rhythm_days FROM customer c"
        " LEFT JOIN customer_fact f ON f.customer_id = c.id"
        " WHERE c.id = ?",
        (customer_id,),
    )
    if row is None:
        raise NotFound("no-customer", _("This card is no longer there."))
    name, deceased, rhythm = row
    columns = (
        "SELECT id, staff_id, minutes, amount_cents, treatments, recipe, products"
        " FROM interaction WHERE customer_id = ?"
    )
    last = book.row(columns + " AND kind = 'visit' ORDER BY at DESC, id DESC LIMIT 1", (customer_id,))
    planned = book.row(
        columns + " AND at >= ? AND at < ? AND kind = 'appointment' AND state = '' ORDER BY at, id LIMIT 1",
        (customer_id, today.isoformat(), f"{today.isoformat()}U"),
    )
    _visit_id, staff_id, minutes, cents, treatments, recipe, _products = last or (
        0,
        0,
        None,
        None,
        "[]",
        "",
        "[]",
    )
    work = listed(treatments)
    if planned is not None and listed(planned[4]) and listed(planned[4]) != work:
        work, minutes, cents = listed(planned[4]), planned[2], None
    birthday, _dates = dates_and_birthday(book, customer_id)
    points = _open_points(_talk_points(book, customer_id, staff_names(book), today))
    warnings = book.rows(
        "SELECT text FROM card_line WHERE customer_id = ? AND kind = 'warning' ORDER BY position, id",
        (customer_id,),
    )
    return VisitStart(
        customer_id=customer_id,
        name=name,
        at=book.clock.local().strftime("%Y-%m-%dT%H:%M"),
        staff_id=staff_id or 0,
        treatments=work,
        recipe=recipe,
        products=(),
        minutes=minutes,
        amount_cents=cents,
        talk_points=points,
        rhythm_days=rhythm,
        badge=birthday_badge(PartialDate.parse(birthday), today, bool(deceased)) if birthday else "",
        warnings=tuple(text for (text,) in warnings),
        appointment_id=planned[0] if planned else 0,
    )


def staff_names(book: Notebook) -> dict[int | None, str]:
    """The names of the staff by id; nobody is the empty name."""
    names: dict[int | None, str] = {None: ""}
    names.update((row_id, name) for row_id, name in book.rows("SELECT id, name FROM staff"))
    return names


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_soon(birthday: PartialDate | None, today: date) -> bool:
    return birthday is not None and (birthday.next_on_or_after(today) - today).days <= AHEAD_DAYS


def _talk_points(book: Notebook, customer_id: int, staff: dict[int | None, str], today: date) -> list[TalkPointView]:
    """All of them, in the order they were made."""
    found = []
    for row in book.rows(_TALK_POINT_COLUMNS + " ORDER BY id", (customer_id,)):
        point_id, text, made_on, by, not_before, state, outcome, closed_at, closer, closed_in, version = row
        later = _day(not_before)
        found.append(
            TalkPointView(
                point_id, text, date.fromisoformat(made_on[:10]), staff.get(by, ""), later, state, outcome, closed_at,
                staff.get(closer, ""), closed_in or 0, is_due(state, later, today), version,
            )
        )  # fmt: skip
    return found


def _open_points(points: Iterable[TalkPointView]) -> tuple[TalkPointView, ...]:
    """Those that may be brought up now, then those to come, soonest first."""
    still = [point for point in points if point.state == "open"]
    return tuple(
        sorted(
            still,
            key=lambda point: (not point.due, (not point.due and point.not_before) or date.min, point.id),
        )
    )


def _answers(points: Iterable[TalkPointView]) -> Answers:
    found: Answers = defaultdict(list)
    for point in points:
        if point.closed_in and point.state == "discussed":
            found[point.closed_in].append((point.text, point.outcome))
    return found


def _moment(row: tuple[Any, ...], staff: dict[int | None, str], answers: Answers) -> Moment:
    moment_id, kind, at, by, minutes, cents, treatments, recipe, products, note, state, version = row
    return Moment(
        moment_id,
        kind,
        at,
        staff.get(by, ""),
        minutes,
        cents,
        listed(treatments),
        recipe,
        listed(products),
        note,
        state,
        tuple(answers.get(moment_id, ())),
        version,
    )


def _moments(
    book: Notebook, customer_id: int, staff: dict[int | None, str], answers: Answers, today: date
) -> tuple[tuple[Moment, ...], tuple[Moment, ...]]:
    """(history, newest first; appointments from today on, soonest first)."""
    start = today.isoformat()
    history: list[Moment] = []
    planned: list[Moment] = []
    for row in book.rows(_MOMENT_COLUMNS + "customer_id = ? ORDER BY at DESC, id DESC", (customer_id,)):
        found = _moment(row, staff, answers)
        coming = found.kind == "appointment" and not found.state and found.at >= start
        (planned if coming else history).append(found)
    return tuple(history), tuple(reversed(planned))


def _lines(book: Notebook, customer_id: int, staff: dict[int | None, str]) -> dict[str, tuple[CardLine, ...]]:
    found: dict[str, list[CardLine]] = {"warning": [], "avoid": [], "wish": []}
    sql = (
        "SELECT id, kind, text, health, made_on, staff_id FROM card_line"
        " WHERE customer_id = ? ORDER BY kind, position, id"
    )
    for line_id, kind, text, health, made_on, by in book.rows(sql, (customer_id,)):
        found.setdefault(kind, []).append(CardLine(line_id, text, bool(health), _day(made_on), staff.get(by, "")))
    return {kind: tuple(lines) for kind, lines in found.items()}


def _reach(book: Notebook, customer_id: int) -> tuple[tuple[ContactView, ...], tuple[str, ...]]:
    sql = "SELECT kind, value, canonical, label FROM contact_point WHERE customer_id = ? ORDER BY position, id"
    contacts = tuple(ContactView(*row) for row in book.rows(sql, (customer_id,)))
    sql = (
        "SELECT street, number, postcode, place, region, country"
        " FROM address WHERE customer_id = ? ORDER BY position, id"
    )
    return contacts, tuple(_one_line(*row) for row in book.rows(sql, (customer_id,)))


def _one_line(street: str, number: str, postcode: str, place: str, region: str, country: str) -> str:
    """An address on one line; the home country is not worth saying."""
    abroad = country if country.upper() not in ("", "NL", "NEDERLAND", "NETHERLANDS") else ""
    parts = (f"{street} {number}", f"{postcode} {place}", region, abroad)
    return ", ".join(" ".join(part.split()) for part in parts if part.strip())
