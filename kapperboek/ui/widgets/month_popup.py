"""Calendar popup: a month to pick a day from, under the field it belongs to.

By mouse, or with the arrows, Page Up and Down (a month; with Shift a year), Home (today) and Enter.

QCalendarWidget was considered and not taken: its parts follow neither our theme nor our text size.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget

from kapperboek.domain.time.dates import add_months
from kapperboek.i18n import _, format_long_day, format_month, format_month_day, weekday_names
from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import icon_button
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.text_labels import Label

DAYS, WEEKS = 7, 6
CELL = 40  # pixels at 100 %
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -DAYS, Qt.Key.Key_Down: DAYS}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class MonthGrid(QWidget):
    """Grid of a month, six weeks, Monday first; ``day`` is the chosen one. Emits ``picked(date)`` and ``moved``."""

    picked = Signal(object)
    moved = Signal()

    def __init__(self, day: date, today: date | None, with_year: bool) -> None:
        super().__init__()
        self.day, self.today, self._with_year = day, today, with_year
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(DAYS * theme.px(CELL), (WEEKS + 1) * theme.px(CELL))

    def go(self, day: date) -> None:
        """Go to another day, perhaps of another month."""
        self.day = day
        self._say()
        self.update()
        self.moved.emit()

    def step(self, months: int) -> None:
        """Step to the same day so many months later; the calendar ends where years do."""
        if MINYEAR < self.day.year + months / 12 < MAXYEAR:
            self.go(add_months(self.day, months))

    def _say(self) -> None:
        """Tell a screen reader where the choice is."""
        words = format_long_day(self.day) if self._with_year else format_month_day(self.day.month, self.day.day)
        self.setAccessibleName(words)

    def first(self) -> date:
        """Monday the six weeks begin with."""
        first = self.day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def cell(self, day: date) -> QRectF:
        """Rectangle of a day in the month."""
        side = theme.px(CELL)
        week, column = divmod((day - self.first()).days, DAYS)
        return QRectF(column * side, (week + 1) * side, side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, middle = theme.px(CELL), Qt.AlignmentFlag.AlignHCenter
        for column, name in enumerate(weekday_names()):
            paint.line(painter, QRectF(column * side, 0, side, side), name, "soft", 13, 500, middle)
        for number in range(DAYS * WEEKS):
            day = self.first() + timedelta(days=number)
            if day.month == self.day.month:
                self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        rect, chosen = self.cell(day).adjusted(2, 2, -2, -2), day == self.day
        painter.setPen(QPen(theme.color("petrol"), 1.5) if day == self.today else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("petrol") if chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, theme.px(8), theme.px(8))
        ink = "on_petrol" if chosen else "ink"
        weight = 600 if chosen or day == self.today else 400
        paint.line(painter, rect, str(day.day), ink, 14, weight, Qt.AlignmentFlag.AlignHCenter)

    def day_at(self, place: QPoint) -> date | None:
        """Day of the shown month at this place."""
        side = theme.px(CELL)
        column, week = place.x() // side, place.y() // side - 1
        if not (0 <= column < DAYS and 0 <= week < WEEKS):
            return None
        day = self.first() + timedelta(days=week * DAYS + column)
        return day if day.month == self.day.month else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is not None:
            self.picked.emit(day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.step(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go(self.day + timedelta(days=_STEPS[key]))
        elif key in _MONTHS:
            years = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step(_MONTHS[key] * (12 if years else 1))
        elif key == Qt.Key.Key_Home and self.today is not None:
            self.go(self.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)


class MonthPopup(QFrame):
    """Popup of the grid, its month above it, and arrows to other months and years. Esc or a click beside it closes."""

    picked = Signal(object)

    def __init__(self, day: date, today: date | None, parent: QWidget, *, with_year: bool = True) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._with_year = with_year
        self.grid = MonthGrid(day, today, with_year)
        self.title = Label("", weight=600)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = hbox(gap=0)
        for icon, name, months in self._arrows():
            button = icon_button(icon, name)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, months=months: self.grid.step(months))
            if months == 1:
                row.addWidget(self.title, 1)
            row.addWidget(button)
        box = vbox(self, margins=(10, 8, 10, 10))
        box.addLayout(row)
        box.addWidget(self.grid)
        self.grid.moved.connect(self._title)
        self.grid.picked.connect(self._take)
        self.setFocusProxy(self.grid)
        self._title()

    def _arrows(self) -> tuple[tuple[str, str, int], ...]:
        months = (("chevron-left", _("Month before"), -1), ("chevron-right", _("Month after"), 1))
        if not self._with_year:
            return months
        return (("chevrons-left", _("Year before"), -12), *months, ("chevrons-right", _("Year after"), 12))

    def _title(self) -> None:
        words = format_month(self.grid.day.year, self.grid.day.month)
        self.title.setText(words if self._with_year else words.rpartition(" ")[0])

    def _take(self, day: date) -> None:
        self.close()
        self.picked.emit(day)

    def open_under(self, field: QWidget) -> None:
        """Open the popup under that field, or above it where the screen ends."""
        self.adjustSize()
        place = field.mapToGlobal(QPoint(0, field.height() + theme.px(4)))
        room = field.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place.setY(max(room.top(), field.mapToGlobal(QPoint(0, -theme.px(4))).y() - self.height()))
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        self.move(place)
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("line"), 1.5))
        painter.setBrush(theme.color("card"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
