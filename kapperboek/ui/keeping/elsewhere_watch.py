"""Watch for changes elsewhere (the command line, a second computer): told to the pages they concern, as any save is."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from kapperboek.domain.views.saved import JournalMark, Saved
from kapperboek.services import journal
from kapperboek.ui.core.context import Context

EVERY = 5_000  # milliseconds; a look costs one pragma as long as nobody else wrote
_KEY = "elsewhere"


class Elsewhere(QObject):
    """Looks now and then whether the notebook was written by another program; ``look`` when the window wakes."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._mark: JournalMark | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)
        self.look()

    def look(self) -> None:
        """Ask the journal what others wrote since the last time; nothing is asked behind the lock."""
        if self._context.jobs.is_open() and not self._context.locked:
            pass_over = self._context.pass_over
            self._context.jobs.run(
                journal.written_elsewhere, self._mark, done=self._got, failed=pass_over, key=_KEY, owner=self
            )

    def begin_again(self) -> None:
        """Begin the watch again, on another file or another state of it: what is shown from now on is of that."""
        self._context.jobs.drop(_KEY)
        self._mark = None
        self.look()

    def _got(self, found: tuple[JournalMark, Saved | None]) -> None:
        self._mark, saved = found
        if saved is not None:
            self._context.jobs.saved.emit(saved)
