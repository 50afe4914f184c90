"""Resource folder: where icons, translations, help and word lists are, however the program came here.

In a checkout ``resources`` stands beside the package; in a wheel and in a frozen program it is package data, inside it.
Nobody else works out that place. ``importlib.resources`` was considered and not taken: its import would cost the start
of the window time, and it knows nothing of a folder beside the package.
This module belongs to no room: every room may import it.
"""

from __future__ import annotations

from pathlib import Path


def resource_folder() -> Path:
    """The folder ``resources``: inside the package where it was installed, else beside it."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
