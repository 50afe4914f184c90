"""The real window in a process of its own, on a screen of its own, with nothing but a keyboard to drive it."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0  # seconds; as long as it takes on a busy computer before we call it stuck
GLANCE = 0.05  # seconds between two looks
CALM = 0.5  # seconds in which nothing moves and nobody works: then what was pressed has been answered
STEP = 997  # bytes between two that are looked at: a prime, so that every colour and column has its turn
NEW_PAGE = 0.02  # part of the screen that must differ: a page or a sheet, not a blinking cursor

Found = TypeVar("Found")


def until(look: Callable[[], Found], what: str, patience: float = PATIENCE) -> Found:
    """What ``look`` gives as soon as that is something; fails the test when it stays nothing."""
    end = time.monotonic() + patience
    while not (found := look()):
        if time.monotonic() > end:
            pytest.fail(f"waited {patience:.0f} s in vain: {what}")
        select.select([], [], [], GLANCE)
    return found


class Screen:
    """A screen in memory of 1440 by 900, on the first display that is free. Skips the test where there is none."""

    def __init__(self, folder: Path) -> None:
        for tool in ("Xvfb", "xdotool"):
            if shutil.which(tool) is None:
                pytest.skip(f"needs {tool}, to type into a real window on a screen of its own")
        self._memory = folder / "Xvfb_screen0"
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-fbdir", str(folder)]
        command += ["-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            self.close()
            pytest.skip("Xvfb finds no free display here")
        self.display = f":{number}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self.close()

    def busy(self) -> bool:
        """Tell whether it is still drawing."""
        return works(self._server.pid)

    def close(self) -> None:
        self._server.terminate()
        self._server.wait()

    def look(self) -> bytes:
        """Some thousands of dots of what is on the screen."""
        return self._memory.read_bytes()[::STEP]


class Keyboard:
    """Kapperboek on this screen, from its start until it is closed or killed."""

    def __init__(
        self, screen: Screen, notebook: Path, env: dict[str, str], *options: str,
        start: tuple[str, ...] = ("-m", "kapperboek"), calm: float = CALM,
    ) -> None:
        self.screen = screen
        self._env = {**os.environ, **env, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
        self._env.pop("WAYLAND_DISPLAY", None)
        empty = screen.look()
        command = [sys.executable, *start, "--notebook", str(notebook), *options]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self._env, stderr=subprocess.PIPE)
        window = until(self._window, "the window opens")
        self._xdotool("windowfocus", window)
        self._changes(empty, calm)

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self._env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def _window(self) -> str:
        if self.process.poll() is not None:
            pytest.fail(f"the window ended by itself: {self._last_words()}")
        return self._xdotool("search", "--onlyvisible", "--pid", str(self.process.pid), "--name", "Kapperboek")

    def _last_words(self) -> str:
        return self.process.stderr.read().decode(errors="replace") if self.process.stderr else ""

    def windows(self) -> list[str]:
        """What every window of the program in sight is called."""
        found = self._xdotool("search", "--onlyvisible", "--pid", str(self.process.pid), "--name", ".")
        return [self._xdotool("getwindowname", one) for one in found.split()]

    def title(self) -> str:
        """What the window is called at this moment."""
        return self._xdotool("getwindowname", self._window())

    # --- typing -----------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press these one after another, in xdotool's words: Return, ctrl+Return, F9."""
        self._xdotool("key", "--clearmodifiers", *keys)

    def write(self, text: str) -> None:
        """Type this text."""
        self._xdotool("type", "--clearmodifiers", "--delay", "8", text)

    def go(self, *keys: str, calm: float = CALM) -> None:
        """Press these, and wait until that has brought up another page or sheet, which then stands still (so many
        seconds: what a sheet holds may come later than the sheet)."""
        before = self.screen.look()
        self.press(*keys)
        self._changes(before, calm)

    def find(self, text: str) -> None:
        """Type this where nothing else takes letters, and open the first who is found."""
        before = self.screen.look()
        self.write(text)
        self._changes(before)
        self.go("Return")

    def _changes(self, before: bytes, calm: float = CALM) -> None:
        last, since = before, time.monotonic()

        def stands() -> bool:
            nonlocal last, since
            now = self.screen.look()
            working = works(self.process.pid) or self.screen.busy()
            if working or differ(last, now) > NEW_PAGE / 20:
                last, since = now, time.monotonic()
            return differ(before, now) > NEW_PAGE and time.monotonic() - since > calm

        until(stands, "the screen changes")

    # --- the end ----------------------------------------------------------------------------------------

    def kill(self) -> None:
        """The power fails: no chance to keep or tidy anything. Fails the test when there was a complaint before."""
        self.process.kill()
        complaints = self._last_words()
        self.process.wait()
        assert "Traceback" not in complaints, complaints


def works(pid: int) -> bool:
    """Tell whether a thread of this process works, or would if other programs left it a core, or waits for the disk."""
    for thread in Path(f"/proc/{pid}/task").glob("*/stat"):
        try:
            state = thread.read_text().rpartition(")")[2].split()[0]
        except OSError:  # it ended meanwhile
            continue
        if state in "RD":
            return True
    return False


def differ(one: bytes, other: bytes) -> float:
    """Which part of two pictures is different, 0 to 1."""
    if len(one) != len(other):
        return 1.0
    return sum(a != b for a, b in zip(one, other, strict=True)) / max(1, len(one))
