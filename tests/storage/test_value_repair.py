"""Whatever stands where it cannot be: the check names it, and a rescue makes a notebook of it that the same check finds
sound, with the words that can be read, and tells of every row that went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kapperboek import demo
from kapperboek.domain.errors import CannotOpen
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.keeping import maintenance, notebooks
from kapperboek.storage.damage import foreign_content, integrity_check, json_repair, value_repair
from kapperboek.storage.file import open_file
from kapperboek.storage.opening import open_notebook
from tests.conftest import KEY, NOW
from tests.faults import pages

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

CLOCK = FixedClock(NOW)
WRONG = [
    "x'ff007b'", "'onzin'", "'[\"Gel\", #Wax\"]'", "'{\"a\": 1}'", "'[3]'", "'null'", "'2026-13-41'", "99999", "-1.5"
]
_TABLES = (
    "SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND m.sql LIKE 'CREATE TABLE%'"
    " AND m.name NOT LIKE 'search@_%' ESCAPE '@' AND m.name NOT IN ('customer_fact', 'counter')"
)


@pytest.fixture(scope="module")
def salon(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small salon, with a row in every table."""
    path = tmp_path_factory.mktemp("salon") / "salon.kapperboek"
    with notebooks.create(path, key=KEY, clock=CLOCK) as book:
        demo.fill(book, customers=12)
        connection = book.connection
        for (table,) in connection.execute(_TABLES).fetchall():
            if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
                continue
            info = connection.execute(f"PRAGMA table_info({table})").fetchall()
            needed = {row[1]: "1" if row[2] == "INTEGER" else "2026-01-02" for row in info if row[3] and row[4] is None}
            marks = ", ".join("?" * len(needed))
            connection.execute(f"INSERT INTO {table} ({', '.join(needed)}) VALUES ({marks})", list(needed.values()))
        assert integrity_check.check(book) == []
    return path.read_bytes()


def connect(path: Path) -> Connection:
    return open_file.connect(path, KEY, path.read_bytes()[: pages.SALT])


def renamed(salon: bytes, old: bytes, new: bytes) -> bytes:
    """The salon with other bytes within its pages, wherever these stand."""
    plain = pages.opened(salon, KEY)
    assert old in plain
    return pages.sealed(plain.replace(old, new), KEY, salon[: pages.SALT])


def columns(path: Path) -> list[tuple[str, str, str, bool]]:
    """Table, column, kind, and whether the column orders the table."""
    connection = connect(path)
    asked = f"SELECT t.name, p.name, p.type, p.pk > 0 FROM ({_TABLES}) t, pragma_table_info(t.name) p"
    found = connection.execute(asked).fetchall()
    connection.close()
    return found


def spoil(path: Path, wrong: str) -> tuple[set[str], set[str]]:
    """Write it in a row of its own, as far as there are, for every column; which took it, and which have a rule."""
    connection = connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    took, judged = set(), set()
    for place, (table, column, _kind, orders) in enumerate(columns(path)):
        if orders:
            continue
        key = "change_id = (SELECT max(change_id) FROM change_row)" if table == "change_row" else None
        count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        name = "(customer_id, at, id)" if table == "interaction" else "rowid"
        keys = "customer_id, at, id" if table == "interaction" else "rowid"
        where = key or f"{name} IN (SELECT {keys} FROM {table} LIMIT 1 OFFSET {place % count})"
        assert connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {wrong} WHERE {where}").rowcount >= 0
        took.add(f"{table}.{column}")
        if value_repair.judge_of(table, column):
            judged.add(f"{table}.{column}")
    connection.close()
    return took, judged


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_check_finds_wrong_is_mended_by_a_rescue(tmp_path: Path, salon: bytes, wrong: str) -> None:
    path, target = tmp_path / "kapot.kapperboek", tmp_path / "gered.kapperboek"
    path.write_bytes(salon)
    before = counts(path)
    took, judged = spoil(path, wrong)
    assert {"interaction.products", "customer.extra", "change.at", "relation.year", "change_row.op"} <= judged <= took
    connection = connect(path)
    named = set(foreign_content.strange_columns(connection))
    assert named and (wrong != "'onzin'" or judged - {"setting.value"} <= named)  # every rule bites
    connection.close()
    done = maintenance.rescue(path, target, key=KEY, clock=CLOCK)
    with open_notebook(target, key=KEY, clock=CLOCK) as book:
        assert integrity_check.check(book) == []
    after, lost = counts(target), sum(one.lost for one in done.tables) + done.orphans
    told = {one.table: one.lost for one in done.tables}
    missing = {table: count - after[table] for table, count in before.items() if count > after[table]}
    assert sum(missing.values()) <= lost
    assert all(told[table] or done.orphans for table in missing), (missing, told)


