"""The one place where the window hears that something was saved."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kapperboek.domain.views.saved import Saved


class Bus(QObject):
    """``saved`` carries every Saved that a job gave back; pages showing one of its cards ask again."""

    saved = Signal(object)

    def say(self, saved: Saved) -> None:
        """Tell everybody. Only on the window's thread."""
        self.saved.emit(saved)
