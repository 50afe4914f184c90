"""Paint text on several lines, for widgets that paint their own words: cheaper than a QLabel where there are many."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.painting.text_wrap import wrapped

MOST_LINES = 60
NARROWEST = 40  # pixels at 100 %; in less than that nothing can be read anyway


def words(
    painter: QPainter | None,
    text: str,
    rect: tuple[float, float, float],
    token: str = "ink",
    size: float = 15,
    weight: int = 400,
) -> float:
    """Draw the text from ``rect`` (left, top, width) downward, or only measure it; gives where it ends."""
    left, top, width = rect
    lines = wrapped(text, theme.font(size, weight), max(width, theme.px(NARROWEST)), MOST_LINES)
    step = theme.metrics(size, weight).lineSpacing()
    if painter is not None:
        for number, line in enumerate(lines):
            paint.line(painter, QRectF(left, top + number * step, width + 2, step), line, token, size, weight)
    return top + step * len(lines)
