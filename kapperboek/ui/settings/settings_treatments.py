"""Settings: treatments the shop offers, the price list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.settings_view import TreatmentView
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.services.amount_parsing import amount_text, parse_amount
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.moments.moment_fields import currency_symbol
from kapperboek.ui.settings.settings_heads import Column, keep_width
from kapperboek.ui.settings.settings_rows import EditRow, ListSection, mover, set_line
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.text_labels import Label

BESIDE = 540  # width at 100 % from which the name stands beside the rest


class TreatmentRow(EditRow):
    """Row of a treatment: name, usual minutes and price, and whether it is still offered."""

    def __init__(self, view: TreatmentView | None, symbol: str) -> None:
        self.name = LineEdit(placeholder=_("Treatment"), name=_("Treatment"))
        self.minutes = LineEdit(placeholder=_("min"), name=_("Usual minutes"))
        self.price = LineEdit(placeholder=_("price"), name=_("Price"))
        self.minutes.setFixedWidth(theme.px(60))
        self.price.setFixedWidth(theme.px(84))
        self.active = Button(_("offered"), kind="choice", size="small")
        second = QWidget()
        box = FlowLayout(second, 4)
        super().__init__(self.name, flow_policy(second), BESIDE)
        keep_width(self.active, _("offered"), _("no longer"))
        self.unit, sign = Label(_("min"), size=13, token="soft"), Label(symbol, size=13, token="soft")
        self.movers = mover(self)
        for part in (self.minutes, self.unit, sign, self.price, self.active, *self.movers):
            box.addWidget(part)
        self.lines = {"minutes": self.minutes, "amount": self.price}
        self.set_view(view or TreatmentView(0, "", None, None, True, 0))
        self.follow(self.name, self.minutes, self.price)
        self.active.clicked.connect(self.changed.emit)

    def blank(self) -> bool:
        return not self.identity and not self.name.text().strip()

    def view(self) -> TreatmentView | None:
        """Treatment as typed; UserError when the minutes or the price cannot be read."""
        name = self.name.text().strip()
        if self.blank():
            return None
        typed = self.minutes.text().strip()
        if typed and not (typed.isascii() and typed.isdecimal()):
            raise UserError("minutes", _("Type the minutes as a whole number, like 45."))
        before: TreatmentView = self._view
        return before._replace(
            name=name,
            minutes=int(typed) if typed else None,
            price_cents=parse_amount(self.price.text()),
            active=self.active.isChecked(),
        )

    def set_view(self, view: TreatmentView) -> None:
        self._view = view
        set_line(self.name, view.name)
        set_line(self.minutes, "" if view.minutes is None else str(view.minutes))
        set_line(self.price, amount_text(view.price_cents))
        self.active.setChecked(view.active)
        self.active.setText(_("offered") if view.active else _("no longer"))

        name = view.name or _("new treatment")
        self.minutes.setAccessibleName(_("{name}: usual minutes").format(name=name))
        self.price.setAccessibleName(_("{name}: price").format(name=name))
        self.active.setAccessibleName(_("{name} is offered").format(name=name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.unit.setVisible(self.width() < theme.px(BESIDE))  # beside the name the heading says it

    def start(self) -> None:
        self.name.setFocus()

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Treatment"), self.name), Column(_("Minutes"), self.minutes), Column(_("Price"), self.price),
            Column(_("Offered"), self.active), Column(_("Order"), self.movers[0]),
        )


class TreatmentSection(ListSection):
    """List of treatments, in the order in which a visit offers them."""

    def __init__(self, context: Context) -> None:
        words = (
            _("Treatments"),
            _("What you can choose when you note a visit, in this order, with the usual minutes and price."),
            _("New treatment"),
        )
        super().__init__(context, words, "scissors", settings.treatments, settings.save_treatments)

    def make_row(self, view: TreatmentView | None) -> EditRow:
        return TreatmentRow(view, currency_symbol(self.context.shop.currency))
