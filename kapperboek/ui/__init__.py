"""The window: the only room that knows Qt.

Loading PySide replaces Python's ``import`` by one that reads the source of every module that is imported from then on,
to see whether it wants Qt's functions under other names (``__feature__``). We don't, and it took a tenth of a start and
kept all that text in memory: so the plain ``import`` is put back. Nothing else of PySide needs its own.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  # it is replaced when this is imported

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
