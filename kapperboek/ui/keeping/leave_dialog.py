"""Leave dialog, while half-typed words cannot be written: stay in the window, save them elsewhere, or lose them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kapperboek.domain.errors import UserError
from kapperboek.i18n import _
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.file_places import documents
from kapperboek.ui.forms import draft_restore
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label


class LeaveSheet(SheetDialog):
    """``leave`` closes the window without them. Over a lock nothing of them can be had, only let go of."""

    over_lock = True

    @staticmethod
    def ask(context: Context, error: UserError, leave: Callable[[], None], *, locked: bool) -> None:
        """Ask before leaving, once at a time."""
        if not any(isinstance(sheet, LeaveSheet) for sheet in open_sheets()):
            LeaveSheet(context, error, leave, locked).open()

    def __init__(self, context: Context, error: UserError, leave: Callable[[], None], locked: bool) -> None:
        super().__init__(context, _("What you typed half can't be kept"), width=640, save_text=_("Stay"))
        self.cancel_button.hide()
        self._leave = leave
        self.body.addWidget(Label(error.message, wrap=True))
        self.elsewhere = Button(_("Save it as text…"), icon="file", size="large")
        self.lose = Button(_("Close without it"), size="large")
        self.elsewhere.clicked.connect(self._save_elsewhere)
        self.lose.clicked.connect(self._go)
        if not locked:
            self.extra.addWidget(self.elsewhere)
        self.extra.addWidget(self.lose)

    def _save_elsewhere(self) -> None:
        """Save the drafts as text, in the clear, where they choose: it is theirs to say who may read it."""
        name = f"kapperboek-{_('half typed')}.txt"
        system_dialogs.file_to_save(self.context, _("Save it as text…"), documents(name), "*.txt", self._write)

    def _write(self, chosen: Path, _kind: str) -> None:
        texts = [draft_restore.as_text(draft.payload) for draft in self.context.drafts.held_back()]
        try:
            chosen.write_text("\n\n".join(texts) + "\n", "utf-8")
        except OSError as error:
            text = _("{file} could not be written: {trouble}. Choose another place.")
            self.tell(text.format(file=chosen, trouble=error.strerror))
            return
        self._go()

    def _go(self) -> None:
        self.close_sheet(True)
        self._leave()
