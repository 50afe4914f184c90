"""The locked window: no customer, no count, only who works here and what opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kapperboek.domain.views.settings import StaffView
from kapperboek.i18n import _
from kapperboek.ui import theme
from kapperboek.ui.cover import Cover
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.fields import Choice, Field, LineEdit
from kapperboek.ui.widgets.keypad import Keypad
from kapperboek.ui.widgets.labels import Label

if TYPE_CHECKING:
    from kapperboek.domain.clock import Clock

TICK = 10_000  # milliseconds between two looks at the clock


class LockPage(Cover):
    """``opened(staff_id, typed)``: that person with a PIN, or without for want of one; with 0 the passphrase."""

    opened = Signal(int, str)
    silent = True

    def __init__(
        self,
        shop: str,
        people: tuple[StaffView, ...],
        staff_id: int,
        passphrase: bool,
        parent: QWidget | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        here = [person for person in people if person.active]
        pins = any(person.has_pin for person in here)
        self._free = not pins and not passphrase
        super().__init__(_("{shop} is locked").format(shop=shop or "Kapperboek"), "", width=460, parent=parent)
        self._pins = {person.id: person.has_pin for person in here} if pins else {}
        ways: list[tuple[object, str]] = [(one.id, f"{one.initials} · {one.name}") for one in here if pins]
        if passphrase or pins:  # a PIN is forgotten sooner than the paper is lost
            ways.append((0, _("passphrase") if passphrase else _("recovery key")))
        mine = staff_id if staff_id in self._pins else (ways[0][0] if ways else 0)
        self._secret = _("Passphrase") if passphrase else _("Recovery key")
        self._ask = _("Type the passphrase.") if passphrase else _("Type the recovery key from the paper.")
        self._clock, self.time = clock, Label("", size=40, weight=700)
        self.who = Choice(ways, mine, name=_("Who are you?"))
        for button in self.who.findChildren(Button):
            button.setMinimumHeight(theme.px(56))
        self.line = LineEdit(name=_("PIN"))
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field(_("PIN"), self.line)
        self.keypad = Keypad(self.line)
        self.open_button = Button(_("Open"), icon="unlock", kind="primary", size="large", hint="↵")
        self.box.insertWidget(1, self.time)
        for part in (self.who, self.field, self.keypad, self.open_button):
            self.box.addWidget(part)
        self.who.setVisible(len(ways) > 1)
        self.finish()
        self.who.changed.connect(self._chosen)
        self.line.returnPressed.connect(self._try)
        self.open_button.clicked.connect(self._try)
        self._chosen(self.who.value())
        self._tick()

    def _tick(self) -> None:
        """The time of the day, which tells nobody anything."""
        if self._clock is not None:
            self.time.setText(f"{self._clock.local():%H:%M}")
            QTimer.singleShot(TICK, self, self._tick)
        self.time.setVisible(self._clock is not None)

    def _asked(self) -> str:
        """``pin``, ``secret`` (the passphrase or the recovery key), or nothing where one click will do."""
        who = self.who.value()
        if self._free or (who and not self._pins.get(int(str(who)), False)):
            return ""
        return "pin" if who else "secret"

    def _chosen(self, who: object) -> None:
        asked = self._asked()
        words = _("PIN") if asked == "pin" else self._secret
        self.words.setText(
            _("Nobody has a PIN yet and there is no passphrase, so anybody can open it. Choose them in the settings.")
            if self._free
            else {"pin": _("Choose your name and type your PIN."), "secret": self._ask}.get(
                asked, _("This name has no PIN: one click opens it."))
        )  # fmt: skip
        self.field.setVisible(bool(asked))
        self.keypad.setVisible(asked == "pin")
        self.field.label.setText(words)
        self.line.setAccessibleName(words)
        self.line.clear()
        first = self.line if asked else self.open_button
        self.setFocusProxy(first)
        if self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        if self.open_button.isEnabled() and (not self._asked() or self.line.text()):
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
