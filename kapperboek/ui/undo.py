"""Ctrl+Z: first what is being typed, else the last change in the notebook."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.ui.context import Context


def undo_key(context: Context) -> None:
    """What Ctrl+Z does now: in a text that was changed it takes back typing, elsewhere the last change."""
    typing = QApplication.focusWidget()
    if (isinstance(typing, QLineEdit) and typing.isUndoAvailable()) or (
        isinstance(typing, QPlainTextEdit | QTextEdit) and typing.document().isUndoAvailable()
    ):
        typing.undo()
    else:
        undo_change(context, 0)


def undo_change(context: Context, change_id: int) -> None:
    """Take back this change, 0 for the last one, and say so."""
    from kapperboek.services import journal

    if not context.jobs.is_open():
        return

    def done(saved: Saved) -> None:
        context.toast(context.private(saved.what) or _("Undone"))

    def failed(error: Exception) -> None:
        if isinstance(error, UserError) and error.code == "nothing-to-undo":
            context.toast(error.message, icon="info")
        else:
            context.tell(error)

    context.jobs.run(journal.undo, change_id or None, by=context.staff_id, done=done, failed=failed)
