"""Base of the rows for appointments and follow-ups on the card: actions by buttons, by keys, and in a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.lists.action_rows import Action
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.text_labels import Icon, Label

BESIDE = 330  # width at 100 % from which the buttons stand beside the words


class TodoRow(QWidget):
    """Row with actions: Enter or a double click changes it; Alt and a letter does as on Today; a menu has it all."""

    acted = Signal(str)  # the id of an action
    by_delete = ""  # the action of the Delete key

    def __init__(self, actions: tuple[Action, ...], name: str, to_change: str) -> None:
        super().__init__()
        self.actions_, self._to_change = actions, to_change
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.AltModifier and not event.isAutoRepeat():
            action = next((one for one in self.actions_ if ord(one.key) == event.key()), None)
            if action is not None:
                self.acted.emit(action.id)
                return
        if not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.acted.emit(self._to_change)
        elif not held and event.key() == Qt.Key.Key_Delete and self.by_delete:
            self.acted.emit(self.by_delete)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.acted.emit(self._to_change)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu().popup(self.mapToGlobal(QPoint(self.rect().center())) if by_key else event.globalPos())

    def menu(self) -> QMenu:
        """Context menu of the row: the actions of its buttons."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self.actions_:
            self._add_to(menu, action)
        return menu

    def _add_to(self, menu: QMenu, action: Action) -> None:
        entry = menu.addAction(icons.icon(action.icon), f"{action.name}\tAlt+{action.key}")
        entry.triggered.connect(lambda: self.acted.emit(action.id))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Take Alt and a letter of this row, before the menu of the window does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if alt and any(ord(one.key) == event.key() for one in self.actions_):
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint.ring(QPainter(self), self.rect().toRectF(), theme.px(8))


def fill_row(holder: QWidget, icon: str, text: str, facts: Sequence[QWidget], buttons: Sequence[Button]) -> None:
    """Fill a row of what is to be done: the words and under them the facts; the buttons beside them, on one line."""
    row = hbox(holder, gap=10, margins=(4, 2, 4, 2))
    row.addWidget(Icon(icon, "soft"))
    said = QWidget()
    box = vbox(said, gap=2)
    box.addWidget(Label(text, weight=600, wrap=True))
    if facts:
        below = QWidget()
        flow = FlowLayout(below, 8, 4)
        for widget in facts:
            flow.addWidget(widget)
        box.addWidget(flow_policy(below))
    together = QWidget()
    line = hbox(together, gap=4)
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    middle = Qt.AlignmentFlag.AlignVCenter
    row.addWidget(SideBySide((said, 1), (together, 0), narrow=BESIDE, gap=8, row_gap=4, align=middle), 1)
