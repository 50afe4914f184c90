"""List model of the history: the contact moments of one customer, with the filters above it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kapperboek.domain.views.card_view import Moment
from kapperboek.i18n import _
from kapperboek.ui.card import card_labels as words

Index = QModelIndex | QPersistentModelIndex
MOMENT = Qt.ItemDataRole.UserRole
FIRST, MORE = 24, 60  # rows given at first, and each time the end is reached
TALKS = ("call", "message", "note", "question", "complaint", "event")


def filters() -> dict[str, tuple[str, Callable[[Moment], bool]]]:
    """The filters in their order: key → (word on the chip, which moments it keeps)."""
    return {
        "all": (_("All"), lambda moment: True),
        "visits": (_("Visits"), lambda moment: moment.kind == "visit"),
        "talks": (_("Conversations"), lambda moment: moment.kind in TALKS or bool(moment.answers)),
        "colour": (_("Colour recipes"), lambda moment: bool(moment.recipe)),
        "purchases": (_("Purchases"), lambda moment: moment.kind == "purchase" or bool(moment.products)),
    }


class HistoryModel(QAbstractListModel):
    """List model of moments, newest first; filtering makes a new list of references, which costs nothing at 500.

    A row's height must be reckoned from its words, so the list is given the ``first`` rows that can be seen, and more
    when it is scrolled.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Moment, ...] = ()
        self._shown: list[Moment] = []
        self._filter = "all"
        self._loaded = 0
        self.first = FIRST
        self.today = date.min
        self.currency = "EUR"

    def set_moments(self, moments: tuple[Moment, ...], today: date, currency: str, *, same: bool = False) -> None:
        """Show these moments, amounts only with a currency; of the ``same`` customer as many rows as it had got to."""
        self.today, self.currency = today, currency
        self._all = moments
        self._refill(self._loaded if same else 0)

    def set_filter(self, key: str) -> None:
        """Show only what this filter keeps."""
        if key != self._filter:
            self._filter = key
            self._refill()

    def _refill(self, rows: int = 0) -> None:
        self.beginResetModel()
        keep = filters()[self._filter][1]
        self._shown = list(self._all if self._filter == "all" else filter(keep, self._all))
        self._loaded = min(max(self.first, rows), len(self._shown))
        self.endResetModel()

    def canFetchMore(self, _parent: Index) -> bool:
        return self._loaded < len(self._shown)

    def fetchMore(self, _parent: Index) -> None:
        self.load(self._loaded + MORE)

    def load(self, rows: int | None = None) -> None:
        """Give the list at least so many rows; None: all there are."""
        wanted = len(self._shown) if rows is None else min(rows, len(self._shown))
        if wanted > self._loaded:
            self.beginInsertRows(QModelIndex(), self._loaded, wanted - 1)
            self._loaded = wanted
            self.endInsertRows()

    def row_of(self, moment_id: int) -> int:
        """The row a moment stands in; -1 when it is not shown."""
        found = next((row for row, moment in enumerate(self._shown) if moment.id == moment_id), -1)
        self.load(found + 1)
        return found

    def moment(self, index: Index) -> Moment | None:
        """The moment at an index."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._loaded

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        moment = self.moment(index)
        if moment is None:
            return None
        if role == MOMENT:
            return moment
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.moment_spoken(moment, self.today, self.currency)
        return None
