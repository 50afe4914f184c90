"""Praat over: the yellow card with what to bring up, its answers, and one line for the next point."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
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
from kapperboek.ui.widgets.flow import flow_policy
from kapperboek.ui.widgets.frames import CardFrame, Line
from kapperboek.ui.widgets.labels import Key, Label
from kapperboek.ui.widgets.words import words as paragraph

NARROW = 430  # pixels at 100 %: below this the buttons stand under the words


class TalkRow(QWidget):
    """One point: its words, who wrote it, what can become of it, and the line for the answer.

    It paints its words and places its buttons itself, beside them or, where it is narrow, below.
    """

    typed = Signal()

    def __init__(self, context: Context, point: TalkPointView, today: date, answer: str | None) -> None:
        super().__init__()
        self.context, self.point = context, point
        self._origin = words.talk_origin(point, today)
        self._heights: dict[int, int] = {}
        self._line: InlineLine | None = None
        self._rewording = False
        self.setAccessibleName(f"{point.text}. {self._origin}")
        flow_policy(self)
        short = point.text[:80]
        self.discussed = Button(_("Discussed"), icon="check", kind="note", size="small", parent=self)
        self.next = icon_button("clock", _("Next time: {point}").format(point=short), kind="note", parent=self)
        self.drop = icon_button("cross", _("Drop: {point}").format(point=short), kind="note", parent=self)
        self.discussed.setAccessibleName(_("Discussed: {point}").format(point=short))
        self.next.setToolTip(_("Next time"))
        self.drop.setToolTip(_("Drop it"))
        self._sizes = [button.sizeHint() for button in (self.discussed, self.next, self.drop)]
        if answer is not None:
            self.begin_answer(answer)
        self.setToolTip(_("F2 or a double click changes the words"))
        self.discussed.clicked.connect(self._discuss)
        self.next.clicked.connect(lambda: self._save(talk.next_time, point.id))
        self.drop.clicked.connect(lambda: self._save(talk.drop, point.id))

    def stops(self) -> list[QWidget]:
        """What Tab stops at, in the order of reading."""
        line = [] if self._line is None else [self._line]
        return [self.discussed, self.next, self.drop, *line]

    # --- how it stands ----------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._arrange(width, move=False)
        return height

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._words(QPainter(self), self.width())

    def _words(self, painter: QPainter | None, width: int) -> float:
        room = width - (self._buttons_wide() + theme.px(14) if self._wide(width) else 0)
        below = paragraph(painter, self.point.text, (0, theme.px(4), room), "note_ink", 16, 600)
        return paragraph(painter, self._origin, (0, below, room), "note_soft", 13.5)

    @staticmethod
    def _wide(width: int) -> bool:
        return width >= theme.px(NARROW)

    def _buttons_wide(self) -> int:
        return sum(size.width() for size in self._sizes) + 2 * theme.px(6)

    def _arrange(self, width: int, move: bool) -> int:
        """Give everything its place, or only measure; gives the height."""
        text_end = round(self._words(None, width))
        wide = self._wide(width)
        x, top = (width - self._buttons_wide(), theme.px(4)) if wide else (0, text_end + theme.px(4))
        high = max(size.height() for size in self._sizes)
        for button, size in zip((self.discussed, self.next, self.drop), self._sizes, strict=True):
            if move:
                button.setGeometry(QRect(QPoint(x, top), size))
            x += size.width() + theme.px(6)
        end = max(text_end, top + high) + theme.px(4)
        if self._line is not None:
            tall = self._line.sizeHint().height()
            if move:
                self._line.setGeometry(0, end, width, tall)
            end += tall + theme.px(4)
        return end

    def _fit(self) -> None:
        self._heights.clear()
        self._arrange(self.width(), move=True)
        self.updateGeometry()

    # --- the answer -------------------------------------------------------------------------------------

    def answer(self) -> str | None:
        """What is being typed; None when no answer is being given."""
        return None if self._line is None or self._rewording else self._line.text()

    def begin_answer(self, text: str = "") -> None:
        """Show the line for the answer, with this in it."""
        if self._line is None:
            self._line = InlineLine(placeholder=_("What was the answer? Enter saves"), talk=True)
            self._line.setParent(self)
            self._line.show()
            self._fit()
            self._line.entered.connect(self._answered)
            self._line.escaped.connect(self._leave)
            self._line.textEdited.connect(lambda _text: self.typed.emit())
        self._line.setText(text)

    def edit(self) -> None:
        """The words of the point, to be changed where they stand; never over what is being typed there."""
        if self._line is not None and self._line.text().strip():
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.begin_answer(self.point.text)
        if self._line is not None:
            self._rewording = True
            self._line.setPlaceholderText(_("Other words. Enter saves"))
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.edit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit()

    def _answered(self) -> None:
        typed = self._line.text() if self._line is not None else ""
        point = self.point
        if self._rewording:
            if typed.strip():
                self._save(talk.edit_point, point.id, typed, not_before=point.not_before, version=point.version)
        else:
            self._save(talk.discuss, point.id, typed)

    def _discuss(self) -> None:
        """The first press asks for the answer; a second one saves what stands there, if anything."""
        if self._line is not None:
            self._answered()
            return
        self.begin_answer()
        if self._line is not None:
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.typed.emit()

    def _leave(self) -> None:
        if self._line is not None:
            self._line.hide()
            self._line.deleteLater()
            self._line, self._rewording = None, False
            self._fit()
        self.discussed.setFocus(Qt.FocusReason.OtherFocusReason)
        self.typed.emit()

    def _save(self, fn: Any, *args: Any, **kw: Any) -> None:
        self.context.save(fn, *args, owner=self, **kw)


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
        return {row.point.id: text for row in self._rows if (text := row.answer()) is not None}

    def restore(self, text: str, not_before: date | None, answers: dict[int, str]) -> None:
        """Put back what was half typed."""
        self.new.setText(text)
        self.not_before.set_value(not_before)
        for row in self._rows:
            if row.point.id in answers:
                row.begin_answer(answers[row.point.id])
