"""Opvolgen: nothing, call back, the next appointment in the customer's own rhythm, or another day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain import rhythm
from kapperboek.domain.dates import weeks_phrase
from kapperboek.i18n import _, format_weekday
from kapperboek.services.inputs import NewFollowUp
from kapperboek.ui import theme
from kapperboek.ui.widgets.day_edit import DayEdit
from kapperboek.ui.widgets.fields import Choice, Field, LineEdit
from kapperboek.ui.widgets.side_by_side import SideBySide

ORDER = ("appointment", "call", "other", "none")  # the order in which one key goes round


class FollowChoice(QWidget):
    """``value()`` is what to write, None for nothing; ``next_choice`` is for the key that goes round."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._days: dict[str, date] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(8))
        self.choice = Choice([("none", _("not needed"))], "none", name=_("Follow up"))
        box.addWidget(self.choice)
        self.what = LineEdit(name=_("What to do"))
        self.day = DayEdit(today, name=_("When"))
        self.day_field = Field(_("When"), self.day)
        self.other = SideBySide((Field(_("What to do"), self.what), 3), (self.day_field, 2))
        self.other.hide()
        box.addWidget(self.other)
        self.choice.changed.connect(self._chosen)
        self.what.textEdited.connect(lambda _text: self.changed.emit())
        self.day.changed.connect(self.changed)
        self.set_rhythm(None)

    def set_rhythm(self, days: float | None, chosen: str = "none") -> None:
        """Word the choices in this customer's rhythm."""
        today = self._today()
        weeks, appointment = rhythm.suggestion(days, today)
        call = today + timedelta(days=7)
        self._days = {"call": call, "appointment": appointment}
        words = _("next appointment in {weeks} – {day}")
        options = [
            ("none", _("not needed")),
            ("call", _("call back in {weeks}").format(weeks=weeks_phrase(7))),
            ("appointment", words.format(weeks=weeks_phrase(7 * weeks), day=format_weekday(appointment))),
            ("other", _("another day…")),
        ]
        self.choice.set_options(options, chosen)
        for value, _words in options[1:]:
            self.choice.button(value).setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.other.setVisible(chosen == "other")

    def next_choice(self) -> None:
        """The next possibility; at first the appointment."""
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
        self.changed.emit()

    def check(self) -> bool:
        """Whether what was chosen is complete; says beside the field what is missing."""
        if self.choice.value() != "other":
            return True
        missing = self.day.value() is None
        self.day_field.show_error(_("Choose a day: fri, in 2 weeks, 23-11.") if missing else "")
        return not missing

    def value(self) -> NewFollowUp | None:
        """What to write down as a follow-up."""
        chosen = self.choice.value()
        if chosen == "other":
            day = self.day.value()
            return NewFollowUp(self.what.text().strip() or _("Get in touch"), day) if day else None
        what = {"call": _("Call back"), "appointment": _("Make the next appointment")}
        return NewFollowUp(what[str(chosen)], self._days[str(chosen)]) if chosen in what else None

    def collect(self) -> dict[str, Any]:
        """For the draft."""
        return {
            "chosen": self.choice.value(),
            "what": self.what.text(),
            "day": self.day.collect(),
        }

    def put_back(self, said: dict[str, Any]) -> None:
        """From the draft."""
        self.choice.set_value(said.get("chosen", "none"))
        self.what.setText(said.get("what", ""))
        self.day.put_back(said.get("day", ""))
        self.other.setVisible(said.get("chosen") == "other")
