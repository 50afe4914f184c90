"""What saving leaves undone is done when nobody has asked for anything for a moment."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from kapperboek.domain.errors import UserError
from kapperboek.services import upkeep
from kapperboek.ui.context import Context

QUIET = 1_000  # milliseconds after a save


class Tidying(QObject):
    """After each save, and once at the start for what others left: small steps, while nothing else is to be done."""

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
            self._jobs.run(upkeep.join_a_little, done=self._joined, failed=self._failed, owner=self)

    def _joined(self, more: bool) -> None:
        if more:
            self._timer.start(0)
        elif self._jobs.is_open():
            self._jobs.work(upkeep.work_log_in, failed=self._failed, owner=self)  # elsewhere than where saving is done

    def _failed(self, error: Exception) -> None:
        """Nobody asked for this: what is wrong with the disk the next save tells."""
        if not isinstance(error, UserError):
            self._context.tell(error)
