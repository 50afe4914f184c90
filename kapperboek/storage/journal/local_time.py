"""Instants of the journal in the shop's own time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kapperboek.storage.file.notebook import Notebook


def local_moment(book: Notebook, at: str) -> str:
    """An instant as the journal keeps it (UTC), as the shop's wall showed it: ``YYYY-MM-DDTHH:MM``."""
    zone = ZoneInfo(str(book.get_setting("timezone", "Europe/Amsterdam")))
    moment = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(zone)
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
