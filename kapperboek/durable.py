"""What is on disk when the call returns, also after a power cut."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


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


@contextmanager
def making_in(folder: Path) -> Iterator[None]:
    """Something that is not whole yet stands in this folder meanwhile. That is known of the folder itself, and ends
    with the process however it ends; see ``left_in``."""
    handle = _lock(folder, wait=True)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def left_in(folder: Path, is_draft: Callable[[str], bool]) -> list[Path]:
    """What was being made in this folder when a program was killed or the computer stopped: drafts, by their names,
    while nobody makes anything there. Where the system cannot tell (a network folder), those of a day ago. OSError."""
    drafts = [path for path in folder.iterdir() if is_draft(path.name)]
    if not drafts:
        return []
    handle = _lock(folder, wait=False)
    if handle is not None:
        os.close(handle)
        return drafts
    newest = max(path.stat().st_mtime for path in folder.iterdir())
    return [path for path in drafts if path.stat().st_mtime < newest - 24 * 3600]


def _lock(folder: Path, *, wait: bool) -> int | None:
    """A hold on a folder that many may have while they make something (``wait``), or one alone; None without it."""
    if fcntl is None:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


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
