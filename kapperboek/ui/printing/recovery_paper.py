"""Recovery key on paper: one A4 page, to save as PDF or to print.

Drawn by hand because it is one page with a grid of signs; a QTextDocument was tried and breaks groups over lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.printing.pdf_paper import private_file

MARGIN = 20  # millimetres
A_ROW = 4  # groups beside each other


class Paper(NamedTuple):
    """Content of the paper with the recovery key."""

    shop: str
    day: str
    groups: Sequence[str]
    mark: str  # the salt of the notebook, by which the paper and the file are known to belong together


def save_pdf(path: Path, paper: Paper) -> None:
    """Write the page as PDF, for this user alone. OSError when the file cannot be written."""
    with private_file(path) as draft:
        writer = QPdfWriter(str(draft))
        writer.setTitle(_("Recovery key"))
        writer.setCreator("Kapperboek")
        set_page(writer)
        draw(writer, writer.resolution(), paper)


def set_page(device: QPagedPaintDevice) -> None:
    """A4 with margins, on a PDF or a printer."""
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins)
    layout.setUnits(QPageLayout.Unit.Millimeter)
    layout.setMargins(margins)
    device.setPageLayout(layout)


def draw(device: QPagedPaintDevice, dots_per_inch: int, paper: Paper) -> None:
    """Draw the page on a PDF or a printer."""
    painter = QPainter(device)
    try:
        _Page(painter, dots_per_inch, paper).draw()
    finally:
        painter.end()


class _Page:
    """Page with the recovery key. Lengths are in millimetres."""

    def __init__(self, painter: QPainter, dots_per_inch: int, paper: Paper) -> None:
        self._painter, self._paper = painter, paper
        self._dot = dots_per_inch / 25.4
        self._wide = painter.device().width() / self._dot
        self._y = 0.0

    def draw(self) -> None:
        paper = self._paper
        self._text(_("Recovery key of {shop}").format(shop=paper.shop or "Kapperboek"), 9, 600)
        self._text(_("made on {day}").format(day=paper.day), 4.2)
        self._y += 4
        self._text(
            _("With this key anybody opens the notebook without its passphrase. Keep this paper where you keep your "
              "passport: not beside the computer, not in the shop, and no photograph of it."), 4.6,
        )
        self._y += 6
        self._groups()
        self._y += 6
        top = self._y
        self._code(top, 52)
        self._text(
            _("Forgotten the passphrase? Start Kapperboek, type the sixteen groups where it asks for the passphrase, "
              "and choose a new one in Settings, Security. The fifth sign of each group only serves to notice "
              "a typing mistake."), 4.6, left=60,
        )
        self._text(_("Belongs to the notebook with the mark {mark}.").format(mark=paper.mark), 3.8, left=60)
        self._y = max(self._y, top + 58)
        self._text(_("A new passphrase makes a new recovery key: then this paper can be thrown away."), 4.6)

    def _text(self, text: str, size: float, weight: int = 400, left: float = 0) -> None:
        font = QFont(theme.FAMILIES[0])
        font.setFamilies(theme.FAMILIES)
        font.setPixelSize(max(1, round(size * self._dot)))
        font.setWeight(QFont.Weight(weight))
        self._painter.setFont(font)
        self._painter.setPen(QColor("black"))
        room = QRectF(left * self._dot, self._y * self._dot, (self._wide - left) * self._dot, 200 * self._dot)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        taken = self._painter.boundingRect(room, flags, text)
        self._painter.drawText(room, flags, text)
        self._y += taken.height() / self._dot + 2

    def _groups(self) -> None:
        font = QFont(theme.MONO[0])
        font.setFamilies(theme.MONO)
        font.setPixelSize(round(7 * self._dot))
        number = QFont(theme.FAMILIES[0])
        number.setFamilies(theme.FAMILIES)
        number.setPixelSize(round(3.2 * self._dot))
        column = self._wide / A_ROW
        for place, group in enumerate(self._paper.groups):
            x, y = (place % A_ROW) * column, self._y + (place // A_ROW) * 13
            self._painter.setFont(number)
            self._painter.drawText(self._box(x, y, 7, 9), Qt.AlignmentFlag.AlignVCenter, str(place + 1))
            self._painter.setFont(font)
            self._painter.drawText(self._box(x + 7, y, column - 7, 9), Qt.AlignmentFlag.AlignVCenter, group)
        self._y += 13 * -(-len(self._paper.groups) // A_ROW)

    def _box(self, x: float, y: float, wide: float, high: float) -> QRectF:
        return QRectF(x * self._dot, y * self._dot, wide * self._dot, high * self._dot)

    def _code(self, top: float, side: float) -> None:
        """QR code of the same signs, for a camera."""
        import segno

        rows = list(segno.make("".join(self._paper.groups), error="m", micro=False).matrix)
        cell = side / len(rows)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    box = self._box(x * cell, top + y * cell, cell * 1.02, cell * 1.02)
                    self._painter.fillRect(box, QColor("black"))
