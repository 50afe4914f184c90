"""Health offer: for health words typed as a warning their masked place is offered, with the consent that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kapperboek.domain.law import consent
from kapperboek.domain.law.health_words import is_about_health
from kapperboek.i18n import _
from kapperboek.services.privacy import health_facts
from kapperboek.ui.core.asked_today import mark_of
from kapperboek.ui.core.context import Context
from kapperboek.ui.privacy.consent_dialog import ways
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Choice, Field
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.sheet.front_keys import add_keys
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label


class HealthOfferDialog(SheetDialog):
    """Dialog of the offer: ``keep(how)`` when it goes to Health, ``leave()`` when it stays as it was typed.

    Neither when it is closed: then what was typed still stands where it was.
    """

    def __init__(
        self, context: Context, texts: tuple[str, ...], customer_id: int, keep: Callable[[str], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__(
            context, _("Shall this go under Health?"), customer_id=customer_id, width=620, save_text=_("Under Health")
        )
        self._texts, self._keep, self._leave = texts, keep, leave
        self.words = Label("", weight=600, token="coral", wrap=True)
        self.body.addWidget(self.words)
        why = _("A warning is read by everybody who looks along. Under Health it stays masked until you ask for it.")
        self.body.addWidget(Label(why, token="soft", wrap=True))
        self.asked = Notice(consent.wording("health", consent.IN_PERSON), kind="info")
        self.body.addWidget(self.asked)
        self.how = Choice(ways(), ways()[0][0], name=_("How did they agree?"))
        self._how = Field(_("How did they agree?"), self.how)
        self.body.addWidget(self._how)
        self.body.addStretch(1)
        self.save_button.set_hint("↵")
        self.leave_button = Button(_("Leave it as a warning"), size="large", hint="Alt L")
        self.leave_button.clicked.connect(self._left)
        self.extra.addWidget(self.leave_button)
        add_keys(self, {"Alt+L": self._left})
        context.discreet_changed.connect(self._show_words)
        self._show_words()

    @classmethod
    def open_for(
        cls, context: Context, *, texts: tuple[str, ...], customer_id: int, keep: Callable[[str], object],
        leave: Callable[[], object], **_kw: Any,
    ) -> HealthOfferDialog:
        """Open to ask once about all of these texts."""
        dialog = cls(context, texts, customer_id, keep, leave)
        dialog.open(dialog.save_button)
        context.jobs.run(health_facts.has_consent, customer_id, done=dialog._got, failed=dialog.tell, owner=dialog)
        return dialog

    def _got(self, agreed: bool) -> None:
        self.asked.setVisible(not agreed)
        self._how.setVisible(not agreed)
        self.relayout()

    def _show_words(self, *_discreet: object) -> None:
        self.words.setText(_("Hidden. F9 shows it.") if self.context.discreet else "\n".join(self._texts))
        self.relayout()

    def save(self) -> None:
        how = str(self.how.value() or "")
        self.close_sheet(True)
        self._keep(how)

    def _left(self) -> None:
        _declined.update(_mark(self.customer_id, text) for text in self._texts)
        self.close_sheet(True)
        self._leave()


_declined: set[str] = set()  # marks of customer and words: not asked again, as long as the program runs


def _mark(customer_id: int, text: str) -> str:
    return mark_of(str(customer_id), " ".join(text.split()).casefold())


def to_offer(texts: Iterable[str], customer_id: int) -> tuple[str, ...]:
    """Texts that are about health, and that nobody wanted to leave as they are."""
    return tuple(
        text for text in texts if is_about_health(text) and _mark(customer_id, text) not in _declined
    )
