"""Data breach dialog: what the law asks to be written down about a leak, in four questions."""

from __future__ import annotations

from typing import Any

from kapperboek.domain.views.list_views import DraftView
from kapperboek.i18n import _
from kapperboek.services.privacy import breaches
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.widgets.form_fields import TextEdit
from kapperboek.ui.widgets.text_labels import Label


class BreachDialog(DraftedSheet):
    """Dialog of a leak that was discovered now. Who writes one down is called away while typing: it keeps a draft."""

    def __init__(self, context: Context, draft: DraftView | None) -> None:
        super().__init__(context, _("Data leak"), draft=draft, kind="breach", width=640)
        questions = {
            "what": _("What happened, and when?"),
            "whose": _("Whose data, and which?"),
            "consequences": _("What may come of it?"),
            "measures": _("What did you do about it?"),
        }
        fields = [
            self.fields.field(name, words, TextEdit(), required=name == "what") for name, words in questions.items()
        ]
        for field in fields:
            self.body.addWidget(field)
        self.keep_private(*fields)
        self.what = fields[0].control
        report = _("In the Netherlands: report it to the Autoriteit Persoonsgegevens within 72 hours.")
        self.body.addWidget(Label(report, size=13.5, token="soft", wrap=True))
        self.body.addStretch(1)

    @classmethod
    def open_for(cls, context: Context, *, draft: DraftView | None = None, **_kw: Any) -> BreachDialog:
        """Open for a new line in the log."""
        dialog = cls(context, draft)
        dialog.open(dialog.what)
        dialog.filled()
        return dialog

    def save(self) -> None:
        """Keep the leak in the log."""
        self.busy(True)
        self.write(breaches.add, **self.fields.values())
