"""SVG paths: the path language as far as our icons speak it, M L H V C S A Z, absolute and relative."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

_TOKEN = re.compile(r"([MLHVCSAZmlhvcsaz])|(-?(?:\d+\.?\d*|\.\d+))")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}


class _Pen:
    """Pen position while a path is drawn."""

    def __init__(self) -> None:
        self.path = QPainterPath()
        self.control: QPointF | None = None  # the last second control point, mirrored by S

    def at(self) -> QPointF:
        return self.path.currentPosition()

    def line(self, x: float, y: float) -> None:
        self.path.lineTo(x, y)

    def curve(self, c1: QPointF, c2: QPointF, end: QPointF) -> None:
        self.path.cubicTo(c1, c2, end)
        self.control = c2

    def arc(self, rx: float, ry: float, large: bool, sweep: bool, end: QPointF) -> None:
        """An arc as SVG means it (without rotation), drawn as Qt means it: from the centre, by angles."""
        start = self.at()
        dx, dy = (start.x() - end.x()) / 2, (start.y() - end.y()) / 2
        stretch = math.sqrt(max(1.0, (dx / rx) ** 2 + (dy / ry) ** 2))
        rx, ry = rx * stretch, ry * stretch
        under = (rx * dy) ** 2 + (ry * dx) ** 2
        factor = math.sqrt(max(0.0, ((rx * ry) ** 2 - under) / under)) if under else 0.0
        if large == sweep:
            factor = -factor
        cx = factor * rx * dy / ry + (start.x() + end.x()) / 2
        cy = -factor * ry * dx / rx + (start.y() + end.y()) / 2
        first = math.degrees(math.atan2(-(start.y() - cy) / ry, (start.x() - cx) / rx))
        last = math.degrees(math.atan2(-(end.y() - cy) / ry, (end.x() - cx) / rx))
        length = (last - first) % 360
        if sweep and length:
            length -= 360
        self.path.arcTo(QRectF(cx - rx, cy - ry, 2 * rx, 2 * ry), first, length)


def parse_path(text: str) -> QPainterPath:
    """The QPainterPath of an SVG ``d`` attribute."""
    pen = _Pen()
    command = ""
    numbers: list[float] = []
    for letter, number in _TOKEN.findall(text):
        if letter:
            command, numbers = letter, []
            if letter in "Zz":
                pen.path.closeSubpath()
            continue
        numbers.append(float(number))
        if command.upper() == "A" and len(numbers) in (4, 5) and numbers[-1] > 1:
            raise ValueError(f"arc flags run together in {text!r}")
        if len(numbers) == _TAKES[command.upper()]:
            _step(pen, command, numbers)
            command, numbers = ("L" if command == "M" else "l" if command == "m" else command), []
    return pen.path


def _step(pen: _Pen, command: str, n: list[float]) -> None:
    at = pen.at()
    ox, oy = (at.x(), at.y()) if command.islower() else (0.0, 0.0)
    kind = command.upper()
    before, pen.control = pen.control, None
    if kind == "M":
        pen.path.moveTo(ox + n[0], oy + n[1])
    elif kind == "A":
        pen.arc(n[0], n[1], bool(n[3]), bool(n[4]), QPointF(ox + n[5], oy + n[6]))
    elif kind in "CS":
        points = [QPointF(ox + n[i], oy + n[i + 1]) for i in range(0, len(n), 2)]
        if kind == "S":
            mirrored = at if before is None else QPointF(2 * at.x() - before.x(), 2 * at.y() - before.y())
            points.insert(0, mirrored)
        pen.curve(*points)
    else:
        steps: dict[str, Callable[[], None]] = {
            "L": lambda: pen.line(ox + n[0], oy + n[1]),
            "H": lambda: pen.line(ox + n[0], at.y()),
            "V": lambda: pen.line(at.x(), oy + n[0]),
        }
        steps[kind]()
