"""Two programs that save into one notebook at the same time, and something goes wrong with one of them."""

from __future__ import annotations

import os
import shutil
import traceback
from collections.abc import Callable
from pathlib import Path

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.services.customers import customers
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.opening import open_notebook
from tests.conftest import KEY
from tests.faults.scenarios import CLOCK, NAME, open_it, with_one_customer
from tests.faults.trial import STEPS, Tally

SCENARIO, TURNS = "two programs at once", 5


class Rivals:
    """The window and the command line; only the first is disturbed."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.before, self.place = tally.folder / "before", tally.folder / "place"

    def run(self) -> None:
        """Every kind of fault at some steps of the one, while the other goes on."""
        self.before.mkdir()
        with_one_customer(self.before)
        try:
            for at in self.tally.some(self.count(), 2):
                for kind, (what, error) in STEPS.items():
                    self.disturb(kind, what, at, error)
        finally:
            shutil.rmtree(self.before)

    def count(self) -> int:
        """How many steps it takes alone."""
        shutil.copytree(self.before, self.place)
        watch = self.tally.between
        _process, reading = self.start("alone", lambda: watch.between_watch(bytes(self.place), -1), counts=True)
        steps = int(self.heard(reading)[-1])
        os.wait()
        shutil.rmtree(self.place)
        return steps

    def disturb(self, kind: str, what: int, at: int, error: int) -> None:
        """Both at once; what either confirmed must be there."""

        def arm() -> None:
            self.tally.between.between_watch(bytes(self.place), -1)
            self.tally.between.between_fault(what, at, error)

        shutil.copytree(self.before, self.place)
        try:
            both = [self.start("venster", arm), self.start("opdracht", lambda: None)]
            said = [self.heard(reading) for _process, reading in both]
            for process, _reading in both:
                os.waitpid(process, 0)
            self.judge(kind, at, *said)
        finally:
            shutil.rmtree(self.place)

    def start(self, name: str, arm: Callable[[], object], counts: bool = False) -> tuple[int, int]:
        """A program that saves a few customers and says so after each; the process and where to hear it."""
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reading)
            words = ""
            try:
                arm()
                save(self.place, name, writing)
            except UserError as error:
                words = error.message
            except BaseException:
                words = "bug: " + traceback.format_exc().replace("\n", " / ")
            if counts:
                words = str(self.tally.between.between_steps())
            os.write(writing, words.encode())
            os._exit(0)
        os.close(writing)
        return process, reading

    def heard(self, reading: int) -> list[str]:
        """What it confirmed, and its last words."""
        with os.fdopen(reading, "rb") as file:
            return file.read().decode().split("\n")

    def judge(self, kind: str, at: int, first: list[str], second: list[str]) -> None:
        """Nothing confirmed is lost, of the first at most one more is there, and the second was not hindered."""
        tally, where = self.tally, f"{SCENARIO}, {kind} {at}: "
        tally.made[SCENARIO, kind] += 1
        tally.confirmed += len(first) + len(second) - 2
        if first[-1].startswith("bug: "):
            tally.wrong.append(where + first[-1][-900:])
        elif first[-1]:
            tally.told[first[-1].replace(str(self.place), "…")] += 1
        if len(second) != TURNS + 1:
            tally.wrong.append(f"{where}the other confirmed {len(second) - 1}: {second[-1]}")
        try:
            with open_notebook(self.place / NAME, key=KEY, clock=CLOCK) as book:
                assert (problems := integrity_check.check(book)) == [], problems
                found = {row[0] for row in book.rows("SELECT given_name FROM customer WHERE id > 1")}
        except Exception as error:
            tally.wrong.append(f"{where}{error!r}")
            return
        confirmed = {*first[:-1], *second[:-1]}
        if not confirmed <= found or len(found - confirmed) > 1:
            tally.wrong.append(f"{where}confirmed {sorted(confirmed)}, found {sorted(found)}")


def save(folder: Path, name: str, writing: int) -> None:
    """A few customers, each confirmed by its name."""
    with open_it(folder) as book:
        for turn in range(TURNS):
            customers.new_customer(book, CustomerRecord(given_name=f"{name} {turn}"))
            os.write(writing, f"{name} {turn}\n".encode())
