"""Rows from a file without seals, where a flipped bit can stand in any word, or from one that another program wrote
into: what is no day is made none, what is no JSON becomes a text, and everything else is kept as it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kapperboek.storage.torn import Row

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

_NO_DAY, _NO_MOMENT = "1900-01-01", "1900-01-01T00:00"
_DAYS = {
    "made_on", "due", "show_on", "closed_on", "not_before", "hidden_until", "customer_since", "checked_on", "asked_on"
}  # fmt: skip
_MOMENTS = {"at", "closed_at"}
_OBLIGED = {"made_on", "due", "hidden_until", "at"}  # these cannot be empty
_JSON = {
    ("setting", "value"), ("profile_value", "value"), ("profile_field", "choices"), ("interaction", "treatments"),
    ("interaction", "products"),
}  # fmt: skip


_AS_IT_IS = ("change", "consent", "change_row")  # their moments are shown, never counted with


def mended(table: str, columns: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """The rows of a table with values that the program can live with."""
    if table in _AS_IT_IS:
        return list(rows)
    ways = [_way(table, column) for column in columns]
    rows = [tuple(_text(value) if isinstance(value, bytes) else value for value in row) for row in rows]
    return [
        tuple(way(value) if way and value is not None else value for way, value in zip(ways, row, strict=True))
        for row in rows
    ]


def numbers(connection: Connection) -> None:
    """In a new notebook: what should be a number and is none becomes the usual one, or nobody's. A change of which a
    row cannot be read is not taken back any more.
    """
    columns = connection.execute(
        "SELECT m.name, p.name, coalesce(p.dflt_value, CASE WHEN p.\"notnull\" THEN '0' ELSE 'NULL' END)"
        " FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND p.type = 'INTEGER'"
        " AND m.sql LIKE 'CREATE TABLE%' AND m.name NOT LIKE 'search@_%' ESCAPE '@'"
    )
    for table, column, usual in columns.fetchall():
        wrong = f"typeof({column}) NOT IN ('integer', 'null')"
        connection.execute(f"UPDATE OR REPLACE {table} SET {column} = {usual} WHERE {wrong}")
    connection.execute(
        "DELETE FROM change_row WHERE change_id IN (SELECT change_id FROM change_row"
        " WHERE NOT json_valid(row_key) OR (before IS NOT NULL AND NOT json_valid(before)))"
    )


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def judge_of(table: str, column: str) -> Callable[[object], bool] | None:
    """Whether a value can stand in that column as it is; None where any can."""
    if table in _AS_IT_IS:
        return None
    way = _way(table, column)
    return None if way is None else lambda value: value in ("", None) or bool(way(value) == value)


def _way(table: str, column: str) -> Any:
    if (table, column) in _JSON:
        return _json
    if column in _DAYS:
        return _obliged_day if column in _OBLIGED else _day
    if column in _MOMENTS:
        return _obliged_moment if column in _OBLIGED else _moment
    return _month_day if column == "month_day" else None


def _day(value: object) -> object:
    try:
        return value if value is None or date.fromisoformat(str(value)) else None
    except ValueError:
        return None


def _obliged_day(value: object) -> object:
    return _day(value) or _NO_DAY


def _moment(value: object) -> object:
    try:
        return value if value is None or datetime.fromisoformat(str(value)) else None
    except ValueError:
        return None


def _obliged_moment(value: object) -> object:
    return _moment(value) or _NO_MOMENT


def _month_day(value: object) -> object:
    return None if value is None or _day(f"2000-{value}") is None else value


def _json(value: object) -> object:
    try:
        json.loads(str(value))
    except (ValueError, RecursionError):
        return json.dumps(str(value), ensure_ascii=False)
    return value
