"""Old keys: kept keys that a notebook had before, taken away once nothing needs them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kapperboek.domain.errors import UserError
from kapperboek.services.keeping.security import KeyKeeper
from kapperboek.storage.copies import former_keys
from kapperboek.storage.file import key_derivation
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.recovery import second_copies
from kapperboek.storage.recovery.second_copies import is_file


def clear(book: Notebook, keeper: KeyKeeper, folder: Path | None) -> int:
    """Take away the kept keys this notebook had before that no file needs any more; gives how many. Nothing fails.

    A copy with today's key must be there: it knows the keys from before, for a copy that lies in a drawer. Needed are
    those of a file where this notebook's copies are (also when a stick is out), and of one that was opened with it
    here, as long as that may still be there.
    """
    salts = second_copies.salts_there(book, folder)
    if salts is None or book.salt not in salts:
        return 0
    cleared = 0
    for text in former_keys.of(book):
        with suppress(UserError, ValueError):  # a key store that is locked: tomorrow
            salt = bytes.fromhex(text)
            used = (one for one in keeper.used(salt) if not is_file(book, one))
            if salt not in salts and keeper.where(salt) and not any(_may_need(one, salt) for one in used):
                keeper.clear(salt)
                cleared += 1
    return cleared


def _may_need(path: Path, salt: bytes) -> bool:
    """Tell whether the file may need the key of this salt: it has that one, or is where nobody can look now."""
    try:
        return key_derivation.read_salt(path) == salt or not path.parent.is_dir()
    except OSError:
        return True
