"""A notebook of an older version opens with every word in place; an interrupted step changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from kapperboek.services.importing import exporting, importing
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.migrations import runner
from kapperboek.storage.opening import open_notebook
from tests.conftest import KEY
from tests.golden import make
from tests.storage.conftest import add_customer, content

ADDS_A_COLUMN = SimpleNamespace(
    VERSION=runner.NEWEST + 1,
    STATEMENTS=(
        "ALTER TABLE customer ADD COLUMN pronoun TEXT NOT NULL DEFAULT ''",
        "UPDATE customer SET pronoun = 'zij'",
    ),
)
FAILS_HALFWAY = SimpleNamespace(
    VERSION=runner.NEWEST + 1, STATEMENTS=("DROP TABLE interaction", "INSERT INTO nowhere VALUES (1)")
)
LEAVES_ORPHANS = SimpleNamespace(VERSION=runner.NEWEST + 1, STATEMENTS=("DELETE FROM customer",))


def schema_of(book: Notebook) -> dict[str, str]:
    """What makes the schema: every statement that made it but those SQLite makes up itself."""
    return dict(book.rows("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))


def test_the_golden_document_says_the_same_after_a_round_trip(book: Notebook, tmp_path: Path) -> None:
    """It was exported before the first release, and is never made again."""
    importing.import_files(book, [make.DOCUMENT])
    exporting.export_file(book, tmp_path / "weer.json")
    then, now = (json.loads(path.read_text("utf-8")) for path in (make.DOCUMENT, tmp_path / "weer.json"))
    assert now["customers"] == then["customers"]
    for what in ("staff", "profile_fields", "treatments"):
        assert all(one in now[what] for one in then[what]), what
    assert integrity_check.check(book) == []


def test_an_older_notebook_is_brought_up_to_date_after_a_backup(
    bare: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_customer(bare)
    before = content(bare)
    bare.close()
    monkeypatch.setattr(runner, "STEPS", (*runner.STEPS, ADDS_A_COLUMN))
    monkeypatch.setattr(runner, "NEWEST", ADDS_A_COLUMN.VERSION)
    with open_notebook(path, key=KEY) as book:
        assert book.value("SELECT pronoun FROM customer") == "zij"
        assert book.value("PRAGMA user_version") == ADDS_A_COLUMN.VERSION
        assert book.value("PRAGMA foreign_keys") == 1
    monkeypatch.undo()
    (copy,) = path.parent.glob("zaak-before-update-from-*.kapperboek")
    with open_notebook(copy, key=KEY) as book:
        assert content(book) == before


@pytest.mark.parametrize(
    "step", [FAILS_HALFWAY, LEAVES_ORPHANS], ids=["statement fails", "rows point at nothing"]
)
def test_a_step_that_fails_changes_nothing(bare: Notebook, step: SimpleNamespace) -> None:
    add_customer(bare)
    before, tables = content(bare), schema_of(bare)
    with pytest.raises(Exception, match=r"nowhere|point at nothing"):
        runner.migrate(bare.connection, (*runner.STEPS, step))
    assert (content(bare), schema_of(bare)) == (before, tables)
    assert bare.value("PRAGMA user_version") == runner.NEWEST
    assert bare.value("PRAGMA foreign_keys") == 1


def test_numbers_go_up_one_by_one() -> None:
    assert [step.VERSION for step in runner.STEPS] == list(range(1, runner.NEWEST + 1))
