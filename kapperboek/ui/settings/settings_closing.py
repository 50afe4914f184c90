"""Settings: closing days of the week, and dates the shop is closed. Who makes an appointment then is told so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.time.closing_days import closed_dates_text, parse_closed_dates
from kapperboek.domain.views.settings_view import ShopView
from kapperboek.i18n import _, format_long_day
from kapperboek.ui.settings.settings_rows import SettingRow, set_line
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy

_A_MONDAY = date(2026, 11, 23)


class WeekdayChoice(QWidget):
    """Seven buttons to switch on and off; ``value()`` holds the days that are on, 0 is Monday."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        flow = FlowLayout(self, 6, 6)
        flow_policy(self)
        self.buttons: list[Button] = []
        for number in range(7):
            name = format_long_day(_A_MONDAY + timedelta(days=number)).split()[0]
            button = Button(name[:2], kind="choice", size="small", name=name)
            button.clicked.connect(self.changed)
            self.buttons.append(button)
            flow.addWidget(button)

    def value(self) -> tuple[int, ...]:
        """Days of the week that are on."""
        return tuple(number for number, button in enumerate(self.buttons) if button.isChecked())

    def set_value(self, days: tuple[int, ...]) -> None:
        """Show these days."""
        for number, button in enumerate(self.buttons):
            button.setChecked(number in days)


class ClosingRows:
    """Rows of closing days and dates, for the section of the shop; ``keep(row, **changed)`` writes what was changed."""

    def __init__(self, keep: Callable[..., None]) -> None:
        self._keep = keep
        self.weekdays = WeekdayChoice()
        self.dates = LineEdit(name=_("Closed on these days"), placeholder="25-12, 5-5-2027")
        self.rows = {
            "closed_weekdays": SettingRow(
                _("Closed every"), _("Who makes an appointment then is told so."), self.weekdays
            ),
            "closed_dates": SettingRow(
                _("Closed on these days"), _("Without a year it is every year. Put commas between them."), self.dates
            ),
        }
        self.weekdays.changed.connect(
            lambda: self._keep(self.rows["closed_weekdays"], closed_weekdays=self.weekdays.value())
        )
        self.dates.editingFinished.connect(self._dates_typed)

    def _dates_typed(self) -> None:
        if not self.dates.isModified():
            return
        found, wrong = parse_closed_dates(self.dates.text())
        if wrong:
            words = _("“{text}” isn't a day. Type it as 25-12 or 5-5-2027.")
            self.rows["closed_dates"].show_error(words.format(text=wrong[0]))
            return
        self.dates.setModified(False)
        self._keep(self.rows["closed_dates"], closed_dates=found)

    def show(self, shop: ShopView) -> None:
        """Put the settings in their controls; what is being typed stays."""
        self.weekdays.set_value(shop.closed_weekdays)
        if not self.dates.isModified():
            set_line(self.dates, closed_dates_text(shop.closed_dates))
