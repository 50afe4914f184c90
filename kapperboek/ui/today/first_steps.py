"""First steps in an empty notebook: the shop, who works there, prices, customers. What is done vanishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain import staff_rights
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.text_labels import Icon, Label


class FirstSteps(QWidget):
    """Buttons of the first steps, in the order that makes sense; ``refresh`` looks which are still to be done."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        box = QVBoxLayout(self)
        box.setSpacing(theme.px(8))
        box.addStretch(1)
        box.addWidget(Icon("customers", "soft", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        title = Label(_("Your notebook is still empty"), weight=600, wrap=True)
        text = Label(_("This is what to do first. A list you already have can be dropped on this window too."),
                     size=13.5, token="soft", wrap=True)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(label)
        self.steps: dict[str, Button] = {}
        for name, icon, words, do in self._steps():
            button = Button(words, icon=icon, size="large", hint="Ctrl N" if name == "customer" else "")
            button.setMinimumWidth(theme.px(340))
            button.clicked.connect(do)
            self.steps[name] = button
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)

    def _steps(self) -> tuple[tuple[str, str, str, Callable[[], None]], ...]:
        def subject(name: str) -> Callable[[], None]:
            return lambda: self.context.open_page("settings", subject=name)

        return (
            ("shop", "shop", _("Name your shop"), subject("shop")),
            ("staff", "user", _("Add who else works here"), subject("staff")),
            ("prices", "scissors", _("Fill in the price list"), subject("treatments")),
            ("import", "import", _("Import a list of customers"), lambda: self.context.open_page("importing")),
            ("customer", "plus", _("Make the first card; a first name is enough"), self._first_card),
        )

    def _first_card(self) -> None:
        self.context.new_customer("")

    def refresh(self) -> None:
        """Ask what is done already; who may not change the settings is not sent there."""
        self.context.jobs.run(_done, done=self._got, key="first_steps", owner=self)

    def _got(self, done: frozenset[str]) -> None:
        may = self.context.may(staff_rights.SETTINGS)
        for name, button in self.steps.items():
            button.setVisible(name not in done and (may or name in ("import", "customer")))


def _done(book: Any) -> frozenset[str]:
    """Look which steps need not be done any more."""
    found = {"shop"} if settings.shop(book).name.strip() else set()
    if sum(one.active for one in settings.staff(book)) > 1:
        found.add("staff")
    if any(one.price_cents is not None for one in settings.treatments(book)):
        found.add("prices")
    return frozenset(found)
