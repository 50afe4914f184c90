"""Crashes, full disks, clocks that go back, and curious eyes: nothing lost, nothing half done, nothing
leaked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kapperboek.domain.clock import FixedClock
from kapperboek.domain.errors import UserError
from kapperboek.storage import backup, check, drafts, journal
from kapperboek.storage.notebook import Notebook
from tests.conftest import KEY, ROOT
from tests.storage.conftest import CREATED, add_customer, add_visit, content


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to kill many children quickly")
def test_what_was_confirmed_survives_being_killed_and_the_rest_is_wholly_absent(tmp_path: Path) -> None:
    path = tmp_path / "zaak.kapperboek"
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def fill_up(book: Notebook) -> UserError:
    """Import until it does not fit; the notebook is as it was, and saving something small is tried again."""
    before = content(book, versions=True)
    with pytest.raises(UserError) as caught, book.unit_of_work("te veel") as uow:
        for _batch in range(200):
            first = uow.next_id("customer", 100)
            people = [(first + n, f"u{first + n}", f"n{first + n}", "x" * 3000, CREATED) for n in range(100)]
            uow.bulk_insert("customer", ("id", "uid", "number", "note", "created_at"), people)
    assert not book.connection.in_transaction
    assert content(book, versions=True) == before
    return caught.value


def test_a_full_disk_is_told_and_changes_nothing(tmp_path: Path) -> None:
    with Notebook.open(tmp_path / "zaak.kapperboek", key=KEY, create=True) as book:
        add_customer(book)
        book.connection.execute(f"PRAGMA max_page_count = {book.value('PRAGMA page_count') + 20}").fetchone()
        error = fill_up(book)
        assert error.code == "disk-full"
        assert "schijf is vol" in error.message
        book.connection.execute("PRAGMA max_page_count = 1000000").fetchone()
        add_customer(book, "Piet")
        assert check.check(book) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, for real."""
    folder = tmp_path / "stick"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    path = small_disk / "zaak.kapperboek"
    with Notebook.open(path, key=KEY, create=True) as book:
        add_visit(book, add_customer(book))
        assert fill_up(book).code in ("disk-full", "disk-trouble")
        rest = small_disk / "rest"
        with rest.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while file.write(b"x" * 4096):
                pass
        before = content(book, versions=True)
        with pytest.raises(UserError) as caught, book.unit_of_work("geen plaats") as uow:
            uow.bulk_insert("household", ("id", "name"), [(n, "x" * 2000) for n in range(1, 2000)])
        assert caught.value.code in ("disk-full", "disk-trouble")
        with pytest.raises(UserError):
            backup.backup(book, small_disk)
        assert not list(small_disk.glob("zaak-*")) and not list(small_disk.glob(".zaak*"))
        assert content(book, versions=True) == before
        rest.unlink()
        add_customer(book, "Piet")
    with Notebook.open(path, key=KEY) as book:
        assert book.value("SELECT count(*) FROM customer") == 2
        assert check.check(book) == []


def test_another_program_that_keeps_writing(tmp_path: Path) -> None:
    with Notebook.open(tmp_path / "zaak.kapperboek", key=KEY, create=True) as book, book.again() as other:
        book.connection.execute("PRAGMA busy_timeout = 20")
        with other.unit_of_work("lang bezig"), pytest.raises(UserError) as caught, book.unit_of_work("wacht"):
            pass
        assert caught.value.code == "in-use"
        with other.unit_of_work("lang bezig"), pytest.raises(UserError):
            drafts.save(book, "d", "visit", 0, "x")
        add_customer(book)


def test_a_clock_that_goes_back_changes_no_order(tmp_path: Path) -> None:
    path = tmp_path / "zaak.kapperboek"
    for year in (2026, 2025, 2038):
        with Notebook.open(path, key=KEY, clock=FixedClock(datetime(year, 3, 1, 9, 0)), create=True) as book:
            add_customer(book, f"in {year}")
    with Notebook.open(path, key=KEY, clock=FixedClock(datetime(2026, 3, 2, 9, 0))) as book:
        assert [change.what for change in journal.changes(book)] == [
            f"in {year} toegevoegd" for year in (2038, 2025, 2026)
        ]
        assert journal.undo(book).what.endswith("in 2038 toegevoegd")


def test_no_word_of_a_customer_stands_in_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebook, log, shared memory, backups, temporary files: none may tell anything without the key."""
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    secret = "Zeldzaamwoord"
    files: dict[str, bytes] = {}
    with Notebook.open(tmp_path / "zaak.kapperboek", key=KEY, create=True) as book:
        customer = add_customer(book, secret, note=f"{secret} heeft een geheim")
        add_visit(book, customer, note=f"{secret} vertelde alles", recipe=secret)
        drafts.save(book, "d", "visit", customer, secret)
        with book.unit_of_work("veel") as uow:
            first = uow.next_id("customer", 3000)
            people = [(first + n, f"u{n}", f"n{n}", f"{secret} {n}" * 20, CREATED) for n in range(3000)]
            uow.bulk_insert("customer", ("id", "uid", "number", "note", "created_at"), people)
            files |= {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        book.rows("SELECT note, count(*) FROM customer GROUP BY note ORDER BY note DESC")
        backup.daily(book, tmp_path / "kopieën")
        files |= {f"open {path.name}": path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    files |= {f"closed {path.name}": path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert any(name.endswith("-wal") for name in files)
    assert sum("zaak-20" in name for name in files) == 2
    for name, bytes_of in files.items():
        low = bytes_of.lower()
        for known in (secret, "612345678", "insert into", "create table"):
            assert known.lower().encode() not in low, name
            assert known.lower().encode("utf-16-le") not in low, name
