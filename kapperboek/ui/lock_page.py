"""The locked window: no customer, no count, only who works here and what opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kapperboek.domain.views.settings import StaffView
from kapperboek.i18n import _
from kapperboek.ui.cover import Cover
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.fields import Choice, Field, LineEdit


class LockPage(Cover):
    """``opened(staff_id, typed)``: a PIN of that person, or with 0 the passphrase."""

    opened = Signal(int, str)
    silent = True

    def __init__(
        self, shop: str, people: tuple[StaffView, ...], staff_id: int, passphrase: bool, parent: QWidget | None = None
    ) -> None:
        with_pin = [person for person in people if person.active and person.has_pin]
        self._free = not with_pin and not passphrase
        words = (
            _("Nobody has a PIN yet and there is no passphrase, so anybody can open it. Choose them in the settings.")
            if self._free
            else _("Choose your name and type your PIN.")
            if with_pin
            else _("Type the passphrase.")
        )
        super().__init__(_("{shop} is locked").format(shop=shop or "Kapperboek"), words, width=460, parent=parent)
        ways: list[tuple[object, str]] = [(person.id, person.name) for person in with_pin]
        if passphrase or with_pin:
            ways.append((0, _("passphrase")))
        mine = staff_id if any(way == staff_id for way, _name in ways) else (ways[0][0] if ways else 0)
        self.who = Choice(ways, mine, name=_("Who are you?"))
        self.line = LineEdit(name=_("PIN"))
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field(_("PIN"), self.line)
        self.open_button = Button(_("Open"), icon="unlock", kind="primary", size="large", hint="↵")
        for part in (self.who, self.field, self.open_button):
            self.box.addWidget(part)
        self.who.setVisible(len(ways) > 1)
        self.field.setVisible(not self._free)
        self.finish()
        self.setFocusProxy(self.open_button if self._free else self.line)
        self.who.changed.connect(self._chosen)
        self.line.returnPressed.connect(self._try)
        self.open_button.clicked.connect(self._try)
        self._chosen(self.who.value())

    def _chosen(self, who: object) -> None:
        words = _("PIN") if who else _("Passphrase")
        self.field.label.setText(words)
        self.line.setAccessibleName(words)
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        if self.open_button.isEnabled() and (self._free or self.line.text()):
            self.open_button.setEnabled(False)
            self.tell("")
            who = self.who.value()
            self.opened.emit(who if isinstance(who, int) else 0, self.line.text())

    def refuse(self, text: str) -> None:
        """It was the wrong one."""
        self.open_button.setEnabled(True)
        self.tell(text)
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
