"""Reopening: the notebook closed, replaced and opened again while the window stands; a copy put back, another key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kapperboek.domain.staff_rights import OWNER
from kapperboek.i18n import _
from kapperboek.services.permissions import require
from kapperboek.ui.app.open_notebook import Opening
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.window.main_window import Window


class Reopening(QObject):
    """Reopening of the notebook. Nothing of what the pages show is true after it, so they are made anew."""

    replaced = Signal()  # another state of the notebook stands there
    locked = Signal()  # it has another key, and its copies have not

    def __init__(self, context: Context, window: Window, opening: Opening) -> None:
        super().__init__(context)
        self._context, self._window, self._opening = context, window, opening

    def put_back(self, copy: Path, another: bool) -> None:
        """The notebook as it was when this copy was made, with the rights of then: not for whoever has fewer now.
        ``another``: also when it is of another one."""
        context = self._context
        put_back = lambda _may: self._put_back(copy, another)  # noqa: E731
        context.jobs.run(require, context.staff_id, OWNER, done=put_back, failed=context.tell, owner=self)

    def _put_back(self, copy: Path, another: bool) -> None:
        self._let_go()
        self._opening.restore(copy, another)

    def lock_anew(self, passphrase: str | None, keep: bool, same: bool) -> None:
        """The notebook under another key, of the ``same`` passphrase or another; its copies follow."""
        self._let_go()
        self._opening.lock_anew(passphrase, keep, same)

    def _let_go(self) -> None:
        shell = self._window.shell
        if shell is not None:
            shell.show_page("today", remember=False)
        self._context.jobs.close()

    def stands_again(self) -> None:
        """Show what is true now, and say what came of it."""
        from kapperboek.ui.start.startup_offers import offer_drafts

        context, opening = self._context, self._opening
        self.replaced.emit()
        self._window.undo.begin()  # other changes have other numbers
        offer_drafts(context, self._window.above)
        if opening.kept_aside is not None:
            text = _("The copy has been put back. The notebook as it was: {file}")
            context.toast(text.format(file=opening.kept_aside.name), veiled="")
            opening.kept_aside = None
        if opening.refused is not None:
            context.tell(opening.refused)
            opening.refused = None
        if opening.locked_anew:
            self._say_locked()

    def _say_locked(self) -> None:
        """The copies follow behind the window; those that cannot are told of above the page."""
        context, opening = self._context, self._opening
        opening.locked_anew = False
        words = _("Encrypted with the new key. The copies follow, those on a stick once it is back.")
        context.toast(words, veiled="")
        self.locked.emit()
        later(self, lambda: context.open_dialog("recovery"))  # once the shell that was is gone
