"""The desktop's own key store: Secret Service (GNOME, KDE, KeePassXC), Windows' Credential Locker, the macOS Keychain.

It is asked by another process (see ``desktop_keys_child``) and waited for so long and no longer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from kapperboek.system import desktop_keys_child as child

OPTION = "--ask-key-store"  # how a frozen program, which cannot run a file of ours by its path, is asked for the same
Ask = Callable[[str, str, str, float], tuple[int, str]]
# Seconds. Whoever is at the computer may have to unlock the store first; whether there is one is told at once.
_PATIENCE = {child.FIND: 30.0, child.KEEP: 30.0, child.DROP: 15.0, child.USABLE: 10.0}


class SilentError(Exception):
    """Error that there is no store, that it is locked, or that it did not answer in time."""


class DesktopKeys:
    """Keys by name. Raises SilentError where the store does not answer."""

    def __init__(self, ask: Ask | None = None) -> None:
        self._ask = ask or in_its_own_process
        self._usable: bool | None = None

    def usable(self) -> bool:
        """Tell whether there is a key store here; asked once."""
        if self._usable is None:
            self._usable = self._ask(child.USABLE, "-", "", _PATIENCE[child.USABLE])[0] == child.DONE
        return self._usable

    def find(self, name: str) -> str | None:
        """The key; None when the store has none of that name."""
        return self._answer(child.FIND, name)

    def keep(self, name: str, secret: str) -> None:
        """Keep a key in the store, and see that it comes back."""
        self._answer(child.KEEP, name, secret)

    def drop(self, name: str) -> None:
        """Drop a key from the store; one that is not there is fine."""
        self._answer(child.DROP, name)

    def _answer(self, what: str, name: str, secret: str = "") -> str | None:
        code, found = self._ask(what, name, secret, _PATIENCE[what])
        if code not in (child.DONE, child.ABSENT):
            raise SilentError
        return found if code == child.DONE else None


def in_its_own_process(what: str, name: str, secret: str, seconds: float) -> tuple[int, str]:
    """Ask the key store in another process: its exit code and what it found, or SILENT when it said nothing."""
    import subprocess

    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, OPTION] if frozen else [sys.executable, "-P", str(Path(child.__file__))]
    try:
        done = subprocess.run(
            [*command, what, name], input=secret, text=True, encoding="ascii", timeout=seconds, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return child.SILENT, ""
    return done.returncode, done.stdout
