"""What nobody should type, keep or name, but somebody will: a sentence each time, never a bug report."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.exchange.vcard import vcard_lines
from kapperboek.services import journal
from kapperboek.services.importing import exporting, importing
from kapperboek.services.keeping import notebooks
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY, ROOT
from tests.e2e.test_cli import Ran, kapperboek, vcard

SECRET = {"KAPPERBOEK_PASSPHRASE": KEY.hex()}


def said(ran: Ran, code: int) -> str:
    """The one sentence of a refusal."""
    assert ran.code == code, ran.err
    assert ran.err.strip() and "Traceback" not in ran.err
    return ran.err


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31", "3000-01-01"])
def test_days_at_the_ends_of_the_calendar_are_refused(tmp_path: Path, day: str) -> None:
    assert day in said(kapperboek(tmp_path / "n.kapperboek", "today", on=day), 2)


def test_half_a_surrogate_pair_in_a_document(tmp_path: Path) -> None:
    file, again = tmp_path / "uit.json", tmp_path / "weer.json"
    text = (
        r'{"kapperboek": 1, "x\ud83d": "\uDFFF", "customers": [{"given_name": "An\ud800",'
        r' "note": "\ud83d\ude00 \udfff", "profile": {"hobby": ["\ud800a"]}, "iets\udc00": ["\ud83d"]},'
        r' {"given_name": "Bo"}]}'
    )
    file.write_text(text, "utf-8")
    ran = kapperboek(tmp_path / "n.kapperboek", "import", str(file), "--json")
    assert ran.code == 0 and ran.json()["files"][0]["added"] == 2, ran.err
    (found,) = kapperboek(tmp_path / "n.kapperboek", "find", "An", "--json").json()["results"]
    assert found["name"] == "An\ufffd"
    assert kapperboek(tmp_path / "n.kapperboek", "export", str(again)).code == 0
    assert "😀 \ufffd" in again.read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file name is always text")
def test_file_names_that_are_not_text(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/lijst\xff.vcf"))
    file.write_bytes(vcard(tmp_path).read_bytes())
    notebook = Path(os.fsdecode(os.fsencode(tmp_path) + b"/boek\xfe.kapperboek"))
    ran = kapperboek(notebook, "import", str(file), "--json", env=SECRET)
    assert ran.code == 0 and ran.json()["files"][0]["file"] == "lijst\ufffd.vcf", ran.err
    assert kapperboek(notebook, "find", "Zacharias", env=SECRET).code == 0


def test_file_names_that_cannot_be(tmp_path: Path) -> None:
    notebook = tmp_path / "n.kapperboek"
    ran = kapperboek(notebook, "import", "x" * 5000, str(vcard(tmp_path)), "--json")
    assert ran.code == 1 and [file["added"] for file in ran.json()["files"]] == [0, 1]
    said(kapperboek(tmp_path / ("x" * 5000), "today"), 3)
    said(kapperboek(notebook, "export", str(tmp_path / ("x" * 5000 + ".csv"))), 1)
    said(kapperboek(notebook, "restore", "x" * 5000), 3)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs somebody else to be")
def test_a_folder_that_may_not_be_looked_into(book: Notebook, tmp_path: Path) -> None:
    closed = tmp_path / "dicht"
    closed.mkdir()
    file = vcard(closed)
    assert importing.import_files(book, [file], dry_run=True).files[0].added == 1
    closed.chmod(0o700)
    os.seteuid(65534)
    try:
        (report,) = importing.import_files(book, [file], dry_run=True).files
        with pytest.raises(CannotOpen) as caught:
            open_notebook(file)
        with pytest.raises(UserError) as refused:
            exporting.export_file(book, closed / "uit.vcf")
    finally:
        os.seteuid(0)
    assert (report.added, len(report.failed)) == (0, 1)
    assert (caught.value.code, refused.value.code) == ("no-rights", "no-rights")


def test_a_working_folder_that_has_gone(tmp_path: Path) -> None:
    notebook, gone = tmp_path / "n.kapperboek", tmp_path / "weg"
    assert kapperboek(notebook, "import", str(vcard(tmp_path)), env=SECRET).code == 0
    gone.mkdir()
    done = shell(f"cd {gone} && rmdir {gone} && kapperboek export uit.json", notebook, {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1, done.stderr


def test_undoing_a_number_beyond_all_numbers(tmp_path: Path) -> None:
    notebook = tmp_path / "n.kapperboek"
    assert kapperboek(notebook, "import", str(vcard(tmp_path)), env=SECRET).code == 0
    for number in ("99999999999999999999999", "-99999999999999999999999"):
        said(kapperboek(notebook, "undo", number, env=SECRET), 4)


def test_a_notebook_that_is_being_written_cannot_be_opened_for_writing(tmp_path: Path) -> None:
    notebook = tmp_path / "n.kapperboek"
    with open_notebook(notebook, key=KEY, create=True) as book, unit_of_work(book, "bezig"):
        ran = kapperboek(notebook, "import", str(vcard(tmp_path)), "--json", env=SECRET)
    assert ran.code == 3 and ran.json()["error"]["code"] == "in-use"


def test_two_who_begin_the_same_notebook_lose_nothing(tmp_path: Path) -> None:
    """Whoever is confirmed is there afterwards; whoever is not was told so."""
    notebook = tmp_path / "n.kapperboek"
    files = []
    for name in ("Anna", "Bram", "Carla"):
        files.append(tmp_path / f"{name}.vcf")
        files[-1].write_text(f"BEGIN:VCARD\nVERSION:3.0\nFN:{name} Tegelijk\nEND:VCARD\n", "utf-8")
    with ThreadPoolExecutor(3) as together:
        ran = list(together.map(lambda file: kapperboek(notebook, "import", str(file), env=SECRET), files))
    found = kapperboek(notebook, "find", "Tegelijk", "--json", env=SECRET).json()["results"]
    confirmed = {file.stem for file, one in zip(files, ran, strict=True) if one.code == 0}
    assert confirmed and {one["name"].split()[0] for one in found} == confirmed
    assert {one.code for one in ran} <= {0, 1, 3}, [one.err for one in ran]


def shell(line: str, notebook: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A command line as a person types it, with ``kapperboek`` for the program."""
    line = line.replace("kapperboek", f"{sys.executable} -m kapperboek --notebook {notebook}", 1)
    surroundings = {**os.environ, **SECRET, **(env or {})}
    return subprocess.run(
        ["sh", "-c", line], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("option", ["", "--json"])
def test_an_answer_that_goes_nowhere(tmp_path: Path, option: str) -> None:
    notebook = tmp_path / "n.kapperboek"
    assert kapperboek(notebook, "import", str(vcard(tmp_path)), env=SECRET).code == 0
    full = shell(f"kapperboek find zach {option} > /dev/full", notebook)
    assert full.returncode == 1 and len(full.stderr.splitlines()) == 1, full.stderr
    closed = shell(f"kapperboek find zach {option} >&-", notebook)
    assert (closed.returncode, closed.stderr) == (0, "")


def test_a_home_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    home = {name: str(tmp_path / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "kapperboek", "today", "--json"],
        cwd=ROOT, env={**os.environ, **home}, capture_output=True, text=True, check=False, timeout=60,
    )
    assert done.returncode == 3 and len(done.stderr.splitlines()) == 1, done.stderr
    assert '"no-rights"' in done.stdout


def test_a_card_that_never_ends_is_gone_through_once(tmp_path: Path) -> None:
    """Counted, not timed: the bytes that are looked through grow with the file, not with its square."""
    file = tmp_path / "lang.vcf"
    file.write_bytes(b"BEGIN:VCARD\nVERSION:3.0\nFN:Groot\nNOTE:" + b"z" * 12_000_000 + b"\nEND:VCARD\n")
    size, pieces = file.stat().st_size, 0

    def count(_done: int, _total: int) -> None:
        nonlocal pieces
        pieces += 1

    with file.open("rb") as opened:
        (card,) = vcard_lines.split_cards(opened, size, count)
    assert len(card.data) == size and pieces < 8


def test_how_the_notebook_began_stays(tmp_path: Path) -> None:
    with notebooks.create(tmp_path / "boek.kapperboek", key=KEY, shop_name="Salon", staff_name="Sanne") as book:
        for change in (1, None):
            with pytest.raises(UserError) as refused:
                journal.undo(book, change)
            assert refused.value.code == "nothing-to-undo"


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the environment is always text")
def test_surroundings_that_cannot_be_are_sentences(tmp_path: Path) -> None:
    """Each was a bug: exit code 70, or a trace of calls."""
    notebook = tmp_path / "boek.kapperboek"
    assert kapperboek(notebook, "import", str(vcard(tmp_path)), env=SECRET).code == 0
    no_text = os.fsdecode(b"zin\xff\xfe")
    assert "UTF-8" in said(kapperboek(notebook, "today", env={"KAPPERBOEK_PASSPHRASE": no_text}), 3)
    said(kapperboek(notebook, "--read-workbook"), 2)
    command = [sys.executable, "-m", "kapperboek", "--read-workbook"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 2 and b"Traceback" not in done.stderr and done.stderr.count(b"\n") == 1
    (tmp_path / "backups").write_text("geen map")
    said(kapperboek(notebook, "backup", env=SECRET), 3)
