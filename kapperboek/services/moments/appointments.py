"""Appointments: made, moved, called off, kept or missed. One that was kept becomes the visit (``moments``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapperboek.domain.errors import UserError
from kapperboek.domain.labels import state_label
from kapperboek.domain.time import appointment_fit as rules
from kapperboek.domain.views.appointment_view import AppointmentStart
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, format_weekday
from kapperboek.services.drafts import finished
from kapperboek.services.inputs import NewAppointment
from kapperboek.services.moments.moment_rows import checked_minutes, names_text, new_moment
from kapperboek.services.row_checks import day_of, moment_of, moment_text, name_on
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read import appointment_query as query
from kapperboek.storage.records.record_rows import listed
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work

if TYPE_CHECKING:
    from kapperboek.storage.write.tables import InteractionRow


def start_appointment(book: Notebook, customer_id: int, moment_id: int = 0, *, by: int = 0) -> AppointmentStart:
    """Start values of the appointment dialog: a proposal, or with ``moment_id`` the one that was made. NotFound."""
    if moment_id:
        return query.made(book, moment_id)
    start = query.start(book, customer_id, book.clock.today())
    return start._replace(staff_id=start.staff_id or by)


def remarks(
    book: Notebook,
    customer_id: int,
    at: str,
    minutes: int | None,
    staff_id: int = 0,
    *,
    moment_id: int = 0,
    discreet: bool = False,
) -> tuple[str, ...]:
    """Remarks on a moment for an appointment: double booked, over, closed; sentences, empty when all is well.

    ``moment_id`` is the appointment itself when it was made before; ``discreet``: no other customer is named.
    """
    at = moment_text(at)
    name, active = query.staff_member(book, staff_id)
    wanted = rules.Wanted(customer_id, at, minutes, staff_id, name, not active, moment_id)
    around, now = query.taken(book, day_of(at)), book.clock.local()
    return rules.remarks(wanted, around, query.closed(book), now, discreet=discreet)


def add_appointment(
    book: Notebook,
    customer_id: int,
    at: str,
    minutes: int | None,
    what: tuple[str, ...] = (),
    *,
    staff_id: int = 0,
    note: str = "",
    draft_id: str = "",
    by: int = 0,
) -> Saved:
    """Note when somebody comes, how long it takes and what for. UserError "at", "minutes"; NotFound."""
    with unit_of_work(book, "", staff_id=by) as uow:
        name = name_on(uow, customer_id)
        new_appointment(uow, customer_id, NewAppointment(at, minutes, what, staff_id or by, note))
        finished(uow, draft_id)
        uow.say(_("Appointment with {name} saved").format(name=name))
    return uow.saved


def new_appointment(uow: UnitOfWork, customer_id: int, wanted: NewAppointment) -> None:
    """Write a new appointment within a larger change. UserError next to a field."""
    row = new_moment(uow, customer_id, "appointment", moment_text(wanted.at), wanted.staff_id, wanted.note)
    row.minutes, row.treatments = checked_minutes(wanted.minutes), names_text(wanted.treatments)
    uow.insert(row)


def next_appointment(uow: UnitOfWork, row: InteractionRow, wanted: NewAppointment) -> None:
    """The appointment agreed in a visit or call; what was not said is as in that visit, or as in the last one."""
    if row.kind == "visit":
        minutes, treatments, staff_id = row.minutes, listed(row.treatments), row.staff_id or 0
    else:
        usual = query.start(uow.book, row.customer_id, uow.book.clock.today())
        minutes, treatments, staff_id = usual.minutes, usual.treatments, usual.staff_id or row.staff_id or 0
    new_appointment(
        uow,
        row.customer_id,
        wanted._replace(
            minutes=minutes if wanted.minutes is None else wanted.minutes,
            treatments=wanted.treatments or treatments,
            staff_id=wanted.staff_id or staff_id,
        ),
    )


def cancel_appointment(
    book: Notebook, moment_id: int, reason: str = "", *, version: int, draft_id: str = "", by: int = 0
) -> Saved:
    """Cancel an appointment, which stays on the card as cancelled, with the reason.

    ChangedMeanwhile; NotFound; UserError "not-an-appointment".
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        _row, name = _settled(uow, moment_id, "cancelled", reason, version)
        finished(uow, draft_id)
        uow.say(_("Appointment with {name} cancelled").format(name=name))
    return uow.saved


