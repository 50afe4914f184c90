"""Folders, the log and bug reports: nothing a customer said or is called gets into them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from kapperboek import bootstrap
from kapperboek.domain.errors import UsageError
from kapperboek.system import logs, paths
from tests.conftest import ROOT

NOW = datetime(2026, 11, 22, 9, 0)


def test_the_environment_says_which_notebook(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KAPPERBOEK_NOTEBOOK", str(tmp_path / "x.kapperboek"))
    assert paths.default_notebook() == tmp_path / "x.kapperboek"
    monkeypatch.delenv("KAPPERBOEK_NOTEBOOK")
    assert paths.default_notebook().parent.is_dir()
    assert paths.backup_folder(Path("/a/b.kapperboek")) == Path("/a/backups")


@pytest.mark.parametrize("secret", ["marieke@voorbeeld.nl", "06 12 34 56 78", "“Marieke Jansen”"])
def test_redaction(secret: str) -> None:
    assert secret not in logs.redact(f"iets met {secret} erin")


def test_the_users_own_folder_is_not_named() -> None:
    assert logs.redact(str(Path.home() / "klanten")) == "~/klanten"


def test_the_log_makes_room(tmp_path: Path) -> None:
    (tmp_path / logs.LOG).write_text("x" * (logs.LARGEST + 1))
    logs.note(tmp_path, NOW, "started")
    assert (tmp_path / logs.LOG).read_text() == "2026-11-22 09:00:00 started\n"
    assert (tmp_path / f"{logs.LOG}.1").stat().st_size > logs.LARGEST
    logs.note(tmp_path / "absent", NOW, "no folder is no reason to stop")


def test_a_bug_report_names_no_customer(tmp_path: Path) -> None:
    def fails(name: str) -> None:
        try:
            raise KeyError(name)
        except KeyError as error:
            raise RuntimeError(f"nothing known of {name}") from error

    with pytest.raises(RuntimeError) as caught:
        fails("Marieke Jansen")
    text = logs.write_report(tmp_path, NOW, caught.value).read_text()
    assert "Marieke" not in text and "RuntimeError" in text and "KeyError" in text and "fails" in text
    for _again in range(logs.REPORTS_KEPT + 5):
        logs.write_report(tmp_path, NOW, caught.value)
    assert len(list(tmp_path.glob("bug-*.txt"))) == logs.REPORTS_KEPT


def test_options_before_the_command() -> None:
    options = bootstrap.read_options(["--notebook", "a.kb", "--lang=en", "--on", "2026-11-22", "find", "--json"])
    assert (str(options.notebook), options.lang, str(options.on)) == ("a.kb", "en", "2026-11-22")
    assert options.rest == ("find", "--json")
    assert bootstrap.read_options(["--exit-after", "paint"]).exit_after == "paint"


@pytest.mark.parametrize(
    "argv", [["--notebook"], ["--lang", "fr"], ["--on", "x"], ["--exit-after", "lunch"], ["--notebook="]]
)
def test_wrong_options(argv: list[str]) -> None:
    with pytest.raises(UsageError):
        bootstrap.read_options(argv)


def test_the_key_is_worked_out_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "n.kapperboek"
    assert bootstrap.Key(path, "")() is None
    assert bootstrap.Key(path, "zin")() == "zin"  # no notebook yet, so no salt
    path.write_bytes(b"SQLite format 3\x00")
    assert bootstrap.Key(path, "zin")() == "zin"
    path.write_bytes(bytes(range(16)))
    key = bootstrap.Key(path, "zin")
    assert isinstance(key(), bytes) and key() == key()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux is asked what others see of it")
def test_a_program_at_work_shows_nothing_of_itself() -> None:
    """Another program of the same user read the passphrase from /proc, and the memory of a locked window."""
    code = (
        "import ctypes, os, resource; from pathlib import Path; from kapperboek.system import process\n"
        "secret = process.take_secret('KAPPERBOEK_PASSPHRASE')\n"
        "process.leave_no_core(); process.keep_to_itself()\n"
        "shown = b'losse' in Path('/proc/self/environ').read_bytes() if os.geteuid() == 0 else False\n"
        "print(secret, os.environ.get('KAPPERBOEK_PASSPHRASE'), os.system('test -z \"$KAPPERBOEK_PASSPHRASE\"'), shown,"
        " ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))"
    )
    env = {**os.environ, "KAPPERBOEK_PASSPHRASE": "vier losse woorden"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "vier losse woorden None 0 False 0 (0, 0)", done.stderr
