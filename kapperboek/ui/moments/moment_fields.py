"""Fields of a contact moment: day and time, staff member, minutes, amount."""

from __future__ import annotations

import re
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain import staff_rights
from kapperboek.domain.errors import UserError
from kapperboek.domain.time.dates import parse_typed, parse_typed_day
from kapperboek.i18n import _
from kapperboek.services.amount_parsing import amount_text, parse_amount
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.day_edit import DayEdit
from kapperboek.ui.widgets.form_fields import Field, LineEdit, Select
from kapperboek.ui.widgets.layout.boxes import hbox

_TIME = re.compile(r"^(\d{1,2})(?:[:.u ]?(\d{2}))?\s*(?:u|uur|h)?$", re.ASCII)


def parse_time(typed: str) -> str | None:
    """Parse a time of day: ``9``, ``930``, ``9:30``, ``9.30``, ``9u30`` as ``09:30``; None when it is none."""
    found = _TIME.match(typed.strip().lower())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def currency_symbol(currency: str) -> str:
    """Currency symbol beside an amount: the sign of the best known currencies, else their code."""
    return {"EUR": "€", "GBP": "£", "USD": "$"}.get(currency, currency)


def parse_past_day(typed: str, today: date) -> date | None:
    """Parse a day that has been: without a year the last such day, "gisteren" and the like as said."""
    found = parse_typed(typed)
    if found is None:
        return parse_typed_day(typed, today)
    if found.year is not None:
        return found.occurrence(found.year)
    day = found.occurrence(today.year)
    return day if day <= today else found.occurrence(today.year - 1)


class WhenField(Field):
    """Day and time. ``value()`` is ``YYYY-MM-DDTHH:MM``, None when one of them isn't understood."""

    changed = Signal()

    def __init__(self, context: Context, *, past: bool = True, label: str = "") -> None:
        both = QWidget()
        row = hbox(both, gap=8)
        parse = parse_past_day if past else parse_typed_day
        self.day = DayEdit(lambda: context.day, name=_("Day"), parse=parse)
        self.time = LineEdit(name=_("Time"), placeholder="09:30")
        self.time.setFixedWidth(theme.px(84))
        row.addWidget(self.day, 1)
        row.addWidget(self.time)
        super().__init__(label or _("When"), both)
        self.day.setAccessibleName(_("Day"))
        both.setFocusProxy(self.day.line)
        self.day.line.textEdited.connect(lambda _text: self.changed.emit())
        self.time.textEdited.connect(lambda _text: self.changed.emit())

    def set_value(self, at: str) -> None:
        """Show this moment."""
        moment = datetime.fromisoformat(at)
        self.day.set_value(moment.date())
        self.time.setText(f"{moment:%H:%M}")

    def value(self) -> str | None:
        """Day and time typed, as ``YYYY-MM-DDTHH:MM``."""
        day, time = self.day.value(), parse_time(self.time.text())
        return f"{day.isoformat()}T{time}" if day and time else None

    def check(self) -> bool:
        """Check that day and time are understood; says so beneath when not."""
        wrong = self.value() is None
        self.show_error(_("Type a day and a time, like 23-11 and 9:30.") if wrong else "")
        return not wrong

    def collect(self) -> dict[str, str]:
        """Collect day and time for the draft."""
        return {"day": self.day.collect(), "time": self.time.text()}

    def put_back(self, said: dict[str, str]) -> None:
        """Put back day and time from the draft."""
        self.day.put_back(said.get("day", ""))
        self.time.setText(said.get("time", ""))


class AmountField(Field):
    """Field for an amount in the shop's currency. Who may not see prices types one and sees none."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        self.seen = context.may(staff_rights.PRICES)
        self._stands: int | None = None  # in the notebook
        self._unseen: int | None = None  # what it is to be, when it is not shown
        self.line = LineEdit(placeholder=amount_text(0))
        super().__init__(_("Amount ({currency})").format(currency=currency_symbol(context.shop.currency)), self.line)
        self.line.editingFinished.connect(self.check)
        self.line.textEdited.connect(lambda _text: self.changed.emit())

    def check(self) -> bool:
        """Check that it is an amount; says so beneath when not."""
        try:
            parse_amount(self.line.text())
        except UserError as error:
            self.show_error(error.message)
            return False
        self.show_error("")
        return True

    def value(self) -> int | None:
        """Amount in whole cents."""
        return parse_amount(self.line.text()) if self.seen or self.line.text().strip() else self._unseen

    def set_value(self, cents: int | None) -> None:
        """Show this amount, to who may see it; it stays what it is for who may not."""
        self._stands = self._unseen = cents
        self.line.setText(amount_text(cents) if self.seen else "")

    def collect(self) -> str:
        """Text of the amount for the draft; also one that is not shown, when it stands nowhere else."""
        hidden = not self.seen and not self.line.text().strip() and self._unseen != self._stands
        return amount_text(self._unseen) if hidden else self.line.text()

    def put_back(self, text: str) -> None:
        """Put back the amount from a draft; who may not see it keeps it without seeing it."""
        if self.seen:
            self.line.setText(text)
            return
        try:
            self._unseen = parse_amount(text) if text.strip() else self._unseen
        except UserError:  # typed halfway: nobody here can finish it
            return


class MinutesField(Field):
    """Field for the duration in minutes."""

    changed = Signal()

    def __init__(self) -> None:
        self.line = LineEdit()
        super().__init__(_("Minutes"), self.line)
        self.line.textEdited.connect(lambda _text: self.changed.emit())

    def check(self) -> bool:
        """Check that it is a number of minutes within a day."""
        text = self.line.text().strip()
        wrong = bool(text) and not (text.isdecimal() and 0 < int(text) <= 24 * 60)
        self.show_error(_("A whole number of minutes.") if wrong else "")
        return not wrong

    def value(self) -> int | None:
        """Minutes, None when empty."""
        text = self.line.text().strip()
        return int(text) if text.isdecimal() else None

    def set_value(self, minutes: int | None) -> None:
        """Show these minutes."""
        self.line.setText("" if minutes is None else str(minutes))

    def collect(self) -> str:
        """Text for the draft, as typed."""
        return self.line.text()

    def put_back(self, text: str) -> None:
        """Put back the text from a draft."""
        self.line.setText(text)


def staff_select(context: Context, staff_id: int) -> Select:
    """Make the choice of the staff member, at first who is working now.

    It offers everybody who works here, and who did it then, when they have left since.
    """
    names = {one.id: one.name for one in context.staff}
    offered = [(0, "–"), *((one.id, one.name) for one in context.staff if one.active)]
    return Select(offered, staff_id or context.staff_id, unknown=lambda one: names.get(one, ""))
