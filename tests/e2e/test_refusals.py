"""What cannot be opened is told apart: five causes, five sentences, and exit code 3 for each."""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kapperboek import demo
from kapperboek.services.keeping import notebooks
from kapperboek.storage.file.key_derivation import PAGE_BYTES
from kapperboek.storage.opening import open_notebook
from tests.conftest import KEY
from tests.e2e.test_cli import Ran, kapperboek

PASSPHRASE = {"KAPPERBOEK_PASSPHRASE": KEY.hex()}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A keyed salon."""
    path = tmp_path_factory.mktemp("refusals") / "salon.kapperboek"
    with notebooks.create(path, key=KEY) as book:
        demo.fill(book, customers=40)
    return path


def whole_pages(path: Path, first: int, last: int | None = None) -> None:
    """Spoil every page from the first to the last one mentioned."""
    content = bytearray(path.read_bytes())
    for start in range(first * PAGE_BYTES, len(content) if last is None else last * PAGE_BYTES, PAGE_BYTES):
        content[start + 2000 : start + 2100] = bytes(100)
    path.write_bytes(content)


def newer(path: Path) -> None:
    with open_notebook(path, key=KEY) as book:
        book.connection.execute("PRAGMA user_version = 999")


def foreign(path: Path) -> None:
    """Somebody else's database, that even looks a little like ours."""
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, given_name TEXT)")


def unharmed(path: Path) -> None:
    """Nothing is wrong with the file."""


CASES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "wrong passphrase": (unharmed, "wrong-key", "klopt niet"),
    "damaged header": (lambda path: whole_pages(path, 0, 1), "damaged-beginning", "begin van het bestand"),
    "damaged page": (lambda path: whole_pages(path, 1), "damaged-beginning", "red wat leesbaar is"),  # the second
    "newer version": (newer, "newer-version", "nieuwere Kapperboek"),
    "foreign file": (foreign, "not-a-notebook", "geen notitieboek van Kapperboek"),
}


def refused(good: Path, folder: Path, case: str, command: tuple[str, ...] = ("today",)) -> Ran:
    """What the command line says of such a file."""
    harm = CASES[case][0]
    path = Path(shutil.copy(good, folder / f"{case}.kapperboek"))
    harm(path)
    before = path.read_bytes()
    env = {"KAPPERBOEK_PASSPHRASE": "een andere wachtzin"} if case == "wrong passphrase" else PASSPHRASE
    ran = kapperboek(path, *command, "--json", env=env)
    assert path.read_bytes() == before
    return ran


@pytest.mark.parametrize("case", CASES)
def test_each_has_its_own_sentence_and_exit_code_3(good: Path, tmp_path: Path, case: str) -> None:
    _harm, code, sentence = CASES[case]
    ran = refused(good, tmp_path, case)
    error = ran.json()["error"]
    assert (ran.code, error["code"]) == (3, code), ran.err
    assert sentence in error["message"] and len(ran.err.splitlines()) == 1
    assert sum(other in error["message"] for _harm, _code, other in CASES.values()) <= 2


