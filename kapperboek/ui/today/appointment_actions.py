"""Actions of an appointment (kept, missed, moved, called off): the same, with the same keys, on Today and the card."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.lists.action_rows import Action


def appointment_actions() -> tuple[Action, ...]:
    """Actions of an appointment: kept, missed, moved, called off."""
    return (
        Action("visit", "scissors", _("Came: note the visit"), "V"),
        Action("missed", "missed", _("Did not come"), "N", quiet=True),
        Action("change", "pencil", _("Move or change"), "W", quiet=True),
        Action("call_off", "call-off", _("Call off the appointment"), "A", quiet=True),
    )


def act_on_appointment(
    context: Context, action: str, customer_id: int, moment_id: int, version: int, owner: QObject
) -> None:
    """Do an action with the appointment as it was shown; what is written can be taken back from the toast."""
    from kapperboek.services.moments import appointments

    if action == "visit":
        context.note_visit(customer_id, moment_id)
    elif action == "change":
        context.open_dialog("appointment", customer_id=customer_id, moment_id=moment_id)
    elif action in ("missed", "call_off"):
        become = appointments.missed_appointment if action == "missed" else appointments.cancel_appointment
        context.save(become, moment_id, version=version, owner=owner, failed=partial(_not_so, context, customer_id))


def _not_so(context: Context, customer_id: int, error: Exception) -> None:
    """Tell the error, and show how the appointment stands by now: pressed again it is about that."""
    context.tell(error)
    context.jobs.saved.emit(Saved(0, "", frozenset({"interaction"}), frozenset({customer_id}), customer_id))
