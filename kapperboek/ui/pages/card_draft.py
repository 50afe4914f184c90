"""What is half typed on the card itself, kept in the notebook: the next talk point, answers not yet saved."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer

from kapperboek.domain.views.lists import DraftView
from kapperboek.services import drafts
from kapperboek.ui.context import Context
from kapperboek.ui.half_typed import fits
from kapperboek.ui.pages.card_talk import TalkSection

AFTER = 250  # milliseconds from the first key not yet on disk
KIND = "card"


class CardDraft(QObject):
    """Follows one TalkSection; ``restore`` when another customer is shown, ``keep`` before that."""

    def __init__(self, context: Context, section: TalkSection) -> None:
        super().__init__(section)
        self.context, self._section = context, section
        self._customer_id = 0
        self._kept = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write)
        section.typed.connect(self._typed)

    def _typed(self) -> None:
        if self._customer_id and not self._timer.isActive():
            self._timer.start(AFTER)

    def keep(self) -> None:
        """Write what is waiting now, before the card makes room for another."""
        self.flush()
        self._customer_id = 0

    def flush(self) -> None:
        """Write what is waiting now."""
        if self._timer.isActive():
            self._timer.stop()
            self._write()

    def _payload(self) -> dict[str, object]:
        section = self._section
        day = section.not_before.value()
        answers = {str(key): text for key, text in section.answers().items() if text.strip()}
        text = section.new.text()
        if not text.strip() and not answers:
            return {}
        return {"text": text, "not_before": day.isoformat() if day else "", "answers": answers}

    def _write(self) -> None:
        payload, draft_id = self._payload(), f"{KIND}-{self._customer_id}"
        if payload:
            self._kept = True
            text = json.dumps(payload, ensure_ascii=False)
            self.context.jobs.run(drafts.save, draft_id, KIND, self._customer_id, text)
        elif self._kept:
            self._kept = False
            self.context.jobs.run(drafts.drop, draft_id)

    def restore(self, customer_id: int) -> None:
        """Put back what was half typed on this card."""
        self._customer_id, self._kept = customer_id, False

        def got(kept: tuple[DraftView, ...]) -> None:
            mine = next((draft for draft in kept if draft.id == f"{KIND}-{customer_id}"), None)
            if mine is not None and self._customer_id == customer_id and not self._section.new.text():
                fits(self._put_back, mine.payload)
                self._kept = True
                self._timer.stop()

        self.context.jobs.run(drafts.drafts, done=got, key="card.draft", owner=self)

    def _put_back(self, said: dict[str, Any]) -> None:
        day = date.fromisoformat(said["not_before"]) if said.get("not_before") else None
        answers = {int(key): text for key, text in said.get("answers", {}).items()}
        self._section.restore(said.get("text", ""), day, answers)
