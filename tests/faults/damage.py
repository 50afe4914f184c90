"""Flips bits in every kind of place a notebook has, and looks whether it is noticed, located, and the rest is saved.

What stood on the very page of the flipped bit cannot be read any more; it must be told of. Anything else must be saved.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.services import drafts, journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import importing
from kapperboek.services.inputs import VisitInput
from kapperboek.services.keeping import maintenance
from kapperboek.services.moments import moments
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write import journaled_tables
from tests.conftest import KEY, NOW
from tests.faults import pages
from tests.faults.scenarios import CLOCK, NAME, open_it, with_lists
from tests.faults.trial import Tally

NAMES = {13: "a page of rows", 5: "a page that leads to rows", 10: "an index", 2: "a page that leads into an index"}
SALT, HEAD, FREE, LONG, LOG, COPY = (
    "the salt", "a page that tells of tables", "a free page", "a page of a long text", "the log", "a copy",
)
TABLES = (*journaled_tables.JOURNALED, "draft")
Rows = dict[str, set[tuple[object, ...]]]


class Bit(NamedTuple):
    """Where one is flipped: the file's name, the byte, and the page that is in (0: not a page of the notebook)."""

    region: str
    file: str
    place: int
    page: int


class Damage:
    """One notebook, damaged again and again; ``noticed`` and so on count by region, like the tally's ``made``."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.noticed: Counter[str] = Counter()
        self.located: Counter[str] = Counter()
        self.saved: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.before, self.place = tally.folder / "whole", tally.folder / "place"

    def run(self) -> None:
        """A few bits, or many, in each kind of place."""
        self.before.mkdir()
        prepare(self.before)
        shutil.copytree(self.before, self.place)
        expected = rows_of(self.place / NAME)  # of a copy: closing it tidies up the log
        shutil.rmtree(self.place)
        try:
            for region, bits in sorted(regions(self.before).items()):
                count = min(len(bits), max(1, self.tally.points // 2))
                for bit in random.Random(region).sample(bits, count):
                    shutil.copytree(self.before, self.place)
                    try:
                        self.harm(bit, expected)
                    finally:
                        shutil.rmtree(self.place)
        finally:
            shutil.rmtree(self.before)

    def harm(self, bit: Bit, expected: Rows) -> None:
        """Flip it, and see what becomes of it."""
        chance = random.Random(str(bit))
        path = self.place / bit.file
        content = bytearray(path.read_bytes())
        content[bit.place] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        self.tally.made["damage", bit.region] += 1
        try:
            (self.in_a_copy if bit.region == COPY else self.in_the_notebook)(bit, expected)
        except Exception as error:
            self.tally.wrong.append(f"a bit in {bit.region} ({bit.place}): {error!r}")

    def in_the_notebook(self, bit: Bit, expected: Rows) -> None:
        """Noticed when it is opened or checked; then saved into a new one."""
        noticed, located = look(self.place / NAME, bit)
        self.noticed[bit.region] += noticed
        self.located[bit.region] += located
        if not (noticed and located):
            self.tally.wrong.append(f"a bit in {bit.region} ({bit.place}): noticed {noticed}, located {located}")
        target = self.place / "gered.kapperboek"
        done = maintenance.rescue(self.place / NAME, target, key=KEY, clock=CLOCK, backups=self.place / "kopie")
        with open_notebook(target, key=KEY, clock=CLOCK) as book:
            assert (problems := integrity_check.check(book)) == [], problems
        found = rows_of(target)
        told = {one.table: one.lost for one in done.tables}
        for table, rows in expected.items():
            missing = len(rows - found[table])
            self.saved[bit.region] += len(rows) - missing
            self.told[bit.region] += missing
            # Told of is always so many or more; whoever noted something is nobody when the names of staff are lost.
            if missing and not told[table] + told["staff"] + done.restored_heads + done.orphans:
                self.tally.wrong.append(f"a bit in {bit.region} ({bit.place}): {missing} rows of {table} lost untold")

    def in_a_copy(self, bit: Bit, expected: Rows) -> None:
        """Putting it back is refused, and the notebook is as it was."""
        try:
            maintenance.restore(self.place / bit.file, self.place / NAME, key=KEY, now=NOW)
            self.tally.wrong.append(f"a copy with a flipped bit ({bit.place}) was put back")
        except CannotOpen as error:
            self.noticed[COPY] += 1
            self.located[COPY] += bit.file in error.message
            if bit.file not in error.message:
                self.tally.wrong.append(f"a copy with a flipped bit ({bit.place}) is not named: {error.message}")
        found = rows_of(self.place / NAME)
        self.saved[COPY] += sum(map(len, found.values()))
        if found != expected:
            self.tally.wrong.append(f"a copy with a flipped bit ({bit.place}): the notebook is no longer as it was")

    def table(self) -> list[str]:
        """A line for each kind of place."""
        heads = ("made", "noticed", "located", "rows saved", "rows told lost")
        wide = 34
        lines = [f"{'a bit flipped in':<{wide}}" + "".join(f"{head:>16}" for head in heads)]
        for (kind, region), made in sorted(self.tally.made.items()):
            if kind == "damage":
                counts = (made, *(counter[region] for counter in (self.noticed, self.located, self.saved, self.told)))
                lines.append(f"{region:<{wide}}" + "".join(f"{count:>16}" for count in counts))
        return lines


def prepare(folder: Path) -> None:
    """A notebook with something of everything: long texts, free pages, a copy, and a log of what was saved last."""
    with_lists(folder)
    (folder / "kopie").mkdir()
    other = folder.with_name("opened")
    with open_it(folder) as book:
        importing.import_files(book, [folder / "lijst1.vcf"])
        for day in range(1, 29):
            note = f"Dag {day} {'lang verhaal ' * (900 if day % 9 == 0 else 9)}"
            moments.record_visit(book, VisitInput(day, f"2026-10-{day:02d}T10:00", 1, note=note))
        importing.import_files(book, [folder / "lijst2.vcf"])
        journal.undo(book)
        drafts.save(book, "d", "visit", 1, "half getypt")
        maintenance.backup(book, folder / "kopie")
    with open_it(folder) as book:
        book.connection.execute("PRAGMA wal_autocheckpoint = 0").fetchone()
        for number in range(6):
            customers.new_customer(book, CustomerRecord(given_name=f"Laatst {number}"))
        shutil.copytree(folder, other)
    shutil.rmtree(folder)
    other.rename(folder)
    for path in folder.glob("*-shm"):
        path.unlink()


def rows_of(path: Path) -> Rows:
    """Every row that people wrote, by table."""
    with open_notebook(path, key=KEY, clock=CLOCK) as book:
        return {table: set(book.rows(f"SELECT * FROM {table}")) for table in TABLES}


def look(path: Path, bit: Bit) -> tuple[bool, bool]:
    """Whether opening and checking notice it, and say where."""
    try:
        with open_notebook(path, key=KEY, clock=CLOCK) as book:
            found = integrity_check.examine(book)
            return bool(found.problems), bit.page in found.pages
    except UserError as error:
        beginning = bit.region in (SALT, HEAD) and error.code in ("damaged-beginning", "wrong-key")
        return True, beginning or (bit.region == LOG and bit.file in error.message)


def regions(folder: Path) -> dict[str, list[Bit]]:
    """One place on each page, by what the page is for; pages that the log has anew are left out."""
    bits: dict[str, list[Bit]] = defaultdict(list)
    log = folder / f"{NAME}-wal"
    size, chance = (folder / NAME).stat().st_size, random.Random("places")
    newer = set(_in_the_log(log))
    content = dict(list(pages.pages(folder / NAME, KEY))[: size // pages.PAGE])
    free, first = set(_free(content)), {1, *_led_to(content[1])}
    for number, page in content.items():
        place = (number - 1) * pages.PAGE + chance.randrange(pages.PAGE)
        region = FREE if number in free else NAMES.get(page[0], LONG)
        if number not in newer:
            region = HEAD if number in first else region
            bits[region].append(Bit(region, NAME, place, number))
    bits[HEAD] += [Bit(HEAD, NAME, place, 1) for place in range(16, pages.PAGE, 97)]
    bits[SALT] = [Bit(SALT, NAME, place, 1) for place in range(16)]
    # A bit in the last change looks like one that was torn before it was confirmed: that is passed over.
    bits[LOG] = [Bit(LOG, log.name, chance.randrange(_last_change(log)), 0) for _turn in range(60)]
    (copy,) = (folder / "kopie").glob("*.kapperboek")
    places = range(16, copy.stat().st_size, 4001)
    bits[COPY] = [Bit(COPY, f"kopie/{copy.name}", place, 0) for place in places]
    return bits


def _in_the_log(log: Path) -> Iterator[int]:
    content = log.read_bytes()
    for place in range(pages.LOG_HEAD, len(content), pages.FRAME_HEAD + pages.PAGE):
        yield int.from_bytes(content[place : place + 4], "big")


def _last_change(log: Path) -> int:
    """Where the last change in the log begins."""
    content, ends = log.read_bytes(), [0]
    for place in range(pages.LOG_HEAD, len(content), pages.FRAME_HEAD + pages.PAGE):
        if content[place + 4 : place + 8] != bytes(4):
            ends.append(place + pages.FRAME_HEAD + pages.PAGE)
    return ends[-2]


def _led_to(first: bytes) -> Iterator[int]:
    """The pages that the first one leads to, with the rest of what says where the tables are."""
    begin = 100  # behind the file's head
    if first[begin] == 5:
        yield int.from_bytes(first[begin + 8 : begin + 12], "big")
        for number in range(int.from_bytes(first[begin + 3 : begin + 5], "big")):
            cell = int.from_bytes(first[begin + 12 + 2 * number : begin + 14 + 2 * number], "big")
            yield int.from_bytes(first[cell : cell + 4], "big")


def _free(content: dict[int, bytes]) -> Iterator[int]:
    """The pages on the list of free ones, which begins in the file's head."""
    trunk = int.from_bytes(content[1][32:36], "big")
    while trunk:
        yield trunk
        page = content[trunk]
        count = int.from_bytes(page[4:8], "big")
        yield from (int.from_bytes(page[8 + 4 * n : 12 + 4 * n], "big") for n in range(count))
        trunk = int.from_bytes(page[:4], "big")
