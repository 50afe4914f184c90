"""Talk points of the card, on yellow: what to bring up, answers, and one line for the next point."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kapperboek.domain.views.card_view import Card, TalkPointView
from kapperboek.i18n import _
from kapperboek.services.moments import talk
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_draft_state import HalfTyped, Typed, joined
from kapperboek.ui.card.card_many import ManyPoints
from kapperboek.ui.card.knowledge.card_talk_row import TalkRow
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.day_edit import DayEdit
from kapperboek.ui.widgets.frames import CardFrame, Line
from kapperboek.ui.widgets.inline_line import InlineLine, Lines, type_on, where_typed
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.layout.side_by_side import TurningRow
from kapperboek.ui.widgets.text_labels import Key, Label

BESIDE = 330  # width at 100 % from which "later" stands beside the line for the next point


class TalkSection(CardFrame):
    """Section of talk points: those due now; those to come folded behind "later"; and the line that makes a new one."""

    left = Signal()  # by Esc: the keyboard is the card's again

    def __init__(self, context: Context, half: HalfTyped) -> None:
        super().__init__(_("Talk about"), icon="talk", ground="note")
        self.body.setContentsMargins(theme.px(18), theme.px(10), theme.px(18), theme.px(10))
        self.body.setSpacing(theme.px(4))
        self.context, self.half = context, half
        self._customer_id = 0
        self._shown: tuple[object, ...] | None = None
        self._due: list[TalkPointView] = []
        self._to_come: list[TalkPointView] = []
        self.rows: list[TalkRow] = []
        self.later_rows: list[TalkRow] = []
        self.points = vbox(gap=0)
        self.body.addLayout(self.points)
        self.many, self.many_later = ManyPoints(), ManyPoints()
        self.body.addWidget(self.many)
        self._add = QWidget()
        row = hbox(self._add)
        self.new = InlineLine(placeholder=_("Talk about next time…"), talk=True)
        self.key = Key("Ctrl T")
        row.addWidget(self.new, 1)
        row.addWidget(self.key)
        self.later = Button("", kind="note", size="small")
        self.later.clicked.connect(self._unfold)
        self.body.addWidget(TurningRow(self._add, self.later, from_width=BESIDE))
        self.body.addWidget(self._make_when())
        self._later_points = QVBoxLayout()
        self.body.addLayout(self._later_points)
        self.body.addWidget(self.many_later)
        self._unfolded = self._has_later = False
        self.many.changed.connect(self._fill_due)
        self.many_later.changed.connect(self._fill_later)
        self.new.textChanged.connect(self._new_typed)
        self.new.entered.connect(self._save_new)
        self.new.escaped.connect(self._leave_new)
        self.not_before.line.returnPressed.connect(self._save_new)
        self.keep.clicked.connect(self._save_new)
        self.not_before.changed.connect(self._new_typed)

    def _make_when(self) -> QWidget:
        """Make the line below a new talk point while one types: the day before which it is too early, and Save."""
        self._when = QWidget()
        when = hbox(self._when)
        when.addWidget(Label(_("not before"), size=13.5, token="note_soft"))
        self.not_before = DayEdit(lambda: self.context.day, name=_("Not before"))
        when.addWidget(self.not_before, 1)
        self.keep = Button(_("Save"), kind="note", size="small", hint="↵")
        self.keep.leave_keyboard()
        when.addWidget(self.keep)
        self._when.hide()
        return self._when

    def show_card(self, card: Card, discreet: bool) -> None:
        """Show the points of this card; what was being typed stays, and the keyboard with it."""
        today = self.context.day
        now = (card.customer_id, card.talk_points, discreet, today)
        if now == self._shown:
            return
        focus = QApplication.focusWidget()
        in_points = any(row.isAncestorOf(focus) for row in (*self.rows, *self.later_rows)) if focus else False
        typing = where_typed(self._lines())
        if card.customer_id != self._customer_id:
            self._customer_id, self._unfolded = card.customer_id, False
            self.many.begin()
            self.many_later.begin()
        self._shown = now
        if not discreet:
            self.half.set_points({point.id: point.text for point in card.talk_points})
        self._fill(card, discreet)
        self._put_back()
        if in_points and not type_on(typing, self._lines()):
            target = self.rows[0].discussed if self.rows else self.new
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_again(self) -> None:
        """Forget which talk points are shown: the draft of this card was replaced."""
        self._shown = None

    def _lines(self) -> Lines:
        return [(row.point.id, row.line()) for row in (*self.rows, *self.later_rows)]

    def _fill(self, card: Card, discreet: bool) -> None:
        self._due = [point for point in card.talk_points if point.due]
        self._to_come = [point for point in card.talk_points if not point.due]
        self.set_remark(str(len(self._due)) if self._due else "")
        self._fill_due()
        if discreet:
            self.points.addWidget(Label(_("Hidden. F9 shows it."), token="note_soft", wrap=True))
        elif not self._due:
            hint = _("Nothing to bring up yet. Note below what {name} told.")
            text = hint.format(name=card.given_name or card.name)
            self.points.addWidget(Label(text, size=13.5, token="note_soft", wrap=True))
        self._add.setVisible(not discreet)
        self._when.setVisible(not discreet and bool(self.new.text()))
        self._unfolded = self._unfolded or any(map(self._is_typed_in, self._to_come))
        self._fill_later()

    def _is_typed_in(self, point: TalkPointView) -> bool:
        return self.half.has_point(point.id)

    def _row(self, point: TalkPointView) -> TalkRow:
        return TalkRow(self.context, point, self.context.day, self.half)

    def _fill_due(self) -> None:
        forget_children(self.points)
        self.rows = []
        for point in self.many.pick(self._due, self._is_typed_in):
            if self.rows:
                self.points.addWidget(Line("note_line"))
            self.rows.append(self._row(point))
            self.points.addWidget(self.rows[-1])

    def _fill_later(self) -> None:
        forget_children(self._later_points)
        self.later.setText(_("later: {n}").format(n=len(self._to_come)))
        self.later.setAccessibleName(self.later.text())
        self.later.set_icon("chevron-down" if self._unfolded else "chevron-right")
        self._has_later = bool(self._to_come)
        self._show_later()
        shown = self.many_later.pick(self._to_come if self._unfolded else [], self._is_typed_in)
        self.later_rows = [self._row(point) for point in shown]
        for row in self.later_rows:
            self._later_points.addWidget(row)

    def _show_later(self) -> None:
        """Show "later" beside the line for the next point; not between that and its day."""
        self.later.setVisible(self._has_later and not self.new.text())

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self._fill_later()

    # --- the next point -----------------------------------------------------------------------------------

    def _new_typed(self, *_text: object) -> None:
        text = self.new.text()
        self._when.setVisible(bool(text) and not self._add.isHidden())
        self._show_later()
        self.half.text = text
        self.half.not_before = self.not_before.collect()
        self.half.changed.emit()

    def _put_back(self) -> None:
        """Put what is half typed back in the line; nothing moves while somebody types in it."""
        text, day = self.half.text, self.half.not_before
        if self.new.text() != text:
            self.new.setText(text)
            self.half.not_before = day
        if self.not_before.collect() != day:
            self.not_before.put_back(day)

    def _leave_new(self) -> None:
        """Leave by Esc: the keyboard goes; what was typed stays where it is."""
        self.left.emit()
        if self.new.text().strip():
            self.context.toast_kept()

    def _save_new(self) -> None:
        text = self.new.text().strip()
        if not text or self.not_before.wrong():
            return
        day = self.not_before.value()

        def failed(error: Exception) -> None:
            self.new.setText(joined(text, self.new.text()))
            if day and not self.not_before.text():
                self.not_before.set_value(day)
            self.context.tell(error)

        self.new.setText("")  # at once: what is typed from now on is the next. Not clear(): Ctrl+Z now means the point
        self.not_before.set_value(None)
        typed, how = Typed(None, None, text), {"not_before": day}
        self.half.save(self.context, typed, talk.add_point, self._customer_id, text, failed=failed, owner=self, **how)

    def answers(self) -> dict[int, str]:
        """The answers being typed, by talk point."""
        return self.half.answers
