"""The habits of the house: sizes, docstrings, nothing half done, one clock, every sentence in Dutch too, true paths."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from benchmarks import salons

ROOT = Path(__file__).resolve().parent.parent
KAPPERBOEK = sorted((ROOT / "kapperboek").rglob("*.py"))
PRODUCT = [*KAPPERBOEK, *sorted((ROOT / "benchmarks").rglob("*.py")), ROOT / "dev.py"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEXTS = {"", ".csv", ".desktop", ".ics", ".json", ".md", ".po", ".py", ".sh", ".svg", ".toml", ".txt", ".vcf"}
OURS = ("kapperboek", "benchmarks", "tests", "docs", "resources", "packaging", ".ci")
MODULE_LINES = 400
FUNCTION_LINES = 40
REACHES = 19  # of the tests into what is private
NOT_PRIVATE = {"_", "_exit", "_replace", "_asdict", "_fields"}  # of Python's own, or gettext's


@cache
def parsed(path: Path) -> ast.Module:
    """The source of one module as a tree."""
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """Where to look, as an editor understands it."""
    line = f":{node.lineno}" if isinstance(node, ast.expr | ast.stmt | ast.excepthandler) else ""
    return f"{path.relative_to(ROOT)}{line}"


@cache
def by_kind(path: Path) -> dict[type[ast.AST], list[ast.AST]]:
    """The pieces of one module, kind by kind: walking takes longer than parsing, so that is done once too."""
    found: dict[type[ast.AST], list[ast.AST]] = {}
    for node in ast.walk(parsed(path)):
        found.setdefault(type(node), []).append(node)
    return found


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """Nothing of it stays in the memory, where the tests of the window would collect among it."""
    yield
    by_kind.cache_clear()
    parsed.cache_clear()


def nodes(kinds: tuple[type[ast.AST], ...], paths: Iterable[Path]) -> Iterator[tuple[Path, Any]]:
    """All pieces of source of these very kinds, with the module they stand in."""
    for path in paths:
        yield from ((path, node) for kind in kinds for node in by_kind(path).get(kind, ()))


def none_of(found: Iterable[str], rule: str) -> None:
    """Fail with every place found, a line each, and the rule they break."""
    lines = sorted(set(found))
    assert not lines, f"{len(lines)} × {rule}\n" + "\n".join(lines)


def lines_like(pattern: str, paths: Iterable[Path]) -> Iterator[str]:
    """Every line that contains the pattern, with its place."""
    wanted = re.compile(pattern)
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if wanted.search(line):
                yield f"{place(path)}:{number} {line.strip()[:100]}"


# ---- sizes and habits ----


def test_modules_are_small_enough_to_read() -> None:
    sizes = {path: len(path.read_text("utf-8").splitlines()) for path in PRODUCT}
    long = (f"{place(path)}: {size} lines" for path, size in sizes.items() if size > MODULE_LINES)
    none_of(long, f"more than {MODULE_LINES} lines")


def test_functions_are_small_enough_to_read() -> None:
    none_of(
        (
            f"{place(path, node)} {node.name}: {size} lines"
            for path, node in nodes((ast.FunctionDef, ast.AsyncFunctionDef), PRODUCT)
            if (size := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
        ),
        f"more than {FUNCTION_LINES} lines",
    )


def test_every_module_says_what_it_is() -> None:
    written = [path for path in [*PRODUCT, *TESTS] if parsed(path).body]
    none_of((place(path) for path in written if not ast.get_docstring(parsed(path))), "no docstring")


def test_nothing_is_half_done() -> None:
    unfinished = r"\b(TO[D]O|FI[X]ME|X[X]X|HA[C]K)\b|raise NotImplemented[E]rror|time\.sleep[(]"
    none_of(lines_like(unfinished, [*PRODUCT, *TESTS]), "left for later, or waiting for luck")


def test_no_error_is_swallowed() -> None:
    none_of(
        (
            place(path, node)
            for path, node in nodes((ast.ExceptHandler,), PRODUCT)
            if node.type is None or (catches_all(node) and all(type(line) is ast.Pass for line in node.body))
        ),
        "catches everything and says nothing",
    )


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes every error there is."""
    return handler.type is None or ast.unparse(handler.type) in ("Exception", "BaseException")


