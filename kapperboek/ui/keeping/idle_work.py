"""Idle work: what saving leaves undone is done when nobody has asked for anything for a moment."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from kapperboek.services.keeping import maintenance
from kapperboek.ui.core.context import Context

QUIET = 1_000  # milliseconds after a save


class Tidying(QObject):
    """Tidying after each save, and at the start for what others left: small steps, while nothing else is to do."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._jobs = context, context.jobs
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tidy)
        self._jobs.saved.connect(lambda _saved: self._timer.start(QUIET))
        self._timer.start(QUIET)

    def _tidy(self) -> None:
        if self._jobs.pending():
            self._timer.start(QUIET)
        elif self._jobs.is_open():
            self._jobs.run(maintenance.join_a_little, done=self._joined, failed=self._context.pass_over, owner=self)

    def _joined(self, more: bool) -> None:
        """Joining fills the log too, so it is looked after at every step; not on the thread where answers come from."""
        if self._jobs.is_open():
            again = lambda _nothing: self._timer.start(0) if more else None  # noqa: E731
            self._jobs.work(maintenance.work_log_in, done=again, failed=self._context.pass_over, owner=self)
