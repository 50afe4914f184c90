"""Older state: whether the file of the open notebook is the newest that this computer knows.

Part of opening, so it imports no more than that takes; what is done about an older one is ``whereabouts``'.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek.storage.file import generation, key_derivation
from kapperboek.storage.file.notebook import Notebook

if TYPE_CHECKING:
    from kapperboek.services.keeping.security import KeyKeeper


def is_older(book: Notebook, keeper: KeyKeeper | None) -> bool:
    """Detect an older notebook: this computer used a later state of it before, or one that went on from the same."""
    if keeper is None:
        return False
    now, seen = generation.of(book.connection).now, keeper.last_seen(book.salt)
    return now != seen and generation.number(now) <= generation.number(seen) and seen > 0


def lacks_last(book: Notebook, keeper: KeyKeeper | None) -> str:
    """Change (uid) that was the last on this computer and is not in this notebook, though that goes further: somebody
    went on elsewhere with the state of before it. Empty when nothing is lacking."""
    change = keeper.last_change_seen(book.salt) if keeper is not None else ""
    return change if change and not generation.has_change(book.connection, change) else ""


def chosen(path: Path, keeper: KeyKeeper | None) -> None:
    """Note that the closed notebook at ``path`` is what somebody chose, whatever it lacks of what was used here."""
    with suppress(OSError):
        salt = key_derivation.read_salt(path)
        if keeper is not None and salt is not None and keeper.last_change_seen(salt):
            keeper.note_seen(salt, keeper.last_seen(salt))


def last_seen(keeper: KeyKeeper | None, files: Sequence[Path]) -> int:
    """The mark of the latest state of these files that was used on this computer; 0 when none was."""
    salts: set[bytes] = set()
    for file in files:
        with suppress(OSError):  # not there, or no name at all: whoever opens it tells
            salts.add(key_derivation.read_salt(file) or b"")
    return max((keeper.last_seen(salt) for salt in salts if salt), default=0) if keeper is not None else 0


def accept(book: Notebook, keeper: KeyKeeper | None) -> None:
    """Accept this state as the one to go on with, also when it is older."""
    if keeper is not None:
        mark = generation.of(book.connection).now
        change = generation.last_change(book.connection) or ""
        if (mark, change) != (keeper.last_seen(book.salt), keeper.last_change_seen(book.salt)):
            keeper.note_seen(book.salt, mark, change)
