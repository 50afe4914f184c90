"""The last thing before the end: today's backup again when something was written since, behind a window that is gone.

Of a notebook of 100,000 customers that takes some seconds. Nobody waits for them: the window goes at once, the next
start need not wait either, and a copy that is stopped half-way leaves the one before it as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kapperboek.services import upkeep
from kapperboek.ui.jobs import Jobs

LONGEST = 60_000  # milliseconds; then it is a disk that does not answer


def last_copy(window: QWidget, jobs: Jobs, folder: Path, then: Callable[[], None]) -> None:
    """Hide the window, bring the backup up to date, and call ``then``, whatever comes of it: what is wrong with the
    disk is said by the next daily backup, when there is somebody to read it.
    """
    window.hide()
    handle = jobs.work(
        upkeep.closing_backup,
        folder,
        progress=lambda _text, _share: None,
        done=lambda _path: then(),
        failed=lambda _error: then(),
    )
    QTimer.singleShot(LONGEST, window, handle.cancel)
