"""The command line as scripts see it: names, shapes and exit codes of design/cli.md, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kapperboek import bootstrap
from kapperboek.cli import arguments
from kapperboek.domain.errors import UsageError
from kapperboek.i18n import set_language
from kapperboek.services.keeping import notebooks, security
from kapperboek.storage.file import generation

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = "2026-11-22"
KINDS = {
    "appointment", "follow_up", "promise", "birthday", "anniversary", "absent", "talk_point", "question", "programme"
}


class Ran(NamedTuple):
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


def kapperboek(
    notebook: Path, *args: str, on: str = DAY, env: dict[str, str] | None = None,
    first: Callable[[], None] | None = None,
) -> Ran:
    """Run one command on a notebook; ``first`` is done in its process before it is the program."""
    command = [sys.executable, "-m", "kapperboek", "--notebook", str(notebook), "--on", on, *args]
    surroundings = {**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})}
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
        preexec_fn=first,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A salon made by the command itself."""
    path = tmp_path_factory.mktemp("cli") / "salon.kapperboek"
    ran = kapperboek(path, "demo", "--customers", "80", "--seed", "3", "--json")
    assert ran.code == 0, ran.err
    assert ran.json()["customers"] == 80 and ran.json()["interactions"] > 80
    assert ran.json().keys() == {"customers", "interactions"}
    return path


