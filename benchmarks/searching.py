"""Search: from key press to painted list in the real window, and the answer alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import peer_search, salons
from benchmarks.figures import Figure, p95, processor_ms, seconds
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
        )
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


def _typed(path: Path, texts: Sequence[str], task: str = "type") -> list[list[Any]]:
    """Milliseconds of every key press of every text, in the real window; with a bare list's if one stands beside."""
    lines = "\n".join(map(json.dumps, texts))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.window", task, str(path)],
        input=lines, capture_output=True, text=True, env=environment(), cwd=salons.ROOT, check=False,
    )
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


def beside_bare() -> Iterable[Figure]:
    """From key press to painted list, in turn with a plain prefix query of the same index and a bare list that paints
    its rows.
    """
    path = salons.salon(CUSTOMERS)
    with salons.opened(path) as book:
        texts = questions(book)
    lines = [took for line in _typed(path, texts, "type_bare") for took in line]
    waited, ours, query, bare = zip(*lines[2:], strict=True)
    least = median(map(sum, zip(query, bare, strict=True)))
    floor = f"a plain query of the index {median(query):.1f} ms, its rows in a bare list {median(bare):.1f} ms"
    note = f"{len(ours)} key presses, median {median(ours):.1f} ms of the processor, by the clock {median(waited):.1f}"
    yield Figure("search_paint_ratio", round(median(ours) / least, 2), "×", floor, 2.0, note)


def answered() -> Iterable[Figure]:
    """The answer alone at 100,000 customers."""
    with salons.opened(salons.salon(CUSTOMERS)) as book:
        find(book, "warm")
        took = [1000 * seconds(lambda part=part: find(book, part)) for part in typed(book)]  # type: ignore[misc]
    note = f"{len(took)} questions, median {median(took):.1f} ms, {CUSTOMERS:,} customers"
    yield Figure("search_answer_p95_ms", round(p95(took), 1), "ms", f"a frame is {FRAME} ms", FRAME, note)


def typed(book: Notebook) -> list[str]:
    """Every question letter by letter, as it grows in the search box."""
    return [text[:length] for text in questions(book) for length in range(1, len(text) + 1)]


def million() -> Iterable[Figure]:
    """The answer alone at 1,000,000 customers, who have names, numbers and places but no past; in turn with that at
    100,000 and with tantivy's on the same words. Their ratios are of processor time, which other work on the computer
    changes least.
    """
    few_path, many_path = salons.salon(CUSTOMERS), salons.salon(MILLION, 0)
    with salons.opened(few_path) as few, salons.opened(many_path) as many:
        peer = peer_search.answering(many)
        took: dict[str, list[float]] = {"few": [], "many": [], "waited": [], "peer": []}
        for book in (few, many):
            find(book, "warm")
        for at_few, at_many in zip(typed(few), typed(many), strict=False):
            took["few"].append(processor_ms(lambda part=at_few: find(few, part)))  # type: ignore[misc]
            start = perf_counter()
            took["many"].append(processor_ms(lambda part=at_many: find(many, part)))  # type: ignore[misc]
            took["waited"].append(1000 * (perf_counter() - start))
            if peer is not None:
                took["peer"].append(processor_ms(lambda part=at_many: peer(part)))  # type: ignore[misc]
    yield from _of_million(took)


def _of_million(took: dict[str, list[float]]) -> Iterable[Figure]:
    few, many, waited, peer = (took[name] for name in ("few", "many", "waited", "peer"))
    note = f"{len(waited)} questions, median {median(waited):.1f} ms, {MILLION:,} customers"
    yield Figure("search_answer_million_p95_ms", round(p95(waited), 1), "ms", f"a frame is {FRAME} ms", FRAME, note)
    said = f"{len(many)} questions at {MILLION:,}, {_told(many)} of the processor"
    floor = f"the same at {CUSTOMERS:,}, {_told(few)}"
    yield Figure("search_million_ratio", round(p95(many) / p95(few), 2), "×", floor, 2.0, said)
    if peer:
        value = round(p95(many) / p95(peer), 2)
        yield Figure("search_tantivy_ratio", value, "×", f"tantivy in memory, {_told(peer)}", 4.0, said)
    else:
        yield Figure("search_tantivy_ratio", 0.0, "×", "peer absent", None)


def _told(took: Sequence[float]) -> str:
    return f"median {median(took):.1f} ms, p95 {p95(took):.1f} ms"
