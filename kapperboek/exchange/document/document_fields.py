"""The notebook document's shape: which keys each record has, in which order, which are always written, and
of what type.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kapperboek.domain import records as r
from kapperboek.domain.time.dates import PartialDate


class Field(NamedTuple):
    """One key of the document and attribute of the record; ``always`` keys are written also when empty."""

    name: str
    read: Callable[[object], object]
    always: bool = True
    usual: object = ""  # the value that is not written when ``always`` is not set


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


def _extra(name: str, read: Callable[[object], object] = _text, usual: object = "") -> Field:
    return Field(name, read, False, usual)


def _plain(names: str, read: Callable[[object], object] = _text) -> list[Field]:
    return [Field(name, read) for name in names.split()]


SHAPES: dict[type, list[Field]] = {
    r.Phone: _plain("value label"),
    r.Email: _plain("value label"),
    r.Address: [*_plain("street number postcode place country"), _extra("region"), _extra("label")],
    r.DateRecord: [Field("what", _text), Field("on", _required_day)],
    r.RelationRecord: [*_plain("kind name"), Field("birthday", _day), _extra("customer", _optional_text,
    None)],
    r.WarningRecord: [Field("text", _text), Field("health", _flag)],
    r.InteractionRecord: [
        Field("kind", _kind), *_plain("at staff"), Field("minutes", _number), Field("amount",
        _optional_text), Field("treatments", _texts),
        Field("recipe", _text), Field("products", _texts), Field("note", _text), _extra("state"),
        _extra("source_key"),
    ],
    r.TalkPointRecord: [
        *_plain("text made_on staff"), Field("not_before", _day), *_plain("state outcome"),
        _extra("closed_at", _optional_text, None), _extra("closed_by"),
    ],
    r.FollowUpRecord: [
        *_plain("what due staff state"), _extra("kind", usual="follow_up"), _extra("made_on"),
        _extra("show_on", _optional_text, None),
        _extra("closed_on", _optional_text, None),
    ],
    r.ConsentRecord: [*_plain("purpose channel state at how"), _extra("staff"), _extra("wording")],
    r.ShopRecord: [*_plain("name timezone region"), _extra("currency", usual="EUR")],
    r.StaffRecord: [*_plain("name initials"), _extra("active", _flag, True)],
    r.TreatmentRecord: [
        Field("name", _text), Field("minutes", _number), Field("price", _optional_text), _extra("active",
        _flag, True),
    ],
    r.ProfileFieldRecord: [*_plain("key label kind"), _extra("choices", _texts, []), _extra("active", _flag,
    True)],
    r.CustomerRecord: [
        *_plain("uid number given_name prefix family_name nickname initials organisation department"),
        Field("customer_since", _day),
        Field("deceased", _flag), Field("no_advertising", _flag), *_plain("preferred_channel regular_staff"),
        Field("phones", members), Field("emails", members),
        Field("addresses", members), Field("birthday", _day), Field("dates", members), Field("relations",
        members), Field("profile", _mapping),
        Field("warnings", members), Field("avoid", _texts), Field("wishes", _texts), Field("note", _text),
        Field("interactions", members),
        Field("talk_points", members), Field("follow_ups", members), Field("consents", members),
        _extra("honorific"), _extra("additional_names"), _extra("suffix"), _extra("display_name"),
        _extra("phase"), _extra("household"),
        _extra("handles", members, []), _extra("profile_refused", _texts, []),
    ],
}  # fmt: skip
"""Per record: its keys in the document's order."""

KEYS = {kind: frozenset(field.name for field in shape) for kind, shape in SHAPES.items()}

MEMBERS: dict[str, type] = {
    "phones": r.Phone, "emails": r.Email, "handles": r.Phone, "addresses": r.Address, "dates": r.DateRecord,
    "relations": r.RelationRecord,
    "warnings": r.WarningRecord, "interactions": r.InteractionRecord, "talk_points": r.TalkPointRecord,
    "follow_ups": r.FollowUpRecord,
    "consents": r.ConsentRecord,
}  # fmt: skip
"""Lists of a customer that hold records of their own."""

REQUIRED = {
    r.Phone: "value", r.Email: "value", r.InteractionRecord: "kind at", r.TalkPointRecord: "text",
    r.FollowUpRecord: "what due", r.WarningRecord: "text",
    r.ConsentRecord: "purpose channel state at", r.DateRecord: "what on", r.RelationRecord: "kind name",
    r.StaffRecord: "name", r.TreatmentRecord: "name",
    r.ProfileFieldRecord: "key label",
}  # fmt: skip
"""Keys without which a record says nothing."""
