"""The keys this notebook had before, kept in it: so that today's key opens every older copy, and no copy need stay
readable with a passphrase that was given up.

They are no secret to whoever reads the notebook: what they open are copies of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek.domain.errors import UserError
from kapperboek.storage import generation, keys, settings, whose
from kapperboek.storage.rekey import rekey
from kapperboek.storage.unit_of_work import writing

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook

SETTING = "former_keys"


def with_present(path: Path, key: bytes | None) -> dict[str, object]:
    """The setting as it must be once the notebook at ``path`` has another key than this one. Raises CannotOpen."""
    from kapperboek.storage.notebook import Notebook

    if key is None:
        return {}
    with Notebook.open(path, key=key, read_only=True, migrate=False) as book:
        return {SETTING: {**of(book), book.salt.hex(): key.hex()}} if book.salt is not None else {}


def of(book: Notebook) -> dict[str, str]:
    """By salt, both in hexadecimal digits."""
    found = book.get_setting(SETTING, {})
    return found if isinstance(found, dict) else {}


def about(book: Notebook) -> dict[str, object]:
    """What a notebook says of its key, as settings: a copy that gets the same key must say it too."""
    chosen = book.get_setting(settings.HAS_PASSPHRASE)
    return {SETTING: of(book)} | ({} if chosen is None else {settings.HAS_PASSPHRASE: chosen})


def key_for(book: Notebook, copy: Path) -> bytes | None:
    """What opens a copy: today's key, or for one from before its own. None where the notebook has no key."""
    try:
        salt = keys.read_salt(copy)
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
    return key if len(key) == keys.KEY_BYTES else None


class Present:
    """The notebook in whose place a copy is put, as far as it can be read: how it is locked, what opens the copy
    (``former``) when that is a key from before, the ``mark`` of its state (0: unknown), and ``whose`` it is.
    """

    def __init__(self, path: Path, key: bytes | str | None, copy: Path) -> None:
        from kapperboek.storage.notebook import Notebook

        self.former: bytes | None = None
        self.mark = 0
        self.whose = ""
        self._key: bytes | None = None
        self._salt: bytes | None = None
        self._settings: dict[str, object] = {}
        try:
            with Notebook.open(path, key=key, read_only=True, migrate=False) as book:
                self.former = former(book, keys.read_salt(copy))
                self._key, self._salt = book.key, book.salt
                self._settings = about(book)
                self.mark = generation.of(book.connection).now
                self.whose = whose.mark(book)
        except (UserError, OSError):
            return  # a copy is often put back because the notebook cannot be opened

    def hand_over(self, draft: Path, key: bytes | None, seen: int = 0) -> None:
        """Make a copy that ``key`` opens the notebook there is from now on: its latest state, also later than the one
        with the mark ``seen``, and locked as the present one is. Raises UserError."""
        _leap(draft, key, max(self.mark, seen))
        self._hand_on(draft, key)

    def _hand_on(self, draft: Path, key: bytes | None) -> None:
        from kapperboek.storage.notebook import Notebook

        if self._key is None or self._salt is None or (key not in (None, self._key) and self.former is None):
            return
        if key is None or self.former is not None:
            rekey(draft, key, self._key, self._salt, noted=self._settings)
            return
        with Notebook.open(draft, key=self._key, migrate=False) as book:
            said = about(book)
            for name, value in self._settings.items():
                if value != said.get(name):
                    settings.remember(book, name, value)
            book.connection.execute("PRAGMA journal_mode = DELETE").fetchone()  # one file that says it all


def _leap(draft: Path, key: bytes | None, known: int) -> None:
    """What is put back is meant to be the latest from now on; ``known``: the mark of what is so far."""
    from kapperboek.storage.notebook import Notebook

    with Notebook.open(draft, key=key, migrate=False) as book:
        with writing(book):
            generation.leap(book.connection, known)
        # Without a log of its own the copy is one file that says it all.
        book.connection.execute("PRAGMA journal_mode = DELETE").fetchone()
