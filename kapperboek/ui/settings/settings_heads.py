"""Column headings above a list edited in place: they stand where the columns of its rows really are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.text_labels import Label

GAP = 8  # pixels at 100 % between two headings
MOVING = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show)


class Column(NamedTuple):
    """Heading of a column, and the control of a row above which it stands."""

    word: str
    control: QWidget


class ColumnHeads(QWidget):
    """Column headings in one line, above the columns in the first line of a row; hidden when a word would be cut."""

    def __init__(self) -> None:
        super().__init__()
        self._row: QWidget | None = None
        self._columns: Sequence[Column] = ()
        self.labels: list[Label] = []
        self.hide()

    def follow(self, row: QWidget, columns: Sequence[Column]) -> None:
        """Stand above the columns of this row from now on; all rows of a list have the same ones."""
        self._row, self._columns = row, columns
        while len(self.labels) < len(columns):
            self.labels.append(Label("", size=13, weight=600, token="soft", parent=self))
        for label, column in zip(self.labels, columns, strict=True):
            label.setText(column.word)
            widget: QWidget | None = column.control
            while widget is not None and widget is not row:
                widget.installEventFilter(self)
                widget = widget.parentWidget()
        row.installEventFilter(self)
        self.setFixedHeight(max(label.sizeHint().height() for label in self.labels))
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVING:
            self.place()
        return False

    def place(self) -> None:
        """Put every heading above its column."""
        if self._row is None or not isValid(self._row):
            self.hide()
            return
        row = self._row
        corners = [column.control.mapTo(row, QPoint(0, 0)) for column in self._columns]
        bottom = corners[0].y() + self._columns[0].control.height()
        lefts = [corner.x() for corner in corners if corner.y() < bottom]  # of the first line, where a row has two
        rooms = [right - left - theme.px(GAP) for left, right in pairwise([*lefts, row.width() + theme.px(GAP)])]
        for label in self.labels[len(lefts) :]:
            label.hide()
        for label, left, room in zip(self.labels, lefts, rooms, strict=False):
            label.setGeometry(left, 0, room, label.sizeHint().height())
            label.show()
        fits = all(label.sizeHint().width() <= room for label, room in zip(self.labels, rooms, strict=False))
        self.setVisible(fits and len(lefts) > 1)


def keep_width(button: Button, *words: str) -> None:
    """Make a button as wide as the widest of the words it can say, so that columns stay columns."""
    said = button.text()
    widest = 0
    for word in words:
        button.setText(word)
        widest = max(widest, button.sizeHint().width())
    button.setText(said)
    button.setMinimumWidth(widest)
