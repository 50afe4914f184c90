"""The window: the only room that knows Qt. What of PySide is left out of its loading is in ``pyside_boot``."""

from __future__ import annotations

from kapperboek.ui.core import pyside_boot

pyside_boot.prepare()

import PySide6.QtCore  # noqa: E402, F401

pyside_boot.put_import_back()