def test_no_test_of_the_window_depends_on_the_speed_of_the_machine() -> None:
    """One patience for all (see ``PatientBot``), and nothing is given time in the hope that it will have happened."""
    found = []
    for path in (ROOT / "tests" / "ui").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name, on = node.func.attr, ast.unparse(node.func.value)
                own = name in ("waitUntil", "waitSignal") and any(given.arg == "timeout" for given in node.keywords)
                if own or (name == "wait" and on.endswith("qtbot")) or (name in ("qWait", "sleep")):
                    found.append(f"{path.name}:{node.lineno} {on}.{name}")
    assert not found


def test_tests_look_at_what_a_user_sees() -> None:
    """Few reach into what is private, or every renaming breaks them: a part that is looked at gets a plain name."""
    reached = sorted(set(reaches(TESTS)))
    assert len(reached) <= REACHES, "\n".join(reached)


def reaches(paths: Iterable[Path]) -> Iterator[str]:
    """Every use of a private name of ours that the module itself does not define."""
    for path, node in nodes((ast.Attribute,), paths):
        private = node.attr.startswith("_") and not node.attr.startswith("__") and node.attr not in NOT_PRIVATE
        if private and ast.unparse(node.value) not in ("self", "cls") and node.attr not in defined(path):
            yield f"{place(path, node)} {ast.unparse(node)}"


@cache
def defined(path: Path) -> frozenset[str]:
    """The functions, classes and attributes of its own that a module defines."""
    kinds = by_kind(path)
    own = {node.name for kind in (ast.FunctionDef, ast.ClassDef) for node in kinds.get(kind, ())}
    for node in kinds.get(ast.Attribute, ()):
        if isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            own.add(node.attr)
    return frozenset(own)


def test_the_systems_own_questions_are_asked_in_one_place() -> None:
    """Elsewhere one would outlive the lock (see ``ui/printing/system_dialogs``)."""
    own_place = ("system_dialogs.py", "run_window.py")
    others = [path for path in KAPPERBOEK if path.name not in own_place and "ui" in path.parts]
    own = r"Q(File|Print|Message|Input|Color|Font|PageSetup)(Dialog|Box)|\.exec\(\)"
    none_of(lines_like(own, others), "asks beside ui/printing/system_dialogs")


def test_there_is_one_clock() -> None:
    own = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|localtime))$")
    others = [path for path in KAPPERBOEK if path.name != "clock.py"]
    asked = [(path, node) for path, node in nodes((ast.Call,), others) if own.search(ast.unparse(node.func))]
    none_of((place(path, node) for path, node in asked), "asks another clock")


def test_no_file_knows_the_machine_it_was_made_on() -> None:
    machine = r"/(?:work|root)/|py[p]i\.org|python[h]osted|--(extra-)?index-[u]rl"
    none_of(lines_like(machine, our_texts()), "works on one machine only")


def our_texts() -> Iterator[Path]:
    """Every text file of the project; ``.git`` is a file where the checkout is a worktree."""
    files = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    for folder in OURS:
        files += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    yield from (path for path in files if path.suffix in TEXTS)


# ---- every sentence in Dutch too ----


class Said(NamedTuple):
    """A sentence in the source that is to be translated; ``many`` is its plural form, if it has one."""

    where: str
    one: str
    many: str


def sentences() -> list[Said]:
    """Every literal sentence handed to ``_``, ``ngettext`` or ``N_``."""
    return [said for said in calls() if said.one]


def calls() -> Iterator[Said]:
    """Every call of ``_``, ``ngettext`` and ``N_``; one whose sentence is not literal has an empty ``one``."""
    for path, node in nodes((ast.Call,), KAPPERBOEK):
        name = ast.unparse(node.func).rpartition(".")[2]
        if name in ("_", "ngettext", "N_") and path.name != "i18n.py":
            one, many = [*(literal(argument) for argument in node.args[:2]), ""][:2]
            yield Said(place(path, node), one, many if name == "ngettext" else "")


