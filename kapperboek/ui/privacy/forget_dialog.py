"""Forget dialog (erasure): what goes, that it cannot come back; a number is typed over, against a stray key."""

from __future__ import annotations

from typing import Any

from kapperboek.domain.views.privacy_views import ForgetPreview
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, ngettext
from kapperboek.services.privacy import forgetting
from kapperboek.ui.core.context import Context
from kapperboek.ui.privacy.forget_places import ForgetPlaces
from kapperboek.ui.widgets.form_fields import Field
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label

NAMED_AT_MOST = 20  # others, by name; of the rest the number


class ForgetDialog(SheetDialog):
    """Dialog of the one thing in the program that cannot be undone."""

    def __init__(self, context: Context, customer_id: int) -> None:
        super().__init__(
            context, _("Forget this customer"), customer_id=customer_id, width=620, save_text=_("Forget for good")
        )
        self.save_button.kind = "danger"
        self._number = ""
        self.holds = Label("", weight=600, wrap=True)
        self.body.addWidget(self.holds)
        self.body.addWidget(Notice(_("This cannot be undone. Older backups forget this customer too when put back.")))
        self.named = Label("", wrap=True, token="soft")
        self.body.addWidget(self.named)
        self.places = ForgetPlaces(context, self)
        self.body.addWidget(self.places)
        self.typed = InlineLine()
        self.typed.textEdited.connect(lambda _text: self._look())
        self.typed.escaped.connect(self.cancel)
        self._field = Field(_("Type the customer number to confirm"), self.typed)
        self.body.addWidget(self._field)
        self.body.addStretch(1)
        self.save_button.setEnabled(False)

    @classmethod
    def open_for(cls, context: Context, *, customer_id: int, **_kw: Any) -> ForgetDialog:
        """Say what would go, and ask. Everything is looked through for the name, on the worker thread."""
        dialog = cls(context, customer_id)
        dialog.open(dialog.typed)
        dialog.set_hint(_("Looking where the name stands…"))
        context.work(forgetting.preview, customer_id, done=dialog._got, failed=dialog._failed, owner=dialog)
        return dialog

    def _got(self, preview: ForgetPreview) -> None:
        self._number = preview.number
        self.set_hint("")
        self.set_head(subtitle=f"{preview.name} · #{preview.number}", avatar=preview.name)
        counts = ", ".join(f"{what} ({count})" for what, count in preview.counts)
        self.holds.setText(_("The card goes, with all of this: {what}.").format(what=counts) if counts else "")
        self.named.setText(self._named(preview))
        self.places.show_places(preview.places)
        self._look()
        self.relayout()

    def _named(self, preview: ForgetPreview) -> str:
        kept = _("On other people's cards their full name goes; what else you wrote there about them stays.")
        asked = {place.number for place in preview.places if not place.by_itself}
        asked -= {place.number for place in preview.places if place.by_itself}
        named_on = [one for one in preview.named_on if one[0] not in asked]
        if not named_on:
            return kept
        first, more = named_on[:NAMED_AT_MOST], len(named_on[NAMED_AT_MOST:])
        cards = ", ".join(self.context.private(name) or f"#{number}" for number, name in first)
        if more:
            cards += " " + ngettext("and {n} more", "and {n} more", more).format(n=more)
        return kept + " " + _("Look first on the cards of: {cards}.").format(cards=cards)

    def _look(self) -> None:
        typed = self.typed.text().strip().removeprefix("#")
        self.save_button.setEnabled(bool(self._number) and typed == self._number)

    def save(self) -> None:
        """Forget on the worker thread, for the file is written anew."""
        self.busy(True)
        self.set_hint(_("Forgetting…"))
        work, by = self.context.work, self.context.staff_id
        clean = self.places.chosen()
        work(forgetting.forget, self.customer_id, clean=clean, by=by, done=self._gone, failed=self._failed, owner=self)

    def _gone(self, saved: Saved) -> None:
        self.close_sheet(True)
        self.context.open_page("customers")
        self.context.toast(saved.what)

    def _failed(self, error: Exception) -> None:
        self.busy(False)
        self.set_hint("")
        self._look()
        self.tell(error)
