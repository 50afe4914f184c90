"""Watch over the file of the open notebook, every few seconds: whether it is still where it was, and complete.

A file that was moved is followed; one that has no name any more is saved under a new one, which is gone on with. What
can't be helped from here is said in a line above the page, and no save is confirmed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.file_health import FileSeen
from kapperboek.i18n import _
from kapperboek.services.keeping import whereabouts
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.banner import Banner, put_above
from kapperboek.ui.widgets.buttons import Button

EVERY = 3_000  # milliseconds
GONE = "file-gone"


class FileWatch(QObject):
    """``stuck`` while nothing can be saved and nobody can help it here; ``above`` gives where a line above the page
    goes, while there is such a place."""

    found = Signal(object)  # the notebook, which is closed, is at this path: to be opened there
    followed = Signal(object)  # it is open at this path now

    def __init__(self, context: Context, above: Callable[[], QVBoxLayout | None]) -> None:
        super().__init__(context)
        self._context, self._jobs, self._above = context, context.jobs, above
        self.stuck = False
        self._busy = False
        self._last = FileSeen(True, 0, 0)
        self._noted = 0  # the mark of the state that was last settled
        self._was: Path | None = None  # what it was called, while it is being opened by its new name
        self._words = ""
        self.bar: FileBar | None = None
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(EVERY)
        self._context.error_wished.connect(self._heard)
        self._context.save_failed.connect(self._heard)

    def _heard(self, error: object) -> None:
        if isinstance(error, UserError) and error.code == GONE:
            self.look()

    def look(self) -> None:
        """Look where the file is, and do what that asks for."""
        self._show()
        if self._jobs.is_open() and not self._busy:
            self._jobs.run(whereabouts.look, done=self.seen, failed=self._context.pass_over, key="file", owner=self)

    def seen(self, found: FileSeen) -> None:
        """Act on what was seen of the file: it is there and nothing was saved for a moment, then all of it goes into
        the file. Or it is not there.
        """
        last, self._last = self._last, found
        if not found.here:
            self.go_after()
        elif self.stuck:
            self.stuck = False
            self._say("")
            self._context.drafts.write_waiting()
        elif found == last and (found.left or found.mark != self._noted) and self._jobs.pending() <= 1:
            self._noted = found.mark
            self._jobs.work(whereabouts.settle, self._context.keeper, failed=self._context.pass_over, owner=self)


    # --- when it is not there -----------------------------------------------------------------------------

    def go_after(self, again: bool = False) -> None:
        """See to it that what was confirmed is in a file with a name, and go on with that; ``again`` also when it could
        not be done before."""
        if self._busy or (self.stuck and not again) or not self._jobs.is_open():
            return
        self._busy = True
        self._jobs.cancel_work()
        backups = self._context.backups
        folders = [one for one in (backups, Path.home()) if one is not None and one.is_dir()]
        self._jobs.run(whereabouts.secure, folders, done=self._secured, failed=self._not_secured, owner=self)

    def _secured(self, path: Path | None) -> None:
        self._busy = False
        if path is not None:
            self._was = self._context.notebook
            self._jobs.close()
            self.found.emit(path)

    def _not_secured(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, UserError):
            self._context.tell(error)
            return
        self.stuck = True
        self._say(error.message)

    def arrived(self) -> bool:
        """Say that the notebook is open by its new name; tells whether it was reopened for that."""
        was, self._was = self._was, None
        path = self._context.notebook
        if was is None or path is None:
            return False
        self.stuck = False
        words = ""  # only its log was taken away: nobody need know
        if path.name.startswith(f"{was.stem}-kept-"):
            words = _("{old} was deleted or replaced. All of it is in {new} now, and Kapperboek goes on with that.")
        elif path != was:
            words = _("{old} was moved or renamed. It is {new} now, and Kapperboek goes on there.")
        place = path.name if path.parent == was.parent else str(path)
        self._say(words.format(old=was.name, new=place))
        self._context.drafts.write_waiting()
        self.followed.emit(path)
        return True

    # --- saying -------------------------------------------------------------------------------------------

    def _say(self, words: str) -> None:
        self._words = words
        if self.bar is not None and isValid(self.bar):
            self.bar.hide()
            self.bar.deleteLater()
        self.bar = None
        self._show()

    def _show(self) -> None:
        """Show the banner as soon as there is a page, for nothing is said over a lock; and again where another line
        took its place before it was read.
        """
        above = self._above()
        shown = self.bar is not None and isValid(self.bar) and not self.bar.isHidden()
        if self._words and not shown and above is not None:
            self.bar = FileBar(self._context, self._words, self.stuck)
            self.bar.done.clicked.connect(self._read)
            put_above(above, self.bar)
            self.bar.show()

    def _read(self) -> None:
        self._say(self._words if self.stuck else "")
        if self.stuck:
            self.go_after(again=True)


class FileBar(Banner):
    """Banner about what became of the file; while nothing can be saved it can be tried again, or a backup put back."""

    def __init__(self, context: Context, words: str, stuck: bool) -> None:
        self.done = Button(_("Try again") if stuck else _("All right"), size="small")
        self.backups = Button(_("Backups"), size="small")
        self.backups.clicked.connect(lambda: context.open_page("settings", subject="backup"))
        buttons = [self.backups] * stuck + [self.done]
        super().__init__("alert" if stuck else "file", words, buttons, "coral" if stuck else "petrol")
