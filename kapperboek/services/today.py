"""Today: computed when it is asked for, whatever the day is by then."""

from __future__ import annotations

from datetime import date

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.saved import Saved
from kapperboek.domain.views.today_view import Today, TodayLine
from kapperboek.i18n import _, format_weekday
from kapperboek.services.customers.namesakes import told_apart
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.today_query import today as query
from kapperboek.storage.write.unit_of_work import unit_of_work

# Follow-ups are snoozed and appointments cancelled; only what follows from facts alone can be told "not this one".
HIDEABLE = frozenset({"birthday", "anniversary", "absent", "talk_point", "question"})


def today(book: Notebook, day: date | None = None) -> Today:
    """Content of the page Today on a day: by default the day it is in the shop."""
    found = query(book, day or book.clock.today())
    return found._replace(lines=told_apart(book, found.lines))


def hide(book: Notebook, line: TodayLine, until: date, *, by: int = 0) -> Saved:
    """Leave a computed line out of Today until a day.

    UserError "not-hideable" for lines that have an end of their own, "day-passed"; NotFound when the card is gone.
    """
    from kapperboek.services.row_checks import customer_of, name_of, staff_or_none
    from kapperboek.storage.write.tables import DueDecision

    if line.kind not in HIDEABLE:
        raise UserError("not-hideable", _("This line ends when it is done or cancelled."))
    if until <= book.clock.today():
        raise UserError("day-passed", _("Choose a day after today."))
    with unit_of_work(book, "", staff_id=by) as uow:
        customer = customer_of(uow, line.customer_id)
        uow.add(
            DueDecision(
                customer_id=line.customer_id,
                kind=line.kind,
                ref=str(line.ref) if line.ref else "",
                hidden_until=until.isoformat(),
                staff_id=staff_or_none(by),
            )
        )
        uow.touch(line.customer_id)
        what = _("{name} stays out of Today until {day}")
        uow.say(what.format(name=name_of(customer), day=format_weekday(until)))
    return uow.saved
