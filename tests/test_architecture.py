"""Who may import whom. Imports are read from the source, lazy ones inside functions and by name too.

The rules stand in the two tables below; the last tests show that the checker does find a breach.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "kapperboek"

# A room of ours, and the rooms it may import besides itself. All may import EVERYBODYS and the package itself.
ROOMS: dict[str, set[str]] = {
    "resource_files": set(),
    "i18n": set(),
    "durable": set(),
    "domain": set(),
    "storage": {"domain", "durable"},
    "exchange": {"domain", "durable"},
    "system": {"domain", "durable"},
    "services": {"domain", "storage", "exchange"},
    "demo": {"domain", "storage", "exchange", "services"},
    "ui": {"domain", "durable", "services", "demo"},
    "cli": {"domain", "services", "demo"},
    "bootstrap": {"domain", "durable", "storage", "exchange", "services", "demo", "ui", "cli", "system"},
    "__main__": {"domain", "services", "ui", "cli", "system", "bootstrap"},
}

EVERYBODYS = {"i18n", "resource_files"}

# Somebody else's package, and the only room that may know it.
ONLY_IN = {
    "PySide6": "ui",
    "shiboken6": "ui",
    "sqlmodel": "storage",
    "sqlalchemy": "storage",
    "sqlcipher3": "storage",
    "sqlite3": "storage",
    "keyring": "system",
    "zxcvbn": "services",
}

# These cost more at import than the first window may: import them inside the function that uses them.
HEAVY = {"sqlmodel", "sqlalchemy", "phonenumbers", "icalendar", "python_calamine", "xlsxwriter", "argon2"}
HEAVY |= {"rapidfuzz", "babel", "keyring", "zxcvbn"}
SQL = {"sqlmodel", "sqlalchemy"}
# Slow parts of the standard library: nothing that the first window imports may need them.
SLOW = {"asyncio", "csv", "email", "http", "multiprocessing", "unittest", "urllib", "uuid", "xml"}
# Reading must stay fast to import: none of these may need SQLModel, directly or through others.
READING = ("kapperboek.storage.file", "kapperboek.storage.opening", "kapperboek.storage.read")
# Inside the window: what the first must know nothing of, not even through others. The program knows all.
UI = "kapperboek.ui"
_PROGRAM = ("app", "start", "locking", "keeping")
_ROOMS = ("today", "card", "customers", "customer_form", "follow_ups", "moments", "importing", "settings", "privacy")
IN_THE_WINDOW: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("core", "appearance"), ("widgets", "forms", *_ROOMS, "search", "window", *_PROGRAM)),
    (("printing", "help"), ("forms", *_ROOMS, "search", "window", *_PROGRAM)),
    (("widgets",), ("forms", *_ROOMS, "search", "window", *_PROGRAM)),
    (("forms", "search", *_ROOMS), ("window", "app")),
    (("window",), ("app",)),
]


# A class to be imported when it is first needed (``ui/core/lazy_load``).
LATER = re.compile(rf"{PACKAGE}(\.\w+)+:\w+")


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Import(NamedTuple):
    """One import in one of our modules."""

    module: str
    line: int
    target: str
    at_load: bool  # when the module itself is imported, not later inside a function
    in_function: bool = False

    @property
    def room(self) -> str:
        """The room the importing module is in; the package itself is ``kapperboek``."""
        return room_of(self.module)

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def room_of(module: str) -> str:
    """The room of one of our modules: ``kapperboek.ui.card.card_page`` → ``ui``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else PACKAGE


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """All our modules below ``root``: dotted name and file."""
    for path in sorted((root / PACKAGE).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


@cache
def imports(root: Path) -> list[Import]:
    """Every import in every module of ours below ``root``."""
    return [found for name, path in modules(root) for found in imports_of(name, path)]


def imports_of(name: str, path: Path) -> Iterator[Import]:
    """The imports of one module, wherever in it they stand."""
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    tree = ast.parse(path.read_text("utf-8"), str(path))
    later = {id(inner) for node in ast.walk(tree) if runs_later(node) for inner in ast.walk(node)}
    functions = [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]
    inside = {id(inner) for node in functions for inner in ast.walk(node)}
    for node in ast.walk(tree):
        for target in targets(node, package):
            in_function = id(node) in inside and isinstance(node, ast.Import | ast.ImportFrom)
            yield Import(name, node.lineno, target, id(node) not in later, in_function)


def runs_later(node: ast.AST) -> bool:
    """Whether what is inside is not carried out when the module is imported."""
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    return isinstance(node, FUNCTIONS)


def targets(node: ast.AST, package: str) -> Iterator[str]:
    """The dotted names that one statement or call imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, *([base] if base else [])])
        yield from (f"{base}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and node.args:
        called = ast.unparse(node.func)
        if called.rpartition(".")[2] in ("import_module", "__import__"):
            yield beginning(node.args[0])
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and LATER.fullmatch(node.value):
        yield node.value.partition(":")[0]


def beginning(text: ast.expr) -> str:
    """The part of a text that is known without running it; unknown is empty."""
    if isinstance(text, ast.JoinedStr):
        return beginning(text.values[0]) if text.values else ""
    return text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else ""


def breaches(found: list[Import]) -> list[str]:
    """The imports that the two tables forbid, as sentences."""
    said = []
    for item in found:
        top, _, rest = item.target.partition(".")
        if top in ONLY_IN and item.room != ONLY_IN[top]:
            said.append(f"{item}; only {ONLY_IN[top]} may")
        room = rest.partition(".")[0]
        if top == PACKAGE and room in ROOMS and room not in EVERYBODYS | {item.room}:
            allowed = ROOMS.get(item.room, set())
            if room not in allowed:
                may = ", ".join(sorted(allowed)) or "nothing of ours"
                said.append(f"{item}; {item.room} may import {may}")
    return said


def test_every_module_is_in_a_known_room() -> None:
    rooms = {room_of(name) for name, _ in modules(ROOT)} - {PACKAGE}
    assert rooms <= ROOMS.keys(), "a new room needs its line in ROOMS, and a sentence in docs/architecture.md"


@pytest.mark.parametrize("room", [*ROOMS, PACKAGE])
def test_a_room_imports_only_what_it_may(room: str) -> None:
    found = breaches([item for item in imports(ROOT) if item.room == room])
    assert not found, "\n".join(found)


def test_no_module_imports_itself_through_others() -> None:
    """Imports for types only and inside functions count too: a circle is one thing cut in pieces.

    What two modules need of each other is handed in, as a callable or a signal, or stands below both.
    """
    found = circles(ROOT)
    assert found == [], "\n".join(" <-> ".join(circle) for circle in found)


@pytest.mark.parametrize(("low", "high"), IN_THE_WINDOW)
def test_what_is_low_in_the_window_knows_nobody_above(low: tuple[str, ...], high: tuple[str, ...]) -> None:
    points_at = arrows(ROOT)
    above = [f"{UI}.{name}" for name in high]
    below = [name for name in points_at if is_in(name, [f"{UI}.{part}" for part in low])]
    missing = [name for name in above if name not in points_at]
    assert len(below) >= len(low) and not missing, "IN_THE_WINDOW speaks of modules that are not there"
    found = [(name, other) for name in below for other in reached_from(name, points_at) if is_in(other, above)]
    assert not found, "\n".join(f"{name} knows {other}" for name, other in sorted(found))


def circles(root: Path) -> list[list[str]]:
    """The sets of our modules in which each imports every other, directly or through others."""
    points_at = arrows(root)
    reached = {name: reached_from(name, points_at) for name in points_at}
    together = {tuple(sorted(other for other in reached[name] if name in reached[other])) for name in reached}
    return sorted(list(names) for names in together if names)


@cache
def arrows(root: Path) -> dict[str, set[str]]:
    """For each of our modules the others of ours that it imports itself, wherever in it."""
    known = {name for name, _ in modules(root)}
    points_at: dict[str, set[str]] = {name: set() for name in known}
    for item in imports(root):
        points_at[item.module] |= meant_by(item.target, known) - {item.module}
    return points_at


def meant_by(target: str, known: Collection[str]) -> set[str]:
    """The modules of ours that an import may mean: all that fit, where the end of its name is not known."""
    if target.endswith("."):
        return {name for name in known if name.startswith(target)}
    while target and target not in known:
        target = target.rpartition(".")[0]
    return {target} - {""}


def reached_from(name: str, points_at: dict[str, set[str]]) -> set[str]:
    """All modules that one imports, directly or through others; itself only when it is in a circle."""
    found: set[str] = set()
    to_look_at = set(points_at[name])
    while to_look_at:
        found |= to_look_at
        to_look_at = {target for other in to_look_at for target in points_at[other]} - found
    return found


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    """Only what writes in the notebook is made of SQLModel, and the others import that where they use it."""
    writing = writing_modules(ROOT)
    early = [
        str(item)
        for item in imports(ROOT)
        if item.at_load and is_in(item.target, HEAVY - SQL if item.room == "storage" else HEAVY | writing)
    ]
    assert not early, "import these inside the function that uses them:\n" + "\n".join(early)


def test_reading_goes_without_sqlmodel() -> None:
    assert [module for module in writing_modules(ROOT) if is_in(module, READING)] == []


def writing_modules(root: Path) -> set[str]:
    """The modules of storage that load SQLModel when imported, by themselves or through each other."""
    early = [item for item in imports(root) if item.at_load and item.room == "storage"]
    found: set[str] = set()
    while more := {item.module for item in early if is_in(item.target, SQL | found)} - found:
        found |= more
    return found


def is_in(target: str, modules: Collection[str]) -> bool:
    """Whether an imported name is one of these modules or inside one."""
    return any(target == module or target.startswith(f"{module}.") for module in modules)


def test_every_module_can_be_imported_where_a_system_lacks_what_is_posixs_own() -> None:
    """As on Windows; a child process that is started by its path asks at its own start."""
    names = [name for name, _ in modules(ROOT) if not name.endswith("__main__")]
    lacking = "import sys\nfor name in ('fcntl', 'grp', 'pwd', 'resource', 'termios'): sys.modules[name] = None\n"
    code = f"{lacking}for name in {names!r}: __import__(name)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_opening_the_window_imports_nothing_heavy() -> None:
    """What the window is made of is imported in a fresh process, and compared with a bare window's."""
    pages = [name for name, _ in modules(ROOT) if name.startswith(f"{PACKAGE}.ui.")]
    ours = [f"{PACKAGE}.__main__", f"{PACKAGE}.bootstrap", f"{PACKAGE}.storage.opening", *pages]
    brought_along = loaded_by(ours) - loaded_by(["PySide6.QtWidgets", "sqlcipher3", "argparse", "pathlib"])
    assert sorted(brought_along & (HEAVY | SLOW)) == []


def loaded_by(names: list[str]) -> set[str]:
    """The top-level packages a fresh process has loaded after importing these modules."""
    code = f"import sys\nfor name in {names!r}: __import__(name)\nprint(*sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}


# ---- the checker itself ----


def tree(folder: Path, files: dict[str, str]) -> Path:
    """A package with these files, to be checked."""
    for name, text in files.items():
        path = folder / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("ui/card.py", "import sqlmodel"),
        ("ui/card.py", "from sqlmodel import Session"),
        ("ui/card.py", "def read():\n    import sqlmodel.main"),
        ("ui/card.py", "import importlib\nimportlib.import_module('sqlmodel')"),
        ("ui/card.py", "__import__('sqlite3')"),
        ("ui/card/card_page.py", "from kapperboek.storage import notebook"),
        ("ui/card/card_page.py", "from ...storage.notebook import Notebook"),
        ("ui/card/card_page.py", "from kapperboek import storage"),
        ("ui/card.py", "if TYPE_CHECKING:\n    import kapperboek.exchange.vcard"),
        ("domain/people/names.py", "from PySide6.QtCore import QObject"),
        ("domain/people/names.py", "from kapperboek.services import find"),
        ("storage/file/notebook.py", "from kapperboek.exchange import vcard"),
        ("exchange/vcard/vcard.py", "import_module(f'kapperboek.storage.{1}')"),
        ("services/find.py", "import kapperboek.system.paths"),
        ("cli/command_line.py", "from kapperboek.ui.app import main"),
        ("__init__.py", "import kapperboek.domain"),
    ],
)
def test_the_checker_finds_a_breach(tmp_path: Path, file: str, text: str) -> None:
    assert len(breaches(imports(tree(tmp_path, {file: text})))) == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("ui/card.py", "from PySide6 import QtGui\nfrom kapperboek.services import find\nimport kapperboek"),
        ("storage/write/tables.py", "import sqlmodel\nfrom kapperboek.domain import errors\nfrom . import journal"),
        ("domain/people/names.py", "import re\nfrom kapperboek import __version__\nfrom kapperboek.i18n import _"),
    ],
)
def test_the_checker_lets_the_rest_be(tmp_path: Path, file: str, text: str) -> None:
    assert breaches(imports(tree(tmp_path, {file: text}))) == []


