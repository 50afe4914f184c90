"""SQL is plain SQL: what only SQLite understands stands in the dialect, and nothing of it outside storage.

The same tables are to stand in PostgreSQL one day. How the file is opened, copied, checked and repaired is about SQLite
and stays so; the schema is written once for each engine.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house import KAPPERBOEK, ROOT, none_of, parsed, place

STORAGE = ROOT / "kapperboek" / "storage"
OF_THE_FILE = {"file", "migrations", "copies", "damage", "recovery"}  # rooms of storage
SEARCH_INDEX = STORAGE / "derived" / "full_text.py"

# What PostgreSQL does not know or takes for something else, and what to say instead.
ONLY_SQLITE = {
    r"(?i)\bjson_?\w*\(": "dialect.json_…, or json.loads",
    r"->": "dialect.json_field",
    r"\bOR (IGNORE|REPLACE|ABORT|FAIL|ROLLBACK)\b|\bREPLACE INTO\b": "ON CONFLICT",
    r"\b(rowid|oid|_rowid_)\b": "the key by its name",
    r"(?i)\bgroup_concat\(": "string_agg",
    r"(?i)\b(ifnull|iif)\(": "coalesce, CASE",
    r"(?i)\binstr\(": "dialect.contains",
    r"(?i)\b(strftime|julianday|unixepoch|timediff|date|time|datetime)\(": "days as text, reckoned in Python",
    r"(?i)\b(typeof|printf|format|total|hex|quote|random|likely|unlikely|changes|last_insert_rowid)\(": "Python",
    r"(?i)\b(max|min)\([^()]+,": "CASE",
    r"(?<!\\\()\?\d": "? once more",
    r"\bPRAGMA\b|\bpragma_": "dialect, or the room of the file",
    r"\bsqlite_": "dialect",
    r"\bBEGIN\b": "dialect.BEGIN_READING, BEGIN_WRITING",
    r"\b(VACUUM|ATTACH|DETACH|REINDEX)\b": "dialect, or the room of the file",
    r"\bIS\s+(?!(NOT\s+)?(NULL|TRUE|FALSE|DISTINCT\s+FROM)\b)": "=, or IS NOT DISTINCT FROM",
    r"\b(MATCH|fts5\w*)\b|_(docsize|config|data)\b": "derived.full_text",
    r"\b(LIKE|GLOB|REGEXP|COLLATE)\b": "dialect.like_folded, dialect.contains, lower(…)",
    r"\bCROSS JOIN\b|\bINDEXED\b": "a condition that both tables' indexes know",
    r"==": "=",
    r"\bIN\s+(?!\(|\{)": "IN (SELECT …)",
    r"NOT coalesce\(.*, 0\)": "FALSE",
}
SQL = re.compile(r"\bSELECT\b.*\bFROM\b|\bINSERT INTO\b|\bDELETE FROM\b|\bUPDATE \w+ SET\b|\bPRAGMA\b", re.DOTALL)
_ONE = r"(?:(?!\bSELECT\b).)*?"  # within one SELECT
GROUPED = re.compile(rf"\bSELECT (?:DISTINCT )?({_ONE}) FROM {_ONE} GROUP BY ([^()]*)", re.DOTALL)
AGGREGATE = re.compile(r"\b(count|min|max|sum|avg|string_agg)\(")


def texts(path: Path) -> Iterator[tuple[ast.expr, str]]:
    """Every text in a module but docstrings, f-strings with what is filled in left as it stands."""
    tree = parsed(path)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    inside -= {id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    inside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, node.value
        elif isinstance(node, ast.JoinedStr):
            yield node, "".join(_part(part) for part in node.values)


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return "{}"


def plain() -> Iterator[Path]:
    """The modules of ours that write plain SQL, or none."""
    for path in KAPPERBOEK:
        room = path.relative_to(STORAGE).parts[0] if path.is_relative_to(STORAGE) else ""
        if room not in OF_THE_FILE and path != SEARCH_INDEX:
            yield path


def strange(sql: str) -> Iterator[str]:
    """What in a text of SQL only SQLite understands, with what to say instead."""
    for pattern, instead in ONLY_SQLITE.items():
        if found := re.search(pattern, sql):
            yield f"{found[0]!r}: {instead}"
    for chosen, by in GROUPED.findall(sql):
        groups = [part.strip() for part in re.split(r"\b(?:ORDER|HAVING|LIMIT)\b", by)[0].split(",")]
        for column in re.split(r",(?![^()]*\))", chosen):
            if not AGGREGATE.search(column) and not any(group and group in column for group in groups):
                yield f"{column.strip()!r} is not grouped by: min(…), or a join with the row that is meant"


def test_only_the_dialect_speaks_sqlite() -> None:
    none_of(
        (
            f"{place(path, node)} {problem}"
            for path in plain()
            if path.is_relative_to(STORAGE)
            for node, text in texts(path)
            for problem in strange(text)
        ),
        "only SQLite understands that",
    )


def test_many_values_are_one_parameter() -> None:
    """``dialect.MEMBERS`` and ``dialect.insert`` instead of as many question marks as there are values."""
    none_of(
        (
            place(path, node)
            for path in plain()
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
            if isinstance(node.left, ast.Constant) and "?" in str(node.left.value)
        ),
        "question marks counted out",
    )


def test_sql_stands_in_storage() -> None:
    none_of(
        (
            f"{place(path, node)} {text[:60]}"
            for path in plain()
            if not path.is_relative_to(STORAGE)
            for node, text in texts(path)
            if SQL.search(text)
        ),
        "SQL outside storage",
    )


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR IGNORE INTO forgotten (mark) VALUES (?)",
        "SELECT id FROM customer WHERE id IN (SELECT value FROM json_each(?))",
        "SELECT id FROM customer WHERE id IN retired",
        "SELECT rowid FROM search_text WHERE search_text MATCH ?",
        "UPDATE change SET what = ?1 WHERE id = ?2",
        "SELECT id FROM change WHERE staff_id IS ?",
        "SELECT row_key, op, max(seq) FROM change_row WHERE change_id = ? GROUP BY row_key",
        "SELECT id FROM interaction ORDER BY abs(julianday(at) - julianday(?))",
        "SELECT name FROM pragma_table_info(?)",
    ],
)
def test_the_strange_is_seen(sql: str) -> None:
    assert [*strange(sql)]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO forgotten (mark) VALUES (?) ON CONFLICT DO NOTHING",
        "SELECT id FROM change WHERE staff_id IS NOT DISTINCT FROM ? AND undone_by_id IS NULL",
        "SELECT table_name, op, count(*) FROM change_row WHERE change_id = ? GROUP BY table_name, op ORDER BY op",
        "SELECT coalesce(max(id), 0) + 1 FROM change",
        "SELECT id FROM customer WHERE id IN {} AND coalesce(note, '') <> ''",
    ],
)
def test_the_plain_is_let_be(sql: str) -> None:
    assert not [*strange(sql)]
