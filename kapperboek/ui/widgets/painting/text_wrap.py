"""Word wrap: text divided into lines for a width, for whatever paints its own words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

MOST_CHARACTERS = 1500  # enough for six lines of the widest window


def wrapped(text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
    """Wrap the text to at most ``most`` lines no wider than ``width``, the last one with … when there was more."""
    text = text.strip()
    short = text[:MOST_CHARACTERS]
    found: list[str] = []
    for paragraph in short.splitlines() or [""]:
        found += _lines(paragraph, font, width, most + 1 - len(found))
        if len(found) > most:
            break
    if len(found) > most or len(text) > len(short):
        found = found[:most]
        metrics = QFontMetricsF(font)
        found[-1] = metrics.elidedText(found[-1] + " …", Qt.TextElideMode.ElideRight, width)
    return tuple(found)


def _lines(paragraph: str, font: QFont, width: float, most: int) -> list[str]:
    if len(paragraph) < 200 and QFontMetricsF(font).horizontalAdvance(paragraph) <= width:
        return [paragraph]
    layout = QTextLayout(paragraph, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    while len(found) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(_slice(paragraph, line.textStart(), line.textLength()))
    layout.endLayout()
    return found


def _slice(text: str, start: int, length: int) -> str:
    """Slice a text counted in Qt's 16-bit units, which are not Python's characters once there are emoji."""
    if text.isascii():
        return text[start : start + length].rstrip()
    units = text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * (start + length)]
    return units.decode("utf-16-le", "replace").rstrip()
