"""Toast, a quiet word at the bottom of the window: what was saved, with *Undo*. It never takes the keyboard away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.layout.boxes import hbox
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from kapperboek.ui.widgets.text_labels import Icon, Label

QUIET = 8_000  # milliseconds a toast stays
WARNING = 15_000


class Toast(QWidget):
    """One line over the page; the next replaces it. While the mouse or the keyboard is on it, it stays."""

    room_wished = Signal(int)  # pixels below the page, so that it lies over no words and no button

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._row = hbox(self, gap=10, margins=(16, 0, 8, 0))
        self._window = window
        self._wrong = self._busy = self._discreet = False
        self._about: frozenset[int] = frozenset()  # the customers it tells of
        self._said = self._veiled = ""
        self._keys: Callable[[], str] = str
        self.words = Label("", weight=500, wrap=True)
        self.action: Button | None = None
        self.icon: Icon | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fade)
        self._row.addWidget(self.words, 1)
        window.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        action: str = "",
        do: Callable[[], object] | None = None,
        keys: Callable[[], str] = str,
        icon: str = "check",
        wrong: bool = False,
        busy: bool = False,
        veiled: str = "",
        about: frozenset[int] = frozenset(),
    ) -> None:
        """Show ``text``, with a button ``action`` that does ``do``, as do ``keys`` where it names any. ``busy``: it
        stays until ``saved``; ``veiled`` stands in its place while somebody looks along, empty if it tells of nobody.
        ``about``: whose cards.
        """
        self._wrong, self._busy, self._about, self._keys = wrong, busy, about - {0}, keys
        for old in (self.action, self.icon):
            if old is not None:
                self._row.removeWidget(old)
                old.hide()
                old.deleteLater()
        token = "coral" if wrong else "petrol"
        self.icon = Icon("alert" if wrong else "clock" if busy else icon, token)
        self._row.insertWidget(0, self.icon)
        self.action = None
        if action and do is not None:
            self.action = Button(action, kind="quiet", size="small", hint=keys())
            self.action.leave_keyboard()
            self.action.clicked.connect(lambda: do())
            self.action.clicked.connect(self.hide)
            self._row.addWidget(self.action)
        self.words.set_token(token if wrong else "ink")
        self._said, self._veiled = text, veiled or text
        self._show_words()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.start(WARNING if wrong else QUIET)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.room_wished.emit(0)

    def show_keys(self, *_now: object) -> None:
        """Show the keys of the toast's button anew: on another page, for somebody else working or with the keyboard
        elsewhere they may mean something else.
        """
        if self.action is not None and not self.isHidden() and self.action.hint != self._keys():
            self.action.set_hint(self._keys())
            self._place()

    def set_discreet(self, discreet: bool) -> None:
        """Veil what is said already while somebody looks along, or show it again."""
        self._discreet = discreet
        if not self.isHidden():
            self._show_words()

    def _show_words(self) -> None:
        text = self._veiled if self._discreet else self._said
        self.words.setText(text)
        self.setAccessibleName(text)
        self._place()

    def turn_to(self, customer_id: int) -> None:
        """Hide a toast about somebody else when this card comes in front."""
        if self._about and customer_id not in self._about:
            self.hide()

    def saved(self) -> None:
        """Saving is over: take away that it is going on; anything else that is said stays."""
        if self._busy:
            self.hide()

    def _fade(self) -> None:
        busy = self._busy or self.underMouse() or (self.action is not None and self.action.hasFocus())
        if busy:
            self._timer.start(QUIET)
        else:
            self.hide()

    def _place(self) -> None:
        room = self._window.size()
        margins = theme.px(34)
        extra = self.action.sizeHint().width() + theme.px(10) if self.action else 0
        metrics = self.words.fontMetrics()
        wanted = metrics.horizontalAdvance(self.words.text()) + extra + theme.px(20 + 24) + margins
        width = min(wanted, room.width() - 2 * theme.px(24))
        height = max(theme.px(40), self._row.heightForWidth(width) + theme.px(12))
        # Where there are no words and no buttons: below a page, and above what a sheet says.
        top = theme.px(4) if open_sheets() else room.height() - height - theme.px(6)
        self.setGeometry((room.width() - width) // 2, top, width, height)
        self.room_wished.emit(0 if open_sheets() else height)  # also when the sheet above which it stood has gone

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildRemoved) and self.isVisible():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(theme.color("coral" if self._wrong else "line"))
        painter.setBrush(theme.color("coral_tint" if self._wrong else "card"))
        painter.drawRoundedRect(rect, theme.px(12), theme.px(12))
