"""Restore dialog for a backup: what it holds, what becomes of the present notebook, and only then doing it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kapperboek.domain.views.list_views import CopyContent
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, format_long_day, ngettext
from kapperboek.services.keeping import maintenance
from kapperboek.ui.core.context import Context
from kapperboek.ui.customers.customers_labels import thousands
from kapperboek.ui.widgets.form_fields import Field, LineEdit
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label


class RestoreDialog(SheetDialog):
    """Dialog of a backup to put back; the keyboard begins at *Cancel*: an Enter too many changes nothing."""

    enter_saves = False

    def __init__(self, context: Context, copy: Path) -> None:
        super().__init__(context, _("Put a copy back"), width=620, save_text=_("Put it back"))
        self.copy = copy
        self.set_head(subtitle=copy.name)
        self.holds = Label("", weight=600, wrap=True)
        self.body.addWidget(self.holds)
        self.whole = Notice(_("The notebook becomes as it was then. What was written since is not in it."))
        self.body.addWidget(self.whole)
        strange = _("This is no copy of your notebook: it is another notebook, with other customers.")
        self.strange = Notice(strange)
        self.strange.hide()
        self.body.addWidget(self.strange)
        self.another = False
        kept = _(
            "The notebook as it is now is not thrown away: it is kept beside it, under a name with “before-restore” "
            "and this moment in it."
        )
        self.body.addWidget(Label(kept, wrap=True))
        self.only = LineEdit()
        self.body.addWidget(Field(_("Or only one card: name or customer number"), self.only))
        self.body.addWidget(Label(_("It comes into the notebook as it is now; nothing else changes."), token="soft"))
        self.only.textChanged.connect(self._wish_changed)
        self.body.addStretch(1)
        self.save_button.setEnabled(False)

    @classmethod
    def open_for(cls, context: Context, *, copy: Path, **_kw: Any) -> RestoreDialog:
        """Open for this backup: look into it, and ask."""
        dialog = cls(context, copy)
        dialog.open(dialog.cancel_button)
        context.jobs.work(maintenance.look_into, copy, done=dialog._got, failed=dialog.tell, owner=dialog)
        return dialog

    def _got(self, content: CopyContent) -> None:
        people = ngettext("{n} customer", "{n} customers", content.customers).format(n=thousands(content.customers))
        moments = ngettext("{n} contact", "{n} contacts", content.moments).format(n=thousands(content.moments))
        words = [people, moments]
        if content.last is not None:
            day = f"{format_long_day(content.last.date())} {content.last:%H:%M}"
            words.append(_("last written in on {day}").format(day=day))
        self.holds.setText(" · ".join(words))
        self.another = content.another
        self._wish_changed(self.only.text())
        self.save_button.setEnabled(True)
        self.relayout()

    def _wish_changed(self, text: str) -> None:
        whole = not text.strip()
        self.whole.setVisible(whole and not self.another)
        self.strange.setVisible(self.another)
        other = whole and self.another
        self.save_button.setText(_("Put the other notebook in its place") if other else _("Put it back"))

    def save(self) -> None:
        """Put back the one card that was asked for; else close, and let the program put all of it back."""
        if who := self.only.text().strip():
            self.save_button.setEnabled(False)
            self.context.jobs.run(
                maintenance.bring_back,
                self.copy,
                who,
                by=self.context.staff_id,
                done=self._brought,
                failed=self._refused,
            )
            return
        self.close_sheet(True)
        self.context.restore_wished.emit(self.copy, self.another)

    def _brought(self, saved: Saved) -> None:
        self.close_sheet(True)
        self.context.toast(saved.what, saved)
        self.context.open_customer(saved.customer_id)

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.tell(error)
