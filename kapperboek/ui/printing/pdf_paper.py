"""PDF paper: words on A4, a ``Paper`` as a PDF file. Needs no window and no screen."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTableFormat,
)

from kapperboek import durable
from kapperboek.domain.views.printed_document import Paper, Section

INK, SOFT, ACCENT = "#1f2a2c", "#5d6b6e", "#0b5d62"  # read on white paper, whatever the window's theme


def write_pdf(paper: Paper, path: Path) -> None:
    """Write the file; it appears whole, or the OSError says why not."""
    _app = QGuiApplication.instance() or QGuiApplication(["kapperboek"])
    with private_file(path) as draft:
        _print(paper, draft)


def print_paper(paper: Paper, printer: QPagedPaintDevice) -> None:
    """Print the paper on this printer."""
    _document(paper).print_(printer)


@contextmanager
def private_file(path: Path) -> Iterator[Path]:
    """A draft that only this user can read, which takes the place of ``path`` when the block ends well. OSError.

    Nobody can have put another file where the draft comes, and a pipe or a device is not replaced.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    with durable.replacing(path, private=True) as draft:
        yield draft


def _print(paper: Paper, path: Path) -> None:
    writer = QPdfWriter(str(path))
    writer.setTitle(paper.title)
    writer.setCreator("Kapperboek")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)  # printing a text brings its own
    _document(paper).print_(writer)


def _document(paper: Paper) -> QTextDocument:
    document = QTextDocument()
    font = QFont("Inter")
    font.setPointSizeF(10)
    font.setFeature(QFont.Tag("calt"), 0)  # a colon between digits must stay one for whoever copies the text
    document.setDefaultFont(font)
    cursor = QTextCursor(document)
    _line(cursor, paper.title, 20, weight=700, first=True)
    _line(cursor, paper.subtitle, 10, ink=SOFT)
    _line(cursor, paper.intro, 10.5, above=10)
    for section in paper.sections:
        _section(cursor, section)
    return document


def _section(cursor: QTextCursor, section: Section) -> None:
    """A heading, and two columns below it."""
    _line(cursor, section.title, 13, weight=700, ink=ACCENT, above=16)
    table = QTextTableFormat()
    table.setBorder(0)
    table.setCellPadding(2)
    table.setCellSpacing(0)
    percent = QTextLength.Type.PercentageLength
    table.setWidth(QTextLength(percent, 100))
    table.setColumnWidthConstraints([QTextLength(percent, 28), QTextLength(percent, 72)])
    cells = cursor.insertTable(len(section.lines), 2, table)
    for row, (what, text) in enumerate(section.lines):
        for column, (words, ink) in enumerate(((what, SOFT), (text, INK))):
            cells.cellAt(row, column).firstCursorPosition().insertText(words, _words(10, 400, ink))
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _line(
    cursor: QTextCursor, text: str, size: float, *, weight: int = 400, ink: str = INK, above: float = 2,
    first: bool = False,
) -> None:
    block = QTextBlockFormat()
    block.setTopMargin(above)
    block.setBottomMargin(2)
    if first:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)
    cursor.insertText(text, _words(size, weight, ink))


def _words(size: float, weight: int, ink: str) -> QTextCharFormat:
    words = QTextCharFormat()
    words.setFontPointSize(size)
    words.setFontWeight(weight)
    words.setForeground(QColor(ink))
    return words
