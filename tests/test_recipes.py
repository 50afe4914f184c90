"""The recipes of docs/architecture.md are followed: a field of a customer touches eight files at most, and works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("kapperboek", "resources", "tests", "docs", "pyproject.toml", "dev.py")

# File, what stands there, and what stands there once the field is in.
FIELD = (
    ("kapperboek/domain/records.py",
     "    phones: list[Phone] = record_field(",
     '    pronouns: str = record_field("text", N_("Pronouns"), part="who", always=False, search="notes")\n'
     "    phones: list[Phone] = record_field("),
    ("kapperboek/storage/migrations/m0001_initial.py",
     "note TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '', created_at",
     "note TEXT NOT NULL DEFAULT '', pronouns TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '', created_at"),
    ("kapperboek/storage/write/tables.py",
     '    note: str = ""\n    extra: str = ""\n',
     '    note: str = ""\n    pronouns: str = ""\n    extra: str = ""\n'),
    ("kapperboek/domain/views/card_view.py",
     "    customer_since: str | None\n", "    customer_since: str | None\n    pronouns: str\n"),
    ("kapperboek/ui/card/card_header.py",
     "    if card.customer_since:\n",
     "    if card.pronouns:\n        chips.append(ChipText(card.pronouns))\n    if card.customer_since:\n"),
    ("resources/translations/nl/domain.po",
     'msgid "Department"\n', 'msgid "Pronouns"\nmsgstr "Aanspreekvorm"\n\nmsgid "Department"\n'),
)  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree, of what the program and its tests are made of."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / "tree" / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / "tree" / name)
    return tmp_path / "tree"


def test_a_field_of_a_customer_touches_eight_files_at_most(tree: Path) -> None:
    assert len({name for name, _before, _after in FIELD}) <= 8
    for name, before, after in FIELD:
        text = (tree / name).read_text("utf-8")
        assert text.count(before) == 1, f"{name} changed: does the recipe still hold?"
        (tree / name).write_text(text.replace(before, after), "utf-8")
    checks = [
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly",
        "tests/ui/field_of_a_customer.py", "tests/storage/test_migrations.py", "tests/unit/test_domain_labels.py",
    ]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(tree), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(checks, cwd=tree, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_the_recipe_names_the_files_that_it_takes() -> None:
    recipe = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("### A field of a customer")[2]
    recipe = recipe.partition("\n### ")[0]
    for name, _before, _after in FIELD:
        assert name.removeprefix("kapperboek/") in recipe
