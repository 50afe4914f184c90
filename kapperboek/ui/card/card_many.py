"""Paging of talk points on a card with very many: some at once, the way to the next ones, and a search line.

A row has buttons and is measured again with all others whenever one changes: a thousand of them took a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.people.names import fold
from kapperboek.domain.views.card_view import TalkPointView
from kapperboek.i18n import _
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.layout.boxes import vbox

AT_ONCE = 6


class ManyPoints(QWidget):
    """Paging and search below the talk points; hidden while all are shown, ``changed`` when others are to be."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = vbox(self, gap=4, margins=(0, 4, 0, 4))
        self.search = InlineLine(placeholder=_("Search in all points…"), talk=True)
        self.more = Button("", kind="note", size="small")
        box.addWidget(self.more)
        box.addWidget(self.search)
        self._first = 0
        self.search.textEdited.connect(lambda _text: self._search())
        self.search.escaped.connect(self._all_again)
        self.more.clicked.connect(self._next)
        self.hide()

    def begin(self) -> None:
        """Begin at the first point, for another card."""
        self._first = 0
        self.search.setText("")

    def pick(
        self, points: Sequence[TalkPointView], is_typed_in: Callable[[TalkPointView], bool]
    ) -> list[TalkPointView]:
        """Pick the points to show now; one somebody types in never goes out of sight."""
        self.setVisible(len(points) > AT_ONCE)
        if len(points) <= AT_ONCE:
            return list(points)
        wanted = fold(self.search.text()).strip()
        typed = [point for point in points if is_typed_in(point)]
        found = [point for point in points if point not in typed] if typed else list(points)
        if wanted:
            found = [point for point in found if wanted in fold(point.text)]
        if self._first >= len(found):
            self._first = 0
        rest = len(found) - self._first - AT_ONCE
        words = _("And {n} more").format(n=rest) if rest > 0 else _("Back to the first")
        self.more.setText(words)
        self.more.setAccessibleName(words)
        self.more.setVisible(len(found) > AT_ONCE)
        return [*typed, *found[self._first : self._first + AT_ONCE]]

    def _next(self) -> None:
        self._first += AT_ONCE
        self.changed.emit()

    def _search(self) -> None:
        self._first = 0
        self.changed.emit()

    def _all_again(self) -> None:
        if self.search.text():
            self.search.setText("")
            self._search()
