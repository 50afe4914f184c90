"""Closing backup: when the window closes, what is half typed is kept, every save is waited for, and today's backup is
made again when something was written since, behind a window that is gone.

Of a notebook of 100,000 customers that takes some seconds. Nobody waits for them: the window goes at once, the next
start need not wait either, and a copy that is stopped half-way leaves the one before it as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import UserError
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.core.jobs import Jobs
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from kapperboek.ui.window.main_window import Window

if TYPE_CHECKING:
    from kapperboek.domain.views.file_health import FileSeen
    from kapperboek.services.keeping.security import KeyKeeper
    from kapperboek.ui.keeping.file_watch import FileWatch

LONGEST = 60_000  # milliseconds; then it is a disk that does not answer


class Farewell(QObject):
    """A save that fails keeps the window open. Half-typed words that cannot be written do so once: then whoever wants
    to leave is asked what is to become of them. ``watch`` gives what looks after the file, once something does."""

    kept = Signal()  # all of it: the window may go

    def __init__(self, context: Context, window: Window, watch: Callable[[], FileWatch | None]) -> None:
        super().__init__(context)
        self._context, self._jobs, self._window, self._watch = context, context.jobs, window, watch
        self._wanted = False
        self._jobs.idle.connect(self._idle)
        for told in (self._context.error_wished, self._context.crash_wished, self._context.save_failed):
            told.connect(self._stop)

    def begin(self) -> None:
        """Begin to close the window: drafts are written first."""
        for sheet in open_sheets():
            sheet.save_draft()
        self._window.flush_drafts()
        self._context.drafts.write_before_leaving()
        self._go()

    def without_drafts(self) -> None:
        """Leave, and let go of what is half typed."""
        self._context.drafts.give_up()
        self._go()

    def _go(self) -> None:
        from kapperboek.services.keeping import whereabouts

        self._wanted = True
        if self._jobs.is_open():
            self._jobs.run(whereabouts.look, done=self._looked, failed=lambda _error: None, owner=self)
        if self._jobs.pending() == 0:
            self.kept.emit()
        else:
            self._jobs.cancel_work()

    def _looked(self, found: FileSeen) -> None:
        """A file that is not where it was is seen to first, and whoever leaves must know."""
        watch = self._watch()
        if not found.here and watch is not None and not watch.stuck:
            self._wanted = False
            watch.seen(found)

    def _idle(self) -> None:
        if self._wanted:
            self.kept.emit()

    def _stop(self, error: object) -> None:
        if not self._wanted:
            return
        self._wanted = False
        watch = self._watch()
        followed = getattr(error, "code", "") == "file-gone" and watch is not None and not watch.stuck
        if isinstance(error, UserError) and self._context.drafts.held_back() and not followed:
            from kapperboek.ui.keeping.leave_dialog import LeaveSheet

            LeaveSheet.ask(self._context, error, self.without_drafts, locked=self._window.cover is not None)


def last_copy(
    window: QWidget, jobs: Jobs, folder: Path, keeper: KeyKeeper | None, then: Callable[[], None]
) -> None:
    """Hide the window, bring the backup up to date, and call ``then``, whatever comes of it: what is wrong with the
    disk is said by the next daily backup, when there is somebody to read it.
    """
    from kapperboek.services.keeping import maintenance

    window.hide()
    handle = jobs.work(
        maintenance.closing_backup,
        folder,
        keeper,
        progress=lambda _text, _share: None,
        done=lambda _path: then(),
        failed=lambda _error: then(),
    )
    later(window, handle.cancel, LONGEST)
