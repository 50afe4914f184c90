"""Locking the window while the notebook stays open: everything of customers leaves the widgets, the clipboard and what
a screen reader sees, because the pages themselves are gone.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid

from kapperboek import i18n
from kapperboek.domain import word_cache
from kapperboek.domain.errors import UserError
from kapperboek.services.keeping import locking, maintenance
from kapperboek.ui.appearance.qt_translations import QtWords
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.locking.lock_page import LockPage
from kapperboek.ui.start.startup_offers import offer_drafts
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from kapperboek.ui.window.main_window import Window

SOON = 500  # milliseconds until what was let go of is given back to the system


class Memory(Protocol):
    """Memory of this process, and what the system may do with it (``system.process``)."""

    def keep_to_itself(self) -> None: ...
    def give_back_memory(self) -> None: ...


class Lock(QObject):
    """``lock()`` on demand, after idle time and when the computer has slept; not before Today ``stands``."""

    first_opened = Signal()  # before Today stands: somebody is known now, and it may come
    emptied = Signal()  # nothing of what stood there is in use any more: its memory may be given back

    def __init__(self, context: Context, window: Window, qt_words: QtWords, stands: Callable[[], bool]) -> None:
        super().__init__(context)
        self._context, self._window, self._qt_words, self._stands = context, window, qt_words, stands
        self._page: LockPage | None = None
        QGuiApplication.clipboard().dataChanged.connect(self._note_copied)

    def lock(self) -> None:
        """Keep what is half typed, take away all that stands there, and ask who wants in."""
        if not self._stands() or self._window.cover is not None or not self._context.jobs.is_open():
            return
        self._shut()
        for sheet in reversed(open_sheets()):
            sheet.save_draft()
            sheet.close_sheet(False)
        self._close_others()
        self._forget_clipboard()
        self._window.take_pages_away()
        self._show_page()
        later(self, self._let_go)

    def _shut(self) -> None:
        """Shut the window: from now on nothing else opens, and what was asked is void."""
        self._context.locked = True
        self._context.locks += 1
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def _close_others(self) -> None:
        """Every dialog, menu, list and tooltip there is, also the system's own and those over another."""
        QToolTip.hideText()
        for one in QApplication.topLevelWidgets():
            if isValid(one) and self._is_strange(one):
                _close(one)

    def _is_strange(self, one: QWidget) -> bool:
        """Tell whether this window belongs neither to the lock nor to what may stand over it."""
        window = self._window
        above: QWidget | None = one
        while above is not None and above is not window.cover and above not in open_sheets():
            above = above.parentWidget()
        return above is None and one is not window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is locked: whatever opens by itself, closes."""
        opens = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if opens and isinstance(watched, QWidget) and self._is_strange(watched):
            later(watched, lambda: _close(watched))
        return False

    def _let_go(self) -> None:
        """Forget what was on the screen: it leaves the memory, as far as Python, Qt and SQLite let go of it."""
        self._context.forget_gone()
        if self._window.cover is not None:
            self._window.undo.forget_list()
        word_cache.forget()
        QPixmapCache.clear()
        gc.collect()
        self._context.jobs.on_every_connection(maintenance.let_go)
        later(self, self.emptied.emit, SOON)

    def begin(self) -> None:
        """Locked from the start: there is no page yet, and what Qt says itself must be Dutch all the same."""
        self._qt_words.speak(i18n.language())
        self._window.serve()
        self._shut()
        self._show_page()

    def _show_page(self) -> None:
        context = self._context
        page = self._page = LockPage(
            context.shop.name, context.staff, context.staff_id, context.asks_passphrase, clock=context.clock
        )
        page.opened.connect(self._try)
        self._window.show_cover(page)

    def _note_copied(self) -> None:
        """Note what is copied while a window of ours is in front: it comes from there, also by Ctrl+C in a field."""
        if QGuiApplication.focusWindow() is not None:
            self._context.copied = QGuiApplication.clipboard().text()

    def _forget_clipboard(self) -> None:
        context, clipboard = self._context, QGuiApplication.clipboard()
        if context.copied and clipboard.text() == context.copied:
            clipboard.clear()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        context.copied = ""

    def _try(self, staff_id: int, typed: str, forgotten: bool) -> None:
        if self._page is not None:
            keeper = self._context.keeper
            self._context.jobs.run(
                locking.let_in, staff_id, typed, keeper, forgotten=forgotten, done=self._open, failed=self._refuse,
                owner=self._page,
            )

    def _refuse(self, error: Exception) -> None:
        if self._page is not None and isinstance(error, UserError):
            self._page.refuse(error.message)
        else:
            self._context.tell(error)

    def _open(self, staff_id: int) -> None:
        self._page = None
        context = self._context
        context.locked = False
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        if staff_id:  # before there is a page: it shows what this person may see
            context.set_staff(staff_id)
        if not self._stands():
            self.first_opened.emit()
            return
        shell = self._window.show_shell()
        shell.show_page("today")
        shell.search.prepare()
        context.drafts.write_waiting()
        offer_drafts(context, self._window.above)


def _close(one: QWidget) -> None:
    """A dialog as if it was left: the system's own is not a widget that is seen, and only hears of that."""
    if isinstance(one, QDialog):
        one.reject()
    elif one.isVisible():
        one.close()
