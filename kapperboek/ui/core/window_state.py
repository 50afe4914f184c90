"""State of the window as it was last time, in a small file beside the notebook: nothing about customers.

Theme, text size and language are settings of the notebook; a copy stands here because the first window is
painted before the notebook is open. QSettings was tried and costs three times as much as reading six
lines.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

LONGEST = 10_000  # bytes; ours has a few hundred


class Remembered(NamedTuple):
    """Theme, text size in percent, language ("" unknown), the window's place as ``x,y,width,height``, and what
    was put off that day (see ``PutOff``)."""

    theme: str = "system"
    text_scale: int = 100
    language: str = ""
    place: str = ""
    full: bool = False
    shop: str = ""
    staff: int = 0
    put_off: str = ""  # a day and marks of what is not to be asked again then


class WindowMemory:
    """Memory of the window on the notebook at ``path``, as it is ``now``: on disk by ``save``."""

    def __init__(self, path: Path) -> None:
        self.path, self.now = path, load(path)

    def change(self, **fields: Any) -> None:
        """Remember these fields of ``Remembered`` otherwise from now on."""
        self.now = self.now._replace(**fields)

    def save(self) -> None:
        """Save the window's state for the next start."""
        save(self.path, self.now)


def file_for(notebook: Path) -> Path:
    """Path of the file of the window's memory for this notebook."""
    return notebook.with_name(f"{notebook.name}-window.txt")


def load(notebook: Path) -> Remembered:
    """Load what was remembered of the window; anything missing or broken is as on the first day."""
    file = file_for(notebook)
    try:
        if not file.is_file() or file.stat().st_size > LONGEST:  # a pipe would keep the window waiting
            return Remembered()
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return Remembered()
    found = dict(line.split("=", 1) for line in lines if "=" in line)
    return Remembered(
        theme=found.get("theme", "system"),
        text_scale=min(300, max(75, _number(found, "text_scale", 100))),
        language=found.get("language", ""),
        place=found.get("place", ""),
        full=found.get("full") == "True",
        shop=found.get("shop", ""),
        staff=_number(found, "staff", 0),
        put_off=found.get("put_off", ""),
    )


def _number(found: dict[str, str], key: str, usual: int) -> int:
    text = found.get(key, "")
    return int(text) if text.isdecimal() and len(text) < 10 else usual


def save(notebook: Path, what: Remembered) -> None:
    """Remember for next time; a folder that can't be written to is no reason to complain."""
    text = "".join(f"{key}={str(value).replace(chr(10), ' ')}\n" for key, value in what._asdict().items())
    file = file_for(notebook)
    try:
        if file.is_file() or not file.exists():
            file.write_text(text, "utf-8")
    except OSError:
        return
