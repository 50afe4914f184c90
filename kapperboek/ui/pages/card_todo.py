"""What is still to be done for this customer, and when they come next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain.appointments import is_open_past
from kapperboek.domain.views.card import Card, FollowUpView
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


class TodoSection(CardFrame):
    """Appointments to come and open follow-ups; hidden when there are none."""

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
        seen = {one.at[:10] for one in card.history if one.kind == "visit"}
        open_past = [one for one in card.history if is_open_past(one.kind, one.state, one.at, today)]
        planned = tuple(one for one in reversed(open_past) if one.at[:10] > max(seen, default=""))
        planned += tuple(moment for moment in card.appointments if not moment.state)
        now = (card.customer_id, planned, card.follow_ups, today)
        if now != self._shown:
            self._shown = now
            forget_children(self.rows)
            for moment in planned:
                self._add(AppointmentRow(self.context, card.customer_id, moment))
            for follow in card.follow_ups:
                self._add(self._follow_up(follow))
        self.setVisible(bool(planned or card.follow_ups))

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
