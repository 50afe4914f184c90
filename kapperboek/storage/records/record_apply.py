"""Difference between a card and what it shall be, written to its rows: the one way in which a card is changed.

A form that was saved, a file that is read again and a copy that is put back each say what the card shall be; here that
becomes rows. Rows that stay the same are not touched, so that the journal says what was really changed, and an undo is
not in the way of what somebody else did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kapperboek.domain.records import CustomerRecord
from kapperboek.storage.records.record_columns import stored
from kapperboek.storage.records.record_writer import COLUMNS, RecordWriter, Rows, shown_names
from kapperboek.storage.write.row_lookup import existing, find_rows

if TYPE_CHECKING:
    from kapperboek.storage.write.unit_of_work import UnitOfWork

_LISTS: dict[str, tuple[str, ...]] = {
    "contact_point": ("phones", "emails", "handles"),
    "address": ("addresses",),
    "important_date": ("birthday", "dates"),
    "relation": ("relations",),
    "profile_value": ("profile", "profile_refused"),
    "card_line": ("warnings", "avoid", "wishes"),
}
"""Tables whose rows are the members of these lists of a card."""

_HISTORY = ("interactions", "talk_points", "follow_ups", "consents")
"""Lists that are only ever added to in this way: each of their rows is changed by what happens to it."""

_BELOW = 1000  # position of what is added, below whatever is there

Stamp = Mapping[str, Mapping[str, object]]
"""By table, what a row written now is to say beside its content: by whom, when."""


def apply(
    writer: RecordWriter, customer_id: int, known: CustomerRecord, wanted: CustomerRecord, stamp: Stamp | None = None
) -> bool:
    """Make the rows of a card say what ``wanted`` says, of which ``known`` is what they say now. The history and health
    facts are added to and never taken away. False when nothing differed. UserError when something isn't what it should
    be, before anything is written.
    """
    replaced = {table: names for table, names in _LISTS.items() if not _only_added(known, wanted, names)}
    added = writer.child_rows(_additions(known, wanted, replaced), after=_BELOW, consents=known.consents)
    whole = writer.child_rows(_without_history(wanted)) if replaced else {}
    changed = _write_own(writer, customer_id, known, wanted)
    for table in replaced:
        changed |= _write_rows(writer.uow, table, customer_id, whole.get(table, []), (stamp or {}).get(table, {}))
    if "card_line" in replaced:
        added["sensitive_fact"] = _new_health_facts(known, whole.get("sensitive_fact", []))
    if stamp:
        _add_stamped(writer.uow, customer_id, added, stamp)
    if any(added.values()):
        writer.keep(customer_id, added)
        writer.flush()
        changed = True
    if changed:
        writer.uow.touch(customer_id)
    return changed


def _without_history(record: CustomerRecord) -> CustomerRecord:
    return replace(record, interactions=[], talk_points=[], follow_ups=[], consents=[])


def _only_added(known: CustomerRecord, wanted: CustomerRecord, names: tuple[str, ...]) -> bool:
    """Tell whether these lists have nothing but what they had, in their order, and more behind it."""
    return all(_starts_with(getattr(wanted, name), getattr(known, name)) for name in names)


def _starts_with(wanted: Any, known: Any) -> bool:
    if isinstance(known, list):
        return bool(wanted[: len(known)] == known)
    return wanted == known or known is None


def _additions(
    known: CustomerRecord, wanted: CustomerRecord, replaced: Mapping[str, tuple[str, ...]]
) -> CustomerRecord:
    """A record of what the card does not have yet, but for the lists that are replaced as a whole."""
    news: dict[str, Any] = {}
    leave = {name for names in replaced.values() for name in names}
    for name in (*_HISTORY, *(name for names in _LISTS.values() for name in names if name not in leave)):
        ours, theirs = getattr(known, name), getattr(wanted, name)
        if isinstance(theirs, list):
            news[name] = theirs[len(ours) :]
        elif ours is None:
            news[name] = theirs
    return CustomerRecord(given_name=known.given_name, display_name=shown_names(known)[0], **news)


def _new_health_facts(known: CustomerRecord, wanted: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Those that are not on the card yet. None is taken away here: they have a door of their own."""
    there = {warning.text for warning in known.warnings if warning.health}
    return [row for row in wanted if row[1] not in there]


