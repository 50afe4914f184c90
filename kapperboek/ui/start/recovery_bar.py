"""Recovery bar: a line above the page, at most once a day, until the recovery key was shown to be on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services.keeping import security
from kapperboek.ui.core.asked_today import PAPER
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.banner import Banner
from kapperboek.ui.widgets.buttons import Button


class RecoveryBar(Banner):
    """Without that paper a broken computer would take the backups along: nobody else has the key."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.print = Button(_("Recovery key…"), size="small")
        self.later = Button(_("Later"), kind="quiet", size="small")
        words = _("The key lies on this computer only: print it.")
        super().__init__("key", words, (self.print, self.later), parent=parent)
        self.context = context
        self.print.clicked.connect(lambda: context.open_dialog("recovery"))
        self.later.clicked.connect(self._put_off)
        context.jobs.saved.connect(self._saved)

    def _put_off(self) -> None:
        self.context.put_off.add(PAPER)
        self.hide()

    def _saved(self, saved: Saved) -> None:
        keeper = self.context.keeper
        if "setting" in saved.kinds and keeper is not None:  # proving the paper is one
            self.context.jobs.run(security.at_stake, keeper, done=self._asked_again, owner=self)

    def _asked_again(self, found: tuple[security.Security, int]) -> None:
        self.setVisible(self.isVisible() and wanted(*found))


def wanted(state: security.Security, customers: int) -> bool:
    """Tell whether the recovery bar is wanted: there is something to lose, and no paper yet."""
    return bool(customers) and bool(state.kept) and not state.proved
