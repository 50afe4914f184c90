"""A layout that puts things side by side and goes on at the next line when there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from kapperboek.ui import theme


class FlowLayout(QLayout):
    """As words on a page; ``gap`` and ``row_gap`` in pixels at 100 %."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8, row_gap: int = 6) -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._row_gap = theme.px(gap), theme.px(row_gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Remove everything that is in it."""
        while (item := self.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        height = max((hint.height() for hint in hints), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, move: bool) -> int:
        margins = self.contentsMargins()
        inside = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        x, y, high = inside.x(), inside.y(), 0
        row: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), inside.width())
            if x > inside.x() and x + width > inside.x() + inside.width():
                self._place(row, high, move, inside.right())
                x, y, high, row = inside.x(), y + high + self._row_gap, 0, []
            tall = hint.height()
            if width < hint.width() and item.hasHeightForWidth():
                tall = item.heightForWidth(width)
            row.append((item, QRect(QPoint(x, y), QSize(width, tall))))
            x, high = x + width + self._gap, max(high, tall)
        self._place(row, high, move, inside.right())
        return y + high - rect.y() + margins.bottom()

    @staticmethod
    def _place(row: list[tuple[QLayoutItem, QRect]], high: int, move: bool, right: int) -> None:
        if move:
            if row and row[-1][0].expandingDirections() & Qt.Orientation.Horizontal:
                row[-1][1].setRight(right)  # the last one may take what is left of its line
            for item, rect in row:
                item.setGeometry(rect.translated(0, (high - rect.height()) // 2))


def flow_policy(widget: QWidget) -> QWidget:
    """Let a widget that holds a FlowLayout take the height its lines need."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget
