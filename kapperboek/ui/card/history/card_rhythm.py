"""Rhythm of visits above the history: a line of dots, the last visits in time, and the next one expected."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kapperboek.domain.views.card_view import Card
from kapperboek.i18n import _, format_day, ngettext
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_labels import DOT, day_of
from kapperboek.ui.widgets.painting import paint

LAST = 12  # visits shown


def summary(card: Card, today: date) -> str:
    """Text of the rhythm: ``41 bezoeken · elke 6 weken · volgende verwacht 24 nov``, and how long past that is."""
    parts = []
    if card.visit_count:
        parts.append(ngettext("{n} visit", "{n} visits", card.visit_count).format(n=card.visit_count))
    if card.rhythm_text:
        parts.append(card.rhythm_text)
    planned = planned_day(card)
    if planned is not None:
        parts.append(_("appointment {day}").format(day=format_day(planned, today)))
    elif card.expected_on is not None:
        parts.append(_("next expected {day}").format(day=format_day(card.expected_on, today)))
        if card.expected_on < today:
            parts.append(card.expected_text)
    return DOT.join(part for part in parts if part)


def planned_day(card: Card) -> date | None:
    """Day of the next appointment."""
    return next((day_of(moment.at) for moment in card.appointments if not moment.state), None)


class RhythmLine(QWidget):
    """Line of visits in time, hidden before the second. Coral only when the day has passed and nothing is planned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._visits: list[date] = []
        self._next: date | None = None
        self._late = False
        self._planned = False
        self._today = date.min

    def show_card(self, card: Card, today: date) -> None:
        """Show the visits of this card."""
        days = sorted({moment.at[:10] for moment in card.history if moment.kind == "visit"})
        self._visits, self._today = [day_of(day) for day in days[-LAST:]], today
        planned = planned_day(card)
        self._planned = planned is not None
        self._next = planned or card.expected_on
        self._late = planned is None and self._next is not None and self._next < today
        self.setAccessibleName(summary(card, today))
        self.setVisible(len(days) > 1)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(46))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._visits:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._visits[0], max(filter(None, (self._visits[-1], self._next, self._today)))
        span = max(1, (last - first).days)
        left, right, y = theme.px(8), self.width() - theme.px(12), theme.px(33)

        def place(day: date) -> QPointF:
            return QPointF(left + (right - left) * (day - first).days / span, y)

        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        painter.drawLine(place(self._today) - QPointF(0, theme.px(5)), place(self._today) + QPointF(0, theme.px(5)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("petrol"))
        for day in self._visits:
            painter.drawEllipse(place(day), theme.px(4.5), theme.px(4.5))
        self._paint_next(painter, place)
        if self._next is None or place(self._next).x() > theme.px(260):
            paint.line(painter, QRectF(0, 0, theme.px(120), theme.px(20)), format_day(first, self._today), "soft", 12)

    def _paint_next(self, painter: QPainter, place: object) -> None:
        if self._next is None or not callable(place):
            return
        token = "coral" if self._late else "petrol"
        spot = place(self._next)
        pen = QPen(
            theme.color(token),
            theme.px(1.5),
            Qt.PenStyle.SolidLine if self._planned else Qt.PenStyle.DashLine,
        )
        painter.setPen(pen)
        painter.setBrush(theme.color("card"))
        painter.drawEllipse(spot, theme.px(5.5), theme.px(5.5))
        text = _("appointment {day}") if self._planned else _("expected {day}")
        width = theme.px(160)
        x = min(max(0.0, spot.x() - width / 2), float(self.width() - width))
        edge = x + width >= self.width() - 1
        align = Qt.AlignmentFlag.AlignRight if edge else Qt.AlignmentFlag.AlignHCenter
        shown = text.format(day=format_day(self._next, self._today))
        paint.line(painter, QRectF(x, 0, width, theme.px(20)), shown, token, 12, align=align)
