"""Things beside each other that go below each other when there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapperboek.ui import theme


class SideBySide(QWidget):
    """``parts``: (widget, stretch). Below each other when narrower than ``narrow`` (pixels at 100 %)."""

    def __init__(
        self, *parts: tuple[QWidget, int], narrow: int = 560, gap: int = 14, row_gap: int = 10
    ) -> None:
        super().__init__()
        self._narrow, self._gaps = narrow, (gap, row_gap)
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.px(gap))
        for part, stretch in parts:
            self.box.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.px(self._narrow)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self.box.direction():
            self.box.setDirection(direction)
            self.box.setSpacing(theme.px(self._gaps[0 if wide else 1]))
