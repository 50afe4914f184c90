"""Settings: the shop (name, time zone, country, closing days, promises), and when discreet mode begins by itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.settings_view import ShopView
from kapperboek.i18n import _, ngettext
from kapperboek.services import settings
from kapperboek.ui.core.context import Context
from kapperboek.ui.settings.settings_closing import ClosingRows
from kapperboek.ui.settings.settings_rows import Section, SettingRow, set_line
from kapperboek.ui.widgets.form_fields import LineEdit, Select

MINUTES = (0, 1, 2, 5, 10, 15, 30, 60)
DAYS = (1, 2, 3, 4, 5, 7, 10, 14)
REGIONS = ("NL", "BE", "DE", "LU", "FR", "GB")
ZONES = (
    "Europe/Amsterdam",
    "Europe/Brussels",
    "Europe/Berlin",
    "Europe/London",
    "America/Curacao",
    "America/Paramaribo",
)


class ShopSettings(Section):
    """Section that keeps some of the shop's settings, each when it is changed."""

    def refresh(self) -> None:
        self.context.jobs.run(settings.shop, done=self._got, key=f"settings.{type(self).__name__}", owner=self)

    def _got(self, shop: ShopView) -> None:
        self.show_shop(shop)

    def show_shop(self, shop: ShopView) -> None:
        """Put the settings in their controls."""

    def keep(self, row: SettingRow, **changed: Any) -> None:
        """Keep these settings beside the others as they are now; what is wrong is said in ``row``."""
        keep_shop(self.context, row, self, **changed)


def keep_shop(context: Context, row: SettingRow, owner: QWidget, **changed: Any) -> None:
    """Keep settings of the shop, as ``ShopSettings.keep``, for a section that is of another kind."""

    def failed(error: Exception) -> None:
        if isinstance(error, UserError):
            row.show_error(error.message)
        else:
            context.tell(error)

    row.show_error("")
    context.save(_save, changed, failed=failed, owner=owner)


def _save(book: Any, changed: dict[str, Any], *, by: int) -> Any:
    """Save what was changed in settings read anew: somebody else may have changed another one."""
    return settings.save_shop(book, settings.shop(book)._replace(**changed), by=by)


class ShopSection(ShopSettings):
    """Section of the shop: name, place, promises, and when the window becomes discreet."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.name = LineEdit(name=_("Name of the shop"))
        self.zone = Select(name=_("Time zone"))
        self.region = Select(name=_("Country"))
        self.promise = Select(name=_("Answer a complaint or question within"))
        self.discreet = Select(name=_("Discreet by itself"))
        self.rows = {
            "name": SettingRow(_("Name of the shop"), "", self.name),
            "timezone": SettingRow(_("Time zone"), _("When a day begins and ends."), self.zone),
            "region": SettingRow(_("Country"), _("Whose phone numbers need no country code."), self.region),
            "promise_days": SettingRow(
                _("Answer a complaint or question within"), _("Today counts down to that day."), self.promise
            ),
            "discreet_after": SettingRow(
                _("Discreet by itself"),
                _("When nobody touches the notebook. F9 does it at once."),
                self.discreet,
            ),
        }
        self.card(_("The shop"), "shop", [self.rows[name] for name in ("name", "timezone", "region")])
        self.closing = ClosingRows(self.keep)
        self.rows |= self.closing.rows
        self.card(_("Closing days"), "calendar", list(self.closing.rows.values()))
        self.card(
            _("Promises and discretion"),
            "shield",
            [self.rows[name] for name in ("promise_days", "discreet_after")],
        )
        self.name.editingFinished.connect(self._name_typed)
        for name, select in (
            ("timezone", self.zone), ("region", self.region), ("promise_days", self.promise),
            ("discreet_after", self.discreet),
        ):
            select.activated.connect(
                lambda _index, key=name, control=select: self.keep(self.rows[key], **{key: control.value()})
            )

    def _name_typed(self) -> None:
        if self.name.isModified():
            self.name.setModified(False)
            self.keep(self.rows["name"], name=self.name.text().strip())

    def show_shop(self, shop: ShopView) -> None:
        set_line(self.name, shop.name)
        self.closing.show(shop)
        zones = [(zone, zone.replace("_", " ")) for zone in with_present(ZONES, shop.timezone)]
        self.zone.set_options(zones, shop.timezone)
        self.region.set_options([(code, region_name(code)) for code in with_present(REGIONS, shop.region)], shop.region)
        days = [(n, ngettext("{n} day", "{n} days", n).format(n=n)) for n in with_present(DAYS, shop.promise_days)]
        self.promise.set_options(days, shop.promise_days)
        minutes = [(n, minutes_words(n)) for n in with_present(MINUTES, shop.discreet_after)]
        self.discreet.set_options(minutes, shop.discreet_after)


def with_present(usual: tuple[Any, ...], present: Any) -> list[Any]:
    """Options of a choice: the usual ones, and the present one if it is another."""
    return [*usual] if present in usual else [*usual, present]


def minutes_words(minutes: int) -> str:
    """Text of a number of minutes: ``na 5 minuten``, ``nooit``."""
    if not minutes:
        return _("never")
    return ngettext("after {n} minute", "after {n} minutes", minutes).format(n=minutes)


def region_name(code: str) -> str:
    """Name of a country; its letters when it is another one."""
    names = {
        "NL": _("Netherlands"), "BE": _("Belgium"), "DE": _("Germany"), "LU": _("Luxembourg"),
        "FR": _("France"), "GB": _("United Kingdom"),
    }
    return names.get(code, code)
