"""Undo keys, Ctrl+Z and Ctrl+Shift+Z: in a text they are about the text. Elsewhere they take back, or
do again, what this person did in this sitting; what is larger, older or about somebody else asks
first (see ``services.journal.take_back``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.saved import DoneAgain, Saved, TakenBack
from kapperboek.domain.views.undo_view import Sitting, TakeBack
from kapperboek.i18n import _
from kapperboek.services import journal
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.key_repeat import HeldKey
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from kapperboek.ui.window.toast import Toast
from kapperboek.ui.window.undo_list import TakenBackList

Text = QLineEdit | QPlainTextEdit | QTextEdit


def text_of(widget: QWidget | None) -> Text | None:
    """The text that is typed in, when the keyboard is in one."""
    if isinstance(widget, QComboBox):
        return widget.lineEdit()
    if isinstance(widget, QAbstractSpinBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) else None


def beside(saved: Saved) -> str:
    """The button that a toast has beside what was done."""
    return _("Do it again after all") if isinstance(saved, TakenBack) else _("Undo")


class Undo(QObject):
    """The keys, and what belongs to the sitting: since when it is, what was done on which page, what was taken back
    one after the other. ``shell`` gives what shows the pages, while they are shown; ``toast`` the word at the bottom,
    unless nothing may be said.
    """

    def __init__(
        self,
        context: Context,
        window: QWidget,
        shell: Callable[[], QWidget | None],
        toast: Callable[[], Toast | None],
    ) -> None:
        super().__init__(window)
        self._context, self._shell, self._toast = context, shell, toast
        self._since: int | None = None  # not known yet: nothing is anybody's
        self._made: dict[tuple[str, int], set[int]] = {}
        self._back: list[TakenBack] = []
        self._about: dict[int, str] = {}  # what those were about, in its own words
        self._page = ("", 0)  # where those were taken back
        self.taken_list: TakenBackList | None = None
        self._add_keys(window)
        context.jobs.saved.connect(self._saved)
        context.saved_from.connect(self._saved_from)
        context.page_turned.connect(self._turned)
        context.staff_changed.connect(lambda: self.begin())
        context.discreet_changed.connect(lambda: self._veil())
        self.begin()

    def _add_keys(self, window: QWidget) -> None:
        self._held = HeldKey(window, (Qt.Key.Key_Z, Qt.Key.Key_Y))
        for keys, again in (("Ctrl+Z", False), ("Ctrl+Shift+Z", True), ("Ctrl+Y", True)):
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.setAutoRepeat(False)  # held down it takes back one thing, as pressed once
            shortcut.activated.connect(partial(self.press, again))

    def begin(self) -> None:
        """A sitting begins: what was done before is not taken back by a key."""
        self._since = None
        self._made.clear()
        self.forget_list()
        if self._context.jobs.is_open():
            self._context.jobs.run(journal.last_change, done=self._got_last, key="undo.since", owner=self)

    def _got_last(self, change_id: int) -> None:
        self._since = change_id

    # --- what was done ------------------------------------------------------------------------------------

    def _saved(self, saved: Saved) -> None:
        if saved.change_id:
            if not isinstance(saved, TakenBack | DoneAgain):
                self.forget_list()
            self._made.setdefault(self._context.page, set()).add(saved.change_id)

    def _saved_from(self, saved: Saved, page: tuple[str, int]) -> None:
        """Put a change with the page it was saved from: who saves and goes on at once has another in front by now."""
        if saved.change_id and page != self._context.page:
            self._made.get(self._context.page, set()).discard(saved.change_id)
            self._made.setdefault(page, set()).add(saved.change_id)

    def _turned(self, page: tuple[str, int]) -> None:
        if page != self._page:
            self.forget_list()

    # --- the keys -----------------------------------------------------------------------------------------

    def keys_for(self, saved: Saved) -> str:
        """The key that does what the button beside it does; none in a text, a dialog, on another page or for who
        took over: there it means something else."""
        page = self._context.page
        own = any(saved.change_id in made for made in self._made.values())
        here = own and (saved.change_id in self._made.get(page, ()) or page == ("card", saved.customer_id))
        if not here or open_sheets() or text_of(QApplication.focusWidget()) is not None:
            return ""
        return "Ctrl ⇧ Z" if isinstance(saved, TakenBack) else "Ctrl Z"

    def press(self, again: bool) -> None:
        """Undo (Ctrl+Z), or with ``again`` redo (Ctrl+Shift+Z)."""
        if self._shell() is None or self._held.repeats:
            return
        text = text_of(QApplication.focusWidget())
        if text is not None:
            text.redo() if again else text.undo()
        elif open_sheets() or not self._context.jobs.is_open():
            pass  # what is in front is a question, or nothing
        elif self._since is None:
            self._say_nothing(again)
        else:
            here = self._context.page
            sitting = Sitting(self._context.staff_id, self._since, here[1], frozenset(self._made.get(here, ())))
            done = partial(self._came, again)
            self._context.jobs.run(journal.take_back, sitting, again=again, done=done, failed=self._failed, owner=self)

    def _came(self, again: bool, result: Saved | TakeBack | None) -> None:
        if isinstance(result, Saved):
            self._say(result, self._back[0] if again and self._back else None)
        elif isinstance(result, TakeBack):
            if not open_sheets():
                was = self._back[0] if again and self._back else None
                self._context.open_dialog("take_back", question=result, done=lambda saved: self._say(saved, was))
        elif self.listed():
            self._tell(_nothing(again))
        else:
            self._say_nothing(again)

    def _say_nothing(self, again: bool) -> None:
        def look() -> None:
            self._context.show_changes(self._context.page[1])

        toast = self._toast()
        if toast is not None:
            toast.say(_nothing(again), "" if again else _("Changes"), look, icon="info")

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and self.listed():
            self._tell(self._context.private(error.message) or _("That did not work. F9 shows why."))
        elif isinstance(error, UserError) and error.code == "nothing-to-undo":
            self._context.toast(error.message, icon="info", veiled="")
        else:
            self._context.tell(error)

    def change(self, saved: Saved) -> None:
        """Take back this very change: the button beside what was said of it."""
        if self._context.jobs.is_open():
            jobs = self._context.jobs
            ask = jobs.work if saved.many else jobs.run  # of a whole list it takes a while: typing goes on
            ask(
                journal.undo, saved.change_id, by=self._context.staff_id,
                done=lambda now: self._say(now, saved), failed=self._failed, owner=self,
            )

    # --- saying what was taken back -------------------------------------------------------------------------

    def _say(self, saved: Saved, was: Saved | None = None) -> None:
        """The first in a toast; with what is taken back right after it, in a list in which each can be had again.
        ``was`` is what stands again now."""
        if self._context.page != self._page:
            self.forget_list()
            self._page = self._context.page
        if was in self._back:
            self._back = [one for one in self._back if one is not was]
        if isinstance(saved, TakenBack):
            self._back.insert(0, saved)
            self._ask_about(saved)
        shell = self._shell()
        if shell is not None and self._back and (len(self._back) > 1 or self.listed()):
            self._show_list(shell)
            if not isinstance(saved, TakenBack):
                self._tell(self._context.private(saved.what) or _("Done again"))
        else:
            if self.taken_list is not None and isValid(self.taken_list):
                self.taken_list.hide()
            bare = _("Undone") if isinstance(saved, TakenBack) else _("Done again")
            self._context.toast(saved.what or bare, saved, veiled=bare)

    def _ask_about(self, saved: TakenBack) -> None:
        def got(words: tuple[str, ...]) -> None:
            self._about[saved.change_id] = ", ".join(words)
            self._veil()

        if not saved.many:
            self._context.jobs.run(journal.about, saved.change_id, done=got, owner=self)

    def listed(self) -> bool:
        return self.taken_list is not None and isValid(self.taken_list) and self.taken_list.isVisible()

    def _tell(self, text: str) -> None:
        if self.taken_list is not None and isValid(self.taken_list):
            self.taken_list.tell(text)

    def _show_list(self, shell: QWidget) -> None:
        if self.taken_list is None or not isValid(self.taken_list):  # the shell was made anew
            self.taken_list = TakenBackList(shell)
            self.taken_list.again.connect(self.change)
            self.taken_list.changes.connect(lambda: self._context.show_changes(self._context.page[1]))
        toast = self._toast()
        if toast is not None:
            toast.hide()
        self.taken_list.show_rows(self._back, self._about, self._context.discreet)

    def _veil(self) -> None:
        shell = self._shell()
        if self.listed() and shell is not None:
            self._show_list(shell)

    def forget_list(self) -> None:
        """Forget the undo list, when somebody else works or another page came: what it held is in the journal only."""
        self._back.clear()
        self._about.clear()
        if self.taken_list is not None and isValid(self.taken_list):
            self.taken_list.hide()
            self.taken_list.deleteLater()
        self.taken_list = None


def _nothing(again: bool) -> str:
    if again:
        return _("There is nothing to do again.")
    return _("There is nothing of yours from this sitting to undo. What is older is in Changes.")
