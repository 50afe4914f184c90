"""A signal that forgets listeners who are gone.

Qt's own signals do so for methods, but a lambda that a closed dialog connected would still be called, on
an object that no longer exists. Pages and dialogs come and go; the context stays. So what it tells goes
through this.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


class Told:
    """Listeners are called in the order they came, on the window's thread."""

    def __init__(self) -> None:
        self._listeners: list[tuple[Callable[..., Any], QObject | None]] = []

    def connect(self, listener: Callable[..., Any]) -> None:
        """Call ``listener`` from now on, as long as the object it belongs to lives."""
        self._listeners.append((listener, owner_of(listener)))

    def emit(self, *what: Any) -> None:
        """Tell everybody who is still there."""
        self._listeners = [(one, owner) for one, owner in self._listeners if owner is None or isValid(owner)]
        for listener, owner in tuple(self._listeners):
            if owner is None or isValid(owner):
                listener(*what)


def owner_of(listener: Callable[..., Any] | None) -> QObject | None:
    """The QObject a method belongs to, or that a lambda or local function speaks of as ``self``."""
    if isinstance(listener, partial):
        return owner_of(listener.func)
    behind = getattr(listener, "__self__", None)
    if isinstance(behind, QObject):
        return behind
    code = getattr(listener, "__code__", None)
    cells = getattr(listener, "__closure__", None) or ()
    for name, cell in zip(code.co_freevars if code else (), cells, strict=False):
        if name == "self" and isinstance(cell.cell_contents, QObject):
            return cell.cell_contents
    return None
