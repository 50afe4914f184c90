"""Start of the visit dialog: everything filled in from last time."""

from __future__ import annotations

from datetime import date
from typing import Any

from kapperboek.domain.care.due_words import birthday_badge
from kapperboek.domain.errors import NotFound
from kapperboek.domain.time.dates import PartialDate
from kapperboek.domain.views.card_view import VisitStart
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.appointment_query import open_that_day, usual
from kapperboek.storage.read.card.card_parts import dates_and_birthday
from kapperboek.storage.read.card.card_timeline import open_points, staff_names, talk_points
from kapperboek.storage.records.record_rows import listed

_WORK = "SELECT id, staff_id, minutes, amount_cents, treatments, recipe, at FROM interaction WHERE customer_id = ?"


def visit_start(book: Notebook, customer_id: int, today: date, appointment_id: int = 0) -> VisitStart:
    """The last visit's work, or that of today's appointment or the one meant. Raises NotFound.

    ``at`` is now, or when an appointment of an earlier day was; ``staff_id`` is who did the last visit, 0 when nobody
    did (the window knows who is at work).
    """
    row = book.row(
        "SELECT c.full_name, c.deceased, f.rhythm_days FROM customer c"
        " LEFT JOIN customer_fact f ON f.customer_id = c.id WHERE c.id = ?",
        (customer_id,),
    )
    if row is None:
        raise NotFound("no-customer", _("This card is no longer there."))
    name, deceased, rhythm = row
    birthday, _dates = dates_and_birthday(book, customer_id)
    warnings = book.rows(
        "SELECT text FROM card_line WHERE customer_id = ? AND kind = 'warning' ORDER BY position, id", (customer_id,)
    )
    facts = book.value("SELECT count(*) FROM sensitive_fact WHERE customer_id = ?", (customer_id,))
    return VisitStart(
        customer_id=customer_id,
        name=name,
        products=(),
        talk_points=open_points(talk_points(book, customer_id, staff_names(book), today)),
        rhythm_days=rhythm,
        badge=birthday_badge(PartialDate.parse(birthday), today, bool(deceased)) if birthday else "",
        warnings=tuple(text for (text,) in warnings),
        health_facts=facts,
        usual_time=usual(book, customer_id),
        **_work(book, customer_id, today, appointment_id),
    )


def _work(book: Notebook, customer_id: int, today: date, appointment_id: int) -> dict[str, Any]:
    """Work that will be done: as last time; when something else was agreed, that, at a price yet unknown."""
    last = book.row(_WORK + " AND kind = 'visit' ORDER BY at DESC, id DESC LIMIT 1", (customer_id,))
    now = book.clock.local().strftime("%Y-%m-%dT%H:%M")
    planned = _planned(book, customer_id, today, appointment_id, now)
    _id, staff_id, minutes, cents, treatments, recipe, _at = last or (0, 0, None, None, "[]", "", "")
    work = listed(treatments)
    agreed = listed(planned[4]) if planned else ()
    if planned and agreed and agreed != work:
        work, minutes, cents = agreed, planned[2], None
    return {
        "at": planned[6] if planned and planned[6] < today.isoformat() else now,
        "staff_id": staff_id or 0,
        "treatments": work,
        "recipe": recipe,
        "minutes": minutes,
        "amount_cents": cents,
        "appointment_id": planned[0] if planned else 0,
    }


def _planned(
    book: Notebook, customer_id: int, today: date, appointment_id: int, now: str
) -> tuple[Any, ...] | None:
    """The appointment that is meant, else of today's that are open the nearest to now."""
    if appointment_id:
        sql = _WORK + " AND id = ? AND kind = 'appointment' AND at < ?"
        meant = book.row(sql, (customer_id, appointment_id, f"{today.isoformat()}U"))
        if meant is not None:
            return meant
    return book.row(f"{_WORK} AND id = ?", (customer_id, open_that_day(book, customer_id, now)))
