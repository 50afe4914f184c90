"""Large demo notebooks, built once and kept in the user's cache until anything they are made by changes."""

from __future__ import annotations

import hashlib
import sys
from datetime import date, datetime
from pathlib import Path

from kapperboek import demo, i18n
from kapperboek.domain.time.clock import FixedClock
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write.unit_of_work import unit_of_work

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)  # a Tuesday
CLOCK = FixedClock(datetime(2026, 11, 24, 8, 50))
KEY = bytes(range(32))
KEY_TEXT = KEY.hex()  # what KAPPERBOEK_PASSPHRASE holds: a raw key, so that Argon2's chosen slowness isn't measured
SEED = 1
MADE_BY = (
    "kapperboek/storage/migrations/*.py",
    "kapperboek/storage/records/*.py",
    "kapperboek/storage/derived/search_index.py",
    "kapperboek/storage/derived/customer_facts.py",
    "kapperboek/domain/people/names.py",
    "kapperboek/domain/people/phonetics.py",
    "kapperboek/demo/*.py",
    "resources/demo/*.json",
    "benchmarks/salons.py",
)
HEAVY = "9900500"  # the number of the customer with 500 visits


def salon(customers: int, moments: float = demo.USUAL_MOMENTS) -> Path:
    """The file of a keyed demo notebook of that size; read it, don't write in it."""
    path = cache() / f"{customers}-{moments:g}-{_digest()}.kapperboek"
    if path.exists():
        return path
    for old in cache().glob(f"{customers}-{moments:g}-*"):
        old.unlink()
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    i18n.set_language("nl")
    with open_notebook(draft, key=KEY, create=True, clock=CLOCK) as book:
        demo.fill(book, customers, SEED, _told(customers), moments)
        _add_heavy(book)
        book.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        book.connection.execute("PRAGMA optimize")
    draft.rename(path)
    return path


def opened(path: Path) -> Notebook:
    """A connection to read such a file with."""
    return open_notebook(path, key=KEY, clock=CLOCK)


def cache() -> Path:
    """Where the large notebooks are kept."""
    import platformdirs

    folder = Path(platformdirs.user_cache_dir("kapperboek", appauthor=False)) / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _digest() -> str:
    content = b"".join(path.read_bytes() for pattern in MADE_BY for path in sorted(ROOT.glob(pattern)))
    return hashlib.blake2b(content, digest_size=6).hexdigest()


def _told(customers: int) -> demo.Progress:
    def tell(_what: str, part: float) -> None:
        if sys.stderr.isatty():
            end = "\r" if part < 1 else "\n"
            print(f"building a salon of {customers:,} customers: {part:4.0%}", end=end, file=sys.stderr, flush=True)

    return tell


def _add_heavy(book: Notebook) -> None:
    """Somebody who has come 500 times, with all that a card can hold."""
    from datetime import timedelta

    from kapperboek.domain.records import CustomerRecord, InteractionRecord, Phone, TalkPointRecord
    from kapperboek.storage.records.record_writer import RecordWriter

    record = CustomerRecord(number=HEAVY, given_name="Trouwe", family_name="Klant", phones=[Phone("06-10203040")])
    for ago in range(500, 0, -1):
        at = f"{(DAY - timedelta(days=7 * ago)).isoformat()}T10:00"
        visit = InteractionRecord("visit", at, "Sanne", 45, "31.50", ["Watergolf"], "Koleston 7/1 40 g · 6% 1:1")
        visit.note = "Blij met het resultaat." if ago % 3 == 0 else ""
        record.interactions.append(visit)
    record.talk_points = [TalkPointRecord("Hoe was Texel?", DAY.isoformat(), "Sanne")] * 3
    with unit_of_work(book, "benchmark", source="demo") as uow:
        writer = RecordWriter(uow)
        writer.add(record)
        writer.flush()
