"""Keeping the notebook whole: backups, putting one back, and looking for damage."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook


def backup(book: Notebook, folder: Path) -> Path:
    """A verified copy in the folder, made when it isn't there; gives its path. UserError when it cannot be made."""
    from kapperboek.storage import backup as store

    return store.backup(book, folder)


def daily_backup(book: Notebook, folder: Path) -> Path | None:
    """Today's copy if there is none yet (None then); old ones are thinned: 7 days, 4 weeks, 12 months."""
    from kapperboek.storage import backup as store

    return store.daily(book, folder)


def restore(copy: Path, path: Path, *, key: bytes | str | None, now: datetime) -> Path:
    """Put a copy back as the notebook at ``path``; gives where the present one is kept. CannotOpen, UserError.

    The notebook must be closed everywhere.
    """
    from kapperboek.storage import backup as store

    return store.restore(copy, path, key, now)


def check(book: Notebook) -> list[str]:
    """What is wrong with the file, in sentences; empty when nothing is."""
    from kapperboek.storage import check as store

    return store.check(book)
