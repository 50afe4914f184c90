"""Deferred calls: something is done a moment later, on the window's thread, as long as its owner lives.

Qt's own ``QTimer.singleShot`` with a context keeps the Python method, and with it a whole page, for ever when it is
asked from within an event: what was closed stayed in memory with everything it showed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def later(owner: QObject, do: Callable[[], object], milliseconds: int = 0) -> None:
    """Call ``do`` once after so many ``milliseconds``, on the event loop; never if ``owner`` is gone by then."""
    timer = QTimer(owner, singleShot=True)
    timer.timeout.connect(do)
    timer.timeout.connect(timer.deleteLater)
    timer.start(milliseconds)
