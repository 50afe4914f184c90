"""Talk point row on the yellow card: its words, its answer, and other words for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import ChangedMeanwhile
from kapperboek.domain.views.card_view import TalkPointView
from kapperboek.i18n import _
from kapperboek.services.moments import talk
from kapperboek.ui.appearance import theme
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.card.card_draft_state import HalfTyped, Texts, Typed
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.layout.flow_layout import flow_policy
from kapperboek.ui.widgets.painting.text_lines import words as paragraph

NARROW = 430  # pixels at 100 %: below this the buttons stand under the words


class TalkRow(QWidget):
    """Row of one talk point: its words, who wrote it, what can become of it, and the line for the answer.

    It paints its words and places its buttons itself, beside them or, where it is narrow, below.
    """

    def __init__(self, context: Context, point: TalkPointView, today: date, half: HalfTyped) -> None:
        super().__init__()
        self.context, self.point, self.half = context, point, half
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
        if point.id in half.words:
            self._open(rewording=True)
        elif point.id in half.answers:
            self._open(rewording=False)
        self.setToolTip(_("F2 or a double click changes the words"))
        self.discussed.clicked.connect(self._discuss)
        self.next.clicked.connect(lambda: self._save(talk.next_time, point.id))
        self.drop.clicked.connect(lambda: self._save(talk.drop, point.id))

    def stops(self) -> list[QWidget]:
        """Tab stops of the row, in the order of reading."""
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
        if event.size().width() != event.oldSize().width():  # what stands where goes by the width alone
            self._arrange(self.width(), move=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._words(QPainter(self), self.width())

    def _words(self, painter: QPainter | None, width: int) -> float:
        room = width - (self._buttons_wide() + theme.px(12) if self._wide(width) else 0)
        below = paragraph(painter, self.point.text, (0, theme.px(1), room), "note_ink", 16, 600)
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
        x, top = (width - self._buttons_wide(), theme.px(2)) if wide else (0, text_end + theme.px(4))
        high = max(size.height() for size in self._sizes)
        for button, size in zip((self.discussed, self.next, self.drop), self._sizes, strict=True):
            if move:
                button.setGeometry(QRect(QPoint(x, top), size))
            x += size.width() + theme.px(6)
        end = max(text_end, top + high) + theme.px(2)
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

    # --- the answer, and other words ----------------------------------------------------------------------

    def answer(self) -> str | None:
        """The answer that is being typed; None when none is being given."""
        return self.half.answers.get(self.point.id)

    def line(self) -> InlineLine | None:
        """Edit line of the row while somebody types in it, else None."""
        return self._line

    def _texts(self) -> Texts:
        return self.half.words if self._rewording else self.half.answers

    def _open(self, rewording: bool) -> InlineLine:
        """Open the line, with what is half typed of the answer, or of other words for the point."""
        self._rewording = rewording
        line = self._line
        if line is None:
            line = self._line = InlineLine(talk=True)
            line.setParent(self)
            line.show()
            self._fit()
            line.entered.connect(self._answered)
            line.escaped.connect(self._leave)
            line.textEdited.connect(lambda text: self.half.keep(self._texts(), self.point.id, text))
        hint = _("Other words. Enter saves") if rewording else _("What was the answer? Enter saves")
        line.setPlaceholderText(hint)
        line.setAccessibleName(hint)
        line.setText(self._texts().setdefault(self.point.id, self.point.text if rewording else ""))
        return line

    def edit(self) -> None:
        """Edit the words of the point where they stand; never over what is being typed there."""
        line = self._line
        if line is None or not line.text().strip():
            if line is not None:
                self._texts().pop(self.point.id, None)
            line = self._open(rewording=True)
            line.selectAll()
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.edit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit()

    def _answered(self) -> None:
        typed = self._line.text() if self._line is not None else ""
        point, what = self.point, Typed(self._texts(), self.point.id, typed)
        if not self._rewording:
            self.half.save(self.context, what, talk.discuss, point.id, typed, failed=self._refused)
        elif typed.strip():
            how: dict[str, Any] = {"not_before": point.not_before, "version": point.version, "failed": self._refused}
            self.half.save(self.context, what, talk.edit_point, point.id, typed, **how)

    def _discuss(self) -> None:
        """Mark as discussed: the first press asks for the answer; a second one saves what stands there, if anything."""
        if self._line is not None:
            self._answered()
        else:
            self._open(rewording=False).setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        """Leave by Esc: the line goes; words that were typed in it come back with it."""
        line, texts, key = self._line, self._texts(), self.point.id
        if line is not None:
            text = line.text()
            same = not text.strip() or (self._rewording and text == self.point.text)
            self.half.keep(texts, key, None if same else text)
            line.hide()
            line.deleteLater()
            self._line, self._rewording = None, False
            self._fit()
            if not same:
                self.context.toast_kept()
        self.discussed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, fn: Any, *args: Any) -> None:
        self.context.save(fn, *args, failed=self._refused, owner=self.half)

    def _refused(self, error: Exception) -> None:
        """Tell the error, keep what was typed; above it comes, a moment later, what somebody else made of the point."""
        self.context.tell(error)
        if isinstance(error, ChangedMeanwhile):
            self.half.outdated.emit()
