"""Search results in a list: who was found, and below it a row for a new card that is always in sight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kapperboek.domain.care.due_words import birthday_badge
from kapperboek.domain.people.names import fold, numbered
from kapperboek.domain.time.dates import PartialDate
from kapperboek.domain.views.search_view import FindResult, Found
from kapperboek.i18n import _, format_day
from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.painting import paint

Index = QModelIndex | QPersistentModelIndex
FOUND = Qt.ItemDataRole.UserRole
ROW, LAST_ROW, MOST_ROWS = 64, 52, 7
NOTHING = FindResult("", (), 0)


class ResultModel(QAbstractListModel):
    """Model of the search results: the customers found."""

    def __init__(self) -> None:
        super().__init__()
        self.result = NOTHING
        self._names: Counter[str] = Counter()

    def show(self, result: FindResult | None) -> None:
        """Show another result, or none."""
        self.beginResetModel()
        self.result = result or NOTHING
        self._names = Counter(found.name for found in self.result.results)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.result.results)

    def found(self, row: int) -> Found | None:
        """Customer in this row; None beyond the last."""
        return self.result.results[row] if 0 <= row < len(self.result.results) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.found(index.row())
        if role == FOUND:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return numbered(found.name, found.number, self.has_namesake(found)) if found else None
        return None

    def has_namesake(self, found: Found) -> bool:
        """Tell whether a namesake, somebody else of this name, was found too."""
        return self._names[found.name] > 1


def marks(name: str, terms: tuple[str, ...]) -> list[tuple[int, int]]:
    """Highlights in ``name`` of the typed words: (start, length), each at the beginning of a word."""
    places = []
    start = 0
    for word in name.replace("-", " ").split(" "):
        for term in terms:
            if term and fold(word).startswith(term):
                length = next((n for n in range(1, len(word) + 1) if len(fold(word[:n])) >= len(term)), len(word))
                places.append((start, length))
                break
        start += len(word) + 1
    return places


class ResultDelegate(QStyledItemDelegate):
    """Paints one row as in look/search.png. In discreet mode only name and number."""

    def __init__(self, today: Callable[[], date], discreet: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._today, self._discreet = today, discreet

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = index.data(FOUND)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        model = index.model()
        view = option.widget
        chosen = isinstance(view, QListView) and view.currentIndex().row() == index.row()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("petrol_tint"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.px(10), theme.px(10))
        inner = rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        if isinstance(model, ResultModel) and isinstance(found, Found):
            self._paint_found(painter, inner, found, model, chosen)
        painter.restore()

    def _paint_found(self, painter: QPainter, rect: QRectF, found: Found, model: ResultModel, chosen: bool) -> None:
        discreet = self._discreet()
        side = theme.px(40)
        paint.avatar(painter, QRectF(rect.x(), rect.center().y() - side / 2, side, side), found.name)
        right = self._paint_last(painter, rect, found, chosen, discreet)
        left = rect.x() + side + theme.px(13)
        upper = QRectF(left, rect.y() + theme.px(9), right - left, theme.px(23))
        taken = self._paint_name(painter, upper, found.name, model.result.terms)
        x = left + taken + theme.px(8)
        for text, kind in chips_of(found, discreet, self._today()):
            room = right - x
            if room < theme.px(60):
                break
            x += paint.chip(painter, x, upper.center().y(), text, kind, most=room) + theme.px(6)
        lower = QRectF(left, rect.y() + theme.px(33), right - left, theme.px(21))
        paint.line(painter, lower, details_of(found, discreet, model.has_namesake(found)), "soft", 13.5)

    def _paint_last(self, painter: QPainter, rect: QRectF, found: Found, chosen: bool, discreet: bool) -> float:
        words = ""
        if not discreet:
            last = found.last_visit
            words = _("no visits yet") if last is None else _("last {day}").format(day=format_day(last, self._today()))
        words += " ↵" if chosen else ""
        width = theme.width(words, 13.5)
        paint.line(painter, rect, words, "soft", 13.5, align=Qt.AlignmentFlag.AlignRight)
        return rect.right() - width - theme.px(14)

    @staticmethod
    def _paint_name(painter: QPainter, rect: QRectF, name: str, terms: tuple[str, ...]) -> float:
        for start, length in marks(name, terms):
            before = theme.width(name[:start], 15, 600)
            marked = theme.width(name[start : start + length], 15, 600)
            if before + marked <= rect.width():
                ground = QRectF(rect.x() + before - 1, rect.y() + theme.px(2), marked + 2, theme.px(19))
                painter.fillRect(ground, theme.color("mark"))
        return min(paint.line(painter, rect, name, "ink", 15, 600), rect.width())


def chips_of(found: Found, discreet: bool, today: date) -> list[tuple[str, str]]:
    chips = []
    if found.deceased and not discreet:
        chips.append((_("deceased"), "plain"))
    if found.badge and not discreet:
        chips.append((found.badge, badge_kind(found, today)))
    if found.match == "similar":
        chips.append((_("looks like"), "plain"))
    return chips


def badge_kind(found: Found, today: date) -> str:
    """Plum for a birthday, coral for what is open or dangerous."""
    birthday = PartialDate.parse(found.birthday) if found.birthday else None
    return "plum" if birthday and birthday_badge(birthday, today) == found.badge else "coral"


def details_of(found: Found, discreet: bool, namesake: bool = False) -> str:
    number = f"#{found.number}" if found.number else ""
    if discreet:
        return number
    why = {"email": found.emails[:1], "note": (found.snippet,) if found.snippet else ()}.get(found.match, ())
    parts = [number if namesake else "", *why, *found.phones[:1], found.organisation, found.place]
    shown = " · ".join(part for part in parts if part)
    return shown or number


class NewRow(QAbstractButton):
    """The row that makes a new card of what was typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen = False
        self.only = False
        self._text = ""
        self.setAccessibleName(_("New customer"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(theme.px(LAST_ROW))

    def show_text(self, typed: str, chosen: bool, only: bool) -> None:
        """Offer a new card for this text; ``only`` when nobody was found."""
        self._text = _("New customer “{text}”").format(text=typed)
        self.setAccessibleName(self._text)
        self.chosen, self.only = chosen, only
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # as the list; a style sheet takes it from buttons
        self.update()

    def text(self) -> str:
        """Words of the row. A text of Qt's own would have the window laid out anew at each letter."""
        return self._text

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("card"))
        if not self.only:
            painter.fillRect(QRectF(0, 0, rect.width(), 1), theme.color("line"))
        if self.chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("petrol_tint"))
            painter.drawRoundedRect(rect.adjusted(1, 4, -1, -1), theme.px(10), theme.px(10))
        inner = rect.adjusted(theme.px(12), theme.px(2), -theme.px(12), 0)
        painter.drawPixmap(QPointF(inner.x(), inner.center().y() - theme.px(10)), icons.pixmap("plus", "petrol"))
        hint = "↵" if self.chosen else "Ctrl N"
        paint.line(painter, inner, hint, "soft", 12, align=Qt.AlignmentFlag.AlignRight)
        left = inner.adjusted(theme.px(30), 0, -theme.px(60), 0)
        paint.line(painter, left, self.text(), "petrol", 15, 600)


