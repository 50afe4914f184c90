"""Signals that forget listeners who are gone.

Qt's own signals do so for methods, but a lambda that a closed dialog connected would still be called, on
an object that no longer exists. Pages and dialogs come and go; the context stays. So what it tells goes
through this.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from inspect import Parameter, signature
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


class Told:
    """Listeners are called in the order they came, on the window's thread."""

    def __init__(self) -> None:
        self._listeners: list[tuple[Callable[..., Any], QObject | None, int]] = []

    def connect(self, listener: Callable[..., Any]) -> None:
        """Call ``listener`` from now on, as long as the object it belongs to lives.

        As with Qt's signals it may take fewer values than are told.
        """
        self.forget_gone()
        owner = owner_of(listener)
        self._listeners.append((listener, owner, _takes(listener)))
        if owner is not None:
            owner.destroyed.connect(self.forget_gone)

    def disconnect(self, listener: Callable[..., Any]) -> None:
        """Call ``listener`` no more."""
        self._listeners = [entry for entry in self._listeners if entry[0] != listener]

    def emit(self, *what: Any) -> None:
        """Tell everybody who is still there."""
        self.forget_gone()
        for listener, owner, takes in tuple(self._listeners):
            if owner is None or isValid(owner):
                listener(*what[:takes])

    def forget_gone(self) -> None:
        """Forget the listeners that are gone: each keeps all it knows in memory, the words of a closed
        sheet among them.
        """
        self._listeners = [entry for entry in self._listeners if entry[1] is None or isValid(entry[1])]


def _takes(listener: Callable[..., Any]) -> int:
    """Number of values a listener takes."""
    kinds = [one.kind for one in signature(listener).parameters.values()]
    if Parameter.VAR_POSITIONAL in kinds:
        return 99
    return sum(kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD) for kind in kinds)


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
