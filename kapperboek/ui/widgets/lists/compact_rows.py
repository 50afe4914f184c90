"""Compact rows of a list: places of name and time, one line of facts, talk points side by side.

For lists of which as much as possible should be seen at once. What is shortened here is whole on the card, in what the
row says aloud and in its tooltip.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QRectF

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.lists.action_rows import ASKED, Part, Row, asked_too, buttons_below, snip, wrapped
from kapperboek.ui.widgets.painting import paint

LEAST = 250  # width at 100 % below which there is no room for this
TEXT_LINES = 2  # of what is to be done, and of facts where there is room
_SIDE, _BUTTON, _GAP = 34, 40, 4
_AVATAR_FROM = 320  # width at 100 % below which two buttons leave no room for the round picture
LEAST_WORD = 20  # width at 100 % in which no word can be read
POINTS = 3  # so many things to talk about stand below each other


class Form(NamedTuple):
    """Parts of a row with lines of their own, as the height of its list allows; the rest is shortened to one line."""

    warning: bool = False
    points: bool = False  # what to talk about
    facts: bool = False
    air: bool = False  # above and below


LOW, AIRY = Form(), Form(True, True, True, True)


def arrange_compact(row: Row, width: int, form: Form = LOW) -> tuple[list[Part], int]:
    """Arrange the parts of a compact row in a list of this width; gives them and the height they need."""
    top, left = theme.px(9 if form.air else 5), 0
    parts: list[Part] = []
    if row.avatar and (width >= theme.px(_AVATAR_FROM) or len(row.shown()) < 2):
        left = theme.px(_SIDE + 10)
        parts.append(Part("avatar", QRectF(0, top, theme.px(_SIDE), theme.px(_SIDE)), row.name, row.avatar))
    beside = not any(action.text for action in row.shown())
    edge = width - (theme.px(_BUTTON + _GAP) * len(row.shown()) + theme.px(_GAP) if beside else 0)
    beside_name = _at_right(row.right[0], (15, 600, "ink"), edge, top, parts)
    y, chips = _name(row, left, edge - beside_name, top, parts)
    y = _facts(row, left, edge, y, chips, parts, form)
    y = _snips(row, left, edge, y, parts, form)
    if not beside:
        y = buttons_below(row, left, width, y, parts)
    high = round(max(y, top + theme.px(_SIDE if row.avatar else 0), theme.px(_BUTTON + 2) - top if beside else 0)) + top
    if beside:
        _icons(row, width, high, parts)
    return parts, high


def _line_height(size: float, weight: int) -> int:
    return ceil(theme.metrics(size, weight).height())


def _at_right(text: str, style: tuple[float, int, str], edge: int, y: int, parts: list[Part]) -> int:
    """The time, or with whom, at the right; gives the room it takes."""
    if not text:
        return 0
    size, weight, token = style
    wide = min(ceil(theme.width(text, size, weight)) + 2, edge // 3)
    rect = QRectF(edge - wide, y, wide, _line_height(size, weight))
    parts.append(Part("text", rect, text, token, size, weight))
    return wide + theme.px(8)


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
    name = paint.shortened(row.name, room, 15, 600)
    parts.append(Part("text", QRectF(left, top, room, high), name, "ink", 15, 600))
    return top + high + theme.px(2), rest


def _facts(row: Row, left: int, edge: int, y: int, chips: list[tuple[str, str]], parts: list[Part], form: Form) -> int:
    """Arrange a warning over the whole width, as far as the form gives it that, and the facts below it.

    With whom stands at the right of the badges that found no room and of the facts, which stand on one line or, by the
    form, on their own.
    """
    loud = [text for text, token in row.lines if token == "coral" and (form.warning or form.facts)]
    quiet = [(text, token) for text, token in row.lines if token != "coral" or not loud]
    for text in loud:
        y = wrapped(text, QRectF(left, y, edge - left, 0), "coral", parts, TEXT_LINES)
    end = edge - _at_right(row.right[1], (13.5, 400, "soft"), edge, y, parts)
    least = y + _line_height(13.5, 400) if loud and row.right[1] else y
    x, high = _badges(chips, left, end, y, parts)
    own = [line for line in quiet if form.facts or (line[1] == "ink" and row.compact == "text")]
    if own and chips:
        x, y, high, chips = float(left), y + high + theme.px(2), _line_height(13.5, 400), []
    for place, (text, token) in enumerate(own, 1):
        text = asked_too(row, text, end - left, TEXT_LINES) if place == len(quiet) else text
        y = wrapped(text, QRectF(left, y, end - left, 0), token, parts, TEXT_LINES)
    rest = quiet[len(own) :]
    if rest or chips:
        said = " · ".join([*(text for text, _token in rest), row.question[:ASKED]])
        asked = [(row.question, "soft")] if row.question and theme.width(said, 13.5, 400) + 2 <= end - x else []
        _on_one_line([*rest, *asked], QRectF(x, y, end - x, high), parts)
        y += high + theme.px(2)
    return max(y, least)


def _badges(chips: list[tuple[str, str]], left: int, end: int, y: int, parts: list[Part]) -> tuple[float, int]:
    """Arrange badges beside each other; gives where the facts go on, and how high their line is."""
    x, high = float(left), _line_height(13.5, 400)
    for text, kind in chips:
        wide, tall = paint.chip_size(text)
        wide = min(wide, max(end - x, theme.px(40)))
        parts.append(Part("chip", QRectF(x, y, wide, tall), text, kind))
        x, high = x + wide + theme.px(6), max(high, round(tall))
    return x, high


def _on_one_line(lines: list[tuple[str, str]], place: QRectF, parts: list[Part]) -> None:
    """Arrange on one line as many texts as there is room for, the last of them shortened."""
    x = place.x()
    for at, (text, token) in enumerate(lines):
        room = place.right() - x
        if room <= theme.px(LEAST_WORD):
            break
        shown = f"{text} · " if at < len(lines) - 1 else text
        wide = ceil(theme.width(shown, 13.5, 400)) + 2
        if room - wide <= theme.px(LEAST_WORD):  # nothing comes after it
            shown = text
        parts.append(Part("text", QRectF(x, place.y(), min(wide, room), place.height()), shown, token, 13.5))
        x += wide


def _snips(row: Row, left: int, edge: int, y: int, parts: list[Part], form: Form) -> int:
    """Arrange the first two snips (talk points) side by side, and how many more there are.

    They stand below each other for want of width where there is height.
    """
    if not row.snips:
        return y
    room, gap = edge - left, theme.px(6)
    shown = [*row.snips[:2]]
    if form.points and sum(paint.chip_size(text)[0] + gap for text in row.snips) > room:
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
    more = f"+{len(row.snips) - POINTS}" if len(row.snips) > POINTS else ""
    for place, text in enumerate(row.snips[:POINTS], 1):
        beside = paint.chip_size(more)[0] + theme.px(6) if more and place == POINTS else 0
        wide, tall = paint.chip_size(text)
        if wide > room - beside:
            bottom = snip(text, left, round(left + room - beside), y, parts)
        else:
            parts.append(Part("chip", QRectF(left, y + theme.px(2), wide, tall), text, "note"))
            bottom = y + round(tall) + theme.px(4)
        if beside:
            x = left + room - beside + theme.px(6)
            parts.append(Part("chip", QRectF(x, y + theme.px(2), beside - theme.px(6), tall), more, "note"))
        y = bottom
    return y


def _icons(row: Row, width: int, high: int, parts: list[Part]) -> None:
    """The actions at the right, in the middle of the row."""
    side = theme.px(_BUTTON)
    x = width - (side + theme.px(_GAP)) * len(row.shown()) + theme.px(_GAP)
    for action in row.shown():
        rect = QRectF(x, (high - side) / 2, side, side)
        parts.append(Part("button", rect, "", "ink", 13.5, 600, action.icon, action.id))
        x += side + theme.px(_GAP)
