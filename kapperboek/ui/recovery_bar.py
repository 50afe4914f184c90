"""A line above the page, at most once a day, until the recovery key was shown to be on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services import security
from kapperboek.ui.context import Context
from kapperboek.ui.widgets.banner import Banner
from kapperboek.ui.widgets.buttons import Button

PAPER = "recovery"  # as it is called where what was put off is kept


class RecoveryBar(Banner):
    """Without that paper a broken computer would take the backups along: nobody else has the key."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        words = _("The key of your notebook lies on this computer only. Print it before the computer breaks.")
        self.print = Button(_("Recovery key…"), size="small")
        self.later = Button(_("Later"), kind="quiet", size="small")
        for button in (self.print, self.later):
            button.leave_keyboard()
        super().__init__("key", words, (self.print, self.later), parent=parent)
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
