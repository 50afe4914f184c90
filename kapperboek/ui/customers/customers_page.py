"""Customers page: everybody in one list, filtered and sorted, with a slim preview of who is looked at."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QWidget

from kapperboek.domain.errors import NotFound
from kapperboek.domain.views.card_view import Card
from kapperboek.domain.views.list_views import CustomerFilter, CustomerRow
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, ngettext
from kapperboek.services.customers import customers as use_cases
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.customers.customers_chips import open_under
from kapperboek.ui.customers.customers_columns import ListHead
from kapperboek.ui.customers.customers_filters import FilterBar
from kapperboek.ui.customers.customers_labels import is_filtered, thousands
from kapperboek.ui.customers.customers_list import CustomerList
from kapperboek.ui.customers.customers_menu import customer_menu
from kapperboek.ui.customers.customers_model import CustomerModel
from kapperboek.ui.customers.customers_preview import Preview
from kapperboek.ui.forms.page import Page
from kapperboek.ui.settings.keeping.settings_export import ask_where, export, formats
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame, EmptyState
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.side_by_side import TurningRow, in_a_row
from kapperboek.ui.widgets.sheet.front_keys import add_keys
from kapperboek.ui.widgets.text_labels import Heading, Label

PREVIEW_FROM = 980  # width of the page at 100 % from which there is room for the preview
LOOKED_AT = 120  # milliseconds a row must have the keyboard before its card is asked for


class CustomersPage(Page):
    """Page of customers: ``shown(filter=…, customer_id=…)`` brings back what was looked at."""

    name = "customers"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.total: int | None = None
        self._wanted = 0  # who gets the keyboard when the list comes in
        self.model = CustomerModel(self)
        self.model.discreet = context.discreet
        self.list = CustomerList(self.model)
        self.filters = FilterBar(context)
        self.head = ListHead()
        self.preview = Preview(context)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOKED_AT)
        self._build()
        self.filters.setVisible(not context.discreet)
        self._wire()

    # --- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        box = vbox(self, gap=12)
        box.addWidget(self._title())
        box.addWidget(self.filters)
        card = CardFrame()
        card.body.setContentsMargins(1, theme.px(4), 1, theme.px(8))
        card.body.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, theme.px(12), 0)  # the scroll bar
        above.addWidget(self.head)
        card.body.addLayout(above)
        self._stack = self._contents()
        card.body.addWidget(self._stack, 1)
        row = hbox(gap=20)
        row.addWidget(card, 1)
        row.addWidget(self.preview)
        box.addLayout(row, 1)
        self.setFocusProxy(self.list)

    def _contents(self) -> QStackedWidget:
        """Make the list, and the placeholders for when it is empty."""
        stack = QStackedWidget()
        stack.addWidget(self.list)
        self.nobody = EmptyState(
            "filter",
            _("Nobody fits these filters"),
            _("Take one away, or all of them."),
            _("Clear filters"),
            self.filters.clear_all,
        )
        self.empty = EmptyState(
            "customers",
            _("No customers yet"),
            _(
                "Import the list you already have, or make the first card with Ctrl+N. A first name is "
                "enough."
            ),
            _("Import a list"),
            lambda: self.context.open_page("importing"),
        )
        stack.addWidget(self.nobody)
        stack.addWidget(self.empty)
        return stack

    def _title(self) -> QWidget:
        self.count = Label("", size=13.5, token="soft")
        self.count.setContentsMargins(0, theme.px(6), 0, 0)  # on the line of the heading
        self.bring = Button(_("Import"), icon="import")
        self.take = Button(_("Save the list"), icon="export")
        words = in_a_row(Heading(_("Customers")), self.count, gap=14, last_grows=True)
        return TurningRow(words, in_a_row(self.bring, self.take), 520)

    def _wire(self) -> None:
        context = self.context
        self.model.wanted.connect(self._fetch)
        self.list.opened.connect(context.open_customer)
        self.list.menu_wished.connect(lambda one, place: customer_menu(context, one, self.list).popup(place))
        self.list.came_to.connect(self._came_to)
        self._look.timeout.connect(self._ask_card)
        self.filters.changed.connect(self.refresh)
        self.head.sorted_by.connect(self.filters.sort_by)
        self.bring.clicked.connect(lambda: context.open_page("importing"))
        self.take.clicked.connect(self._save_list)
        context.discreet_changed.connect(self._discreet)
        context.day_changed.connect(lambda _day: self.refresh())
        add_keys(self, {"Ctrl+Return": self._note_visit, "Ctrl+Enter": self._note_visit})

    def keyboard_home(self) -> QWidget:
        state = {1: self.nobody, 2: self.empty}.get(self._stack.currentIndex())
        return state.button if state is not None and state.button is not None else self

    # --- what is shown ------------------------------------------------------------------------------------

    def shown(self, filter: CustomerFilter | None = None, customer_id: int = 0, **_kw: Any) -> None:
        self.take_keyboard(self.list)
        self._wanted = customer_id or self.list.current_id()
        if self.total is None:
            self.keep_keys()
        if filter is not None and filter != self.filters.chosen:
            self.filters.choose(filter)
        else:
            self.refresh()

    def state(self) -> dict[str, Any]:
        return {"filter": self.filters.chosen, "customer_id": self.list.current_id()}

    def concerns(self, saved: Saved) -> bool:
        return bool(saved.kinds - {"setting", "profile_field", "treatment"}) or saved.many

    def refresh(self) -> None:
        chosen = self.filters.chosen
        self.head.show_sort(chosen.sort, chosen.descending)
        self.ask(use_cases.list_customers, chosen, done=self._got, key="ids")
        if is_filtered(chosen):
            self.ask(use_cases.list_customers, CustomerFilter(), done=self._got_everybody, key="everybody")

    def _came_to(self, customer_id: int) -> None:
        if customer_id:
            self._wanted = 0  # somebody moved on meanwhile: what comes in does not take them back
        self._look.start()

    def _got(self, ids: list[int]) -> None:
        chosen = self.filters.chosen
        here = self._wanted or self.list.current_id()
        self._wanted = 0
        if not is_filtered(chosen):
            self.total = len(ids)
        self.model.set_ids(ids, self.context.day)
        self.list.go_to(here)
        self.list.viewport().update()
        nobody = 1 if is_filtered(chosen) else 2
        self._stack.setCurrentIndex(0 if ids else nobody)
        self.head.setVisible(bool(ids))
        self._arrange()
        self._say_count()
        self._ask_card()
        self.give_keys_back()

    def _got_everybody(self, ids: list[int]) -> None:
        self.total = len(ids)
        self._say_count()

    def _say_count(self) -> None:
        number = len(self.model.ids)
        if is_filtered(self.filters.chosen) and self.total is not None:
            words = _("{n} of {total}").format(n=thousands(number), total=thousands(self.total))
        else:
            words = (
                ngettext("{n} customer", "{n} customers", number).format(n=thousands(number))
                if number
                else ""
            )
        self.count.setText(words)

    def _fetch(self, ids: list[int]) -> None:
        self.ask(use_cases.customer_rows, ids, done=self._rows)

    def _rows(self, rows: list[CustomerRow]) -> None:
        self.model.take(rows)

    # --- the preview --------------------------------------------------------------------------------------

    def _ask_card(self) -> None:
        customer_id = self.list.current_id()
        if not self.preview.isVisibleTo(self):
            return
        if customer_id:
            self.context.jobs.run(
                use_cases.open_card,
                customer_id,
                done=self._card,
                failed=self._no_card,
                key="customers.card",
                owner=self,
            )
        else:
            self.preview.show_card(None)

    def _card(self, card: Card) -> None:
        if card.customer_id == self.list.current_id():
            self.preview.show_card(card)

    def _no_card(self, error: Exception) -> None:
        self.preview.show_card(None)
        if not isinstance(error, NotFound):  # gone meanwhile: the list itself will say so
            self.context.tell(error)

    def _discreet(self, discreet: bool) -> None:
        self.model.set_discreet(discreet)
        self.list.viewport().update()
        self.filters.setVisible(not discreet)  # why somebody is in the list is not for who looks along
        self.preview.refill()

    def _arrange(self) -> None:
        room = self.width() >= theme.px(PREVIEW_FROM) and bool(self.model.ids)
        if room != self.preview.isVisibleTo(self):
            self.preview.setVisible(room)
            if room:
                self._ask_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # --- doing --------------------------------------------------------------------------------------------

    def _note_visit(self) -> None:
        if self.list.current_id():
            self.context.note_visit(self.list.current_id())

    def _save_list(self) -> None:
        """Ask in which format, and save the whole notebook's list, whatever the filters show."""
        menu = QMenu(self)
        for each in formats():

            def start(suffix: str = each.suffix) -> None:
                ask_where(self.context, suffix, lambda path: export(self.context, path, self))

            menu.addAction(f"{each.words} ({each.suffix})", start)
        open_under(menu, self.take)
