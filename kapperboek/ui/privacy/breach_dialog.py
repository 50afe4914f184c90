"""Data breach dialog: what the law asks to be written down about a leak, in four questions."""

from __future__ import annotations

from typing import Any

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.list_views import DraftView
from kapperboek.i18n import _
from kapperboek.services.privacy import breaches
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.widgets.form_fields import Field, TextEdit
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
        self.edits = {name: TextEdit() for name in questions}
        self.fields = {
            name: Field(words, self.edits[name], required=name == "what") for name, words in questions.items()
        }
        for name, field in self.fields.items():
            self.body.addWidget(field)
            self.edits[name].textChanged.connect(self._touched)
        report = _("In the Netherlands: report it to the Autoriteit Persoonsgegevens within 72 hours.")
        self.body.addWidget(Label(report, size=13.5, token="soft", wrap=True))
        self.body.addStretch(1)
        self.keep_private(*self.fields.values())

    @classmethod
    def open_for(cls, context: Context, *, draft: DraftView | None = None, **_kw: Any) -> BreachDialog:
        """Open for a new line in the log."""
        dialog = cls(context, draft)
        dialog.open(dialog.edits["what"])
        dialog.look_for_draft()
        return dialog

    def _touched(self) -> None:
        self.touched()
        self.relayout()

    def begin_again(self) -> None:
        self.put_back({})

    def collect(self) -> dict[str, Any] | None:
        said = {name: edit.text() for name, edit in self.edits.items()}
        return said if any(text.strip() for text in said.values()) else None

    def put_back(self, said: dict[str, Any]) -> None:
        for name, edit in self.edits.items():
            edit.setText(said.get(name, ""))

    def save(self) -> None:
        """Keep the leak in the log."""
        self.busy(True)
        said: dict[str, Any] = {name: edit.text() for name, edit in self.edits.items()}
        self.write(breaches.add, said.pop("what"), **said)

    def failed(self, error: Exception) -> None:
        super().failed(error)
        if isinstance(error, UserError) and error.code == "what":
            self.tell("")
            self.fields["what"].show_error(error.message)
            self.edits["what"].setFocus()
