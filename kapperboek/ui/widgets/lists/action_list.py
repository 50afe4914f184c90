"""List whose rows carry their actions, one click or one key each: painted by a delegate, no widget a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from kapperboek.i18n import _
from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.layout.shared_height import Arrangements
from kapperboek.ui.widgets.lists.action_rows import Action, Part, Row, draw
from kapperboek.ui.widgets.lists.compact_rows import Form
from kapperboek.ui.widgets.painting import paint

Index = QModelIndex | QPersistentModelIndex
LOWEST = 38  # height at 100 % no row is below


class RowModel(QAbstractListModel):
    """List model of the rows; what they say aloud is their text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken()
        if role == Qt.ItemDataRole.UserRole:
            return row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].title:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)



class _Delegate(QStyledItemDelegate):
    """Delegate that paints a row by its arrangement; keeps the pictures of the rows for the width of now."""

    def __init__(self, view: ActionList) -> None:
        super().__init__(view)
        self._view = view
        self._pictures: dict[tuple[int, int], QPixmap] = {}  # of rows seen: what lies over the list comes and goes

    def forget(self) -> None:
        self._pictures.clear()

    def parts(self, index: Index) -> tuple[list[Part], int]:
        place = index.row()
        return self._view.arrangements.of(place, self._view.wide - 2 * theme.px(8), self._view.forms[place])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(80), self.parts(index)[1])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        current = self._view.currentIndex() == index and self._view.hasFocus()
        if not current:
            painter.drawPixmap(option.rect.topLeft(), self._picture(index, option.rect.size()))
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("petrol_tint"))
        painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), theme.px(10), theme.px(10))
        paint.ring(painter, rect.adjusted(0, 1, 0, -1), theme.px(10))
        painter.translate(rect.topLeft())
        self._draw_parts(painter, index)
        painter.restore()

    def _draw_parts(self, painter: QPainter, index: Index) -> None:
        painter.translate(theme.px(8), 0)
        for part in self.parts(index)[0]:
            draw(painter, part)

    def _picture(self, index: Index, size: QSize) -> QPixmap:
        """Picture of the row as painted on its card."""
        key = (index.row(), size.width())
        made = self._pictures.get(key)
        if made is None:
            ratio = self._view.devicePixelRatioF()
            made = self._pictures[key] = QPixmap(size * ratio)
            made.setDevicePixelRatio(ratio)
            made.fill(theme.color("card"))
            painter = QPainter(made)
            if index.row():
                above = QRectF(theme.px(8), 0, size.width() - theme.px(16), 1)
                painter.fillRect(above, theme.color("line"))
            self._draw_parts(painter, index)
            painter.end()
        return made


