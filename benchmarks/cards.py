"""Opening a card of somebody who came 500 times: the answer, and the painting after it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from random import Random
from statistics import median
from typing import Any

from benchmarks import salons
from benchmarks.figures import Figure, alternating, p95, ratio, seconds
from benchmarks.searching import CUSTOMERS, FRAME
from benchmarks.start import environment
from kapperboek.storage.queries.card import card


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
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.window", "cards", str(path)],
        input=json.dumps(ids), capture_output=True, text=True, env=environment(), cwd=salons.ROOT, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    took = json.loads(done.stdout)[2:][::2]  # the first ones build the page
    floor = f"a frame of 60 Hz is {FRAME} ms"
    note = f"{len(took)} times a card of 500 visits, median {median(took):.1f} ms"
    yield Figure("card_paint_p95_ms", round(p95(took), 1), "ms", floor, FRAME, note)
