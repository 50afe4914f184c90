"""Responsive rows: things beside each other that go below each other when there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.layout.boxes import hbox

SIDE_BY_SIDE = 520  # width at 100 % from which a control stands beside its words


class SideBySide(QWidget):
    """Row of ``parts`` (widget, stretch), below each other when narrower than ``narrow`` (pixels at 100 %).

    ``turned(beside)`` when they came beside each other, or no longer are.
    """

    turned = Signal(bool)

    def __init__(
        self,
        *parts: tuple[QWidget, int],
        narrow: int = 560,
        gap: int = 14,
        row_gap: int = 10,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
    ) -> None:
        super().__init__()
        self._narrow, self._gaps = narrow, (gap, row_gap)
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.px(gap))
        for part, stretch in parts:
            self.box.addWidget(part, stretch, align)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.px(self._narrow)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self.box.direction():
            self.box.setDirection(direction)
            self.box.setSpacing(theme.px(self._gaps[0 if wide else 1]))
            self.turned.emit(wide)


class TurningRow(QWidget):
    """Row of two things beside each other, or under each other where there is no room.

    ``even``: the second begins at the same place in every row, however much it holds.
    """

    def __init__(
        self, first: QWidget, second: QWidget, from_width: int = SIDE_BY_SIDE, *, even: bool = False
    ) -> None:
        super().__init__()
        self._from = from_width
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(10))
        self._box.addWidget(first, 1)
        self._box.addWidget(second, 2 if even else 0)

    def minimumSizeHint(self) -> QSize:
        """Minimum size, no wider than the wider of the two: it can always turn."""
        parts = [item.minimumSize() for n in range(2) if (item := self._box.itemAt(n)) is not None]
        return QSize(max(part.width() for part in parts), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.turn(self.width())

    def turn(self, width: int) -> None:
        """Stand beside each other or not, as so many pixels allow."""
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.LeftToRight if self._fits(width) else direction.TopToBottom)

    def _fits(self, width: int) -> bool:
        return width >= theme.px(self._from)


class EndingRow(TurningRow):
    """Row of words and what stands at the right end; the words go above it where they would be squeezed beside it."""

    def __init__(self, words: QWidget, end: QWidget, from_width: int = SIDE_BY_SIDE) -> None:
        super().__init__(words, end, from_width)
        self._words, self._end = words, end
        self._box.setAlignment(end, Qt.AlignmentFlag.AlignRight)

    def event(self, event: QEvent) -> bool:
        """Turn where needed for other words, or another button."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.turn(self.width())
        return super().event(event)

    def _fits(self, width: int) -> bool:
        words = self._words.sizeHint().width()
        return super()._fits(width) and words + self._box.spacing() + self._end.sizeHint().width() <= width


def in_a_row(*parts: QWidget, gap: int = 10, last_grows: bool = False) -> QWidget:
    """Put these beside each other, as one part of a row that turns."""
    holder = QWidget()
    row = hbox(holder, gap=gap)
    for part in parts:
        row.addWidget(part, 1 if last_grows and part is parts[-1] else 0)
    return holder
