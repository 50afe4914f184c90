"""Day fields: days typed as people do ("vr", "over 2 weken", "23-11") or picked from a month.

The day that was understood stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from kapperboek.domain.time.dates import PartialDate, parse_typed, parse_typed_day
from kapperboek.i18n import _, format_month_day, format_weekday
from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import icon_button
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.layout.boxes import hbox
from kapperboek.ui.widgets.month_popup import MonthPopup
from kapperboek.ui.widgets.text_labels import Label

BEGIN_WITH = date(1990, 1, 1)  # where a birthday is looked for, until something is typed


class TypedDay(QWidget):
    """Base of the day fields: a line and, beside it, the day it is understood as.

    The button in it, or Alt+↓, shows a month to pick from; Tab passes it by, for the keyboard has its key.
    """

    changed = Signal()

    def __init__(self, placeholder: str, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        row = hbox(self, gap=10)
        self.line = LineEdit(placeholder=placeholder, name=name)
        self.understood = Label("", size=13.5, token="soft")
        self.understood.hide()  # without words it would keep its gap
        row.addWidget(self.line, 1)
        row.addWidget(self.understood)
        self.setFocusProxy(self.line)
        self.pick_button = icon_button("calendar", _("Pick a day"), hint="Alt+↓", parent=self.line)
        self.pick_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pick_button.clicked.connect(self.pick)
        self.line.setTextMargins(0, 0, theme.px(28), 0)
        self.line.setMinimumWidth(theme.px(52) + round(theme.width("28-10-2000")) + theme.px(6))
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def text(self) -> str:
        """Text as typed."""
        return self.line.text().strip()

    def wrong(self) -> bool:
        """Tell whether something was typed that is no day."""
        return bool(self.text()) and not self._words()

    def _words(self) -> str:
        return ""

    def _typed(self) -> None:
        words = self._words()
        self.understood.setText(words or (_("not a day") if self.text() else ""))
        self.understood.setVisible(bool(self.text()))
        self.understood.set_token("soft" if words or not self.text() else "coral")
        self.line.setAccessibleDescription(self.understood.text())
        self.changed.emit()

    def _step(self, days: int) -> bool:
        return False

    def _shown(self) -> date:
        """Day the month popup opens at."""
        return BEGIN_WITH

    def _today(self) -> date | None:
        return None

    def _with_year(self) -> bool:
        return True

    def _picked(self, day: date) -> None:
        year = f"-{day.year}" if self._with_year() else ""
        self.line.setText(f"{day.day}-{day.month}{year}")
        self.line.textEdited.emit(self.line.text())
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def pick(self) -> None:
        """Show a month to pick a day from; Esc leaves what was typed."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        popup = MonthPopup(self._shown(), self._today(), self.window(), with_year=self._with_year())
        popup.picked.connect(self._picked)
        popup.open_under(self.line)

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QEvent) and event.type() == QEvent.Type.Resize:
            side = self.line.height() - theme.px(6)
            self.pick_button.setGeometry(self.line.width() - side - theme.px(3), theme.px(3), side, side)
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.pick()
                return True
            if event.key() == Qt.Key.Key_Up:
                return self._step(1)
            if event.key() == Qt.Key.Key_Down:
                return self._step(-1)
        if isinstance(event, QFocusEvent) and event.type() == QFocusEvent.Type.FocusIn:
            self.line.selectAll()
        return False


class DayEdit(TypedDay):
    """Field for a day to come. ``value()`` is None when empty or not understood (then ``wrong()`` is true).

    Arrow up and down: a day later, earlier.
    """

    def __init__(
        self,
        today: Callable[[], date],
        value: date | None = None,
        *,
        name: str = "",
        parse: Callable[[str, date], date | None] = parse_typed_day,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("fri, in 2 weeks, 23-11"), name, parent)
        self._now, self._parse = today, parse
        self.set_value(value)

    def value(self) -> date | None:
        """Day that was typed, None when empty or not understood."""
        return self._parse(self.text(), self._today()) if self.text() else None

    def _today(self) -> date:
        return self._now()

    def _shown(self) -> date:
        return self.value() or self._today()

    def set_value(self, day: date | None) -> None:
        """Show this day."""
        self.line.setText("" if day is None else f"{day.day}-{day.month}-{day.year}")

    def collect(self) -> str:
        """Text for a draft: the day, for next week "friday" is another one; as typed when it is not understood."""
        day = self.value()
        return day.isoformat() if day else self.text()

    def put_back(self, said: str) -> None:
        """Put back the text from a draft."""
        try:
            self.set_value(date.fromisoformat(said))
        except ValueError:
            self.line.setText(said)

    def _words(self) -> str:
        day = self.value()
        if day is None:
            return ""
        year = "" if day.year == self._today().year else f" {day.year}"
        return format_weekday(day) + year

    def _step(self, days: int) -> bool:
        self.set_value((self.value() or self._today()) + timedelta(days=days))
        return True


class PartialDayEdit(TypedDay):
    """Field for a birthday or another yearly day, the year if known.

    ``value()`` is stored text: ``1985-11-23``, ``--11-23``, or None.
    """

    def __init__(self, value: str | None = None, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_("23-11 or 23-11-1985"), name, parent)
        self.set_value(value)

    def value(self) -> str | None:
        """Day as it is stored."""
        found = parse_typed(self.text()) if self.text() else None
        return None if found is None else found.text()

    def set_value(self, value: str | None) -> None:
        """Show a stored day; text that is no day is shown as it is."""
        self.line.setText(_typed_day(value or ""))

    def _found(self) -> PartialDate | None:
        return parse_typed(self.text()) if self.text() else None

    def _shown(self) -> date:
        found = self._found()
        return found.occurrence(found.year or BEGIN_WITH.year) if found is not None else BEGIN_WITH

    def _with_year(self) -> bool:
        found = self._found()
        return found is None or found.year is not None

    def _words(self) -> str:
        found = self._found()
        if found is None:
            return ""
        return format_month_day(found.month, found.day) + (f" {found.year}" if found.year else "")


class SinceEdit(TypedDay):
    """Field for a year or a full day in the past.

    ``value()`` is stored text, of a year alone its first day; None when empty or neither.
    """

    def __init__(self, today: Callable[[], date], *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_("2019 or 23-11-2019"), name, parent)
        self._now = today

    def _today(self) -> date:
        return self._now()

    def _shown(self) -> date:
        stored = self.value()
        return date.fromisoformat(stored) if stored else self._today()

    def value(self) -> str | None:
        """Day as it is stored."""
        text = self.text()
        if len(text) == 4 and text.isdecimal() and text.isascii() and int(text):
            return f"{text}-01-01"
        day = parse_typed(text) if text else None
        return day.text() if day is not None and day.year is not None else None

    def set_value(self, value: str | None) -> None:
        """Show a stored day; text that is no day is shown as it is."""
        self.line.setText(_typed_day((value or "").removesuffix("-01-01")))

    def _words(self) -> str:
        stored = self.value()
        if stored is None or len(self.text()) == 4:
            return self.text() if stored else ""
        day = PartialDate.parse(stored)
        return f"{format_month_day(day.month, day.day)} {day.year}"


def _typed_day(stored: str) -> str:
    """Text of a stored day as somebody would type it: ``23-11-1985``, ``23-11``; what is no day stays as it is."""
    try:
        day = PartialDate.parse(stored)
    except ValueError:
        return stored
    return f"{day.day}-{day.month}" + (f"-{day.year}" if day.year is not None else "")
