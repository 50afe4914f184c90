"""The notebook document's shape: the keys of each record, their order and how their values are read.

All of it follows from the fields of ``domain.records``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kapperboek.domain import records as r
from kapperboek.domain.fields import Field, fields_of
from kapperboek.domain.time.dates import PartialDate


class WrongType(Exception):
    """A value of a document that cannot be what its key asks for; the message says what was expected."""


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise WrongType("text")


def _optional_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise WrongType("true/false")


def _number(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise WrongType("number")


def _texts(value: object) -> list[str]:
    if isinstance(value, list):
        return [_text(part) for part in value]
    raise WrongType("list")


def _mapping(value: object) -> dict[str, object]:
    if isinstance(value, dict):
        return value
    raise WrongType("object")


def members(value: object) -> object:
    """Stand in for a list of records, which the reader of the document takes apart itself."""
    return value


def _day(value: object) -> str | None:
    if value is None or value == "":
        return None
    try:
        return PartialDate.parse(_text(value)).text()
    except ValueError as error:
        raise WrongType("YYYY-MM-DD") from error


def _required_day(value: object) -> str:
    day = _day(value)
    if day is None:
        raise WrongType("YYYY-MM-DD")
    return day


def _kind(value: object) -> str:
    if value not in r.CONTACT_KINDS:
        raise WrongType("visit, call, message…")
    return str(value)


_READ: dict[str, Callable[[object], object]] = {
    "text": _text, "staff": _text, "household": _text, "maybe": _optional_text, "amount": _optional_text,
    "flag": _flag, "number": _number, "texts": _texts, "values": _mapping, "contact_kind": _kind, "records": members,
}
_READ_OPTIONAL: dict[str, Callable[[object], object]] = {"day": _day, "partial_day": _day, "moment": _optional_text}
_READ_REQUIRED: dict[str, Callable[[object], object]] = {"day": _text, "partial_day": _required_day, "moment": _text}

_RECORDS = (
    r.Phone, r.Email, r.Address, r.DateRecord, r.RelationRecord, r.WarningRecord, r.InteractionRecord,
    r.TalkPointRecord, r.FollowUpRecord, r.ConsentRecord, r.ShopRecord, r.StaffRecord, r.TreatmentRecord,
    r.ProfileFieldRecord, r.CustomerRecord,
)


class Key(NamedTuple):
    """One key of the document: the field of that name, and what reads its value."""

    field: Field
    read: Callable[[object], object]


def _reader(field: Field) -> Callable[[object], object]:
    """Reader of the values of a field; None is a value of an optional one only."""
    return _READ.get(field.kind) or (_READ_OPTIONAL if field.usual is None else _READ_REQUIRED)[field.kind]


def _shape(record: type) -> tuple[Key, ...]:
    """The keys in their order: first those that are always written, so that what came later stands behind."""
    exported = [field for field in fields_of(record) if field.exported]
    return tuple(Key(field, _reader(field)) for field in sorted(exported, key=lambda field: not field.always))


SHAPES: dict[type, tuple[Key, ...]] = {record: _shape(record) for record in _RECORDS}
"""Per record: its keys in the document's order."""

KEYS = {record: frozenset(key.field.name for key in shape) for record, shape in SHAPES.items()}

REQUIRED = {record: tuple(key.field.name for key in shape if key.field.required) for record, shape in SHAPES.items()}
"""Keys without which a record says nothing."""

MEMBERS: dict[str, type] = {
    "phones": r.Phone, "emails": r.Email, "handles": r.Phone, "addresses": r.Address, "dates": r.DateRecord,
    "relations": r.RelationRecord, "warnings": r.WarningRecord, "interactions": r.InteractionRecord,
    "talk_points": r.TalkPointRecord, "follow_ups": r.FollowUpRecord, "consents": r.ConsentRecord,
}
"""Lists of a customer that hold records of their own."""
