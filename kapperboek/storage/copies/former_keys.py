"""Former keys of this notebook, kept in it: so that today's key opens every older copy, and no copy need stay readable
with a passphrase that was given up.

They are no secret to whoever reads the notebook: what they open are copies of it.
"""

from __future__ import annotations

from pathlib import Path

from kapperboek.storage.file import key_derivation
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import setting_store

SETTING = "former_keys"


def of(book: Notebook) -> dict[str, str]:
    """Former keys by salt, both in hexadecimal digits."""
    found = book.get_setting(SETTING, {})
    return found if isinstance(found, dict) else {}


def about(book: Notebook) -> dict[str, object]:
    """Settings that tell of the notebook's key: a copy that gets the same key must have them too."""
    chosen = book.get_setting(setting_store.HAS_PASSPHRASE)
    return {SETTING: of(book)} | ({} if chosen is None else {setting_store.HAS_PASSPHRASE: chosen})


def key_for(book: Notebook, copy: Path) -> bytes:
    """Key that opens a copy: today's, or for one from before its own."""
    try:
        salt = key_derivation.read_salt(copy)
    except OSError:
        return book.key  # opening it says what is wrong
    return former(book, salt) or book.key


def former(book: Notebook, salt: bytes | None) -> bytes | None:
    """The key of a copy with this salt, when that is another than today's and known."""
    if salt is None or salt == book.salt:
        return None
    text = of(book).get(salt.hex(), "")
    try:
        key = bytes.fromhex(text)
    except (TypeError, ValueError):
        return None
    return key if len(key) == key_derivation.KEY_BYTES else None
