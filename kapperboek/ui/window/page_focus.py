"""Focus on the page, so that the keyboard stays there: when what has it is hidden, Qt would give it to whatever comes
next, a button of the column or *Undo* in the toast, and what is typed goes astray.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kapperboek.ui.forms.page import Page


class Keyboard(QObject):
    """Gives the keyboard back to the page in front, where it was last; what was hidden gets it again once shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._page: Page | None = None
        self._last: QWidget | None = None  # on that page
        self._hidden: QWidget | None = None  # it had the keyboard until it was hidden
        self._instead: QWidget | None = None  # what has it since
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    def turn_to(self, page: Page) -> None:
        """Note the page that has come to the front."""
        if page is not self._page:
            self._page, self._last = page, None

    def give_back(self, hidden: QWidget | None = None) -> None:
        """Give the keyboard back to the page; ``hidden`` had it until now."""
        page = self._page
        if page is None or not isValid(page):
            return
        last = self._last
        there = last is not None and isValid(last) and last is not hidden and last.isVisible() and last.isEnabled()
        target = last if there and last is not None else page.keyboard_home()
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._forget_hidden()
        if hidden is not None and page.isAncestorOf(hidden):
            self._hidden, self._instead = hidden, QApplication.focusWidget()
            hidden.installEventFilter(self)

    def _forget_hidden(self) -> None:
        if self._hidden is not None and isValid(self._hidden):
            self._hidden.removeEventFilter(self)
        self._hidden = self._instead = None

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        page = self._page
        if new is None or page is None or not isValid(page):
            return
        if new is page:
            self._last = None
        elif page.isAncestorOf(new) and new.isVisible():
            self._last = new
        if self._hidden is not None and new is not self._instead:
            self._forget_hidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._hidden:
            hidden, instead = self._hidden, self._instead
            self._forget_hidden()
            if instead is QApplication.focusWidget():
                hidden.setFocus(Qt.FocusReason.OtherFocusReason)
        return False
