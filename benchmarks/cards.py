"""Opening a card of somebody who came 500 times, and one with a thousand open talk points."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import salons
from benchmarks.figures import Figure, alternating, p95, ratio, seconds
from benchmarks.searching import CUSTOMERS, FRAME
from benchmarks.start import environment
from kapperboek.storage.read.card.card_query import card
from kapperboek.storage.write.unit_of_work import unit_of_work

MANY = 200  # cards
SOME = 300  # customers of a usual shop


def answered() -> Iterable[Figure]:
    """The whole card against the same statements without anything made of their rows."""
    with salons.opened(salons.salon(CUSTOMERS)) as book:
        customer_id = book.value("SELECT id FROM customer WHERE number = ?", (salons.HEAVY,))
        asked: list[tuple[str, Any]] = []
        plain_rows = book.rows

        def listening(sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
            asked.append((sql, params))
            return plain_rows(sql, params)

        book.rows = listening  # type: ignore[method-assign]
        visits = card(book, customer_id, salons.DAY).visit_count
        book.rows = plain_rows  # type: ignore[method-assign]
        statements = list(asked)

        def plain() -> None:
            for sql, params in statements:
                book.connection.execute(sql, params).fetchall()

        found = alternating(
            30, plain=lambda: seconds(plain), card=lambda: seconds(lambda: card(book, customer_id, salons.DAY))
        )
    floor = f"the same {len(statements)} statements {1000 * median(found['plain']):.1f} ms"
    yield Figure("card_answer_ratio", ratio(found, "card", "plain"), "×", floor, 3.0, f"{visits} visits, keyed")


def painted() -> Iterable[Figure]:
    """From the database's answer to the painted card, in the real window, in turn with other cards."""
    path = salons.salon(CUSTOMERS)
    rng = Random(3)
    with salons.opened(path) as book:
        heavy = book.value("SELECT id FROM customer WHERE number = ?", (salons.HEAVY,))
    ids = [each for _turn in range(100) for each in (heavy, rng.randrange(1, CUSTOMERS))]
    took = _painted(path, ids)[2:][::2]  # the first ones build the page
    floor = f"a frame of 60 Hz is {FRAME} ms"
    note = f"{len(took)} times a card of 500 visits, median {median(took):.1f} ms"
    yield Figure("card_paint_p95_ms", round(p95(took), 1), "ms", floor, FRAME, note)


def beside_bare() -> Iterable[Figure]:
    """From the database's answer to the painted card at rest, of many customers, in turn with a bare window that lays
    out and paints the same words in the same boxes.
    """
    rng = Random(4)
    ids = [rng.randrange(1, CUSTOMERS) for _turn in range(MANY)]
    waited, ours, bare = zip(*_painted(salons.salon(CUSTOMERS), ids, "cards_bare")[2:], strict=True)
    floor = f"the same words in plain labels, median {median(bare):.1f} ms of the processor"
    note = f"{len(ours)} cards of {CUSTOMERS:,}, median {median(ours):.1f} ms, by the clock {median(waited):.1f}"
    yield Figure("card_paint_ratio", round(median(ours) / median(bare), 2), "×", floor, 2.0, note)


def points() -> Iterable[Figure]:
    """A card with a thousand open talk points, in turn with one of a dozen."""
    many, few = 1000, 12
    with TemporaryDirectory(dir=salons.cache()) as folder:
        path = Path(shutil.copy(salons.salon(SOME), Path(folder) / "salon.kapperboek"))
        with salons.opened(path) as book, unit_of_work(book, "benchmark", source="demo") as uow:
            for customer_id, count in ((1, many), (2, few)):
                first = uow.next_id("talk_point", count)
                rows = [(first + n, customer_id, f"Hoe was reis {n}?", "2026-11-01") for n in range(count)]
                uow.bulk_insert("talk_point", ("id", "customer_id", "text", "made_on"), rows)
        took = _painted(path, [1, 2] * 40)[2:]
    found = {"many": took[::2], "few": took[1::2]}
    floor = f"a card of {few} points, median {median(found['few']):.1f} ms"
    note = f"{many} points, median {median(found['many']):.1f} p95 {p95(found['many']):.1f} ms; a frame is {FRAME} ms"
    yield Figure("card_points_ratio", ratio(found, "many", "few"), "×", floor, 2.0, note)


def _painted(path: Path, ids: list[int], task: str = "cards") -> list[Any]:
    """Milliseconds for each of these cards, from the answer to the painted card; also those of a bare window if one
    stands beside it.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.window", task, str(path)],
        input=json.dumps(ids), capture_output=True, text=True, env=environment(), cwd=salons.ROOT, check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: list[Any] = json.loads(done.stdout)
    return found
