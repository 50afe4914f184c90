"""Field of a record: what one value is, where it is kept, what it is called and what may be done with it.

``domain.records`` gives each attribute of a record its field, once. Rows, documents, headings of tables, own properties
of vCards, words of the journal and the dossier, the search index and what an import may change follow from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, field, fields
from typing import Any, Literal, NamedTuple

Kind = Literal[
    "text",  # as it stands
    "maybe",  # text, or None for none
    "day",  # YYYY-MM-DD, or None
    "partial_day",  # YYYY-MM-DD or --MM-DD, or None
    "moment",  # local shop time YYYY-MM-DDTHH:MM
    "flag", "number",
    "amount",  # decimal text in the shop's currency, or None
    "texts",  # a list of texts
    "staff",  # the name of a member of staff
    "household",  # the name of a household
    "contact_kind",  # one of records.CONTACT_KINDS
    "values",  # a dict of anything JSON can hold
    "records",  # a list of records of a class of their own
]

Policy = Literal[
    "keep",  # what stands on the card stays
    "fill",  # only what is empty is filled
    "either",  # said once is said
    "join",  # the new text goes below the old
    "add",  # what is not in the list yet is added
]
"""What becomes of a value when a record that is read meets a card that is there (``domain.people.record_policies``)."""

WHO = ("name", "who")
"""The parts of a card that say who somebody is."""

_EMPTY: dict[str, object] = {"flag": False} | dict.fromkeys("maybe day partial_day moment number amount".split())
_MADE: dict[str, Callable[[], object]] = {"texts": list, "records": list, "values": dict}
_KEY = "field"


class Field(NamedTuple):
    """One value of a record.

    ``label`` and ``heading`` (of its column in a table) are English, to be translated where they are shown; without
    a label the journal is silent about it. ``column`` is empty for what has no column of its own. ``part`` says where
    on the card it belongs: ``name``, ``who``, ``reach``, ``shop``. ``always``: in a document also when it is empty.
    ``search``: the column of the search index it is found in, ``given``, ``name`` or ``notes``. ``private`` stays out
    of whatever travels: vCards and what is remembered of a source.
    """

    name: str
    kind: Kind
    label: str
    heading: str
    column: str
    part: str
    policy: Policy
    always: bool
    exported: bool
    required: bool
    search: str
    private: bool
    usual: object


def record_field(
    kind: Kind, label: str = "", *, heading: str | None = None, column: str | None = None, part: str = "",
    policy: Policy = "fill", always: bool = True, exported: bool = True, search: str = "", private: bool = False,
    default: object = MISSING, required: bool = False, compare: bool = True,
) -> Any:
    """The field of an attribute of a dataclass; see ``Field``. Without a heading of its own the label is its heading,
    and without a default it is empty in the way of its kind, or ``required``.
    """
    about = (label if heading is None else heading, column, part, policy, always, exported, search, private)
    metadata = {_KEY: (kind, label, *about)}
    if required:
        return field(metadata=metadata, compare=compare)
    if kind in _MADE:
        return field(default_factory=_MADE[kind], metadata=metadata, compare=compare)
    usual = _EMPTY.get(kind, "") if default is MISSING else default
    return field(default=usual, metadata=metadata, compare=compare)


_known: dict[type, tuple[Field, ...]] = {}


def fields_of(record: type) -> tuple[Field, ...]:
    """The fields of a class of records, in the order they are declared."""
    found = _known.get(record)
    if found is None:
        found = _known[record] = tuple(map(_read, fields(record)))
    return found


def _read(one: Any) -> Field:
    kind, label, heading, column, part, policy, always, exported, search, private = one.metadata[_KEY]
    return Field(
        one.name, kind, label, heading, one.name if column is None else column, part, policy, always, exported,
        one.default is one.default_factory, search, private,
        one.default if one.default_factory is MISSING else one.default_factory(),
    )
