"""A large notebook of the first version, with everything odd that somebody may have typed, made here and not kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file import open_file
from kapperboek.storage.migrations import runner
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write.unit_of_work import writing
from tests.conftest import KEY
from tests.storage.test_migrations import ADDS_A_COLUMN

PEOPLE = 4000
ODD = (
    "", " ", "é", "e\u0301", "😀🙂", "'; DROP TABLE customer; --", "\u202etxet", "a\x00b", "x" * 9_000, "–", "NULL",
    "\n\t", '{"a": 1', "\ufffd", "١٢٣",
)
INSERTS = {
    "customer": "(id, uid, number, given_name, family_name, note, extra, created_at)"
    " VALUES (?1, 'u' || ?1, ?1 || substr(?2, 1, 3), ?2, ?3, ?2, ?5, '2026-01-01T00:00:00Z')",
    "interaction": "(customer_id, at, id, kind, note) VALUES (?1, ?4, ?1, 'note', ?2)",
    "card_line": "(customer_id, kind, text) VALUES (?1, 'warning', ?2)",
    "consent": "(customer_id, purpose, channel, state, at) VALUES (?1, 'news', 'post', 'given', ?2)",
    "talk_point": "(customer_id, text, made_on) VALUES (?1, ?2, '2026-02-28')",
    "change": "(id, uid, at, what) VALUES (?1, 'c' || ?1, '2026-01-01T00:00:00Z', ?2)",
    "change_row": "VALUES (?1, 1, 'customer', ?1, 'update', ?5, 2, ?1)",
}
MOMENTS = ("2024-02-29T00:00", "1999-12-31T23:59", "2026-11-22T09:00", "0001-01-01T00:00")


def make(path: Path) -> None:
    """Write it as the first version did."""
    path.touch()
    connection = open_file.connect(path, KEY, bytes(range(1, 17)))
    runner.migrate(connection, runner.STEPS[:1], application_id=open_file.APPLICATION_ID)
    connection.execute("BEGIN")
    for table, rest in INSERTS.items():
        for n in range(1, PEOPLE + 1):
            odd = ODD[n % len(ODD)]
            values = (n, odd, odd[::-1], MOMENTS[n % len(MOMENTS)], json.dumps({"note": odd}))
            used = max(int(place) for place in "12345" if f"?{place}" in rest)
            connection.execute(f"INSERT INTO {table} {rest}", values[:used])
    connection.execute("COMMIT")
    connection.close()


def test_it_comes_to_a_later_version_with_every_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is missing or different."""
    path = tmp_path / "oud.kapperboek"
    make(path)
    asked = {}
    with open_notebook(path, key=KEY, migrate=False) as old:
        for table in INSERTS:
            names = ", ".join(row[0] for row in old.rows("SELECT name FROM pragma_table_info(?)", (table,)))
            asked[table] = f"SELECT {names} FROM {table} ORDER BY 1, 2, 3"
        before = {table: old.rows(question) for table, question in asked.items()}
    assert all(len(rows) == PEOPLE for rows in before.values())
    monkeypatch.setattr(runner, "STEPS", (*runner.STEPS, ADDS_A_COLUMN))
    monkeypatch.setattr(runner, "NEWEST", ADDS_A_COLUMN.VERSION)
    with open_notebook(path, key=KEY) as book:
        assert book.value("PRAGMA user_version") == runner.NEWEST
        with writing(book):  # facts and index were never in it
            book.refresh_derived(range(1, PEOPLE + 1))
        assert integrity_check.check(book) == []
        for table, question in asked.items():
            assert book.rows(question) == before[table], table
