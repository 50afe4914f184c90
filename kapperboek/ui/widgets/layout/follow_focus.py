"""Scroll an area to the widget that has the focus, however it got the keyboard, and again when it grows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from kapperboek.ui.appearance import theme
from kapperboek.ui.core.deferred_calls import later

AROUND = 40  # pixels at 100 %: the label above a field, the choices beside the one that is chosen


class FollowFocus(QObject):
    """Follower of the focus in an area, as long as that lives; who clicks sees where, only the keyboard is followed."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]
        area.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._show())

    def _moved(self, _before: QWidget | None, _now: QWidget | None) -> None:
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._show()
            later(self, self._show)  # what came with it is laid out by then

    def _show(self) -> None:
        focus = QApplication.focusWidget()
        inside = self._area.widget() if isValid(self._area) else None
        if focus is not None and inside is not None and inside.isAncestorOf(focus) and self._area.isVisible():
            # Not that of its viewport: PySide would load every kind of widget there is, to see which of them that is.
            room = (self._area.contentsRect().height() - focus.height()) // 2
            if room >= 0:  # a list that is higher shows its own row
                self._area.ensureWidgetVisible(focus, 0, min(theme.px(AROUND), room))