def _write_own(writer: RecordWriter, customer_id: int, known: CustomerRecord, wanted: CustomerRecord) -> bool:
    from kapperboek.storage.write.tables import Customer

    own = stored(CustomerRecord)
    if all(getattr(known, name) == getattr(wanted, name) for name in own.names):
        return False
    row = existing(writer.uow, Customer, customer_id)
    values = dict(zip(own.columns, own.to_row(wanted, writer.named), strict=True))
    values["full_name"], values["sort_key"] = shown_names(wanted)
    assign(row, values)
    return True


def _write_rows(
    uow: UnitOfWork, table: str, customer_id: int, wanted: list[tuple[Any, ...]], stamp: Mapping[str, object]
) -> bool:
    """Keep rows that are wanted as they are, change the others of their kind in place, add and remove the rest."""
    columns = [column for column in COLUMNS[table] if column not in ("id", "customer_id")]
    contents = [dict(zip(columns, values, strict=True)) for values in wanted]
    model = _model(table)
    present = find_rows(uow, model, customer_id=customer_id)
    kept = []
    for content in contents:
        row = next((row for row in present if _same(row, content)), None)
        if row is not None:
            present.remove(row)
        kept.append(row)
    changed, last = False, -1
    for content, same in zip(contents, kept, strict=True):
        row = same or next((row for row in present if _replaces(table, row, content)), None)
        if "position" in content:
            there = -1 if row is None else row.position
            last = content["position"] = there if same and there > last else max(last + 1, content["position"])
        if row is None:
            uow.add(model(customer_id=customer_id, **content, **stamp))
            changed = True
        else:
            changed |= assign(row, content if same else {**content, **stamp})
            if row in present:
                present.remove(row)
    for row in present:
        if not _is_put_off(table, row):
            uow.delete(row)
            changed = True
    return changed


def _model(table: str) -> Any:
    from kapperboek.storage.write import tables

    return {
        "contact_point": tables.ContactPoint, "address": tables.AddressRow, "important_date": tables.ImportantDateRow,
        "relation": tables.RelationRow, "profile_value": tables.ProfileValue, "card_line": tables.CardLineRow,
        "sensitive_fact": tables.SensitiveFact,
    }[table]


def _add_stamped(uow: UnitOfWork, customer_id: int, added: Rows, stamp: Stamp) -> None:
    """Add the rows of tables that have a stamp, which rows written in bulk have not."""
    for table in stamp.keys() & added.keys():
        columns = [column for column in COLUMNS[table] if column not in ("id", "customer_id")]
        for values in added.pop(table):
            uow.add(_model(table)(customer_id=customer_id, **dict(zip(columns, values, strict=True)), **stamp[table]))


def _is_put_off(table: str, row: Any) -> bool:
    """A question put off ("not now") is no part of the record, and editing the card leaves it."""
    return table == "profile_value" and row.state == "later"


def _same(row: Any, content: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in content.items() if name != "position")


def _replaces(table: str, row: Any, content: dict[str, Any]) -> bool:
    """Tell whether a row may become this content: the same field, a line of the same kind, a phone for a phone."""
    if table == "profile_value":
        return bool(row.field_id == content["field_id"])
    if table in ("contact_point", "card_line", "relation"):
        return bool(row.kind == content["kind"])
    return table == "address" or bool(row.what == content["what"])


def assign(row: Any, content: Mapping[str, Any]) -> bool:
    """Set what differs; False when nothing does."""
    changed = {name: value for name, value in content.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
