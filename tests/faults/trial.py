"""One scenario and everything that goes wrong with it: see ``run`` for what that is, ``meanwhile`` for what is done to
its folder while it stands still.
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import random
import shutil
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.faults import between, meanwhile
from tests.faults.paper_disk import MARK, PaperDisk, events

if TYPE_CHECKING:
    import ctypes

    from tests.faults.scenarios import Scenario, State

SHORT = 3  # points of each kind in each scenario, unless --long
# What one step, or every step from there on, meets.
STEPS = {
    "killed before a step": (between.KILL_BEFORE, 0),
    "killed halfway a step": (between.KILL_HALFWAY, 0),
    "one step fails": (between.FAIL_ONCE, errno.EIO),
    "the disk gone from there on": (between.FAIL_ON, errno.EIO),
    "the disk full from there on": (between.FULL, errno.ENOSPC),
    "only to be read from there on": (between.FAIL_ON, errno.EROFS),
}
READ, POWER, SUSPENDED = "one read fails", "power cut, unsynced gone", "suspended, another comes by"


class Ended(NamedTuple):
    """How a child went: how many steps it confirmed, its last words (a sentence, ``bug: …``, or none), and whether it
    came to its own end."""

    confirmed: int
    words: str
    whole: bool = False


class Tally:
    """What was made and what came of it, of all scenarios; ``made`` counts faults by scenario and kind."""

    def __init__(self, faults: ctypes.CDLL, folder: Path, points: int) -> None:
        self.between, self.folder, self.points = faults, folder, points
        self.made: Counter[tuple[str, str]] = Counter()
        self.told: Counter[str] = Counter()
        self.confirmed = self.extra = 0
        self.wrong: list[str] = []

    def some(self, count: int, less: int = 1) -> list[int]:
        """Which of so many steps get the fault: all, or some spread evenly; of the slow kinds ``less`` times fewer."""
        points = max(1, min(self.points, count) // less)
        if count <= points:
            return list(range(1, count + 1))
        return [1 + (2 * n + 1) * count // (2 * points) for n in range(points)]


class Trial:
    """One scenario: its undisturbed course, and then the faults."""

    def __init__(self, tally: Tally, scenario: Scenario, before: Path) -> None:
        self.tally, self.scenario, self.before = tally, scenario, before
        self.place = tally.folder / "place"
        self.states: list[State] = []

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
            self.states = [self.scenario.state(folder)]
            ended = self.child(folder, lambda: None, states=True)
            assert not ended.words and len(self.states) > 1, f"{self.scenario.name}, undisturbed: {ended.words}"
            self.import_what_it_needed()
        steps, reads, disk, log = self.count()
        for at in self.tally.some(steps):
            for kind, (what, error) in STEPS.items():
                self.disturb(kind, what, at, error)
        for at in self.tally.some(reads):
            self.disturb(READ, between.FAIL_READ, at, errno.EIO)
        for at in self.tally.some(steps, 4):
            self.suspend(at)
            for kind, change in meanwhile.KINDS.items():
                if self.scenario.saves or not change.only_saving:
                    self.while_it_stands(kind, at, change)
        self.cut_power(disk, log)

    def import_what_it_needed(self) -> None:
        """Once here, instead of in each of the thousands of processes to come."""
        for name in (self.tally.folder / "modules").read_text().split():
            with suppress(ImportError):  # some are made by others, and have no file
                importlib.import_module(name)
        gc.freeze()

    def count(self) -> tuple[int, int, PaperDisk, Path]:
        """How many steps and reads the scenario takes, the disk before it, and what is written down of it."""
        log = self.tally.folder / "log"
        with self.fresh() as folder:
            disk = PaperDisk(folder)
            handle = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
            ended = self.child(folder, lambda: self.tally.between.between_watch(bytes(folder), handle), counts=True)
            os.close(handle)
        steps, reads = map(int, ended.words.split())
        return steps, reads, disk, log

    def child(
        self, folder: Path, arm: Callable[[], object], *, states: bool = False, counts: bool = False,
        meanwhile: Callable[[int], None] | None = None,
    ) -> Ended:
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
        status = os.waitpid(process, 0)[1]
        confirmed = [line for line in said if line.startswith("+")]
        if states:
            self.states += [dict(part.split("=") for part in line[1:].split("|") if part) for line in confirmed]
        return Ended(len(confirmed), said[-1], os.WIFEXITED(status))

    def _be_the_child(
        self, folder: Path, arm: Callable[[], object], writing: int, states: bool, counts: bool
    ) -> None:
        done = 0

        def confirm() -> None:
            nonlocal done
            done += 1
            self.tally.between.between_mark(done)
            found = self.scenario.state(folder) if states else {}
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
        if states:
            (self.tally.folder / "modules").write_text("\n".join(sys.modules))
        if counts:
            words = f"{self.tally.between.between_steps()} {self.tally.between.between_reads()}"
        os.write(writing, words.encode())
        os._exit(0)

    # ---- faults

    def arm(self, folder: Path, what: int, at: int, error: int) -> Callable[[], None]:
        """For the child to call: watch this folder, and at this step do that."""

        def begin() -> None:
            self.tally.between.between_watch(bytes(folder), -1)
            self.tally.between.between_fault(what, at, error)

        return begin

    def disturb(self, kind: str, what: int, at: int, error: int) -> None:
        """One fault, and what is left after it."""
        with self.fresh() as folder:
            ended = self.child(folder, self.arm(folder, what, at, error))
            self.judge(kind, at, folder, ended)

    def _stopped(self, folder: Path, at: int, do: Callable[[], object], drop: bool = False) -> Ended | None:
        """Stand still at a step while that is done, and go on; None when it was through before that step."""
        begin = self.arm(folder, between.STOP, at, 0)

        def arm() -> None:
            if drop:
                meanwhile.be_nobody()
            begin()

        def while_stopped(process: int) -> None:
            _pid, status = os.waitpid(process, os.WUNTRACED)
            if os.WIFSTOPPED(status):
                do()
                os.kill(process, signal.SIGCONT)

        try:
            return self.child(folder, arm, meanwhile=while_stopped)
        except ChildProcessError:
            return None

    def suspend(self, at: int) -> None:
        """Stand still in the middle, while another program reads and wants to write; then go on."""
        with self.fresh() as folder:
            ended = self._stopped(folder, at, lambda: self.look_on(folder))
            if ended is not None:
                self.judge(SUSPENDED, at, folder, ended)

    def while_it_stands(self, kind: str, at: int, change: meanwhile.Change) -> None:
        """Something is done to its folder in the middle; afterwards that is put right again, and all must be there."""
        done: list[bool] = []
        with self.fresh() as folder:
            if change.needs_nobody:
                meanwhile.give_away(folder)
            ended = self._stopped(folder, at, lambda: done.append(change.do(folder)), drop=change.needs_nobody)
            change.put_right(folder)
            if ended is not None and any(done):
                self.judge(kind, at, folder, ended)
                if change.is_copy:
                    self.judge_copy(kind, at, folder)

    def judge_copy(self, kind: str, at: int, folder: Path) -> None:
        """Of a copy that was made meanwhile: it says what was once so, or is told to be damaged."""
        from kapperboek.domain.errors import UserError

        away = meanwhile.away(folder)
        copy = away.rename(self.tally.folder / "copy.kapperboek")
        try:
            found = self.scenario.look_into(copy)
            if found not in {state.get(meanwhile.NAME) for state in self.states}:
                self.tally.wrong.append(f"{self.scenario.name}, {kind} {at}: the copy says {found}")
        except (UserError, AssertionError):
            self.tally.told["(of a copy that was made while the log was worked in) damaged"] += 1
        finally:
            for end in ("", "-wal", "-shm"):
                copy.with_name(f"{copy.name}{end}").unlink(missing_ok=True)

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
            self.tally.wrong.append(f"{self.scenario.name}: another program was not told to wait")

    def cut_power(self, disk: PaperDisk, log: Path) -> None:
        """At every moment: what the disk may hold then."""
        done = list(events(log.read_bytes()))
        cuts = set(self.tally.some(len(done)))
        for place, event in enumerate(done, 1):
            disk.take(event)
            if place not in cuts and event.kind != MARK:
                continue
            for turn in range(3 if self.tally.points > SHORT else 2):
                self.place.mkdir()
                try:
                    disk.cut(random.Random(f"{place} {turn}"), self.place, self.place)
                    self.judge(POWER, place, self.place, Ended(disk.confirmed, ""))
                finally:
                    shutil.rmtree(self.place)

    def judge(self, kind: str, at: int, folder: Path, ended: Ended) -> None:
        """Whether the folder is in a state it may be in, and whoever failed was told in a sentence."""
        tally = self.tally
        tally.made[self.scenario.name, kind] += 1
        tally.confirmed += ended.confirmed
        where = f"{self.scenario.name}, {kind} {at}: "
        if ended.words.startswith("bug: "):
            tally.wrong.append(where + ended.words[-900:])
        elif ended.words:
            tally.told[ended.words.replace(str(folder), "…")] += 1
        elif ended.whole and ended.confirmed + 1 < len(self.states) and not self.scenario.may_be_silent:
            tally.wrong.append(f"{where}confirmed only {ended.confirmed}, and did not say why")
        try:
            found = self.scenario.state(folder)
        except Exception as error:
            tally.wrong.append(f"{where}{error!r}, confirmed {ended.confirmed}")
            return
        if not self.scenario.fits(self.states, found, ended.confirmed):
            tally.wrong.append(f"{where}confirmed {ended.confirmed}, found {found}, of {self.states}")
        elif ended.confirmed + 1 < len(self.states) and found == self.states[ended.confirmed + 1]:
            tally.extra += 1
