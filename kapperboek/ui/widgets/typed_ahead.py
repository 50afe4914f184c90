"""Keys pressed while a sheet is still saving, or not filled in yet: kept, and given to whatever has the keyboard
afterwards.

Who saves and at once types the next name means the page behind the sheet, not the sheet that is about to go. Who types
before a sheet is filled in would be written over. Qt has nothing for this but blocking the window: that loses the keys.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

_OF_THE_SHEET = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class _Key(NamedTuple):
    key: int
    modifiers: Qt.KeyboardModifier
    text: str

    def event(self, kind: QEvent.Type) -> QKeyEvent:
        return QKeyEvent(kind, self.key, self.modifiers, self.text)


class TypedAhead(QObject):
    """Keeps keys from ``__init__`` until ``give_back``. ``saving``: Enter and Esc are for what is being saved."""

    def __init__(self, window: QWidget, saving: bool = True) -> None:
        super().__init__(window)
        self._window, self._saving = window, saving
        self._keys: list[_Key] = []
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut acts: it comes as an ordinary key next
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() not in _ALONE:
            again = event.key() in _OF_THE_SHEET and not self._keys  # a second Ctrl+Enter, or Esc to what is going
            if not (again and self._saving):
                self._keys.append(_Key(event.key(), event.modifiers(), event.text()))
        return event.type() == QEvent.Type.KeyPress

    def give_back(self) -> None:
        """Press them now."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        for key in self._keys:
            self._press(key)
        self._keys = []
        self.deleteLater()

    def _press(self, key: _Key) -> None:
        target = QApplication.focusWidget() or self._window
        override = key.event(QEvent.Type.ShortcutOverride)
        override.ignore()
        QApplication.sendEvent(target, override)
        shortcut = None if override.isAccepted() else self._shortcut(key, target)
        if shortcut is not None:
            shortcut.activated.emit()
        else:
            QApplication.sendEvent(target, key.event(QEvent.Type.KeyPress))

    def _shortcut(self, key: _Key, target: QWidget) -> QShortcut | None:
        """The one Qt would have found for a key that really was pressed now."""
        pressed = QKeySequence(QKeyCombination(key.modifiers, Qt.Key(key.key)))
        for shortcut in self._window.findChildren(QShortcut):
            owner = shortcut.parent()
            if shortcut.key() != pressed or not shortcut.isEnabled() or not isinstance(owner, QWidget):
                continue
            of_window = shortcut.context() == Qt.ShortcutContext.WindowShortcut
            if owner.isVisible() and (of_window or owner is target or owner.isAncestorOf(target)):
                return shortcut
        return None
