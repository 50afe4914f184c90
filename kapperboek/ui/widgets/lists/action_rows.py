"""Rows of a list with actions: the parts of a row, and the rectangle of each.

The same arrangement serves the height, the painting and the finding of what was clicked: they cannot disagree.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.painting.text_wrap import wrapped as divided

LINES_MOST = 3
ASKED = 28  # letters of a question that say something: "question: " and twenty more
LEAST_GAP = 3  # pixels at 100 % between buttons that would not stand on one line otherwise
WIDE = 640  # width at 100 % from which actions with words stand at the right


class Action(NamedTuple):
    """Action of a row, by a click or by one key; without ``text`` only the icon is shown.

    ``quiet``: by its key alone, for what is rarely wanted and stands elsewhere too.
    """

    id: str
    icon: str
    name: str
    key: str
    text: str = ""
    quiet: bool = False


class Row(NamedTuple):
    """Row of a list: name, beside it a badge, under it lines (text, token) and yellow snips; two texts at the right.

    ``due`` (text, chip kind) is the badge at the right. ``subject`` is whatever the page wants back.
    """

    name: str
    subject: object = None
    avatar: str = "petrol"  # kind of the round picture; empty: none
    badge: tuple[str, str] = ("", "plain")
    due: tuple[str, str] = ("", "plain")
    right: tuple[str, str] = ("", "")
    lines: tuple[tuple[str, str], ...] = ()
    question: str = ""  # at the end of the last line, where enough of it can be read
    snips: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    title: str = ""  # a row that only heads a group
    compact: str = ""  # "line": as low as it can be; "text": so, but what is to be done may take two lines

    def shown(self) -> tuple[Action, ...]:
        """Actions with a button."""
        return tuple(action for action in self.actions if not action.quiet)

    def spoken(self) -> str:
        """Text of the row for a screen reader."""
        parts = [self.title, self.right[0], self.name, self.badge[0], self.due[0], self.right[1]]
        parts += [text for text, _token in self.lines] + [self.question, *self.snips]
        return ", ".join(part for part in parts if part)


class Part(NamedTuple):
    """Part of a row to paint: kind is avatar, text, chip, snip, button or title."""

    kind: str
    rect: QRectF
    text: str
    style: str = ""
    size: float = 15
    weight: int = 400
    icon: str = ""
    action: str = ""


def arrange(row: Row, width: int) -> tuple[list[Part], int]:
    """Arrange the parts of a row in a list of this width; gives them and the height they need."""
    if row.title:
        height = theme.px(40)
        rect = QRectF(0, theme.px(8), width, height - theme.px(8))
        return [Part("title", rect, row.title, "soft", 13, 600)], height
    top, side = theme.px(11), theme.px(40)
    parts: list[Part] = []
    left = 0
    if row.avatar:
        left = side + theme.px(13)
        parts.append(Part("avatar", QRectF(0, top, side, side), row.name, row.avatar))
    right, below = _right(row, width, top, parts)
    y = _name(row, left, width, right, top, parts)
    icons_taken, icons_end = _at_right(row, width, max(y, below), parts)
    end = width - max(right if below > y else 0, icons_taken)
    for place, (text, token) in enumerate(row.lines, 1):
        text = asked_too(row, text, end - left, LINES_MOST) if place == len(row.lines) else text
        y = wrapped(text, QRectF(left, y, end - left, 0), token, parts)
    for point in row.snips:
        y = snip(point, left, end, y, parts)
    y = max(buttons_below(row, left, width, y, parts), icons_end)
    return parts, round(max(y, top + side if row.avatar else 0)) + theme.px(11)


def _text_height(size: float, weight: int) -> int:
    return QFontMetrics(theme.font(size, weight)).height()


def _right(row: Row, width: int, top: int, parts: list[Part]) -> tuple[int, int]:
    """The two short texts at the right; gives the room they take and where they end."""
    taken, y = 0, top
    for text, size, weight, style in ((row.right[0], 15, 600, "ink"), (row.right[1], 13.5, 400, "soft")):
        if text:
            wide = min(QFontMetrics(theme.font(size, weight)).horizontalAdvance(text) + 2, width // 2)
            high = _text_height(size, weight)
            parts.append(Part("text", QRectF(width - wide, y, wide, high), text, style, size, weight))
            taken, y = max(taken, wide), y + high
    return (taken + theme.px(10) if taken else 0), y


def _name(row: Row, left: int, width: int, right: int, top: int, parts: list[Part]) -> int:
    """Arrange the name, the badge of its day at the right and its own beside it; each under it for want of room.

    Gives where the next line starts.
    """
    high = _text_height(15, 600)
    wanted = QFontMetrics(theme.font(15, 600)).horizontalAdvance(row.name) + 2
    end, y = width - right, top + high + theme.px(2)
    chips: list[tuple[str, str]] = [row.badge] if row.badge[0] else []
    if row.due[0]:
        wide, tall = paint.chip_size(row.due[0])
        if left + wanted + theme.px(10) + wide <= end:
            rect = QRectF(end - wide, top + (high - tall) / 2, wide, tall)
            parts.append(Part("chip", rect, *row.due))
            end -= round(wide) + theme.px(10)
        else:
            chips.append(row.due)
    room = max(end - left, theme.px(60))
    name = paint.shortened(row.name, room, 15, 600)
    parts.append(Part("text", QRectF(left, top, min(wanted, room), high), name, "ink", 15, 600))
    x = float(left + wanted + theme.px(8))
    for text, kind in chips:
        wide, tall = paint.chip_size(text)
        if x + wide <= left + room:
            parts.append(Part("chip", QRectF(x, top + (high - tall) / 2, wide, tall), text, kind))
            x += wide + theme.px(6)
        else:
            parts.append(Part("chip", QRectF(left, y + theme.px(2), min(wide, room), tall), text, kind))
            y += round(tall) + theme.px(5)
            x = width
    return y


def _beside(row: Row, width: int) -> bool:
    """Tell whether the actions stand at the right: icons alone always, words where the list is wide."""
    return width >= theme.px(WIDE) or not any(action.text for action in row.actions if not action.quiet)


def _button_width(action: Action) -> int:
    if not action.text:
        return theme.px(40)
    return QFontMetrics(theme.font(13.5, 600)).horizontalAdvance(action.text) + theme.px(16 + 8 + 24)


def _at_right(row: Row, width: int, y: int, parts: list[Part]) -> tuple[int, int]:
    """Actions at the right under the day; gives the room they take and their end."""
    shown = row.shown()
    if not shown or not _beside(row, width):
        return 0, 0
    side, gap = theme.px(40), theme.px(6)
    taken = sum(_button_width(action) + gap for action in shown)
    x = width - taken + gap
    for action in shown:
        rect = QRectF(x, y + theme.px(2), _button_width(action), side)
        parts.append(Part("button", rect, action.text, "ink", 13.5, 600, action.icon, action.id))
        x += _button_width(action) + gap
    return taken + theme.px(4), y + theme.px(2) + side


def asked_too(row: Row, text: str, wide: float, lines: int) -> str:
    """The last text of a row, with the question behind it where that says something in so many lines."""
    if not row.question:
        return text
    least = f"{text} · {row.question[:ASKED]}"
    fits = len(divided(least, theme.font(13.5), max(wide, theme.px(60)), lines + 1)) <= lines
    return f"{text} · {row.question}" if fits else text


def wrapped(text: str, place: QRectF, token: str, parts: list[Part], lines: int = LINES_MOST) -> int:
    """Arrange a text that takes so many lines at most; gives where the next one starts."""
    wide = max(place.width(), theme.px(60))
    found = divided(text, theme.font(13.5), wide, lines)
    high = theme.metrics(13.5).lineSpacing() * len(found)
    parts.append(Part("wrapped", QRectF(place.x(), place.y(), wide, high), "\n".join(found), token, 13.5))
    return round(place.y() + high) + theme.px(2)


def snip(text: str, left: int, end: int, y: int, parts: list[Part]) -> int:
    """Arrange a snip (talk point) on as many lines as it needs, three at most; gives where the next one starts."""
    sides = 2 * theme.px(9) + 2  # rounding may not shorten the words when they are painted
    found = divided(text, theme.font(13.5, 500), max(end - left - sides, theme.px(60)), LINES_MOST)
    wide = max(theme.width(line, 13.5, 500) for line in found) + sides
    high = theme.metrics(13.5, 500).lineSpacing() * len(found) + theme.px(7)
    rect = QRectF(left, y + theme.px(3), wide, high)
    parts.append(Part("snip", rect, "\n".join(found), "note_ink", 13.5, 500))
    return round(rect.bottom()) + theme.px(2)


def buttons_below(row: Row, left: int, width: int, y: int, parts: list[Part]) -> int:
    """Arrange the actions with words side by side, else on the next line; gives where the row ends."""
    shown = row.shown()
    if _beside(row, width):
        return y
    high, gap = theme.px(40), theme.px(8)
    room = width - left - sum(_button_width(action) for action in shown)
    if len(shown) > 1 and room >= theme.px(LEAST_GAP) * (len(shown) - 1):
        gap = min(gap, room // (len(shown) - 1))  # rather closer together than one alone on the next line
    x, y = left, y + theme.px(6)
    for action in shown:
        wide = _button_width(action)
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
        _draw_lines(painter, rect, part)
    elif part.kind == "snip":
        _draw_snip(painter, part)
    elif part.kind == "button":
        _draw_button(painter, part)


def _draw_snip(painter: QPainter, part: Part) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("note"))
    painter.drawRoundedRect(part.rect, theme.px(8), theme.px(8))
    _draw_lines(painter, part.rect.adjusted(theme.px(9), theme.px(3), -theme.px(9), 0), part)


def _draw_lines(painter: QPainter, rect: QRectF, part: Part) -> None:
    step = theme.metrics(part.size, part.weight).lineSpacing()
    for number, words in enumerate(part.text.split("\n")):
        place = QRectF(rect.x(), rect.y() + number * step, rect.width(), step)
        paint.line(painter, place, words, part.style, part.size, part.weight)


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
