"""Convert a customer record to and from the plain data of a draft. Words only, no widgets."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import Any

from kapperboek.domain.records import (
    Address,
    CustomerRecord,
    DateRecord,
    Email,
    Phone,
    RelationRecord,
    WarningRecord,
)

_NESTED: dict[str, type] = {
    "phones": Phone,
    "emails": Email,
    "handles": Phone,
    "addresses": Address,
    "dates": DateRecord,
    "relations": RelationRecord,
    "warnings": WarningRecord,
}
_LEFT_OUT = ("interactions", "talk_points", "follow_ups", "consents", "extra")


def to_plain(record: CustomerRecord) -> dict[str, Any]:
    """Plain data (for a draft) of what is typed in a form, without the history."""
    return {key: value for key, value in asdict(record).items() if key not in _LEFT_OUT}


def from_plain(said: dict[str, Any], base: CustomerRecord) -> CustomerRecord:
    """Customer record from plain data; what a draft does not speak of comes from ``base``."""
    known = {field.name for field in fields(CustomerRecord)} - set(_LEFT_OUT)
    values: dict[str, Any] = {key: value for key, value in said.items() if key in known}
    for key, made in _NESTED.items():
        if key in values:
            values[key] = [made(**one) for one in values[key]]
    return replace(base, **values)
