"""Lock page: no customer, no count, only the time, who works here and what opens the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kapperboek.domain.time.clock import Clock
from kapperboek.domain.views.settings_view import StaffView
from kapperboek.i18n import _, format_weekday_in_full
from kapperboek.services.keeping.locking import LONGEST
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.locking.keypad import Keypad
from kapperboek.ui.locking.lock_people import People, SecretLine
from kapperboek.ui.start.full_page import Cover
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Field
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.text_labels import Icon, Label

TICK = 10_000  # milliseconds between two looks at the clock
TYPING = 1_500  # milliseconds within which two letters are one pair of initials
LOW, VERY_LOW = 780, 590  # window heights at 100 % below which the digits stand beside the names, and nothing else
ABOVE, BESIDE = 720, 960  # widths at 100 % of what stands in the middle
ANY_LENGTH = 1_000
CENTRE = Qt.AlignmentFlag.AlignHCenter


class LockPage(Cover):
    """``opened(staff_id, typed, forgotten)``: that person with a PIN, the passphrase, or nothing where one click will
    do; with the paper when the PIN was forgotten."""

    opened = Signal(int, str, bool)
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
        self._pins = {person.id: person.has_pin for person in here}
        self._names = {person.id: person.name for person in here}
        self._passphrase, self._forgotten, self._letters = passphrase, False, ""
        super().__init__(_("{shop} is locked").format(shop=shop or "Kapperboek"), "", width=ABOVE, parent=parent)
        self.title.hide()
        self._clock = clock
        self.time, self.day = Label("", size=56, weight=700), Label("", size=16, token="soft")
        ids = list(self._pins)
        mine = staff_id if staff_id in ids else next(iter(ids), 0)
        self.who = People([(one.id, one.initials, one.name) for one in here], mine, name=_("Who are you?"))
        self.seek = InlineLine(placeholder=_("Search by name…"))
        self.seek.setVisible(self.who.are_many())
        self.line = SecretLine(name=_("PIN"))
        self.field = Field(_("PIN"), self.line)
        self.keypad = Keypad(self.line)
        self.open_button = Button(_("Open"), icon="unlock", kind="primary", size="large", hint="↵")
        self.forgot = Button(_("PIN forgotten"), icon="key", kind="quiet", size="small")
        self.hint = Label(_("Typing initials chooses a name"), size=13.5, token="soft")
        self._place()
        self.finish()
        self._pause = QTimer(self, singleShot=True, interval=TYPING)
        self._pause.timeout.connect(self._forget_letters)
        self._listen()
        self._show_asked()
        self._tick()

    def _listen(self) -> None:
        self.who.changed.connect(self._chosen)
        self.seek.textEdited.connect(self.who.search)
        self.seek.entered.connect(self._take_keyboard)
        self.line.stepped.connect(self.who.step)
        self.forgot.clicked.connect(lambda: self._ask_for(forgotten=not self._forgotten))
        self.line.returnPressed.connect(self._try)
        self.line.textChanged.connect(lambda text: self.tell("") if text else None)  # said of what was typed before
        self.open_button.clicked.connect(self._try)

    # --- how it stands ------------------------------------------------------------------------------------

    def _place(self) -> None:
        """The names above the digits, or beside them where it is low."""
        left, right = QVBoxLayout(), QVBoxLayout()
        for label in (self.time, self.day, self.words, self.field.label):
            label.setAlignment(CENTRE)
        left.setSpacing(theme.px(4))
        left.addStretch(1)
        left.addWidget(self.time)
        left.addWidget(self.day)
        left.addSpacing(theme.px(14))
        left.addWidget(self.who)
        left.addWidget(self.seek, 0, CENTRE)
        left.addStretch(1)
        self._right = right
        right.addStretch(1)
        self.box.removeWidget(self.words)
        self.field.setMinimumWidth(theme.px(280))
        right.addWidget(self.words)
        parts: tuple[QWidget, ...] = (self.field, self.keypad, self.open_button, self.forgot)
        for part in parts:
            right.addWidget(part, 0, CENTRE)
        right.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(theme.px(18))
        self._halves.addLayout(left, 1)
        self._halves.addLayout(right, 1)
        self.box.addLayout(self._halves)
        self.brand.addWidget(Icon("lock", "soft"))
        self.brand.addWidget(Label(_("Locked · everything is kept"), size=14, token="soft"))
        foot = QHBoxLayout()
        foot.addWidget(self.hint)
        self.outer.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low, very_low = self.height() < theme.px(LOW), self.height() < theme.px(VERY_LOW)
        direction = QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom
        if self._halves.direction() != direction:
            self._halves.setDirection(direction)
        self._column.setMaximumWidth(theme.px(BESIDE if low else ABOVE))
        side = theme.px(4 if very_low else 26)
        self.outer.setContentsMargins(side, side, side, side)
        self._right.setSpacing(theme.px(5 if very_low else 12))
        self.top.setVisible(not very_low)
        self.who.set_small(very_low)
        self.keypad.set_low(very_low)
        self.time.setFont(theme.font(34 if very_low else 56, 700))
        self._show_asked(low=very_low)

    def _tick(self) -> None:
        """The time of the day, which tells nobody anything."""
        if self._clock is not None:
            now = self._clock.local()
            self.time.setText(f"{now:%H:%M}")
            self.day.setText(format_weekday_in_full(now.date()))
            later(self, self._tick, TICK)
        self.time.setVisible(self._clock is not None)
        self.day.setVisible(self._clock is not None)

    # --- what is asked ------------------------------------------------------------------------------------

    def _asked(self) -> str:
        """``pin``, ``passphrase``, ``paper`` (the recovery key), or nothing where one click will do."""
        if self._forgotten:
            alone = len(self._pins) == 1  # else others know the passphrase too, and it says of nobody who they are
            return "passphrase" if self._passphrase and alone else "paper"
        if self._pins.get(self._who(), False):
            return "pin"
        return "passphrase" if self._passphrase else ""

    def _who(self) -> int:
        who = self.who.value()
        return who if isinstance(who, int) else 0

    def _chosen(self, _who: object = None) -> None:
        self._ask_for(forgotten=False)

    def _ask_for(self, *, forgotten: bool) -> None:
        self._forgotten = forgotten
        self._show_asked()
        self.line.clear()
        self.tell("")
        if not self.seek.hasFocus():  # who searches goes on typing
            self._take_keyboard()

    def _show_asked(self, low: bool | None = None) -> None:
        asked, very_low = self._asked(), self.height() < theme.px(VERY_LOW) if low is None else low
        self.words.setText(self._explained(asked))
        self.words.setVisible(bool(self.words.text()))
        pin = _("PIN of {name}").format(name=self._names.get(self._who(), ""))
        called = {"pin": pin, "passphrase": _("Passphrase")}
        self.field.label.setText(called.get(asked, _("Recovery key")))
        self.line.setAccessibleName(self.field.label.text())
        self.line.dots = asked == "pin"
        self.line.setMaxLength(LONGEST if asked == "pin" else ANY_LENGTH)
        self.line.update()
        self.field.setVisible(bool(asked))
        self.keypad.setVisible(asked == "pin")
        self.open_button.setVisible(asked != "pin" or not very_low)
        self.forgot.setVisible(asked == "pin" or self._forgotten)
        self.forgot.setText(_("Back to the PIN") if self._forgotten else _("PIN forgotten"))
        self.forgot.setAccessibleName(self.forgot.text())
        self.forgot.set_hint("Esc" if self._forgotten else "")
        self.hint.setVisible(asked in ("pin", "") and len(self._pins) > 1 and not very_low)

    def _explained(self, asked: str) -> str:
        if asked == "paper":
            return _("Type the recovery key from the paper.")
        if asked or not self._pins:
            return ""
        if any(self._pins.values()):
            return _("This name has no PIN: one click opens it.")
        return _("Nobody has a PIN and no passphrase is asked, so anybody can open it. Choose them in the settings.")

    def _take_keyboard(self) -> None:
        first = self.line if self._asked() else self.open_button
        self.setFocusProxy(first)
        if self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._take_keyboard()

    # --- keys ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Initials choose who it is; among very many a name is searched for. Esc goes back to the PIN."""
        if event.key() == Qt.Key.Key_Escape and self._forgotten:
            self._ask_for(forgotten=False)
        elif event.text().isalpha() and self.who.are_many():
            self.seek.setFocus()
            self.seek.insert(event.text())
            self.who.search(self.seek.text())
        elif event.text().isalpha():
            self._letters += event.text()
            if not self.who.choose_by(self._letters):
                self._letters = event.text()
                self.who.choose_by(self._letters)
            self._pause.start()
        else:
            super().keyPressEvent(event)

    def _forget_letters(self) -> None:
        self._letters = ""

    def _try(self) -> None:
        if self.open_button.isEnabled() and (not self._asked() or self.line.text()):
            self.open_button.setEnabled(False)
            self.tell("")
            self.opened.emit(self._who(), self.line.text(), self._forgotten)

    def refuse(self, text: str) -> None:
        """Refuse the PIN or passphrase that was typed, and ask again."""
        self.open_button.setEnabled(True)
        self.tell(text)
        self.line.clear()
        self._take_keyboard()
