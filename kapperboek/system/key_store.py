"""Key store for notebooks that open without asking: the desktop's, else a file that only this user can read.

A key is known by the salt at the head of its notebook's file, so the notebook may be moved and its copies are opened
too. Nothing of it stands beside the notebook: whoever takes the file or its backups along has no key. The desktop's
store is only asked when the file says that the key is there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from kapperboek import durable
from kapperboek.domain.errors import CannotOpen
from kapperboek.i18n import _
from kapperboek.system.desktop_keys import DesktopKeys, SilentError

_IN_DESKTOP = "desktop"


class KeyStore:
    """The keys of this user. ``find_folder`` tells where, when that is first needed: looking it up takes longer than
    opening a notebook that needs none. The folder is made when the first key is kept. Without ``desktop`` all keys are
    in files.
    """

    def __init__(self, find_folder: Callable[[], Path], desktop: DesktopKeys | None = None) -> None:
        self._find_folder = find_folder
        self.desktop = desktop

    @cached_property
    def folder(self) -> Path:
        return self._find_folder()

    def find(self, salt: bytes) -> bytes | None:
        """The key of the notebook with this salt; None when it is not kept here. CannotOpen "key-store" when it lies in
        the desktop's store, and that does not give it.
        """
        try:
            text = self._file(salt).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        try:
            key = bytes.fromhex(self._from_desktop(salt) if text == _IN_DESKTOP else text)
        except ValueError:
            return None
        return key if len(key) == 32 else None

    def _from_desktop(self, salt: bytes) -> str:
        try:
            found = self.desktop.find(salt.hex()) if self.desktop is not None else None
        except SilentError as error:
            words = _("The key of this notebook lies in the key store of this computer, and that is locked or does not "
                      "answer. Unlock it and try again, or type the passphrase or the recovery key.")
            raise CannotOpen("key-store", words) from error
        if found is None:
            words = _("The key of this notebook lay in the key store of this computer, and is not there any more. Type "
                      "the passphrase, or the recovery key from the paper.")
            raise CannotOpen("key-store", words)
        return found

    def known(self) -> list[tuple[bytes, bytes]]:
        """Known keys, each with its salt; not those that the desktop's store does not give."""
        found = []
        for salt in self.salts():
            with suppress(CannotOpen):
                if (key := self.find(salt)) is not None:
                    found.append((salt, key))
        return found

    def salts(self) -> list[bytes]:
        """Salts of the notebooks of which there is a key."""
        try:
            return [bytes.fromhex(file.stem) for file in sorted(self.folder.glob("*.key"))]
        except (OSError, ValueError):
            return []

    def where(self, salt: bytes) -> str:
        """Place of the key: ``desktop``, ``file``, or empty when it is not kept here."""
        try:
            return "desktop" if self._file(salt).read_text("ascii").strip() == _IN_DESKTOP else "file"
        except (OSError, UnicodeDecodeError):
            return ""

    def has_desktop(self) -> bool:
        """Tell whether there is a key store of the desktop that keys can be put into."""
        return self.desktop is not None and self.desktop.usable()

    def has_lost(self, salt: bytes) -> bool:
        """Tell whether the key was lost: put into the desktop's key store, which answers that it is not there."""
        try:
            there = self.desktop is None or self.desktop.find(salt.hex()) is not None
        except SilentError:
            return False
        return self.where(salt) == "desktop" and not there

    def keep(self, salt: bytes, key: bytes) -> None:
        """Keep the key of a notebook, safely on disk when this returns.

        CannotOpen "no-rights" when there is no place for it.
        """
        text = _IN_DESKTOP if self._into_desktop(salt, key) else key.hex()
        try:
            durable.make_folder(self.folder)
            durable.write_private(self._file(salt), text + "\n")
        except OSError as error:
            words = _("The key of the notebook cannot be kept in {folder}. Choose a passphrase, or make room there.")
            raise CannotOpen("no-rights", words.format(folder=self.folder)) from error

    def _into_desktop(self, salt: bytes, key: bytes) -> bool:
        if self.desktop is None or not self.desktop.usable():
            return False
        try:
            self.desktop.keep(salt.hex(), key.hex())
        except SilentError:
            return False
        return True

    def forget(self, salt: bytes) -> None:
        """Forget the key, safely on disk: the notebook asks from now on. Raises CannotOpen "no-rights" or "key-store".
        """
        if self.where(salt) == "desktop":
            self._out_of_desktop(salt)
        if not self.folder.is_dir():
            return
        try:
            self._file(salt).unlink(missing_ok=True)
            durable.sync_folder(self.folder)
        except OSError as error:
            words = _("The key of the notebook cannot be taken out of {folder}, so it still opens without asking.")
            raise CannotOpen("no-rights", words.format(folder=self.folder)) from error

    def _out_of_desktop(self, salt: bytes) -> None:
        try:
            if self.desktop is not None:
                self.desktop.drop(salt.hex())
        except SilentError as error:
            words = _("The key store of this computer is locked or does not answer, so the key is still in it and the "
                      "notebook opens without asking. Unlock it and try again.")
            raise CannotOpen("key-store", words) from error

    def last_seen(self, salt: bytes) -> int:
        """The mark of the last state of this notebook that was used on this computer; 0 when none was."""
        try:
            return int(self._seen(salt).read_text("ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return 0

    def last_change_seen(self, salt: bytes) -> str:
        """The last change (uid) in that state; empty when it is not known."""
        try:
            return "".join(self._seen(salt).read_text("ascii").split()[1:2])
        except (OSError, ValueError):
            return ""

    def note_seen(self, salt: bytes, mark: int, change: str = "") -> None:
        """Note the mark of the last state that was used, and its last change (uid).

        Where there is no place for that, an older state is not noticed, and no more.
        """
        with suppress(OSError):
            durable.make_folder(self.folder)
            durable.write_private(self._seen(salt), f"{mark} {change}\n")

    def clear(self, salt: bytes) -> None:
        """Clear all that is kept of a key that nothing needs any more. CannotOpen as ``forget``."""
        self.forget(salt)
        for beside in (self._seen(salt), self._used(salt)):
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def used(self, salt: bytes) -> list[Path]:
        """Files that were opened with this key."""
        try:
            return [Path(line) for line in json.loads(self._used(salt).read_text("ascii"))]
        except (OSError, ValueError, TypeError):
            return []

    def note_used(self, salt: bytes, path: Path) -> None:
        """Note a file that was opened with this key.

        Where there is no place to note it, a key may be thought needless too soon.
        """
        paths = [str(one) for one in self.used(salt)]
        if str(path.absolute()) not in paths:
            with suppress(OSError):
                durable.write_private(self._used(salt), json.dumps([*paths, str(path.absolute())]))

    def _used(self, salt: bytes) -> Path:
        return self.folder / f"{salt.hex()}.used"

    def _seen(self, salt: bytes) -> Path:
        return self.folder / f"{salt.hex()}.seen"

    def _file(self, salt: bytes) -> Path:
        return self.folder / f"{salt.hex()}.key"
