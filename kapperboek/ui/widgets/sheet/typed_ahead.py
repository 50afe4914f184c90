"""Typed-ahead keys, pressed while something saves or is not filled in yet: kept for what has the keyboard next.

Who saves and at once types the next name means the page behind the sheet, not the sheet that is about to go. Who types
before a sheet or a card is filled in would be written over, or write on the card that stood there before. Qt has
nothing for this but blocking the window: that loses the keys.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets

_OF_THE_SHEET = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_PRESS, _RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
_MOVES = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
)
_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
_HIDES = "F9"  # at once, whatever waits: somebody looks along
_LEAVES = ("Ctrl+L", "Alt+Left", "Alt+1", "Alt+2", "Alt+3", "Alt+4")  # at once when nothing was typed before them


class _Key(NamedTuple):
    """Key that went down or up; ``of_method``: letters put together from several keys (é)."""

    kind: QEvent.Type
    key: int
    modifiers: Qt.KeyboardModifier
    text: str
    repeated: bool = False
    of_method: bool = False

    def event(self, kind: QEvent.Type) -> QKeyEvent:
        return QKeyEvent(kind, self.key, self.modifiers, self.text, self.repeated)


class _Click(NamedTuple):
    """Mouse press or release kept after such keys: else they would go to what was clicked, perhaps another card."""

    window: QWindow
    on: QWidget | None
    event: QMouseEvent

    def again(self) -> None:
        """Click, unless something else stands there by now."""
        if isValid(self.window) and QApplication.widgetAt(self.event.globalPosition().toPoint()) is self.on:
            QApplication.sendEvent(self.window, self.event)


class TypedAhead:
    """Wait that keeps keys from now until ``give_back``; while there are more of these, until the last of them.

    ``saving``: Enter and Esc are for what is being saved. When nothing is asked of the notebook any more they are given
    back in any case: what was waited for does not come.
    """

    def __init__(self, context: Context, saving: bool = True) -> None:
        self.saving = saving
        self._keeper = _keeper_of(context)
        self._keeper.start(self)

    def give_back(self) -> None:
        """Press the keys in a moment: first who saved goes on, to a card perhaps, which may want to keep them too."""
        later(self._keeper, self.give_back_now)

    def give_back_now(self) -> None:
        """Press the keys now: all that was waited for stands."""
        self._keeper.end(self)


class _Keeper(QObject):
    """Keeper of the one row of keys of a window, in the order in which they were pressed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._window: QWidget = context.window
        self._waiting: list[TypedAhead] = []
        self._keys: list[_Key | _Click] = []
        self._down: set[int] = set()  # pressed while they were kept: their release belongs to it
        self._pressing = False
        context.jobs.idle.connect(self._nothing_comes)

    def start(self, wait: TypedAhead) -> None:
        if not self._waiting and not self._pressing:
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._waiting.append(wait)
        while wait.saving and self._keys and _of_the_sheet(self._keys[0]):
            self._keys.pop(0)  # as below: pressed again, or to what is going

    def end(self, wait: TypedAhead) -> None:
        if wait in self._waiting:
            self._waiting.remove(wait)
        if not self._waiting and not self._pressing:
            self._press_all()

    def _nothing_comes(self) -> None:
        for wait in list(self._waiting):
            wait.give_back()

    # --- keeping ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._pressing:
            return False
        if isinstance(event, QInputMethodEvent):
            if event.commitString():
                none = Qt.KeyboardModifier.NoModifier
                self._keys.append(_Key(_PRESS, 0, none, event.commitString(), of_method=True))
            return True
        if isinstance(event, QMouseEvent):
            return isinstance(watched, QWindow) and self._keep_click(watched, event)
        if not isinstance(event, QKeyEvent) or event.key() in _ALONE or self._acts_at_once(event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut acts: it comes as an ordinary key next
        elif event.type() == _PRESS:
            again = event.key() in _OF_THE_SHEET and not self._keys  # a second Ctrl+Enter, or Esc to what is going
            if not (again and any(wait.saving for wait in self._waiting)):
                self._down.add(event.key())
                self._keep(event)
        elif event.key() in self._down:
            self._keep(event)
            if not event.isAutoRepeat():
                self._down.discard(event.key())
        else:
            return False  # it was pressed before
        return True

    def _keep(self, event: QKeyEvent) -> None:
        self._keys.append(_Key(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat()))

    def _acts_at_once(self, event: QKeyEvent) -> bool:
        pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        if pressed not in _LEAVES:
            return pressed == _HIDES
        if open_sheets() or any(wait.saving for wait in self._waiting):
            return False  # after what is being saved
        if all(isinstance(one, _Key) and one.key in _MOVES for one in self._keys):
            self._keys.clear()  # these moved about on the page that is left
        return not self._keys

    def _keep_click(self, window: QWindow, event: QMouseEvent) -> bool:
        if not self._keys or event.type() not in _CLICKS:
            return False
        at = event.globalPosition()
        kept = QMouseEvent(
            event.type(), event.position(), at, event.button(), event.buttons(), event.modifiers()
        )
        self._keys.append(_Click(window, QApplication.widgetAt(at.toPoint()), kept))
        return True

    # --- giving back --------------------------------------------------------------------------------------

    def _press_all(self) -> None:
        """Press key after key, until one of them has something filled in again: the others are for that."""
        self._pressing = True
        try:
            while self._keys and not self._waiting:
                self._press(self._keys.pop(0))
        finally:
            self._pressing = False
            if self._keys and not self._waiting:  # a bug in what one of them does takes no other along
                later(self, self._press_all)
            elif not self._waiting:
                self._down.clear()
                QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def _press(self, key: _Key | _Click) -> None:
        target = self._target()
        if isinstance(key, _Click):
            key.again()
        elif key.of_method and target.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            letters = QInputMethodEvent()
            letters.setCommitString(key.text)
            QApplication.sendEvent(target, letters)
        elif key.kind == _RELEASE:
            QApplication.sendEvent(target, key.event(_RELEASE))
        else:
            self._press_down(key, target)

    def _target(self) -> QWidget:
        """Widget that a key really pressed now would go to."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        return QApplication.focusWidget() or self._window

    def _press_down(self, key: _Key, target: QWidget) -> None:
        override = key.event(QEvent.Type.ShortcutOverride)
        override.ignore()
        QApplication.sendEvent(target, override)
        shortcut = None if override.isAccepted() else self._shortcut(key, target)
        if shortcut is None:
            QApplication.sendEvent(target, key.event(_PRESS))
        elif shortcut.autoRepeat() or not key.repeated:
            shortcut.activated.emit()

    def _shortcut(self, key: _Key, target: QWidget) -> QShortcut | None:
        """Shortcut Qt would have found for a key that really was pressed now."""
        held = key.modifiers & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(QKeyCombination(held, Qt.Key(key.key)))
        for shortcut in self._window.findChildren(QShortcut):
            owner = shortcut.parent()
            if shortcut.key() != pressed or not shortcut.isEnabled() or not isinstance(owner, QWidget):
                continue
            of_window = shortcut.context() == Qt.ShortcutContext.WindowShortcut
            if owner.isVisible() and (of_window or owner is target or owner.isAncestorOf(target)):
                return shortcut
        return None


def _of_the_sheet(kept: _Key | _Click) -> bool:
    return isinstance(kept, _Key) and kept.key in _OF_THE_SHEET


def _keeper_of(context: Context) -> _Keeper:
    here = Qt.FindChildOption.FindDirectChildrenOnly
    found = context.window.findChildren(_Keeper, options=here)
    return found[0] if found else _Keeper(context)
