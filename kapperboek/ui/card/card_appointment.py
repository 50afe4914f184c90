"""Appointment row of the card: moved, called off, kept or missed, by its buttons, by keys, or by a menu."""

from __future__ import annotations

from kapperboek.domain.views.card_view import Moment
from kapperboek.i18n import _
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.card.card_todo_row import TodoRow, fill_row
from kapperboek.ui.core.context import Context
from kapperboek.ui.today.appointment_actions import act_on_appointment, appointment_actions
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.lists.action_rows import Action
from kapperboek.ui.widgets.text_labels import Label


class AppointmentRow(TodoRow):
    """Row of one appointment: moved, called off, kept or missed."""

    by_delete = "call_off"

    def __init__(self, context: Context, customer_id: int, moment: Moment) -> None:
        over = words.day_of(moment.at) < context.day
        to_come = words.day_of(moment.at) > context.day
        actions = tuple(
            action for action in appointment_actions() if not (to_come and action.id in ("visit", "missed"))
        )
        line = words.appointment_line(moment)
        super().__init__(actions, _("Appointment {line}").format(line=line), "change")
        self.acted.connect(self.act)
        self.context, self.moment = context, moment
        self._customer_id = customer_id
        keys = ", ".join(f"Alt+{action.key} {action.name}" for action in self.actions_)
        self.setAccessibleDescription(_("Enter: move or change; {keys}").format(keys=keys))
        asked = [Label(_("did they come?"), size=13.5, token="coral")] if over else []
        fill_row(self, "calendar", line, asked, [self._button(action, line) for action in self.actions_])

    def _button(self, action: Action, line: str) -> Button:
        button = icon_button(action.icon, f"{action.name}: {line}", kind="plain")
        button.setToolTip(f"{action.name} (Alt+{action.key})")
        button.clicked.connect(lambda: self.act(action.id))
        return button

    def act(self, action: str) -> None:
        """Do this action with the appointment."""
        act_on_appointment(self.context, action, self._customer_id, self.moment.id, self.moment.version, self)
