"""The shop's settings: a name and a value, kept as JSON, journaled like everything people write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook
    from kapperboek.storage.unit_of_work import UnitOfWork


def get(book: Notebook, key: str, default: object = None) -> Any:
    """The value of a setting, ``default`` when it was never set."""
    text = book.value("SELECT value FROM setting WHERE key = ?", (key,))
    return default if text is None else json.loads(text)


def put(uow: UnitOfWork, key: str, value: object) -> None:
    """Set a value; anything JSON can hold. Nothing is written when it is the same."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    old = uow.book.row("SELECT value, version FROM setting WHERE key = ?", (key,))
    if old is None:
        uow.execute("INSERT INTO setting (key, value, version) VALUES (?, ?, 1)", (key, text))
        uow.note("setting", key, "insert", None, 1, None)
    elif old[0] != text:
        uow.execute("UPDATE setting SET value = ?, version = version + 1 WHERE key = ?", (text, key))
        uow.note("setting", key, "update", {"value": old[0]}, old[1] + 1, None)
