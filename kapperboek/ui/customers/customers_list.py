"""List view of customers: as smooth with a hundred thousand as with ten; only rows that are seen are fetched."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.customers.customers_columns import ROW, RowPainter
from kapperboek.ui.customers.customers_model import CustomerModel, Index


class CustomerList(QTableView):
    """List view: Enter or a double click opens; ``came_to(id)`` whenever another row has the keyboard.

    A table of one column: a QListView asks the model about every row whenever one of them changes.
    """

    opened = Signal(int)
    came_to = Signal(int)
    menu_wished = Signal(int, QPoint)  # for whom, and where on the screen

    def __init__(self, model: CustomerModel) -> None:
        super().__init__()
        self._customers = model
        self.setModel(model)
        self.setItemDelegate(RowPainter(self, model))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel over it scrolls and no more
        self.setAccessibleName(_("Customers"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(lambda _index: self._open())

    def current_id(self) -> int:
        """Id of the customer whose row has the keyboard; 0 for nobody."""
        place = self.currentIndex().row()
        return self._customers.ids[place] if 0 <= place < len(self._customers.ids) else 0

    def go_to(self, customer_id: int) -> None:
        """Give the keyboard to this customer, or to the first one."""
        place = max(0, self._customers.place_of(customer_id))
        if self._customers.ids:
            self.setCurrentIndex(self._customers.index(place))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.came_to.emit(self.current_id())

    def _open(self) -> None:
        if self.current_id():
            self.opened.emit(self.current_id())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        last = len(self._customers.ids) - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif plain and last >= 0 and (place := ends.get(Qt.Key(event.key()))) is not None:
            self.setCurrentIndex(self._customers.index(place))
        elif plain and event.text().strip():
            event.ignore()  # typing ahead would read every row; the search box is one key away
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the row under the mouse, or by the menu key of the one that has the keyboard."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            place = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wished.emit(self.current_id(), self.viewport().mapToGlobal(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
