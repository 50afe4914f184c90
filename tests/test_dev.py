"""The script that sets everything up: what it notes, what it says, and how it joins the translations."""

from __future__ import annotations

import gettext
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev

HEADER = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
DAYS = """\
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} dag"
msgstr[1] "{n} dagen"
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of which the environment stands, but where nothing has been noted yet."""
    venv = tmp_path / ".venv"
    venv.mkdir()
    for name in ("pyproject.toml", "constraints.txt", ".venv/python"):
        (tmp_path / name).touch()
    places = {"ROOT": tmp_path, "VENV": venv, "PYTHON": venv / "python", "BUSY": venv / "busy"}
    for name, path in places.items():
        monkeypatch.setattr(dev, name, path)
    return tmp_path


def test_a_finished_set_up_is_not_done_again(checkout: Path) -> None:
    assert not dev.is_noted("test")
    dev.note("test")
    assert dev.is_noted("test") and dev.is_noted("run")  # what the tests have, the program has


def test_what_the_program_has_is_not_enough_for_the_tests(checkout: Path) -> None:
    dev.note("run")
    assert dev.is_noted("run") and not dev.is_noted("test")


@pytest.mark.parametrize("changed", ["constraints.txt", "pyproject.toml"])
def test_other_packages_are_installed(checkout: Path, changed: str) -> None:
    dev.note("run")
    (checkout / changed).write_text("b==2", "utf-8")
    assert not dev.is_noted("run")


def test_an_interrupted_set_up_is_not_trusted(checkout: Path) -> None:
    dev.note("run")
    dev.BUSY.touch()
    assert not dev.is_noted("run")


def test_a_python_that_is_gone_is_noticed(checkout: Path) -> None:
    dev.note("run")
    dev.PYTHON.unlink()
    assert not dev.is_noted("run")


def test_without_rights_the_command_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert not dev.install_system_packages(["libgl1", "libegl1"], "Qt cannot start.", must=False)
    told = capsys.readouterr()
    assert "sudo apt-get install -y --no-install-recommends libgl1 libegl1" in told.err
    assert told.out == ""
    with pytest.raises(dev.SetupFailed, match="sudo apt-get install"):
        dev.install_system_packages(["python3-venv"], "No venv.", must=True)


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 0), (["fly"], 2)])
def test_it_tells_what_it_can_on_standard_error(arguments: list[str], code: int) -> None:
    command = [sys.executable, dev.__file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "dev.py run" in done.stderr
    assert done.stdout == ""


@pytest.fixture
def dutch_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for Dutch translations."""
    monkeypatch.setattr(dev, "TRANSLATIONS", tmp_path)
    (tmp_path / "nl").mkdir()
    return tmp_path / "nl"


def write(path: Path, text: str, age: int = 10) -> None:
    """A translation file, and its folder, of so many seconds ago."""
    path.write_text(HEADER + text, "utf-8")
    for touched in (path, path.parent):
        moment = touched.stat().st_mtime - age
        os.utime(touched, (moment, moment))


def read(folder: Path) -> gettext.GNUTranslations:
    """The catalogue of a language, as the program reads it."""
    with (folder / "kapperboek.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_the_files_of_a_language_become_one_catalogue(dutch_files: Path) -> None:
    write(dutch_files / "a.po", 'msgid "Nobody found"\nmsgstr "Niemand gevonden"\n')
    write(dutch_files / "b.po", DAYS)
    assert not dev.is_current(dutch_files)
    dev.compile_translations()
    assert dev.is_current(dutch_files)
    words = read(dutch_files)
    assert words.gettext("Nobody found") == "Niemand gevonden"
    assert [words.ngettext("{n} day", "{n} days", n) for n in (1, 2)] == ["{n} dag", "{n} dagen"]
    assert sorted(path.name for path in dutch_files.iterdir()) == ["a.po", "b.po", "kapperboek.mo"]


def test_uncertain_and_empty_translations_stay_english(dutch_files: Path) -> None:
    write(dutch_files / "a.po", '#, fuzzy\nmsgid "Save"\nmsgstr "Redden"\n\nmsgid "Cancel"\nmsgstr ""\n')
    dev.compile_translations()
    assert [read(dutch_files).gettext(text) for text in ("Save", "Cancel")] == ["Save", "Cancel"]


def test_of_two_translations_the_first_counts(dutch_files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(dutch_files / "a.po", 'msgid "Save"\nmsgstr "Bewaren"\n')
    write(dutch_files / "b.po", 'msgid "Save"\nmsgstr "Opslaan"\n')
    dev.compile_translations()
    assert read(dutch_files).gettext("Save") == "Bewaren"
    assert "b.po translates 'Save' otherwise than 'Bewaren'" in capsys.readouterr().err


def test_a_file_that_comes_goes_or_changes_is_noticed(dutch_files: Path) -> None:
    write(dutch_files / "a.po", 'msgid "Save"\nmsgstr "Bewaren"\n')
    dev.compile_translations()
    (dutch_files / "a.po").write_text(HEADER, "utf-8")
    os.utime(dutch_files / "a.po", (2**32, 2**32))
    assert not dev.is_current(dutch_files)
    write(dutch_files / "a.po", "", age=10)
    dev.compile_translations()
    (dutch_files / "a.po").unlink()
    os.utime(dutch_files, (2**32, 2**32))
    assert not dev.is_current(dutch_files)


def test_both_lists_of_packages_name_the_same_versions() -> None:
    """One is read by pip's resolver, the other holds the digests of the files (packaging/lock.py)."""
    pins, locked = (
        {re.sub(r"[-_.]+", "-", found).lower() for found in re.findall(r"^[\w.-]+==[\w.-]+", text, re.MULTILINE)}
        for text in ((dev.ROOT / name).read_text("utf-8") for name in ("constraints.txt", "requirements.lock"))
    )
    assert len(locked) > 30 and locked <= pins