class ActionList(QListView):
    """List of rows with actions. Enter or a click opens; each action also by Alt and its own letter.

    A letter alone is never an action: who types a name here means to search, and may not put off a promise by it.
    """

    opened = Signal(object)
    acted = Signal(str, object)
    stepped = Signal(int)  # Left (-1) and Right (+1): to the list beside it
    keyboard_at = Signal(object)  # the Row that has the keyboard now, None when it left the list

    def __init__(self, name: str, *, grows: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitted = -1  # the width the height was last taken for
        # The width of a row, and the height for all. Asking the viewport for them would have PySide load every kind of
        # widget there is, to see which of them the viewport is, just when the first page must stand.
        self.wide, self._high = 0, 0
        self.forms: list[Form] = []  # of each row: what of it has lines of its own
        self.arrangements = Arrangements()
        self._model = RowModel(self)
        self._delegate = _Delegate(self)
        self._grows = grows
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel over it scrolls and no more
        self.setLayoutMode(QListView.LayoutMode.Batched)  # shows none of a hundred rows before each has its place

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the one that had the keyboard keeps its place."""
        place = self.currentIndex().row()
        self._delegate.forget()
        self._fitted = -1
        if self.arrangements.rows != list(rows):  # most looks at the notebook find what was found before
            self.arrangements = Arrangements(rows)
        self._model.set_rows(rows)
        self._share_height(self._high)
        self._fit()
        if rows:
            place = min(max(place, 0), len(rows) - 1)
            while place < len(rows) - 1 and rows[place].title:
                place += 1
            self.setCurrentIndex(self._model.index(place, 0))

    def rows(self) -> list[Row]:
        return self._model.rows

    def set_grows(self, grows: bool) -> None:
        """Make the list as tall as its rows (the page scrolls), or let it scroll by itself."""
        if grows != self._grows:
            self._grows = grows
            self._fitted = -1
            self._share_height(self.height())
            self._delegate.forget()
            bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if grows else Qt.ScrollBarPolicy.ScrollBarAsNeeded
            self.setVerticalScrollBarPolicy(bar)
            self._fit()

    def current(self) -> Row | None:
        """Row that has the keyboard."""
        index = self.currentIndex()
        return self._model.rows[index.row()] if index.isValid() else None

    def _fit(self) -> None:
        """Take the height the rows need at this width, once for each width."""
        width = self.wide
        if width == self._fitted or not self.isVisible():
            return
        self._fitted = width
        if self._grows:
            indexes = (self._model.index(n, 0) for n in range(len(self._model.rows)))
            self.setFixedHeight(sum(self._delegate.parts(index)[1] for index in indexes) + 2)
        else:
            self.setMinimumHeight(theme.px(60))
            self.setMaximumHeight(16_777_215)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.wide, self._high = event.size().width(), event.size().height()
        forms = self.forms
        self._share_height(self._high)
        if self.wide != event.oldSize().width() or forms != self.forms:
            self._delegate.forget()
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _share_height(self, height: int) -> None:
        # What is laid out first must fill the list: else the bar goes, the rows get wider and it all begins anew.
        self.setBatchSize(max(10, height // theme.px(LOWEST) + 2))
        width = self.wide - 2 * theme.px(8)
        room = 0 if self._grows or width <= 0 else height  # who grows leaves as much as can be for what comes below
        self.forms = self.arrangements.share(width, room)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if row is not None and held == Qt.KeyboardModifier.AltModifier:
            self._act_by_key(row, event)
        elif row is None or held & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row.subject)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.text().strip():
            event.ignore()  # no type-ahead: a letter begins a search
        else:
            super().keyPressEvent(event)

    def come_back(self, event: QKeyEvent | None = None) -> None:
        """Take the keyboard to the line that had it, and do to it what this key means."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        row = self.current()
        if row is not None and event is not None:
            self._act_by_key(row, event)

    def _act_by_key(self, row: Row, event: QKeyEvent) -> None:
        action = next((one for one in row.actions if ord(one.key) == event.key()), None)
        if action is None:
            event.ignore()
        elif not event.isAutoRepeat():  # a key held down would do it to the next line, and the next
            self.acted.emit(action.id, row.subject)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        part = self._part_at(index, event.position())
        row = self._model.rows[index.row()]
        if part is not None:
            self.acted.emit(part.action, row.subject)
        elif not row.title:
            self.opened.emit(row.subject)

    def _part_at(self, index: QModelIndex, place: QPointF) -> Part | None:
        corner = self.visualRect(index).topLeft()
        inside = place - QPointF(corner.x() + theme.px(8), corner.y())
        buttons = (part for part in self._delegate.parts(index)[0] if part.kind == "button")
        return next((part for part in buttons if part.rect.contains(inside)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(self.mapToGlobal(event.pos()), self._tip(event.pos()))
            return True
        return super().viewportEvent(event)

    def _tip(self, place: QPoint) -> str:
        """Tooltip: name and key of the button there; beside the buttons of a short row, all of its words."""
        index = self.indexAt(place)
        if not index.isValid():
            return ""
        row, part = self._model.rows[index.row()], self._part_at(index, QPointF(place))
        if part is None:
            return theme.tip(row.spoken()) if row.compact else ""
        return next(f"{action.name} (Alt+{action.key})" for action in row.actions if action.id == part.action)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the context menu of the row, with also what has no button."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid() or self._model.rows[index.row()].title:
            return
        self.setCurrentIndex(index)
        where = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        self.menu(self._model.rows[index.row()]).popup(where)

    def menu(self, row: Row) -> QMenu:
        """Context menu of a row: open the card, and the actions of the row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open the card")).triggered.connect(lambda: self.opened.emit(row.subject))
        menu.addSeparator()
        for action in row.actions:
            self._add_to(menu, action, row)
        return menu

    def _add_to(self, menu: QMenu, action: Action, row: Row) -> None:
        entry = menu.addAction(icons.icon(action.icon), f"{action.name}\tAlt+{action.key}")
        entry.triggered.connect(lambda: self.acted.emit(action.id, row.subject))

    def currentChanged(self, current: QModelIndex | QPersistentModelIndex, previous: Any) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            self.keyboard_at.emit(self.current())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        self.keyboard_at.emit(self.current())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keyboard_at.emit(None)
