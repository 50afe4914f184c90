"""Contact moments: what happened with a customer, and what will happen.

A visit and all that comes of it (talk points ticked off, new ones, a follow-up, today's appointment, the draft) is one
unit of work, and so one Ctrl+Z.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kapperboek.domain.care import talk_points
from kapperboek.domain.errors import UserError
from kapperboek.domain.labels import kind_label
from kapperboek.domain.records import CONTACT_KINDS
from kapperboek.domain.views.card_view import VisitStart
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services.drafts import finished
from kapperboek.services.inputs import ContactInput, NewFollowUp, NewPoint, TalkDecision, VisitInput
from kapperboek.services.moments.appointments import (
    add_appointment,
    cancel_appointment,
    next_appointment,
    replace_appointment,
    when,
)
from kapperboek.services.moments.follow_ups import new_follow_up
from kapperboek.services.moments.moment_rows import (
    checked_amount,
    checked_minutes,
    kind_saved,
    moved,
    names_text,
    new_moment,
)
from kapperboek.services.moments.talk import close_point, new_point
from kapperboek.services.row_checks import day_of, moment_of, moment_text, name_on, staff_or_none
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.card import card_query
from kapperboek.storage.read.card.card_query import moment as moment
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work

if TYPE_CHECKING:
    from kapperboek.storage.write.tables import InteractionRow

__all__ = [
    "ContactInput",
    "NewFollowUp",
    "NewPoint",
    "TalkDecision",
    "VisitInput",
    "add_appointment",
    "cancel_appointment",
    "delete_moment",
    "edit_moment",
    "moment",
    "moved",
    "record_contact",
    "record_visit",
    "start_visit",
]

EDITABLE = ("kind", "at", "staff_id", "treatments", "recipe", "products", "minutes", "amount_cents", "note")


def start_visit(book: Notebook, customer_id: int, appointment_id: int = 0, *, by: int = 0) -> VisitStart:
    """Start values of the visit dialog: last time's treatments and recipe, this staff member, now. NotFound.

    ``appointment_id``: the one that was kept; of an earlier day, the visit was then.
    """
    start = card_query.visit_start(book, customer_id, book.clock.today(), appointment_id)
    return start._replace(staff_id=by or start.staff_id)


def record_visit(book: Notebook, visit: VisitInput, *, draft_id: str = "", by: int = 0) -> Saved:
    """Save a visit with everything that came of it. UserError next to a field; NotFound when the card is gone.

    ``by`` is who typed it, ``visit.staff_id`` who did it; the one stands in for the other when it is 0. ``draft_id``:
    what was half typed of it, which goes in the same transaction.
    """
    staff_id, by = visit.staff_id or by, by or visit.staff_id
    with unit_of_work(book, "", staff_id=by) as uow:
        name = name_on(uow, visit.customer_id)
        row = new_moment(uow, visit.customer_id, "visit", moment_text(visit.at), staff_id, visit.note)
        row.treatments, row.products = names_text(visit.treatments), names_text(visit.products)
        row.recipe = visit.recipe.strip()
        row.minutes, row.amount_cents = checked_minutes(visit.minutes), checked_amount(visit.amount_cents)
        replace_appointment(uow, row, visit.appointment_id)
        uow.insert(row)
        _what_came_of_it(uow, row, visit, by)
        finished(uow, draft_id)
        uow.say(_("Visit of {name} saved").format(name=name))
    return uow.saved


def record_contact(book: Notebook, contact: ContactInput, *, draft_id: str = "", by: int = 0) -> Saved:
    """Save a call, message, note, purchase, complaint, question, event or mailing.

    A complaint or a question gets its promise by itself, due in the shop's number of days. ``draft_id``: as above.
    UserError next to a field; NotFound when the card is gone.
    """
    if contact.kind not in CONTACT_KINDS or contact.kind in ("visit", "appointment"):
        raise UserError("kind", _("Choose what kind of contact it was."))
    staff_id, by = contact.staff_id or by, by or contact.staff_id
    with unit_of_work(book, "", staff_id=by) as uow:
        name = name_on(uow, contact.customer_id)
        row = new_moment(uow, contact.customer_id, contact.kind, moment_text(contact.at), staff_id, contact.note)
        row.products = names_text(contact.products)
        row.minutes, row.amount_cents = checked_minutes(contact.minutes), checked_amount(contact.amount_cents)
        _must_say_something(contact)
        uow.insert(row)
        _what_came_of_it(uow, row, contact, by)
        finished(uow, draft_id)
        if talk_points.makes_promise(contact.kind):
            _promise(uow, row, staff_id)
        uow.say(kind_saved(contact.kind).format(name=name))
    return uow.saved


def _what_came_of_it(uow: UnitOfWork, row: InteractionRow, said: VisitInput | ContactInput, by: int) -> None:
    """Talk points closed and born, the follow-up and the next appointment."""
    made_on = uow.book.clock.today()
    _decide(uow, row, said.talk, by)
    for point in said.new_points:
        if point.text.strip():
            new_point(
                uow,
                row.customer_id,
                point.text,
                made_on=made_on,
                not_before=point.not_before,
                by=by,
                origin_id=row.id,
            )
    if said.follow_up is not None:
        new_follow_up(
            uow,
            row.customer_id,
            said.follow_up.what,
            said.follow_up.due,
            made_on=made_on,
            staff_id=said.follow_up.staff_id or row.staff_id or by,
            origin_id=row.id,
        )
    if said.appointment is not None:
        next_appointment(uow, row, said.appointment)


def _decide(uow: UnitOfWork, row: InteractionRow, decisions: Iterable[TalkDecision], by: int) -> None:
    """Carry out the decisions on talk points; one that a colleague closed meanwhile stays as it was closed."""
    from kapperboek.storage.write.tables import TalkPointRow

    today = uow.book.clock.today()
    for decision in decisions:
        point = uow.get(TalkPointRow, decision.talk_point_id)
        if point is None or point.customer_id != row.customer_id or point.state != talk_points.OPEN:
            continue
        if decision.decision == "next":
            wait = point.not_before is not None and point.not_before > today.isoformat()
            if not wait:
                point.not_before = talk_points.next_time(point.state, today).isoformat()
        elif decision.decision == "discussed":
            state, outcome = talk_points.discuss(point.state, decision.answer)
            close_point(point, state, outcome, closed_at=row.at, by=by, closed_in=row.id)
        else:
            state, outcome = talk_points.drop(point.state)
            close_point(point, state, outcome, closed_at=row.at, by=by, closed_in=row.id)


def _promise(uow: UnitOfWork, row: InteractionRow, staff_id: int) -> None:
    made_on = day_of(row.at)
    days = int(uow.book.get_setting("promise_days", talk_points.PROMISE_DAYS))
    new_follow_up(
        uow,
        row.customer_id,
        talk_points.promise_text(row.kind, row.note),
        talk_points.promise_due(made_on, days),
        made_on=made_on,
        staff_id=staff_id,
        kind="promise",
        origin_id=row.id,
    )


def edit_moment(
    book: Notebook, moment_id: int, changes: dict[str, Any], *, version: int, draft_id: str = "", by: int = 0
) -> Saved:
    """Change a contact moment. ``changes``: the columns to change, named as in Moment (staff as ``staff_id``).

    ChangedMeanwhile with both notes when a colleague was first; NotFound; UserError next to a field. A talk point
    discussed in it keeps its answer.
    """
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise ValueError(f"not editable: {sorted(unknown)}")
    with unit_of_work(book, "", staff_id=by) as uow:
        row = moment_of(uow, moment_id)
        uow.touch(row.customer_id)
        if row.kind == "appointment":
            uow.check_version(row, version, when(changes.get("at", row.at)), when(row.at))
        else:
            uow.check_version(row, version, str(changes.get("note", row.note)))
        row = moved(uow, row, moment_text(changes["at"])) if "at" in changes else row
        for column, value in changes.items():
            if column != "at":
                setattr(row, column, _column(column, value))
        name = name_on(uow, row.customer_id)
        finished(uow, draft_id)
        if row.kind == "appointment" and "at" in changes:
            uow.say(_("Appointment with {name}: {when}").format(name=name, when=when(row.at)))
        else:
            uow.say(_("{kind} with {name} changed").format(kind=kind_label(row.kind), name=name))
    return uow.saved


def _column(column: str, value: Any) -> Any:
    if column in ("treatments", "products"):
        return names_text(value)
    if column == "minutes":
        return checked_minutes(value)
    if column == "amount_cents":
        return checked_amount(value)
    if column == "staff_id":
        return staff_or_none(value)
    if column == "kind" and value not in CONTACT_KINDS:
        raise UserError("kind", _("Choose what kind of contact it was."))
    return value.strip()


def delete_moment(book: Notebook, moment_id: int, *, by: int = 0) -> Saved:
    """Remove a contact moment; what came of it (talk points, follow-ups) stays. Undo brings it back. NotFound."""
    with unit_of_work(book, "", staff_id=by) as uow:
        row = moment_of(uow, moment_id)
        uow.touch(row.customer_id)
        name = name_on(uow, row.customer_id)
        uow.say(_("{kind} with {name} removed").format(kind=kind_label(row.kind), name=name))
        uow.delete(row)
    return uow.saved


def _must_say_something(contact: ContactInput) -> None:
    said = contact.note.strip() or contact.products or contact.amount_cents is not None
    if not said and contact.kind in ("note", "complaint", "question"):
        raise UserError("note", _("Type what it is about first."))
