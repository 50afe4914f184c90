"""Makes hundreds of things go wrong and counts what was lost: ``python -m tests.faults.run [--long] [--only NAME]``.

Each scenario is counted first: so many writes, syncs and changes of names. Then, for each of them (all with
``--long``, else some spread evenly), a child process does the scenario again and is killed there, before it or halfway
through it; or that one step fails, or the disk is full from there on; or it stands still while another program comes
by. Power cuts need no process: what was written down in order is put on paper disks that lost what was not synced.
Afterwards the folder must be in a state that was confirmed, and whoever could not go on must have been told why.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.faults import between
from tests.faults.paper_disk import MARK, PaperDisk, events

SHORT = 12  # points of each kind in each scenario, unless --long


class Ended(NamedTuple):
    """How a child went: how many steps it confirmed, and its last words (a sentence, ``bug: …``, or none)."""

    confirmed: int
    words: str


class Suite:
    """Runs everything in a folder of its own; ``made`` counts faults by scenario and kind."""

    def __init__(self, faults: ctypes.CDLL, folder: Path, points: int, only: str) -> None:
        from tests.faults import scenarios

        self.folder, self.points, self.only = folder, points, only
        self.scenarios = [one for one in scenarios.SCENARIOS if only in one.name]
        self.between = faults
        self.made: Counter[tuple[str, str]] = Counter()
        self.told: Counter[str] = Counter()
        self.confirmed = self.extra = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        """Every scenario with every kind of fault."""
        for scenario in self.scenarios:
            before = self.folder / "before"
            before.mkdir()
            scenario.prepare(before)
            try:
                Trial(self, scenario, before).run()
            finally:
                shutil.rmtree(before)

    def be_careless(self) -> None:
        """A program that does not wait for the disk: what this suite must notice."""
        from kapperboek.storage import connecting

        connecting._SETTINGS = (*connecting._SETTINGS, "PRAGMA synchronous = OFF")

    def report(self) -> str:
        """The table of faults, and the verdict."""
        kinds = sorted({kind for _name, kind in self.made})
        wide = max(map(len, kinds), default=0)
        names = [scenario.name for scenario in self.scenarios]
        lines = [" " * wide + "".join(f"{name:>20}" for name in names) + f"{'together':>12}"]
        for kind in kinds:
            counts = [self.made[name, kind] for name in names]
            lines.append(f"{kind:<{wide}}" + "".join(f"{count:>20}" for count in counts) + f"{sum(counts):>12}")
        lines.append("")
        lines.append(f"faults made: {sum(self.made.values())}")
        lines.append(f"changes confirmed before a fault: {self.confirmed}")
        lines.append(f"confirmed changes lost, or found half done: {len(self.wrong)}")
        lines.append(f"done, though the answer did not get through any more: {self.extra}")
        lines += [f"said {count:>5} ×: {words}" for words, count in self.told.most_common()]
        return "\n".join([*lines, *self.wrong[:60]])


class Trial:
    """One scenario: its undisturbed course, and then the faults."""

    def __init__(self, suite: Suite, scenario: object, before: Path) -> None:
        from tests.faults import scenarios

        assert isinstance(scenario, scenarios.Scenario)
        self.suite, self.scenario, self.before = suite, scenario, before
        self.place = suite.folder / "place"
        self.state = scenarios.state
        self.states: list[scenarios.State] = []

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """The folder as it was before, always by the same name: names stand in what is written down."""
        shutil.copytree(self.before, self.place)
        try:
            yield self.place
        finally:
            shutil.rmtree(self.place)

    def run(self) -> None:
        """All kinds of faults."""
        with self.fresh() as folder:
            self.states = [self.state(folder)]
            self.child(folder, lambda: None, states=True)
        steps, reads, disk, log = self.count()
        for at in self.some(steps):
            self.disturb("killed before a step", between.KILL_BEFORE, at, 0)
            self.disturb("killed halfway a step", between.KILL_HALFWAY, at, 0)
            self.disturb("one step fails (I/O error)", between.FAIL_ONCE, at, errno.EIO)
            self.disturb("the disk is gone from here on", between.FAIL_ON, at, errno.EIO)
            self.disturb("the disk is full from here on", between.FULL, at, errno.ENOSPC)
        for at in self.some(reads):
            self.disturb("one read fails (I/O error)", between.FAIL_READ, at, errno.EIO)
        for at in self.some(steps, 4):
            self.suspend(at)
        self.cut_power(disk, log)

    def some(self, count: int, less: int = 1) -> list[int]:
        """Which of so many steps get the fault: all, or some spread evenly."""
        points = max(2, self.suite.points // less)
        return list(range(1, count + 1)) if count <= points else [1 + n * count // points for n in range(points)]

    def count(self) -> tuple[int, int, PaperDisk, Path]:
        """How many steps and reads the scenario takes, the disk before it, and what is written down of it."""
        log = self.suite.folder / "log"
        with self.fresh() as folder:
            disk = PaperDisk(folder)
            handle = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
            ended = self.child(folder, lambda: self.suite.between.between_watch(bytes(folder), handle), counts=True)
            os.close(handle)
        steps, reads = map(int, ended.words.split())
        return steps, reads, disk, log

    def child(
        self, folder: Path, arm: Callable[[], object], *, states: bool = False, counts: bool = False,
        meanwhile: Callable[[int], None] | None = None,
    ) -> Ended:  # fmt: skip
        """Do the scenario in a process of its own; ``states`` notes each state it confirms (undisturbed only)."""
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reading)
            self._be_the_child(folder, arm, writing, states, counts)
        os.close(writing)
        if meanwhile is not None:
            meanwhile(process)
        with os.fdopen(reading, "rb") as file:
            said = file.read().decode().split("\n")
        os.waitpid(process, 0)
        confirmed = [line for line in said if line.startswith("+")]
        if states:
            self.states += [dict(part.split("=") for part in line[1:].split("|") if part) for line in confirmed]
        return Ended(len(confirmed), said[-1])

    def _be_the_child(
        self, folder: Path, arm: Callable[[], object], writing: int, states: bool, counts: bool
    ) -> None:
        done = 0

        def confirm() -> None:
            nonlocal done
            done += 1
            self.suite.between.between_mark(done)
            found = self.state(folder) if states else {}
            os.write(writing, ("+" + "|".join(f"{name}={digest}" for name, digest in found.items()) + "\n").encode())

        from kapperboek.domain.errors import UserError

        words = ""
        try:
            arm()
            self.scenario.work(folder, confirm)
        except UserError as error:
            words = error.message
        except BaseException:
            words = "bug: " + traceback.format_exc().replace("\n", " / ")
        if counts:
            words = f"{self.suite.between.between_steps()} {self.suite.between.between_reads()}"
        os.write(writing, words.encode())
        os._exit(0)

    # ---- faults

    def arm(self, folder: Path, what: int, at: int, error: int) -> Callable[[], None]:
        """For the child to call: watch this folder, and at this step do that."""

        def begin() -> None:
            self.suite.between.between_watch(bytes(folder), -1)
            self.suite.between.between_fault(what, at, error)

        return begin

    def disturb(self, kind: str, what: int, at: int, error: int) -> None:
        """One fault, and what is left after it."""
        with self.fresh() as folder:
            ended = self.child(folder, self.arm(folder, what, at, error))
            self.judge(kind, at, folder, ended)

    def suspend(self, at: int) -> None:
        """Stand still in the middle, while another program reads and wants to write; then go on."""
        with self.fresh() as folder:

            def meanwhile(process: int) -> None:
                _pid, status = os.waitpid(process, os.WUNTRACED)
                if os.WIFSTOPPED(status):
                    self.look_on(folder)
                    os.kill(process, signal.SIGCONT)

            try:
                ended = self.child(folder, self.arm(folder, between.STOP, at, 0), meanwhile=meanwhile)
            except ChildProcessError:  # it was through before that step
                return
            self.judge("stands still, another program comes by", at, folder, ended)

    def look_on(self, folder: Path) -> None:
        """Another program in the meantime: it reads a whole state or is told that it must wait."""
        from kapperboek.domain.errors import UserError
        from tests.faults import scenarios

        process = os.fork()
        if process == 0:
            code = 0
            try:
                scenarios.glance(folder)
            except UserError:
                code = 0
            except BaseException:
                traceback.print_exc()
                code = 1
            os._exit(code)
        if os.waitpid(process, 0)[1]:
            self.suite.wrong.append(f"{self.scenario.name}: another program was not told to wait")

    def cut_power(self, disk: PaperDisk, log: Path) -> None:
        """At every moment: what the disk may hold then."""

        done = list(events(log.read_bytes()))
        cuts = set(self.some(len(done)))
        for place, event in enumerate(done, 1):
            disk.take(event)
            if place not in cuts and event.kind != MARK:
                continue
            for turn in range(3 if self.suite.points > SHORT else 2):
                self.place.mkdir()
                try:
                    disk.cut(random.Random(f"{place} {turn}"), self.place, self.place)
                    self.judge("power cut, unsynced sectors gone", place, self.place, Ended(disk.confirmed, ""))
                finally:
                    shutil.rmtree(self.place)

    def judge(self, kind: str, at: int, folder: Path, ended: Ended) -> None:
        """Whether the folder is in a state it may be in, and whoever failed was told in a sentence."""
        suite = self.suite
        suite.made[self.scenario.name, kind] += 1
        suite.confirmed += ended.confirmed
        where = f"{self.scenario.name}, {kind} {at}: "
        if ended.words.startswith("bug: "):
            suite.wrong.append(where + ended.words[-600:])
        elif ended.words:
            suite.told[ended.words] += 1
        try:
            found = self.state(folder)
        except Exception as error:
            suite.wrong.append(f"{where}{error!r}, confirmed {ended.confirmed}")
            return
        if not self.scenario.fits(self.states, found, ended.confirmed):
            suite.wrong.append(f"{where}confirmed {ended.confirmed}, found {found}, of {self.states}")
        elif ended.confirmed + 1 < len(self.states) and found == self.states[ended.confirmed + 1]:
            suite.extra += 1


def main(arguments: list[str]) -> int:
    """Start again with what stands between, run, and print the table. 1 when anything was lost, 77 when it cannot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--long", action="store_true", help="at every step instead of some")
    parser.add_argument("--points", type=int, default=SHORT, help="how many steps of each scenario")
    parser.add_argument("--careless", action="store_true", help="without syncing: losses must be noticed")
    parser.add_argument("--only", default="", help="scenarios with this in their name")
    args = parser.parse_args(arguments)
    if reason := between.missing():
        print(reason)
        return 77
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="faults-", dir=memory if os.access(memory, os.W_OK) else None))
    try:
        faults = between.loaded()
        if faults is None:
            library = between.build(folder)
            command = [sys.executable, "-m", "tests.faults.run", *arguments]
            return subprocess.run(command, env=between.environment(library), check=False).returncode
        suite = Suite(faults, folder, 1_000_000 if args.long else args.points, args.only)
        if args.careless:
            suite.be_careless()
        suite.run()
    finally:
        shutil.rmtree(folder)
    print(suite.report())
    return 1 if suite.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
