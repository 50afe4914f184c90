"""Keypad: digits to click, for wet hands and a mouse alone must be able to type a PIN."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import Button, icon_button

HIGH, LOW, WIDE = 56, 46, 84  # pixels at 100 %
KEYS = "123456789 0"


class Keypad(QWidget):
    """Types into ``line``, which keeps the keyboard."""

    def __init__(self, line: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digits: dict[str, Button] = {}
        self.setAccessibleName(_("Digits"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(8))
        for place, digit in enumerate(KEYS):
            if digit.strip():
                button = self.digits[digit] = Button(digit, size="large", name=digit)
                self._add(grid, button, place, _typing(line, digit))
        self.back = icon_button("backspace", _("Take the last digit away"))
        self._add(grid, self.back, len(KEYS), line.backspace)
        self.enter = icon_button("unlock", _("Open"), kind="primary")
        self._add(grid, self.enter, KEYS.index(" "), line.returnPressed.emit)
        self.enter.hide()

    def set_low(self, low: bool) -> None:
        """Less height for each where the window has little, and Enter among them for want of a button below."""
        for button in (*self.digits.values(), self.back, self.enter):
            button.setFixedHeight(theme.px(LOW if low else HIGH))
        self.enter.setVisible(low)

    def _add(self, grid: QGridLayout, button: Button, place: int, do: Callable[[], None]) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setFixedSize(theme.px(WIDE), theme.px(HIGH))
        button.clicked.connect(lambda: do())
        grid.addWidget(button, place // 3, place % 3)


def _typing(line: QLineEdit, digit: str) -> Callable[[], None]:
    return lambda: line.insert(digit)
