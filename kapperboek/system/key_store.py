"""Where the key of a notebook lies that opens without asking: the desktop's key store, else a file that only this
user can read.

A key is known by the salt at the head of its notebook's file, so the notebook may be moved and its copies are opened
too. Nothing of it stands beside the notebook: whoever takes the file or its backups along has no key. The desktop's
store (through the package ``keyring``, when it is installed and has one) is only asked when the file says that the
key is there: importing it takes longer than opening the window.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from kapperboek import durable
from kapperboek.domain.errors import CannotOpen
from kapperboek.i18n import _

SERVICE = "kapperboek"
_IN_DESKTOP = "desktop"


class KeyStore:
    """The keys of this user. ``find_folder`` tells where, when that is first needed: looking it up takes longer than
    opening a notebook that needs none. The folder is made when the first key is kept.
    """

    def __init__(self, find_folder: Callable[[], Path]) -> None:
        self._find_folder = find_folder

    @cached_property
    def _folder(self) -> Path:
        return self._find_folder()

    def find(self, salt: bytes) -> bytes | None:
        """The key of the notebook with this salt; None when it is not kept here."""
        try:
            text = self._file(salt).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        if text == _IN_DESKTOP:
            text = _from_desktop(salt.hex()) or ""
        try:
            key = bytes.fromhex(text)
        except ValueError:
            return None
        return key if len(key) == 32 else None

    def known(self) -> list[tuple[bytes, bytes]]:
        """Every salt with its key."""
        try:
            salts = [bytes.fromhex(file.stem) for file in sorted(self._folder.glob("*.key"))]
        except (OSError, ValueError):
            return []
        return [(salt, key) for salt in salts if (key := self.find(salt)) is not None]

    def where(self, salt: bytes) -> str:
        """``desktop``, ``file``, or empty when the key is not kept here."""
        try:
            return "desktop" if self._file(salt).read_text("ascii").strip() == _IN_DESKTOP else "file"
        except (OSError, UnicodeDecodeError):
            return ""

    def keep(self, salt: bytes, key: bytes) -> None:
        """Remember it, safely on disk when this returns. CannotOpen "no-rights" when there is no place for it."""
        text = _IN_DESKTOP if _into_desktop(salt.hex(), key.hex()) else key.hex()
        try:
            durable.make_folder(self._folder)
            durable.write_private(self._file(salt), text + "\n")
        except OSError as error:
            words = _("The key of the notebook cannot be kept in {folder}. Choose a passphrase, or make room there.")
            raise CannotOpen("no-rights", words.format(folder=self._folder)) from error

    def forget(self, salt: bytes) -> None:
        """From now on, safely on disk, this notebook is not opened without asking. CannotOpen "no-rights"."""
        if self.where(salt) == "desktop":
            _out_of_desktop(salt.hex())
        if not self._folder.is_dir():
            return
        try:
            self._file(salt).unlink(missing_ok=True)
            durable.sync_folder(self._folder)
        except OSError as error:
            words = _("The key of the notebook cannot be taken out of {folder}, so it still opens without asking.")
            raise CannotOpen("no-rights", words.format(folder=self._folder)) from error

    def last_seen(self, salt: bytes) -> int:
        """The mark of the last state of this notebook that was used on this computer; 0 when none was."""
        try:
            return int(self._seen(salt).read_text("ascii"))
        except (OSError, ValueError):
            return 0

    def note_seen(self, salt: bytes, mark: int) -> None:
        """Remember it. Where there is no place for that, an older state is not noticed, and no more."""
        with suppress(OSError):
            durable.make_folder(self._folder)
            durable.write_private(self._seen(salt), f"{mark}\n")

    def _seen(self, salt: bytes) -> Path:
        return self._folder / f"{salt.hex()}.seen"

    def _file(self, salt: bytes) -> Path:
        return self._folder / f"{salt.hex()}.key"


def _into_desktop(name: str, secret: str) -> bool:
    """False where there is no desktop store, it is locked, or it does not give back what it was given."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return False
    try:
        keyring.set_password(SERVICE, name, secret)
        return bool(keyring.get_password(SERVICE, name) == secret)
    except keyring.errors.KeyringError:
        return False


def _from_desktop(name: str) -> str | None:
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(SERVICE, name)
        return found
    except keyring.errors.KeyringError:
        return None


def _out_of_desktop(name: str) -> None:
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return
    try:
        keyring.delete_password(SERVICE, name)
    except keyring.errors.KeyringError:
        return
