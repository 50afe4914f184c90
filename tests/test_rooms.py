"""How the rooms are laid out: imports at the top, no circle, few files a folder, one name for one thing.

``test_architecture`` says who may import whom; this file says where a module stands and what it is called.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import KEY
from tests.test_architecture import HEAVY, PACKAGE, ROOT, Import, imports, is_in, meant_by, modules
from tests.test_house import KAPPERBOEK, none_of, parsed, place

FILES_A_FOLDER = 15

# May be imported inside a function by anybody: each costs more than 20 ms, which nobody shall pay who does not need it
# (``python -X importtime``; sqlmodel and sqlalchemy take most of a second).
LATE = {
    *HEAVY,
    "ctypes",
    "dateutil",
    "resource",  # not on Windows
    "segno",
    "PySide6.QtCore.Qt",  # all its enumerations are built when it is first named: the first frame goes without
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "PySide6.QtTest",
    f"{PACKAGE}.exchange.sheet.csv_files",  # csv
    f"{PACKAGE}.storage.write.tables",  # sqlmodel
    f"{PACKAGE}.storage.write.sessions",  # sqlalchemy
}
# What is loaded is chosen here, by the options: the window, a command, a child process.
CHOOSING = {f"{PACKAGE}.bootstrap", f"{PACKAGE}.ui.core.lazy_load"}

# Starts the program, and tells which modules are loaded when it ends, and which kinds of widgets.
START = """
import os, runpy, sys

def leave(code, leave=os._exit):
    widgets = vars(sys.modules["PySide6.QtWidgets"])  # PySide makes each class when it is first needed
    print("loaded", *sys.modules, *(f"PySide6.QtWidgets.{name}" for name in widgets), flush=True)
    leave(code)

os._exit = leave
sys.argv = ["kapperboek", *sys.argv[1:]]
runpy.run_module("kapperboek", run_name="__main__", alter_sys=True)
"""

# Inside storage: a folder, and the folders of storage it may import besides itself.
STORAGE: dict[str, set[str]] = {
    "file": set(),
    "migrations": {"file"},
    "write": {"file"},
    "derived": {"file", "write"},
    "records": {"file", "write"},
    "privacy": {"file", "write", "derived", "records"},
    "journal": {"file", "write", "privacy"},
    "damage": {"file", "write", "derived", "migrations"},
    "copies": {"file", "write", "privacy", "damage"},
    "": {"file", "write", "derived", "migrations", "copies", "damage"},  # opening, which knows them all
    "read": {"file", "write", "derived", "records", "privacy"},
    "recovery": {"file", "write", "derived", "records", "migrations", "privacy", "damage", "copies", "read", ""},
}

# One name for two things costs everybody a moment; these are names that Python gives.
PYTHONS_OWN = {"__init__", "__main__"}

QUESTION = re.compile(r"(What|Who|Whom|Whose|Which|How|Whether|Where|When|Why)\b")


def folder_of(module: str) -> str:
    """The folder below storage that a module stands in: ``kapperboek.storage.read.card.card_query`` → ``read``."""
    parts = module.split(".")
    return parts[2] if len(parts) > 3 else ""


def known(found: list[Import], root: Path) -> Iterator[tuple[str, str, Import]]:
    """Every import of one of our modules by another: who, whom, and where it stands."""
    ours = {name for name, _ in modules(root)}
    for item in found:
        for target in meant_by(item.target, ours) - {item.module}:
            yield item.module, target, item


@pytest.fixture(scope="module")
def at_start(tmp_path_factory: pytest.TempPathFactory, salon_file: Path) -> tuple[set[str], set[str]]:
    """All modules a start has loaded when its first frame is painted, and when Today stands."""
    folder = tmp_path_factory.mktemp("start")
    path = Path(shutil.copy(salon_file, folder / "salon.kapperboek"))
    return loaded_at_start(path, "paint"), loaded_at_start(path, "today")


def loaded_at_start(path: Path, until: str) -> set[str]:
    """The modules of a program that was started on this notebook and left by itself."""
    options = ["--notebook", str(path), "--on", "2026-11-24", "--exit-after", until]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "KAPPERBOEK_PASSPHRASE": KEY.hex()}
    command = [sys.executable, "-c", START, *options]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("loaded ")[2].split())


def test_imports_stand_at_the_top(at_start: tuple[set[str], set[str]]) -> None:
    """Elsewhere only what is heavy, and what a start can do without until then: its first frame, or Today."""
    late = [item for item in imports(ROOT) if item.in_function and not is_in(item.target, LATE)]
    none_of((str(item) for item in late if not gains(item, at_start)), "imported inside a function for nothing")


def gains(item: Import, at_start: tuple[set[str], set[str]]) -> bool:
    """Whether a start is quicker for an import that waits. The options alone decide what bootstrap loads."""
    if item.module in CHOOSING:
        return True
    return any(item.module in loaded and module_of(item.target) not in loaded for loaded in at_start)


def module_of(target: str) -> str:
    """The module an imported name stands in; of others' packages the package."""
    if not target.startswith(f"{PACKAGE}."):
        return target.partition(".")[0]
    return next(iter(meant_by(target, {name for name, _ in modules(ROOT)})))


