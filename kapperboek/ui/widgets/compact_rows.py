"""Where the parts of a short row stand: name and time, one line of facts, what to talk about side by side.

For lists of which as much as possible should be seen at once. What is shortened here is whole on the card, in what the
row says aloud and in its tooltip.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF

from kapperboek.ui import theme
from kapperboek.ui.widgets import paint
from kapperboek.ui.widgets.action_rows import Part, Row, buttons_below, wrapped

LEAST = 250  # width at 100 % below which there is no room for this
TEXT_LINES = 2  # of what is to be done, and of facts where there is room
_SIDE, _BUTTON, _GAP = 34, 40, 4
_AVATAR_FROM = 320  # width at 100 % below which two buttons leave no room for the round picture


def arrange_compact(row: Row, width: int, airy: bool = False) -> tuple[list[Part], int]:
    """The parts of a row in a list of this width, and the height they need. ``airy``: the list has height to spare, so
    that less need be shortened.
    """
    top, left = theme.px(9 if airy else 5), 0
    parts: list[Part] = []
    if row.avatar and (width >= theme.px(_AVATAR_FROM) or len(row.shown()) < 2):
        left = theme.px(_SIDE + 10)
        parts.append(Part("avatar", QRectF(0, top, theme.px(_SIDE), theme.px(_SIDE)), row.name, row.avatar))
    beside = not any(action.text for action in row.shown())
    edge = width - (theme.px(_BUTTON + _GAP) * len(row.shown()) + theme.px(_GAP) if beside else 0)
    beside_name, beside_facts = _right(row, edge, top, parts)
    y, chips = _name(row, left, edge - beside_name, top, parts)
    y = _facts(row, left, edge - beside_facts, y, chips, parts, airy)
    y = _snips(row, left, edge, y, parts, airy)
    if not beside:
        y = buttons_below(row, left, width, y, parts)
    high = round(max(y, top + theme.px(_SIDE if row.avatar else 0), theme.px(_BUTTON + 2) - top if beside else 0)) + top
    if beside:
        _icons(row, width, high, parts)
    return parts, high


def _line_height(size: float, weight: int) -> int:
    return ceil(theme.metrics(size, weight).height())


def _right(row: Row, edge: int, top: int, parts: list[Part]) -> tuple[int, int]:
    """The time and with whom at the right; gives the room each takes."""
    taken, y = [], top
    for text, size, weight, style in ((row.right[0], 15, 600, "ink"), (row.right[1], 13.5, 400, "soft")):
        if text:
            wide = min(ceil(theme.width(text, size, weight)) + 2, edge // 3)
            high = _line_height(size, weight)
            parts.append(Part("text", QRectF(edge - wide, y, wide, high), text, style, size, weight))
            y += high
        taken.append(wide + theme.px(8) if text else 0)
    return taken[0], taken[1]


def _name(row: Row, left: int, end: int, top: int, parts: list[Part]) -> tuple[int, list[tuple[str, str]]]:
    """The name and the badges there is room for beside it; gives where the next line starts and the other badges."""
    high = _line_height(15, 600)
    wanted = ceil(theme.width(row.name, 15, 600)) + 2
    rest: list[tuple[str, str]] = []
    stop = end
    for text, kind in (row.due, row.badge):
        wide, tall = paint.chip_size(text)
        if text and left + wanted + theme.px(8) + wide <= stop:
            parts.append(Part("chip", QRectF(stop - wide, top + (high - tall) / 2, wide, tall), text, kind))
            stop -= round(wide) + theme.px(6)
        elif text:
            rest.append((text, kind))
    room = min(wanted, max(stop - left, theme.px(60)))
    parts.append(Part("text", QRectF(left, top, room, high), row.name, "ink", 15, 600))
    return top + high + theme.px(2), rest


def _facts(row: Row, left: int, end: int, y: int, chips: list[tuple[str, str]], parts: list[Part], airy: bool) -> int:
    """The badges that found no room and the facts, on one line; what is to be done may take two of its own."""
    x, high = float(left), _line_height(13.5, 400)
    for text, kind in chips:
        wide, tall = paint.chip_size(text)
        wide = min(wide, max(end - x, theme.px(40)))
        parts.append(Part("chip", QRectF(x, y, wide, tall), text, kind))
        x, high = x + wide + theme.px(6), max(high, round(tall))
    lines = list(row.lines)
    own = lines if airy else lines[:1] if row.compact == "text" else []  # with lines of their own
    if own:
        y = y + high + theme.px(2) if chips else y
        x = float(left)
        for text, token in own:
            y = wrapped(text, QRectF(left, y, end - left, 0), token, parts, TEXT_LINES)
        lines, chips, high = lines[len(own) :], [], _line_height(13.5, 400)
    if not lines and not chips:
        return y
    for place, (text, token) in enumerate(lines):
        shown = f"{text} · " if place < len(lines) - 1 else text
        wide = min(ceil(theme.width(shown, 13.5, 400)) + 2, max(end - x, 0))
        if wide > theme.px(20):
            parts.append(Part("text", QRectF(x, y, wide, high), shown, token, 13.5))
        x += wide
    return y + high + theme.px(2)


def _snips(row: Row, left: int, edge: int, y: int, parts: list[Part], airy: bool) -> int:
    """The first two things to talk about, side by side, and how many more there are."""
    if not row.snips:
        return y
    room, gap = edge - left, theme.px(6)
    shown = [*row.snips[:2]]
    if airy and sum(paint.chip_size(text)[0] + gap for text in row.snips) > room:
        return _below_each_other(row, left, room, y, parts)
    more = f"+{len(row.snips) - 2}" if len(row.snips) > 2 else ""
    room -= round(paint.chip_size(more)[0]) + gap if more else 0
    wishes = [paint.chip_size(text)[0] for text in shown]
    half = (room - gap) / 2
    if len(shown) == 2 and sum(wishes) + gap > room:  # who is short leaves the rest to the other
        first = min(wishes[0], max(half, room - gap - wishes[1]))
        wishes = [first, min(wishes[1], room - gap - first)]
    x, tall, y = float(left), paint.chip_size("x")[1], y + theme.px(2)
    for text, wide in zip((*shown, more), (*wishes, paint.chip_size(more)[0]), strict=True):
        if text:
            wide = min(wide, room + (paint.chip_size(more)[0] + gap if more else 0))
            parts.append(Part("chip", QRectF(x, y, wide, tall), text, "note"))
            x += wide + gap
    return round(y + tall) + theme.px(2)


def _below_each_other(row: Row, left: int, room: int, y: int, parts: list[Part]) -> int:
    for text in row.snips[:3]:
        wide, tall = paint.chip_size(text)
        parts.append(Part("chip", QRectF(left, y + theme.px(2), min(wide, room), tall), text, "note"))
        y += round(tall) + theme.px(4)
    return y


def _icons(row: Row, width: int, high: int, parts: list[Part]) -> None:
    """The actions at the right, in the middle of the row."""
    side = theme.px(_BUTTON)
    x = width - (side + theme.px(_GAP)) * len(row.shown()) + theme.px(_GAP)
    for action in row.shown():
        rect = QRectF(x, (high - side) / 2, side, side)
        parts.append(Part("button", rect, "", "ink", 13.5, 600, action.icon, action.id))
        x += side + theme.px(_GAP)
