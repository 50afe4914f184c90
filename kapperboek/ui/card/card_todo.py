"""Appointments and open follow-ups on the card; the appointment of today or tomorrow stands highest."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from kapperboek.domain.time.appointment_fit import is_open_past
from kapperboek.domain.views.card_view import Card, Moment
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.card.card_appointment import AppointmentRow
from kapperboek.ui.card.card_follow_up import FollowUpRow
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.frames import CardFrame, Line
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children


def planned(card: Card, today: date) -> tuple[Moment, ...]:
    """Appointments to come, and before them those of which nobody has said yet what became of them."""
    seen = {one.at[:10] for one in card.history if one.kind == "visit"}
    past = [one for one in card.history if one.kind == "appointment"]  # few of what may be hundreds
    open_past = [one for one in past if is_open_past(one.kind, one.state, one.at, today)]
    last = max(seen, default="")
    unsettled = tuple(one for one in reversed(open_past) if one.at[:10] > last)
    return unsettled + tuple(moment for moment in card.appointments if not moment.state)


def is_soon(moment: Moment, today: date) -> bool:
    """Tell whether an appointment is for today or tomorrow, or was before: then it is why the card is open."""
    return words.day_of(moment.at) <= today + timedelta(days=1)


class SoonSection(CardFrame):
    """The appointment of today or tomorrow, high on the card; hidden when there is none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._shown: object = None
        self.body.setContentsMargins(theme.px(12), theme.px(3), theme.px(12), theme.px(3))
        self.body.setSpacing(theme.px(2))
        self.hide()

    def show_card(self, card: Card) -> None:
        """Show what is planned for now."""
        today = self.context.day
        soon = tuple(moment for moment in planned(card, today) if is_soon(moment, today))
        if (now := (card.customer_id, soon, today)) != self._shown:
            self._shown = now
            forget_children(self.body)
            for moment in soon:
                if self.body.count():
                    self.body.addWidget(Line())
                self.body.addWidget(AppointmentRow(self.context, card.customer_id, moment))
        self.setVisible(bool(soon))


class TodoSection(CardFrame):
    """Section of the appointments after tomorrow, and open follow-ups; hidden when there are none."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Follow up"), icon="follow-up")
        self.context = context
        self._shown: object = None
        self.rows = vbox(gap=6)
        self.body.addLayout(self.rows)

    def show_card(self, card: Card) -> None:
        """Show what is open for this customer."""
        today = self.context.day
        later = tuple(moment for moment in planned(card, today) if not is_soon(moment, today))
        now = (card.customer_id, later, card.follow_ups, today)
        if now != self._shown:
            self._shown = now
            forget_children(self.rows)
            for moment in later:
                self._add(AppointmentRow(self.context, card.customer_id, moment))
            for follow in card.follow_ups:
                self._add(FollowUpRow(self.context, follow))
        self.setVisible(bool(later or card.follow_ups))

    def _add(self, row: QWidget) -> None:
        if self.rows.count():
            self.rows.addWidget(Line())
        self.rows.addWidget(row)
