"""Base of a widget that draws its own words, as high as they are at its width."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kapperboek.ui.widgets.layout.flow_layout import flow_policy


class Drawn(QWidget):
    """Widget whose ``draw`` paints or only measures; the height is kept for each width, until ``forget``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}
        flow_policy(self)

    def draw(self, painter: QPainter | None, width: int) -> float:
        """Draw what is in it, or only measure; gives the height it takes at this width. Override."""
        return 0

    def forget(self) -> None:
        """Forget the measured heights and paint anew: other words are drawn."""
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = round(self.draw(None, width))
        return height

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.draw(QPainter(self), self.width())
