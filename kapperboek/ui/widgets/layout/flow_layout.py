"""Flow layout: puts things side by side and goes on at the next line when there is no room."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from kapperboek.ui.appearance import theme

SHORTEST_HALF = 190  # pixels at 100 %: what a row takes that shares its line


class _Measured(NamedTuple):
    """Layout item that is shown, and the size it would like."""

    item: QLayoutItem
    width: int
    height: int


_Placed = tuple[QLayoutItem, int, int, int]  # with its left, width and height


class FlowLayout(QLayout):
    """Flow layout, as words on a page; ``gap`` and ``row_gap`` in pixels at 100 %.

    Qt asks a layout for its height hundreds of times while a page is laid out, so what was measured is kept until
    something in it changes.
    """

    centred = False  # each line in the middle of its room

    def __init__(self, parent: QWidget | None = None, gap: int = 8, row_gap: int = 6) -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._row_gap = theme.px(gap), theme.px(row_gap)
        self._kept: list[_Measured] | None = None
        self._heights: dict[int, int] = {}
        self._hint: QSize | None = None
        self._least: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget at this place; those from there on move up."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def clear(self) -> None:
        """Remove everything that is in it."""
        while (item := self.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def invalidate(self) -> None:
        self._kept = self._hint = self._least = None
        self._heights.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return height

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        if self._hint is None:
            margins, shown = self.contentsMargins(), self._measured()
            width = sum(one.width for one in shown) + self._gap * max(0, len(shown) - 1)
            height = max((one.height for one in shown), default=0)
            self._hint = QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())
        return self._hint

    def minimumSize(self) -> QSize:
        if self._least is None:
            size = QSize()
            for item in self._items:
                size = size.expandedTo(item.minimumSize())
            margins = self.contentsMargins()
            self._least = size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
        return self._least

    def _measured(self) -> list[_Measured]:
        if self._kept is None:
            hints = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
            self._kept = [_Measured(item, hint.width(), hint.height()) for item, hint in hints]
        return self._kept

    def _centred(self, row: list[_Placed], left: int, room: int) -> list[_Placed]:
        if not self.centred or not row:
            return row
        by = max(0, left + room - row[-1][1] - row[-1][2]) // 2
        return [(item, x + by, width, tall) for item, x, width, tall in row]

    def _arrange(self, rect: QRect, move: bool) -> int:
        margins = self.contentsMargins()
        left, top = rect.x() + margins.left(), rect.y() + margins.top()
        room = rect.width() - margins.left() - margins.right()
        x, y, high = left, top, 0
        row: list[_Placed] = []
        for item, wanted, tall in self._measured():
            width = min(wanted, room)
            if x > left and x + width > left + room:
                if move:
                    _place(self._centred(row, left, room), y, high, left + room)
                x, y, high, row = left, y + high + self._row_gap, 0, []
            if width < wanted and item.hasHeightForWidth():
                tall = item.heightForWidth(width)
            row.append((item, x, width, tall))
            x, high = x + width + self._gap, max(high, tall)
        if move:
            _place(self._centred(row, left, room), y, high, left + room)
        return y + high - rect.y() + margins.bottom()


class FlowEnd(FlowLayout):
    """A flow that ends with the same widgets, whatever is added before them."""

    _kept_last = 0

    def keep(self, *widgets: QWidget) -> None:
        """Keep these widgets at the end."""
        for widget in widgets:
            self.addWidget(widget)
        self._kept_last = len(widgets)

    def addWidget(self, widget: QWidget) -> None:
        super().addWidget(widget)
        if self._kept_last:
            self._items.insert(len(self._items) - 1 - self._kept_last, self._items.pop())


class PairLayout(FlowLayout):
    """Layout of rows below each other; a short one takes the next short one to its line.

    A row that can be short tells so by ``fits(width)``.
    """

    def _arrange(self, rect: QRect, move: bool) -> int:
        margins = self.contentsMargins()
        left, y = rect.x() + margins.left(), rect.y() + margins.top()
        room = rect.width() - margins.left() - margins.right()
        half = (room - self._gap) // 2
        items = [one.item for one in self._measured()]
        while items:
            row = [items.pop(0)]
            if _is_short(row[0], half):
                row += [item for item in items if _is_short(item, half)][:1]
            items = [item for item in items if item not in row]
            width = half if len(row) > 1 else room
            high = max(_height(item, width) for item in row)
            for place, item in enumerate(row if move else ()):
                item.setGeometry(QRect(left + place * (half + self._gap), y, width, high))
            y += high + (self._row_gap if items else 0)
        return y - rect.y() + margins.bottom()


def _is_short(item: QLayoutItem, width: int) -> bool:
    fits = getattr(item.widget(), "fits", None)
    return width >= theme.px(SHORTEST_HALF) and callable(fits) and bool(fits(width))


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def _place(row: list[_Placed], y: int, high: int, right: int) -> None:
    for place, (item, x, width, tall) in enumerate(row, 1):
        if place == len(row) and item.expandingDirections() & Qt.Orientation.Horizontal:
            width = right - x  # the last one may take what is left of its line
        item.setGeometry(QRect(x, y + (high - tall) // 2, width, tall))


def flow_policy(widget: QWidget) -> QWidget:
    """Let a widget that holds a FlowLayout, or divides its own words into lines, take the height these need."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget
