"""Hard links to a notebook: one file, one name at a time. By a second one (or since it was renamed) it would have a
second log, and each program would write over what the other saved.

Who opens a file holds a lock on one byte of it, far behind its end, that stands for the name: those who use the same
name share it, and whoever finds a lock on any other is too late. Such locks go with the program that holds them.
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from pathlib import Path

from kapperboek.domain.errors import CannotOpen
from kapperboek.i18n import _
from kapperboek.storage.file import wal_repair

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

# SQLite's own locks lie just behind the first gigabyte.
_FIRST, _NAMES = 0x40010000, 0x10000
# How the system writes down a lock: struct flock.
_LOCK = (
    ("@qqihh", ("start", "length", "pid", "type", "whence"))
    if sys.platform == "darwin"
    else ("@hhqqi", ("type", "whence", "start", "length", "pid"))
)


def claim(descriptor: int, path: Path) -> None:
    """Claim this name for the open file. Raises CannotOpen "in-use"; where the disk knows no locks, nothing."""
    if fcntl is None or descriptor < 0:
        return
    own = _place_of(path)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, own)
    except OSError:
        return
    parts = ((_FIRST, own - _FIRST), (own + 1, _FIRST + _NAMES - own - 1))
    if any(_is_held(descriptor, start, length) for start, length in parts if length) or _has_other_log(path):
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, own)
        text = _(
            "The notebook {path} is open under another name, or was open there when the computer stopped. Close it "
            "there, or open it by that name."
        )
        raise CannotOpen("in-use", text.format(path=path))


def used_elsewhere(descriptor: int, path: Path) -> bool:
    """Tell whether another process has the file open by this name, to write in."""
    return fcntl is not None and descriptor >= 0 and _is_held(descriptor, _place_of(path), 1)


def _is_held(descriptor: int, start: int, length: int) -> bool:
    """Tell whether another process holds a lock there, without taking one, which others would take for a name."""
    asked = {"type": fcntl.F_WRLCK, "whence": os.SEEK_SET, "start": start, "length": length, "pid": 0}
    said = fcntl.fcntl(descriptor, fcntl.F_GETLK, struct.pack(_LOCK[0], *(asked[name] for name in _LOCK[1])))
    return bool(dict(zip(_LOCK[1], struct.unpack(_LOCK[0], said), strict=True))["type"] != fcntl.F_UNLCK)


def _place_of(path: Path) -> int:
    """The byte of a name: by the folder itself, for that may be mounted in several places."""
    folder = path.absolute().parent.stat()
    name = f"{folder.st_dev} {folder.st_ino} {path.name}"
    return _FIRST + zlib.crc32(os.fsencode(name)) % _NAMES


def _has_other_log(path: Path) -> bool:
    """Tell whether another name of the file in this folder has a log with something in it: the last that was saved."""
    state = path.stat()
    if state.st_nlink < 2:
        return False
    with os.scandir(path.absolute().parent) as entries:
        others = [Path(one.path) for one in entries if one.inode() == state.st_ino and one.name != path.name]
    logs = [wal_repair.beside(other) for other in others]
    return any(log.exists() and log.stat().st_size for log in logs)