def bound_by_rights() -> None:
    """Whoever may everything may so no more: a folder that can only be read is that for root too (Linux)."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        if ctypes.CDLL(None).prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
            raise OSError


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="rights are taken from root as Linux does")
def test_in_a_folder_that_can_only_be_read_all_is_seen_and_the_rest_is_a_sentence(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "schijf"
    folder.mkdir()
    path = Path(shutil.copy(good, folder))
    first = bound_by_rights if os.geteuid() == 0 else None
    path.chmod(0o444)
    folder.chmod(0o555)
    try:
        if first is not None:
            try:
                subprocess.run(["true"], preexec_fn=first, check=True)
            except subprocess.SubprocessError:
                pytest.skip("root may not give its rights away here")
        seen = [kapperboek(path, command, "--json", env=PASSPHRASE, first=first) for command in ("today", "check")]
        assert [ran.code for ran in seen] == [0, 0]
        writing = (("backup",), ("undo", "2"), ("forget", "412"), ("restore", str(good)))
        for command in writing:
            ran = kapperboek(path, *command, "--json", env=PASSPHRASE, first=first)
            assert ran.json()["error"]["code"] in ("no-rights", "read-only") and "Traceback" not in ran.err, command
        assert [*folder.iterdir()] == [path] and path.read_bytes() == good.read_bytes()
    finally:
        folder.chmod(0o755)


def test_a_page_that_is_damaged_is_refused_when_it_is_met(good: Path, tmp_path: Path) -> None:
    """The notebook opens, and only what needs that page is refused."""
    path = Path(shutil.copy(good, tmp_path / "salon.kapperboek"))
    with open_notebook(path, key=KEY) as book:
        page = book.value("SELECT rootpage FROM sqlite_master WHERE name = 'interaction'")
    whole_pages(path, page - 1, page)
    assert kapperboek(path, "changes", env=PASSPHRASE).code == 0
    ran = kapperboek(path, "export", str(tmp_path / "uit.json"), "--json", env=PASSPHRASE)
    assert (ran.code, ran.json()["error"]["code"]) == (3, "damaged"), ran.err
    assert not (tmp_path / "uit.json").exists()
    checked = kapperboek(path, "check", "--json", env=PASSPHRASE)
    assert checked.code == 1 and checked.json()["pages"] == [page]
    saved = kapperboek(path, "check", "--rescue", str(tmp_path / "gered.kapperboek"), "--json", env=PASSPHRASE)
    assert saved.code == 1, saved.err
    tables = {one["table"]: one for one in saved.json()["tables"]}
    assert tables["customer"]["lost"] == 0 and tables["interaction"]["lost"] > 0
    assert kapperboek(tmp_path / "gered.kapperboek", "check", env=PASSPHRASE).code == 0


@pytest.mark.parametrize("spoil", ["zeros", "letters", "one bit"])
def test_a_spoilt_salt_is_told_from_a_wrong_key(good: Path, tmp_path: Path, spoil: str) -> None:
    """Also when it looks like any other: a copy of the notebook has the same."""
    path = Path(shutil.copy(good, tmp_path / "salon.kapperboek"))
    env = {**PASSPHRASE, "XDG_DATA_HOME": str(tmp_path)}
    assert kapperboek(path, "backup", env=env).code == 0
    content = bytearray(path.read_bytes())
    content[:16] = {"zeros": bytes(16), "letters": b"hier stond iets!", "one bit": bytes([content[0] ^ 1])}[spoil] + (
        content[1:16] if spoil == "one bit" else b""
    )
    path.write_bytes(content)
    ran = kapperboek(path, "today", "--json", env=env)
    assert (ran.code, ran.json()["error"]["code"]) == (3, "damaged-beginning")
    ran = kapperboek(path, "today", "--json", env={**env, "KAPPERBOEK_PASSPHRASE": "een andere wachtzin"})
    assert ran.json()["error"]["code"] == ("wrong-key" if spoil == "one bit" else "damaged-beginning")
    saved = tmp_path / "gered.kapperboek"
    assert kapperboek(path, "check", "--rescue", str(saved), env=env).code in (0, 1)
    assert kapperboek(saved, "find", "marieke", env=env).code == 0


def test_a_wrong_passphrase_is_one_also_where_the_key_is_kept(tmp_path: Path) -> None:
    path, env = tmp_path / "salon.kapperboek", {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    assert kapperboek(path, "demo", "--customers", "3", env=env).code == 0
    ran = kapperboek(path, "today", "--json", env={**env, "KAPPERBOEK_PASSPHRASE": "een andere wachtzin"})
    assert ran.json()["error"]["code"] == "wrong-key"


def test_a_spoilt_salt_of_a_notebook_whose_key_is_kept(tmp_path: Path) -> None:
    path, env = tmp_path / "salon.kapperboek", {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    assert kapperboek(path, "demo", "--customers", "20", env=env).code == 0
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)
    assert kapperboek(path, "today", "--json", env=env).json()["error"]["code"] == "damaged-beginning"
    saved = tmp_path / "gered.kapperboek"
    assert kapperboek(path, "check", "--rescue", str(saved), env=env).code in (0, 1)
    assert kapperboek(saved, "find", "marieke", env=env).code == 0
