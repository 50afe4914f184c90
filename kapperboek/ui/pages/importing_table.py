"""Every record that is not taken, with where it stood and why: a table that can be copied."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from kapperboek.domain.views.lists import FileReport
from kapperboek.i18n import _
from kapperboek.ui import theme

Index = QModelIndex | QPersistentModelIndex
MOST_SHOWN = 300  # characters of one cell; a record may be a million long


class Left(NamedTuple):
    """A record left out."""

    file: str
    record: int
    line: int | None
    reason: str
    text: str


def left_out(files: tuple[FileReport, ...]) -> list[Left]:
    """Everything that was not taken, file by file."""
    return [Left(file.file, *failed) for file in files for failed in file.failed]


class LeftModel(QAbstractTableModel):
    """The records left out; in discreet mode without what stood in them."""

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
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.cell(index.row(), index.column())[:MOST_SHOWN]
        return None

    def cell(self, row: int, column: int) -> str:
        """One cell in words, on one line."""
        left = self.rows[row]
        where = _("line {n}").format(n=left.line) if left.line else _("no. {n}").format(n=left.record)
        text = "" if self._discreet else left.text
        return " ".join((left.file, where, left.reason, text)[column].split())

    def as_text(self, rows: list[int]) -> str:
        """These rows, tabs between the cells: what a spreadsheet takes."""
        heads = [self.headerData(n, Qt.Orientation.Horizontal) for n in range(4)]
        lines = ["\t".join(heads), *("\t".join(self.cell(row, n) for n in range(4)) for row in rows)]
        return "\n".join(lines)


class LeftTable(QTableView):
    """Ctrl+C copies the chosen rows, or all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = LeftModel()
        self.setModel(self.rows)
        self.setAccessibleName(_("What is not taken"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        height = QFontMetrics(theme.font(14)).height() + theme.px(14)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFont(theme.font(14))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.setMinimumHeight(height * 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate((0.2, 0.12, 0.36)):
            self.setColumnWidth(column, int(width * share))

    def copy(self) -> None:
        """The chosen rows (none or one: all) to the clipboard."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        every = list(range(self.rows.rowCount()))
        QGuiApplication.clipboard().setText(self.rows.as_text(chosen if len(chosen) > 1 else every))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
