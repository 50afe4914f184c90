"""From nothing to a painted window and to a filled Today, and what that takes of the memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import salons
from benchmarks.figures import Figure, alternating, ratio
from kapperboek.storage.opening import open_notebook

ROUNDS = 9
PAINT_GOAL, TODAY_GOAL, MEMORY_GOAL = 1.3, 2.0, 2.0
UNLOCK_GOAL = 2.0  # Argon2id takes more than all the rest
CUSTOMERS, MANY = 10_000, 100_000
PASSPHRASE = "een lange zin met een paard"

BARE = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)

app = QApplication([])
window = Window()
window.resize(1440, 900)
window.setCentralWidget(QLabel("Kapperboek"))
window.show()
code = app.exec()
os._exit(code)  # as the program does: taking Python and Qt apart is no part of starting
"""


# Runs a module or a piece of code, then tells the most memory it held in MB (Linux; elsewhere what getrusage says).
PEAK = """
import atexit, os, pathlib, runpy, sys

def tell():
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        kilobytes = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    else:
        import resource
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("peak", kilobytes / 1024, flush=True)

def leave(code, leave=os._exit):
    tell()
    leave(code)

atexit.register(tell)
os._exit = leave
how, what, *rest = sys.argv[1:]
sys.argv = [what, *rest]
if how == "-m":
    runpy.run_module(what, run_name="__main__", alter_sys=True)
else:
    exec(compile(what, "bare", "exec"), {"__name__": "__main__"})
"""


def environment(**more: str) -> dict[str, str]:
    """No screen, no settings of whoever measures, and byte code kept as in an installed program."""
    leave = ("KAPPERBOEK", "PYTHONDONTWRITEBYTECODE")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(leave)}
    return {**plain, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(salons.ROOT), **more}


def run(command: list[str], **more: str) -> float:
    """Seconds of a whole process. RuntimeError when it doesn't end well."""
    start = perf_counter()
    _ended_well(command, **more)
    return perf_counter() - start


def peak(arguments: list[str], **more: str) -> float:
    """The most memory in MB that Python ever held with these arguments (``-m …`` or ``-c …``), as it says itself.

    What the system tells the parent is no use: it counts the parent's own memory at the fork.
    """
    said = _ended_well([sys.executable, "-c", PEAK, *arguments], **more)
    return float(said.rpartition("peak ")[2])


def _ended_well(command: list[str], said: str = "", **more: str) -> str:
    done = subprocess.run(
        command, input=said, env=environment(**more), cwd=salons.ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr}")
    return done.stdout


def bare() -> list[str]:
    """The floor: a window of Qt with one word in it."""
    return [sys.executable, "-c", BARE]


def program(path: Path, until: str) -> list[str]:
    """The program, which closes by itself."""
    options = ["--notebook", str(path), "--on", salons.DAY.isoformat(), "--exit-after", until]
    return [sys.executable, "-m", "kapperboek", *options]


def _timed(command: list[str], key: str = salons.KEY_TEXT) -> Callable[[], float]:
    return lambda: run(command, KAPPERBOEK_PASSPHRASE=key)


def times() -> Iterable[Figure]:
    """Start-up with 10,000 customers and 100,000 contact moments in a keyed file."""
    path = salons.salon(CUSTOMERS)
    secret = _with_passphrase()
    found = alternating(
        ROUNDS,
        bare=_timed(bare()),
        paint=_timed(program(path, "paint")),
        today=_timed(program(path, "today")),
        secret=_timed(program(secret, "today"), PASSPHRASE),
    )
    floor = f"bare window {median(found['bare']):.2f} s"
    note = f"{CUSTOMERS:,} customers, keyed"
    yield Figure("startup_paint_ratio", ratio(found, "paint", "bare"), "×", floor, PAINT_GOAL, note)
    yield Figure("startup_today_ratio", ratio(found, "today", "bare"), "×", floor, TODAY_GOAL, note)
    slow = f"{CUSTOMERS:,} customers, and a passphrase that Argon2 takes 0.3 s or more for, on purpose"
    yield Figure("startup_passphrase_ratio", ratio(found, "secret", "bare"), "×", floor, None, slow)


def _with_passphrase() -> Path:
    """The same salon under a passphrase."""
    from kapperboek import demo

    path = salons.salon(CUSTOMERS).with_suffix(".passphrase")
    if not path.exists():
        for old in path.parent.glob("*.passphrase"):
            old.unlink()
        with open_notebook(path, key=PASSPHRASE, create=True, clock=salons.CLOCK) as book:
            demo.fill(book, CUSTOMERS, salons.SEED)
    return path


def unlocking() -> Iterable[Figure]:
    """From Enter behind the passphrase to a painted Today, 100,000 customers, against Argon2id alone."""
    from kapperboek.storage.copies.rekey import rekey
    from kapperboek.storage.file import key_derivation

    with TemporaryDirectory(dir=salons.cache()) as folder:
        path = Path(shutil.copy(salons.salon(MANY), Path(folder) / "salon.kapperboek"))
        salt = key_derivation.new_salt()
        rekey(path, salons.KEY, key_derivation.derive(PASSPHRASE, salt), salt)
        command = [sys.executable, "-m", "benchmarks.window", "unlock", str(path)]
        both = [json.loads(_ended_well(command, said=PASSPHRASE)) for _round in range(ROUNDS + 1)][1:]
    whole, alone = (median(each) for each in zip(*both, strict=True))
    floor = f"Argon2id alone {alone:.2f} s"
    note = f"{whole:.2f} s from Enter to Today, {MANY:,} customers"
    yield Figure("unlock_ratio", round(whole / alone, 2), "×", floor, UNLOCK_GOAL, note)


def memory() -> Iterable[Figure]:
    """With 10,000 customers open, Today and the list shown, and everything for writing imported."""
    path = salons.salon(CUSTOMERS)
    window = ["-m", "benchmarks.window", "settle", str(path)]
    found = alternating(3, bare=lambda: peak(bare()[1:]), settled=lambda: peak(window))
    early = peak(program(path, "today")[1:], KAPPERBOEK_PASSPHRASE=salons.KEY_TEXT)
    floor = f"bare window {median(found['bare']):.0f} MB"
    note = f"{median(found['settled']):.0f} MB once settled with the list open, {early:.0f} MB when Today stands"
    yield Figure("memory_ratio", ratio(found, "settled", "bare"), "×", floor, MEMORY_GOAL, note)