def test_the_source_of_the_window_is_not_read_at_start() -> None:
    """PySide would read that of every module, to see what it wants of it; its byte code is all a start needs."""
    code = f"import linecache, {PACKAGE}.ui.app.program\nprint(*linecache.cache, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    read = [Path(name) for name in done.stdout.splitlines()]
    none_of((str(path) for path in read if ROOT / PACKAGE / "ui" in path.parents), "source read at start")


def test_no_kind_of_widget_is_loaded_that_is_not_shown(at_start: tuple[set[str], set[str]]) -> None:
    """A widget of Qt's own making that a start asks for (a viewport) has PySide load them all, to see which it is."""
    assert "PySide6.QtWidgets.QScrollArea" in at_start[1]
    assert "PySide6.QtWidgets.QTabWidget" not in at_start[1]


def test_few_enough_files_stand_beside_each_other() -> None:
    counted = Counter(path.parent for path in KAPPERBOEK)
    none_of(
        (f"{place(folder)}: {number}" for folder, number in counted.items() if number > FILES_A_FOLDER),
        f"more than {FILES_A_FOLDER} files in a folder",
    )


def test_storage_is_built_in_layers() -> None:
    inside = f"{PACKAGE}.storage."
    assert {folder_of(name) for name, _ in modules(ROOT) if name.startswith(inside)} <= STORAGE.keys()
    none_of(
        (
            f"{item}; {folder_of(module)} may import {', '.join(sorted(STORAGE[folder_of(module)])) or 'nothing'}"
            for module, target, item in known(imports(ROOT), ROOT)
            if module.startswith(inside) and target.startswith(inside)
            if folder_of(target) not in STORAGE[folder_of(module)] | {folder_of(module)}
        ),
        "against the layers of storage",
    )


def test_no_two_modules_have_one_name() -> None:
    named = Counter(path.stem for path in KAPPERBOEK if path.stem not in PYTHONS_OWN)
    none_of((f"{stem}: {number}" for stem, number in named.items() if number > 1), "modules of one name")


def test_first_lines_say_what_it_is_and_ask_nothing() -> None:
    """A noun phrase or an imperative, with the word somebody would search for."""
    asking = []
    for path in KAPPERBOEK:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                first = (ast.get_docstring(node) or "").partition("\n")[0]
                if QUESTION.match(first) or first.endswith("?"):
                    asking.append(f"{place(path, node)} {first[:90]}")
    none_of(asking, "begins with a question word")


def test_no_use_case_only_hands_on() -> None:
    """A question that needs no permission and no decision is imported into services under its own name."""
    services = [path for path in KAPPERBOEK if "services" in path.parts]
    functions = ((path, node) for path in services for node in parsed(path).body if isinstance(node, ast.FunctionDef))
    none_of((f"{place(path, node)} {node.name}" for path, node in functions if hands_on(node)), "hands on and no more")


def hands_on(function: ast.FunctionDef) -> bool:
    """Whether a function is one call of another with its own arguments, which it need not import first."""
    last = function.body[-1]
    called = last.value if isinstance(last, ast.Return | ast.Expr) else None
    if not isinstance(called, ast.Call) or len(function.body) > 1 + bool(ast.get_docstring(function)):
        return False
    own = [each.arg for each in (*function.args.args, *function.args.kwonlyargs)]
    given = [*map(ast.unparse, called.args), *(ast.unparse(each.value) for each in called.keywords)]
    return own[:1] == ["book"] and own == given and all(each.arg in own for each in called.keywords)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("return query.find(book, text)", True),
        ("return query.find(book, text=text)", True),
        ("return query.find(book, like=text)", False),
        ("return query.find(book, text, book.clock.today())", False),
        ("require(book)\n    return query.find(book, text)", False),
        ("from x import query\n    return query.find(book, text)", False),
    ],
)
def test_what_only_hands_on_is_found(body: str, wrong: bool) -> None:
    (function,) = ast.parse(f'def find(book, text):\n    """Who."""\n    {body}').body
    assert isinstance(function, ast.FunctionDef) and hands_on(function) is wrong
