"""Rows from a damaged file without seals, where a flipped bit can stand in any word: what is no day is made none, what
is no JSON becomes a text, and everything else is kept as it is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from kapperboek.storage.torn import Row

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


def mended(table: str, columns: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """The rows of a table with values that the program can live with."""
    if table in ("change", "consent", "change_row"):
        return list(rows)  # their moments are shown, never counted with
    ways = [_way(table, column) for column in columns]
    return [tuple(way(value) if way else value for way, value in zip(ways, row, strict=True)) for row in rows]


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
    except ValueError:
        return json.dumps(str(value), ensure_ascii=False)
    return value
