"""Shortcuts of a page or a sheet: they act wherever the keyboard is, as long as what they belong to is in front.

Qt's own choices are too small or too large: a key of a widget dies as soon as the keyboard is in the column at the
left, and a key of the window also acts behind a sheet. So it is a key of the window, switched off behind a sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from weakref import WeakSet

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kapperboek.ui.widgets.sheet.open_sheets import opened

_made: WeakSet[FrontKey] = WeakSet()  # weak: a page that was closed goes, with everything it showed


class FrontKey(QShortcut):
    """Shortcut of ``owner``. Held down it acts once."""

    def __init__(self, keys: str, owner: QWidget, do: Callable[[], object]) -> None:
        portable = QKeySequence.SequenceFormat.PortableText  # in the user's words Enter is the name of Return
        super().__init__(QKeySequence.fromString(keys, portable), owner)
        self.owner = owner
        self.setAutoRepeat(False)
        self.activated.connect(do)
        self.look()

    def look(self) -> None:
        """Act from now on only if the owner is in front; keys of a page that is not shown do not act by themselves."""
        self.setEnabled(not opened or opened[-1] is self.owner)


def add_keys(owner: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Give a page or a sheet its keys, in Qt's words: ``Ctrl+T``."""
    for name, do in keys.items():
        _made.add(FrontKey(name, owner, do))


def keys_of(owner: QWidget) -> tuple[FrontKey, ...]:
    """All keys of this page or sheet, in the order they were added."""
    return tuple(owner.findChildren(FrontKey, options=Qt.FindChildOption.FindDirectChildrenOnly))


def follow_sheets() -> None:
    """Give the keys to what is in front now: a sheet was opened or closed."""
    for key in list(_made):
        if isValid(key):
            key.look()
