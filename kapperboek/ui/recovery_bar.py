"""A line above the page, at most once a day, until the recovery key was shown to be on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services import security
from kapperboek.ui import theme
from kapperboek.ui.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.labels import Icon, Label

PAPER = "recovery"  # as it is called where what was put off is kept


class RecoveryBar(CardFrame):
    """Without that paper a broken computer would take the backups along: nobody else has the key."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(ground="petrol_tint", parent=parent)
        self.body.setContentsMargins(theme.px(15), theme.px(6), theme.px(8), theme.px(6))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(Icon("key", "petrol"))
        words = _("The key of your notebook lies on this computer only. Print it before the computer breaks.")
        row.addWidget(Label(words, weight=600, token="petrol", wrap=True), 1)
        self.print = Button(_("Recovery key…"), size="small")
        self.later = Button(_("Later"), kind="quiet", size="small")
        for button in (self.print, self.later):
            button.leave_keyboard()
            row.addWidget(button)
        self.body.addLayout(row)
        self.print.clicked.connect(lambda: context.open_dialog("recovery"))
        self.later.clicked.connect(self._put_off)
        self._context = context
        context.bus.saved.connect(self._saved)

    def _put_off(self) -> None:
        self._context.put_off.add(PAPER)
        self.hide()

    def _saved(self, saved: Saved) -> None:
        keeper = self._context.keeper
        if "setting" in saved.kinds and keeper is not None:  # proving the paper is one
            self._context.jobs.run(security.at_stake, keeper, done=self._asked_again, owner=self)

    def _asked_again(self, found: tuple[security.Security, int]) -> None:
        self.setVisible(self.isVisible() and wanted(*found))


def wanted(state: security.Security, customers: int) -> bool:
    """Whether there is something to lose, and no paper yet."""
    return bool(customers) and state.encrypted and bool(state.kept) and not state.proved
