"""What is on disk when the call returns, also after a power cut."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Put ASCII text in a small file that only this user can read; it is the old one or the new one, never between.

    OSError, and then nothing of the new text stays behind.
    """
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        with suppress(OSError):  # what failed before is what must be told
            draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def make_folder(folder: Path, mode: int = 0o700) -> None:
    """Make a folder, and those above it, when they aren't there; what is put in it lasts then as anything else. Only
    syncing the folder itself would leave a key or a copy in a folder that is gone. OSError.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=mode)
    for one in reversed(missing):
        sync_folder(one.parent)


def real(path: Path) -> Path:
    """The file itself where its name is a symbolic link: its log, its lists and its copies belong beside that, and what
    takes its place must not take the link's."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114 - says no where it may not look


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last, where the system knows how to (Windows does not, and need not)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
