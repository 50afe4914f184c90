"""Instants of the journal in the shop's own time."""

from __future__ import annotations

from kapperboek.domain.time.clock import wall_time
from kapperboek.storage.file.notebook import Notebook


def local_moment(book: Notebook, at: str) -> str:
    """An instant as the journal keeps it (UTC), as the shop's wall showed it: ``YYYY-MM-DDTHH:MM``."""
    return wall_time(at, book.zone).isoformat(timespec="minutes")
