"""Locking the window while the notebook stays open: everything of customers leaves the widgets, the clipboard and what
a screen reader sees, because the pages themselves are gone.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QClipboard, QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid

from kapperboek import i18n
from kapperboek.domain import kept_words
from kapperboek.domain.errors import UserError
from kapperboek.services import locking
from kapperboek.ui.later import later

if TYPE_CHECKING:
    from kapperboek.ui.app import Program
    from kapperboek.ui.lock_page import LockPage

SOON = 500  # milliseconds until what was let go of is given back to the system


class Memory(Protocol):
    """What the system may do with the memory of this process (``system.process``)."""

    def keep_to_itself(self) -> None: ...
    def give_back_memory(self) -> None: ...


class Lock(QObject):
    """``lock()`` on demand, after idle time and when the computer has slept."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._page: LockPage | None = None
        QGuiApplication.clipboard().dataChanged.connect(self._note_copied)

    def lock(self) -> None:
        """Keep what is half typed, take away all that stands there, and ask who wants in."""
        from kapperboek.ui.widgets.sheets import open_sheets

        program = self._program
        if not program.stands() or program.window.cover is not None or not program.jobs.is_open():
            return
        self._shut()
        for sheet in reversed(open_sheets()):
            sheet.save_draft()
            sheet.close_sheet(False)
        self._close_others()
        self._forget_clipboard()
        program.window.take_pages_away()
        self._show_page()
        later(self, self._let_go)

    def _shut(self) -> None:
        """From now on nothing else opens, and what was asked is void."""
        self._program.context.locked = True
        self._program.context.locks += 1
        self._program.app.installEventFilter(self)

    def _close_others(self) -> None:
        """Every dialog, menu, list and tooltip there is, also the system's own and those over another."""
        QToolTip.hideText()
        for one in QApplication.topLevelWidgets():
            if isValid(one) and self._is_strange(one):
                _close(one)

    def _is_strange(self, one: QWidget) -> bool:
        """Whether this window belongs neither to the lock nor to what may stand over it."""
        from kapperboek.ui.widgets.sheets import open_sheets

        window = self._program.window
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
        """What was on the screen leaves the memory, as far as Python, Qt and SQLite let go of it."""
        from kapperboek.services import upkeep

        program = self._program
        program.context.forget_gone()
        if program.window.cover is not None:
            program.window.undo.forget_list()
        kept_words.forget()
        QPixmapCache.clear()
        gc.collect()
        program.jobs.on_every_connection(upkeep.let_go)
        later(self, program.give_back_memory, SOON)

    def begin(self) -> None:
        """Locked from the start: there is no page yet, and what Qt says itself must be Dutch all the same."""
        self._program.qt_words.speak(i18n.language())
        self._program.window.serve()
        self._shut()
        self._show_page()

    def _show_page(self) -> None:
        from kapperboek.ui.lock_page import LockPage

        context = self._program.context
        page = self._page = LockPage(
            context.shop.name, context.staff, context.staff_id, context.asks_passphrase, clock=context.clock
        )
        page.opened.connect(self._try)
        self._program.window.show_cover(page)

    def _note_copied(self) -> None:
        """What is copied while one of our windows is in front was copied there, also with Ctrl+C in a field."""
        if QGuiApplication.focusWindow() is not None:
            self._program.context.copied = QGuiApplication.clipboard().text()

    def _forget_clipboard(self) -> None:
        context, clipboard = self._program.context, QGuiApplication.clipboard()
        if context.copied and clipboard.text() == context.copied:
            clipboard.clear()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        context.copied = ""

    def _try(self, staff_id: int, typed: str, forgotten: bool) -> None:
        if self._page is not None:
            keeper = self._program.context.keeper
            self._program.jobs.run(
                locking.let_in, staff_id, typed, keeper, forgotten=forgotten, done=self._open, failed=self._refuse,
                owner=self._page,
            )  # fmt: skip

    def _refuse(self, error: Exception) -> None:
        if self._page is not None and isinstance(error, UserError):
            self._page.refuse(error.message)
        else:
            self._program.context.tell(error)

    def _open(self, staff_id: int) -> None:
        from kapperboek.ui.offers import offer_drafts

        self._page = None
        program = self._program
        program.context.locked = False
        program.app.removeEventFilter(self)
        if staff_id:  # before there is a page: it shows what this person may see
            program.context.set_staff(staff_id)
        if not program.stands():
            program.go_on()
            return
        shell = program.window.show_shell()
        shell.show_page("today")
        shell.search.prepare()
        program.context.drafts.write_waiting()
        offer_drafts(program.context, program.window)


def _close(one: QWidget) -> None:
    """A dialog as if it was left: the system's own is not a widget that is seen, and only hears of that."""
    if isinstance(one, QDialog):
        one.reject()
    elif one.isVisible():
        one.close()
