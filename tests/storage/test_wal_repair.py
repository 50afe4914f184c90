"""A bit flipped in the log: SQLite passes over everything saved after it; here it is noticed, and saved."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from kapperboek.domain.errors import CannotOpen
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.keeping import maintenance
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file import wal_repair
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY, NOW
from tests.storage.conftest import add_customer

CLOCK = FixedClock(NOW)
NAMES = [f"Klant {number}" for number in range(8)]


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A notebook as a program leaves it that was killed: eight customers in its log, none in the file."""
    path = tmp_path / "open" / "zaak.kapperboek"
    path.parent.mkdir()
    open_notebook(path, key=KEY, clock=CLOCK, create=True).close()
    with open_notebook(path, key=KEY, clock=CLOCK) as book:
        for name in NAMES:
            add_customer(book, name)
        shutil.copytree(path.parent, tmp_path / "gestopt")
    (tmp_path / "gestopt" / "zaak.kapperboek-shm").unlink()
    return tmp_path / "gestopt" / "zaak.kapperboek"


def names(path: Path) -> list[str]:
    with open_notebook(path, key=KEY, clock=CLOCK) as book:
        assert integrity_check.check(book) == []
        return [row[0] for row in book.rows("SELECT given_name FROM customer ORDER BY id")]


def ends_of_changes(log: Path) -> list[int]:
    """Where each change in the log ends."""
    content, size = log.read_bytes(), 24 + 4096
    starts = range(32, len(content) - size + 1, size)
    return [start + size for start in starts if content[start + 4 : start + 8] != bytes(4)]


def test_a_log_that_is_whole_is_read_as_ever(left: Path) -> None:
    assert not wal_repair.is_damaged(left)
    assert names(left) == NAMES


@pytest.mark.parametrize("size", [1, 16, 31, 40])
def test_a_log_that_was_only_about_to_begin_holds_nothing(left: Path, size: int) -> None:
    log = wal_repair.beside(left)
    log.write_bytes(log.read_bytes()[:size])
    assert names(left) == []


@pytest.mark.parametrize("seed", range(6))
def test_a_flipped_bit_is_noticed_and_what_stands_behind_it_is_saved(left: Path, tmp_path: Path, seed: int) -> None:
    """With SQLite alone the notebook opens without a word, and is whole but for the last hours."""
    log = wal_repair.beside(left)
    content, chance = bytearray(log.read_bytes()), Random(seed)
    content[chance.randrange(32, ends_of_changes(log)[-2])] ^= 1 << chance.randrange(8)
    log.write_bytes(content)
    with pytest.raises(CannotOpen) as refused:
        open_notebook(left, key=KEY, clock=CLOCK)
    assert refused.value.code == "damaged" and str(log) in refused.value.message
    assert log.read_bytes() == content
    done = maintenance.rescue(left, tmp_path / "gered.kapperboek", key=KEY, clock=CLOCK)
    saved = names(tmp_path / "gered.kapperboek")
    assert NAMES[-1] in saved or done.lost or done.restored_heads
    assert len(saved) == len(NAMES) or done.lost


def test_a_bit_in_the_head_of_the_log(left: Path, tmp_path: Path) -> None:
    log = wal_repair.beside(left)
    for place in range(0, 32, 5):
        content = bytearray(log.read_bytes())
        content[place] ^= 8
        log.write_bytes(content)
        with pytest.raises(CannotOpen):
            open_notebook(left, key=KEY, clock=CLOCK)
        target = tmp_path / f"gered-{place}.kapperboek"
        assert maintenance.rescue(left, target, key=KEY, clock=CLOCK).lost == 0 and names(target) == NAMES
        content[place] ^= 8
        log.write_bytes(content)


