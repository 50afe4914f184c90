"""What is installed: the wheel brings its resources and says so when one is lost; the lock names every pin with digests
and no address, and the audit never calls silence good news.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

import pytest

from kapperboek.ui.app import installation_check
from kapperboek.ui.appearance import icons

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """The auditor, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "packaging" / "audit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_pins_what_was_tried_with_digests_and_no_address(audit: ModuleType) -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    tried = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line[:1].isalnum()]
    plain = [re.sub(r"[-_.]+", "-", line).lower() for line in audit.pins(lock)]
    assert set(plain) <= {re.sub(r"[-_.]+", "-", line).lower() for line in tried}
    for package in re.split(r"\n(?=\w)", lock.partition("\n\n")[0])[1:]:
        assert re.fullmatch(r"\S+==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+\n?", package), package[:80]
    assert "://" not in lock


ANSWER = {"dependencies": [{"name": "a", "version": "1", "vulns": []}]}
BAD = {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}]}
SKIPPED = {"dependencies": [{"name": "a", "skip_reason": "not found"}]}


@pytest.mark.parametrize(
    ("answer", "complaint", "code", "word"),
    [
        (json.dumps(ANSWER), "", 0, "1 of 1"),
        (json.dumps(BAD), "", 1, "a 1: X-1"),
        (json.dumps(SKIPPED), "", 3, "0 of 1"),
        ("", "ConnectionError: no such host", 3, "nothing was audited"),
        ("", "No module named pip_audit", 3, "pip install"),
    ],
)
def test_an_audit_says_what_it_could_not_ask(
    audit: ModuleType, answer: str, complaint: str, code: int, word: str
) -> None:
    lines, found = audit.outcome(answer, complaint, 1)
    assert found == code and any(word in line for line in lines)


# ---- the wheel ----

TRANSLATION, ICON = "translations/nl/kapperboek.mo", "icons/scissors.svg"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built as pip builds it but with the packages that are here."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


class Installed:
    """The program in an environment of its own, run from a folder that has nothing of the checkout."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()
        environment = folder / "environment"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
        self.python = environment / "bin" / "python"
        packages = next(environment.glob("lib/python*/site-packages"))
        (packages / "packages-of-the-tests.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install", "--quiet", "--no-compile"]
        subprocess.run([*pip, "--no-index", "--no-deps", "--disable-pip-version-check", str(wheel)], check=True)
        self.resources = packages / "kapperboek" / "resources"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command as somebody types it, in Dutch."""
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        command = [str(self.python), "-m", "kapperboek", "--lang", "nl", *arguments]
        return subprocess.run(
            command, cwd=self.elsewhere, env={**env, "PYTHONUTF8": "1"}, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Installed once for all; who takes something out puts it back."""
    return Installed(wheel, tmp_path_factory.mktemp("installed"))


def test_a_wheel_has_every_resource_and_the_translations_of_today(wheel: Path) -> None:
    folder = ROOT / "resources"
    kept = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".po"]
    with zipfile.ZipFile(wheel) as files:
        inside = {name: files.read(name) for name in files.namelist() if "/resources/" in name}
    assert inside == {f"kapperboek/resources/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in kept}
    assert f"kapperboek/resources/{TRANSLATION}" in inside


def test_an_installed_program_speaks_dutch_has_its_icons_and_says_that_it_works(installed: Installed) -> None:
    assert "Het notitieboek voor kappers" in installed.run("--help").stdout
    ran = installed.run("self-test")
    assert ran.returncode == 0 and "Alles werkt." in ran.stdout, ran.stderr
    assert "Elk pictogram wordt getekend" in ran.stdout


@pytest.mark.parametrize(
    ("lost", "damaged", "said"),
    [
        (TRANSLATION, None, "The Dutch translation is missing or damaged."),
        (TRANSLATION, b"\xde\x12\x04\x95", "The Dutch translation is missing or damaged."),
        (ICON, None, "Pictogrammen ontbreken of zijn beschadigd: scissors."),
        (ICON, b"<svg/>", "Pictogrammen ontbreken of zijn beschadigd: scissors."),
        ("help/en.md", None, "De handleiding ontbreekt of is beschadigd."),
        ("demo/story.json", None, "Waarvan de demosalon wordt gemaakt, ontbreekt of is beschadigd."),
        ("demo/words.json", b"{}", "Waarvan de demosalon wordt gemaakt, ontbreekt of is beschadigd."),
        ("words/nl.txt", b"aap noot mies", "De woorden waarvan wachtzinnen worden gemaakt"),
    ],
)
def test_an_installed_program_notices_what_it_lost(
    installed: Installed, lost: str, damaged: bytes | None, said: str
) -> None:
    file = installed.resources / lost
    kept = file.read_bytes()
    file.unlink() if damaged is None else file.write_bytes(damaged)
    try:
        ran = installed.run("self-test")
    finally:
        file.write_bytes(kept)
    assert ran.returncode == 1 and said in ran.stderr and "Traceback" not in ran.stderr, ran.stderr + ran.stdout


def test_the_self_test_looks_at_every_icon() -> None:
    assert sorted(icons.NAMES) == sorted(path.stem for path in (ROOT / "resources" / "icons").glob("*.svg"))


def plain(requirement: str) -> str:
    """The name of a package without its version, written as all of them may be."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~ ;\[]", requirement)[0]).lower()


def test_what_the_program_imports_is_installed_with_it() -> None:
    """Also what is imported inside a function; shiboken6 is the other half of PySide6."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {plain(requirement) for requirement in project["dependencies"]}
    known = {name: {plain(one) for one in found} for name, found in packages_distributions().items()}
    texts = "\n".join(path.read_text("utf-8") for path in (ROOT / "kapperboek").rglob("*.py"))
    imported = set(re.findall(r"^ *(?:from|import) (\w+)(?:\.\w+)*(?: import| as|$)", texts, re.MULTILINE))
    others = imported - set(sys.stdlib_module_names) - {"kapperboek", "PySide6", "shiboken6", "_typeshed"}
    assert {"keyring", "zxcvbn", "segno", "dateutil"} <= others
    assert sorted(name for name in others if not known.get(name, set()) & wanted) == []
    looked_at = {one for name in installation_check.PACKAGES for one in known[name]}
    assert looked_at & wanted == wanted - {"pyside6-essentials"}
