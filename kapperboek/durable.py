"""Durable files: whole and on disk when the call returns, also after a power cut."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


_PART = re.compile(r"\..+\.[0-9a-f]{8}\.part", re.DOTALL)


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


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Replace ``path`` as a whole by the draft written to the path yielded: on disk when the block ends well.

    Only this user can read it, or unless it is ``private`` who could read what stood there. OSError, and then what
    stood there is as it was.

    Until then it has no name where the system can do without one, so that nothing of it is left when the program is
    killed. Elsewhere it has a hidden one, and is found by ``left_in`` with ``is_part``.
    """
    draft = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.part")
    with making_in(path.parent):
        handle = _nameless(path.parent)
        try:
            if handle is None:
                os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            written = draft if handle is None else _by_handle(handle)
            yield written
            if path.exists() and not private:
                written.chmod(path.stat().st_mode & 0o777)
            with written.open("rb") as file:
                os.fsync(file.fileno())
            if handle is not None:
                _give_name(handle, draft)
            draft.replace(path)
            sync_folder(path.parent)
        finally:
            if handle is not None:
                os.close(handle)
            with suppress(OSError):  # what failed before is what must be told
                draft.unlink(missing_ok=True)


def is_part(name: str) -> bool:
    """Tell whether a file has the name of a draft that is being written."""
    return _PART.fullmatch(name) is not None


def keeps_names(folder: Path) -> bool:
    """Tell whether a draft in this folder has a name before it is whole: sticks, network folders, other systems."""
    handle = _nameless(folder)
    if handle is not None:
        os.close(handle)
    return handle is None


def _nameless(folder: Path) -> int | None:
    """A file in this folder that has no name; None where that cannot be, or could get none later."""
    try:
        handle = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except (OSError, AttributeError):
        return None
    if _by_handle(handle).exists():
        return handle
    os.close(handle)
    return None


def _by_handle(handle: int) -> Path:
    return Path(f"/proc/self/fd/{handle}")


def _give_name(handle: int, path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:  # told of a folder, the system looks through the link to what is open
        os.link(_by_handle(handle), path, src_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


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
    """Mark this folder as one in which something stands that is not whole yet, until the block ends.

    That is known of the folder itself, and ends with the process however it ends; see ``left_in``.
    """
    handle = _lock(folder, wait=True)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def left_in(folder: Path, is_draft: Callable[[str], bool]) -> list[Path]:
    """Drafts left in this folder when a program was killed or the computer stopped, known by their names.

    Only while nobody makes anything there. Where the system cannot tell (a network folder), those that are a day old or
    more. Raises OSError when the folder cannot be read.
    """
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
