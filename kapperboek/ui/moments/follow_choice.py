"""Follow-up choice: nothing, the next appointment in the customer's rhythm or a reminder, call back, another day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.time import rhythm
from kapperboek.domain.time.appointment_fit import reminder_day
from kapperboek.domain.time.closing_days import ClosingDays
from kapperboek.domain.time.dates import weeks_phrase
from kapperboek.i18n import _, format_weekday
from kapperboek.services.inputs import NewAppointment, NewFollowUp
from kapperboek.ui.widgets.day_edit import DayEdit
from kapperboek.ui.widgets.form_fields import Choice, Field, LineEdit
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.text_labels import Label

ORDER = ("appointment", "call", "other", "reminder", "none")  # the order in which one key goes round


class FollowChoice(QWidget):
    """Choice of what follows: ``value()`` is the follow-up, ``appointment()`` the appointment, None for nothing.

    ``next_choice`` is for the key that goes round. ``closed`` tells on which days the shop is, ``ask`` is asked what is
    remarkable about an appointment at that moment.
    """

    changed = Signal()

    def __init__(
        self,
        today: Callable[[], date],
        closed: Callable[[], ClosingDays] = ClosingDays,
        ask: Callable[[str], None] = lambda _at: None,
    ) -> None:
        super().__init__()
        self._today, self._closed, self._ask = today, closed, ask
        self._days: dict[str, date] = {}
        self._time = ""
        box = vbox(self, gap=8)
        self.choice = Choice([("none", _("not needed"))], "none", name=_("Follow up"))
        box.addWidget(self.choice)
        self.what = LineEdit(name=_("What to do"))
        self.day = DayEdit(today, name=_("When"))
        self.day_field = Field(_("When"), self.day)
        self.control = self.day  # where it can be wrong
        self.other = SideBySide((Field(_("What to do"), self.what), 3), (self.day_field, 2))
        self.other.hide()
        box.addWidget(self.other)
        self.remarks = Label("", size=13.5, weight=500, token="coral", wrap=True)
        self.remarks.hide()
        box.addWidget(self.remarks)
        self.choice.changed.connect(self._chosen)
        self.what.textEdited.connect(lambda _text: self.changed.emit())
        self.day.changed.connect(self.changed)
        self.set_rhythm(None)

    def set_rhythm(self, days: float | None, chosen: str = "none", time: str = "10:00") -> None:
        """Word the choices in this customer's rhythm; ``time`` of day is when they usually come."""
        today = self._today()
        weeks, appointment = rhythm.suggestion(days, today)
        appointment = self._closed().next_open(appointment)
        call, reminder = today + timedelta(days=7), reminder_day(appointment, today)
        self._days = {"call": call, "appointment": appointment, "reminder": reminder}
        self._time = time
        self._offer(chosen, weeks_phrase(7 * weeks))

    def _offer(self, chosen: str, weeks: str) -> None:
        """Word the choices; the appointment is in so many weeks."""
        appointment, reminder, call = (self._days[name] for name in ("appointment", "reminder", "call"))
        words = _("next appointment in {weeks} – {day}")
        options = [
            ("none", _("not needed")),
            ("appointment", words.format(weeks=weeks, day=f"{format_weekday(appointment)} {self._time}")),
            ("reminder", _("a reminder – {day}").format(day=format_weekday(reminder))),
            ("call", _("call back in {weeks}").format(weeks=weeks_phrase((call - self._today()).days))),
            ("other", _("another day…")),
        ]
        self.choice.set_options(options, chosen)
        for value, _words in options[1:]:
            self.choice.button(value).setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.other.setVisible(chosen == "other")

    def next_choice(self) -> None:
        """Go to the next possibility; at first the appointment."""
        chosen = str(self.choice.value() or "none")
        following = ORDER[(ORDER.index(chosen) + 1) % len(ORDER)]
        self.choice.set_value(following)
        self.choice.button(following).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._chosen(following)

    def _chosen(self, chosen: object) -> None:
        self.other.setVisible(chosen == "other")
        if chosen == "other":
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day_field.show_error("")
        self.show_remarks(())
        self.ask_remarks()
        self.changed.emit()

    def ask_remarks(self) -> None:
        """Ask for the remarks once more: what was chosen, with whom or how long has changed."""
        made = self.appointment()
        if made is not None:
            self._ask(made.at)

    def show_remarks(self, found: tuple[str, ...]) -> None:
        """Show the remarks about the appointment that is chosen (double booked, past, closed)."""
        words = "\n".join(found) if self.appointment() is not None else ""
        self.remarks.setText(words)
        self.remarks.setVisible(bool(words))

    def check(self) -> bool:
        """Check that the choice is complete; says beside the field what is missing."""
        if self.choice.value() != "other":
            return True
        missing = self.day.value() is None
        self.day_field.show_error(_("Choose a day: fri, in 2 weeks, 23-11.") if missing else "")
        return not missing

    def value(self) -> NewFollowUp | None:
        """Follow-up to write down, None for none."""
        chosen = self.choice.value()
        if chosen == "other":
            day = self.day.value()
            return NewFollowUp(self.what.text().strip() or _("Get in touch"), day) if day else None
        if chosen == "reminder":
            words = _("Make an appointment for about {day}").format(day=format_weekday(self._days["appointment"]))
            return NewFollowUp(words, self._days["reminder"])
        return NewFollowUp(_("Call back"), self._days["call"]) if chosen == "call" else None

    def appointment(self) -> NewAppointment | None:
        """Appointment to make; how long, what for and with whom are as in what it was agreed in."""
        chosen = self.choice.value() == "appointment"
        return NewAppointment(f"{self._days['appointment'].isoformat()}T{self._time}") if chosen else None

    def collect(self) -> dict[str, Any]:
        """Collect the choice for the draft."""
        return {
            "chosen": self.choice.value(),
            "what": self.what.text(),
            "day": self.day.collect(),
            "days": {name: day.isoformat() for name, day in self._days.items()},
            "time": self._time,
        }

    def put_back(self, said: dict[str, Any]) -> None:
        """Put back the choice from the draft; gone on with on another day it is still about the day that was agreed."""
        days = {name: date.fromisoformat(day) for name, day in said.get("days", {}).items()}
        if days and days != self._days and min(days.values()) > self._today():
            self._days, self._time = self._days | days, said.get("time", self._time)
            away = (self._days["appointment"] - self._today()).days
            self._offer(said.get("chosen", "none"), weeks_phrase(away))
        self.choice.set_value(said.get("chosen", "none"))
        self.what.setText(said.get("what", ""))
        self.day.put_back(said.get("day", ""))
        self.other.setVisible(said.get("chosen") == "other")
        self.ask_remarks()
