"""Folders where a file dialog begins: one of the user's own, never that of the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

_Place = QStandardPaths.StandardLocation


def documents(name: str = "") -> str:
    """The folder for what is kept, with this file in it."""
    return str(Path(_folder(_Place.DocumentsLocation)) / name)


def downloads() -> str:
    """The folder where what comes from another program or a telephone lies."""
    return _folder(_Place.DownloadLocation)


def _folder(place: QStandardPaths.StandardLocation) -> str:
    named = QStandardPaths.writableLocation(place)
    return named if named and Path(named).is_dir() else str(Path.home())  # one that is not there is taken for a file
