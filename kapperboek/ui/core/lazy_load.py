"""Lazy loading of pages, dialogs and sections: each is imported when it is first opened."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def load(place: str) -> Any:
    """Import a class by where it stands: ``kapperboek.ui.today.today_page:TodayPage``."""
    module, _colon, name = place.partition(":")
    return getattr(import_module(module), name)