class ResultList(QListView):
    """The rows; it never takes the keyboard, which stays in the box."""

    def __init__(self, model: ResultModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Found"))
        # It fills its own ground: otherwise each key press paints the page beneath it again.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("card"))
        painter.end()
        super().paintEvent(event)


class ResultPopup(QWidget):
    """The rounded sheet under the box with the list in it; a child of the window, so it needs no window
    manager.
    """

    def __init__(
        self, window: QWidget, model: ResultModel, today: Callable[[], date], discreet: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self.model = model
        self.list = ResultList(model, self)
        self.list.setItemDelegate(ResultDelegate(today, discreet, self.list))
        box = QVBoxLayout(self)
        shade = theme.px(10)
        inset = theme.px(10) + shade
        box.setContentsMargins(inset, theme.px(8), inset, inset)
        box.setSpacing(0)
        box.addWidget(self.list)
        self.new_row = NewRow(self)
        box.addWidget(self.new_row)
        self._shade = shade
        self.hide()

    def place(self, under: QRect, room: int) -> None:
        """Stand beneath ``under`` (window coordinates), at most ``room`` pixels high."""
        wanted = min(self.model.rowCount(), MOST_ROWS) * theme.px(ROW) + theme.px(LAST_ROW)
        margins = self.contentsMarginsHeight()
        height = min(wanted + margins, room)
        beside = self.window().width()
        # At 200 % the box is too narrow for a name and a number: the list may stick out to the right.
        most = min(theme.px(820), beside - under.x() - theme.px(16))
        width = min(max(under.width(), theme.px(560)), most) + 2 * self._shade
        self.setGeometry(under.x() - self._shade, under.bottom() + theme.px(6), width, height)

    def choose(self, row: int, typed: str) -> None:
        """Light this row; the one after the last is the new card."""
        rows = self.model.rowCount()
        self.list.setVisible(rows > 0)
        index = self.model.index(row) if row < rows else QModelIndex()
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index)
        self.new_row.show_text(typed, chosen=row >= rows, only=rows == 0)

    def contentsMarginsHeight(self) -> int:
        """The height around the list."""
        return theme.px(8) + theme.px(10) + self._shade + theme.px(2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(self.rect()).adjusted(self._shade, 0, -self._shade, -self._shade)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 6))
        for grow in range(1, self._shade, 2):
            painter.drawRoundedRect(sheet.adjusted(-grow, 0, grow, grow), 14 + grow, 14 + grow)
        painter.setPen(theme.color("line"))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(14), theme.px(14))
