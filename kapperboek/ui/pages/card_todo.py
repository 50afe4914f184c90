"""What is still to be done for this customer, and when they come next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kapperboek.domain.views.card import Card, FollowUpView, Moment
from kapperboek.i18n import _
from kapperboek.services import follow_ups, moments
from kapperboek.ui import theme
from kapperboek.ui.context import Context
from kapperboek.ui.pages import card_words as words
from kapperboek.ui.pages.card_inline import forget_children
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.flow import FlowLayout, flow_policy
from kapperboek.ui.widgets.frames import CardFrame, Line
from kapperboek.ui.widgets.labels import Chip, Icon, Label


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
        planned = tuple(moment for moment in card.appointments if not moment.state)
        now = (card.customer_id, planned, card.follow_ups)
        if now != self._shown:
            self._shown = now
            forget_children(self.rows)
            for moment in planned:
                self._add(self._appointment(moment))
            for follow in card.follow_ups:
                self._add(self._follow_up(follow))
        self.setVisible(bool(planned or card.follow_ups))

    def _add(self, row: QWidget) -> None:
        if self.rows.count():
            self.rows.addWidget(Line())
        self.rows.addWidget(row)

    def _appointment(self, moment: Moment) -> QWidget:
        line = words.appointment_line(moment)
        cancel = icon_button("cross", _("Cancel the appointment {line}").format(line=line), kind="plain")
        cancel.setToolTip(_("Cancel the appointment"))
        cancel.clicked.connect(lambda: self._save(moments.cancel_appointment, moment.id))
        return _row("calendar", line, [], [cancel])

    def _follow_up(self, follow: FollowUpView) -> QWidget:
        icon = "promise" if follow.kind == "promise" else "follow-up"
        done = Button(_("Done"), icon="check", size="small", name=_("Done: {what}").format(what=follow.what[:80]))
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
        return _row(icon, follow.what, facts, [done, call, snooze, edit])

    def _call(self, follow: FollowUpView) -> None:
        self.context.open_dialog("call", customer_id=follow.customer_id, follow_up=follow)

    def _save(self, fn: Any, *args: Any) -> None:
        self.context.save(fn, *args, owner=self)


def _row(icon: str, text: str, facts: list[QWidget], buttons: list[Button]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(10))
    row.addWidget(Icon(icon, "soft"))
    box = QVBoxLayout()
    box.setSpacing(theme.px(2))
    box.addWidget(Label(text, weight=600, wrap=True))
    below = QWidget()
    flow = FlowLayout(below, 8, 4)
    for widget in (*facts, *buttons):
        flow.addWidget(widget)
    box.addWidget(flow_policy(below))
    row.addLayout(box, 1)
    return holder
