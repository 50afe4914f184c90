"""Columns of the list of customers: those there is room for, their headings, and the painting of a row."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kapperboek.domain.labels import phase_label
from kapperboek.domain.people.names import numbered
from kapperboek.domain.views.list_views import CustomerRow
from kapperboek.i18n import _
from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.customers.customers_labels import appointment_words, expected_words, last_words, reach_words
from kapperboek.ui.customers.customers_model import CustomerModel
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.painting import paint

ROW, SIDE, GAP = 54, 18, 12
# (name, width at 100 %, the width of the list from which it is shown)
COLUMNS = (
    ("phase", 150, 580), ("last_visit", 84, 450), ("expected", 130, 0), ("appointment", 96, 640),
    ("staff", 36, 720),
)


class Column(NamedTuple):
    """Column of the list, with its place and width."""

    name: str
    left: float
    width: float


def columns(width: int) -> list[Column]:
    """The columns there is room for; the name takes what is left."""
    chosen = [(name, theme.px(wide)) for name, wide, least in COLUMNS if width >= theme.px(least)]
    right = float(width - theme.px(SIDE))
    placed = []
    for name, wide in reversed(chosen):
        placed.append(Column(name, right - wide, wide))
        right -= wide + theme.px(GAP)
    placed.append(Column("name", theme.px(SIDE), right - theme.px(SIDE)))
    return placed[::-1]


def headings() -> dict[str, str]:
    """The words above the columns."""
    return {
        "name": _("Name and labels"), "phase": _("Phase"), "last_visit": _("Last"), "expected": _("Expected"),
        "appointment": _("Appointment"), "staff": _("Stylist"),
    }


class HeadButton(Button):
    """The heading of a column; the one that sorts shows an arrow."""

    def __init__(self, name: str, words: str, sorts: bool) -> None:
        super().__init__(words, kind="quiet", size="small")
        self.column, self.sorts = name, sorts
        self.arrow = ""
        if not sorts:
            self.setEnabled(False)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_arrow(self, arrow: str) -> None:
        """Set the arrow of the sorting: ``chevron-up``, ``chevron-down`` or nothing."""
        self.arrow = arrow
        said = {"chevron-up": _("ascending"), "chevron-down": _("descending")}.get(arrow, "")
        self.setAccessibleDescription(said)
        self.update()

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        place = QRectF(theme.px(2), 0, self.width() - theme.px(2), self.height())
        token, weight = ("petrol", 600) if self.arrow else ("soft", 500)
        width = paint.line(painter, place, self.text(), token, 13, weight)
        if self.arrow:
            side = theme.px(13)
            x, y = round(place.x() + width + theme.px(3)), round((self.height() - side) / 2)
            painter.drawPixmap(x, y, icons.pixmap(self.arrow, "petrol", 13))

    def _tokens(self) -> tuple[str, str, str]:
        return "soft", "hover" if self.sorts and self.underMouse() else "", ""


class ListHead(QWidget):
    """Header of the list. ``sorted_by(name)``: somebody clicked a heading."""

    sorted_by = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.px(40))
        self.buttons: dict[str, HeadButton] = {}
        for name, words in headings().items():
            button = HeadButton(name, words, name in ("name", "last_visit", "expected"))
            button.setParent(self)
            button.clicked.connect(lambda _on=False, column=name: self.sorted_by.emit(column))
            self.buttons[name] = button

    def show_sort(self, sort: str, descending: bool) -> None:
        """Put the arrow at the column that sorts."""
        for name, button in self.buttons.items():
            button.set_arrow("" if name != sort else "chevron-down" if descending else "chevron-up")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        placed = {column.name: column for column in columns(self.width())}
        for name, button in self.buttons.items():
            column = placed.get(name)
            button.setVisible(column is not None)
            if column is not None:
                wide = min(
                    column.width + theme.px(GAP),
                    QFontMetrics(theme.font(13, 600)).horizontalAdvance(button.text()) + theme.px(26),
                )
                button.setGeometry(round(column.left - theme.px(2)), 0, round(wide), self.height())


class RowPainter(QStyledItemDelegate):
    """Painter of one row; an empty row while its customer is being fetched."""

    def __init__(self, view: QAbstractItemView, model: CustomerModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(200), theme.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = QRectF(option.rect)
        row = self._model.row_at(index.row())
        painter.save()
        self._ground(painter, rect, index, bool(option.state & QStyle.StateFlag.State_MouseOver))
        if row is not None:
            placed = {
                c.name: QRectF(c.left, rect.y(), c.width, rect.height()) for c in columns(int(rect.width()))
            }
            self._name(painter, placed["name"], row)
            if not self._model.discreet:
                self._rest(painter, placed, row)
        painter.restore()

    def _ground(
        self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex, hot: bool
    ) -> None:
        if index == self._view.currentIndex():
            painter.fillRect(rect, theme.color("petrol_tint"))
            painter.fillRect(QRectF(rect.x(), rect.y(), theme.px(3), rect.height()), theme.color("petrol"))
            if self._view.hasFocus():
                paint.ring(painter, rect.adjusted(1, 1, -1, -1), theme.px(4))
        elif hot:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(QRectF(rect.x(), rect.y(), rect.width(), 1), theme.color("line"))

    @staticmethod
    def _halves(rect: QRectF) -> tuple[QRectF, QRectF]:
        high = theme.px(21)
        top = rect.center().y() - high
        return QRectF(rect.x(), top, rect.width(), high), QRectF(rect.x(), top + high, rect.width(), high)

    def _name(self, painter: QPainter, rect: QRectF, row: CustomerRow) -> None:
        top, below = self._halves(rect)
        soft = " · ".join(filter(None, (row.tags, reach_words(row))))
        if self._model.discreet or not (row.warning or soft):
            self._who(painter, rect, row)
            return
        self._who(painter, top, row)
        if row.warning:
            taken = paint.line(painter, below, row.warning, "coral", 13.5, 500)
            below.setLeft(below.left() + taken)
            soft = f" · {soft}" if soft and below.width() > theme.px(40) else ""
        paint.line(painter, below, soft, "soft", 13.5)

    @staticmethod
    def _who(painter: QPainter, rect: QRectF, row: CustomerRow) -> None:
        """The name, and for one of two with that name the number, which is never cut."""
        number = numbered("", row.number, row.namesake)
        wide = theme.width(number, 13.5) + theme.px(8) if number else 0
        place = QRectF(rect.x(), rect.y(), rect.width() - wide, rect.height())
        taken = paint.line(painter, place, row.name or "–", "ink", 15, 600)
        if number:
            paint.line(painter, rect.adjusted(taken + theme.px(8), 0, 0, 0), number, "soft", 13.5)

    def _rest(self, painter: QPainter, placed: dict[str, QRectF], row: CustomerRow) -> None:
        today = self._model.today
        if "phase" in placed:
            self._phase(painter, placed["phase"], row)
        if "last_visit" in placed:
            self._two(painter, placed["last_visit"], *last_words(row, today))
        day, words, late = expected_words(row, today)
        self._two(painter, placed["expected"], day, words, "coral" if late else "soft", 500 if late else 400)
        if "appointment" in placed:
            self._two(painter, placed["appointment"], *appointment_words(row, today))
        if "staff" in placed and row.staff_initials:
            self._staff(painter, placed["staff"], row.staff_initials)

    def _two(
        self, painter: QPainter, rect: QRectF, first: str, second: str, token: str = "soft", weight: int = 400
    ) -> None:
        if not first:
            paint.line(painter, rect, second, token, 13.5, weight)
            return
        top, below = self._halves(rect)
        paint.line(painter, top, first, "ink", 14.5)
        paint.line(painter, below, second, token, 13.5, weight)

    def _phase(self, painter: QPainter, rect: QRectF, row: CustomerRow) -> None:
        if row.deceased:
            paint.chip(painter, rect.x(), rect.center().y(), _("deceased"), most=rect.width())
        elif row.phase:
            icon = f"phase-{row.phase}"
            paint.chip(painter, rect.x(), rect.center().y(), phase_label(row.phase), icon=icon, most=rect.width())

    @staticmethod
    def _staff(painter: QPainter, rect: QRectF, initials: str) -> None:
        side = theme.px(32)
        circle = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("line"))
        painter.setBrush(theme.color("card"))
        painter.drawEllipse(circle)
        paint.line(painter, circle, initials[:3], "petrol", 12, 600, Qt.AlignmentFlag.AlignHCenter)
