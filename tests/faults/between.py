"""Python's side of ``between.c``: made with the C compiler that is there, loaded before everything else.

A debugger's interface (strace) can kill and fail system calls too, but it counts per process it starts, and starting
Python for each of a thousand faults takes minutes; this is one fork each. SQLite's own test VFS is not in the wheel.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")
KILL_BEFORE, KILL_HALFWAY, STOP, FAIL_ONCE, FAIL_ON, FULL, FAIL_READ = range(1, 8)


def missing() -> str:
    """Why it cannot be used here; empty when it can."""
    if not sys.platform.startswith("linux"):
        return "faults are made between the program and the system, for which this needs Linux"
    return "" if compiler() else "faults are made by a small piece of C, which needs a compiler (gcc, libc6-dev)"


def compiler() -> str | None:
    """The C compiler of this machine."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def build(folder: Path) -> Path:
    """Compile it into a folder. RuntimeError with what the compiler said."""
    library = folder / "between.so"
    command = [str(compiler()), "-shared", "-fPIC", "-O1", "-Wall", "-o", str(library), str(SOURCE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return library


def loaded() -> ctypes.CDLL | None:
    """What stands between, in a process that was started with it; None in any other."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "between_watch"):
        return None
    library.between_watch.argtypes = [ctypes.c_char_p, ctypes.c_int]
    library.between_fault.argtypes = [ctypes.c_int, ctypes.c_long, ctypes.c_int]
    library.between_mark.argtypes = [ctypes.c_long]
    library.between_steps.restype = library.between_reads.restype = ctypes.c_long
    return library


def environment(library: Path) -> dict[str, str]:
    """For a process that is to have it between itself and the system."""
    return {**os.environ, "LD_PRELOAD": str(library)}
