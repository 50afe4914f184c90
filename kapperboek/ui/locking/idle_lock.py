"""Idle lock: a notebook nobody touches becomes discreet, and later locks itself; also when the computer has slept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from kapperboek.ui.core.context import Context

_ACTIVE = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin)
MINUTE = 60_000
TICK = 5_000  # milliseconds between two looks at the clock
SLEPT = timedelta(seconds=35)  # between two looks: timers stand still while a computer sleeps


class QuietWatch(QObject):
    """Watches for keys and clicks only while the shop wants it: looking at every event costs a little."""

    def __init__(self, context: Context, lock: Callable[[], object]) -> None:
        super().__init__(context)
        self._context, self._lock = context, lock
        self.discreet, self.idle, self._tick = QTimer(self), QTimer(self), QTimer(self)
        for timer in (self.discreet, self.idle):
            timer.setSingleShot(True)
        self.discreet.timeout.connect(lambda: context.set_discreet(True))
        self.idle.timeout.connect(lock)
        self._tick.timeout.connect(self.look)
        self._seen = context.clock.now()
        context.shop_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        app, shop = QApplication.instance(), self._context.shop
        if app is None:
            return
        app.removeEventFilter(self)
        for timer in (self.discreet, self.idle, self._tick):
            timer.stop()
        self.discreet.setInterval(shop.discreet_after * MINUTE)
        self.idle.setInterval(shop.lock_after * MINUTE)
        if shop.discreet_after > 0 or shop.lock_after > 0:
            app.installEventFilter(self)
            self._begin()
        if shop.lock_after > 0:
            self._seen = self._context.clock.now()
            self._tick.start(TICK)

    def _begin(self) -> None:
        if self._context.shop.discreet_after > 0:
            self.discreet.start()
        if self._context.shop.lock_after > 0:
            self.idle.start()

    def look(self) -> None:
        """Lock when the clock says that the computer has slept since the last look."""
        now = self._context.clock.now()
        late = now - self._seen
        self._seen = now
        if late > SLEPT:
            self._lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVE:
            self._begin()
        return False
