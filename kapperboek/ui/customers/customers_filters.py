"""Filter bar above the list of customers, and its sorting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from kapperboek.domain.labels import phase_label
from kapperboek.domain.people.phases import PHASES
from kapperboek.domain.time.dates import weeks_phrase
from kapperboek.domain.views.list_views import CustomerFilter
from kapperboek.i18n import _
from kapperboek.services.customers import customers
from kapperboek.ui.appearance import icons
from kapperboek.ui.core.context import Context
from kapperboek.ui.customers.customers_chips import FilterChip, PickList, StayingMenu, open_under
from kapperboek.ui.customers.customers_labels import ABSENT_CHOICES, SORTS, is_filtered, sort_words
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy


class FilterBar(QWidget):
    """Bar of filter chips; ``changed()`` when ``chosen`` is another filter than it was."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.chosen = CustomerFilter()
        self.phase = FilterChip(_("Phase"))
        self.absent = FilterChip(_("Not been here for"))
        self.tag = FilterChip(_("Label"))
        self.staff = FilterChip(_("Stylist"))
        self.order = FilterChip(_("Sort by"), may_clear=False)
        self.clear = Button(_("Clear filters"), kind="quiet", size="small")
        self.setAccessibleName(_("Filters"))
        flow = FlowLayout(self, 9, 8)
        flow_policy(self)
        for chip in (self.phase, self.absent, self.tag, self.staff, self.clear, self.order):
            flow.addWidget(chip)
        for chip, opener, nothing in (
            (self.phase, self._open_phases, {"phases": ()}),
            (self.absent, self._open_absent, {"not_since": None}),
            (self.tag, self._ask_tags, {"tag": ""}),
            (self.staff, self._open_staff, {"staff_id": 0}),
        ):
            chip.clicked.connect(opener)
            chip.cleared.connect(self._sets(**nothing))
        self.order.clicked.connect(self._open_orders)
        self.clear.clicked.connect(self.clear_all)
        self._show()

    # --- what is chosen -----------------------------------------------------------------------------------

    def choose(self, chosen: CustomerFilter) -> None:
        """Choose this filter, and emit ``changed`` when it is another one."""
        different = chosen != self.chosen
        self.chosen = chosen
        self._show()
        if different:
            self.changed.emit()

    def clear_all(self) -> None:
        """Clear all filters; the order stays."""
        self.choose(CustomerFilter(sort=self.chosen.sort, descending=self.chosen.descending))

    def sort_by(self, name: str) -> None:
        """Sort by this; once more turns it round."""
        if self.chosen.sort == name:
            self.choose(self.chosen._replace(descending=not self.chosen.descending))
        else:
            self.choose(self.chosen._replace(sort=name, descending=name == "last_visit"))

    def _sets(self, **values: Any) -> Callable[[], None]:
        return lambda: self.choose(self.chosen._replace(**values))

    def _show(self) -> None:
        chosen = self.chosen
        words = ", ".join(phase_label(phase) for phase in chosen.phases)
        self.phase.set_choice(_("Phase: {words}").format(words=words) if words else "")
        self.absent.set_choice("")
        if chosen.not_since is not None:
            days = (self.context.day - chosen.not_since).days
            self.absent.set_choice(_("Not been here for {weeks}").format(weeks=weeks_phrase(days)))
        self.tag.set_choice(_("Label: {words}").format(words=chosen.tag) if chosen.tag else "")
        name = self.context.staff_name(chosen.staff_id) if chosen.staff_id else ""
        self.staff.set_choice(_("Stylist: {name}").format(name=name) if name else "")
        self.order.set_choice(sort_words(chosen.sort, chosen.descending))
        self.order.setAccessibleName(
            _("Sort by: {words}").format(words=sort_words(chosen.sort, chosen.descending))
        )
        self.clear.setVisible(is_filtered(chosen))

    # --- the menus ----------------------------------------------------------------------------------------

    def _open_phases(self) -> None:
        menu = StayingMenu(self)
        for phase in PHASES:
            action = QAction(icons.icon(f"phase-{phase}", "soft"), phase_label(phase), menu)
            action.setCheckable(True)
            action.setChecked(phase in self.chosen.phases)
            action.triggered.connect(lambda on, one=phase: self._tick(one, on))
            menu.addAction(action)
        open_under(menu, self.phase)

    def _tick(self, phase: str, on: bool) -> None:
        wanted = {*self.chosen.phases, phase} if on else {*self.chosen.phases} - {phase}
        self.choose(self.chosen._replace(phases=tuple(each for each in PHASES if each in wanted)))

    def _open_absent(self) -> None:
        day = self.context.day
        choices: list[tuple[str, dict[str, Any]]] = [
            (weeks_phrase(days), {"not_since": day - timedelta(days=days)}) for days in ABSENT_CHOICES
        ]
        self._open(self.absent, [(_("any time"), {"not_since": None}), *choices])

    def _open_staff(self) -> None:
        people: list[tuple[str, dict[str, Any]]] = [
            (one.name, {"staff_id": one.id}) for one in self.context.staff
        ]
        self._open(self.staff, [(_("everybody"), {"staff_id": 0}), *people])

    def _open_orders(self) -> None:
        choices: list[tuple[str, dict[str, Any]]] = [
            (sort_words(*order), {"sort": order[0], "descending": order[1]}) for order in SORTS
        ]
        self._open(self.order, choices)

    def _open(self, chip: FilterChip, choices: Sequence[tuple[str, dict[str, Any]]]) -> None:
        menu = QMenu(self)
        for words, values in choices:
            menu.addAction(words.replace("&", "&&"), self._sets(**values))
        open_under(menu, chip)

    def _ask_tags(self) -> None:
        self.context.jobs.run(customers.all_tags, done=self._open_tags, key="customers.tags", owner=self)

    def _open_tags(self, tags: list[str]) -> None:
        if not tags:
            menu = QMenu(self)
            menu.addAction(_("Nobody has a label yet")).setEnabled(False)
            open_under(menu, self.tag)
            return
        picker = PickList(tags, _("Label"), self.window())
        picker.picked.connect(lambda tag: self.choose(self.chosen._replace(tag=tag)))
        picker.open_under(self.tag)
