"""Noting a visit: from the filled-in dialog to the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from benchmarks import salons
from benchmarks.figures import Figure, alternating, p95, seconds

CUSTOMERS = 10_000
VISITS = 60
GOAL = 50.0


def visit() -> Iterable[Figure]:
    """A visit with a discussed talk point, a new one and a follow-up, against one row and a commit."""
    from kapperboek.services import moments
    from kapperboek.services.inputs import NewFollowUp, NewPoint, VisitInput

    folder = Path(mkdtemp())
    path = Path(shutil.copy(salons.salon(CUSTOMERS), folder / "salon.kapperboek"))
    with salons.opened(path) as book:
        book.connection.execute("CREATE TABLE plain (text TEXT)")
        ids = count(100)

        def note() -> None:
            new = VisitInput(
                next(ids),
                f"{salons.DAY.isoformat()}T10:00",
                1,
                ("Knippen", "Kleuren"),
                "7/1 40 g · 9% 1:1",
                (),
                85,
                9650,
                "Wil volgend jaar naar Porto.",
                (),
                (NewPoint("Tante Riet in ziekenhuis"),),
                NewFollowUp("Nabellen", salons.DAY + timedelta(days=7)),
            )
            moments.record_visit(book, new, by=1)

        def plain() -> None:
            book.connection.execute("BEGIN IMMEDIATE")
            book.connection.execute("INSERT INTO plain VALUES ('Knippen, kleuren')")
            book.connection.execute("COMMIT")

        found = alternating(VISITS, plain=lambda: 1000 * seconds(plain), ours=lambda: 1000 * seconds(note))
    shutil.rmtree(folder)
    floor = f"one row and a commit {p95(found['plain']):.1f} ms"
    note_text = f"{VISITS} visits with a new talk point and a follow-up, median {median(found['ours']):.1f} ms"
    yield Figure("save_visit_p95_ms", round(p95(found["ours"]), 1), "ms", floor, GOAL, note_text)
