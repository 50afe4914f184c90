"""Asks the desktop's key store one thing, in a process of its own: ``python desktop_keys_child.py WHAT NAME``, a secret
to keep on standard input, what was found on standard output.

Importing keyring takes as long as opening the window; a store may first ask its user something, or never answer. Here
all that is beside the window, and can be stopped. The store is one of those that encrypt for the user who is logged in,
by its name: keyring's own choice may fall on one that writes plain files. This file is run by its path, so nothing of
ours is imported.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "kapperboek"
FIND, KEEP, DROP, USABLE = "find", "keep", "drop", "usable"
DONE, ABSENT, SILENT = 0, 3, 4  # exit codes: there is no such key; the store is locked or there is none

_SECRET_SERVICE = "keyring.backends.SecretService.Keyring"  # GNOME's, KDE's since 2022, KeePassXC's
_BACKENDS = {"win32": "keyring.backends.Windows.WinVaultKeyring", "darwin": "keyring.backends.macOS.Keyring"}
_OFF = ("keyring.backends.null.Keyring", "keyring.backends.fail.Keyring")  # how keyring is told to use no store


def main(what: str, name: str, given: TextIO, out: TextIO) -> int:
    """Ask the key store one thing; gives the exit code."""
    try:
        code, found = answer(backend(), what, name, given.read() if what == KEEP else "")
    except Exception:  # whatever is wrong with a store or the packages for it: it is none to us
        return SILENT
    out.write(found)
    return code


def backend() -> KeyringBackend | None:
    """The store of this desktop; None when there is none that can be used."""
    if os.environ.get("PYTHON_KEYRING_BACKEND") in _OFF:
        return None
    module, _dot, name = _BACKENDS.get(sys.platform, _SECRET_SERVICE).rpartition(".")
    kind: type[KeyringBackend] = getattr(import_module(module), name)
    return kind() if kind.viable else None


def answer(store: KeyringBackend | None, what: str, name: str, secret: str = "") -> tuple[int, str]:
    """Answer of the key store: an exit code, and the key that was found."""
    from keyring.errors import KeyringError

    if store is None:
        return SILENT, ""
    try:
        if what == KEEP:
            store.set_password(SERVICE, name, secret)
            return (DONE, "") if store.get_password(SERVICE, name) == secret else (SILENT, "")
        found = store.get_password(SERVICE, name) if what in (FIND, DROP) else ""
        if found is None:
            return ABSENT, ""
        if what == DROP:
            store.delete_password(SERVICE, name)
            return DONE, ""
        return DONE, found
    except KeyringError:
        return SILENT, ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.stdin, sys.stdout))
