"""Tab order as one reads. Qt's own is the order in which controls were made, which rows that come and go upset."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from kapperboek.ui.widgets.layout.page_stack import Pages


def put_aside(part: QWidget) -> None:
    """Let Tab come to this offer after all the fields.

    It shows itself while somebody types, and what is typed after the next Tab is meant for the next field.
    """
    part.setProperty("aside", True)


def tab_as_read(top: QWidget) -> None:
    """Let Tab go through everything in ``top`` in the order of its layouts. Call it again when rows were added."""
    for one, following in pairwise(list(_stops(top))):
        QWidget.setTabOrder(one, following)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Tab stops in and below a widget: controls that take the keyboard, hidden ones included.

    Also what is reached by arrows only, for Tab goes on from there.
    """
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    if (stops := getattr(widget, "stops", None)) is not None:
        yield from stops()  # it has no layout, and says itself how it is read
    elif isinstance(widget, QScrollArea) and (inside := widget.widget()) is not None:
        yield from sorted(_stops(inside), key=lambda stop: _is_aside(stop, inside))
    elif isinstance(widget, Pages):
        for page in widget.pages:
            yield from _stops(page)
    elif (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def _is_aside(stop: QWidget, inside: QWidget) -> bool:
    part: QWidget | None = stop
    while part is not None and part is not inside:
        if part.property("aside"):
            return True
        part = part.parentWidget()
    return False


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _stops(widget)
        elif (inner := item.layout()) is not None:
            yield from _in_layout(inner)
