"""Height of a list shared out over its rows: those that get lines of their own for what is shortened otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.lists.action_rows import Part, Row, arrange
from kapperboek.ui.widgets.lists.compact_rows import AIRY, LEAST, LOW, Form, arrange_compact

WIDTHS_KEPT = 4  # with and without a scroll bar, now and a moment ago: who drags an edge passes hundreds
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


class Arrangements:
    """Cache of the arranged rows of a list, each of them arranged once for a width and a form.

    On its way to its place a list is given one height after another, and asks the same again for each of them.
    """

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.rows = list(rows)
        self._kept: dict[tuple[int, float], dict[tuple[int, Form], tuple[list[Part], int]]] = {}  # by width and scale

    def of(self, place: int, width: int, form: Form) -> tuple[list[Part], int]:
        """The parts and the height of the row at this place."""
        size = (width, theme.scale())
        kept = self._kept.get(size)
        if kept is None:
            if len(self._kept) >= WIDTHS_KEPT:
                del self._kept[next(iter(self._kept))]
            kept = self._kept[size] = {}
        found = kept.get((place, form))
        if found is None:
            found = kept[(place, form)] = arranged(self.rows[place], width, form)
        return found

    def share(self, width: int, height: int) -> list[Form]:
        """Form of each row in a list of this size: with air where all of it fits, else as much as there is height for.

        Each is as low as it can be where more is to come than fits; else the warnings of all are whole first, then what
        to talk about, then the facts.
        """
        places = range(len(self.rows))
        if self._fits(width, height, AIRY) >= 0:
            return [AIRY for _place in places]
        spare = self._fits(width, height, LOW)
        forms = [LOW for _place in places]
        if spare <= 0:
            return forms
        for wish, has in _WISHES:
            for place in places:
                if not has(self.rows[place]):
                    continue
                form = forms[place]._replace(**{wish: True})
                more = self.of(place, width, form)[1] - self.of(place, width, forms[place])[1]
                if more <= spare:
                    forms[place], spare = form, spare - more
        return forms

    def _fits(self, width: int, height: int, form: Form) -> int:
        """Height left over when every row has this form; less than nothing where they do not fit."""
        left = height
        for place in range(len(self.rows)):
            if left < 0 or width <= 0:
                return -1
            left -= self.of(place, width, form)[1]
        return left
