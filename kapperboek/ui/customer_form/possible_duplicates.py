"""Possible duplicates beside the customer form: who a new card may already be, with the reasons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.search_view import Likeness
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_labels import DOT
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.layout.tab_order import put_aside
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.text_labels import Label


class LikenessRow(QWidget):
    """Row of one possible duplicate; Enter or a click chooses."""

    chosen = Signal(int)
    moved = Signal(int)
    left = Signal()

    def __init__(self, likeness: Likeness, discreet: bool) -> None:
        super().__init__()
        self.likeness = likeness
        self._pressed = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        reasons = DOT.join(likeness.reasons)
        self.setAccessibleName(likeness.name if discreet else f"{likeness.name}. {reasons}")
        box = vbox(self, gap=2, margins=(10, 8, 10, 8))
        box.addWidget(Label(f"{likeness.name} · #{likeness.number}", weight=600, wrap=True))
        for text in () if discreet else (likeness.detail, reasons):
            if text:
                box.addWidget(Label(text, size=13.5, token="soft", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.likeness.customer_id)
        elif event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.button() == Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose only who was pressed: while somebody types another may come to stand under the pointer."""
        if self._pressed and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.likeness.customer_id)
        self._pressed = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not (self.hasFocus() or self.underMouse()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("petrol_tint" if self.hasFocus() else "hover"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(9), theme.px(9))
        if self.hasFocus():
            paint.ring(painter, QRectF(self.rect()), theme.px(9))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


class MayExist(CardFrame):
    """List of possible duplicates, hidden until there is one; beside the form it stays then: fields would move."""

    chosen = Signal(int)
    left = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__(_("May already exist"), icon="customers")
        self._list = vbox(gap=2)
        self.body.addLayout(self._list)
        hint = _("A click, or ↓ and Enter, opens that card, with what you typed; Esc goes back to the new one.")
        self._hint = Label(hint, size=13, token="soft", wrap=True)
        self.body.addWidget(self._hint)
        self._nobody = Label(_("Nobody here looks like this."), size=13.5, token="soft", wrap=True)
        self._nobody.hide()
        self.body.addWidget(self._nobody)
        self.body.addStretch(1)
        self._slim = False
        self.rows: list[LikenessRow] = []
        self._shown: tuple[object, ...] = ()
        put_aside(self)
        self.hide()

    def show_likenesses(self, likenesses: tuple[Likeness, ...], discreet: bool) -> None:
        """Show these possible duplicates."""
        now = (likenesses, discreet)
        if now == self._shown:
            return
        self._shown = now
        forget_children(self._list)
        self.rows = []
        for likeness in likenesses:
            row = LikenessRow(likeness, discreet)
            row.chosen.connect(self.chosen)
            row.left.connect(self.left)
            row.moved.connect(lambda step, row=row: self._move(row, step))
            self.rows.append(row)
            self._list.addWidget(row)
        was = self.isHidden()
        self.setVisible(bool(likenesses) or not (was or self._slim))
        self._show_words()
        if not (was and self.isHidden()):
            self.resized.emit()

    def _show_words(self) -> None:
        self._hint.setVisible(bool(self.rows) and not self._slim)
        self._nobody.setVisible(not self.rows)

    def set_slim(self, slim: bool) -> None:
        """Make it slim, within the form instead of beside it: without the words about its keys, and with little air."""
        self._slim = slim
        self._show_words()
        sides, ends = (10, 8) if slim else (20, 16)
        self.body.setContentsMargins(theme.px(sides), theme.px(ends), theme.px(sides), theme.px(ends))
        self.body.setSpacing(theme.px(2 if slim else 8))

    def go(self) -> bool:
        """Give the first one the keyboard; False when there is nobody."""
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(self.rows)

    def _move(self, row: LikenessRow, step: int) -> None:
        place = self.rows.index(row) + step
        if place < 0:
            self.left.emit()
        elif place < len(self.rows):
            self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)
