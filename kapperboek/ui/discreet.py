"""Discreet by itself: after so many minutes without a key or a click, everything private is hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from kapperboek.ui.context import Context

_ACTIVE = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin)
MINUTE = 60_000


class QuietWatch(QObject):
    """Watches for keys and clicks only while the shop wants it: looking at every event costs a little."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._quiet)
        context.shop_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        app = QApplication.instance()
        if app is None:
            return
        app.removeEventFilter(self)
        self._timer.stop()
        if self._context.shop.discreet_after > 0:
            app.installEventFilter(self)
            self._timer.start(self._context.shop.discreet_after * MINUTE)

    def _quiet(self) -> None:
        self._context.set_discreet(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVE:
            self._timer.start()
        return False
