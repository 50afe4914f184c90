"""A process that writes until it is killed: ``python -m tests.faults.killed FILE``; prints nothing when all
was well.

Each round forks a child that saves visits or imports people and says each time that it is done; it is killed
somewhere in the middle, by count of SQLite's own steps (any statement) or by the clock (also between two
writes of a commit). Then the notebook is opened as after any crash. Forking spares importing SQLModel for
every round.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from kapperboek.storage import check, drafts, facts, search_index, sessions, tables  # noqa: F401 (imported before forking)
from kapperboek.storage.notebook import Notebook

KEY = bytes(range(32))
CREATED = "2026-11-22T08:00:00Z"
PEOPLE = 300


def save_visits(book: Notebook, say: Callable[[], None]) -> None:
    """Visits of customer 1, each with a talk point and the end of a draft."""
    while True:
        number = book.value("SELECT count(*) FROM interaction") + 1
        drafts.save(book, f"d{number}", "visit", 1, f"half {number}")
        with book.unit_of_work(f"bezoek {number}") as uow:
            uow.add(
                tables.InteractionRow(
                    customer_id=1, at=f"2026-01-01T10:{number % 60:02d}", kind="visit", note=f"n{number}"
                )
            )
            uow.add(tables.TalkPointRow(customer_id=1, text=f"punt {number}", made_on="2026-01-01"))
            drafts.drop(book, f"d{number}")
        say()


def import_people(book: Notebook, say: Callable[[], None]) -> None:
    """Batches of people with a phone each."""
    while True:
        with book.unit_of_work("ingelezen") as uow:
            first, phones = uow.next_id("customer", PEOPLE), uow.next_id("contact_point", PEOPLE)
            people = [
                (first + n, f"u{first + n}", str(first + n), f"Naam{n}", CREATED) for n in range(PEOPLE)
            ]
            uow.bulk_insert("customer", ("id", "uid", "number", "given_name", "created_at"), people)
            numbers = [(phones + n, first + n, "phone", f"06{n:08d}") for n in range(PEOPLE)]
            uow.bulk_insert("contact_point", ("id", "customer_id", "kind", "value"), numbers)
        say()


def counts(book: Notebook) -> tuple[int, int]:
    """How many visits were saved and how many batches read; each must be there whole."""
    visits, points, people, phones, changes = (
        book.value(f"SELECT count(*) FROM {table}")
        for table in ("interaction", "talk_point", "customer", "contact_point", "change")
    )
    assert visits == points, "a visit without its talk point"
    assert (people - 1) % PEOPLE == 0, "part of an import"
    assert phones == people - 1, "people without their phones"
    batches = (people - 1) // PEOPLE
    assert changes == 1 + visits + batches, "changes that are not in the journal"
    assert book.value("SELECT coalesce(max(visit_count), 0) FROM customer_fact") == visits, (
        "facts of another moment"
    )
    return visits, batches


def round_of(path: Path, job: Callable[..., None], steps: int, seconds: float) -> None:
    """Write, be killed after so many SQLite steps (times 1,000) or seconds, and look at what is left."""
    with Notebook.open(path, key=KEY) as book:
        before = counts(book)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        book = Notebook.open(path, key=KEY)
        if steps:
            left = [steps]

            def step() -> int:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return 0

            book.connection.set_progress_handler(step, 1000)
        job(book, lambda: os.write(writing, b"."))
    os.close(writing)
    if seconds:
        select.select([], [], [], seconds)  # waits for nothing: the moment of the crash is what is being tried
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as file:
        confirmed = len(file.read())
    with Notebook.open(path, key=KEY) as book:
        after = counts(book)
        done = sum(after) - sum(before)
        assert confirmed <= done <= confirmed + 1, f"confirmed {confirmed}, there {done}"
        assert check.check(book) == []


def main() -> None:
    """All rounds on one notebook, which so goes through many crashes."""
    path = Path(sys.argv[1])
    with Notebook.open(path, key=KEY, create=True) as book, book.unit_of_work("klant") as uow:
        uow.add(tables.Customer(uid="u", number="0", created_at=CREATED))
    for turn in range(7):
        round_of(path, save_visits, steps=3 + 12 * turn, seconds=0)
        round_of(path, import_people, steps=20 + 115 * turn, seconds=0)
    for turn in range(5):
        round_of(path, save_visits, steps=0, seconds=0.03 + 0.021 * turn)
        round_of(path, import_people, steps=0, seconds=0.05 + 0.051 * turn)
    with Notebook.open(path, key=KEY) as book:
        visits, batches = counts(book)
    assert visits > 5 and batches > 1, f"too little was written to mean anything: {visits}, {batches}"


if __name__ == "__main__":
    main()