def test_a_damaged_name_of_a_table_that_is_no_text(tmp_path: Path, salon: bytes) -> None:
    """SQLite repeats it in what it says, which then is no text either: it was taken for a bug."""
    path, target = tmp_path / "kapot.kapperboek", tmp_path / "gered.kapperboek"
    path.write_bytes(renamed(salon, b"CREATE TABLE card_line (", b"CREATE T\xe1BLE card_line ("))
    with pytest.raises(CannotOpen) as caught:
        open_notebook(path, key=KEY, clock=CLOCK).close()
    assert caught.value.code == "damaged-beginning"
    path.write_bytes(renamed(salon, b"CREATE TABLE card_line (", b"CREATE TABLE card_l\xe9ne ("))
    done = maintenance.rescue(path, target, key=KEY, clock=CLOCK)
    assert done.mended_beginning
    with open_notebook(target, key=KEY, clock=CLOCK) as book:
        assert integrity_check.check(book) == [] and book.value("SELECT count(*) FROM customer") == 12


def test_a_damaged_name_of_a_column_is_told_and_the_other_tables_are_saved(tmp_path: Path, salon: bytes) -> None:
    path, target = tmp_path / "kapot.kapperboek", tmp_path / "gered.kapperboek"
    path.write_bytes(renamed(salon, b"due TEXT NOT NULL", b"du\xe5 TEXT NOT NULL"))
    done = maintenance.rescue(path, target, key=KEY, clock=CLOCK)
    assert done.mended_beginning or done.lost
    with open_notebook(target, key=KEY, clock=CLOCK) as book:
        assert integrity_check.check(book) == [] and book.value("SELECT count(*) FROM customer") == 12


def counts(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    connection = connect(path)
    tables = [row[0] for row in connection.execute(_TABLES)]
    found = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    connection.close()
    return found


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ('["Gel", "Wax, sterk"]', ["Gel", "Wax, sterk"]),
        ('["Gel", #Wax, sterk"]', ["Gel", "#Wax, sterk"]),
        ('["Gel"- "Wax"]', ["Gel", "Wax"]),
        ('{"Gel", "Wax"]', ["Gel", "Wax"]),
        ('["Gel", "Wax"', ["Gel", "Wax"]),
        ('["Gel", "zeg \\"ja\\""', ["Gel", 'zeg "ja"']),
        ('["Ge\x0cl"]', ["Ge\x0cl"]),
        ('"Gel"', ["Gel"]),
        ("[3, null]", ["3", "null"]),
        ("null", []),
        ("", []),
        ("[" * 100_000, []),
    ],
)
def test_a_broken_list_becomes_a_list_of_what_can_be_read(broken: str, words: list[str]) -> None:
    assert json.loads(str(json_repair.words(broken))) == words


def test_what_is_no_list_keeps_its_words_too() -> None:
    assert json.loads(str(json_repair.anything('"blond#'))) == "blond#"
    assert json.loads(str(json_repair.anything('["hond", kat"]'))) == ["hond", "kat"]
    assert json.loads(str(json_repair.mapping('{"/x": 3'))) == {"/unreadable": '{"/x": 3'}
    assert json_repair.mapping("") == "" and json_repair.mapping('{"/x": 3}') == '{"/x": 3}'
