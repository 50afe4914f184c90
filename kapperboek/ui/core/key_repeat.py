"""Key repeat: a key that is held down. Most desktops tell Qt, but under X some repeats come as presses of their own."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_SAME_MOMENT = 4  # milliseconds: nobody lets go of a key and presses it again so soon; a repeat does
_FORGOTTEN = 1_500  # milliseconds: a key that is held repeats sooner; its release went elsewhere


class HeldKey(QObject):
    """Watches these keys of a window. Times are those at which the keys were pressed, however late we hear of them."""

    def __init__(self, window: QWidget, keys: Iterable[Qt.Key]) -> None:
        super().__init__(window)
        self._keys = frozenset(int(key) for key in keys)
        self._down: dict[int, int] = {}  # since when, or when it last repeated
        self._released: dict[int, int] = {}
        self.repeats = False  # the last press was none of its own
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate:
            self._down.clear()
        elif kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            key, at = int(event.key()), event.timestamp()
            if key not in self._keys:
                pass
            elif kind == QEvent.Type.ShortcutOverride:
                self.repeats = event.isAutoRepeat() or self._is_down(key, at) or self._just_released(key, at)
                self._down[key] = at
            elif not event.isAutoRepeat():
                self._down.pop(key, None)
                self._released[key] = at
        return False

    def _is_down(self, key: int, at: int) -> bool:
        return key in self._down and at - self._down[key] < _FORGOTTEN

    def _just_released(self, key: int, at: int) -> bool:
        return bool(at) and at - self._released.get(key, -_FORGOTTEN) <= _SAME_MOMENT
