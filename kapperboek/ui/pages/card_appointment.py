"""One appointment on the card: moved, called off, kept or missed, by its buttons, by keys, or by a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kapperboek.domain.views.card import Moment
from kapperboek.i18n import _
from kapperboek.ui import icons, theme
from kapperboek.ui.context import Context
from kapperboek.ui.pages import card_words as words
from kapperboek.ui.pages.appointment_actions import act_on_appointment, appointment_actions
from kapperboek.ui.widgets import paint
from kapperboek.ui.widgets.action_rows import Action
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.flow import FlowLayout, flow_policy
from kapperboek.ui.widgets.labels import Icon, Label
from kapperboek.ui.widgets.side_by_side import SideBySide

BESIDE = 330  # width at 100 % from which the buttons stand beside the words


class AppointmentRow(QWidget):
    """Enter or a double click opens it to be moved; Alt and a letter does what it does on Today; a menu has it all."""

    def __init__(self, context: Context, customer_id: int, moment: Moment) -> None:
        super().__init__()
        self.context, self.moment = context, moment
        self._customer_id = customer_id
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over = words.day_of(moment.at) < context.day
        to_come = words.day_of(moment.at) > context.day
        self.actions_ = tuple(
            action for action in appointment_actions() if not (to_come and action.id in ("visit", "missed"))
        )
        line = words.appointment_line(moment)
        self.setAccessibleName(_("Appointment {line}").format(line=line))
        keys = ", ".join(f"Alt+{action.key} {action.name}" for action in self.actions_)
        self.setAccessibleDescription(_("Enter: move or change; {keys}").format(keys=keys))
        asked = [Label(_("did they come?"), size=13.5, token="coral")] if self._over else []
        fill_row(self, "calendar", line, asked, [self._button(action, line) for action in self.actions_])

    def _button(self, action: Action, line: str) -> Button:
        button = icon_button(action.icon, f"{action.name}: {line}", kind="plain")
        button.setToolTip(f"{action.name} (Alt+{action.key})")
        button.clicked.connect(lambda: self._act(action.id))
        return button

    def _act(self, action: str) -> None:
        act_on_appointment(self.context, action, self._customer_id, self.moment.id, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.AltModifier and not event.isAutoRepeat():
            action = next((one for one in self.actions_ if ord(one.key) == event.key()), None)
            if action is not None:
                self._act(action.id)
                return
        if not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._act("change")
        elif not held and event.key() == Qt.Key.Key_Delete:
            self._act("call_off")
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._act("change")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu().popup(self.mapToGlobal(QPoint(self.rect().center())) if by_key else event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with this appointment."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self.actions_:
            self._add_to(menu, action)
        return menu

    def _add_to(self, menu: QMenu, action: Action) -> None:
        entry = menu.addAction(icons.icon(action.icon), f"{action.name}\tAlt+{action.key}")
        entry.triggered.connect(lambda: self._act(action.id))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Alt and a letter of this row comes here, not to the menu of the window."""
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
    """A row of what is to be done: the words and under them the facts; the buttons beside them, on one line."""
    row = QHBoxLayout(holder)
    row.setContentsMargins(theme.px(4), theme.px(2), theme.px(4), theme.px(2))
    row.setSpacing(theme.px(10))
    row.addWidget(Icon(icon, "soft"))
    said = QWidget()
    box = QVBoxLayout(said)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(theme.px(2))
    box.addWidget(Label(text, weight=600, wrap=True))
    if facts:
        below = QWidget()
        flow = FlowLayout(below, 8, 4)
        for widget in facts:
            flow.addWidget(widget)
        box.addWidget(flow_policy(below))
    together = QWidget()
    line = QHBoxLayout(together)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(4))
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    middle = Qt.AlignmentFlag.AlignVCenter
    row.addWidget(SideBySide((said, 1), (together, 0), narrow=BESIDE, gap=8, row_gap=4, align=middle), 1)
