"""Praat over: the yellow card with what to bring up, its answers, and one line for the next point."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kapperboek.domain.views.card import Card, TalkPointView
from kapperboek.i18n import _
from kapperboek.services import talk
from kapperboek.ui import theme
from kapperboek.ui.context import Context
from kapperboek.ui.pages import card_words as words
from kapperboek.ui.pages.card_inline import InlineLine, forget_children
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.day_edit import DayEdit
from kapperboek.ui.widgets.frames import CardFrame, Line
from kapperboek.ui.widgets.labels import Key, Label
from kapperboek.ui.widgets.side_by_side import SideBySide


class TalkRow(QWidget):
    """One point: its words, who wrote it, what can become of it, and the line for the answer."""

    typed = Signal()

    def __init__(self, context: Context, point: TalkPointView, today: date, answer: str | None) -> None:
        super().__init__()
        self.context, self.point = context, point
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        box.setSpacing(theme.px(4))
        said, line = QWidget(), QWidget()
        text = QVBoxLayout(said)
        text.setContentsMargins(0, 0, 0, 0)
        text.setSpacing(0)
        text.addWidget(Label(point.text, size=16, weight=600, token="note_ink", wrap=True))
        text.addWidget(Label(words.talk_origin(point, today), size=13.5, token="note_soft", wrap=True))
        flow = QHBoxLayout(line)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(theme.px(6))
        self.discussed = Button(_("Discussed"), icon="check", kind="note", size="small")
        self.next = icon_button("clock", _("Next time: {point}").format(point=point.text[:80]), kind="note")
        self.drop = icon_button("cross", _("Drop: {point}").format(point=point.text[:80]), kind="note")
        self.discussed.setAccessibleName(_("Discussed: {point}").format(point=point.text[:80]))
        self.next.setToolTip(_("Next time"))
        self.drop.setToolTip(_("Drop it"))
        for button in (self.discussed, self.next, self.drop):
            flow.addWidget(button)
        flow.addStretch(1)
        box.addWidget(SideBySide((said, 1), (line, 0), narrow=430, row_gap=4))
        self.answer = InlineLine(answer or "", placeholder=_("What was the answer? Enter saves"), talk=True)
        self.answer.setVisible(answer is not None)
        box.addWidget(self.answer)
        self.discussed.clicked.connect(self._discuss)
        self.next.clicked.connect(lambda: self._save(talk.next_time, point.id))
        self.drop.clicked.connect(lambda: self._save(talk.drop, point.id))
        self.answer.entered.connect(lambda: self._save(talk.discuss, point.id, self.answer.text()))
        self.answer.escaped.connect(self._leave)
        self.answer.textEdited.connect(lambda _text: self.typed.emit())

    def _discuss(self) -> None:
        """The first press asks for the answer; a second one saves what stands there, if anything."""
        if self.answer.isHidden():
            self.answer.show()
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
            self.typed.emit()
        else:
            self._save(talk.discuss, self.point.id, self.answer.text())

    def _leave(self) -> None:
        self.answer.clear()
        self.answer.hide()
        self.discussed.setFocus(Qt.FocusReason.OtherFocusReason)
        self.typed.emit()

    def _save(self, fn: Any, *args: Any) -> None:
        self.context.save(fn, *args, owner=self)


class TalkSection(CardFrame):
    """Open points due now; those to come folded behind "later"; and the line that makes a new one."""

    typed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(_("Talk about"), icon="talk", ground="note")
        self.context = context
        self._customer_id = 0
        self._shown: tuple[object, ...] | None = None
        self._rows: list[TalkRow] = []
        self.points = QVBoxLayout()
        self.points.setSpacing(0)
        self.body.addLayout(self.points)
        self._add = QWidget()
        row = QHBoxLayout(self._add)
        row.setContentsMargins(0, 0, 0, 0)
        self.new = InlineLine(placeholder=_("Talk about next time…"), talk=True)
        self.key = Key("Ctrl T")
        row.addWidget(self.new, 1)
        row.addWidget(self.key)
        self.body.addWidget(self._add)
        self._when = QWidget()
        when = QHBoxLayout(self._when)
        when.setContentsMargins(0, 0, 0, 0)
        when.addWidget(Label(_("not before"), size=13.5, token="note_soft"))
        self.not_before = DayEdit(lambda: context.day, name=_("Not before"))
        when.addWidget(self.not_before, 1)
        self._when.hide()
        self.body.addWidget(self._when)
        self.later = Button("", kind="note", size="small")
        self.later.clicked.connect(self._unfold)
        self._later_points = QVBoxLayout()
        self.body.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._later_points)
        self._unfolded = False
        self.new.textChanged.connect(self._new_typed)
        self.new.entered.connect(self._save_new)
        self.new.escaped.connect(self.new.clear)
        self.not_before.line.returnPressed.connect(self._save_new)
        self.not_before.changed.connect(self.typed)

    def show_card(self, card: Card, discreet: bool) -> None:
        """Show the points of this card; what was being typed stays."""
        today = self.context.day
        now = (card.customer_id, card.talk_points, discreet, today)
        if now == self._shown:
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        answers = self.answers() if card.customer_id == self._customer_id else {}
        if card.customer_id != self._customer_id:
            self._customer_id, self._unfolded = card.customer_id, False
            self.new.clear()
            self.not_before.set_value(None)
        self._shown = now
        self._fill(card, answers, discreet)
        if had_focus and not self.new.hasFocus():
            target = self._rows[0].discussed if self._rows else self.new
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, card: Card, answers: dict[int, str], discreet: bool) -> None:
        forget_children(self.points)
        due = [point for point in card.talk_points if point.due]
        later = [point for point in card.talk_points if not point.due]
        self.set_remark(str(len(due)) if due else "")
        if discreet:
            self.points.addWidget(Label(_("Hidden. F9 shows it."), token="note_soft", wrap=True))
        elif not due:
            hint = _("Nothing to bring up yet. Note below what {name} told.")
            text = hint.format(name=card.given_name or card.name)
            self.points.addWidget(Label(text, size=13.5, token="note_soft", wrap=True))
        self._rows = []
        for point in due:
            if self._rows:
                self.points.addWidget(Line("note_line"))
            self._rows.append(self._row(point, answers.get(point.id)))
            self.points.addWidget(self._rows[-1])
        self._add.setVisible(not discreet)
        self._when.setVisible(not discreet and bool(self.new.text()))
        self._fill_later(later)

    def _row(self, point: TalkPointView, answer: str | None) -> TalkRow:
        row = TalkRow(self.context, point, self.context.day, answer)
        row.typed.connect(self.typed)
        return row

    def _fill_later(self, later: list[TalkPointView]) -> None:
        forget_children(self._later_points)
        self.later.setText(_("later: {n}").format(n=len(later)))
        self.later.setAccessibleName(self.later.text())
        self.later.set_icon("chevron-down" if self._unfolded else "chevron-right")
        self.later.setVisible(bool(later))
        if self._unfolded:
            for point in later:
                self._later_points.addWidget(self._row(point, None))

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        points = self._shown[1] if self._shown else ()
        self._fill_later([p for p in points if not p.due])  # type: ignore[attr-defined]

    def _new_typed(self, text: str) -> None:
        self._when.setVisible(bool(text))
        self.typed.emit()

    def _save_new(self) -> None:
        text = self.new.text().strip()
        if not text or self.not_before.wrong():
            return
        day = self.not_before.value()
        self.context.save(talk.add_point, self._customer_id, text, not_before=day, done=self._saved, owner=self)

    def _saved(self, _saved: object) -> None:
        self.new.setText("")  # not clear(): Ctrl+Z now means the point, not the words
        self.not_before.set_value(None)

    # --- what is half typed ----------------------------------------------------------------------------

    def answers(self) -> dict[int, str]:
        """The answers being typed, by talk point."""
        return {row.point.id: row.answer.text() for row in self._rows if not row.answer.isHidden()}

    def restore(self, text: str, not_before: date | None, answers: dict[int, str]) -> None:
        """Put back what was half typed."""
        self.new.setText(text)
        self.not_before.set_value(not_before)
        for row in self._rows:
            if row.point.id in answers:
                row.answer.setText(answers[row.point.id])
                row.answer.show()
