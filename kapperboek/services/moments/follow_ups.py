"""Follow-ups: what was promised or decided to do, due on a day, snoozed without moving that day, ended by somebody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kapperboek.domain.care import talk_points
from kapperboek.domain.errors import NotFound, UserError
from kapperboek.domain.views.card_view import FollowUpView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, format_weekday
from kapperboek.services.customers.namesakes import told_apart
from kapperboek.services.drafts import finished
from kapperboek.services.row_checks import name_on, staff_or_none
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read import follow_up_query as query
from kapperboek.storage.write.row_lookup import existing
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work

if TYPE_CHECKING:
    from kapperboek.storage.write.tables import FollowUpRow


def follow_ups(book: Notebook, include_done: bool = False) -> tuple[FollowUpView, ...]:
    """All follow-ups and promises, the most overdue first; with ``include_done`` those that ended as well."""
    return told_apart(book, query.follow_ups(book, book.clock.today(), include_done=include_done))


def open_one(book: Notebook, follow_up_id: int) -> FollowUpView:
    """A single follow-up that still stands open. NotFound when it is gone; UserError "already-closed"."""
    found = query.one(book, follow_up_id, book.clock.today())
    if found is None:
        raise NotFound("gone", _("This is no longer there. Perhaps a colleague removed it."))
    if found.state != "open":
        raise UserError("already-closed", _("This follow-up has been closed already."))
    return told_apart(book, (found,))[0]


def add(
    book: Notebook, customer_id: int, what: str, due: date, *, staff_id: int = 0, draft_id: str = "", by: int = 0
) -> Saved:
    """Add something to do on a day; ``staff_id`` is whose it is (0: of whoever notes it).

    UserError "what" when nothing was typed; NotFound when the card is gone.
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        name = name_on(uow, customer_id)
        new_follow_up(uow, customer_id, what, due, made_on=book.clock.today(), staff_id=staff_id or by)
        finished(uow, draft_id)
        uow.say(_("Follow-up for {name} saved").format(name=name))
    return uow.saved


def new_follow_up(
    uow: UnitOfWork,
    customer_id: int,
    what: str,
    due: date,
    *,
    made_on: date,
    staff_id: int,
    kind: str = "follow_up",
    origin_id: int | None = None,
) -> None:
    """Write a follow-up, linked to the contact moment it came from. UserError "what" when nothing was typed."""
    from kapperboek.storage.write.tables import FollowUpRow

    uow.insert(
        FollowUpRow(
            customer_id=customer_id,
            what=_wording(what),
            due=due.isoformat(),
            staff_id=staff_or_none(staff_id),
            kind=kind,
            made_on=made_on.isoformat(),
            origin_id=origin_id,
        )
    )
    uow.touch(customer_id)


def edit(
    book: Notebook,
    follow_up_id: int,
    what: str,
    due: date,
    *,
    staff_id: int = 0,
    version: int,
    draft_id: str = "",
    by: int = 0,
) -> Saved:
    """Change what a follow-up is, when it is due or whose it is. ChangedMeanwhile; NotFound; UserError "what"."""
    with unit_of_work(book, "", staff_id=by) as uow:
        row, name = _follow_up(uow, follow_up_id)
        uow.check_version(row, version, what)
        if row.due != due.isoformat():
            row.show_on = None  # a new day is a new agreement; the snooze was about the old one
        row.what, row.due, row.staff_id = _wording(what), due.isoformat(), staff_or_none(staff_id)
        finished(uow, draft_id)
        uow.say(_("Follow-up for {name} changed").format(name=name))
    return uow.saved


def done(book: Notebook, follow_up_id: int, *, by: int = 0) -> Saved:
    """Mark a follow-up as done. NotFound; UserError "already-closed"."""
    with unit_of_work(book, "", staff_id=by) as uow:
        row, name = _follow_up(uow, follow_up_id)
        if row.state != "open":
            raise UserError("already-closed", _("This follow-up has been closed already."))
        row.state, row.closed_on = "done", book.clock.today().isoformat()
        uow.say(_("Follow-up for {name} done").format(name=name))
    return uow.saved


def snooze(book: Notebook, follow_up_id: int, until: date, *, by: int = 0) -> Saved:
    """Snooze a follow-up until a later day; when it was due stays what it was.

    UserError "already-closed", "day-passed"; NotFound.
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        row, name = _follow_up(uow, follow_up_id)
        row.show_on = talk_points.snooze_until(row.state, until, book.clock.today()).isoformat()
        uow.say(_("Follow-up for {name} comes back on {day}").format(name=name, day=format_weekday(until)))
    return uow.saved


def reopen(book: Notebook, follow_up_id: int, *, by: int = 0) -> Saved:
    """Reopen a follow-up that was ended: it is back on the list. NotFound; UserError "already-open"."""
    with unit_of_work(book, "", staff_id=by) as uow:
        row, name = _follow_up(uow, follow_up_id)
        if row.state == "open":
            raise UserError("already-open", _("This follow-up is still open."))
        row.state, row.closed_on = "open", None
        uow.say(_("Follow-up for {name} opened again").format(name=name))
    return uow.saved


def _follow_up(uow: UnitOfWork, follow_up_id: int) -> tuple[FollowUpRow, str]:
    from kapperboek.storage.write.tables import FollowUpRow

    row = existing(uow, FollowUpRow, follow_up_id)
    uow.touch(row.customer_id)
    return row, name_on(uow, row.customer_id)


def _wording(what: str) -> str:
    text = what.strip()
    if not text:
        raise UserError("what", _("Type what is to be done first."))
    return text
