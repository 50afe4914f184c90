"""Makes hundreds of things go wrong and counts what was lost: ``python -m tests.faults.run [--long] [--only NAME]``.

Each scenario is counted first: so many writes, syncs and changes of names. Then, for each of them (all with
``--long``, else some spread evenly), a child process does the scenario again and is killed there, before it or halfway
through it; or that one step fails, or the disk is full, gone or write-protected from there on; or it stands still while
another program comes by, or while somebody takes its file or its folder away. Power cuts need no process: what was
written down in order is put on paper disks that lost what was not synced. Afterwards the folder must be in a state that
was confirmed, and whoever could not go on must have been told why.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Sequence
from pathlib import Path

from tests.faults import between, meanwhile, trial

COLUMN = 11  # signs of a column of the table


def run(tally: trial.Tally, only: str) -> list[str]:
    """Every scenario with every kind of fault; gives what is to be told of flipped bits."""
    from tests.faults import damage, rivals, scenarios
    from tests.simulator import warm

    warm.up(tally.folder, tally.folder / "unused.kapperboek")
    for scenario in scenarios.all_of_them():
        if only not in scenario.name:
            continue
        before = tally.folder / "before"
        before.mkdir()
        scenario.prepare(before)
        try:
            trial.Trial(tally, scenario, before).run()
        finally:
            shutil.rmtree(before)
        tell(tally, scenario.name)
    if only in rivals.SCENARIO:
        rivals.Rivals(tally).run()
        tell(tally, rivals.SCENARIO)
    if only not in "damage":
        return []
    bits = damage.Damage(tally)
    bits.run()
    return bits.table()


def tell(tally: trial.Tally, name: str) -> None:
    """How far it is, for whoever looks on."""
    print(f"{name}: {sum(tally.made.values())} faults so far, {len(tally.wrong)} wrong", file=sys.stderr, flush=True)


def be_careless() -> None:
    """A program that does not wait for the disk: what this suite must notice."""
    from kapperboek.storage.file import open_file

    open_file.SETTINGS = (*open_file.SETTINGS, "PRAGMA synchronous = OFF")


def report(tally: trial.Tally, bits: list[str]) -> str:
    """The table of faults, and the verdict."""
    lines = [
        *table(tally, [*trial.STEPS, trial.READ, trial.SUSPENDED, *meanwhile.KINDS, trial.POWER]),
        *bits,
        "",
        f"faults made: {sum(tally.made.values())}",
        f"changes confirmed before a fault: {tally.confirmed}",
        f"confirmed changes lost, or found half done: {len(tally.wrong)}",
        f"done, though the answer did not get through any more: {tally.extra}",
    ]
    lines += [f"said {count:>5} ×: {words}" for words, count in tally.told.most_common()]
    return "\n".join([*lines, *tally.wrong[:60]])


def table(tally: trial.Tally, kinds: Sequence[str]) -> list[str]:
    """A line for each scenario, a column for each kind of fault, and the sums."""
    names = list(dict.fromkeys(name for name, kind in tally.made if kind in kinds))
    if not names:
        return []
    wide = max(map(len, [*names, "together"]))
    heads = [textwrap.wrap(kind, COLUMN - 1) for kind in [*kinds, "together"]]
    high = max(map(len, heads))
    lines = [
        " " * wide + "".join(f"{head[place] if place < len(head) else '':>{COLUMN}}" for head in heads)
        for place in range(high)
    ]
    for name in [*names, "together"]:
        counts = [sum(tally.made[one, kind] for one in names if name in (one, "together")) for kind in kinds]
        lines.append(f"{name:<{wide}}" + "".join(f"{count:>{COLUMN}}" for count in [*counts, sum(counts)]))
    return lines


def main(arguments: list[str]) -> int:
    """Start again with what stands between, run, and print the table. 1 when anything was lost, 77 when it cannot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--long", action="store_true", help="at every step instead of some")
    parser.add_argument("--points", type=int, default=trial.SHORT, help="how many steps of each scenario")
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
        tally = trial.Tally(faults, folder, 1_000_000 if args.long else args.points)
        if args.careless:
            be_careless()
        bits = run(tally, args.only)
    finally:
        shutil.rmtree(folder)
    print(report(tally, bits))
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
