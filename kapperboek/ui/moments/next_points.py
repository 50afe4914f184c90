"""Lines for new talk points, for next time. Enter makes another line; each may wait for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kapperboek.i18n import _
from kapperboek.services.inputs import NewPoint
from kapperboek.ui.widgets.buttons import icon_button
from kapperboek.ui.widgets.day_edit import DayEdit
from kapperboek.ui.widgets.form_fields import Field
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.text_labels import Label


class PointLine(QWidget):
    """Line of a new talk point, and behind its clock the day before which it should not be asked."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], name: str) -> None:
        super().__init__()
        box = vbox(self, gap=4)
        row = hbox(gap=6)
        self.line = InlineLine(placeholder=_("Enter: one more"), talk=True, name=name)
        self.clock = icon_button("clock", _("Not before a day…"), kind="note")
        row.addWidget(self.line, 1)
        row.addWidget(self.clock)
        box.addLayout(row)
        self.when = QWidget()
        when = hbox(self.when, margins=(10, 0, 0, 0))
        when.addWidget(Label(_("not before"), size=13.5, token="soft"))
        self.day = DayEdit(today, name=_("Not before"))
        when.addWidget(self.day, 1)
        self.when.hide()
        box.addWidget(self.when)
        self.clock.clicked.connect(self._ask_day)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.day.changed.connect(self.changed)

    def _ask_day(self) -> None:
        self.when.setVisible(self.when.isHidden())
        (self.line if self.when.isHidden() else self.day).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def value(self) -> NewPoint | None:
        """New talk point, None when nothing was typed."""
        text = self.line.text().strip()
        return NewPoint(text, None if self.when.isHidden() else self.day.value()) if text else None


class NextPoints(Field):
    """Field of lines for new talk points; one at first."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(_("Next time about… (Ctrl+T)"), QWidget())
        self._today = today
        self._box = vbox(self.control, gap=6)
        self.lines: list[PointLine] = []
        self.add_line()
        self.control.setFocusProxy(self.lines[0].line)

    def add_line(self) -> PointLine:
        """Add one more line at the end."""
        made = PointLine(self._today, _("Next time about…"))
        made.changed.connect(self.changed)
        made.line.entered.connect(lambda: self._entered(made))
        made.line.installEventFilter(self)
        self.lines.append(made)
        self._box.addWidget(made)
        return made

    def _entered(self, after: PointLine) -> None:
        if not after.line.text().strip():
            self.focusNextChild()
            return
        last = self.lines[-1]
        target = last if last is not after and not last.line.text() else self.add_line()
        target.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Take an empty extra line away on Backspace."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            line = next((one for one in self.lines if one.line is watched), None)
            back = event.key() == Qt.Key.Key_Backspace
            if line is not None and back and not line.line.text() and len(self.lines) > 1:
                self._remove(line)
                return True
        return False

    def _remove(self, line: PointLine) -> None:
        place = self.lines.index(line)
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self.lines[max(0, place - 1)].line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.control.setFocusProxy(self.lines[0].line)
        self.changed.emit()

    def check(self) -> bool:
        """Check the days; says so beneath when one is none."""
        wrong = any(not line.when.isHidden() and line.day.wrong() for line in self.lines)
        self.show_error(_("That isn't a day. Type it as fri, in 2 weeks or 3-12.") if wrong else "")
        return not wrong

    def value(self) -> tuple[NewPoint, ...]:
        """New talk points, in order."""
        return tuple(point for line in self.lines if (point := line.value()) is not None)

    def collect(self) -> list[list[str]]:
        """Collect the points for the draft."""
        lines = [line for line in self.lines if line.line.text().strip()]
        return [[line.line.text(), "" if line.when.isHidden() else line.day.collect()] for line in lines]

    def put_back(self, said: list[list[Any]]) -> None:
        """Put back the points from the draft."""
        for text, day in said:
            line = self.lines[-1] if not self.lines[-1].line.text() else self.add_line()
            line.line.setText(text)
            line.day.put_back(day)
            line.when.setVisible(bool(day))

    def clear(self) -> None:
        """Clear to one empty line, as at first."""
        for line in self.lines[1:]:
            line.hide()
            line.deleteLater()
        del self.lines[1:]
        self.lines[0].line.clear()
        self.lines[0].day.set_value(None)
        self.lines[0].when.hide()
