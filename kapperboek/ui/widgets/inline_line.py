"""Inline edit line in the middle of a page, with a label beside it; the cursor is kept when such are made anew."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMetaMethod, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import HEIGHTS
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.layout.boxes import hbox
from kapperboek.ui.widgets.text_labels import Label


class InlineLine(LineEdit):
    """Inline edit finished by Enter (``entered``) or left by Esc (``escaped``, when somebody listens to that)."""

    entered = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and event.key() == Qt.Key.Key_Escape and self._is_left_by_esc():
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _is_left_by_esc(self) -> bool:
        return self.isSignalConnected(QMetaMethod.fromSignal(self.escaped))


class LabelledRow(QWidget):
    """A soft label and, beside it, controls."""

    def __init__(self, label: str, value: QWidget, token: str = "soft", tall: bool = False) -> None:
        super().__init__()
        row = hbox(self, gap=12)
        self.label = Label(label, size=13.5, token=token, wrap=True)
        self.label.setFixedWidth(theme.px(92))
        if tall:  # beside buttons: on the height of their words
            self.label.setMinimumHeight(theme.px(HEIGHTS["tight"]))
        row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(value, 1)


Lines = Iterable[tuple[object, InlineLine | None]]  # by what they are about; None where nobody types


def where_typed(lines: Lines) -> tuple[object, int] | None:
    """Key of the line that has the keyboard, and its cursor position, before the lines are made anew."""
    typing = ((key, line.cursorPosition()) for key, line in lines if line is not None and line.hasFocus())
    return next(typing, None)


def type_on(typing: tuple[object, int] | None, lines: Lines) -> bool:
    """Give the keyboard back to the line typed in; False when nobody was typing, or what it was about is gone."""
    for key, line in lines:
        if typing is not None and key == typing[0] and line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.setCursorPosition(typing[1])
            return True
    return False
