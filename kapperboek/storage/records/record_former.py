"""Former contents of a card: a file of our own that is older than the card must not bring them back.

The journal knows the words of everything that was changed or removed here. What a file has beyond the card and the
journal is news; the rest was decided upon since.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kapperboek.domain.records import CustomerRecord, InteractionRecord
from kapperboek.storage.file.notebook import Notebook

if TYPE_CHECKING:
    from collections.abc import Callable

_BEFORE = (
    "SELECT r.table_name, r.before FROM change_row r JOIN change c ON c.id = r.change_id"
    " WHERE r.customer_id = ? AND r.before IS NOT NULL AND c.undone_by_id IS NULL AND c.undoes_id IS NULL"
)


def without_former(
    book: Notebook, customer_id: int, known: CustomerRecord, record: CustomerRecord
) -> tuple[CustomerRecord, bool]:
    """The record without what the card had before and the contacts it has, and whether anything of that differs."""
    said = {
        (table, column, value)
        for table, before in book.rows(_BEFORE, (customer_id,))
        for column, value in json.loads(before).items()
        if isinstance(value, str) and value
    }
    moments, differ = _new_moments(known.interactions, record.interactions)
    record = replace(record, interactions=moments)
    for name, table, column, text in _LISTS:
        here, items = getattr(known, name), getattr(record, name)
        former = [item for item in items if item not in here and (table, column, text(item)) in said]
        if former:
            differ = True
            setattr(record, name, [item for item in items if item not in former])  # of the copy
    if record.note != known.note and ("customer", "note", record.note) in said:
        return replace(record, note=""), True
    return record, differ


_LISTS: tuple[tuple[str, str, str, Callable[..., str]], ...] = (
    ("phones", "contact_point", "value", lambda item: item.value),
    ("emails", "contact_point", "value", lambda item: item.value),
    ("handles", "contact_point", "value", lambda item: item.value),
    ("addresses", "address", "street", lambda item: item.street),
    ("relations", "relation", "name", lambda item: item.name),
    ("warnings", "card_line", "text", lambda item: item.text),
    ("avoid", "card_line", "text", lambda item: item),
    ("wishes", "card_line", "text", lambda item: item),
    ("talk_points", "talk_point", "text", lambda item: item.text),
    ("follow_ups", "follow_up", "due", lambda item: item.due),
    ("interactions", "interaction", "at", lambda item: item.at),
)
"""What can be told from the journal: the list in a record, and where its words stand in the notebook."""


def _new_moments(
    known: list[InteractionRecord], items: list[InteractionRecord]
) -> tuple[list[InteractionRecord], bool]:
    """The contacts of which the card has none at that time that is not spoken for, and whether one it has says more in
    the file. An appointment may be a visit by now.
    """
    there: dict[tuple[str, str], list[InteractionRecord]] = defaultdict(list)
    keys = {item.source_key for item in known if item.source_key}
    for item in known:
        there[item.kind, item.at].append(item)
    new, differ = [], False
    for item in items:
        kinds = (item.kind, "visit") if item.kind == "appointment" else (item.kind,)
        found = next((there[kind, item.at] for kind in kinds if there[kind, item.at]), None)
        if found:
            mine = found.pop(0)
            differ = differ or item.note not in mine.note or item.recipe not in mine.recipe
        elif not item.source_key or item.source_key not in keys:
            new.append(item)
    return new, differ
