"""Undo list over the page: what was taken back one after the other, each to be had again. It takes no keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from kapperboek.domain.views.saved import TakenBack
from kapperboek.i18n import _, ngettext
from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.text_labels import Heading, Label

STAYS = 15_000  # milliseconds after the last of it; while the mouse or the keyboard is on it, it stays
SHOWN = 5
WIDTH = 480


class TakenBackList(CardFrame):
    """Stands at the bottom of the shell, where otherwise one toast would cover the other, and goes with it."""

    again = Signal(object)  # a TakenBack that somebody wants after all
    changes = Signal()

    def __init__(self, shell: QWidget) -> None:
        super().__init__(parent=shell)
        self._around = shell
        self.buttons: list[Button] = []
        self._rows = vbox(gap=8)
        self.said = Label("", size=13.5, token="soft", wrap=True)
        self.said.hide()
        self.body.addLayout(self._head())
        self.body.addLayout(self._rows)
        self.body.addWidget(self.said)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._fade)
        shell.installEventFilter(self)
        self.hide()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(Heading(_("Undone"), 2), 1)
        look = Button(_("Changes"), icon="clock", kind="quiet", size="small")
        look.clicked.connect(self.changes)
        close = icon_button("cross", _("Close"))
        close.clicked.connect(self.hide)
        for button in (look, close):
            button.leave_keyboard()
            head.addWidget(button)
        return head

    def show_rows(self, taken: Sequence[TakenBack], about: Mapping[int, str], discreet: bool) -> None:
        """Show these, the newest first, and by the number of the change what they were ``about``; in ``discreet`` mode
        neither."""
        for row in [self._rows.takeAt(0) for _row in range(self._rows.count())]:
            widget = row.widget() if row is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for one in taken[:SHOWN]:
            words = (_("Undone"), "") if discreet else (one.what, about.get(one.change_id, ""))
            line = self._row(one, *words)
            self._rows.addWidget(line)
            line.show()  # now, for the height of the list is asked next
        more = len(taken) - SHOWN
        if more > 0:
            rest = ngettext("and {n} before that, in Changes", "and {n} before those, in Changes", more)
            self._rows.addWidget(Label(rest.format(n=more), size=13.5, token="soft"))
        self.tell("")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def tell(self, text: str) -> None:
        """Say something below the rows; empty takes it away."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.setAccessibleName(text or _("Undone"))
        self.show()
        self._place()
        self.raise_()
        self._timer.start(STAYS)

    def _row(self, taken: TakenBack, words: str, about: str) -> QWidget:
        row = QWidget()
        box = hbox(row)
        said = vbox(gap=0)
        said.addWidget(Label(words, weight=500, wrap=True))
        if about:
            said.addWidget(Label(about, size=13.5, token="soft", wrap=True))
        box.addLayout(said, 1)
        key = "" if self.buttons else "Ctrl ⇧ Z"  # the key is about the newest
        text = _("Do it again after all")
        button = Button(text, icon="redo", kind="quiet", size="small", hint=key, name=f"{text}: {about or words}")
        button.setToolTip("")
        button.leave_keyboard()
        button.clicked.connect(lambda: self.again.emit(taken))
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.buttons.append(button)
        return row

    def _fade(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(STAYS)
        else:
            self.hide()

    def _place(self) -> None:
        room, margin = self._around.size(), theme.px(24)
        width = min(theme.px(WIDTH), room.width() - 2 * margin)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        wanted = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        height = min(wanted, room.height() - 2 * margin)
        self.setGeometry(room.width() - width - margin, room.height() - height - margin, width, height)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
