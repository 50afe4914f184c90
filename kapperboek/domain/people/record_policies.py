"""Policies of a record that is read and meets a card that is there: what the card becomes.

Each field says its policy (``domain.fields``): fill what is empty, keep, add what is new. Nothing is ever taken away,
with one exception: what the same source gave before, and nobody has touched since, is the source's own to correct. That
is told by marks: a checksum of each value it gave, kept beside the card in place of the words themselves. Two of them
are equal by chance once in four thousand million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from operator import attrgetter
from typing import Any, NamedTuple
from zlib import crc32

from kapperboek.domain.fields import Field, fields_of
from kapperboek.domain.people.names import words
from kapperboek.domain.people.phones import canonical, digits
from kapperboek.domain.records import Address, CustomerRecord

Marks = Mapping[str, "str | list[str]"]
"""What a source gave, by field: the mark of a value, or those of the members of a list."""


class Difference(NamedTuple):
    """A value of the card that stays, though the source says otherwise."""

    field: str
    kept: str
    other: str


class Outcome(NamedTuple):
    """The card as it shall be; what it keeps against the source; what the source gave once and gives no more."""

    record: CustomerRecord
    differences: tuple[Difference, ...] = ()
    gone: tuple[str, ...] = ()


class Reading(NamedTuple):
    """One time a source was read for a card: its name, when (an instant in UTC), and the marks of what it gave."""

    source: str
    read_at: str
    marks: Marks


class Origin(NamedTuple):
    """Origin of a value of a card, and whether somebody changed it here since; ``field`` as in ``Marks``."""

    field: str
    value: str
    source: str
    read_at: str
    touched: bool


def read_again(known: CustomerRecord, record: CustomerRecord, region: str, said: Marks | None = None) -> Outcome:
    """Outcome for a card when a record of it is read. ``region`` is that of phone numbers without a country;
    ``said``: the marks of what the same source gave before, if it did.
    """
    said = said or {} if _same_person(known, record) else {}
    differences: list[Difference] = []
    gone: list[str] = []
    values: dict[str, Any] = {}
    for field in fields_of(CustomerRecord):
        ours, theirs = getattr(known, field.name), getattr(record, field.name)
        if field.name == "profile":
            values["profile"] = _profile(ours, theirs, known.profile_refused, said, differences)
        elif field.policy == "add":
            values[field.name] = _list(field.name, ours, theirs, known, region, said, gone)
        elif field.kind == "values":
            values[field.name] = {**theirs, **ours}
        else:
            values[field.name] = _value(field, ours, theirs, said, differences)
    if not any(getattr(known, name) for name in _PERSON):
        values["display_name"] = known.display_name or record.display_name
    return Outcome(replace(known, **values), tuple(differences), tuple(gone))


def marks(record: CustomerRecord, region: str) -> dict[str, str | list[str]]:
    """Marks of what a source gives of somebody, to know at the next reading what it gave before."""
    found: dict[str, str | list[str]] = {}
    values = _MARKED(record)
    for name, value in compress(zip(_NAMES, values, strict=True), values):  # an import does this for everybody
        if value.__class__ is str:
            found[name] = _mark(value)
        elif name in KEYS:
            key = KEYS[name]
            found[name] = [_mark(key(member, region)) for member in value]
        else:
            for key_, one in value.items():
                found[f"{name}.{key_}"] = _mark(one)
    return found


def _marked(record: CustomerRecord, region: str) -> Iterator[tuple[str, str, str]]:
    """Every value that has a mark: its field, the mark, and the value in words."""
    for name, said in marks(record, region).items():
        field, _dot, key = name.partition(".")
        value = getattr(record, field)
        if isinstance(said, list):
            yield from ((name, mark, _told(member)) for mark, member in zip(said, value, strict=True))
        else:
            yield name, said, _told(value[key] if key else value)


def origins(record: CustomerRecord, readings: Sequence[Reading], region: str) -> list[Origin]:
    """Origins of the values of a card that came from a source, the newest reading first; what is not among them was
    typed here, and the journal tells by whom.
    """
    found = []
    for name, mark, value in _marked(record, region):
        given = [(one, one.marks[name]) for one in readings if name in one.marks]
        source = next((one for one, said in given if mark == said or (isinstance(said, list) and mark in said)), None)
        changed = next((one for one, said in given if isinstance(said, str)), None)
        if one := source or changed:
            found.append(Origin(name, value, one.source, one.read_at, source is None))
    return found


_PERSON = ("given_name", "prefix", "family_name", "nickname")
_REACH = ("phones", "emails", "handles", "addresses")
_SINGLE = ("uid", "number", "extra")


def _same_person(known: CustomerRecord, record: CustomerRecord) -> bool:
    """Tell whether name and birthday allow that a source corrects itself, and does not tell of somebody else."""
    ours, theirs = (set(words(f"{one.given_name} {one.family_name} {one.nickname}")) for one in (known, record))
    born = {one.birthday for one in (known, record) if one.birthday}
    return len(born) < 2 and (not ours or not theirs or not ours.isdisjoint(theirs))


def _mark(value: object) -> str:
    text = value if value.__class__ is str else repr(value)
    return f"{crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _place(home: Address) -> list[str]:
    """Words by which two writings are the same address: house and postcode if there is one, else all of it."""
    if home.postcode and home.number:
        return ["".join(words(home.postcode)), "".join(words(home.number))]
    return words(f"{home.street} {home.number} {home.postcode} {home.place}")


KEYS: dict[str, Callable[[Any, str], object]] = {
    "phones": lambda item, region: canonical(item.value, region) or digits(item.value) or item.value,
    "emails": lambda item, _region: item.value.strip().lower(),
    "handles": lambda item, _region: item.value.strip().lower(),
    "addresses": lambda item, _region: _place(item),
    "dates": lambda item, _region: (item.what, item.on),
    "relations": lambda item, _region: words(item.name),
    "profile_refused": lambda item, _region: item,
    "warnings": lambda item, _region: words(item.text),
    "avoid": lambda item, _region: words(item),
    "wishes": lambda item, _region: words(item),
    "interactions": lambda item, _region: item.source_key or (item.kind, item.at, item.note, item.recipe),
    "talk_points": lambda item, _region: (item.text, item.made_on),
    "follow_ups": lambda item, _region: (item.what, item.due),
    "consents": lambda item, _region: (item.purpose, item.channel, item.state, item.at),
}
"""By list of a card: what makes two of its members the same one."""

_NAMES = tuple(
    field.name for field in fields_of(CustomerRecord)
    if field.name not in _SINGLE and not field.private and field.kind != "flag"
)  # fmt: skip
_MARKED = attrgetter(*_NAMES)
"""The values that get a mark."""


def _value(field: Field, ours: Any, theirs: Any, said: Marks, differences: list[Difference]) -> Any:
    if field.policy == "keep":
        return ours
    if field.policy == "either":
        return ours or theirs
    given = said.get(field.name)
    if not theirs or theirs == ours or given == _mark(theirs):
        return ours  # nothing new; and what is taken out of a source stays on the card
    if not ours:
        return theirs
    if given is not None:
        if given == _mark(ours):  # as the source gave it: its own to correct
            return theirs
        differences.append(Difference(field.name, str(ours), str(theirs)))
        return ours
    return _joined(ours, theirs) if field.policy == "join" else ours


def _joined(known: str, new: str) -> str:
    if not new.strip() or new.strip() in known:
        return known
    return f"{known.rstrip()}\n\n{new.strip()}" if known.strip() else new


def _profile(
    ours: dict[str, Any], theirs: dict[str, Any], refused: Sequence[str], said: Marks, differences: list[Difference]
) -> dict[str, Any]:
    """The profile with what was not known yet; tags are added to those there are."""
    left = dict(ours)
    for key, value in theirs.items():
        present, given = ours.get(key), said.get(f"profile.{key}")
        if key in refused or value == present or given == _mark(value):
            continue
        if key not in ours or given == _mark(present):
            left[key] = value
        elif isinstance(value, list) and isinstance(present, list):
            left[key] = present + [tag for tag in value if tag not in present]
        elif given is not None:
            differences.append(Difference(f"profile.{key}", str(present), str(value)))
    return left


def _list(
    name: str, ours: list[Any], theirs: list[Any], known: CustomerRecord, region: str, said: Marks, gone: list[str]
) -> list[Any]:
    """The list with what is new behind it; what the source gave before and gives no more makes room for it."""
    if name == "profile_refused":
        theirs = [key for key in theirs if key not in known.profile]
    if not theirs and name not in said:
        return ours
    key = KEYS[name]
    left = [_with_birthday(member, theirs) for member in ours] if name == "relations" else list(ours)
    here = [key(member, region) for member in ours]
    new = []
    for member in theirs:
        if (mark := key(member, region)) not in here:
            here.append(mark)
            new.append(member)
    before = said.get(name, ())
    if before:
        there = {_mark(key(member, region)) for member in theirs}
        new = [member for member in new if _mark(key(member, region)) not in before]  # was taken off the card here
        for place, member in enumerate(left):
            mark = _mark(key(member, region))
            if mark in before and mark not in there:
                # Another child is no correction of the first, and a label that somebody changed is a word of theirs.
                instead = next((one for one in new if name in _REACH and one.label == member.label), None)
                if instead is None:
                    gone.append(_told(member))
                else:
                    left[place] = instead
                    new.remove(instead)
    return left + new


def _with_birthday(member: Any, theirs: Sequence[Any]) -> Any:
    """Somebody near, with the birthday that was unknown until now."""
    if member.birthday is not None:
        return member
    born = next((one.birthday for one in theirs if one.birthday and one.name == member.name), None)
    return replace(member, birthday=born) if born else member


def _told(member: Any) -> str:
    """Value in a few words."""
    if isinstance(member, Address):
        parts = (f"{member.street} {member.number}", f"{member.postcode} {member.place}")
        return ", ".join(" ".join(part.split()) for part in parts if part.strip())
    if isinstance(member, list):
        return ", ".join(map(str, member))
    return str(getattr(member, "value", None) or getattr(member, "name", None) or getattr(member, "on", member))
