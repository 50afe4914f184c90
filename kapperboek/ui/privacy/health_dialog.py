"""Health facts dialog: those somebody told, and a new one, with the consent that keeping it needs in one gesture."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapperboek.domain.law import consent
from kapperboek.domain.views.list_views import DraftView
from kapperboek.domain.views.privacy_views import HealthFact, HealthView
from kapperboek.i18n import _, format_day
from kapperboek.services.privacy import health_facts
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.privacy.consent_dialog import ways
from kapperboek.ui.widgets.buttons import icon_button
from kapperboek.ui.widgets.form_fields import Choice
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.text_labels import Label


class HealthDialog(DraftedSheet):
    """Dialog of the health facts; opening it is looking, also at half-typed ones, and is written down as that.

    In discreet mode the words stay away.
    """

    def __init__(self, context: Context, customer_id: int, draft: DraftView | None) -> None:
        close = _("Close")
        super().__init__(
            context, _("Health"), draft=draft, kind="health", customer_id=customer_id, width=640, cancel_text=close
        )
        self._looked = False
        self._list = vbox(gap=4)
        self.body.addLayout(self._list)
        self.fact = InlineLine(placeholder=_("Allergy, skin, pregnancy…"))
        self.fact.entered.connect(self.save)
        self.fact.escaped.connect(self.cancel)
        fact = self.fields.field("fact", _("What must we know?"), self.fact)
        self.body.addWidget(fact)
        self.keep_private(fact)
        self.asked = Notice("", kind="info", parent=self)
        self.body.addWidget(self.asked)
        self.how = Choice(ways(), None, name=_("How did they agree?"), may_be_none=True)
        self.how_field = self.fields.field("how", _("How did they agree?"), self.how, light=True, required=True)
        self.how_field.hide()
        self.body.addWidget(self.how_field)
        self.body.addWidget(Label(_("Masked everywhere else; who looks is written down."), size=13.5, token="soft"))
        self.body.addStretch(1)
        context.discreet_changed.connect(lambda _discreet: self._ask())

    @classmethod
    def open_for(
        cls, context: Context, *, customer_id: int = 0, draft: DraftView | None = None, **_kw: Any
    ) -> HealthDialog:
        """Open the health facts of this customer."""
        dialog = cls(context, draft.customer_id if draft else customer_id, draft)
        dialog.open(dialog.fact)
        dialog._ask()
        dialog.filled()
        return dialog

    def _ask(self) -> None:
        jobs, by = self.context.jobs, self.context.staff_id
        jobs.run(health_facts.look, self.customer_id, by=by, done=self._got, failed=self.tell, key="health", owner=self)

    def _got(self, view: HealthView) -> None:
        self._looked = self._looked or bool(view.facts)
        self.set_head(subtitle=view.name, avatar=view.name)
        self.asked.set_text("" if view.consent else consent.wording("health", consent.IN_PERSON))
        self.how_field.setVisible(not view.consent)
        forget_children(self._list)
        if view.facts and not view.consent:
            self._list.addWidget(Notice(_("No consent to keep this is on record: ask for it, or remove it.")))
        for fact in view.facts:
            self._list.addWidget(self._row(fact))
        self.relayout()

    def _row(self, fact: HealthFact) -> QWidget:
        holder = QWidget()
        row = hbox(holder)
        words = _("Hidden. F9 shows it.") if self.context.discreet else fact.text
        told = " · ".join(filter(None, (format_day(fact.made_on) if fact.made_on else "", fact.staff)))
        row.addWidget(Label(words, weight=600, token="coral", wrap=True), 1)
        row.addWidget(Label(told, size=13.5, token="soft"), 0)
        remove = icon_button("trash", _("Remove this health fact"), kind="quiet")
        remove.clicked.connect(lambda: self._remove(fact.id))
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _remove(self, fact_id: int) -> None:
        how: dict[str, Any] = {"done": lambda _saved: self._ask(), "failed": self.tell, "owner": self}
        self.context.save(health_facts.remove_fact, fact_id, **how)

    # --- drafts -----------------------------------------------------------------------------------------

    def put_back(self, said: dict[str, Any]) -> None:
        super().put_back(said)
        if not self._looked:  # somebody else may have typed it
            self._looked = True
            self.context.jobs.run(health_facts.looked, self.customer_id, "health", by=self.context.staff_id)

    # --- saving -----------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep what was typed; with nothing typed it only closes."""
        said = self.fields.values()
        if not said["fact"]:
            self.cancel()
            return
        self.busy(True)
        self.write(health_facts.add_fact, self.customer_id, said["fact"], how=said["how"] or "")
