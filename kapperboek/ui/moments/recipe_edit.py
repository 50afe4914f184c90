"""Recipe editor: Ctrl+Left and Ctrl+Right select number after number, to be typed over."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from kapperboek.ui.widgets.form_fields import TextEdit

# A number with what belongs to it but not its unit: 6 of "6%", 40 of "40 g", 7/03, 1:1, 35.
_NUMBER = re.compile(r"\d+(?:[/:.,]\d+)*")


class RecipeEdit(TextEdit):
    """Text field of a recipe, monospaced; what changes in it is nearly always one number."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        arrow = control and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if not (arrow and self.select_number(forward=event.key() == Qt.Key.Key_Right)):
            super().keyPressEvent(event)

    def select_number(self, forward: bool) -> bool:
        """Select the next or previous number; False when there is none that way."""
        cursor = self.textCursor()
        numbers = [found.span() for found in _NUMBER.finditer(self.toPlainText())]
        if forward:
            span = next((span for span in numbers if span[0] >= cursor.selectionEnd()), None)
        else:
            span = next((span for span in reversed(numbers) if span[1] <= cursor.selectionStart()), None)
        if span is None:
            return False
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    def to_end(self) -> None:
        """Put the cursor behind everything, from where the numbers are counted back."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)
