"""A year of a salon for each seed, and what the world does to it: ``python -m tests.simulator.run --seeds 1000``.

People save, import, undo, forget and put back; programs are killed, disks full, clocks wrong; a sync program swaps,
moves and overwrites the file. A model beside it (see ``model``) knows what was confirmed and who was forgotten. What
does not agree is told with its seed and its steps, and replays by the command that is printed with it; ``--seed N``
also leaves out steps for as long as it still goes wrong, which makes a short story of it.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

from tests.faults import between

STEPS = 60  # of a year
NEW = "begun.kapperboek"
TOLD_EVERY = 5  # seconds between two lines of progress
SHOWN = 14  # lines of a story, without --seed


class Outcome(NamedTuple):
    """Of one seed: what went wrong (nothing: empty), the story, and what was done how many times."""

    wrong: str
    story: list[str]
    confirmed: int
    count: Counter[str]


def live(seed: int, folder: Path, options: argparse.Namespace, without: Set[int]) -> Outcome:
    """One year, in a folder of its own."""
    from tests.simulator.world import Broken, World

    room = folder / f"seed-{seed}"
    room.mkdir()
    world, wrong = World(seed, room, folder / NEW, options.careless), ""
    try:
        world.run(options.steps, without)
    except Broken as error:
        wrong = f"step {world.step_number}: {error}"
    except Exception:
        wrong = f"step {world.step_number}: the simulator itself: {traceback.format_exc()}"
    finally:
        shutil.rmtree(room)
    return Outcome(wrong, world.trace, world.model.confirmed, Counter(world.count))


def shortened(seed: int, folder: Path, options: argparse.Namespace, without: set[int], found: Outcome) -> set[int]:
    """As many steps left out as it takes to go wrong all the same: halves, quarters, single ones."""
    last = int(found.wrong.split()[1].rstrip(":"))
    without = without | set(range(last + 1, options.steps + 1))
    size = max(1, last // 2)
    while size:
        for start in range(1, last + 1, size):
            fewer = without | set(range(start, min(start + size, last + 1)))
            if fewer != without and _kind(live(seed, folder, options, fewer)) == _kind(found):
                without = fewer
        size //= 2
    return without


def _kind(outcome: Outcome) -> str:
    """What went wrong, but for the names in it."""
    words = outcome.wrong.partition(": ")[2]
    return " ".join(word for word in words.split()[:12] if word.islower())


def command(seed: int, options: argparse.Namespace, without: Set[int]) -> str:
    """How to see the same again."""
    parts = [f"python -m tests.simulator.run --seed {seed}"]
    if options.steps != STEPS:
        parts.append(f"--steps {options.steps}")
    if options.careless:
        parts.append(f"--careless {options.careless}")
    if without:
        parts.append(f"--without {_ranges(without)}")
    return " ".join(parts)


def _ranges(numbers: Set[int]) -> str:
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(f"{first}-{last}" if first != last else str(first) for first, last in found)


def _numbers(text: str) -> set[int]:
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _dash, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def all_of_them(folder: Path, options: argparse.Namespace) -> list[tuple[int, Outcome]]:
    """Every seed, with a line now and then; gives those that went wrong."""
    bad: list[tuple[int, Outcome]] = []
    done, confirmed, began = Counter[str](), 0, time.monotonic()
    told = began
    seeds = range(options.first, options.first + options.seeds)
    for number, seed in enumerate(seeds, 1):
        outcome = live(seed, folder, options, frozenset())
        done += outcome.count
        confirmed += outcome.confirmed
        if outcome.wrong:
            bad.append((seed, outcome))
            print(story(seed, options, set(), outcome, SHOWN), flush=True)
            if options.until_wrong:
                return bad
        if time.monotonic() - told > TOLD_EVERY or number == len(seeds):
            told = time.monotonic()
            print(f"{number} of {len(seeds)} seeds, {confirmed} confirmed, {len(bad)} wrong", flush=True)
    spent = sum(os.times()[:4])
    print(f"{len(seeds)} seeds in {time.monotonic() - began:.0f} s ({spent / len(seeds):.2f} s of processor each)")
    print(", ".join(f"{what} {many}" for what, many in sorted(done.items())))
    print(f"changes confirmed: {confirmed}; seeds in which a promise was broken: {len(bad)}")
    return bad


def story(seed: int, options: argparse.Namespace, without: Set[int], outcome: Outcome, lines: int) -> str:
    """What happened, what went wrong, and how to see it again."""
    shown = outcome.story[-lines:]
    return "\n".join([f"--- seed {seed}", *shown, f"WRONG {outcome.wrong}", f"    {command(seed, options, without)}"])


def one_seed(folder: Path, options: argparse.Namespace) -> int:
    """The whole story of one, and a short one when it goes wrong."""
    without = _numbers(options.without)
    outcome = live(options.seed, folder, options, without)
    print(story(options.seed, options, without, outcome, len(outcome.story)), flush=True)
    if outcome.wrong and not options.without:
        shorter = shortened(options.seed, folder, options, without, outcome)
        print("\nThe same, shorter:")
        print(story(options.seed, options, shorter, live(options.seed, folder, options, shorter), 200))
    return 1 if outcome.wrong else 0


def read_options(arguments: list[str]) -> argparse.Namespace:
    """What stands behind the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator.run", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20, help="how many years (20)")
    parser.add_argument("--first", type=int, default=1, help="the seed to begin with (1)")
    parser.add_argument("--seed", type=int, help="only this one, with its whole story")
    parser.add_argument("--steps", type=int, default=STEPS, help=f"of each year ({STEPS})")
    parser.add_argument("--without", default="", help="steps to leave out: 1-5,9")
    parser.add_argument("--until-wrong", action="store_true", help="stop at the first that goes wrong")
    parser.add_argument("--careless", default="", help="break a promise: loses, remembers, pesters, is-blind")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Start again with what stands between program and disk, and live. 1: a promise was broken; 77: it can't be run."""
    options = read_options(arguments)
    if reason := between.missing():
        print(reason)
        return 77
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="salon-", dir=memory if os.access(memory, os.W_OK) else None))
    try:
        if between.loaded() is None:
            environment = {**between.environment(between.build(folder)), "PYTHONHASHSEED": "0", "TZ": "UTC"}
            return subprocess.run(
                [sys.executable, "-m", "tests.simulator.run", *arguments], env=environment, check=False
            ).returncode
        from kapperboek import i18n
        from tests.simulator import warm

        i18n.set_language("nl")
        warm.up(folder, folder / NEW)
        gc.freeze()
        if options.seed is not None:
            return one_seed(folder, options)
        return 1 if all_of_them(folder, options) else 0
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
