"""Painting shared by widgets and by the delegates of lists: avatars, chips, text, focus rings."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap

from kapperboek.domain import word_cache
from kapperboek.ui.appearance import icons, theme

LEFT, MIDDLE, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
# What one line of text is drawn with; put together once, because Qt's flags are slow to join.
_FLAGS = {
    align: int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine) for align in (LEFT, MIDDLE, RIGHT)
}

# kind of chip → (text, ground, border)
CHIPS = {
    "plain": ("soft", "paper", "line"),
    "petrol": ("petrol", "petrol_tint", ""),
    "coral": ("coral", "coral_tint", ""),
    "plum": ("plum", "plum_tint", ""),
    "green": ("green", "green_tint", ""),
    "note": ("note_ink", "note", ""),
}


AVATARS_KEPT = 500
_avatars: dict[tuple[str, str, int, float, bool], QPixmap] = {}
word_cache.keep_in(_avatars)


def initials(name: str) -> str:
    """Initials, at most two, for the round picture: of the first and last word with a capital, else of the first."""
    words = [word for word in name.replace(".", " ").split() if word[:1].isalnum()]
    capital = [word for word in words if word[0].isupper()] or words
    return (capital[0][0] + (capital[-1][0] if len(capital) > 1 else "")).upper() if capital else "?"


def avatar(painter: QPainter, rect: QRectF, name: str, kind: str = "petrol", letters: str = "") -> None:
    """Paint the avatar with ``letters``, else the initials of ``name``; kind as for chips (plum for birthdays)."""
    letters, side, ratio = letters[:3] or initials(name), round(rect.height()), painter.device().devicePixelRatioF()
    key = (letters, kind, side, ratio, theme.is_dark())
    made = _avatars.get(key)
    if made is None:
        if len(_avatars) >= AVATARS_KEPT:
            _avatars.clear()
        made = _avatars[key] = _drawn_avatar(letters, kind, side, ratio)
    painter.drawPixmap(rect.topLeft(), made)


def _drawn_avatar(letters: str, kind: str, side: int, ratio: float) -> QPixmap:
    text, ground, _border = CHIPS[kind]
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    rect = QRectF(0, 0, side, side)
    painter.drawEllipse(rect)
    font = QFont(theme.font(14, 600))
    font.setPixelSize(max(8, round(side * 0.35)))
    painter.setFont(font)
    painter.setPen(theme.color(text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)
    painter.end()
    return made


@theme.kept_words
def chip_size(text: str, icon: str = "") -> tuple[float, float]:
    """Width and height of a chip."""
    width = theme.width(text, 13, 500) + theme.px(20) + (theme.px(20) if icon else 0)
    return width, max(theme.metrics(13, 500).height() + theme.px(7), theme.px(24))


def chip(
    painter: QPainter,
    x: float,
    middle: float,
    text: str,
    kind: str = "plain",
    icon: str = "",
    most: float = 0,
) -> float:
    """Draw a chip whose left edge is ``x`` and whose middle height is ``middle``; gives its width.

    ``most`` is the greatest width it may take (0: any); longer text is shortened.
    """
    ink, ground, border = CHIPS[kind]
    width, height = chip_size(text, icon)
    width = min(width, most) if most else width
    rect = QRectF(x, middle - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(border), 1) if border else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8))
    inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
    if icon:
        side = theme.px(15)
        painter.drawPixmap(
            QPointF(inner.x() - theme.px(1), rect.center().y() - side / 2), icons.pixmap(icon, ink, 15)
        )
        inner.setLeft(inner.left() + theme.px(20))
    line(painter, inner, text, ink, 13, 500)
    return width


def line(
    painter: QPainter,
    rect: QRectF,
    text: str,
    token: str = "ink",
    size: float = 15,
    weight: int = 400,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Paint one line of text in ``rect``, shortened with … when too long; gives the width it took."""
    shown = text.split("\n", 1)[0][:500]
    width = theme.width(shown, size, weight)
    if width > rect.width() + 0.5:
        shown = theme.metrics(size, weight).elidedText(shown, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
        width = theme.width(shown, size, weight)
    painter.setFont(theme.font(size, weight))
    painter.setPen(theme.color(token))
    painter.drawText(rect, _FLAGS[align], shown)
    return width


def shortened(name: str, room: float, size: float, weight: int) -> str:
    """Shorten a name to this room, but never the number behind it that tells which of two it is."""
    who, mark, number = name.rpartition(" #")
    if not mark or theme.width(name, size, weight) <= room:
        return name
    room -= theme.width(mark + number, size, weight)
    return theme.metrics(size, weight).elidedText(who, Qt.TextElideMode.ElideRight, max(room, 0)) + mark + number


def ring(painter: QPainter, rect: QRectF, radius: float, token: str = "petrol") -> None:
    """Paint the focus ring around what has the keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(token), theme.px(2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = theme.px(2) / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
