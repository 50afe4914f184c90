"""Everything a newcomer needs, with nothing but Python 3.11: run, test, lint, audit, bench, shots.

    python3 dev.py run [ARGS…]            the program; ARGS are passed on to kapperboek
    python3 dev.py test [ARGS…]           the tests; ARGS are passed on to pytest
    python3 dev.py lint                   ruff and mypy
    python3 dev.py audit                  whether a vulnerability is known in a package we pin; needs a network
    python3 dev.py bench [NAME…] [--json] the measurements
    python3 dev.py shots [ARGS…]          a picture of every page, into docs/screenshots

The first time it makes .venv, installs the packages pinned in constraints.txt, compiles the translations, and
sees whether Qt finds its system libraries: where it may they are installed, otherwise the command to do so is
printed. What has been done is noted in .venv, last of all, so an interrupted set-up is mended by the next run
and a finished one costs a few milliseconds. All of its own output goes to standard error. Only the standard
library is used, because nothing else is there yet; slow parts of it are imported where they are needed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUSY = VENV / "being-set-up"
TRANSLATIONS = ROOT / "resources" / "translations"

QT_LIBRARIES = """
    libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libxcb-cursor0 libxcb-icccm4
    libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1
    libxkbcommon-x11-0 fonts-inter
""".split()
EXTRAS = {"run": (), "test": ("dev",), "bench": ("dev", "bench")}  # of pyproject.toml, beside what the program needs
TEST_TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool", "cc": "gcc libc6-dev"}  # cc: to make faults with (tests/faults)

# Says what is missing, one word a line; a Qt that cannot even load or start says so by failing.
QT_PROBE = """
import ctypes, pathlib, PySide6
from PySide6 import QtNetwork, QtPrintSupport, QtSvg, QtWidgets
from PySide6.QtGui import QFontDatabase
app = QtWidgets.QApplication([])
if not QFontDatabase.families():
    print("fonts")
try:
    ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))
except OSError as problem:
    print("window:", problem)
