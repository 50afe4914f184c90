"""What is done behind the window with 100,000 customers in it, and whether anybody typing notices."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import salons
from benchmarks.figures import Figure, p95
from benchmarks.searching import CUSTOMERS, FRAME, questions
from benchmarks.start import environment

SECOND = 1000.0  # milliseconds: who stops something waits no longer without wondering

Keys = list[tuple[float, float]]  # milliseconds until the letter is painted, until the answer is


def typing() -> Iterable[Figure]:
    """Key presses while the daily copy is made, read back and rehearsed, and while the file is checked; and how soon a
    check stops.
    """
    found = _measured()
    alone = _told(found["alone"])
    for name, said in (("backup", "all that is done once a day"), ("check", "the check")):
        run = found[name]
        letters = [letter for letter, _answer in run["keys"]]
        note = f"{_told(run['keys'])}, {said} took {run['seconds']:.0f} s"
        if name == "check":
            assert run["shares"] == sorted(run["shares"]), "a check went backwards"
            note += f", told how far it was {len(run['shares'])} times"
        yield Figure(f"{name}_typing_p95_ms", round(p95(letters), 1), "ms", f"without: {alone}", FRAME, note)
    stops = found["stopped"]
    note = f"stopped at {len(stops)} moments, median {median(stops):.0f} ms; the last second of a check isn't stopped"
    yield Figure("check_cancel_p95_ms", round(p95(stops), 1), "ms", "a second", SECOND, note)


def _told(keys: Keys) -> str:
    letters, answers = zip(*keys, strict=True)
    letter = f"{len(keys)} keys, letter median {median(letters):.1f} p95 {p95(letters):.1f} ms"
    return f"{letter}, answer median {median(answers):.1f} p95 {p95(answers):.1f} ms"


def _measured() -> dict[str, Any]:
    """What the window says, on a copy: the once-a-day work writes in the notebook."""
    with TemporaryDirectory(dir=salons.cache()) as folder:
        path = Path(shutil.copy(salons.salon(CUSTOMERS), Path(folder) / "salon.kapperboek"))
        with salons.opened(path) as book:
            texts = questions(book)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.window", "behind", str(path)],
            input="\n".join(map(json.dumps, texts)), capture_output=True, text=True, env=environment(),
            cwd=salons.ROOT, check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