@pytest.fixture
def notebook(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of the salon."""
    return Path(shutil.copy(demo_file, tmp_path / "salon.kapperboek"))


def test_a_notebook_made_without_a_passphrase_is_encrypted_all_the_same(tmp_path: Path) -> None:
    path, config = tmp_path / "nieuw.kapperboek", tmp_path / "config"
    env = {"XDG_CONFIG_HOME": str(config)}
    assert kapperboek(path, "import", str(vcard(tmp_path)), env=env).code == 0
    assert b"Rezn" not in path.read_bytes() and not path.read_bytes().startswith(b"SQLite")
    assert kapperboek(path, "find", "zon", env=env).code == 0
    kept = [file for file in config.rglob("*") if file.is_file()]
    assert len([file for file in kept if file.suffix == ".key"]) == 1
    assert not any(file.stat().st_mode & 0o077 for file in kept)
    elsewhere = kapperboek(path, "find", "zon", env={"XDG_CONFIG_HOME": str(tmp_path / "ander")})
    assert elsewhere.code == 3 and elsewhere.err.count("\n") == 1


def test_a_file_that_is_not_encrypted_is_refused_and_left_alone(tmp_path: Path) -> None:
    """Whoever has it can write in it what they like, also under our name."""
    path = tmp_path / "boek.kapperboek"
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE customer (x); PRAGMA application_id = 1262571586")
    connection.close()
    before = path.read_bytes()
    for env in ({}, {"KAPPERBOEK_PASSPHRASE": "vier losse woorden"}):
        for command in (("today",), ("find", "zon"), ("check",), ("backup",)):
            ran = kapperboek(path, *command, "--json", env=env)
            assert (ran.code, ran.json()["error"]["code"]) == (3, "not-a-notebook"), command
    assert path.read_bytes() == before and list(tmp_path.glob("boek*")) == [path]


def test_a_kept_key_does_not_put_a_copy_in_the_place_of_a_notebook_with_a_passphrase(tmp_path: Path) -> None:
    path, env = tmp_path / "zaak.kapperboek", {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    old, secret = tmp_path / "oud.kapperboek", {**env, "KAPPERBOEK_PASSPHRASE": "vier losse woorden"}
    assert kapperboek(old, "demo", "--customers", "3", env=env).code == 0
    assert kapperboek(path, "demo", "--customers", "3", env=secret).code == 0
    before = path.read_bytes()
    ran = kapperboek(path, "restore", str(old), "--json", env=env)
    assert (ran.code, ran.json()["error"]["code"]) == (3, "needs-key") and path.read_bytes() == before


def test_where_no_key_can_be_kept_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "config").touch()  # a file where the folder should be
    path = tmp_path / "nieuw.kapperboek"
    ran = kapperboek(path, "import", str(vcard(tmp_path)), env={"XDG_CONFIG_HOME": str(tmp_path / "config")})
    assert ran.code == 3 and "wachtzin" in ran.err.lower() and not path.exists()


def test_demo_refuses_a_notebook_with_customers(notebook: Path) -> None:
    ran = kapperboek(notebook, "demo", "--json")
    assert ran.code == 2
    assert ran.json()["error"]["code"] == "not-empty"
    assert ran.err.strip() == ran.json()["error"]["message"]


def test_find(notebook: Path) -> None:
    ran = kapperboek(notebook, "find", "marieke", "jansen", "--json")
    found = ran.json()
    assert ran.code == 0 and found.keys() == {"query", "results", "total"}
    assert found["query"] == "marieke jansen"
    assert found["results"][0] == {
        "number": "412",
        "name": "Marieke Jansen",
        "match": "name",
        "phones": ["06 12 34 56 78"],
        "emails": ["marieke@voorbeeld.nl"],
        "birthday": "1985-11-23",
        "last_visit": found["results"][0]["last_visit"],
    }


def test_nobody_found(notebook: Path) -> None:
    ran = kapperboek(notebook, "find", "qxzqxz", "--json")
    assert ran.code == 4
    assert ran.json() == {"query": "qxzqxz", "results": [], "total": 0}


def test_show(notebook: Path) -> None:
    shown = kapperboek(notebook, "show", "412", "--json").json()
    assert {"uid", "number", "given_name", "phones", "interactions", "talk_points", "follow_ups"} <= shown.keys()
    assert {"due", "rhythm_days", "expected_on", "phase"} <= shown.keys()
    assert shown["given_name"] == "Marieke" and shown["phase"] in ("new", "regular")
    assert all(line.keys() == {"kind", "number", "name", "text", "why", "due"} for line in shown["due"])
    missing = kapperboek(notebook, "show", "99999", "--json")
    assert missing.code == 4 and missing.json()["error"].keys() == {"code", "message"}


def test_today(notebook: Path) -> None:
    today = kapperboek(notebook, "today", "--json").json()
    assert today.keys() == {"date", "lines"} and today["date"] == DAY
    assert today["lines"] and {line["kind"] for line in today["lines"]} <= KINDS
    assert all(line.keys() == {"kind", "number", "name", "text", "why", "due"} for line in today["lines"])
    assert all(line["why"] for line in today["lines"])
    assert "Marieke Jansen" in kapperboek(notebook, "today").out


def test_the_language_is_an_option(notebook: Path) -> None:
    path = str(notebook)
    command = [sys.executable, "-m", "kapperboek", "--notebook", path, "--lang", "en", "--on", DAY, "today"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Sunday 22 November 2026" in done.stdout
    assert "Zondag 22 november 2026" in kapperboek(notebook, "today").out


def test_import_undo_and_changes(tmp_path: Path, shared: Path) -> None:
    notebook = tmp_path / "new.kapperboek"
    file = str(shared / "made" / "klantenlijst-nl.xlsx")
    rehearsal = kapperboek(notebook, "import", file, "--dry-run", "--json").json()
    assert rehearsal["batch"] == 0 and rehearsal["files"][0]["added"] == 12
    ran = kapperboek(notebook, "import", file, "--json")
    (report,) = ran.json()["files"]
    assert ran.json().keys() == {"batch", "files"}
    keys = {"file", "format", "read", "added", "updated", "unchanged", "possible_duplicates", "failed"}
    assert keys <= report.keys() <= keys | {"remarks"}
    assert report["added"] + report["updated"] + report["unchanged"] + len(report["failed"]) == report["read"]
    assert ran.code == (1 if report["failed"] else 0)
    assert all(failure.keys() == {"record", "line", "reason"} for failure in report["failed"])
    again = kapperboek(notebook, "import", file, "--json").json()
    assert again["batch"] == 0 and again["files"][0]["unchanged"] == 12
    (found,) = kapperboek(notebook, "find", "Fatima", "--json").json()["results"]
    assert found["birthday"] == "--07-12"

    changes = kapperboek(notebook, "changes", "--json").json()["changes"]
    assert changes[0].keys() == {"change", "at", "staff", "what", "source", "undone"}
    assert changes[0]["change"] == ran.json()["batch"] and not changes[0]["undone"]
    undone = kapperboek(notebook, "undo", "--json").json()
    assert undone.keys() == {"change"}
    assert kapperboek(notebook, "find", "Fatima", "--json").code == 4
    again = kapperboek(notebook, "undo", str(undone["change"])).out.splitlines()
    assert "Opnieuw gedaan op 12 kaarten." in again
    assert kapperboek(notebook, "find", "Fatima", "--json").code == 0
    said = kapperboek(notebook, "undo").out.splitlines()
    assert said[0].startswith("Ongedaan gemaakt: ") and said[1] == "Ongedaan gemaakt op 12 kaarten."
    assert said[2] == f"Om het weer te hebben: kapperboek undo {undone['change'] + 2}"
    assert kapperboek(notebook, "undo", "--json").json()["error"]["code"] == "nothing-to-undo"


def test_import_of_what_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "b.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Wim de Groot\nEND:VCARD\n")
    files = [str(tmp_path / name) for name in ("a.csv", "b.vcf", "absent.vcf")]
    ran = kapperboek(tmp_path / "new.kapperboek", "import", *files, "--json")
    assert ran.code == 1
    assert [file["added"] for file in ran.json()["files"]] == [0, 1, 0]
    assert [len(file["failed"]) for file in ran.json()["files"]] == [1, 0, 1]


def test_out_and_in_again_is_the_same_document(notebook: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    ran = kapperboek(notebook, "export", str(first), "--json")
    assert ran.json() == {"file": str(first), "customers": 80}
    empty = tmp_path / "empty.kapperboek"
    imported = kapperboek(empty, "import", str(first), "--json")
    assert imported.code == 0 and imported.json()["files"][0]["added"] == 80
    assert kapperboek(empty, "export", str(second), "--json").code == 0
    assert without_time(first) == without_time(second)


def without_time(path: Path) -> bytes:
    """The bytes of a document but for the line with the time of export."""
    return b"\n".join(line for line in path.read_bytes().split(b"\n") if b'"exported_at"' not in line)


@pytest.mark.parametrize("suffix", ["vcf", "csv", "xlsx", "ics"])
def test_export(notebook: Path, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"uit.{suffix}"
    ran = kapperboek(notebook, "export", str(file), "--json")
    assert ran.code == 0 and ran.json()["customers"] > 0 and file.stat().st_size > 100


def test_export_of_one_and_of_the_impossible(notebook: Path, tmp_path: Path) -> None:
    file = tmp_path / "een.json"
    assert kapperboek(notebook, "export", str(file), "--customer", "412", "--json").json()["customers"] == 1
    assert [one["number"] for one in json.loads(file.read_text())["customers"]] == ["412"]
    assert kapperboek(notebook, "export", "x.pdf", "--json").json()["error"]["code"] == "unknown-format"
    assert kapperboek(notebook, "export", str(tmp_path / "no" / "x.csv")).code == 1


def test_backup_and_restore(notebook: Path, tmp_path: Path) -> None:
    ran = kapperboek(notebook, "backup", "--json")
    backup = ran.json()
    assert backup.keys() == {"file", "customers", "verified"}
    assert (backup["customers"], backup["verified"]) == (80, True)
    kapperboek(notebook, "import", str(vcard(tmp_path)))
    assert kapperboek(notebook, "find", "Zacharias").code == 0
    restored = kapperboek(notebook, "restore", backup["file"], "--json")
    assert restored.code == 0 and restored.json()["customers"] == 80
    assert kapperboek(notebook, "find", "Zacharias").code == 4
    assert kapperboek(Path(restored.json()["kept_aside"]), "find", "Zacharias").code == 0


def test_another_shops_notebook_is_put_back_only_when_that_is_said(notebook: Path, tmp_path: Path) -> None:
    """Its key may be kept here too, so it opens without a word."""
    other, before = tmp_path / "buren.kapperboek", notebook.read_bytes()
    assert kapperboek(other, "demo", "--customers", "3").code == 0
    refused = kapperboek(notebook, "restore", str(other), "--json")
    error = refused.json()["error"]
    assert (refused.code, error["code"]) == (1, "another-notebook") and "--another" in error["message"]
    assert notebook.read_bytes() == before and not list(tmp_path.glob("*before-restore*"))
    meant = kapperboek(notebook, "restore", str(other), "--another", "--json").json()
    assert meant["customers"] == 3
    assert kapperboek(Path(meant["kept_aside"]), "restore", meant["file"], "--another", "--json").code == 0


def vcard(folder: Path) -> Path:
    path = folder / "zacharias.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Zacharias Zonneveld\nEND:VCARD\n")
    return path


def test_check(notebook: Path) -> None:
    assert kapperboek(notebook, "check", "--json").json() == {"ok": True, "problems": []}


def test_keys(tmp_path: Path) -> None:
    notebook, secret = tmp_path / "geheim.kapperboek", {"KAPPERBOEK_PASSPHRASE": "paard batterij nietje"}
    assert kapperboek(notebook, "import", str(vcard(tmp_path)), env=secret).code == 0
    assert b"Zonneveld" not in notebook.read_bytes() and not notebook.read_bytes().startswith(b"SQLite")
    assert kapperboek(notebook, "find", "zon", env=secret).code == 0
    without = kapperboek(notebook, "find", "zon", "--json")
    assert (without.code, without.json()["error"]["code"]) == (3, "needs-key")
    wrong = kapperboek(notebook, "find", "zon", "--json", env={"KAPPERBOEK_PASSPHRASE": "fout"})
    assert (wrong.code, wrong.json()["error"]["code"]) == (3, "wrong-key")


@pytest.mark.parametrize("make", ["absent", "text", "folder", "sqlite"])
def test_what_cannot_be_opened(tmp_path: Path, make: str) -> None:
    path = tmp_path / "iets.kapperboek"
    if make == "text":
        path.write_text("geen notitieboek\n" * 100)
    elif make == "folder":
        path.mkdir()
    elif make == "sqlite":
        import sqlite3

        sqlite3.connect(path).execute("CREATE TABLE a (b)").connection.close()
    ran = kapperboek(path, "today", "--json")
    assert ran.code == 3 and ran.json()["error"]["message"] and "Traceback" not in ran.err


@pytest.mark.parametrize(
    "args", [("onzin",), ("show",), ("--on", "gisteren", "today"), ("--lang", "fr", "today"), ("--notebook",)]
)
def test_wrong_usage(tmp_path: Path, args: tuple[str, ...]) -> None:
    ran = kapperboek(tmp_path / "x", *args)
    assert ran.code == 2 and len(ran.err.strip().splitlines()) == 1


def test_help_and_version(tmp_path: Path) -> None:
    assert kapperboek(tmp_path / "x", "--help").code == 0
    assert kapperboek(tmp_path / "x", "--version").out.startswith("kapperboek ")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
@pytest.mark.parametrize("there", [True, False])
def test_without_a_screen_today_is_text(notebook: Path, tmp_path: Path, there: bool) -> None:
    path = notebook if there else tmp_path / "none.kapperboek"
    env = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), "")
    ran = kapperboek(path, env=env)
    assert ran.code == 0 and "Marieke Jansen" in ran.out and "DISPLAY" in ran.err
    assert path.exists() == there


def test_a_reader_that_stops_reading(notebook: Path) -> None:
    command = f"{sys.executable} -m kapperboek --notebook {notebook} today | head -c 1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert done.stderr == b""


def test_a_terminal_that_knows_no_accents(notebook: Path, tmp_path: Path) -> None:
    file = tmp_path / "f.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Zoë Řezníček\nEND:VCARD\n", "utf-8")
    kapperboek(notebook, "import", str(file))
    plain = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    assert kapperboek(notebook, "find", "Rezn", env=plain).code == 0
    ran = kapperboek(notebook, "find", "Rezn", "--json", env=plain)
    assert ran.json()["results"][0]["name"] == "Zoë Řezníček"


def test_words_of_others_are_only_words(tmp_path: Path) -> None:
    notebook = tmp_path / "n.kapperboek"
    kapperboek(notebook, "import", str(vcard(tmp_path)))
    for text in ("'; DROP TABLE customer; --", 'zon" OR 1', "NEAR(", "*", "zach AND", "<b>", "=1+1", "🎂", "\u202eabc"):
        assert kapperboek(notebook, "find", text).code in (0, 4)


def test_self_test(tmp_path: Path) -> None:
    ran = kapperboek(tmp_path / "x", "self-test", "--json", env={"QT_QPA_PLATFORM": "offscreen"})
    assert ran.code == 0, ran.err + ran.out
    assert ran.json().keys() == {"ok", "steps"} and ran.json()["ok"] and len(ran.json()["steps"]) > 8
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("moment", ["paint", "today"])
def test_the_window_closes_by_itself(notebook: Path, moment: str) -> None:
    ran = kapperboek(notebook, "--exit-after", moment, env={"QT_QPA_PLATFORM": "offscreen"})
    assert (ran.code, ran.out) == (0, ""), ran.err


WRONG = (
    ("import",), ("find",), ("weg",), ("show", "1", "--klant"), ("undo", "gisteren"), ("demo", "--customers", "0"),
    ("demo", "--customers"), ("backup", "a", "b"), ("undo", "--json=ja"),
)
ENGLISH = (
    "argument", "required", "invalid", "unrecognized", "expected", "usage", "choose", "show this", "show program",
    "positional",
)


@pytest.mark.parametrize("args", [*WRONG, ("--help",), ("import", "--help"), ("undo", "--help")], ids=" ".join)
def test_argparse_speaks_dutch_too(args: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    set_language("nl")
    with pytest.raises((UsageError, SystemExit)) as caught:
        arguments.parse(list(args))
    said = caught.value.message if isinstance(caught.value, UsageError) else capsys.readouterr().out
    assert said and not [word for word in ENGLISH if word in said.replace("argumenten", "")]
    set_language("en")
    with pytest.raises((UsageError, SystemExit)):
        arguments.parse(list(args))
    set_language("nl")


def test_a_crash_writes_no_memory_to_disk(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_CORE)
    ask = "import resource as r; from kapperboek.__main__ import main; main(); print(r.getrlimit(r.RLIMIT_CORE)[0])"
    command = [sys.executable, "-c", ask, "--lang", "xx"]
    raised = lambda: resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))  # noqa: E731
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, preexec_fn=raised, check=False)
    assert ran.stdout.strip() == "0", ran.stderr


def test_an_older_notebook_than_the_last_one_used_here_is_told(notebook: Path, tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    ran = kapperboek(notebook, "today", "--json")
    assert ran.code == 0 and "ouder" not in ran.err
    with notebooks.open_(notebook, key=security.kept_key(notebook, bootstrap.keeper())) as book:
        assert book.salt is not None
        mark = generation.of(book.connection).now + (2 << 32)
    keys = tmp_path / "config" / "kapperboek" / "keys"
    keys.mkdir(parents=True)
    for file in bootstrap.keeper().folder.glob("*.key"):
        shutil.copy(file, keys)
    (keys / f"{book.salt.hex()}.seen").write_text(str(mark))
    ran = kapperboek(notebook, "today", "--json", env=env)
    assert ran.code == 0 and "ouder" in ran.err
