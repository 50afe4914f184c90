"""Today page: appointments, follow-ups due, birthdays, customers who stay away, and why each line is there.

The first page, and part of starting up: it imports no more than it shows, and every list is painted.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from kapperboek.domain.views.saved import Saved
from kapperboek.domain.views.today_view import Today, TodayLine
from kapperboek.i18n import _, format_long_day, format_weekday, ngettext
from kapperboek.services import today as use_case
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.page import Page
from kapperboek.ui.today.appointment_actions import act_on_appointment
from kapperboek.ui.today.first_steps import FirstSteps
from kapperboek.ui.today.today_rows import HIDDEN, asking, columns, waiting, waiting_words
from kapperboek.ui.widgets.frames import CardFrame, scrolling
from kapperboek.ui.widgets.key_hints import KeyHints
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.last_focus import LineInUse
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.layout.tab_order import tab_as_read
from kapperboek.ui.widgets.lists.action_list import LOWEST, ActionList
from kapperboek.ui.widgets.lists.action_rows import Row
from kapperboek.ui.widgets.text_labels import Heading, Label

if TYPE_CHECKING:
    from kapperboek.domain.views.card_view import FollowUpView

ABSENT_LATER = timedelta(weeks=4)
MOST_AT_ONCE = 6  # lines of birthdays; further ones are scrolled to


class TodayPage(Page):
    """Page of today, which the window opens with."""

    name = "today"
    filled = Signal(int)  # how many lines ask for something today

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.count = 0
        self._today: Today | None = None
        self._behind = False  # whether it is another page that is seen, and this one is not filled with the last answer
        self._width = -1
        self.lists: dict[str, ActionList] = {}
        self._order: list[str] = []  # of the lists, as one reads
        self.cards: dict[str, CardFrame] = {}
        self._build()
        context.discreet_changed.connect(lambda _on: self._fill())
        context.staff_changed.connect(lambda _id: self._greet())
        context.day_changed.connect(lambda _day: self.refresh())

    # --- building ---------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.heading = Heading("")
        self.remark = Label("", size=13.5, token="soft", wrap=True)
        self.remark.setContentsMargins(0, theme.px(7), 0, 0)  # on the line of the heading
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.px(20))
        self._columns.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        inside.setLayout(self._columns)
        self._area = scrolling(inside)
        self._make_cards()
        self.line = LineInUse(*self.lists.values())
        self.keys = KeyHints(*self.lists.values(), more=_("← → next list"))
        box = vbox(self, gap=12, margins=(0, 0, 0, 10))
        box.addWidget(SideBySide((self.heading, 0), (self.remark, 1), narrow=620, row_gap=0))
        box.addWidget(self._area, 1)
        box.addWidget(self.keys)

    def _make_cards(self) -> None:
        for name, title, icon in (
            ("chair", _("In the chair today"), "scissors"),
            ("follow", _("Follow up"), "follow-up"),
            ("birthdays", _("Birthdays"), "cake"),
            ("absent", _("Time for a visit"), "heart"),
        ):
            card = CardFrame(title, icon=icon)
            card.body.setContentsMargins(theme.px(12), theme.px(16), theme.px(12), theme.px(10))
            card.head.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
            rows = ActionList(title)
            rows.opened.connect(self._open)
            rows.acted.connect(self._act)
            rows.stepped.connect(lambda step, here=name: self._step(here, step))
            nothing = Label("", size=13.5, token="soft", wrap=True)
            nothing.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(8))
            card.body.addWidget(nothing)
            card.body.addWidget(rows, 1)
            card.body.addStretch(0)
            self.cards[name], self.lists[name] = card, rows
            card.setProperty("nothing", nothing)
        self._welcome: FirstSteps | None = None

    def _arrange(self) -> None:
        """Arrange three columns in a wide window, two in a small one, one at large text."""
        width = self.width()
        number = 3 if width >= theme.px(1010) else 2 if width >= theme.px(620) else 1
        if number == self._columns.count() and self._columns.property("number") == number:
            return
        self._columns.setProperty("number", number)
        items = [self._columns.takeAt(0) for _n in range(self._columns.count())]
        plan = {3: (("chair",), ("follow",), ("birthdays", "absent")),
                2: (("chair", "absent"), ("follow", "birthdays")),
                1: (("chair", "follow", "birthdays", "absent"),)}[number]
        for names, stretch in zip(plan, (43, 32, 36), strict=False):
            column = QWidget()
            self._columns.addWidget(column, stretch)  # first, so that the cards never leave the window's order of Tab
            box = vbox(column, gap=16)
            for name in names:
                box.addWidget(self.cards[name], 1 if number == 3 else 0)
                self.cards[name].show()
            if number < 3:
                box.addStretch(1)
        for item in items:
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        for rows in self.lists.values():
            rows.set_grows(number < 3)
        self._order = [name for column in plan for name in column]
        tab_as_read(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != self._width:
            self._width = event.size().width()
            self._arrange()
        self._expect_bar(max(len(rows.rows()) for rows in self.lists.values()))

    # --- filling ----------------------------------------------------------------------------------------

    def shown(self, **_kw: Any) -> None:
        self.line.forget()
        self.refresh()

    def refresh(self) -> None:
        self.ask(use_case.today, done=self._got, key="today")

    def concerns(self, saved: Saved) -> bool:
        return bool(saved.kinds - {"setting"})

    def _got(self, today: Today) -> None:
        self._today = today
        self._fill()
        self.count = waiting(today.lines, today.date)
        self.filled.emit(self.count)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._fill()

    def _fill(self) -> None:
        """Fill the lists with the answer; behind another page only when this one comes to the front."""
        self._behind = not self.isVisible()
        if self._behind:
            self._empty()
        if self._today is None or self._behind:
            return
        self._arrange()
        made = columns(self._today, self.context.discreet)
        nothing = {
            "chair": _("Nobody in the book today."),
            "follow": _("Nothing to follow up. Enjoy the quiet."),
            "birthdays": _("Nobody has a birthday this week."),
            "absent": _("Everybody comes as often as they always did."),
        }
        if self.context.discreet:
            nothing |= dict.fromkeys(HIDDEN, _("Hidden. F9 shows it."))
        remarks = {"follow": asking(self._today.lines), "absent": self._today.absent_total}
        self._expect_bar(max(map(len, made.values())))
        for name, rows in made.items():
            self.lists[name].set_rows(rows)
            self.lists[name].setVisible(bool(rows))
            label: Label = self.cards[name].property("nothing")
            label.setText("" if rows else nothing[name])
            label.setVisible(not rows)
            self.cards[name].set_remark(str(remarks[name]) if remarks.get(name) else "")
        self._share_height(made)
        self.cards["birthdays"].set_remark(_("this week") if made["birthdays"] else "")
        self._greet()
        self._say_welcome(self._today.empty)

    def _empty(self) -> None:
        """Leave nobody in the lists, who may have been forgotten on the page in front."""
        for rows in self.lists.values():
            if rows.rows():
                rows.set_rows([])

    def _expect_bar(self, most: int) -> None:
        """Give the bar its room before so many rows are arranged for what it leaves: else all are arranged twice."""
        wanted = self._columns.property("number") < 3 and most * theme.px(LOWEST) > self._area.height()
        policy = Qt.ScrollBarPolicy
        self._area.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if wanted else policy.ScrollBarAsNeeded)

    def _share_height(self, made: dict[str, list[Row]]) -> None:
        """Share the height: birthdays take what they need, and leave the rest to those who stay away."""
        column = self.cards["birthdays"].parentWidget()
        box = column.layout() if column is not None else None
        if isinstance(box, QVBoxLayout) and self._columns.property("number") == 3:
            for name in ("birthdays", "absent"):
                box.setStretchFactor(self.cards[name], 2 + min(len(made[name]), MOST_AT_ONCE))

    def _greet(self) -> None:
        today = self._today
        if today is None:
            return
        hour = self.context.clock.local().hour
        words = _("Good morning") if hour < 12 else _("Good afternoon") if hour < 18 else _("Good evening")
        self.heading.setText(f"{words} {self.context.staff_name()}".strip())
        kinds = [line.kind for line in today.lines]
        counts = []
        if n := kinds.count("appointment"):
            counts.append(ngettext("{n} appointment", "{n} appointments", n).format(n=n))
        if n := asking(today.lines):
            counts.append(ngettext("{n} follow-up", "{n} follow-ups", n).format(n=n))
        if n := waiting(today.lines, today.date):
            counts[-1] += f" ({waiting_words(n)})"
        if n := kinds.count("birthday"):
            counts.append(ngettext("{n} birthday", "{n} birthdays", n).format(n=n))
        self.remark.setText(" · ".join((format_long_day(today.date), *counts)))

    def _say_welcome(self, empty: bool) -> None:
        """Show the first steps instead of the lists, as long as there are no customers at all."""
        if empty and self._welcome is None:
            self._welcome = FirstSteps(self.context)
            self.layout().insertWidget(1, self._welcome, 1)  # type: ignore[union-attr]
        if self._welcome is not None:
            self._welcome.setVisible(empty)
            if empty:
                self._welcome.refresh()
        self._area.setVisible(not empty)
        self.keys.setVisible(not empty)

    # --- doing ------------------------------------------------------------------------------------------

    def _step(self, here: str, step: int) -> None:
        names = [name for name in self._order if self.lists[name].isVisible() or name == here]
        place = names.index(here) + step
        if 0 <= place < len(names):
            self.lists[names[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_first(self) -> None:
        """Give the keyboard to the first list that has something in it."""
        first = next((self.lists[name] for name in self._order if self.lists[name].rows()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def act_on_line(self, event: QKeyEvent) -> bool:
        return self.line.act(event)

    def _open(self, line: TodayLine) -> None:
        self.context.open_customer(line.customer_id)

    def _act(self, action: str, line: TodayLine) -> None:
        from kapperboek.services.moments import follow_ups

        day = self.context.day
        if action == "visit":
            self.context.note_visit(line.customer_id, line.ref)
        elif action in ("missed", "change", "call_off"):
            act_on_appointment(self.context, action, line.customer_id, line.ref, line.version, self)
        elif action == "follow_up":
            self.context.add_follow_up(line.customer_id)
        elif action == "call":
            if line.kind in ("follow_up", "promise"):
                self._open_about("call", line)
            else:
                self.context.open_dialog("call", customer_id=line.customer_id, text=line.text or line.why)
        elif action == "done":
            self.context.save(follow_ups.done, line.ref, owner=self)
        elif action == "tomorrow":
            self.context.save(follow_ups.snooze, line.ref, day + timedelta(days=1), owner=self)
        elif action == "later":
            self._choose_day(line)
        elif action == "hide":
            until = day + ABSENT_LATER if line.kind == "absent" else max(line.due, day) + timedelta(days=1)
            self.context.save(use_case.hide, line, until, owner=self)

    def _open_about(self, dialog: str, line: TodayLine) -> None:
        """Open a dialog about the follow-up of this line, of which the line holds no more than the id."""
        from kapperboek.services.moments import follow_ups

        def got(found: FollowUpView) -> None:
            self.context.open_dialog(dialog, customer_id=line.customer_id, follow_up=found)

        self.context.jobs.run(follow_ups.open_one, line.ref, done=got, owner=self)

    def _choose_day(self, line: TodayLine) -> None:
        """Show the menu of days to put a follow-up off to; another day is chosen in the follow-up itself."""
        from kapperboek.services.moments import follow_ups

        menu = QMenu(self)
        for words, days in (
            (_("Tomorrow"), 1), (_("In three days"), 3), (_("In a week"), 7), (_("In two weeks"), 14),
            (_("In four weeks"), 28),
        ):
            day = self.context.day + timedelta(days=days)
            action = menu.addAction(f"{words} – {format_weekday(day)}")
            action.triggered.connect(
                lambda _on=False, until=day: self.context.save(follow_ups.snooze, line.ref, until, owner=self)
            )
        menu.addSeparator()
        menu.addAction(_("Other day or other words…"), lambda: self._open_about("follow_up", line))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows = self.lists["follow"]
        place = rows.viewport().mapToGlobal(rows.visualRect(rows.currentIndex()).center())
        menu.popup(QCursor.pos() if rows.underMouse() else QPoint(place))
