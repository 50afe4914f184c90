"""Protection of this process and its memory: what the system may do with it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4


def leave_no_core() -> None:
    """Leave no core dump: should the program crash, its memory is not written to disk.

    That has the key in it, and what is on the screen.
    """
    try:
        import resource
    except ImportError:  # Windows asks its user before it keeps anything
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def keep_to_itself() -> None:
    """Protect the memory of this process, and what it was started with, from other programs of this user (on Linux)."""
    if sys.platform.startswith("linux"):
        import ctypes  # takes longer than a first window has

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def take_secret(name: str) -> str:
    """The value of this environment variable, which is gone then: nor do the programs started from here get it, nor
    does it stand in what the system shows of this one (where that is Linux or macOS). Empty when it is not set.
    """
    value = os.environ.get(name, "")
    if value and os.name == "posix":
        _wipe(os.fsencode(name))
    os.environ.pop(name, None)
    return value


def _wipe(name: bytes) -> None:
    """Wipe the value with zeros, where the process was given it."""
    import ctypes

    libc = ctypes.CDLL(None)
    libc.getenv.restype = ctypes.c_void_p
    libc.getenv.argtypes = [ctypes.c_char_p]
    place = libc.getenv(name)
    if place:
        ctypes.memset(place, 0, len(ctypes.string_at(place)))


def give_back_memory() -> None:
    """Give freed memory back to the system, which hands nobody a page that is not empty."""
    if sys.platform.startswith("linux"):
        import ctypes

        with suppress(OSError, AttributeError):  # another C library has no such thing
            ctypes.CDLL(None).malloc_trim(0)
