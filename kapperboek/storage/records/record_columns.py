"""Columns of records: how the fields of ``domain.records`` stand in rows, there and back.

Every table that keeps a record has its columns, its question and its values from here, so that a new field is written
and read by saying what it is. What a table keeps beside the record (ids, positions, canonical numbers) is named by the
one that writes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kapperboek.domain.fields import Field, fields_of
from kapperboek.storage.records import record_rows

if TYPE_CHECKING:  # only writing makes names of rows
    from kapperboek.storage.records.named_rows import NamedRows

_DAY_OF_YEAR = ("year", "month_day")
_NAMES = {"staff": "staff", "household": "household"}

Row = tuple[Any, ...]


class Stored(NamedTuple):
    """Shape of a record in its table: the columns of its fields in order, and what turns one into the other."""

    columns: tuple[str, ...]
    select: tuple[str, ...]  # what to ask for each of them, of the table under the name "t"
    joins: str
    to_row: Callable[[Any, NamedRows], list[Any]]
    from_row: Callable[[Row], list[Any]]
    names: tuple[str, ...]  # of the attributes, in the order of ``from_row``


@cache
def stored(record: type, names: tuple[str, ...] = ()) -> Stored:
    """Shape of a kind of record in its table; with ``names``, of no more than those attributes."""
    kept = tuple(field for field in fields_of(record) if field.column and (not names or field.name in names))
    columns = tuple(column for field in kept for column in _columns(field))
    select: list[str] = []
    joins = ""
    for place, field in enumerate(kept):
        if field.kind in _NAMES:
            select.append(f"coalesce(n{place}.name, '')")
            joins += f" LEFT JOIN {_NAMES[field.kind]} n{place} ON n{place}.id = t.{field.column}"
        else:
            select += [f"t.{column}" for column in _columns(field)]
    attributes = tuple(field.name for field in kept)
    return Stored(columns, tuple(select), joins, _writer(kept), _reader(kept), attributes)


def _columns(field: Field) -> tuple[str, ...]:
    return _DAY_OF_YEAR if field.kind == "partial_day" else (field.column,)


def _writer(kept: tuple[Field, ...]) -> Callable[[Any, NamedRows], list[Any]]:
    """A function from a record to the values of its columns. UserError when one isn't what it should be."""
    get = attrgetter(*(field.name for field in kept))
    plain = [(place, _TO_COLUMN[field.kind]) for place, field in enumerate(kept) if field.kind in _TO_COLUMN]
    plain += [
        (place, record_rows.moment if field.required else _moment)
        for place, field in enumerate(kept) if field.kind == "moment"
    ]
    staff = [place for place, field in enumerate(kept) if field.kind == "staff"]
    households = [place for place, field in enumerate(kept) if field.kind == "household"]
    days = [place for place, field in enumerate(kept) if field.kind == "partial_day"]

    def write(record: Any, rows: NamedRows) -> list[Any]:
        values = list(get(record))
        for place, convert in plain:
            values[place] = convert(values[place])
        for place in staff:
            values[place] = rows.staff(values[place])
        for place in households:
            values[place] = rows.household(values[place])
        for place in reversed(days):
            values[place : place + 1] = record_rows.year_and_day(values[place]) if values[place] else (None, None)
        return values

    return write


def _reader(kept: tuple[Field, ...]) -> Callable[[Row], list[Any]]:
    """A function from what ``select`` gave to the values of the attributes."""
    plain = [(place, _FROM_COLUMN[field.kind]) for place, field in enumerate(kept) if field.kind in _FROM_COLUMN]
    days = [place for place, field in enumerate(kept) if field.kind == "partial_day"]
    if not plain and not days:
        return list

    def read(row: Row) -> list[Any]:
        values = list(row)
        for place in days:
            values[place : place + 2] = [record_rows.partial_day(*values[place : place + 2])]
        for place, convert in plain:
            values[place] = convert(values[place])
        return values

    return read


def _packed(values: dict[str, object]) -> str:
    return record_rows.packed(values) if values else ""


def _unpacked(text: str) -> object:
    return json.loads(text) if text else {}


def _moment(text: str | None) -> str | None:
    return record_rows.moment(text) if text else None


_TO_COLUMN: dict[str, Callable[[Any], object]] = {
    "maybe": lambda value: value or "", "day": record_rows.day, "flag": int,
    "amount": record_rows.cents, "texts": record_rows.names, "contact_kind": record_rows.one_of, "values": _packed,
}
_FROM_COLUMN: dict[str, Callable[[Any], object]] = {
    "maybe": lambda value: value or None, "flag": bool, "amount": record_rows.amount, "values": _unpacked,
    "texts": lambda text: list(record_rows.listed(text)),
}
