"""Next appointment agreed in a visit or call: asks for remarks about it (double booked…), and shows them beneath."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from kapperboek.domain.time.closing_days import ClosingDays, closing_days
from kapperboek.services.moments import appointments
from kapperboek.ui.core.context import Context
from kapperboek.ui.moments.follow_choice import FollowChoice


def follow_choice(
    context: Context, owner: QObject, who: Callable[[], tuple[int, int | None, object]]
) -> FollowChoice:
    """Make a follow-up choice that asks the notebook; ``who`` gives the customer, minutes and staff member of now."""

    def closed() -> ClosingDays:
        return closing_days(context.shop.closed_weekdays, context.shop.closed_dates)

    def ask(at: str) -> None:
        customer_id, minutes, staff_id = who()
        if customer_id:
            context.jobs.run(
                appointments.remarks, customer_id, at, minutes, staff_id if isinstance(staff_id, int) else 0,
                discreet=context.discreet, done=choice.show_remarks, key="next_appointment.remarks", owner=owner,
            )  # fmt: skip

    choice = FollowChoice(lambda: context.day, closed, ask)
    return choice
