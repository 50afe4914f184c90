"""New recovery key under the same passphrase: the paper with the key from before opens the notebook no more."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kapperboek.i18n import _
from kapperboek.services.keeping import security
from kapperboek.services.keeping.security import Security
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.form_fields import Field, LineEdit
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label


class NewKeyDialog(SheetDialog):
    """Dialog for a paper that was lost, or seen. Asks the passphrase, where there is one: nobody else keeps it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("New recovery key"), width=620, save_text=_("Make a new key"))
        words = _(
            "Is the paper lost, or did somebody see or photograph it? The notebook and its copies get another key, and "
            "the old paper opens them no more. After this you print a new one."
        )
        warning = _("A copy that the program cannot reach now, in a drawer for example, the old paper still opens.")
        self.line = LineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field(_("Your passphrase"), self.line, required=True)
        self.field.hide()
        for part in (Label(words, wrap=True), Notice(warning, kind="info"), self.field):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._state: Security | None = None

    @classmethod
    def open_for(cls, context: Context, **_kw: Any) -> NewKeyDialog:
        """Ask how it is locked, and then for the passphrase."""
        dialog = cls(context)
        dialog.open(dialog.save_button)
        context.jobs.run(security.security, context.keeper, done=dialog._got, failed=dialog.tell, owner=dialog)
        return dialog

    def _got(self, state: Security) -> None:
        self._state = state
        self.field.setVisible(state.passphrase)
        if state.passphrase:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Check the passphrase; then the program makes the new key."""
        self.field.show_error("")
        if self._state is None:
            return
        typed = self.line.text() if self._state.passphrase else None
        self.context.jobs.run(
            security.check_present, typed, by=self.context.staff_id,
            done=lambda _nothing: self._go_on(typed), failed=self._refused, owner=self,
        )

    def _go_on(self, typed: str | None) -> None:
        kept = bool(self._state and self._state.kept)
        self.line.clear()
        self.close_sheet(True)
        self.context.rekey_wished.emit(typed, kept, True)

    def _refused(self, error: Exception) -> None:
        if self.field.isHidden():
            self.tell(error)
            return
        self.field.show_error(getattr(error, "message", ""))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()
