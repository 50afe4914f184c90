"""PIN dialogs: a PIN is shown by who takes over, and chosen for who works here."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kapperboek.domain.errors import UserError
from kapperboek.domain.staff_rights import OWNER
from kapperboek.domain.views.saved import Saved
from kapperboek.domain.views.settings_view import StaffView
from kapperboek.i18n import _
from kapperboek.services.keeping import locking, security
from kapperboek.ui.core.context import Context
from kapperboek.ui.locking.keypad import Keypad
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Field, LineEdit
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label


def _digits() -> LineEdit:
    line = LineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    line.setMaxLength(locking.LONGEST)
    return line


def _typed_anew(field: Field, text: str) -> None:
    """Clear the error of a field once something else is typed: it was said of what stood there before."""
    if text and field.has_error():
        field.show_error("")


class PinDialog(SheetDialog):
    """With ``new`` a PIN is chosen for this person, else it is asked before they take over."""

    def __init__(self, context: Context, person: StaffView, new: bool) -> None:
        title = _("PIN of {name}").format(name=person.name)
        super().__init__(context, title, width=460, save_text=_("Save") if new else _("Take over"))
        self.person, self.new = person, new
        self.pin, self.again = _digits(), _digits()
        self.pin_field, self._again = Field(_("PIN"), self.pin), Field(_("Once more"), self.again)
        if new:
            parts = [_("Four to eight digits."), _("Empty takes the PIN away.") if person.has_pin else ""]
            self.body.addWidget(Label(" ".join(filter(None, parts)), size=13.5, token="soft", wrap=True))
            self.forgotten = Label("", size=13.5, token="soft", wrap=True)
            self.paper = Button(_("Recovery key…"), icon="key", size="small")
            self.paper.hide()
            self.body.addWidget(self.forgotten)
            self.body.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeft)
            self.paper.clicked.connect(lambda: context.open_dialog("recovery"))
            context.jobs.saved.connect(self._saved)
        for field, line in ((self.pin_field, self.pin), (self._again, self.again)):
            line.textChanged.connect(partial(_typed_anew, field))
        self.body.addWidget(self.pin_field)
        if not new:
            self.keypad = Keypad(self.pin)
            self.body.addWidget(self.keypad, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._again)
        self._again.setVisible(new)
        self.body.addStretch(1)

    @classmethod
    def open_for(cls, context: Context, *, staff_id: int, new: bool = False, **_kw: Any) -> PinDialog | None:
        """Ask for it; None when there is no such person any more."""
        person = next((one for one in context.staff if one.id == staff_id), None)
        if person is None:
            return None
        dialog = cls(context, person, new)
        dialog.open(dialog.pin)
        if new:
            dialog.look_for_way_back()
        return dialog

    def look_for_way_back(self) -> None:
        """Say what opens when this PIN is forgotten, and offer to make that first where there is nothing yet."""
        if self.person.role == OWNER:
            self.context.jobs.run(security.opens_without_pin, done=self._show_way_back, owner=self)
        else:
            self.forgotten.setText(_("Forgotten? An owner gives you another."))

    def _saved(self, saved: Saved) -> None:
        if "setting" in saved.kinds:  # the paper was shown to be there
            self.look_for_way_back()

    def _show_way_back(self, opens: str) -> None:
        words = {
            "paper": _("Forgotten? The recovery key opens too."),
            "passphrase": _("Forgotten? The passphrase opens too."),
            "print": _("Forgotten? Only the recovery key opens then, and that is not on paper yet. Print it first."),
        }
        self.forgotten.setText(words[opens])
        self.paper.setVisible(opens == "print" and self.context.may(OWNER))
        self.relayout()

    def save(self) -> None:
        self.pin_field.show_error("")
        self._again.show_error("")
        if self.new and self.pin.text() != self.again.text():
            self._again.show_error(_("The two are not the same. Type it again."))
            return
        self.busy(True)
        if self.new:
            self.context.save(
                locking.set_pin, self.person.id, self.pin.text(),
                done=lambda _saved: self.close_sheet(True), failed=self._refused, owner=self,
            )
        else:
            self.context.jobs.run(
                locking.try_pin, self.person.id, self.pin.text(), done=self._right, failed=self._refused, owner=self
            )

    def _right(self, staff_id: int) -> None:
        self.close_sheet(True)
        self.context.set_staff(staff_id)

    def _refused(self, error: Exception) -> None:
        self.busy(False)
        if not isinstance(error, UserError):
            self.context.tell(error)
            return
        self.pin.clear()
        self.pin_field.show_error(error.message)
        self.again.clear()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)
