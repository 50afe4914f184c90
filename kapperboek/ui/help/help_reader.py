"""Reader of a chapter of the guide: lists with room, tables with lines between their rows and no more."""

from __future__ import annotations

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from kapperboek.i18n import _
from kapperboek.ui.appearance import theme

KEYS = 118  # pixels at 100 %: the column of keys
LINE = 112  # per cent of its own height that a line takes


class GuideText(QTextBrowser):
    """Shows what it is given and fetches nothing: no picture, no file, no page of the network."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self._height = height
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName(_("Guide"))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    def read(self, markdown: str) -> None:
        """Show this text from its beginning, with room between what stands in it."""
        document = self.document()
        document.setIndentWidth(theme.px(22))
        self.setMarkdown(markdown)
        block = document.begin()
        while block.isValid():
            _space(QTextCursor(block))
            block = block.next()
        for table in document.rootFrame().childFrames():
            if isinstance(table, QTextTable):
                _rule(table)
        self.verticalScrollBar().setValue(0)

    def mark(self, typed: str) -> None:
        """Show where the words stand, and go to the first."""
        look = QTextCharFormat()
        look.setBackground(theme.color("mark"))
        look.setForeground(theme.color("ink"))
        found = []
        for word in typed.split():
            cursor = self.document().find(word)
            while not cursor.isNull():
                place = QTextEdit.ExtraSelection()
                place.cursor, place.format = cursor, look
                found.append(place)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(found)
        if found:
            first = QTextCursor(found[0].cursor)
            first.clearSelection()
            self.setTextCursor(first)


def _space(cursor: QTextCursor) -> None:
    """Room around one block of words, less between the lines of a list."""
    look, listed = cursor.blockFormat(), cursor.currentList() is not None
    if cursor.currentTable() is None:
        look.setTopMargin(theme.px(12 if look.headingLevel() else 2))
        look.setBottomMargin(theme.px(4 if listed else 8))
    look.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(look)


def _rule(table: QTextTable) -> None:
    """A quiet head, and a line below each row; what stands first in it, mostly a key, stands out."""
    look = table.format()
    look.setBorder(0)
    look.setCellSpacing(0)
    look.setCellPadding(0)
    look.setBorderCollapse(True)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setTopMargin(theme.px(4))
    look.setBottomMargin(theme.px(14))
    rest = [QTextLength(QTextLength.Type.VariableLength, 0)] * (table.columns() - 1)
    look.setColumnWidthConstraints([QTextLength(QTextLength.Type.FixedLength, theme.px(KEYS)), *rest])
    table.setFormat(look)
    for row in range(table.rows()):
        for column in range(table.columns()):
            _dress(table.cellAt(row, column), head=row == 0, first=column == 0)


def _dress(cell: QTextTableCell, head: bool, first: bool) -> None:
    look = cell.format().toTableCellFormat()
    look.setBottomBorder(1)
    look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBottomBorderBrush(theme.color("line"))
    for pad in (look.setTopPadding, look.setBottomPadding):
        pad(theme.px(6))
    look.setRightPadding(theme.px(10))
    cell.setFormat(look)
    words = QTextCharFormat()
    words.setForeground(theme.color("soft" if head else "ink"))
    words.setFontWeight(QFont.Weight.DemiBold if first and not head else QFont.Weight.Normal)
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(words)
