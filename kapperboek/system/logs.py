"""A small log and bug reports, both without anything a customer said or is called.

Python's logging was considered and not taken: it writes the message of an exception, and that is where names end up.
Here only what the program itself consists of is written: versions, places in the code, kinds of errors.
"""

from __future__ import annotations

import re
import secrets
import sys
from datetime import datetime
from pathlib import Path

from kapperboek import __version__

LOG = "kapperboek.log"
LARGEST = 256 * 1024  # bytes; then the log makes room for a new one
KEPT = 3
REPORTS_KEPT = 20

_REDACTED = (
    (re.compile(r"[^\s<>\"']+@[^\s<>\"']+"), "<mail>"),
    (re.compile(r"[\"'“‘].*?[\"'”’]"), "<text>"),
    (re.compile(r"\+?\d[\d\s().-]{5,}\d"), "<number>"),
)


def redact(text: str) -> str:
    """The text without mail addresses, numbers, quoted texts and the user's own folder."""
    text = text.replace(str(Path.home()), "~")
    for pattern, word in _REDACTED:
        text = pattern.sub(word, text)
    return text


def note(folder: Path, now: datetime, text: str) -> None:
    """Add one line to the log, redacted. A log that cannot be written is no reason to stop: then there is none."""
    try:
        path = folder / LOG
        if path.exists() and path.stat().st_size > LARGEST:
            _rotate(path)
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{now:%Y-%m-%d %H:%M:%S} {redact(text)}\n")
    except OSError:
        return


def _rotate(path: Path) -> None:
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{LOG}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{LOG}.{number + 1}"))
    path.replace(path.with_name(f"{LOG}.1"))


def bug_text(error: BaseException) -> str:
    """A bug report for whoever mends it: where in the code, which kinds of errors, which versions. No message, no
    values: those may hold what customers said.
    """
    lines = [f"Kapperboek {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        lines += _places(current)
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def _places(error: BaseException) -> list[str]:
    """Places in the code that an error passed, without what the variables held."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        file = "/".join(Path(code.co_filename).parts[-3:])
        places.append(f"  {file}:{trace.tb_lineno} {code.co_qualname}")
        trace = trace.tb_next
    return places


def write_report(folder: Path, now: datetime, error: BaseException) -> Path:
    """Write a bug report to a file of its own and give its path; the oldest ones go. OSError when it can't be."""
    reports = sorted(folder.glob("bug-*.txt"))
    for old in reports[: max(0, len(reports) - REPORTS_KEPT + 1)]:
        old.unlink(missing_ok=True)
    path = folder / f"bug-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}.txt"
    path.write_text(bug_text(error) + "\n", "utf-8")
    return path
