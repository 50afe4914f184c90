"""One seed: a year of a small salon, its files, its computer, its clock, and whoever meddles with them.

A step is drawn from the seed and the step's own number, so that leaving out others hardly changes it (see ``run``).
After what could go wrong the notebook is opened and compared with the model; ``Broken`` is a promise that was broken.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Set
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from tests.simulator.model import Content, Model, difference
from tests.simulator.program import FAULTS, Answer, Fault, Places, Running

BEGUN = datetime(2026, 1, 5, 9, 0)
DAYS_A_STEP = 13  # at most: a year in so many steps
NAME = "salon.kapperboek"
ZONE = ZoneInfo("Europe/Amsterdam")  # of a notebook that was just begun
GRAVE = ("older", "lacking", "log")  # remarks that say that something may be missing
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeou"]


class Broken(Exception):
    """A promise of the program that did not hold."""


class World:
    """The salon and everything around it; ``trace`` tells what happened."""

    def __init__(self, seed: int, room: Path, template: Path, careless: str = "") -> None:
        self.seed, self.room, self.careless = seed, room, careless
        self.template = template  # a notebook that was just begun
        self.places = Places(room, room / "kopie", room / "computer")
        for folder in (room / "zaak", *self.places[1:], room / "stick"):
            folder.mkdir()
        self.path = room / "zaak" / NAME
        self.model = Model()
        self.programs: dict[str, Running] = {}
        self.trace: list[str] = []
        self.hands: dict[Path, Content] = {}  # copies made by hand, and what is in them
        self.exports: dict[Path, set[str]] = {}  # who stands in them
        self.in_place: Content | None = None  # what the notebook's file holds, when that is not the latest
        self.may_be: list[Content] = []  # after something went wrong halfway: one of these
        self.here = BEGUN
        self.error = timedelta()  # of the computer's clock
        self.step_number = 0
        self.chance = Random(seed)
        self.count: dict[str, int] = {}
        self._started = 0
        self._stamped: dict[Path, int] = {}

    # ---- a year

    def run(self, steps: int, without: Set[int]) -> None:
        """All of it. Broken, with the trace so far."""
        from tests.simulator import deeds, mishaps

        try:
            self._begin()
            for self.step_number in range(1, steps + 1):
                self.chance = Random(f"{self.seed} {self.step_number}")
                self.here += timedelta(days=self.chance.randrange(DAYS_A_STEP), minutes=self.chance.randrange(400))
                self.turn_clock()
                if self.step_number not in without:
                    self.set_clock()
                    ordinary = 0.78 if self.programs else 0.5  # at night there is little else
                    (deeds if self.chance.random() < ordinary else mishaps).one(self)
            self.step_number, self.error = steps + 1, timedelta()
            self.end()
        finally:
            for running in self.programs.values():
                running.kill()

    def _begin(self) -> None:
        shutil.copy(self.template, self.path)
        self.open()

    def turn_clock(self) -> None:
        """Now and then the computer's clock is wrong, for some steps."""
        if self.chance.random() < 0.08:
            wrong = (timedelta(days=-1), timedelta(days=-400), timedelta(days=40), timedelta(hours=-3))
            in_2035 = datetime(2035, 1, 1, 10, 0) - self.here
            self.error = self.chance.choice((*wrong, in_2035))
            self.tell(f"the clock says {self.clock:%Y-%m-%d}")
        elif self.error and self.chance.random() < 0.4:
            self.error = timedelta()
            self.tell("the clock is put right")

    def set_clock(self) -> None:
        for running in self.programs.values():
            running.ask("now", self.clock)

    @property
    def clock(self) -> datetime:
        """What the computer thinks: no hour that summer time skips, which no clock shows."""
        shown = (self.here + self.error).replace(second=0, microsecond=0, tzinfo=ZONE)
        return shown.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None)

    def end(self) -> None:
        """Everything is closed and opened once more; and every copy is looked into."""
        self.close_all()
        self.open()
        self.close_all()
        copies = [*sorted(self.places.copies.glob("*.kapperboek")), *sorted(self.path.parent.glob("*.kapperboek"))]
        for copy in self.chance.sample(copies, min(4, len(copies))):
            self.look_into(copy)

    # ---- saying and judging

    def tell(self, what: str) -> None:
        self.trace.append(f"{self.step_number:>3} {self.here:%Y-%m-%d}  {what}")

    def must(self, answer: Answer, what: str) -> object:
        """It has to work."""
        if answer.how != "done":
            raise Broken(f"{what}: {answer.how} {answer.code} {answer.value or ''}")
        return answer.value

    def tally(self, what: str) -> None:
        self.count[what] = self.count.get(what, 0) + 1

    # ---- programs

    def start(self) -> Running:
        """A new process, with nothing open."""
        self._started += 1
        running = Running(self.places, f"{self.seed} {self.step_number} {self._started}", [*self.programs.values()])
        if self.careless:
            running.ask("be_careless", self.careless)
        return running

    def open(self, letter: str = "A") -> Running | None:
        """Open the notebook as somebody does in the morning; what is in it, and what is said of it, must be right."""
        running = self.start()
        answer = running.ask("open", self.path, self.clock)
        self.tell(f"{letter} opens {self.path.name}" + (f", is told: {answer.value[0]}" if answer.value else ""))
        said = self.must(answer, "opening")
        self.programs[letter] = running
        kind, _name, copy = said if isinstance(said, tuple) else ("", "", None)
        if self.in_place is not None:
            return self._go_on_with_older(letter, kind, copy)
        if kind in GRAVE:
            lost = difference(self.model.now, self.content(running))
            raise Broken(f"said to be {kind}, though nothing happened to it; {lost or 'all of it is there'}")
        self.compare(running)
        return running

    def _go_on_with_older(self, letter: str, kind: str, copy: Path | None) -> Running | None:
        """The file is of another state: that must be said; then the owner chooses."""
        running, older, now = self.programs[letter], self.in_place, self.model.now
        assert older is not None
        found = self.content(running)
        self.in_place = None
        if found == now:  # the log that lay there completed it, or it says the same
            self.must(running.ask("read_it"), "reading it")
            self.model.changes = []  # it may be by another journal
            return running
        if found not in self.model.met_again(older, older, older) and found != older:
            raise Broken("an older file holds something else: " + difference(older, found))
        if kind not in GRAVE and self.model.noted is not None and found != self.model.noted:
            raise Broken("an older state was taken without a word: " + difference(now, found))
        self.model.held(found)  # what was settled since is said in it by now
        if copy is not None and self.chance.random() < 0.5:
            self.close(letter)
            self.in_place = older  # until that is done
            self.restore(copy)
            return self.open(letter)
        self.must(running.ask("read_it"), "reading it")
        self.must(running.ask("look_after"), "looking after it")
        self.tell(f"{letter} goes on with the older one")
        found = self.content(running)
        if found not in self.model.met_again(older, older, older):
            raise Broken("going on with an older file: " + difference(self.model.without_forgotten(older), found))
        self.model.jump(found)
        self.model.noted = found
        self.tally("older states gone on with")
        return running

    def content(self, running: Running) -> Content:
        """All that is in it; and now and then, and always after something went wrong, a check that finds nothing."""
        if self.may_be or self.chance.random() < 0.15:
            problems = self.must(running.ask("check"), "check")
            if problems:
                raise Broken(f"check finds {problems}")
        found: Content = self.must(running.ask("content"), "reading")  # type: ignore[assignment]
        return found

    def compare(self, running: Running) -> None:
        """The notebook against the model; what was in doubt is certain now."""
        found = self.content(running)
        self.tally("times compared")
        if self.may_be:
            candidates, self.may_be = self.may_be, []
            if found in candidates:
                for name in [name for name in self.model.now if name not in found and name == self.to_forget]:
                    self.model.forgot(name)
                if found != self.model.now:
                    self.model.confirm(found, -1)
                self.to_forget = ""
                return
            raise Broken("after a fault neither as before nor done: " + difference(candidates[0], found))
        if found != self.model.now:
            raise Broken(difference(self.model.now, found))

    to_forget = ""  # somebody of whom it is not known whether it was done

    def close(self, letter: str, copy: bool = True) -> None:
        """As the window does: the copy of the day anew, and let go."""
        running = self.programs.pop(letter)
        if copy:
            self.must(running.ask("copy_at_closing"), "the copy at closing")
        self.must(running.ask("close"), "closing")
        running.kill()
        self.stamp()
        self.model.noted = self.model.now
        self.tell(f"{letter} closes")

    def close_all(self) -> None:
        for letter in [*self.programs]:
            self.close(letter)

    def kill(self, letter: str) -> None:
        self.programs.pop(letter).kill()
        self.tally("kills")

    def settle(self, letter: str) -> None:
        """A quiet moment: all of it into the file, and noted on this computer."""
        self.must(self.programs[letter].ask("settle"), "a quiet moment")
        self.model.noted = self.model.now

    # ---- what can fail halfway

    def fault(self, steps: int) -> Fault | None:
        """Mostly none."""
        if self.chance.random() > 0.1:
            return None
        return Fault(self.chance.choice(sorted(FAULTS)), self.chance.randint(1, steps))

    def attempt(self, running: Running, what: str, name: str, *args: object, after: Content, steps: int = 12) -> Answer:
        """Have it done; the model says so too when it was. After a fault it is one or the other until it is opened."""
        fault = self.fault(steps) if self.in_place is None and self.path.exists() else None
        answer = running.ask(name, *args, fault=fault)
        self.stamp()
        said = answer.how + (f" ({answer.value})" if answer.how == "refused" else "")
        self.tell(f"{what}: {said}" + (f", {fault.kind} {fault.at}" if fault else ""))
        if answer.how == "bug":
            raise Broken(f"{what}: {answer.value}")
        if answer.how == "done":
            if after != self.model.now:
                number = answer.value[0] if isinstance(answer.value, tuple) else answer.value
                self.model.confirm(after, number if isinstance(number, int) else 0)
        elif fault is None:
            raise Broken(f"{what} was refused: {answer.code} {answer.value}")
        else:
            self.tally(fault.kind)
            self.may_be = [self.model.now, after]
        return answer

    def recover(self, letter: str) -> None:
        """After trouble whoever sits there closes it, or it is gone already; and opens it again."""
        running = self.programs[letter]
        if running.alive and self.chance.random() < 0.5:
            self.close(letter, copy=False)
        else:
            self.kill(letter)
        self.open(letter)

    # ---- files

    def restore(self, copy: Path) -> None:
        """A copy in the notebook's place; nobody has it open."""
        found = self.look_into(copy)
        present = self.in_place if self.in_place is not None else self.model.now if self.path.exists() else found
        since = None if self.in_place is None and self.path.exists() else present
        after, *others = self.model.met_again(found, present, since)
        running = self.start()
        answer = self.attempt(
            running, f"restore {copy.name}", "restore", copy, self.path, self.clock, after=after, steps=60
        )
        running.kill()
        self.in_place = None
        self.model.changes = []
        if answer.how == "done":
            self.model.jump(after)
            self.may_be = [after, *others] if others else []
        elif self.may_be:
            self.may_be += others
        self.tally("restores")

    def look_into(self, file: Path) -> Content:
        """What is in a copy, seen from another computer; it must be a state that was confirmed once."""
        folder = self.room / "elders"
        folder.mkdir()
        running = Running(
            Places(folder, folder, folder), f"{self.seed} {self.step_number} elders", [*self.programs.values()]
        )
        try:
            shutil.copy(file, folder / NAME)
            self.must(running.ask("open", folder / NAME, self.here), f"opening the copy {file.name}")
            found = self.content(running)
        finally:
            running.kill()
            shutil.rmtree(folder)
        self.tally("copies looked into")
        if not self.model.was_confirmed(found):
            raise Broken(f"the copy {file.name} holds what was never confirmed")
        return found

    def stamp(self) -> None:
        """Files have the time of the clock in the salon."""
        for path in self.places.copies.iterdir():
            changed = path.stat().st_mtime_ns
            if self._stamped.get(path) != changed:
                moment = time.mktime(self.clock.timetuple())
                os.utime(path, (moment, moment))
                self._stamped[path] = path.stat().st_mtime_ns

    def word(self, extra: int = 0) -> str:
        """A name nobody else has."""
        number = self.step_number * 8 + extra
        parts = [_SYLLABLES[number % 56], _SYLLABLES[number // 56 % 56], _SYLLABLES[number * 7 % 56]]
        return "".join(parts).capitalize()

    def phone(self, extra: int = 0) -> str:
        return f"06 {20_000_000 + (self.step_number * 8 + extra) * 1037:08d}"
