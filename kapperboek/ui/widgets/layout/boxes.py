"""Box layouts: parts below or beside each other, lengths as in the drawings (at 100 %)."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kapperboek.ui.appearance import theme

Margins = tuple[float, float, float, float]  # left, top, right, bottom
Box = TypeVar("Box", bound=QBoxLayout)


def vbox(holder: QWidget | None = None, *, gap: float | None = None, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts of ``holder`` below each other, ``gap`` apart (None: as the style has it); without one: for a layout."""
    return _set(QVBoxLayout(holder) if holder is not None else QVBoxLayout(), gap, margins)


def hbox(holder: QWidget | None = None, *, gap: float | None = None, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts of ``holder`` beside each other; see ``vbox``."""
    return _set(QHBoxLayout(holder) if holder is not None else QHBoxLayout(), gap, margins)


def _set(box: Box, gap: float | None, margins: Margins) -> Box:
    box.setContentsMargins(*(theme.px(margin) for margin in margins))
    if gap is not None:
        box.setSpacing(theme.px(gap))
    return box
