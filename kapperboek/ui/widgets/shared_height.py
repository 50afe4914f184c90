"""Which rows of a list get lines of their own for what is shortened otherwise: as the height there is allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kapperboek.ui import theme
from kapperboek.ui.widgets.action_rows import Part, Row, arrange
from kapperboek.ui.widgets.compact_rows import AIRY, LEAST, LOW, Form, arrange_compact

# What is given lines of its own first, and which rows have it
_WISHES: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("warning", lambda row: any(token == "coral" for _text, token in row.lines)),
    ("points", lambda row: bool(row.snips)),
    ("facts", lambda row: bool(row.lines)),
)


def arranged(row: Row, width: int, form: Form) -> tuple[list[Part], int]:
    """The parts and the height of a row at this width."""
    if row.compact and not row.title and width >= theme.px(LEAST):
        return arrange_compact(row, width, form)
    return arrange(row, width)


def share(rows: Sequence[Row], width: int, height: int) -> list[Form]:
    """The form of each row in a list of this size: with air where all of it fits; each as low as it can be where more
    is to come than fits; else the warnings of all are whole first, then what to talk about, then the facts."""
    if _fits(rows, width, height, AIRY) >= 0:
        return [AIRY] * len(rows)
    spare = _fits(rows, width, height, LOW)
    forms = [LOW] * len(rows)
    if spare <= 0:
        return forms
    for wish, has in _WISHES:
        for place, row in enumerate(rows):
            if not has(row):
                continue
            form = forms[place]._replace(**{wish: True})
            more = arranged(row, width, form)[1] - arranged(row, width, forms[place])[1]
            if more <= spare:
                forms[place], spare = form, spare - more
    return forms


def _fits(rows: Sequence[Row], width: int, height: int, form: Form) -> int:
    """What is left of the height when every row has this form; less than nothing where they do not fit."""
    left = height
    for row in rows:
        if left < 0 or width <= 0:
            return -1
        left -= arranged(row, width, form)[1]
    return left
