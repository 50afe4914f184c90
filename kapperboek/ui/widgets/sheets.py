"""Which sheets are open. Apart from the sheet itself, so that the first window need not load it to know:
none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapperboek.ui.widgets.sheet import SheetDialog

opened: list[SheetDialog] = []


def open_sheets() -> tuple[SheetDialog, ...]:
    """The sheets open now, the topmost last."""
    return tuple(opened)
