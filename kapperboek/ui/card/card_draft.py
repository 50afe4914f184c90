"""Draft of a card, kept in the notebook: half-typed talk point, answers, other words, facts."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from kapperboek.domain.views.list_views import DraftView
from kapperboek.services import drafts
from kapperboek.ui.card.card_draft_state import HalfTyped
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.draft_keeper import HalfTypedWork
from kapperboek.ui.forms.draft_restore import fits

AFTER = 250  # milliseconds from the first key not yet on disk
KIND = "card"


class CardDraft(QObject):
    """Draft of the card in view: follows what is half typed on one card after another; ``turn_to`` the next one."""

    restored = Signal()  # something was put back, and is to be shown
    looked = Signal()  # and whether anything was or not

    def __init__(self, context: Context, half: HalfTyped, parent: QObject) -> None:
        super().__init__(parent)
        self.context, self._half = context, half
        self._customer_id = 0
        self._kept = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write_later)
        half.changed.connect(self._typed)

    def _typed(self) -> None:
        if self._customer_id and not self._timer.isActive():
            self._timer.start(AFTER)

    def turn_to(self, customer_id: int) -> None:
        """Write what is waiting, and begin with this card, 0 for none: its ``restore`` follows once it is shown."""
        self.flush()
        self._customer_id, self._kept = 0, False
        self._half.clear()
        self._customer_id = customer_id
        self._half.draft_id = f"{KIND}-{customer_id}" if customer_id else ""

    def flush(self) -> None:
        """Write what is waiting now."""
        if self._timer.isActive():
            self._timer.stop()
            self._write()

    def _write_later(self) -> None:
        """Write when nothing is being saved: behind that it would bring back what is in the notebook by then."""
        if not self._half.under_way:  # else it begins anew when that is over
            self._write()

    def _write(self) -> None:
        half, draft_id = self._half, f"{KIND}-{self._customer_id}"
        if payload := half.as_draft():
            self._kept = True
            left = half.as_draft(*half.under_way) if half.under_way else None
            self.context.drafts.save(HalfTypedWork(draft_id, KIND, self._customer_id, payload), left=left)
        elif self._kept:
            self._kept = False
            self.context.drafts.drop(draft_id)

    def restore(self) -> None:
        """Put back what was half typed on this card."""
        customer_id = self._customer_id

        def got(kept: tuple[DraftView, ...]) -> None:
            id = f"{KIND}-{customer_id}"
            payload = self.context.drafts.held(id) or next((draft.payload for draft in kept if draft.id == id), "")
            if payload and self._customer_id == customer_id:
                self._kept = True
                fits(self._half.fill, payload)
                self.restored.emit()
            self.looked.emit()

        self.context.jobs.run(drafts.drafts, done=got, key="card.draft", owner=self)
