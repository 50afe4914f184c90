"""People on the lock page: who works here in round initials, and the line for a PIN, seen as dots only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit

from kapperboek.domain.people.names import fold
from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Choice, LineEdit
from kapperboek.ui.widgets.painting import paint

ROUND, WIDE = 76, 96  # pixels at 100 %: the initials, and what they take with the name below
SMALL_ROUND, SMALL_WIDE = 48, 68  # where there is little height
NAME = 24
AT_ONCE = 12  # people: two rows, below which the PIN is still in sight
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
DOTS, DOT = 4, 16  # circles that are always there: the shortest PIN


class PersonButton(Button):
    """Round initials with the name below."""

    def __init__(self, initials: str, name: str) -> None:
        super().__init__(name, kind="choice")
        self.initials, self.small = initials or paint.initials(name), False

    def sizeHint(self) -> QSize:
        wide, high = (SMALL_WIDE, SMALL_ROUND) if self.small else (WIDE, ROUND)
        return QSize(theme.px(wide), theme.px(high + 8 + NAME))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, chosen = theme.px(SMALL_ROUND if self.small else ROUND), self.isChecked()
        outer = QRectF((self.width() - side) / 2, 1, side, side)
        circle = outer.adjusted(5, 5, -5, -5)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("petrol"), 2))
            painter.drawEllipse(outer.adjusted(1, 1, -1, -1))
        painter.setPen(Qt.PenStyle.NoPen if chosen else QPen(theme.color("line"), 1.5))
        painter.setBrush(theme.color("petrol" if chosen else "hover" if self.underMouse() else "card"))
        painter.drawEllipse(circle)
        centre = Qt.AlignmentFlag.AlignHCenter
        ink, size = "on_petrol" if chosen else "ink", 15 if self.small else 22
        paint.line(painter, circle, self.initials[:3], ink, size, 700, centre)
        below = QRectF(0, side + theme.px(6), self.width(), theme.px(NAME))
        weight = 600 if chosen else 500
        words = theme.metrics(14.5, weight).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        paint.line(painter, below, words, "ink" if chosen else "soft", 14.5, weight, centre)
        if self.ring and self.hasFocus():
            paint.ring(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(12))


class People(Choice):
    """Ids with (initials, name). Of very many only some are seen, and ``search`` finds the others."""

    def __init__(self, people: Sequence[tuple[int, str, str]], value: int, *, name: str) -> None:
        self._people, self._small = people, False
        self._initials = {staff_id: initials for staff_id, initials, _name in people}
        super().__init__(self._some("", value), value, name=name)
        self._flow.centred = True

    def _some(self, wanted: str, first: object) -> list[tuple[object, str]]:
        """People to show: who is chosen first, and whose name or initials hold what is searched for."""
        fits = [
            (staff_id, called) for staff_id, initials, called in self._people
            if wanted in fold(called) or fold(initials).startswith(wanted)
        ]
        if len(self._people) > AT_ONCE and not wanted:
            fits.sort(key=lambda one: one[0] != first)
        return list(fits[:AT_ONCE])

    def are_many(self) -> bool:
        """Tell whether there are more people than are seen at once."""
        return len(self._people) > AT_ONCE

    def search(self, text: str) -> None:
        """Show who fits; the first of them is chosen, unless who was chosen fits too."""
        wanted, before = fold(text).strip(), self.value()
        found = self._some(wanted, before)
        if found:
            here = [staff_id for staff_id, _called in found]
            self.set_options(found, before if before in here else here[0])
            self.set_small(self._small)
            if self.value() != before:
                self.changed.emit(self.value())

    def make_button(self, option: object, words: str) -> Button:
        return PersonButton(self._initials.get(int(str(option)), ""), words)

    def set_small(self, small: bool) -> None:
        """Make the circles smaller, for want of height."""
        self._small = small
        for _option, button in self.buttons:
            if isinstance(button, PersonButton) and button.small != small:
                button.small = small
                button.updateGeometry()

    def step(self, by: int) -> None:
        """Choose a neighbour, round and round."""
        ids = [option for option, _button in self.buttons]
        if len(ids) > 1:
            self.choose(ids[(ids.index(self.value()) + by) % len(ids)])

    def choose_by(self, letters: str) -> bool:
        """Choose the first whose initials begin with what was typed; whether there is one."""
        for option, button in self.buttons:
            if isinstance(button, PersonButton) and button.initials.casefold().startswith(letters.casefold()):
                self.choose(option)
                return True
        return False

    def choose(self, option: object) -> None:
        """Choose a person and say so."""
        if option != self.value():
            self.set_value(option)
            self.changed.emit(option)


class SecretLine(LineEdit):
    """Input line for a secret: what is typed is never seen. With ``dots`` it takes digits only and is painted as
    circles: arrows are ``stepped`` (-1 or 1) then, letters go to the page.
    """

    stepped = Signal(int)

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self.dots = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.textChanged.connect(lambda _text: self.update())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()), 0)
        if self.dots and step:  # an area that scrolls would take it before the page
            self.stepped.emit(step)
        elif self.dots and event.text().isalpha():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.dots:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        typed = len(self.text())
        count, side, gap = max(DOTS, typed), theme.px(DOT), theme.px(18)
        x = (self.width() - count * side - (count - 1) * gap) / 2 + side / 2
        for place in range(count):
            full = place < typed
            painter.setPen(QPen(theme.color("petrol" if full else "soft"), 1.8))
            painter.setBrush(theme.color("petrol") if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x + place * (side + gap), self.height() / 2), side / 2 - 1, side / 2 - 1)
        if self.hasFocus():
            wide = count * side + (count + 1) * gap
            paint.ring(painter, QRectF((self.width() - wide) / 2, 1, wide, self.height() - 2), theme.px(10))
