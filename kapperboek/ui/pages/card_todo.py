"""What is still to be done for this customer, and when they come next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain.appointments import is_open_past
from kapperboek.domain.views.card import Card, FollowUpView, Moment
from kapperboek.i18n import _
from kapperboek.services import follow_ups
from kapperboek.ui import theme
from kapperboek.ui.context import Context
from kapperboek.ui.pages import card_words as words
from kapperboek.ui.pages.card_appointment import AppointmentRow, fill_row
from kapperboek.ui.pages.card_inline import forget_children
from kapperboek.ui.widgets.buttons import icon_button
from kapperboek.ui.widgets.frames import CardFrame, Line
from kapperboek.ui.widgets.labels import Chip, Label


def planned(card: Card, today: date) -> tuple[Moment, ...]:
    """Appointments to come, and before them those of which nobody has said yet what became of them."""
    seen = {one.at[:10] for one in card.history if one.kind == "visit"}
    open_past = [one for one in card.history if is_open_past(one.kind, one.state, one.at, today)]
    past = tuple(one for one in reversed(open_past) if one.at[:10] > max(seen, default=""))
    return past + tuple(moment for moment in card.appointments if not moment.state)


def is_soon(moment: Moment, today: date) -> bool:
    """Whether it is for today or tomorrow, or was before: then it is why the card is open."""
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
    """Appointments after that, and open follow-ups; hidden when there are none."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Follow up"), icon="follow-up")
        self.context = context
        self._shown: object = None
        self.rows = QVBoxLayout()
        self.rows.setSpacing(theme.px(6))
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
                self._add(self._follow_up(follow))
        self.setVisible(bool(later or card.follow_ups))

    def _add(self, row: QWidget) -> None:
        if self.rows.count():
            self.rows.addWidget(Line())
        self.rows.addWidget(row)

    def _follow_up(self, follow: FollowUpView) -> QWidget:
        icon = "promise" if follow.kind == "promise" else "follow-up"
        done = icon_button("check", _("Done: {what}").format(what=follow.what[:80]), kind="plain")
        done.setToolTip(_("Done"))
        done.clicked.connect(lambda: self._save(follow_ups.done, follow.id))
        call = icon_button("phone", _("Call about: {what}").format(what=follow.what[:80]), kind="plain")
        call.setToolTip(_("Call"))
        call.clicked.connect(lambda: self._call(follow))
        snooze = icon_button("snooze", _("Tomorrow again: {what}").format(what=follow.what[:80]), kind="plain")
        snooze.setToolTip(_("Tomorrow again"))
        tomorrow = self.context.day + timedelta(days=1)
        snooze.clicked.connect(lambda: self._save(follow_ups.snooze, follow.id, tomorrow))
        edit = icon_button("pencil", _("Change: {what}").format(what=follow.what[:80]), kind="plain")
        edit.setToolTip(_("Change"))
        wish = self.context.open_dialog
        edit.clicked.connect(lambda: wish("follow_up", customer_id=follow.customer_id, follow_up=follow))
        badge = Chip(follow.due_text, "coral" if follow.overdue else "plain")
        facts = [badge, Label(words.follow_up_origin(follow), size=13.5, token="soft")]
        holder = QWidget()
        fill_row(holder, icon, follow.what, facts, [done, call, snooze, edit])
        return holder

    def _call(self, follow: FollowUpView) -> None:
        self.context.open_dialog("call", customer_id=follow.customer_id, follow_up=follow)

    def _save(self, fn: Any, *args: Any) -> None:
        self.context.save(fn, *args, owner=self)
