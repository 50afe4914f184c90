"""Appointments: what stands in the book around a moment, and what the dialog of one opens with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from kapperboek.domain.errors import NotFound
from kapperboek.domain.time.appointment_fit import Taken, usual_time
from kapperboek.domain.time.closing_days import ClosingDays, closing_days
from kapperboek.domain.time.rhythm import suggestion
from kapperboek.domain.views.appointment_view import AppointmentStart
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.today_parts import talk_points_due
from kapperboek.storage.records.record_rows import listed

_ONE = "SELECT at, minutes, treatments, coalesce(staff_id, 0), note, state, version FROM interaction"


def closed(book: Notebook) -> ClosingDays:
    """Closing days of the shop."""
    return closing_days(book.get_setting("closed_weekdays", []), book.get_setting("closed_dates", []))


def taken(book: Notebook, day: date) -> list[Taken]:
    """The open appointments of that day, and of the evening before and the morning after it."""
    try:
        first, last = day - timedelta(days=1), day + timedelta(days=2)
    except OverflowError:
        first, last = day, date.max
    rows = book.rows(
        "SELECT x.id, x.customer_id, c.full_name, x.at, x.minutes, coalesce(x.staff_id, 0), coalesce(s.name, '')"
        " FROM interaction x JOIN customer c ON c.id = x.customer_id LEFT JOIN staff s ON s.id = x.staff_id"
        " WHERE x.kind = 'appointment' AND x.at >= ? AND x.at < ? AND x.state = '' ORDER BY x.at, x.id",
        (first.isoformat(), last.isoformat()),
    )
    return [Taken(*row) for row in rows]


def open_that_day(book: Notebook, customer_id: int, at: str) -> int:
    """The customer's open appointment on the day of a moment, of several the nearest to it; 0 when there is none."""
    day, moment = at[:10], datetime.fromisoformat(at)
    rows = book.rows(
        "SELECT id, at FROM interaction WHERE customer_id = ? AND at >= ? AND at < ? AND kind = 'appointment'"
        " AND state = ''",
        (customer_id, day, f"{day}U"),
    )
    return min(((abs(datetime.fromisoformat(planned) - moment), id) for id, planned in rows), default=(None, 0))[1]


def staff_member(book: Notebook, staff_id: int) -> tuple[str, bool]:
    """Name of somebody of the staff, and whether they work here still; nobody is the empty name."""
    name, active = book.row("SELECT name, active FROM staff WHERE id = ?", (staff_id,)) or ("", True)
    return str(name), bool(active)


def usual(book: Notebook, customer_id: int) -> str:
    """The time of day this customer usually comes."""
    visits: list[str] = []
    agreed: list[str] = []
    rows = book.rows(
        "SELECT at, kind FROM interaction WHERE customer_id = ? AND (kind = 'visit' OR kind = 'appointment'"
        " AND state <> 'cancelled') ORDER BY at, id",
        (customer_id,),
    )
    for at, kind in rows:
        (visits if kind == "visit" else agreed).append(at)
    return usual_time(visits, agreed)


def start(book: Notebook, customer_id: int, today: date) -> AppointmentStart:
    """A new one: the day of the customer's own rhythm, the usual time, with whom they usually come. NotFound."""
    head = _head(book, customer_id)
    sql = _ONE + " WHERE customer_id = ? AND kind = 'visit' ORDER BY at DESC, id DESC LIMIT 1"
    last = book.row(sql, (customer_id,))
    expected = date.fromisoformat(head["expected"]) if head["expected"] else suggestion(None, today)[1]
    planned = date.fromisoformat(head["planned"][:10]) if head["planned"] else date.min
    if planned >= today:  # they come before that already: the one after it
        expected = max(expected, suggestion(head["rhythm"], planned)[1])
    day = closed(book).next_open(max(expected, today + timedelta(days=1)))
    _at, minutes, treatments, last_staff, *_rest = last or ("", None, "[]", 0)
    return _start(
        book,
        head,
        at=f"{day.isoformat()}T{usual(book, customer_id)}",
        minutes=minutes,
        treatments=listed(treatments),
        staff_id=head["regular"] or _still_here(book, last_staff),
    )


def _still_here(book: Notebook, staff_id: int) -> int:
    return int(book.value("SELECT id FROM staff WHERE id = ? AND active = 1", (staff_id,)) or 0)


def made(book: Notebook, moment_id: int) -> AppointmentStart:
    """One that was made, as it stands. NotFound."""
    row = book.row(_ONE.replace(" FROM", ", customer_id FROM") + " WHERE id = ?", (moment_id,))
    if row is None:
        raise NotFound("gone", _("This is no longer there. Perhaps a colleague removed it."))
    at, minutes, treatments, staff_id, note, state, version, customer_id = row
    head = _head(book, customer_id)
    return _start(
        book, head, at=at, minutes=minutes, treatments=listed(treatments), staff_id=staff_id, note=note, state=state,
        version=version,
    )


def _head(book: Notebook, customer_id: int) -> dict[str, Any]:
    row = book.row(
        "SELECT c.id, c.full_name, f.expected_on, s.id, f.rhythm_days, f.last_appointment"
        " FROM customer c LEFT JOIN customer_fact f ON f.customer_id = c.id"
        " LEFT JOIN staff s ON s.id = c.regular_staff_id AND s.active = 1 WHERE c.id = ?",
        (customer_id,),
    )
    if row is None:
        raise NotFound("no-customer", _("This card is no longer there."))
    return dict(zip(("id", "name", "expected", "regular", "rhythm", "planned"), row, strict=True))


def _start(book: Notebook, head: dict[str, Any], *, at: str, **more: Any) -> AppointmentStart:
    customer_id = head["id"]
    warnings = book.rows(
        "SELECT text FROM card_line WHERE customer_id = ? AND kind = 'warning' ORDER BY position, id", (customer_id,)
    )
    facts = book.value("SELECT count(*) FROM sensitive_fact WHERE customer_id = ?", (customer_id,))
    return AppointmentStart(
        customer_id=customer_id,
        name=head["name"],
        at=at,
        warnings=tuple(text for (text,) in warnings),
        health_facts=facts,
        talk_points=talk_points_due(book, [customer_id], book.clock.today()).get(customer_id, ()),
        **{"note": "", "state": "", **more},
    )
