"""Locking the window while the notebook stays open: everything of customers leaves the widgets, the clipboard and what
a screen reader sees, because the pages themselves are gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from kapperboek import i18n
from kapperboek.domain.errors import UserError
from kapperboek.services import locking

if TYPE_CHECKING:
    from kapperboek.ui.app import Program
    from kapperboek.ui.lock_page import LockPage


class Lock(QObject):
    """``lock()`` on demand, after idle time and when the computer has slept."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._page: LockPage | None = None
        QGuiApplication.clipboard().dataChanged.connect(self._note_copied)

    def lock(self) -> None:
        """Keep what is half typed, take the pages away, and ask who wants in."""
        from kapperboek.ui.widgets.sheets import open_sheets

        program = self._program
        if not program.stands() or program.window.cover is not None or not program.jobs.is_open():
            return
        for sheet in reversed(open_sheets()):
            sheet.save_draft()
            sheet.close_sheet(False)
        self._forget_clipboard()
        program.window.take_pages_away()
        self._show_page()

    def begin(self) -> None:
        """Locked from the start: there is no page yet, and what Qt says itself must be Dutch all the same."""
        self._program.qt_words.speak(i18n.language())
        self._program.window.serve()
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
