"""Notices at the bottom of the window: held back while it is locked, and veiled while somebody looks along."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.ui.core.context import Context

if TYPE_CHECKING:
    from kapperboek.ui.window.toast import Toast
    from kapperboek.ui.window.undo_keys import Undo


class Saying(QObject):
    """Fulfils the wishes of the context to tell something, unless it is ``silent`` now; ``undo`` takes back what is
    told of."""

    room_wished = Signal(int)  # pixels below the page, for what is said

    def __init__(
        self, context: Context, window: QWidget, silent: Callable[[], bool], undo: Callable[[], Undo]
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._silent, self._undo = context, window, silent, undo
        self._toast: Toast | None = None
        self._unsaid: list[Callable[[], None]] = []  # what came while it was locked: it may name somebody
        context.toast_wished.connect(self._say)
        context.error_wished.connect(self._say_error)
        context.saving_wished.connect(self._say_saving)
        context.discreet_changed.connect(self._veil)
        context.page_turned.connect(self._turned)

    @property
    def toast(self) -> Toast:
        """The quiet word at the bottom; made when there is something to say."""
        if self._toast is None:
            from kapperboek.ui.window.toast import Toast

            self._toast = Toast(self._window)
            self._toast.set_discreet(self._context.discreet)
            self._toast.room_wished.connect(self.room_wished)
            self._context.page_turned.connect(self._toast.show_keys)
            self._context.staff_changed.connect(self._toast.show_keys)
            QApplication.instance().focusChanged.connect(self._toast.show_keys)  # type: ignore[union-attr]
        return self._toast

    def toast_now(self) -> Toast | None:
        """The quiet word, None while nothing may be said."""
        return None if self._silent() else self.toast

    def forget(self) -> None:
        """Forget the toast: nothing of what was said may stay."""
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None

    def say_unsaid(self) -> None:
        """Say the notices that were held back while the window was locked."""
        unsaid, self._unsaid = self._unsaid, []
        for say in unsaid:
            say()

    def _say(self, text: str, saved: Saved | None, icon: str, veiled: str) -> None:
        from kapperboek.ui.window.undo_keys import beside

        if self._silent():
            self._unsaid.append(lambda: self._say(text, saved, icon, veiled))
            return
        here = frozenset({self._context.page[1]} if veiled else ())  # what is veiled is about who is in front
        about = here if saved is None else saved.customers
        if saved is not None and saved.change_id:
            undo = self._undo()
            keys = partial(undo.keys_for, saved)
            self.toast.say(text, beside(saved), lambda: undo.change(saved), keys, veiled=veiled, about=about)
        else:
            self.toast.say(text, icon=icon, veiled=veiled, about=about)

    def _say_saving(self, saving: bool) -> None:
        if saving:
            self.toast.say(_("Saving…"), busy=True)
        elif self._toast is not None:
            self._toast.saved()

    def _say_error(self, error: UserError) -> None:
        if self._silent():
            self._unsaid.append(lambda: self._say_error(error))
        else:
            self.toast.say(error.message, wrong=True, veiled=_("That did not work. F9 shows why."))

    def _turned(self, page: tuple[str, int]) -> None:
        """Take a toast about somebody from over the card of another; Ctrl+Z and Changes have it still."""
        if self._toast is not None and page[1]:
            self._toast.turn_to(page[1])

    def _veil(self, discreet: bool) -> None:
        """Veil what stands over the page and is no page's: the toast, open menus and lists, a tooltip."""
        if self._toast is not None:
            self._toast.set_discreet(discreet)
        if discreet:
            QToolTip.hideText()
            while (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