@pytest.mark.parametrize("counted", [1, 3])
def test_half_a_head_over_a_log_that_is_in_the_file(tmp_path: Path, counted: int) -> None:
    """The next log begins with the salts that stand there, and what is left of this one behind it is no damage."""
    path, after = tmp_path / "zaak.kapperboek", tmp_path / "gestopt"
    open_notebook(path, key=KEY, clock=CLOCK, create=True).close()
    with open_notebook(path, key=KEY, clock=CLOCK) as book:
        for name in NAMES:
            add_customer(book, name)
        book.rows("PRAGMA wal_checkpoint(RESTART)")
        shutil.copytree(path.parent, after, ignore=shutil.ignore_patterns("gestopt", "*-shm"))
    log = wal_repair.beside(after / path.name)
    content = bytearray(log.read_bytes())
    content[15] ^= counted  # of the new head, as far as its first half came
    log.write_bytes(content)
    with open_notebook(after / path.name, key=KEY, clock=CLOCK) as book:
        add_customer(book, "Daarna")
        shutil.copytree(after, tmp_path / "weer", ignore=shutil.ignore_patterns("*-shm"))
    assert not wal_repair.is_damaged(tmp_path / "weer" / path.name)
    assert names(tmp_path / "weer" / path.name) == [*NAMES, "Daarna"]


@pytest.mark.parametrize("whole", range(1, 8))
def test_a_change_torn_by_a_power_cut_is_no_damage(left: Path, whole: int) -> None:
    """Any part of what was not confirmed may be there, in any order."""
    log = wal_repair.beside(left)
    content, ends, chance = bytearray(log.read_bytes()), ends_of_changes(log), Random(whole)
    del content[ends[whole] :]
    for place in range(ends[whole - 1], ends[whole], 512):
        if chance.random() < 0.5:
            content[place : min(place + 512, len(content))] = bytes(min(512, len(content) - place))
    log.write_bytes(content)
    assert not wal_repair.is_damaged(left)
    assert names(left)[:whole] == NAMES[:whole]


def test_the_rest_of_an_earlier_log_is_no_damage(tmp_path: Path) -> None:
    """A log is written over from its beginning; what stands behind that is of before."""
    path = tmp_path / "zaak.kapperboek"
    open_notebook(path, key=KEY, clock=CLOCK, create=True).close()
    with open_notebook(path, key=KEY, clock=CLOCK) as book:
        for number in range(6):
            add_customer(book, f"Eerder {number}")
            if number in (2, 4):
                book.rows("PRAGMA wal_checkpoint(RESTART)")
            assert not wal_repair.is_damaged(path)
        with pytest.raises(ZeroDivisionError), unit_of_work(book, "te veel") as uow:
            book.connection.execute("PRAGMA cache_size = 5")
            people = [(900 + n, f"u{n}", f"n{n}", "x" * 900, "2026-11-22T08:00:00Z") for n in range(200)]
            uow.bulk_insert("customer", ("id", "uid", "number", "note", "created_at"), people)
            raise ZeroDivisionError
        add_customer(book, "Daarna")
        assert not wal_repair.is_damaged(path)


def test_an_earlier_log_showing_through_a_torn_change_is_no_damage(left: Path) -> None:
    """What an earlier log's frame ended was another change: nothing that was confirmed stands behind it."""
    log, size = wal_repair.beside(left), 24 + 4096
    content, ends = bytearray(log.read_bytes()), ends_of_changes(log)
    hole = ends[-2] + size  # the second frame of the last change
    assert hole + 2 * size < ends[-1]
    del content[ends[-1] :]
    ending = bytes(content[ends[0] - size : ends[0]])  # the last frame of a change
    content[hole : hole + size] = ending[:8] + bytes(range(8)) + ending[16:]  # of a log with other salts
    log.write_bytes(content)
    assert not wal_repair.is_damaged(left)
    assert names(left) == NAMES[:-1]


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="where the system does not tell it is always looked at")
def test_the_log_of_a_program_that_is_at_work_is_not_read_through(tmp_path: Path) -> None:
    """It may be megabytes, and a command of a script should not wait for that."""
    path = tmp_path / "zaak.kapperboek"
    with open_notebook(path, key=KEY, clock=CLOCK, create=True) as book:
        add_customer(book)
        assert wal_repair.in_use(path)
    assert not wal_repair.in_use(path)