"""


class SetupFailed(Exception):
    """What could not be set up, and what to do about it."""


def say(text: str) -> None:
    """Tell how the set-up goes, never on standard output: that belongs to the program."""
    print(text, file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Do one command; the exit code is that of the program started."""
    if sys.version_info < (3, 11):  # noqa: UP036
        say("Kapperboek needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
        return 2
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if name not in COMMANDS:
        say((__doc__ or "").strip())
        return 0 if name in ("-h", "--help", "help") else 2
    try:
        return COMMANDS[name](rest)
    except SetupFailed as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("Interrupted. The next run goes on from here.")
        return 130


# ---- the commands ----


def run(arguments: Sequence[str]) -> int:
    """Become the program. The working directory stays, since ARGS may name files in it."""
    set_up("run")
    os.environ["PYTHONPATH"] = str(ROOT)
    return become(["-P", "-m", "kapperboek", *arguments])


def test(arguments: Sequence[str]) -> int:
    """Become pytest, on every core when it is the whole suite, with byte code kept: the tests start many programs."""
    set_up("test")
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # one more than there are cores: a test often waits, for the disk or for another program
    workers = f"--numprocesses={(os.cpu_count() or 1) + 1}"
    spread = [] if any(not argument.startswith("--") for argument in arguments) else [workers]
    return become(["-m", "pytest", *spread, "--dist=worksteal", *arguments])


def lint(arguments: Sequence[str]) -> int:
    """Both style and types are told, also when the first finds something."""
    import subprocess

    set_up("test")
    style = subprocess.run([PYTHON, "-m", "ruff", "check", *arguments], cwd=ROOT, check=False).returncode
    types = subprocess.run([PYTHON, "-m", "mypy"], cwd=ROOT, check=False).returncode
    return style or types


def audit(_arguments: Sequence[str]) -> int:
    """Become the auditor, which says what to install when it is not there; no part of what a change must pass."""
    set_up("test")
    return become([str(ROOT / "packaging" / "audit.py")])


def bench(arguments: Sequence[str]) -> int:
    """Become the measurements, with byte code kept as in an installed program."""
    set_up("bench")
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return become(["-m", "benchmarks", *arguments])


def shots(arguments: Sequence[str]) -> int:
    """Become the photographer."""
    set_up("test")
    os.chdir(ROOT)
    return become(["-m", "tests.shots", *arguments])


def translations(_arguments: Sequence[str]) -> int:
    """Compile the catalogues now (inside .venv; the other commands do it by themselves)."""
    compile_translations()
    return 0


COMMANDS = {command.__name__: command for command in (run, test, lint, audit, bench, shots, translations)}


def become(arguments: Sequence[str]) -> int:
    """Replace this process by .venv's Python, so that signals and the terminal are the program's own."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(PYTHON, [str(PYTHON), *arguments])


# ---- the set-up ----


def set_up(purpose: str) -> None:
    """Everything ``run``, ``test`` or ``bench`` needs is there afterwards. Raises SetupFailed with what to do."""
    if not is_noted(purpose):
        with alone():
            if not is_noted(purpose):
                make_environment()
                install_packages(purpose)
                note(purpose)
    if not is_noted("qt") or (purpose != "run" and missing_test_tools()):
        with alone():
            if find_system_libraries(purpose):
                note("qt")
    if not all(is_current(language) for language in TRANSLATIONS.glob("*/")):
        call([PYTHON, ROOT / "dev.py", "translations"], "The translations could not be compiled.")


def is_noted(purpose: str) -> bool:
    """Whether the set-up for a purpose was finished, with these very packages and this Python."""
    try:
        return not BUSY.exists() and PYTHON.exists() and noted(purpose).read_text("utf-8") == fingerprint()
    except OSError:
        return False


def note(purpose: str) -> None:
    """Note that all is done. What is there for the measurements is there for the tests, and for the program too."""
    for name in {"bench": ("bench", "test", "run"), "test": ("test", "run")}.get(purpose, (purpose,)):
        noted(name).write_text(fingerprint(), "utf-8")


def noted(purpose: str) -> Path:
    """Where it is noted that a purpose was set up."""
    return VENV / f"ready-for-{purpose}"


def fingerprint() -> str:
    """All a set-up depends upon: the Python behind .venv (a system upgrade changes it), packages and pins."""
    files = (ROOT / "pyproject.toml", ROOT / "constraints.txt")
    return "\n".join([str(PYTHON.resolve()), *(file.read_text("utf-8") for file in files)])


@contextmanager
def alone() -> Iterator[None]:
    """Two set-ups at the same time wait for each other."""
    import fcntl

    with Path(__file__).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """A virtual environment with pip in it; one that was interrupted, or lost its Python, is made anew."""
    import shutil

    if not BUSY.exists() and succeeds([PYTHON, "-m", "pip", "--version"]):
        return
    if not can_make_environments():
        version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install_system_packages([version], "Python's venv module is not complete.", must=True)
    say("Setting up in .venv, once…")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    BUSY.touch()
    call([sys.executable, "-m", "venv", VENV], "The virtual environment could not be made.")


def can_make_environments() -> bool:
    """Debian keeps the part of Python that puts pip into an environment in a package of its own."""
    return succeeds([sys.executable, "-c", "import ensurepip, venv"])


def install_packages(purpose: str) -> None:
    """The packages of pyproject.toml in the versions of constraints.txt, with the tools that the purpose wants."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["build"]]
    for extra in EXTRAS[purpose]:
        wanted += project["optional-dependencies"][extra]
    say("Installing the packages…")
    BUSY.touch()
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    pins = ["--constraint", str(ROOT / "constraints.txt")]
    call([*pip, *pins, *wanted], "The packages could not be installed.")
    succeeds([PYTHON, "-m", "compileall", "-q", ROOT / "kapperboek"])  # only to start faster the first time
    BUSY.unlink()


# ---- what the system itself must have ----


def find_system_libraries(purpose: str) -> bool:
    """Try Qt for real and mend what is missing if we may. False: it isn't mended, and the user was told."""
    problem, packages = qt_problem(), []
    if problem:
        packages += QT_LIBRARIES
    if purpose != "run":
        packages += missing_test_tools()
    if not packages:
        return True
    installed = install_system_packages(packages, problem or "Some tests need a screen.", must=False)
    return installed and not qt_problem()


def qt_problem() -> str:
    """What keeps Qt from working here, in a sentence; empty when it works."""
    import subprocess

    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [str(PYTHON), "-c", QT_PROBE]
    probe = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if probe.returncode:
        return "Qt cannot start: " + (probe.stderr.strip().splitlines() or ["no reason given"])[-1]
    return "Qt misses something for its windows: " + probe.stdout.strip() if probe.stdout.strip() else ""


def missing_test_tools() -> list[str]:
    """The system packages of programs that the tests call and that are not here."""
    import shutil

    return [package for program, package in TEST_TOOLS.items() if not shutil.which(program)]


def install_system_packages(packages: Sequence[str], reason: str, *, must: bool) -> bool:
    """Install Debian packages if we may; otherwise print the command, or raise it where there ``must`` be."""
    import shutil

    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") and (os.geteuid() == 0 or succeeds(["sudo", "-n", "true"])):
        say(f"{reason}\nInstalling system packages: {' '.join(packages)}")
        root = ["env", "DEBIAN_FRONTEND=noninteractive"]
        root = root if os.geteuid() == 0 else ["sudo", "-n", *root]
        if succeeds([*root, *command.split()]):
            return True
        if succeeds([*root, "apt-get", "update"]) and succeeds([*root, *command.split()], loud=True):
            return True
    advice = f"{reason}\nTo mend that, run:\n    sudo {command}"
    if must:
        raise SetupFailed(advice)
    say(advice)
    return False


def call(command: Sequence[str | Path], otherwise: str) -> None:
    """Run a step, its output on standard error. Raises SetupFailed with the sentence ``otherwise``."""
    if not succeeds(command, loud=True):
        raise SetupFailed(otherwise)


def succeeds(command: Sequence[str | Path], *, loud: bool = False) -> bool:
    """Whether the command is there and does its work."""
    import subprocess

    output = sys.stderr if loud else subprocess.DEVNULL
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
    except OSError:
        return False
    return done.returncode == 0


# ---- translations ----


def is_current(language: Path) -> bool:
    """Whether a language's catalogue is younger than its sources and than any coming or going of them."""
    catalogue = language / "kapperboek.mo"
    made = catalogue.stat().st_mtime_ns if catalogue.exists() else -1
    return all(path.stat().st_mtime_ns <= made for path in (language, *language.glob("*.po")))


def compile_translations() -> None:
    """Join each language's files, one per room, into one kapperboek.mo; needs babel, so runs inside .venv."""
    for language in sorted(TRANSLATIONS.glob("*/")):
        if not is_current(language):
            compile_language(language)


def compile_language(language: Path) -> None:
    """Write the one catalogue of a language; whoever reads it meanwhile sees the old one or the new one.

    Where two files differ about a text the first counts, and it is said: no reason to stop anyone's work.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    joined = Catalog(locale=language.name)
    for source in sorted(language.glob("*.po")):
        with source.open("rb") as file:
            for message in read_po(file, locale=language.name, ignore_obsolete=True):
                known = joined.get(message.id)
                if message.id and not message.fuzzy and known is None:
                    joined[message.id] = message
                elif message.id and known and known.string != message.string:
                    say(f"{source.name} translates {message.id!r} otherwise than {known.string!r}")
    catalogue = language / "kapperboek.mo"
    draft = catalogue.with_suffix(f".{os.getpid()}.mo")
    with draft.open("wb") as file:
        write_mo(file, joined)
    draft.replace(catalogue)
    os.utime(catalogue)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
