"""What a verified copy of the notebook costs with 100,000 customers in it, done while nobody waits."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import salons
from benchmarks.figures import Figure, alternating, ratio, seconds
from benchmarks.searching import CUSTOMERS
from kapperboek.storage.copies import verified_copy


def verified() -> Iterable[Figure]:
    """A copy with every page read back and counted against the notebook, held against SQLite's own copying alone."""
    with TemporaryDirectory(dir=salons.cache()) as folder:
        path = Path(shutil.copy(salons.salon(CUSTOMERS), Path(folder) / "salon.kapperboek"))
        target, plain = Path(folder) / "copy.kapperboek", Path(folder) / "plain"

        def as_file() -> None:
            shutil.copyfile(path, plain)
            with plain.open("rb") as file:
                os.fsync(file.fileno())

        with salons.opened(path) as book:

            def copied() -> None:
                verified_copy.write_copy(book, plain)

            found = alternating(
                3, file=lambda: _afresh(plain, as_file), copy=lambda: _afresh(plain, copied),
                whole=lambda: _afresh(target, lambda: verified_copy.copy_to(book, target)),
            )
        megabytes = path.stat().st_size / 1e6
    floor = f"copying without looking {median(found['copy']):.1f} s"
    note = f"{median(found['whole']):.1f} s for {megabytes:.0f} MB; as a plain file {median(found['file']):.1f} s"
    yield Figure("copy_verified_ratio", ratio(found, "whole", "copy"), "×", floor, 4.0, note)


def _afresh(target: Path, work: Callable[[], object]) -> float:
    target.unlink(missing_ok=True)
    return seconds(work)
