"""Update of a card with a record that is read again: fill what is empty, add what is new, never take away."""

from __future__ import annotations

from kapperboek.domain.people.names import words
from kapperboek.domain.people.record_policies import Marks, Outcome, marks, read_again
from kapperboek.domain.records import CustomerRecord
from kapperboek.storage.records.record_apply import apply
from kapperboek.storage.records.record_former import without_former
from kapperboek.storage.records.record_reader import read_customer
from kapperboek.storage.records.record_writer import RecordWriter, shown_names

_NAME = ("given_name", "prefix", "family_name")


def update(writer: RecordWriter, customer_id: int, record: CustomerRecord, said: Marks | None = None) -> bool:
    """Bring a card up to date with a record; ``said`` are the marks of what the same source gave before. False when
    there was nothing new. What the writer kept back is written first.
    """
    writer.flush()
    known = read_customer(writer.uow.book, customer_id)
    if record.uid and record.uid == known.uid:  # a file of our own, which may be older than the card
        record, former = without_former(writer.uow.book, customer_id, known, record)
        writer.kept += [shown_names(known)[0]] if former else []
    outcome = read_again(known, record, writer.region, said)
    told = {name for name, mark in marks(record, writer.region).items() if said and said.get(name) == mark}
    called = _name(outcome.record) or outcome.record.organisation
    writer.contradicted += [(called, kept, other) for kept, other in _contradictions(outcome, record, told)]
    writer.gone += [(called, what) for what in outcome.gone]
    return apply(writer, customer_id, known, outcome.record)


def _contradictions(outcome: Outcome, record: CustomerRecord, told: set[str]) -> list[tuple[str, str]]:
    """Contradictions of the card with what the record says: where the source corrected itself in vain, and otherwise in
    name, firm and birthday, but for what is ``told``: what the source said the last time.
    """
    wider = outcome.record
    pairs = [(each.kept, each.other) for each in outcome.differences]
    differ = {each.field for each in outcome.differences}
    parts = {name for name in _NAME if getattr(record, name)}
    names = [] if parts <= told or parts & differ else [(_name(wider), _name(record))]
    told = told | differ
    if "organisation" not in told:
        names.append((wider.organisation, record.organisation))
    pairs += [
        (kept, other) for kept, other in names if kept and other and not set(words(other)) <= set(words(kept))
    ]
    if wider.birthday and record.birthday and wider.birthday != record.birthday and "birthday" not in told:
        pairs.append((wider.birthday, record.birthday))
    return pairs


def _name(record: CustomerRecord) -> str:
    return " ".join(filter(None, (getattr(record, name) for name in _NAME)))
