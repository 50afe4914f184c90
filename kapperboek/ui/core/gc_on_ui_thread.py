"""Garbage collection (Python's, of cycles) on the window's thread only.

The collector runs in whichever thread happens to allocate; a widget caught in a cycle would then be destroyed from
the database thread, and Qt crashes on that.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 2_000  # milliseconds; a moment's work while nobody types is not seen


class Garbage(QObject):
    """While this lives, collecting is done here and nowhere else."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._was_on = gc.isenabled()  # the program itself has put it off: all of a start is young, and nobody waits
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY)

    def collect(self) -> None:
        """Collect the generations whose time has come, as Python itself would."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave collecting to Python again, unless it was off before: whoever leaves need not tidy up."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
