"""List model of customers: all ids, and the rows of those that were looked at, fetched by the hundred."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kapperboek.domain.views.list_views import CustomerRow
from kapperboek.ui.customers.customers_labels import spoken

Index = QModelIndex | QPersistentModelIndex
CHUNK = 100
MOST_KEPT = 5_000  # rows kept in memory, however far somebody scrolls


class CustomerModel(QAbstractListModel):
    """List model of customers: ``wanted(ids)`` asks for rows that are about to be seen; ``take`` brings them in."""

    wanted = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: list[int] = []
        self.today = date.min
        self.discreet = False
        self._rows: dict[int, CustomerRow] = {}
        self._asked: set[int] = set()
        self._places: dict[int, int] = {}

    def set_ids(self, ids: Sequence[int], today: date) -> None:
        """Set another list, or the same one changed. Old rows are shown until new ones come."""
        self.today = today
        self._asked.clear()
        self._places.clear()
        if list(ids) == self.ids:
            if self.ids:
                self.dataChanged.emit(self.index(0), self.index(len(self.ids) - 1))
            return
        self.beginResetModel()
        self.ids = list(ids)
        self.endResetModel()

    def set_discreet(self, discreet: bool) -> None:
        """Set discreet mode, and announce every row as changed: what is said aloud changes too."""
        self.discreet = discreet
        if self.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self.ids) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row_at(index.row())
            return spoken(row, self.today, self.discreet) if row is not None else ""
        return None

    def row_at(self, place: int) -> CustomerRow | None:
        """The row, asked for when it isn't there yet (or may be out of date)."""
        chunk = place // CHUNK
        if chunk not in self._asked:
            self._asked.add(chunk)
            self.wanted.emit(self.ids[chunk * CHUNK : (chunk + 1) * CHUNK])
        return self._rows.get(self.ids[place])

    def take(self, rows: Iterable[CustomerRow]) -> None:
        """Take rows that came in."""
        new = {row.customer_id: row for row in rows}
        if len(self._rows) > MOST_KEPT:
            self._rows.clear()
            self._asked = {self.place_of(next(iter(new), 0)) // CHUNK}
        self._rows.update(new)
        places = [place for place in map(self.place_of, new) if place >= 0]
        if places:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    def place_of(self, customer_id: int) -> int:
        """Row of a customer in the list; -1 when not in it."""
        if not self._places:
            self._places = {one: place for place, one in enumerate(self.ids)}
        return self._places.get(customer_id, -1)
