"""Files and words made to do harm: each gets a sentence, nothing hangs, no memory fills up, and nobody's words change.

What nobody thought of beforehand is looked for in ``tests/fuzz``.
"""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.exchange.sheet.workbook import OPTION
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting
from kapperboek.services.keeping import notebooks
from kapperboek.storage.file import key_derivation, open_file
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.ui.core import window_state
from kapperboek.ui.core.single_instance import SingleInstance
from tests.conftest import KEY, ROOT

MEMORY = 1_500_000_000


def limited() -> None:
    """In the child: so much memory and no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def program(notebook: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The command line with little memory and little time."""
    return subprocess.run(
        [sys.executable, "-m", "kapperboek", "--lang", "nl", "--notebook", str(notebook), *args, "--json"],
        cwd=ROOT, capture_output=True, text=True, timeout=30, check=False, preexec_fn=limited,
        env={**os.environ, "KAPPERBOEK_PASSPHRASE": KEY.hex()},
    )


# ---- the notebook file itself

TRAPS: dict[str, str] = {
    "a trigger that writes": "CREATE TRIGGER t AFTER INSERT ON customer"
    " BEGIN UPDATE customer SET note = 'gekaapt'; END",
    "a trigger that deletes": "CREATE TRIGGER t AFTER UPDATE ON customer BEGIN DELETE FROM customer; END",
    "a view for a table": "ALTER TABLE staff RENAME TO s; CREATE VIEW staff AS SELECT *, randomblob(999999999) FROM s",
    "a view that never ends": "DROP TABLE customer_fact; CREATE VIEW customer_fact AS WITH RECURSIVE c(x) AS"
    " (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS customer_id FROM c",
    "a table that is missing": "DROP TABLE interaction",
    "other columns": "ALTER TABLE customer RENAME COLUMN given_name TO x",
    "an enormous word": "UPDATE customer SET note = CAST(zeroblob(60000000) AS TEXT)",
    "numbers for names": "UPDATE customer SET given_name = 12, family_name = x'ff00ff', sort_key = x'00'",
    "no settings": "DROP TABLE setting",
    "settings that are no JSON": "INSERT OR REPLACE INTO setting VALUES ('timezone', '{', 1)",
    "a time zone that isn't": "INSERT OR REPLACE INTO setting VALUES ('timezone', '\"../../etc/passwd\"', 1)",
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small notebook, which somebody who has its key can craft."""
    path = tmp_path_factory.mktemp("plain") / "boek.kapperboek"
    with notebooks.create(path, key=KEY, shop_name="Salon") as book:
        customers.new_customer(book, CustomerRecord(given_name="Tine"))
        book.value("PRAGMA journal_mode = DELETE")
    return path


def craft(path: Path, script: str) -> None:
    """Have a notebook hold what this program never writes."""
    with closing(open_file.connect(path, KEY, key_derivation.read_salt(path))) as connection:
        connection.executescript(script)


@pytest.mark.parametrize("trap", TRAPS)
def test_a_crafted_notebook_is_refused_or_harmless(plain: Path, tmp_path: Path, trap: str) -> None:
    path = Path(shutil.copy(plain, tmp_path / "boek.kapperboek"))
    craft(path, TRAPS[trap])
    for command in (("today",), ("find", "tine"), ("check",)):
        ran = program(path, *command)
        assert ran.returncode in (0, 1, 3, 4), (command, ran.stderr[-800:])
        assert "Traceback" not in ran.stderr


def test_a_trigger_in_a_crafted_notebook_never_fires(plain: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(plain, tmp_path / "boek.kapperboek"))
    craft(path, TRAPS["a trigger that writes"])
    with pytest.raises(CannotOpen) as caught:
        open_notebook(path, key=KEY)
    assert caught.value.code == "not-a-notebook"


def test_an_empty_database_with_our_mark(tmp_path: Path) -> None:
    path = tmp_path / "boek.kapperboek"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id = {open_file.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("CREATE TABLE x (y)")
    ran = program(path, "today")
    assert ran.returncode == 3, ran.stderr


# ---- bombs


def workbook(path: Path, sheet: str, **more: str) -> Path:
    """The smallest .xlsx with this sheet."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = "http://schemas.openxmlformats.org/package/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packed}/content-types"><Override PartName="/xl/workbook.xml"'
        f' ContentType="{types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml"'
        f' ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packed}/relationships"><Relationship Id="r1"'
        f' Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packed}/relationships"><Relationship Id="r1"'
        f' Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
        **more,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0"?>' + text)
    return path


def opendocument(path: Path, rows: str) -> Path:
    """The smallest .ods with these rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0"'
            f' xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><m:manifest xmlns:m="{space}:manifest:1.0"><m:file-entry m:full-path="/"'
            ' m:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
    return path


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "Voornaam")}{cell("B1", "Telefoon")}</row>'
REPEATED = (
    '<table:table-row table:number-rows-repeated="4000000000"><table:table-cell office:value-type="string"'
    ' table:number-columns-repeated="4000000000"><text:p>x</text:p></table:table-cell></table:table-row>'
)
ENTITIES = "<!DOCTYPE l [<!ENTITY a0 'x'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)
BOMBS: dict[str, Callable[[Path], Path]] = {
    "a cell at the end of the world.xlsx": lambda path: workbook(
        path, HEAD + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'
    ),
    "one enormous word.xlsx": lambda path: workbook(path, HEAD + f'<row r="2">{cell("A2", "x" * 70_000_000)}</row>'),
    "words in words in words.xlsx": lambda path: workbook(
        path, "", **{"xl/worksheets/sheet1.xml": f"{ENTITIES}]><worksheet><sheetData>&a11;</sheetData></worksheet>"}
    ),
    "everything four billion times.ods": lambda path: opendocument(path, REPEATED),
    "a name that leads out.xlsx": lambda path: workbook(path, HEAD, **{"../../../etc/kwaad.xml": "x"}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_would_fill_all_memory(tmp_path: Path, name: str) -> None:
    file = BOMBS[name](tmp_path / name)
    assert file.stat().st_size < 1_000_000
    ran = program(tmp_path / "boek.kapperboek", "import", str(file))
    assert ran.returncode in (0, 1) and '"failed"' in ran.stdout, ran.stderr[-800:]
    assert not (tmp_path.parent / "etc").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
def test_a_pipe_a_device_and_a_circle_of_links_are_not_written_over(book: Notebook, tmp_path: Path) -> None:
    from kapperboek.services.privacy import dossier
    from kapperboek.ui.printing.pdf_paper import private_file

    pipe, to_pipe, circle = (tmp_path / f"{name}.csv" for name in ("pijp", "naar-pijp", "kring"))
    os.mkfifo(pipe)
    to_pipe.symlink_to(pipe)
    circle.symlink_to(circle)
    saved = customers.new_customer(book, CustomerRecord(given_name="Tine"))
    for target in (pipe, to_pipe, circle):
        for write in (exporting.export_file, lambda book, path: dossier.write_json(book, saved.customer_id, path)):
            with pytest.raises(UserError):
                write(book, target)
    with pytest.raises(OSError), private_file(pipe):
        pass
    assert pipe.is_fifo() and circle.is_symlink() and len(list(tmp_path.glob(".*"))) == 0
    window_state.file_for(book.path).unlink(missing_ok=True)
    os.mkfifo(window_state.file_for(book.path))  # reading it would never end
    assert window_state.load(book.path) == window_state.Remembered()
    window_state.save(book.path, window_state.Remembered())
    SingleInstance(circle)


def test_a_workbook_is_written_beside_itself(book: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is half written is somebody's customers, and not for a folder that all programs share."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nergens"))
    customers.new_customer(book, CustomerRecord(given_name="Tine"))
    assert exporting.export_file(book, tmp_path / "uit.xlsx") == 1
    assert list(tmp_path.glob(".kapperboek-*")) == []


@pytest.mark.parametrize("file", ["heel.xls", "kapot.xls"])
def test_a_frozen_program_reads_workbooks_by_itself(tmp_path: Path, file: str) -> None:
    """There is no file of ours to run by its path then: it calls itself."""
    whole = (ROOT / "tests" / "fuzz" / "seeds" / "klein.xls").read_bytes()
    (tmp_path / file).write_bytes(whole if file == "heel.xls" else whole[:2000])
    command = [sys.executable, "-m", "kapperboek", OPTION, str(tmp_path / file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    if file == "heel.xls":
        assert done.returncode == 0 and b"Tine" in done.stdout
    else:
        assert done.returncode != 0 and b"Tine" not in done.stdout


@pytest.mark.parametrize("name", ["../uit.csv", "uit/../../uit.vcf", "con\x00.csv", "-rf.csv", "uit.csv/"])
def test_names_of_files_to_write(book: Notebook, tmp_path: Path, name: str) -> None:
    """Written where it was asked, or refused; never somewhere else."""
    folder = tmp_path / "map" / "uit"
    folder.mkdir(parents=True)
    wanted = folder / name
    try:
        exporting.export_file(book, wanted)
    except UserError as error:
        assert error.message.endswith(".")
    else:
        assert wanted.resolve().is_file()
