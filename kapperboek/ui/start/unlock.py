"""Unlock page: the notebook asks for its passphrase."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kapperboek.i18n import _
from kapperboek.ui.start.full_page import Cover
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Field, LineEdit
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.text_labels import Label


class UnlockPage(Cover):
    """Shows no names and no counts. ``unlocked(passphrase)`` when somebody has typed one."""

    unlocked = Signal(str)
    again = Signal()  # ask the computer's key store once more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("This notebook is locked"),
            _(
                "Type the passphrase, or the recovery key from the paper. "
                "Everything in it is encrypted; nobody can read it without."
            ),
            width=460,
            parent=parent,
        )
        self.line = LineEdit(name=_("Passphrase"))
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.installEventFilter(self)
        self.line.returnPressed.connect(self._try)
        self.field = Field(_("Passphrase"), self.line)
        self.caps = Label(_("Caps Lock is on"), size=13, weight=500, token="coral")
        self.caps.hide()
        self.open_button = Button(_("Open"), icon="unlock", kind="primary", size="large", hint="↵")
        self.open_button.clicked.connect(self._try)
        self.again_button = Button(_("Try the key store again"), icon="key")
        self.again_button.clicked.connect(self._ask_again)
        self.again_button.hide()
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (self.open_button, self.again_button):
            row.addWidget(button)
        for part in (self.field, self.caps, flow_policy(buttons)):
            self.box.addWidget(part)
        self.finish()
        self.setFocusProxy(self.line)

    def _try(self) -> None:
        if self.line.text() and self.open_button.isEnabled():
            self.busy(True)
            self.tell("")
            self.unlocked.emit(self.line.text())

    def _ask_again(self) -> None:
        self.busy(True)
        self.tell("")
        self.again.emit()

    def busy(self, busy: bool) -> None:
        """While the key is worked out, which takes half a second on purpose."""
        self.open_button.setEnabled(not busy)
        self.open_button.setText(_("Opening…") if busy else _("Open"))
        self.again_button.setEnabled(not busy)

    def refuse(self, text: str, *, again: bool = False) -> None:
        """Refuse what was typed, which is selected to be typed again. ``again``: it was the key store."""
        self.busy(False)
        self.again_button.setVisible(again or not self.again_button.isHidden())
        self.tell(text)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt does not tell the state of Caps Lock; a letter's capital against the Shift key does.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text().isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.setVisible(event.text().isupper() != shift)
        return False
