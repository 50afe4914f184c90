"""Label that is never cut: on as many lines as its width asks for, also where a word is longer than a line."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.painting.drawn_words import Drawn
from kapperboek.ui.widgets.painting.text_lines import words


class PaintedWords(Drawn):
    """Label of one line when there is room; painted, so that no word in it can ask for more width than there is."""

    def __init__(
        self, text: str = "", *, size: float = 15, weight: int = 400, token: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._size, self._weight, self._token = text, size, weight, token
        self.setText(text)

    def setText(self, text: str) -> None:
        """Set other words."""
        self._text = text
        self.setAccessibleName(text)
        self.forget()

    def text(self) -> str:
        """Text, whole."""
        return self._text

    def sizeHint(self) -> QSize:
        lines = self._text[:500].splitlines() or [""]
        width = round(max(theme.width(line, self._size, self._weight) for line in lines)) + theme.px(2)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), 1)

    def draw(self, painter: QPainter | None, width: int) -> float:
        return words(painter, self._text, (0, 0, width), self._token, self._size, self._weight)
