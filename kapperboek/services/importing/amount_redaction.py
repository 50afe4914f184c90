"""Redaction of amounts: left out of whatever is taken out of the notebook by somebody who may not see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kapperboek.domain.records import CustomerRecord, DocumentRecord
from kapperboek.domain.staff_rights import PRICES
from kapperboek.services import permissions
from kapperboek.storage.file.notebook import Notebook

NAMES = frozenset({"amount", "amount_cents", "price", "price_cents"})  # of columns, keys of the document and of drafts


def seen(book: Notebook, by: int) -> bool:
    """Permission to see amounts, of this person."""
    return permissions.may(book, by, PRICES)


def blinder(book: Notebook, by: int) -> Callable[[CustomerRecord], CustomerRecord]:
    """Redactor for this person: it makes a customer as they may see them, without amounts or unchanged."""
    return _same if seen(book, by) else without_amounts


def _same(record: CustomerRecord) -> CustomerRecord:
    return record


def without_amounts(record: CustomerRecord) -> CustomerRecord:
    """The customer, of whom nothing tells what they paid."""
    for moment in record.interactions:
        moment.amount = None
    record.extra = _plain(record.extra)
    return record


def without_prices(head: DocumentRecord) -> DocumentRecord:
    """The head of a document, without what anything costs."""
    return replace(head, treatments=[replace(one, price=None) for one in head.treatments], extra=_plain(head.extra))


def left_out(found: Any) -> Any:
    """Redact the amounts in found data, wherever they stand: plain values as JSON has them, also in JSON text."""
    if isinstance(found, list):
        return [left_out(one) for one in found]
    if isinstance(found, dict):
        return _plain(found)
    if isinstance(found, str) and found[:1] in ("{", "["):
        try:
            return json.dumps(left_out(json.loads(found)), ensure_ascii=False)
        except (ValueError, RecursionError):
            return found
    return found


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """``/interactions/0/price`` is how a document names a key it does not know."""
    return {key: left_out(value) for key, value in found.items() if key.rpartition("/")[2] not in NAMES}
