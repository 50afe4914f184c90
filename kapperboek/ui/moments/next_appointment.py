"""Outcome of a contact moment: talk points answered, new ones, a follow-up, or the next appointment agreed in it.

Of that appointment remarks are asked for (double booked…), which the choice shows beneath.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from kapperboek.domain.time.closing_days import ClosingDays, closing_days
from kapperboek.services.moments import appointments
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.form_binding import FormBinding
from kapperboek.ui.moments.follow_choice import FollowChoice
from kapperboek.ui.moments.next_points import NextPoints
from kapperboek.ui.moments.talk_decisions import TalkDecisions

Who = Callable[[], tuple[int, int | None, object]]


def came_of_it(
    context: Context, owner: QObject, who: Who, fields: FormBinding | None
) -> tuple[TalkDecisions, NextPoints, FollowChoice]:
    """Make the controls of what came of a contact moment, and bind them; no ``fields`` when that was noted before."""
    made = TalkDecisions(), NextPoints(lambda: context.day), follow_choice(context, owner, who)
    if fields is not None:
        fields.add("talk", made[0])
        fields.add("new_points", made[1], key="points")
        fields.add("follow_up", made[2], key="follow")
    return made


def follow_choice(context: Context, owner: QObject, who: Who) -> FollowChoice:
    """Make a follow-up choice that asks the notebook; ``who`` gives the customer, minutes and staff member of now."""

    def closed() -> ClosingDays:
        return closing_days(context.shop.closed_weekdays, context.shop.closed_dates)

    def ask(at: str) -> None:
        customer_id, minutes, staff_id = who()
        if customer_id:
            context.jobs.run(
                appointments.remarks, customer_id, at, minutes, staff_id if isinstance(staff_id, int) else 0,
                discreet=context.discreet, done=choice.show_remarks, key="next_appointment.remarks", owner=owner,
            )

    choice = FollowChoice(lambda: context.day, closed, ask)
    return choice
