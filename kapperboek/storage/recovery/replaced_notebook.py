"""Replaced notebook, whose place something takes: how it is locked, which its successor must be too."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.i18n import _
from kapperboek.storage.copies import copy_identity, former_keys
from kapperboek.storage.copies.rekey import rekey
from kapperboek.storage.file import generation, key_derivation, open_file, wal_repair
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write import setting_store
from kapperboek.storage.write.unit_of_work import leap


def settings_for_another_key(path: Path, key: bytes) -> dict[str, object]:
    """The setting as it must be once the notebook at ``path`` has another key than this one. Raises CannotOpen."""
    with open_notebook(path, key=key, read_only=True, migrate=False) as book:
        known = former_keys.of(book)
        return {former_keys.SETTING: {**known, book.salt.hex(): key.hex()}}


class Replaced:
    """The notebook in whose place a copy is put, as far as it can be read: how it is locked, what opens the copy
    (``former``) when that is a key from before, and the ``mark`` of its state (0: unknown).
    """

    def __init__(self, path: Path, key: bytes | str | None, copy: Path) -> None:
        self.former: bytes | None = None
        self.mark = 0
        self._whose = ""
        self._path, self._shut = path, False
        self._key: bytes | None = None
        self._salt: bytes | None = None
        self._settings: dict[str, object] = {}
        try:
            with open_notebook(path, key=key, read_only=True, migrate=False) as book:
                self.former = former_keys.former(book, key_derivation.read_salt(copy))
                self._key, self._salt = book.key, book.salt
                self._settings = former_keys.about(book)
                self.mark = generation.of(book.connection).now
                self._whose = copy_identity.mark(book)
        except CannotOpen as error:
            self._shut = error.code == "wrong-key" and _is_another_key(path, copy)
        except (UserError, OSError):
            return  # a copy is often put back because the notebook cannot be opened

    def see_same(self, source: Notebook, copy: Path) -> None:
        """UserError "another-notebook" when the copy is of another one; and when this one has another key, so that
        nobody can tell. Of a damaged one nothing can be told either, but a copy is what it needs."""
        copy_identity.see_same(self._whose, source, copy)
        if self._shut and not wal_repair.in_use(self._path):  # that is said first
            text = _(
                "The notebook that is here now does not open with this passphrase, so nobody can tell whether {file} "
                "is a copy of it. Nothing was changed."
            )
            raise UserError("another-notebook", text.format(file=copy))

    def hand_over(self, draft: Path, source: Notebook, seen: int = 0) -> None:
        """Make a copy of ``source`` the notebook there is from now on: its latest state, also later than the one with
        the mark ``seen`` and those that lie here, and locked as the present one is. Raises UserError."""
        _leap(draft, source.key, max(self.mark, seen, self._highest(source)))
        self._hand_on(draft, source.key)

    def _highest(self, source: Notebook) -> int:
        """Highest mark of the files of this notebook that lie beside it and beside the copy: one of them may be a state
        this computer never noted, and would be taken for a later one when it is put in its place."""
        both = ((self._salt, self._key), (source.salt, source.key))
        keys = {salt: key for salt, key in both if salt is not None and key is not None}
        found = [self.mark]
        for folder in {self._path.parent, source.path.parent}:
            for file in folder.glob(f"*{open_file.SUFFIX}"):
                with suppress(OSError):
                    salt = None if file in (self._path, source.path) else key_derivation.read_salt(file)
                    if salt in keys and (marks := generation.in_file(file, keys[salt], salt)) is not None:
                        found.append(marks.now)
        return max(found, key=generation.number)

    def _hand_on(self, draft: Path, key: bytes) -> None:
        if self._key is None or self._salt is None or (key != self._key and self.former is None):
            return
        if self.former is not None:
            rekey(draft, key, self._key, self._salt, noted=self._settings)
            return
        with open_notebook(draft, key=self._key, migrate=False) as book:
            said = former_keys.about(book)
            for name, value in self._settings.items():
                if value != said.get(name):
                    setting_store.remember(book, name, value)
            book.connection.execute("PRAGMA journal_mode = DELETE").fetchone()  # one file that says it all


def _is_another_key(path: Path, copy: Path) -> bool:
    """Tell a file that does not open because its key is another than the copy's, and not because it is damaged."""
    salt = key_derivation.read_salt(path)
    return salt is not None and key_derivation.is_whole(salt) and salt != key_derivation.read_salt(copy)


def _leap(draft: Path, key: bytes, known: int) -> None:
    """Raise the mark of what is put back, which is the latest from now on; ``known``: the mark of what is so far."""
    with open_notebook(draft, key=key, migrate=False) as book:
        leap(book, known)
        # Without a log of its own the copy is one file that says it all.
        book.connection.execute("PRAGMA journal_mode = DELETE").fetchone()
