"""Chips: several small rounded words beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QPainter

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.text_labels import Chip


class ChipText(NamedTuple):
    """Text, kind and icon of a chip; kinds as in ``paint.CHIPS``."""

    text: str
    kind: str = "plain"
    icon: str = ""


def paint_chips(painter: QPainter | None, texts: Sequence[str], left: float, width: float) -> float:
    """Draw plain chips from ``left`` to ``width``, going on at the next line, or only measure; gives the height."""
    x, top = left, 0.0
    _wide, high = paint.chip_size("x")
    for text in texts:
        wide = min(paint.chip_size(text)[0], width - left)
        if x > left and x + wide > width:
            x, top = left, top + high + theme.px(4)
        if painter is not None:
            paint.chip(painter, x, top + high / 2, text, most=wide)
        x += wide + theme.px(6)
    return top + high


class Chips:
    """Chips at the end of a flow layout; they are used again for what is shown next, because new widgets are dear."""

    def __init__(self, flow: FlowLayout) -> None:
        self._flow = flow
        self._chips: list[Chip] = []

    def set(self, shown: Sequence[ChipText]) -> None:
        """Show these chips."""
        while len(self._chips) < len(shown):
            self._chips.append(Chip(""))
            self._flow.addWidget(self._chips[-1])
        for place, chip in enumerate(self._chips):
            if place < len(shown):
                chip.set(*shown[place])
            chip.setVisible(place < len(shown))
