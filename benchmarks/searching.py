"""Search: from key press to painted list in the real window, and the answer alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from statistics import median

from benchmarks import salons
from benchmarks.figures import Figure, p95, seconds
from benchmarks.start import environment
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.search_query import find

FRAME = 16.7  # milliseconds between two pictures of a 60 Hz screen
CUSTOMERS, MILLION = 100_000, 1_000_000
PEOPLE = 40


def questions(book: Notebook, seed: int = 7) -> list[str]:
    """What is typed at a counter: names in any order, numbers, places, a word of a note; of people there are."""
    rng = Random(seed)
    last = book.value("SELECT max(id) FROM customer")
    found: list[str] = []
    while len(found) < PEOPLE:
        row = book.row(
            "SELECT c.given_name, c.family_name, f.phone, f.place, c.number FROM customer c JOIN customer_fact f"
            " ON f.customer_id = c.id WHERE c.id = ?",
            (rng.randrange(1, last),),
        )
        if row is None or not (row[0] and row[1] and row[2] and row[3]):
            continue
        given, family, phone, place, number = row
        ways = (
            f"{given} {family}", f"{given[:3]} {family[:3]}", f"{family} {given}", family, given, phone,
            phone[-7:], f"{family} {place}", place, number,
        )  # fmt: skip
        found.append(ways[len(found) % len(ways)])
    return [*found, "lissabon", "keuken", "zilvershampoo", "moestuin"]


def mistyped(book: Notebook, seed: int = 8) -> list[str]:
    """Names with one slip of the finger: two letters changing places, one left out, one too many."""
    rng = Random(seed)
    found: list[str] = []
    for name in questions(book, seed):
        word = max(name.split(), key=len)
        if not word.isalpha() or len(word) < 5:
            continue
        place = rng.randrange(1, len(word) - 2)
        slips = (
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place + 1 :],
            word[:place] + rng.choice("eanrt") + word[place:],
        )
        found.append(slips[len(found) % 3])
    return found


def _typed(path: Path, texts: Sequence[str]) -> list[list[float]]:
    """Milliseconds of every key press of every text, in the real window."""
    lines = "\n".join(map(json.dumps, texts))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.window", "type", str(path)],
        input=lines, capture_output=True, text=True, env=environment(), cwd=salons.ROOT, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def painted() -> Iterable[Figure]:
    """In the real window, 100,000 customers and 1,000,000 contact moments, keyed."""
    path = salons.salon(CUSTOMERS)
    with salons.opened(path) as book:
        texts, slips = questions(book), mistyped(book)
    took = [each for line in _typed(path, texts) for each in line]
    floor = f"a frame of 60 Hz is {FRAME} ms"
    note = f"{len(took)} key presses, median {median(took):.1f} ms, {CUSTOMERS:,} customers"
    yield Figure("search_p95_ms", round(p95(took), 1), "ms", floor, FRAME, note)
    wrong = [each for line in _typed(path, slips) for each in line[2:]]
    note = f"{len(wrong)} key presses, median {median(wrong):.1f} ms"
    yield Figure("search_typo_p95_ms", round(p95(wrong), 1), "ms", f"two frames are {2 * FRAME} ms", 2 * FRAME, note)


def _answers(path: Path) -> list[float]:
    """Milliseconds of every answer alone."""
    with salons.opened(path) as book:
        find(book, "warm")
        texts = questions(book)
        parts = [text[:length] for text in texts for length in range(1, len(text) + 1)]
        return [1000 * seconds(lambda part=part: find(book, part)) for part in parts]  # type: ignore[misc]


def answered() -> Iterable[Figure]:
    """The answer alone at 100,000 customers."""
    took = _answers(salons.salon(CUSTOMERS))
    note = f"{len(took)} questions, median {median(took):.1f} ms, {CUSTOMERS:,} customers"
    yield Figure("search_answer_p95_ms", round(p95(took), 1), "ms", f"a frame is {FRAME} ms", FRAME, note)


def million() -> Iterable[Figure]:
    """The answer alone at 1,000,000 customers, who have names, numbers and places but no past."""
    took = _answers(salons.salon(MILLION, 0))
    note = f"{len(took)} questions, median {median(took):.1f} ms, {MILLION:,} customers"
    yield Figure("search_answer_million_p95_ms", round(p95(took), 1), "ms", f"a frame is {FRAME} ms", FRAME, note)
