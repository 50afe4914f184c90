"""What one row of a list with actions consists of, and where each part of it stands.

The same arrangement serves the height, the painting and the finding of what was clicked, so that they cannot
disagree.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from kapperboek.ui import icons, theme
from kapperboek.ui.widgets import paint

WRAP = Qt.TextFlag.TextWordWrap
LINES_MOST = 3


class Action(NamedTuple):
    """Something to do with a row, by a click or by one key; without ``text`` only the icon is shown."""

    id: str
    icon: str
    name: str
    key: str
    text: str = ""


class Row(NamedTuple):
    """One row: who, beside it a badge, under it lines (text, token) and yellow snips; two texts at the right.

    ``due`` (text, chip kind) is the badge at the right. ``subject`` is whatever the page wants back.
    """

    name: str
    subject: object = None
    avatar: str = "petrol"
    badge: tuple[str, str] = ("", "plain")
    due: tuple[str, str] = ("", "plain")
    right: tuple[str, str] = ("", "")
    lines: tuple[tuple[str, str], ...] = ()
    snips: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    title: str = ""  # a row that only heads a group

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        parts = [self.title, self.right[0], self.name, self.badge[0], self.due[0], self.right[1]]
        parts += [text for text, _token in self.lines] + list(self.snips)
        return ", ".join(part for part in parts if part)


class Part(NamedTuple):
    """One thing to paint: kind is avatar, text, chip, snip, button or title."""

    kind: str
    rect: QRectF
    text: str
    style: str = ""
    size: float = 15
    weight: int = 400
    icon: str = ""
    action: str = ""


def arrange(row: Row, width: int) -> tuple[list[Part], int]:
    """The parts of a row in a list of this width, and the height they need."""
    if row.title:
        height = theme.px(40)
        rect = QRectF(0, theme.px(8), width, height - theme.px(8))
        return [Part("title", rect, row.title, "soft", 13, 600)], height
    top, side = theme.px(11), theme.px(40)
    left = side + theme.px(13)
    parts = [Part("avatar", QRectF(0, top, side, side), row.name, row.avatar)]
    right = _right(row, width, top, parts)
    y = _name(row, left, width - right, top, parts)
    for text, token in row.lines:
        y = _wrapped(text, QRectF(left, y, width - right - left, 0), token, parts)
        right = right if y < top + theme.px(44) else 0
    for snip in row.snips:
        y = _snip(snip, left, width, y, parts)
    y = _buttons(row, left, width, y, parts)
    return parts, round(max(y, top + side)) + theme.px(11)


def _text_height(size: float, weight: int) -> int:
    return QFontMetrics(theme.font(size, weight)).height()


def _right(row: Row, width: int, top: int, parts: list[Part]) -> int:
    """The badge or the two short texts at the right; gives the room they take."""
    taken = 0
    if row.due[0]:
        wide, high = paint.chip_size(row.due[0])
        wide = min(wide, width * 0.5)
        parts.append(Part("chip", QRectF(width - wide, top, wide, high), row.due[0], row.due[1]))
        taken = round(wide)
    for text, size, weight, style, y in (
        (row.right[0], 15, 600, "ink", top),
        (row.right[1], 13.5, 400, "soft", top + _text_height(15, 600)),
    ):
        if text:
            wide = min(QFontMetrics(theme.font(size, weight)).horizontalAdvance(text) + 2, width // 2)
            rect = QRectF(width - wide, y, wide, _text_height(size, weight))
            parts.append(Part("text", rect, text, style, size, weight))
            taken = max(taken, wide)
    return taken + theme.px(10) if taken else 0


def _name(row: Row, left: int, end: int, top: int, parts: list[Part]) -> int:
    """The name with its badge beside it, or under it for want of room; gives where the next line starts."""
    metrics = QFontMetrics(theme.font(15, 600))
    wanted = metrics.horizontalAdvance(row.name) + 2
    room = max(end - left, theme.px(60))
    high = metrics.height()
    parts.append(Part("text", QRectF(left, top, min(wanted, room), high), row.name, "ink", 15, 600))
    y = top + high + theme.px(2)
    if row.badge[0]:
        wide, tall = paint.chip_size(row.badge[0])
        if wanted + theme.px(8) + wide <= room:
            rect = QRectF(left + wanted + theme.px(8), top + (high - tall) / 2, wide, tall)
        else:
            rect = QRectF(left, y, min(wide, room), tall)
            y += round(tall) + theme.px(3)
        parts.append(Part("chip", rect, *row.badge))
    return y


def _wrapped(text: str, place: QRectF, token: str, parts: list[Part]) -> int:
    metrics = QFontMetrics(theme.font(13.5))
    most = metrics.lineSpacing() * LINES_MOST
    space = QRect(0, 0, max(int(place.width()), theme.px(60)), most)
    high = min(metrics.boundingRect(space, int(WRAP), text[:400]).height(), most)
    parts.append(Part("wrapped", QRectF(place.x(), place.y(), space.width(), high), text[:400], token, 13.5))
    return round(place.y() + high) + theme.px(2)


def _snip(text: str, left: int, width: int, y: int, parts: list[Part]) -> int:
    metrics = QFontMetrics(theme.font(13.5, 500))
    inner = width - left - theme.px(18)
    space = QRect(0, 0, inner, metrics.lineSpacing() * LINES_MOST)
    bound = metrics.boundingRect(space, int(WRAP), text[:300])
    high = min(bound.height(), space.height()) + theme.px(7)
    rect = QRectF(left, y + theme.px(3), min(bound.width(), inner) + theme.px(18), high)
    parts.append(Part("snip", rect, text[:300], "note_ink", 13.5, 500))
    return round(rect.bottom()) + theme.px(2)


def _buttons(row: Row, left: int, width: int, y: int, parts: list[Part]) -> int:
    """The actions side by side, on the next line where there is no room; gives where the row ends."""
    if not row.actions:
        return y
    metrics = QFontMetrics(theme.font(13.5, 600))
    high, gap = theme.px(40), theme.px(8)
    x, y = left, y + theme.px(6)
    for action in row.actions:
        wide = high
        if action.text:
            wide = metrics.horizontalAdvance(action.text) + theme.px(16 + 8 + 24)
        if x > left and x + wide > width:
            x, y = left, y + high + gap
        rect = QRectF(x, y, wide, high)
        parts.append(Part("button", rect, action.text, "ink", 13.5, 600, action.icon, action.id))
        x += wide + gap
    return y + high


def draw(painter: QPainter, part: Part) -> None:
    """Paint one part; the painter stands at the top left of the row."""
    rect = part.rect
    if part.kind == "avatar":
        paint.avatar(painter, rect, part.text, part.style)
    elif part.kind == "chip":
        paint.chip(painter, rect.x(), rect.center().y(), part.text, part.style, most=rect.width())
    elif part.kind in ("text", "title"):
        paint.line(painter, rect, part.text, part.style, part.size, part.weight)
    elif part.kind == "wrapped":
        painter.setFont(theme.font(part.size))
        painter.setPen(theme.color(part.style))
        painter.drawText(rect, int(WRAP), part.text)
    elif part.kind == "snip":
        _draw_snip(painter, part)
    elif part.kind == "button":
        _draw_button(painter, part)


def _draw_snip(painter: QPainter, part: Part) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("note"))
    painter.drawRoundedRect(part.rect, theme.px(8), theme.px(8))
    painter.setFont(theme.font(part.size, part.weight))
    painter.setPen(theme.color(part.style))
    inner = part.rect.adjusted(theme.px(9), theme.px(3), -theme.px(9), 0)
    painter.drawText(inner, int(WRAP), part.text)


def _draw_button(painter: QPainter, part: Part) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line"), 1.5))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(part.rect.adjusted(1, 1, -1, -1), theme.px(9), theme.px(9))
    side = theme.px(16)
    x = part.rect.x() + (theme.px(12) if part.text else (part.rect.width() - side) / 2)
    picture = icons.pixmap(part.icon, "ink", 16)
    painter.drawPixmap(round(x), round(part.rect.center().y() - side / 2), picture)
    if part.text:
        rect = QRectF(part.rect)
        rect.setLeft(x + side + theme.px(8))
        paint.line(painter, rect, part.text, part.style, part.size, part.weight)
