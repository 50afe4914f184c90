"""Suggestions beneath a field (autocomplete), each with a remark at the right: typed part of, or opened whole.

It is no window of its own (QCompleter was tried): a popup takes the keys that belong to the page, and the look of lists
in pages. As a child of the window it lies over everything, and the keyboard stays in the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kapperboek.domain.people.names import fold
from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.painting import paint

AnyIndex = QModelIndex | QPersistentModelIndex
_REMARK = Qt.ItemDataRole.UserRole + 1
ROWS = 9  # shown before it scrolls
_HIGH, _SIDE, _BETWEEN, _SIZE, _SMALL = 34, 12, 24, 15, 13.5
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS - 1, Qt.Key.Key_PageUp: 1 - ROWS}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Offering(QListView):
    """List of suggestions: ``chosen(word)`` by a click, Enter or Tab. It opens beneath the field ``around``."""

    chosen = Signal(str)

    def __init__(self, line: QLineEdit, around: QWidget) -> None:
        super().__init__(line)
        self._line, self._around = line, around
        self.offered: list[tuple[str, str]] = []
        self._without: frozenset[str] = frozenset()
        self._declined = False
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_Rows(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(line.accessibleName())
        self.clicked.connect(self._choose)
        self.hide()
        line.installEventFilter(self)

    def set_words(self, words: Iterable[str], remarks: Sequence[str] = ()) -> None:
        """Offer these, each with its remark."""
        self.offered = list(zip_longest(words, remarks, fillvalue=""))

    def words(self) -> list[str]:
        """Words that are offered."""
        return [word for word, _remark in self.offered]

    def leave_out(self, words: Iterable[str]) -> None:
        """Leave out words that are chosen already."""
        self._without = frozenset(words)

    def open(self, part: str = "") -> None:
        """Show the words with this in them, those that begin so first; nothing when there are none."""
        self._declined = False
        looked_for = fold(part.strip())
        fitting = [
            (fold(word).find(looked_for) > 0, place, word, remark)
            for place, (word, remark) in enumerate(self.offered)
            if looked_for in fold(word) and word not in self._without
        ]
        if not fitting:
            self.close_list()
            return
        self._fill([(word, remark) for _inside, _place, word, remark in sorted(fitting)])
        if not self.is_open():
            self.setParent(self._line.window())
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._put()
        self.show()
        self.raise_()

    def meant(self, part: str) -> str:
        """Word that is meant by its beginning; empty when there is none or more, or after Esc."""
        begun = fold(part.strip())
        fitting = [word for word in self.words() if fold(word).startswith(begun) and word not in self._without]
        return fitting[0] if begun and len(fitting) == 1 and not self._declined else ""

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        self._items.clear()
        for word, remark in rows:
            item = QStandardItem(word)
            item.setData(remark, _REMARK)
            item.setData(f"{word}, {remark}" if remark else word, Qt.ItemDataRole.AccessibleTextRole)
            self._items.appendRow(item)

    def is_open(self) -> bool:
        """Tell whether the list is on the screen."""
        return self.isVisible()

    def close_list(self) -> None:
        """Take it away."""
        if not self.isHidden():
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            self.hide()
        if self.parent() is not self._line:
            self.setParent(self._line)  # to go when the field goes
            self._line.setAccessibleDescription("")

    def _put(self) -> None:
        """Place the list beneath the field, or above it where there is more room; as wide as its words."""
        window = self._line.window()
        corner = self._around.mapTo(window, QPoint(0, self._around.height()))
        rows = self._items.rowCount()
        wide = max(_width(self._items.index(row, 0)) for row in range(rows)) + theme.px(20)
        high = min(rows, ROWS) * theme.px(_HIGH) + 2 * self.frameWidth() + theme.px(10)
        below = window.height() - corner.y() - theme.px(8)
        above = corner.y() - self._around.height() - theme.px(8)
        width = min(max(self._around.width(), wide), window.width() - theme.px(16))
        height = min(high, max(below, above))
        top = corner.y() + theme.px(3) if below >= height else corner.y() - self._around.height() - height - theme.px(3)
        self.setGeometry(min(corner.x(), window.width() - width - theme.px(8)), top, width, height)

    # --- choosing -----------------------------------------------------------------------------------------

    def _choose(self, index: AnyIndex) -> None:
        word = str(index.data(Qt.ItemDataRole.DisplayRole))
        self.close_list()
        self.chosen.emit(word)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._line:
            if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
                return self._key(event)
            if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
                self.close_list()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize) and self.is_open():
            if isinstance(watched, QWidget) and watched.isAncestorOf(self._line):
                self._put()
        elif isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is self or self.isAncestorOf(watched) or watched is self._around
            if not (inside or self._around.isAncestorOf(watched)):
                self.close_list()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in _STEPS and not self.is_open():
            if key == Qt.Key.Key_Down:
                self.open(self._line.text())
            return self.is_open()
        if not self.is_open():
            return False
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.close_list()
            self._declined = True
        elif key in (*_ENTER, Qt.Key.Key_Tab) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return key in _ENTER
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        last = self._items.rowCount() - 1
        now = self.currentIndex().row() if self.currentIndex().isValid() else (-1 if step > 0 else last + 1)
        index = self._items.index(min(last, max(0, now + step)), 0)
        self.setCurrentIndex(index)
        self._line.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))


def _width(index: AnyIndex) -> int:
    word, remark = str(index.data(Qt.ItemDataRole.DisplayRole)), str(index.data(_REMARK) or "")
    between = theme.px(_BETWEEN) if remark else 0
    return round(theme.width(word, _SIZE) + theme.width(remark, _SMALL)) + theme.px(2 * _SIDE) + between


class _Rows(QStyledItemDelegate):
    """Delegate: the word at the left, the remark at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(theme.px(60), theme.px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect, state = QRectF(option.rect), option.state
        hot = bool(state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        painter.fillRect(rect, theme.color("petrol_tint" if hot else "card"))
        room = rect.adjusted(theme.px(_SIDE), 0, -theme.px(_SIDE), 0)
        remark = str(index.data(_REMARK) or "")
        if remark:
            taken = theme.width(remark, _SMALL)
            paint.line(painter, room.adjusted(room.width() - taken - 1, 0, 0, 0), remark, "soft", _SMALL)
            room.adjust(0, 0, -taken - theme.px(_BETWEEN) / 2, 0)
        paint.line(painter, room, str(index.data(Qt.ItemDataRole.DisplayRole)), "ink", _SIZE)
