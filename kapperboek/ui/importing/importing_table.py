"""Table of the records an import left out, with the place and the reason of each; it can be copied."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from kapperboek.domain.views.list_views import FileReport
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme

Index = QModelIndex | QPersistentModelIndex
MOST_SHOWN = 300  # characters of one cell; a record may be a million long
MOST_ROWS = 8  # in sight at once
MOST_MEASURED = 40
FILE, PLACE, WHY = 0, 1, 2


class Left(NamedTuple):
    """Record left out, with its file, place and reason."""

    file: str
    record: int
    line: int | None
    reason: str
    text: str


def left_out(files: tuple[FileReport, ...]) -> list[Left]:
    """Records that were left out, file by file."""
    return [Left(file.file, *failed) for file in files for failed in file.failed]


class LeftModel(QAbstractTableModel):
    """Table model of the records left out; in discreet mode without what stood in them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Left] = []
        self._discreet = False

    def set_rows(self, rows: list[Left], discreet: bool) -> None:
        self.beginResetModel()
        self.rows, self._discreet = rows, discreet
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("File"), _("Place"), _("Why"), _("What stands there"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.cell(index.row(), index.column())[:MOST_SHOWN]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return None

    def cell(self, row: int, column: int) -> str:
        """Text of one cell, on one line."""
        left = self.rows[row]
        where = _("line {n}").format(n=left.line) if left.line else _("no. {n}").format(n=left.record)
        text = "" if self._discreet else left.text
        return " ".join((left.file, where, left.reason, text)[column].split())

    def as_text(self, rows: list[int]) -> str:
        """Text of these rows, tabs between the cells: what a spreadsheet takes."""
        heads = [self.headerData(n, Qt.Orientation.Horizontal) for n in range(4)]
        lines = ["\t".join(heads), *("\t".join(self.cell(row, n) for n in range(4)) for row in rows)]
        return "\n".join(lines)


class LeftTable(QTableView):
    """Table view of the records left out; Ctrl+C copies the chosen rows, or all of them.

    Why is read whole, over as many lines as it takes; the file is named where there are several. As high as what
    stands in it, up to ``MOST_ROWS`` lines.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows = LeftModel()
        self.setModel(self.rows)
        self.setAccessibleName(_("What is not imported"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFont(theme.font(14))
        self.verticalHeader().hide()
        self._line = QFontMetrics(self.font()).height()
        self.verticalHeader().setDefaultSectionSize(self._line + theme.px(14))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setStretchLastSection(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalScrollBar().valueChanged.connect(lambda _where: self._fit_rows())

    def show_rows(self, rows: list[Left], discreet: bool) -> None:
        """Show these records from now on."""
        self.rows.set_rows(rows, discreet)
        self.setColumnHidden(FILE, len({row.file for row in rows}) < 2)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        words = QFontMetrics(self.font())
        width, file = self.viewport().width(), 0 if self.isColumnHidden(FILE) else self.viewport().width() // 5
        places = (self.rows.cell(row, PLACE) for row in range(min(len(self.rows.rows), MOST_MEASURED)))
        heading = str(self.rows.headerData(PLACE, Qt.Orientation.Horizontal))
        place = max(map(words.horizontalAdvance, (heading, *places))) + theme.px(28)
        self.setColumnWidth(FILE, file)
        self.setColumnWidth(PLACE, place)
        self.setColumnWidth(WHY, round((width - file - place) * 0.58))
        self._fit_rows()
        high = sum(self.rowHeight(row) for row in range(min(len(self.rows.rows), MOST_ROWS)))
        high += self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        if high != self.minimumHeight():
            self.setFixedHeight(high)

    def _fit_rows(self) -> None:
        """Give the rows in sight and the next ones the height of their words: of many thousands it would take long."""
        first = max(0, self.rowAt(0))
        for row in range(first, min(len(self.rows.rows), first + MOST_MEASURED)):
            self.resizeRowToContents(row)

    def copy(self) -> None:
        """Copy the chosen rows (none or one: all) to the clipboard."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        every = list(range(self.rows.rowCount()))
        QGuiApplication.clipboard().setText(self.rows.as_text(chosen if len(chosen) > 1 else every))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
