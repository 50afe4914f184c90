"""Filter chip with a menu, a menu that stays open while ticking, and a list to choose a tag from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QMenu, QWidget

from kapperboek.i18n import _
from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.painting import paint


class FilterChip(Button):
    """Chip of one filter, shows its choice. Click or Enter opens the menu; the cross, Delete or Backspace clears."""

    cleared = Signal()

    def __init__(self, words: str, *, may_clear: bool = True) -> None:
        super().__init__(words)
        self._words, self._may_clear = words, may_clear
        self.on = False

    def set_choice(self, text: str) -> None:
        """Show the choice of the filter, in words; empty when nothing is chosen."""
        self.on = bool(text) and self._may_clear
        self.setText(text.replace("&", "&&") if text else self._words)
        hint = _("Delete takes this filter away") if self.on else ""
        self.setAccessibleName(text or self._words)
        self.setAccessibleDescription(hint)
        self.updateGeometry()
        self.update()

    def _mark(self) -> str:
        return "cross" if self.on else "chevron-down"

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + theme.px(22), theme.px(40))

    def _tokens(self) -> tuple[str, str, str]:
        if self.on:
            return "petrol", "petrol_tint", "petrol" if self.underMouse() else ""
        return "ink", "hover" if self.underMouse() else "card", "line"

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        side = theme.px(15)
        words = rect.adjusted(theme.px(13), 0, -theme.px(13) - side, 0)
        paint.line(painter, words, self._plain_text(), ink, 14, 600 if self.on else 500)
        x = round(rect.right() - theme.px(11) - side)
        token = "petrol" if self.on else "soft"
        painter.drawPixmap(x, round(rect.center().y() - side / 2), icons.pixmap(self._mark(), token, 15))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            self.on
            and event.position().x() > self.width() - theme.px(34)
            and self.rect().contains(event.pos())
        ):
            self.setDown(False)
            self.cleared.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.on and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.click()
        else:
            super().keyPressEvent(event)


class StayingMenu(QMenu):
    """Menu of things to tick: it stays open until Esc or a click beside it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        ticks = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in ticks and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


def open_under(menu: QMenu, chip: QWidget) -> None:
    """Show a menu under its chip, its first line ready for the keyboard; it is thrown away when it closes."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + theme.px(4))))
    if menu.actions():
        menu.setActiveAction(menu.actions()[0])


class PickList(QFrame):
    """List to pick one of many words from: typing makes it shorter, Enter takes what is at the top or chosen."""

    picked = Signal(str)

    def __init__(self, words: Sequence[str], name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = words
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.line = LineEdit(placeholder=_("type to make the list shorter"), name=name)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        box = vbox(self, margins=(10, 10, 10, 10))
        box.addWidget(self.line)
        box.addWidget(self.list)
        self.resize(theme.px(280), theme.px(320))
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self._take)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.line.installEventFilter(self)
        self._narrow("")

    def open_under(self, chip: QWidget) -> None:
        """Show it under its chip."""
        self.move(chip.mapToGlobal(QPoint(0, chip.height() + theme.px(4))))
        self.show()
        self.line.setFocus()

    def _narrow(self, text: str) -> None:
        self.list.clear()
        self.list.addItems([word for word in self._words if text.casefold() in word.casefold()])
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.picked.emit(item.text())
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self.list.setCurrentRow(min(max(0, self.list.currentRow() + step), self.list.count() - 1))
                return True
        return False
