"""Retention of the journal of changes: how many changes a shorter period would forget, and only then choosing it."""

from __future__ import annotations

from typing import Any

from kapperboek.i18n import _, ngettext
from kapperboek.services.privacy import retention
from kapperboek.ui.core.context import Context
from kapperboek.ui.customers.customers_labels import thousands
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label


class JournalYearsDialog(SheetDialog):
    """Dialog that forgets old changes; the keyboard begins at *Cancel*: an Enter too many forgets nothing."""

    def __init__(self, context: Context, years: int, changes: int) -> None:
        super().__init__(context, _("Forget old changes"), width=560, save_text=_("Forget them"))
        self.years = years
        words = ngettext("{n} change is older than that.", "{n} changes are older than that.", changes)
        kept = ngettext("Changes are kept for {n} year.", "Changes are kept for {n} years.", years).format(n=years)
        self.body.addWidget(Label(f"{kept} {words.format(n=thousands(changes))}", weight=600, wrap=True))
        self.body.addWidget(
            Notice(
                _(
                    "At the next copy of the day what stood there before is forgotten for good. The cards stay as they "
                    "are, but those changes cannot be undone any more."
                )
            )
        )
        self.body.addStretch(1)

    @classmethod
    def open_for(cls, context: Context, *, years: int, changes: int, **_kw: Any) -> JournalYearsDialog:
        """Open with how many changes it would forget, and ask."""
        dialog = cls(context, years, changes)
        dialog.open(dialog.cancel_button)
        return dialog

    def save(self) -> None:
        """Keep changes for so long from now on."""
        self.busy(True)
        done, failed = (lambda _saved: self.close_sheet(True)), self._failed
        self.context.save(retention.set_years, self.years, retention.JOURNAL, done=done, failed=failed, owner=self)

    def _failed(self, error: Exception) -> None:
        self.busy(False)
        self.tell(error)
