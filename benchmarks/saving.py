"""Noting a visit: from the filled-in dialog to the disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import mkdtemp
from time import thread_time

from benchmarks import salons
from benchmarks.figures import Figure, alternating, p95, ratio, seconds
from benchmarks.searching import CUSTOMERS, FRAME
from kapperboek.services.keeping import maintenance
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook

VISITS = 200


def visit() -> Iterable[Figure]:
    """A visit with a new talk point and a follow-up, against a durable commit of as many pages and nothing else."""
    from kapperboek.services import row_checks

    assert row_checks  # imported when the window stands, not by the first save
    folder = Path(mkdtemp(dir=salons.cache()))  # on a disk: elsewhere nothing would be made durable
    path = Path(shutil.copy(salons.salon(CUSTOMERS), folder / "salon.kapperboek"))
    with salons.opened(path) as book, book.again() as worker, _bare(folder) as bare:
        _come_to_rest(book, worker)
        note = _noting(book)
        note()
        pages = _pages_of(book, note)
        burned: list[float] = []

        def plain() -> float:
            bare.connection.execute("UPDATE plain SET content = randomblob(?)", ((pages - 2) * 4060,))
            return 0.0

        def quiet() -> float:
            _come_to_rest(book, worker)
            maintenance.work_log_in(bare)
            return 0.0

        def ours() -> float:
            start = thread_time()
            took = 1000 * seconds(note)
            burned.append(1000 * (thread_time() - start))
            return took

        found = alternating(VISITS, plain=lambda: 1000 * seconds(plain), ours=ours, quiet=quiet)
        rushed = [1000 * seconds(note) for _visit in range(VISITS)]
    shutil.rmtree(folder)
    wrote = f"a bare commit of {pages} pages, median {median(found['plain']):.1f} ms, p95 {p95(found['plain']):.1f} ms"
    told = f"{VISITS} visits, {CUSTOMERS:,} customers, median {median(found['ours']):.1f} ms"
    yield Figure("save_visit_ratio", ratio(found, "ours", "plain"), "×", wrote, 3.0, told)
    yield Figure("save_visit_p95_ms", round(p95(found["ours"]), 1), "ms", wrote, FRAME, _told(found["ours"], burned))
    note_text = f"no moment between; {_told(rushed)}"
    yield Figure("save_visit_rush_p95_ms", round(p95(rushed), 1), "ms", f"a frame is {FRAME} ms", FRAME, note_text)


def _told(took: list[float], burned: list[float] | None = None) -> str:
    text = f"{len(took)} visits, {CUSTOMERS:,} customers, median {median(took):.1f} ms, longest {max(took):.0f} ms"
    return f"{text}, processor {median(burned):.1f} ms, p95 {p95(burned):.1f} ms" if burned else text


def _bare(folder: Path) -> Notebook:
    """A keyed file with all the settings of a notebook, to write something into that means nothing."""
    book = open_notebook(folder / "bare.kapperboek", key=salons.KEY, create=True, clock=salons.CLOCK)
    book.connection.execute("CREATE TABLE plain (content BLOB)")
    book.connection.execute("INSERT INTO plain VALUES (randomblob(100000))")
    return book


def _come_to_rest(book: Notebook, worker: Notebook) -> None:
    """What the window does when nobody asked for anything for a second."""
    while maintenance.join_a_little(book):
        pass
    maintenance.work_log_in(worker)


def _noting(book: Notebook) -> Callable[[], None]:
    """Notes a visit of somebody, each time of somebody else."""
    from kapperboek.services.inputs import NewFollowUp, NewPoint, VisitInput
    from kapperboek.services.moments import moments

    rng = Random(5)

    def note() -> None:
        new = VisitInput(
            rng.randrange(1, CUSTOMERS),
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

    return note


def _pages_of(book: Notebook, note: Callable[[], None]) -> int:
    """How many pages a visit writes into the log, as a median."""
    counted = []
    for _visit in range(9):
        before = book.rows("PRAGMA wal_checkpoint(NOOP)")[0][1]
        note()
        counted.append(book.rows("PRAGMA wal_checkpoint(NOOP)")[0][1] - before)
    return int(median(counted))
