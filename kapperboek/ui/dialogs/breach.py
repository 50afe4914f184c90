"""Datalek: what the law asks to be written down, in four questions."""

from __future__ import annotations

from typing import Any

from kapperboek.i18n import _
from kapperboek.services import breaches
from kapperboek.ui.context import Context
from kapperboek.ui.widgets.fields import Field, TextEdit
from kapperboek.ui.widgets.sheet import SheetDialog


class BreachDialog(SheetDialog):
    """A leak that was discovered now."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Data leak"), width=640)
        self.what, self.whose, self.consequences, self.measures = (TextEdit() for _number in range(4))
        self._what = Field(_("What happened, and when?"), self.what, required=True)
        self.body.addWidget(self._what)
        for words, edit in (
            (_("Whose data, and which?"), self.whose),
            (_("What may come of it?"), self.consequences),
            (_("What did you do about it?"), self.measures),
        ):
            self.body.addWidget(Field(words, edit))
        self.body.addStretch(1)
        self.set_hint(_("In the Netherlands: report it to the Autoriteit Persoonsgegevens within 72 hours."))

    @classmethod
    def open_for(cls, context: Context, **_kw: Any) -> BreachDialog:
        """A new line in the log."""
        dialog = cls(context)
        dialog.open(dialog.what)
        return dialog

    def save(self) -> None:
        """Keep it."""
        self.busy(True)
        self.context.save(
            breaches.add, self.what.text(), whose=self.whose.text(), consequences=self.consequences.text(),
            measures=self.measures.text(), done=lambda _saved: self.close_sheet(True), failed=self._failed, owner=self,
        )  # fmt: skip

    def _failed(self, error: Exception) -> None:
        self.busy(False)
        if getattr(error, "code", "") == "what":
            self._what.show_error(getattr(error, "message", ""))
            self.what.setFocus()
        else:
            self.tell(error)
