"""Base of the dialogs that keep a draft: they open with what was half typed, and hide what is private (F9)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from kapperboek.domain.errors import ChangedMeanwhile, UserError
from kapperboek.domain.views.list_views import DraftView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services import drafts
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.forms.conflict_dialog import MeanwhilePanel
from kapperboek.ui.forms.draft_restore import fits
from kapperboek.ui.forms.form_binding import FormBinding
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import Notice, bring_in_sight
from kapperboek.ui.widgets.layout.tab_order import tab_as_read
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.sheet.typed_ahead import TypedAhead

PATIENCE = 500  # milliseconds after which a form is seen that is not filled in yet: something is slow, and this opens


class DraftedSheet(SheetDialog):
    """Sheet that keeps a draft: name its ``fields``, fill them in ``begin_again``, and say when it is ``filled``.

    One draft per kind and customer: leaving a half-typed visit and noting a visit again goes on where it was.
    """

    def __init__(
        self, context: Context, title: str, *, draft: DraftView | None = None, key: str = "", **kw: Any
    ) -> None:
        own = f"{kw.get('kind', '')}-{kw.get('customer_id', 0)}{key}"
        super().__init__(context, title, draft_id=draft.id if draft else own, **kw)
        self.fields = FormBinding(self)
        self.fields.changed.connect(self.touched)
        self.version = 0  # of what is changed, as it was when it was shown
        self.meanwhile: MeanwhilePanel | None = None
        self._private: list[QWidget] = []
        self._kept = False
        self._veil = Notice(_("Personal fields are hidden. F9 shows them."), kind="info", icon="eye-off")
        self._veil.hide()
        self.body.addWidget(self._veil)
        self.afresh = Button(_("Start afresh"), kind="quiet", size="large")
        self.afresh.clicked.connect(self._start_afresh)
        self.afresh.hide()
        self.beside_hint.addWidget(self.afresh)
        context.discreet_changed.connect(self._veil_private)

    def open(self, first: QWidget | None = None) -> None:
        """Show it once it is filled in; what is typed before comes after what was half typed last time."""
        self._filled = False
        self.setUpdatesEnabled(False)
        super().open(first)
        later(self, self._show_filled, PATIENCE)
        self._ahead = TypedAhead(self.context, saving=False)

    def relayout(self) -> None:
        """Fit the sheet to what stands in it now, and let Tab go as one reads."""
        tab_as_read(self.sheet)
        super().relayout()

    # --- drafts -----------------------------------------------------------------------------------------

    def collect(self) -> dict[str, Any] | None:
        """Collect what stands in the form for the draft (plain data), None when nobody typed anything."""
        return self.fields.collect()

    def put_back(self, said: dict[str, Any]) -> None:
        """Fill the form with what ``collect`` gave."""
        self.fields.put_back(said)

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
        """Throw the draft away: it is not needed any more."""
        self._kept = False
        self._draft_timer.stop()
        self.context.drafts.drop(self.draft_id)

    def cannot(self, error: Exception) -> None:
        """Close, for what it should show is gone, and tell why."""
        self.close_sheet(False)
        self.context.tell(error)

    def filled(self, *, go_on: bool = True) -> None:
        """The form stands as it opens: what is another from now on was typed. ``go_on`` with a draft, if there is."""
        self.fields.begin()
        self.save_button.setEnabled(True)
        self._typed = False
        self._draft_timer.stop()
        if go_on:
            self.look_for_draft()
        else:
            self.ready()

    def look_for_draft(self) -> None:
        """Ask whether something was left half typed, and put it back."""
        self.context.jobs.run(drafts.drafts, done=self._found, owner=self)

    def _found(self, kept: tuple[DraftView, ...]) -> None:
        mine = next((draft for draft in kept if draft.id == self.draft_id), None)
        payload = self.context.drafts.held(self.draft_id) or (mine.payload if mine is not None else "")
        if payload and not self._typed:
            self._go_on(payload)
        self.ready()

    def _go_on(self, payload: str) -> None:
        self._kept = True
        fitted = fits(self.put_back, payload)
        self._typed = False
        self._draft_timer.stop()
        focus = QApplication.focusWidget()
        if isinstance(focus, QPlainTextEdit):
            focus.moveCursor(QTextCursor.MoveOperation.End)
        self.set_hint(
            _("gone on with what you typed before") if fitted else _("what you typed before cannot be read any more")
        )
        self.afresh.show()
        self.relayout()

    def ready(self) -> None:
        """Give the form what was typed meanwhile: it is filled in."""
        self._show_filled()
        self._give_back()

    def _show_filled(self) -> None:
        """Show the sheet: it is filled, or that takes long."""
        if not self._filled:
            self._filled = True
            self.relayout()

    def _start_afresh(self) -> None:
        self.drop_draft()
        self._typed = False
        self.to_first()
        self.afresh.hide()
        self.set_hint("")
        self.begin_again()

    def begin_again(self) -> None:
        """Fill the form as if nothing had been typed. Override where it opens with what must be asked for."""
        self.fields.reset()

    def busy(self, busy: bool) -> None:
        """Mark as saving: nothing may write the draft again that the saving drops."""
        super().busy(busy)
        if busy:
            self._draft_timer.stop()

    def failed(self, error: Exception) -> None:
        """Tell that saving failed: say why, or show what somebody else wrote meanwhile; what was typed stays."""
        self.busy(False)
        self.touched()
        if isinstance(error, ChangedMeanwhile):
            self._show_meanwhile(error)
        elif isinstance(error, UserError) and (field := self.fields.explain(error)) is not None:
            self.tell("")
            self.relayout()
            later(self, lambda: bring_in_sight(field))
        else:
            self.tell(error)

    def keep_mine(self) -> None:
        """Write ours over what stands there now, which was shown. Override where there is more to do than saving."""
        self.save()

    def _show_meanwhile(self, error: ChangedMeanwhile) -> None:
        before = self.meanwhile
        if before is not None:  # and once more: the newest text counts
            self._private.remove(before)
            self.body.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.meanwhile = MeanwhilePanel(error, lambda: self._write_over(error.version), self._let_be)
        self.body.insertWidget(0, self.meanwhile)
        self.keep_private(self.meanwhile)

    def _write_over(self, version: int) -> None:
        self.version = version
        self.keep_mine()

    def _let_be(self) -> None:
        self.drop_draft()
        self.close_sheet(False)

    def write(
        self, fn: Callable[..., Saved], *args: Any, done: Callable[[Saved], None] | None = None, **kw: Any
    ) -> None:
        """Save, with it throw the draft away, and then close unless ``done`` has more to do."""
        self.context.save(
            fn, *args, draft_id=self.draft_id, done=done or self.saved, failed=self.failed, owner=self, **kw
        )

    def saved(self, _saved: Saved) -> None:
        """Close, for it is in the notebook."""
        self.close_sheet(True)

    # --- discreet ---------------------------------------------------------------------------------------

    def keep_private(self, *parts: QWidget) -> None:
        """Hide these parts while somebody looks along; they may not be shown or hidden for another reason."""
        self._private += parts
        self._veil_private()

    def _veil_private(self, *_discreet: object) -> None:
        discreet = self.context.discreet
        for part in self._private:
            part.setVisible(not discreet)
        self._veil.setVisible(discreet and bool(self._private))
        self.relayout()