def test_the_checker_tells_early_from_late(tmp_path: Path) -> None:
    text = "import a\nclass C:\n    import b\ndef f():\n    import c\nif TYPE_CHECKING:\n    import d"
    found = imports(tree(tmp_path, {"demo.py": text}))
    assert {item.target: item.at_load for item in found} == {"a": True, "b": True, "c": False, "d": False}


@pytest.mark.parametrize(
    "back",
    [
        "from kapperboek.storage import a",
        "from kapperboek.storage.a import write",
        "def write():\n    from . import a",
        "if TYPE_CHECKING:\n    from kapperboek.storage.a import A",
        "import importlib\nimportlib.import_module('kapperboek.storage.a')",
        "import_module(f'kapperboek.storage.{name}')",
    ],
)
def test_the_checker_finds_a_circle(tmp_path: Path, back: str) -> None:
    files = {
        "storage/a.py": "from kapperboek.storage import b, d",
        "storage/b.py": "def read():\n    import kapperboek.storage.c",
        "storage/c.py": back,
        "storage/d.py": "import re",
    }
    a, b, c = (f"kapperboek.storage.{name}" for name in "abc")
    assert circles(tree(tmp_path, files)) == [[a, b, c]]


def test_the_checker_sees_sqlmodel_through_others(tmp_path: Path) -> None:
    files = {
        "storage/write/tables.py": "import sqlmodel",
        "storage/writer.py": "from kapperboek.storage.write import tables",
        "storage/file/notebook.py": "def write():\n    from kapperboek.storage import writer",
    }
    storage = {"kapperboek.storage.write.tables", "kapperboek.storage.writer"}
    assert writing_modules(tree(tmp_path, files)) == storage
