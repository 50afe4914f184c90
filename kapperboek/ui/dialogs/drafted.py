"""What our dialogs share: they open with what was half typed last time, and hide what is private (F9)."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.lists import DraftView
from kapperboek.i18n import _
from kapperboek.services import drafts
from kapperboek.ui.context import Context
from kapperboek.ui.half_typed import fits
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.reading_order import tab_as_read
from kapperboek.ui.widgets.sheet import SheetDialog


class DraftedSheet(SheetDialog):
    """Override ``collect`` (the form as plain data, None when nothing was typed) and ``put_back``.

    One draft per kind and customer: leaving a half-typed visit and noting a visit again goes on where it was.
    """

    def __init__(
        self, context: Context, title: str, *, draft: DraftView | None = None, key: str = "", **kw: Any
    ) -> None:
        own = f"{kw.get('kind', '')}-{kw.get('customer_id', 0)}{key}"
        super().__init__(context, title, draft_id=draft.id if draft else own, **kw)
        self._private: list[QWidget] = []
        self._kept = False
        self._veil = Notice(_("Personal fields are hidden. F9 shows them."), kind="info", icon="eye-off")
        self._veil.hide()
        self.body.addWidget(self._veil)
        self._forget = Button(_("Start afresh"), kind="quiet", size="large")
        self._forget.clicked.connect(self._start_afresh)
        self._forget.hide()
        self.extra.addWidget(self._forget)
        context.discreet_changed.connect(self._veil_private)

    def relayout(self) -> None:
        """Fit the sheet to what stands in it now, and let Tab go as one reads."""
        tab_as_read(self.sheet)
        super().relayout()

    # --- drafts -----------------------------------------------------------------------------------------

    def collect(self) -> dict[str, Any] | None:
        """What stands in the form, None when nobody typed anything. Override."""
        return None

    def put_back(self, said: dict[str, Any]) -> None:
        """Fill the form with what ``collect`` gave. Override."""

    def draft(self) -> str | None:
        said = self.collect()
        return None if said is None else json.dumps(said, ensure_ascii=False)

    def save_draft(self) -> None:
        """Write what is half typed; throw the draft away when everything was emptied again."""
        if self.draft() is not None:
            self._kept = True
            super().save_draft()
        elif self._kept:
            self.drop_draft()

    def drop_draft(self) -> None:
        """The draft is not needed any more."""
        self._kept = False
        self._draft_timer.stop()
        if self.context.jobs.is_open():
            self.context.jobs.run(drafts.drop, self.draft_id)

    def look_for_draft(self) -> None:
        """Ask whether something was left half typed, and put it back."""
        self.context.jobs.run(drafts.drafts, done=self._found, owner=self)

    def _found(self, kept: tuple[DraftView, ...]) -> None:
        mine = next((draft for draft in kept if draft.id == self.draft_id), None)
        if mine is None or self._typed:
            return
        self._kept = True
        fitted = fits(self.put_back, mine.payload)
        self._typed = False
        self._draft_timer.stop()
        self.set_hint(
            _("gone on with what you typed before") if fitted else _("what you typed before cannot be read any more")
        )
        self._forget.show()
        self.relayout()

    def _start_afresh(self) -> None:
        self.drop_draft()
        self._typed = False
        self._forget.hide()
        self.set_hint("")
        self.begin_again()

    def begin_again(self) -> None:
        """Fill the form as if nothing had been typed. Override."""

    def busy(self, busy: bool) -> None:
        """While saving nothing may write the draft again that the saving drops."""
        super().busy(busy)
        if busy:
            self._draft_timer.stop()

    def failed(self, error: Exception) -> None:
        """Saving did not work: say why; what was typed stays."""
        self.busy(False)
        self.touched()
        self.tell(error)

    # --- discreet ---------------------------------------------------------------------------------------

    def keep_private(self, *parts: QWidget) -> None:
        """These are hidden while somebody looks along; they may not be shown or hidden for another reason."""
        self._private += parts
        self._veil_private()

    def _veil_private(self, *_discreet: object) -> None:
        discreet = self.context.discreet
        for part in self._private:
            part.setVisible(not discreet)
        self._veil.setVisible(discreet and bool(self._private))
        self.relayout()