def literal(node: ast.expr) -> str:
    """The text of a literal; empty for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@cache
def dutch() -> dict[str, list[tuple[str, Message]]]:
    """Every Dutch translation by its English sentence, with the file it stands in."""
    found: dict[str, list[tuple[str, Message]]] = {}
    for path in sorted((ROOT / "resources" / "translations" / "nl").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="nl"):
                if message.id and not message.fuzzy and message.string and all(forms(message.string)):
                    found.setdefault(forms(message.id)[0], []).append((place(path), message))
    return found


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Singular and plural, or the one form there is."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def holes(text: str) -> set[str]:
    """The names a sentence leaves open to be filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def fits(dutch_form: str, english: tuple[str, ...]) -> bool:
    """Whether a translation fills in what the sentence does; a singular may leave the number unsaid."""
    everything = set().union(*(holes(form) for form in english))
    optional = {"n"} if len(english) > 1 else set()
    return everything - optional <= holes(dutch_form) <= everything


def test_sentences_are_literal() -> None:
    none_of((said.where for said in calls() if not said.one), "found by its literal sentence")


def test_every_sentence_is_there_in_dutch() -> None:
    none_of((f"{said.where} {said.one!r}" for said in sentences() if said.one not in dutch()), "no Dutch")


def test_plurals_are_there_in_dutch() -> None:
    none_of(
        (
            f"{said.where} {said.one!r}"
            for said in sentences()
            for _, message in dutch().get(said.one, [])
            if said.many and forms(message.id) != (said.one, said.many)
        ),
        "no Dutch plural",
    )


def test_translations_leave_the_same_holes() -> None:
    none_of(
        (
            f"{where} {english!r} → {form!r}"
            for english, found in dutch().items()
            for where, message in found
            for form in forms(message.string)
            if not fits(form, forms(message.id))
        ),
        "fills in something else",
    )


def test_one_sentence_has_one_dutch() -> None:
    none_of(
        (
            f"{english!r}: " + "; ".join(f"{where} {message.string!r}" for where, message in found)
            for english, found in dutch().items()
            if len({forms(message.string) for _, message in found}) > 1
        ),
        "two translations",
    )


def test_no_translation_is_left_over() -> None:
    """A Dutch sentence that nothing says any more: usually the English one was changed."""
    said = {sentence.one for sentence in sentences()}
    unused = {english: found[0][0] for english, found in dutch().items() if english not in said}
    none_of((f"{where} {english!r}" for english, where in unused.items()), "said nowhere")


def test_holes_are_seen() -> None:
    assert holes("{n} klanten van {shop}") == {"n", "shop"}
    assert not fits("Hallo", ("Hello {name}",))
    assert not fits("Hallo {naam}", ("Hello {name}",))
    assert fits("één klant", ("{n} customer", "{n} customers"))


# ---- what is written about the house ----

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#:]+)\)")
IN_CODE = re.compile(r"`(\.?\w[\w./*-]*)`")  # without blanks: what is to be typed names files too, but of anybody's


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_written_leads_to_files_that_are_there(page: Path) -> None:
    """Links are relative to the page; paths in code to the project or its package, of modules also without ``.py``."""
    text = page.read_text("utf-8")
    links = [target for target in LINK.findall(text) if not (page.parent / target).exists()]
    named = [name for name in IN_CODE.findall(text) if "/" in name or name.endswith((".py", ".md"))]
    none_of([*links, *(name for name in named if not found(name))], f"in {place(page)}, and not there")


def found(name: str) -> bool:
    """Whether a path in code is that of a file or folder; ``TARGET`` and the like stand for any name."""
    pattern = re.sub(r"\b[A-Z]{3,}\b(?=/|$)", "*", name).rstrip("/")
    return any(any(root.glob(each)) for root in (ROOT, ROOT / "kapperboek") for each in (pattern, f"{pattern}.py"))


def test_a_measured_salon_is_made_anew_when_what_makes_it_changes() -> None:
    """Its file is kept under a digest of these; one that moved away would be forgotten in silence."""
    none_of((one for one in salons.MADE_BY if not any(ROOT.glob(one))), "makes a salon and is not there")


def test_every_room_is_in_the_picture_of_the_house() -> None:
    """A newcomer names the room from the feature: docs/architecture.md speaks of each."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {path.parent.relative_to(ROOT / "kapperboek").as_posix() for path in KAPPERBOEK} - {"."}
    left_out = (room for room in rooms if not re.search(rf"`{room}[`/]", text))
    none_of(left_out, "rooms that docs/architecture.md leaves out")
