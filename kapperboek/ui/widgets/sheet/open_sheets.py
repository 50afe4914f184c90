"""Sheets (dialogs) that are open, the last one in front.

Kept apart from the sheet itself, so that the first window need not load it to know there are none.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget


class OpenSheet(QWidget):
    """Interface of an open sheet for who knows nothing of what stands in it; ``SheetDialog`` does it."""

    def save_draft(self) -> None:
        """Write what is half typed into the notebook now."""

    def close_sheet(self, saved: bool) -> None:
        """Take the sheet away and give the keyboard back."""

    def lies_over(self) -> QRect:
        """Rectangle of the window that cannot be seen under the sheet."""
        return self.geometry()


opened: list[OpenSheet] = []


def open_sheets() -> tuple[OpenSheet, ...]:
    """Sheets open now, the topmost last."""
    return tuple(opened)
