"""Passphrase dialog: choose one, or another one. The notebook and its copies are written anew under it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from kapperboek.domain.errors import UserError
from kapperboek.i18n import _
from kapperboek.services.keeping import passphrases, security
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Choice, Field, LineEdit
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.sheet.front_keys import add_keys
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label


class PassphraseDialog(SheetDialog):
    """Dialog of a passphrase, typed twice; what is typed here is never a draft."""

    def __init__(self, context: Context, again: bool) -> None:
        title = _("Another passphrase") if again else _("Choose a passphrase")
        super().__init__(context, title, width=620, save_text=_("Encrypt with it"))
        self.first, self.second = LineEdit(), LineEdit()
        for line in (self.first, self.second):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self._first = Field(_("Passphrase"), self.first, required=True)
        self.second_field = Field(_("Once more"), self.second, required=True)
        self.ask = Choice(
            [(True, _("Ask for it at every start")), (False, _("Open without asking on this computer"))],
            True,
            name=_("When it is asked for"),
        )
        words = _(
            "Five words that have nothing to do with each other are easy to remember and cannot be guessed. Nobody can "
            "find a forgotten passphrase again; with the recovery key on paper you still get in."
        )
        self.make = Button(_("Make one for me"), icon="key", hint="Alt M")
        self.make.clicked.connect(self._make)
        self.made = Label("", size=20, weight=600, wrap=True)
        self.made.hide()
        self.first.textEdited.connect(lambda _text: self._show_made(""))
        add_keys(self, {"Alt+M": self.make.click})
        holder = QWidget()
        FlowLayout(holder).addWidget(self.make)
        self.body.addWidget(Label(words, wrap=True))
        self.body.addWidget(flow_policy(holder))
        self.body.addWidget(self.made)
        context.discreet_changed.connect(self._hide_made)
        for part in (self._first, self.second_field, Field(_("When it is asked for"), self.ask)):
            self.body.addWidget(part)
        self.body.addWidget(
            Notice(_("The copies get the same passphrase. After this you print a new recovery key."), kind="info")
        )
        self.body.addStretch(1)

    @classmethod
    def open_for(cls, context: Context, *, again: bool = False, **_kw: Any) -> PassphraseDialog:
        """Open to ask for a passphrase."""
        dialog = cls(context, again)
        dialog.open(dialog.first)
        return dialog

    def _make(self) -> None:
        """Make a passphrase of words to learn, in sight once; typing them again begins that."""
        words = passphrases.make()
        self.first.setText(words)
        self.second.clear()
        self._show_made(words)
        self._first.show_error("")
        self.set_hint(_("Write it down, or learn it. Type it once more to go on; Alt M makes another."))
        self.second.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_made(self, words: str) -> None:
        self.made.setText(words)
        self.made.setVisible(bool(words) and not self.context.discreet)
        if not words:
            self.set_hint("")

    def _hide_made(self, discreet: bool) -> None:
        self.made.setVisible(bool(self.made.text()) and not discreet)

    def save(self) -> None:
        """Check what was typed, close, and let the program change the passphrase."""
        self._first.show_error("")
        self.second_field.show_error("")
        typed = self.first.text()
        try:
            names = (self.context.shop.name, *(one.name for one in self.context.staff))
            security.check_passphrase(typed, self.second.text(), names)
        except UserError as error:
            field = self.second_field if error.code == "not-the-same" else self._first
            field.show_error(error.message)
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        keep = self.ask.value() is False
        self.first.clear()
        self.second.clear()
        self._show_made("")
        self.close_sheet(True)
        self.context.rekey_wished.emit(typed, keep, False)
