"""Follow-ups page: everything that was promised or decided to do, the most overdue first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.card_view import FollowUpView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, ngettext
from kapperboek.services.moments import follow_ups as use_cases
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.follow_ups.follow_ups_add import ChooseCustomer
from kapperboek.ui.follow_ups.follow_ups_days import choose_day
from kapperboek.ui.follow_ups.follow_ups_rows import grouped
from kapperboek.ui.forms.page import Page
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Choice
from kapperboek.ui.widgets.frames import CardFrame, EmptyState
from kapperboek.ui.widgets.key_hints import KeyHints
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.last_focus import LineInUse
from kapperboek.ui.widgets.layout.side_by_side import TurningRow, in_a_row
from kapperboek.ui.widgets.lists.action_list import ActionList
from kapperboek.ui.widgets.sheet.front_keys import add_keys
from kapperboek.ui.widgets.text_labels import Heading, Label

EVERYBODY = 0


class FollowUpsPage(Page):
    """Page of follow-ups, one list in groups, of everybody or one staff member; what is done shows on demand."""

    name = "follow_ups"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.staff = EVERYBODY
        self._views: tuple[FollowUpView, ...] = ()
        self._known = False
        self._build()
        context.discreet_changed.connect(lambda _on: self._fill())
        context.day_changed.connect(lambda _day: self.refresh())

    # --- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        box = vbox(self, gap=12, margins=(0, 0, 0, 10))
        box.addWidget(self._head())
        box.addWidget(self._filters())
        self.choose = ChooseCustomer(self.context)
        self.choose.hide()
        self.choose.chosen.connect(self._chosen)
        self.choose.left.connect(self._leave)
        box.addWidget(self.choose)
        self.list = ActionList(_("Follow-ups"))
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._act)
        self.line = LineInUse(self.list)
        self.setFocusProxy(self.list)
        card = CardFrame()
        card.body.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(8))
        self.empty = EmptyState(
            "follow-up",
            _("Nothing to follow up"),
            _("A complaint or a question becomes a promise by itself; anything else you note with a "
              "visit, on a card or here."),
            _("New follow-up"),
            self.add,
        )
        card.body.addWidget(self.list, 1)
        card.body.addWidget(self.empty, 1)
        self.empty.hide()
        box.addWidget(card, 1)
        self.keys = KeyHints(self.list, more=_("Ctrl+O new"))
        box.addWidget(self.keys)
        add_keys(self, {"Ctrl+O": self.add})

    def _head(self) -> QWidget:
        self.remark = Label("", size=13.5, token="soft", wrap=True)
        self.remark.setContentsMargins(0, theme.px(6), 0, 0)  # on the line of the heading
        self.new = Button(_("New follow-up"), icon="plus", hint="Ctrl O")
        self.new.clicked.connect(self.add)
        words = in_a_row(Heading(_("Follow-ups")), self.remark, gap=14, last_grows=True)
        return TurningRow(words, self.new, 520)

    def _filters(self) -> QWidget:
        bar = QWidget()
        flow = FlowLayout(bar, 8, 6)
        flow_policy(bar)
        people = [
            (EVERYBODY, _("Everybody")),
            *((one.id, one.name) for one in self.context.staff if one.active),
        ]
        self.who = Choice(people, EVERYBODY, name=_("Whose"))
        self.who.changed.connect(self._filtered)
        self.done = Button(_("Also what is done"), kind="choice", size="small")
        self.done.clicked.connect(self.refresh)
        flow.addWidget(self.who)
        flow.addWidget(self.done)
        return bar

    # --- filling ------------------------------------------------------------------------------------------

    def shown(self, staff: int | None = None, done: bool | None = None, **_kw: Any) -> None:
        self.line.forget()
        self.take_keyboard(self.list)
        if not self._known:
            self.keep_keys()
        if done is not None:
            self.done.setChecked(done)
        people = [
            (EVERYBODY, _("Everybody")),
            *((one.id, one.name) for one in self.context.staff if one.active),
        ]
        self.staff = self.staff if staff is None else staff
        self.who.set_options(people, self.staff if any(n == self.staff for n, _name in people) else EVERYBODY)
        self.staff = int(str(self.who.value() or EVERYBODY))
        self.who.setVisible(len(people) > 2)
        self.refresh()

    def state(self) -> dict[str, Any]:
        return {"staff": self.staff, "done": self.done.isChecked()}

    def concerns(self, saved: Saved) -> bool:
        return bool(saved.kinds & {"follow_up", "customer", "interaction", "staff"}) or saved.many

    def refresh(self) -> None:
        self.ask(use_cases.follow_ups, include_done=self.done.isChecked(), done=self._got, key="list")

    def _got(self, views: tuple[FollowUpView, ...]) -> None:
        self._views, self._known = views, True
        self._fill()
        self.give_keys_back()

    def _filtered(self, staff: object) -> None:
        self.staff = int(str(staff or EVERYBODY))
        self._fill()

    def _fill(self) -> None:
        if not self._known:
            return
        today = self.context.day
        views = [view for view in self._views if self.staff in (EVERYBODY, view.staff_id)]
        rows = grouped(views, today, self.context.discreet)
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        still = [view for view in views if view.state == "open"]
        late = sum(1 for view in still if view.due < today)
        parts = [ngettext("{n} open", "{n} open", len(still)).format(n=len(still))] if still else []
        if late and not self.context.discreet:
            parts.append(ngettext("{n} too late", "{n} too late", late).format(n=late))
        self.remark.setText(" · ".join(parts))

    # --- doing --------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for whom, then open a new follow-up."""
        self.choose.show()
        self.choose.start()

    def _chosen(self, customer_id: int) -> None:
        self._leave()
        self.context.add_follow_up(customer_id)

    def _leave(self) -> None:
        self.choose.hide()
        self.list.setFocus()

    def keyboard_home(self) -> QWidget:
        return self.empty.button if self.list.isHidden() and self.empty.button is not None else self

    def act_on_line(self, event: QKeyEvent) -> bool:
        return self.line.act(event)

    def _open(self, view: FollowUpView) -> None:
        self.context.open_customer(view.customer_id)

    def _act(self, action: str, view: FollowUpView) -> None:
        if action == "call":
            self.context.open_dialog("call", customer_id=view.customer_id, follow_up=view)
        elif action == "done":
            self.context.save(use_cases.done, view.id, owner=self)
        elif action == "reopen":
            self.context.save(use_cases.reopen, view.id, owner=self)
        elif action == "tomorrow":
            self.context.save(use_cases.snooze, view.id, self.context.day + timedelta(days=1), owner=self)
        elif action == "later":
            choose_day(self.context, self.list, view)
        elif action == "edit":
            self.context.open_dialog("follow_up", customer_id=view.customer_id, follow_up=view)
