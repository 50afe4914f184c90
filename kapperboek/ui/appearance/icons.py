"""Icons of resources/icons, drawn in any colour.

QtSvg was considered and not taken: its first picture costs 30 ms at start-up. Our icons use nothing but
paths, circles and rectangles on a 24 × 24 field, which ``svg_path`` turns into a QPainterPath.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from kapperboek.resource_files import resource_folder
from kapperboek.ui.appearance import colours, theme
from kapperboek.ui.appearance.svg_path import parse_path

FOLDER = resource_folder() / "icons"
NAMES = """
    alert arrow-left arrow-right backspace backup bag book cake calendar call-off check chevron-down
    chevron-left chevron-right chevron-up chevrons-left chevrons-right clock complaint copy cross customers
    event export eye eye-off file filter firm follow-up gift heart home import info insight kapperboek key list
    lock mail merge message missed more mute note pencil pet phase-dormant phase-former phase-lost
    phase-new phase-prospect phase-regular phone place plus print promise question redo scissors search settings
    shield shop snooze sort tag talk today trash undo unlock user
""".split()  # every icon there is
LINE = 1.8  # width of the line the icons are drawn with, on their 24 × 24 field
_ELEMENT = re.compile(r"<(path|circle|rect|g)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')

_pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}


class Shape(NamedTuple):
    """One shape on the 24 × 24 field: filled, or drawn with a line, perhaps dashed."""

    path: QPainterPath
    filled: bool
    dashes: tuple[float, ...] = ()


@cache
def shapes(name: str) -> tuple[Shape, ...]:
    """The shapes of an icon. Unknown: a small ring."""
    file = FOLDER / f"{name}.svg"
    if not file.exists():
        return (Shape(_ellipse(12, 12, 4), False),)
    found = []
    for kind, text in _ELEMENT.findall(file.read_text("utf-8")):
        if kind != "g":
            values = dict(_ATTRIBUTE.findall(text))
            dashes = tuple(float(n) / LINE for n in values.get("stroke-dasharray", "").split())
            found.append(Shape(_shape(kind, values), values.get("fill", "none") != "none", dashes))
    return tuple(found)


def _shape(kind: str, values: dict[str, str]) -> QPainterPath:
    if kind == "path":
        return parse_path(values["d"])
    if kind == "circle":
        return _ellipse(float(values["cx"]), float(values["cy"]), float(values["r"]))
    path = QPainterPath()
    x, y, width, height = (float(values.get(key, 0)) for key in ("x", "y", "width", "height"))
    path.addRoundedRect(QRectF(x, y, width, height), float(values.get("rx", 0)), float(values.get("rx", 0)))
    return path


def _ellipse(x: float, y: float, r: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), r, r)
    return path


def draw(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Draw the icon ``name`` in ``rect`` (square) with ``color``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 24, rect.height() / 24)
    pen = QPen(color, LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    for shape in shapes(name):
        if shape.filled:
            painter.fillPath(shape.path, color)
        else:
            pen.setDashPattern(shape.dashes) if shape.dashes else pen.setStyle(Qt.PenStyle.SolidLine)
            painter.strokePath(shape.path, pen)
    painter.restore()


def pixmap(name: str, token: str = "ink", size: float = 20) -> QPixmap:
    """The icon at ``size`` pixels (at 100 %) in the colour of ``token``; kept, so asking again costs
    nothing."""
    ratio = QApplication.primaryScreen().devicePixelRatio()
    color = theme.color(token)
    key = (name, color.rgba(), theme.px(size), ratio)
    made = _pixmaps.get(key)
    if made is None:
        side = theme.px(size)
        made = QPixmap(QSize(round(side * ratio), round(side * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        draw(painter, name, QRectF(0, 0, side, side), color)
        painter.end()
        _pixmaps[key] = made
    return made


def icon(name: str, token: str = "ink", size: float = 20) -> QIcon:
    """Icon as a QIcon, for menus and Qt's own buttons."""
    return QIcon(pixmap(name, token, size))


def window_icon() -> QIcon:
    """The program's own sign: scissors on petrol."""
    made = QPixmap(64, 64)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.LIGHT["petrol"]))
    painter.drawRoundedRect(QRectF(2, 2, 60, 60), 15, 15)
    draw(painter, "scissors", QRectF(12, 12, 40, 40), QColor(colours.LIGHT["paper"]))
    painter.end()
    return QIcon(made)
