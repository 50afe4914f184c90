"""Crashes, full disks, clocks that go back, and curious eyes: nothing lost, nothing half done, nothing
leaked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kapperboek import durable
from kapperboek.domain.errors import UserError
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.importing import exporting
from kapperboek.services.keeping import maintenance
from kapperboek.storage import opening
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file import key_derivation, open_file
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import change_history
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import backup
from kapperboek.storage.write import draft_store
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY, NOW, ROOT
from tests.faults import between
from tests.storage.conftest import CREATED, add_customer, add_visit, content


def suite(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The suite of faults, in a process of its own (see ``run``)."""
    if reason := between.missing():
        pytest.skip(reason)
    command = [sys.executable, "-m", "tests.faults.run", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_what_was_confirmed_survives_every_fault_and_the_rest_is_wholly_absent() -> None:
    done = suite("--points", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "confirmed changes lost, or found half done: 0" in done.stdout
    made = re.search(r"faults made: (\d+)", done.stdout)
    assert made is not None and int(made[1]) > 300


def test_a_program_that_does_not_wait_for_the_disk_would_be_noticed() -> None:
    done = suite("--points", "2", "--only", "saving", "--careless")
    assert done.returncode == 1 and "power cut" in done.stdout.rpartition("said")[2], done.stdout + done.stderr


def fill_up(book: Notebook) -> UserError:
    """Import until it does not fit; the notebook is as it was, and saving something small is tried again."""
    before = content(book, versions=True)
    with pytest.raises(UserError) as caught, unit_of_work(book, "te veel") as uow:
        for _batch in range(200):
            first = uow.next_id("customer", 100)
            people = [(first + n, f"u{first + n}", f"n{first + n}", "x" * 3000, CREATED) for n in range(100)]
            uow.bulk_insert("customer", ("id", "uid", "number", "note", "created_at"), people)
    assert not book.connection.in_transaction
    assert content(book, versions=True) == before
    return caught.value


def test_a_full_disk_is_told_and_changes_nothing(tmp_path: Path) -> None:
    with open_notebook(tmp_path / "zaak.kapperboek", key=KEY, create=True) as book:
        add_customer(book)
        book.connection.execute(f"PRAGMA max_page_count = {book.value('PRAGMA page_count') + 20}").fetchone()
        error = fill_up(book)
        assert error.code == "disk-full"
        assert "schijf is vol" in error.message
        book.connection.execute("PRAGMA max_page_count = 1000000").fetchone()
        add_customer(book, "Piet")
        assert integrity_check.check(book) == []


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
    with open_notebook(path, key=KEY, create=True) as book:
        add_visit(book, add_customer(book))
        assert fill_up(book).code in ("disk-full", "disk-trouble")
        rest = small_disk / "rest"
        with rest.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while file.write(b"x" * 4096):
                pass
        before = content(book, versions=True)
        with pytest.raises(UserError) as caught, unit_of_work(book, "geen plaats") as uow:
            uow.bulk_insert("household", ("id", "name"), [(n, "x" * 2000) for n in range(1, 2000)])
        assert caught.value.code in ("disk-full", "disk-trouble")
        with pytest.raises(UserError):
            backup.backup(book, small_disk)
        assert not list(small_disk.glob("zaak-*")) and not list(small_disk.glob(".zaak*"))
        assert content(book, versions=True) == before
        rest.unlink()
        add_customer(book, "Piet")
    with open_notebook(path, key=KEY) as book:
        assert book.value("SELECT count(*) FROM customer") == 2
        assert integrity_check.check(book) == []


def test_a_full_disk_while_closing_works_no_log_into_a_file_that_was_written_over(small_disk: Path) -> None:
    """The log gives way to what is kept of it: together with the strange file it would be a damaged mixture."""
    path = small_disk / "zaak.kapperboek"
    with open_notebook(path, key=KEY, create=True) as book:
        add_customer(book, "Els")
        book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        old = path.read_bytes()
        add_customer(book, "Wim")
        book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        add_customer(book, "Jan")
        log = path.with_name(f"{path.name}-wal").read_bytes()
        path.write_bytes(old)
        with (small_disk / "rest").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while file.write(b"x" * 4096):
                pass
    assert path.read_bytes() == old
    assert log in [one.read_bytes() for one in small_disk.glob(f"{path.name}-wal-*")]


def test_another_program_that_keeps_writing(tmp_path: Path) -> None:
    with open_notebook(tmp_path / "zaak.kapperboek", key=KEY, create=True) as book, book.again() as other:
        book.connection.execute("PRAGMA busy_timeout = 20")
        with unit_of_work(other, "lang bezig"), pytest.raises(UserError) as caught, unit_of_work(book, "wacht"):
            pass
        assert caught.value.code == "in-use"
        with unit_of_work(other, "lang bezig"), pytest.raises(UserError):
            draft_store.save(book, "d", "visit", 0, "x")
        add_customer(book)


WRITES = """
import sys
from pathlib import Path
from kapperboek.storage.write import setting_store
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write.unit_of_work import unit_of_work
path, me = sys.argv[1:]
with open_notebook(Path(path), key=bytes(range(32))) as book:
    for turn in range(40):
        with unit_of_work(book, f"{me} {turn}") as uow:
            total = book.get_setting("total", 0)
            setting_store.put(uow, "total", total + 1)
        print(turn, flush=True)
"""


def test_two_programs_on_one_notebook_lose_no_change(tmp_path: Path) -> None:
    path = tmp_path / "zaak.kapperboek"
    open_notebook(path, key=KEY, create=True).close()
    command = [sys.executable, "-c", WRITES, str(path)]
    both = [
        subprocess.Popen([*command, name], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in ("venster", "opdracht")
    ]
    said = [process.communicate(timeout=60) for process in both]
    confirmed = sum(len(out.splitlines()) for out, _err in said)
    assert confirmed == 80, said
    with open_notebook(path, key=KEY) as book:
        assert book.get_setting("total") == confirmed
        assert book.value("SELECT count(*) FROM change") == confirmed


def everything_saves(book: Notebook) -> Iterator[Callable[[], object]]:
    """The three ways in which something is written."""
    yield lambda: add_customer(book, "Piet")
    yield lambda: draft_store.save(book, "d", "visit", 0, "x")
    yield lambda: change_history.undo(book)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be taken away")
@pytest.mark.parametrize("how", ["removed", "moved", "replaced", "folder moved"])
def test_a_file_that_is_taken_away_while_it_is_open(tmp_path: Path, how: str) -> None:
    """Saving into it would seem to work, and be gone at closing."""
    folder = tmp_path / "stick"
    folder.mkdir()
    path = folder / "zaak.kapperboek"
    with open_notebook(path, key=KEY, create=True) as book:
        add_customer(book)
        if how == "folder moved":
            folder.rename(tmp_path / "weg")
        else:
            path.rename(tmp_path / "weg.kapperboek")
        if how == "replaced":
            path.write_bytes(b"iets anders")
        for save in everything_saves(book):
            with pytest.raises(UserError) as caught:
                save()
            assert caught.value.code == "file-gone" and str(path) in caught.value.message
        if how == "folder moved":
            (tmp_path / "weg").rename(folder)
        else:
            (tmp_path / "weg.kapperboek").replace(path)
        add_customer(book, "Na het terugzetten")
    with open_notebook(path, key=KEY) as book:
        assert book.rows("SELECT given_name FROM customer ORDER BY id") == [("Els",), ("Na het terugzetten",)]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be taken away")
def test_a_file_that_is_taken_away_while_it_is_being_opened(tmp_path: Path) -> None:
    """It was not known which file it was, so that another could not be told from it."""
    path = tmp_path / "zaak.kapperboek"
    with open_notebook(path, key=KEY, create=True) as book:
        add_customer(book)
    salt = key_derivation.read_salt(path)
    connection, read_only = open_file.begin_using(path, KEY, salt, read_only=False)
    path.rename(tmp_path / "weg")
    with opening.on(connection, path, KEY, salt, clock=FixedClock(NOW), read_only=read_only) as book:
        for save in everything_saves(book):
            with pytest.raises(UserError) as caught:
                save()
            assert caught.value.code == "file-gone"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs somebody else to be")
def test_a_folder_that_may_only_be_read() -> None:
    """Opened to look in, every save is told why not; nothing is left lying about."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        look_without_rights(Path(name))


def look_without_rights(folder: Path) -> None:
    path = folder / "zaak.kapperboek"
    with open_notebook(path, key=KEY, create=True) as book:
        add_customer(book)
    path.chmod(0o644)
    os.seteuid(65534)
    try:
        with open_notebook(path, key=KEY) as book:
            assert book.value("SELECT given_name FROM customer") == "Els"
            for save in everything_saves(book):
                with pytest.raises(UserError) as caught:
                    save()
                assert caught.value.code == "read-only"
            with pytest.raises(UserError) as refused:
                backup.backup(book, folder)
            assert refused.value.code == "no-rights"
    finally:
        os.seteuid(0)
    assert [one.name for one in folder.iterdir()] == [path.name]


def test_what_was_being_made_when_the_computer_stopped_is_tidied_up(tmp_path: Path) -> None:
    with open_notebook(tmp_path / "zaak.kapperboek", key=KEY, clock=FixedClock(NOW), create=True) as book:
        folder = tmp_path / "kopie"
        folder.mkdir()
        old, fresh = folder / ".zaak-2026-11-20.kapperboek.0a1b2c3d.new", folder / ".zaak.kapperboek.ffffffff.new"
        mine = folder / ".eigen.new"
        for path in (old, fresh, mine):
            path.write_bytes(b"half")
        rehearsal = folder / ".rehearsal-abc_123"  # a whole copy of the notebook stands in it
        rehearsal.mkdir()
        (rehearsal / "zaak-2026-11-20.kapperboek").write_bytes(b"half")
        with durable.making_in(folder):  # somebody else's copy
            maintenance.look_after(book, folder)
            assert {old, fresh, rehearsal} <= set(folder.iterdir())
        maintenance.look_after(book, folder)
    assert sorted(folder.iterdir()) == sorted([*folder.glob("zaak-*.kapperboek"), mine])


def test_the_half_of_a_copy_that_was_killed_is_gone_after_the_next_start(tmp_path: Path) -> None:
    path, folder = tmp_path / "zaak.kapperboek", tmp_path / "kopie"
    killed = (
        "import os, pathlib\n"
        "from kapperboek.storage.recovery import backup; from kapperboek.storage.opening import open_notebook;"
        f"book = open_notebook(pathlib.Path({str(path)!r}), key=bytes.fromhex({KEY.hex()!r}));"
        f"backup.daily(book, pathlib.Path({str(folder)!r}), lambda: os.kill(os.getpid(), 9))"
    )
    with open_notebook(path, key=KEY, clock=FixedClock(NOW), create=True) as book:
        add_customer(book)
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -9
    assert [one.suffix for one in folder.iterdir()] == [".new"]
    with open_notebook(path, key=KEY, clock=FixedClock(NOW)) as book:
        maintenance.look_after(book, folder)
    assert [one.name for one in folder.iterdir()] == ["zaak-2026-11-22.kapperboek"]


def test_a_clock_that_goes_back_changes_no_order(tmp_path: Path) -> None:
    path = tmp_path / "zaak.kapperboek"
    for year in (2026, 2025, 2038):
        with open_notebook(path, key=KEY, clock=FixedClock(datetime(year, 3, 1, 9, 0)), create=True) as book:
            add_customer(book, f"in {year}")
    with open_notebook(path, key=KEY, clock=FixedClock(datetime(2026, 3, 2, 9, 0))) as book:
        assert [change.what for change in change_history.changes(book)] == [
            f"in {year} toegevoegd" for year in (2038, 2025, 2026)
        ]
        assert change_history.undo(book).what.endswith("in 2038 toegevoegd")


def test_no_word_of_a_customer_stands_in_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebook, log, shared memory, backups, temporary files: none may tell anything without the key."""
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    secret = "Zeldzaamwoord"
    files: dict[str, bytes] = {}
    with open_notebook(tmp_path / "zaak.kapperboek", key=KEY, create=True) as book:
        customer = add_customer(book, secret, note=f"{secret} heeft een geheim")
        add_visit(book, customer, note=f"{secret} vertelde alles", recipe=secret)
        draft_store.save(book, "d", "visit", customer, secret)
        with unit_of_work(book, "veel") as uow:
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


KILLED_EXPORT = """
import os, sys, pathlib
from kapperboek.domain.views.printed_document import Paper
from kapperboek.services.importing import exporting
from kapperboek.storage.opening import open_notebook
book = open_notebook(pathlib.Path(sys.argv[1]), key=bytes.fromhex(sys.argv[2]))
target = pathlib.Path(sys.argv[3])
real = os.fsync
os.fsync = lambda handle: os.kill(os.getpid(), 9)  # all of it is written, and nothing of it has its name
if len(sys.argv) > 4:
    del os.O_TMPFILE  # a stick, or another system
    os.fsync = lambda handle: os.kill(os.getpid(), 9) if list(target.parent.glob(".*.part")) else real(handle)
if target.suffix == ".pdf":
    from kapperboek.ui.printing.pdf_paper import write_pdf
    write_pdf(Paper("Zeldzaamwoord", "", "", ()), target)
else:
    exporting.export_file(book, target)
"""


def test_an_export_that_is_killed_leaves_nothing_readable(tmp_path: Path) -> None:
    path, out = tmp_path / "zaak.kapperboek", tmp_path / "uit"
    out.mkdir()
    with open_notebook(path, key=KEY, create=True) as book:
        add_visit(book, add_customer(book, "Zeldzaamwoord"))

    def killed(suffix: str, *more: str) -> list[str]:
        script = [sys.executable, "-c", KILLED_EXPORT, str(path), KEY.hex(), str(out / f"lijst{suffix}"), *more]
        done = subprocess.run(script, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=False)
        assert done.returncode == -9
        return [one.name for one in out.iterdir()]

    for suffix in (*exporting.FORMATS, ".pdf"):
        assert killed(suffix) == []
    assert [name[-5:] for name in killed(".csv", "on a stick")] == [".part"]
    with open_notebook(path, key=KEY) as book:
        maintenance.look_after(book, tmp_path / "kopie")
    assert list(out.iterdir()) == []
