"""Labels of columns, as the journal calls them when it tells what was changed.

Those of records are said at their fields in ``domain.records``; here are the others.
"""

from __future__ import annotations

from functools import cache

from kapperboek.domain.fields import Field, fields_of
from kapperboek.domain.records import TABLES
from kapperboek.i18n import N_, translated

_OTHERS = {
    "sensitive_fact.text": "",  # said nowhere but where looking is written down
    "profile_value.value": N_("What we know"),
    "setting.value": N_("Setting"),
    "year": N_("Year"),
    "month_day": N_("Day"),
    "name": N_("Name"),
    "text": N_("Text"),
    "what": N_("What"),
    "state": N_("State"),
    "at": N_("When"),
    "kind": N_("Kind"),
    "staff_id": N_("Who"),
    "health": N_("About health"),
    "hidden_until": N_("Hidden until"),
}


def field_label(table: str, column: str) -> str:
    """Label of a column; empty for columns that follow from others and say nothing by themselves."""
    name = f"{table}.{column}"
    field = _fields().get(name)
    return translated(field.label if field and field.label else _OTHERS.get(name, _OTHERS.get(column, "")))


def field_kind(table: str, column: str) -> str:
    """The kind of value that stands in a column of a record; empty for other columns."""
    field = _fields().get(f"{table}.{column}")
    return field.kind if field else ""


@cache
def _fields() -> dict[str, Field]:
    return {f"{table}.{field.column}": field for record, table in TABLES.items() for field in fields_of(record)}
