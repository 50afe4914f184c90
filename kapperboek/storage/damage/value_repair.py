"""Repair of values in a file without seals, where a flipped bit can stand in any word, or from one that another program
wrote into: what is no day is made none, what is no JSON becomes a text or a list of what can be read, and everything
else is kept as it is read. The check judges by the same rules, so that it finds nothing amiss in what was mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kapperboek.storage.damage import json_repair
from kapperboek.storage.damage.damaged_pages import Row

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

_NO_DAY, _NO_MOMENT = "1900-01-01", "1900-01-01T00:00"
_DAYS = {
    "made_on", "due", "show_on", "closed_on", "not_before", "hidden_until", "customer_since", "checked_on", "asked_on"
}
_MOMENTS = {"at", "closed_at"}
_OBLIGED = {"made_on", "due", "hidden_until", "at"}  # these cannot be empty
_AS_IT_IS = ("change", "consent", "change_row")  # their moments are shown, never counted with
# What cannot be mended: a change with one of these wrong is not taken back any more
_TAKEN_BACK: dict[str, Callable[[object], bool]] = {
    "row_key": lambda value: json_repair.holds(value, lambda known: isinstance(known, int | str)),
    "before": lambda value: value in ("", None) or json_repair.holds(value, json_repair.is_mapping),
    "op": lambda value: value in ("insert", "update", "delete"),
}


def mended(table: str, columns: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """The rows of a table with values that the program can live with."""
    ways = [_way(table, column) for column in columns]
    rows = [tuple(_text(value) if isinstance(value, bytes) else value for value in row) for row in rows]
    return [
        tuple(way(value) if way and value is not None else value for way, value in zip(ways, row, strict=True))
        for row in rows
    ]


def numbers(connection: Connection) -> Counter[str]:
    """Repair numbers in a new notebook: what should be one and is none becomes the usual one, or nobody's. A change of
    which a row cannot be read is not taken back any more. Returns how many rows went, by table.
    """
    columns = connection.execute(
        "SELECT m.name, p.name, coalesce(p.dflt_value, CASE WHEN p.\"notnull\" THEN '0' ELSE 'NULL' END)"
        " FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND p.type = 'INTEGER'"
        " AND m.sql LIKE 'CREATE TABLE%' AND m.name NOT LIKE 'search@_%' ESCAPE '@'"
    )
    gone: Counter[str] = Counter()
    for table, column, usual in columns.fetchall():
        wrong, count = f"typeof({column}) NOT IN ('integer', 'null')", f"SELECT count(*) FROM {table}"
        if connection.execute(f"SELECT 1 FROM {table} WHERE {wrong} LIMIT 1").fetchone():
            before = connection.execute(count).fetchone()[0]
            connection.execute(f"UPDATE OR REPLACE {table} SET {column} = {usual} WHERE {wrong}")
            gone[table] += before - connection.execute(count).fetchone()[0]
    judges = tuple(_TAKEN_BACK.values())
    rows = connection.execute(f"SELECT change_id, {', '.join(_TAKEN_BACK)} FROM change_row")
    unreadable = {row[0] for row in rows if not all(fits(one) for fits, one in zip(judges, row[1:], strict=True))}
    for change_id in unreadable:
        gone["change_row"] += connection.execute("DELETE FROM change_row WHERE change_id = ?", (change_id,)).rowcount
    return gone


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def judge_of(table: str, column: str) -> Callable[[object], bool] | None:
    """Judge of the values of a column, which says of one whether it can stand there as it is; None where any can."""
    if table == "change_row":
        return _TAKEN_BACK.get(column)
    way = _way(table, column)
    if way is None or way is _instant:
        return None if way is None else lambda value: bool(way(value) == value)
    return lambda value: value in ("", None) or bool(way(value) == value)


def _way(table: str, column: str) -> Any:
    if (table, column) in _WAYS or table in _AS_IT_IS:
        return _WAYS.get((table, column))
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


def _instant(value: object) -> object:
    return _moment(value) or f"{_NO_MOMENT}:00Z"


def _year(value: object) -> object:
    return value if isinstance(value, int) and 1 <= value <= 9999 else None


_WAYS: dict[tuple[str, str], Callable[[object], object]] = {
    ("setting", "value"): json_repair.anything,
    ("profile_value", "value"): json_repair.anything,
    ("profile_field", "choices"): json_repair.words,
    ("interaction", "treatments"): json_repair.words,
    ("interaction", "products"): json_repair.words,
    ("customer", "extra"): json_repair.mapping,
    ("change", "at"): _instant,
    ("relation", "year"): _year,
    ("important_date", "year"): _year,
}