def missed_appointment(
    book: Notebook, moment_id: int, reason: str = "", *, version: int, draft_id: str = "", by: int = 0
) -> Saved:
    """Mark an appointment as missed: they did not come, which stays in the history, with the reason.

    ChangedMeanwhile; NotFound; UserError "not-an-appointment", "to-come".
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        row, name = _settled(uow, moment_id, "missed", reason, version)
        finished(uow, draft_id)
        if day_of(row.at) > uow.book.clock.today():
            raise UserError("to-come", _("This appointment is still to come. Cancel it instead."))
        uow.say(_("{name} did not come on {when}").format(name=name, when=when(row.at)))
    return uow.saved


def reopen_appointment(
    book: Notebook, moment_id: int, reason: str = "", *, version: int, draft_id: str = "", by: int = 0
) -> Saved:
    """Reopen an appointment that was cancelled or missed.

    ChangedMeanwhile; NotFound; UserError "not-an-appointment".
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        _row, name = _settled(uow, moment_id, "", reason, version)
        finished(uow, draft_id)
        uow.say(_("Appointment with {name} stands again").format(name=name))
    return uow.saved


def _settled(
    uow: UnitOfWork, moment_id: int, state: str, reason: str, version: int
) -> tuple[InteractionRow, str]:
    """The appointment with what became of it, and whose it is."""
    row = moment_of(uow, moment_id)
    if row.kind != "appointment":
        raise UserError("not-an-appointment", _("This is not an appointment."))
    uow.touch(row.customer_id)
    uow.check_version(row, version, _stands(row, state), _stands(row, row.state))
    row.state = state
    _say_why(row, reason)
    return row, name_on(uow, row.customer_id)


def _stands(row: InteractionRow, state: str) -> str:
    """Moment and state of an appointment in words: when it is, and what became of it."""
    return " · ".join(filter(None, (when(row.at), state_label(state))))


def _say_why(row: InteractionRow, reason: str) -> None:
    """Put the reason beneath the note; where somebody wrote on in the note, that is the note now."""
    said = reason.strip()
    if row.note.strip() in said:
        row.note = said or row.note
    elif said not in row.note:
        row.note = f"{row.note.strip()}\n{said}"


def replace_appointment(uow: UnitOfWork, visit: InteractionRow, appointment_id: int = 0) -> None:
    """The visit stands where the appointment stood: the one meant, else the open one of that day that is nearest.

    It keeps the key of the calendar entry, so that reading the calendar again does not bring the appointment back.
    One that is gone meanwhile needs no replacing; one of today stays when the visit turns out to be of another day.
    """
    row = _meant(uow, visit, appointment_id)
    row = row or _meant(uow, visit, query.open_that_day(uow.book, visit.customer_id, visit.at))
    if row is not None:
        visit.source_key = row.source_key
        uow.delete(row)


def _meant(uow: UnitOfWork, visit: InteractionRow, appointment_id: int) -> InteractionRow | None:
    from kapperboek.storage.write.tables import InteractionRow

    row = uow.get(InteractionRow, appointment_id) if appointment_id else None
    if row is None or row.customer_id != visit.customer_id or row.kind != "appointment":
        return None
    same_day, over = row.at[:10] == visit.at[:10], row.at[:10] < uow.book.clock.today().isoformat()
    return row if same_day or over else None


def when(at: str) -> str:
    """A moment in short words: ``di 24 nov 09:30``."""
    return f"{format_weekday(day_of(at))} {at[11:16]}"
