"""A notebook of any released version opens with every word in place; an interrupted step changes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kapperboek.storage import check, journal
from kapperboek.storage.lookup import existing
from kapperboek.storage.migrations import runner
from kapperboek.storage.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.queries.find import find
from kapperboek.storage.tables import SensitiveFact
from kapperboek.storage.unit_of_work import unit_of_work
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


@pytest.mark.parametrize("version", range(1, runner.NEWEST + 1))
def test_golden_notebooks_open_with_every_word(version: int, tmp_path: Path) -> None:
    path = Path(shutil.copy(make.golden(version), tmp_path))
    expected = json.loads(make.golden(version).with_suffix(".json").read_text("utf-8"))
    with open_notebook(path, key=KEY) as book:
        found = make.contents(book)
        assert book.value("PRAGMA user_version") == runner.NEWEST
        assert check.check(book) == []
    if version == 1:
        _health_apart(expected)
    for table, rows in expected.items():
        assert len(found[table]) == len(rows), table
        for now, then in zip(found[table], rows, strict=True):
            assert {name: now[name] for name in then} == then


def _health_apart(expected: dict[str, list[dict[str, Any]]]) -> None:
    """In version 1 a health fact was a line of the card, marked as such."""
    lines = expected["card_line"]
    expected["card_line"] = [row for row in lines if not row.pop("health")]
    expected["sensitive_fact"] = [{**row, "kind": "health"} for row in lines if row not in expected["card_line"]]
    for row in expected["change_row"]:
        if row["table_name"] == "card_line":
            row["table_name"] = "sensitive_fact"


def test_health_facts_move_out_of_the_index_and_keep_their_history(path: Path) -> None:
    shutil.copy(make.golden(1), path)
    with open_notebook(path, key=KEY, migrate=False) as book:  # as version 1 wrote them: removed, put back, changed
        old = '{"id": 2, "customer_id": 1, "kind": "warning", "text": "Zwanger", "health": true, "version": 1}'
        for seq, key, op, before in ((1, 2, "delete", old), (2, 1, "update", '{"health": 0}')):
            book.connection.execute(
                "INSERT INTO change_row VALUES (4, ?, 'card_line', ?, ?, ?, NULL, 1)", (90 + seq, str(key), op, before)
            )
    with open_notebook(path, key=KEY) as book:
        assert find(book, "allergisch").total == 0
        assert book.row("SELECT warning, health FROM customer_fact WHERE customer_id = 1") == ("", 1)
        sql = "SELECT row_key, before FROM change_row WHERE table_name = 'sensitive_fact' AND op <> 'insert'"
        assert book.rows(sql) == [("2", '{"id":2,"customer_id":1,"kind":"health","text":"Zwanger","version":1}')]
        assert not book.rows("SELECT 1 FROM change_row WHERE table_name = 'card_line'")
        with unit_of_work(book, "Weg") as uow:
            uow.delete(existing(uow, SensitiveFact, 1))
        journal.undo(book)
        assert book.value("SELECT text FROM sensitive_fact") == "Allergisch voor PPD"


def test_the_newest_golden_has_the_present_schema(bare: Notebook, tmp_path: Path) -> None:
    path = Path(shutil.copy(make.golden(runner.NEWEST), tmp_path))
    with open_notebook(path, key=KEY) as book:
        assert schema_of(book) == schema_of(bare), (
            "a released step may not change; before the release, run python -m tests.golden.make"
        )


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
