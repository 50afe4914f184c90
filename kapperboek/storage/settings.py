"""The shop's settings: a name and a value, kept as JSON, journaled like everything people write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook
    from kapperboek.storage.unit_of_work import UnitOfWork

HAS_PASSPHRASE = "has_passphrase"  # whether somebody chose one; else the key is a random one that is kept


def get(book: Notebook, key: str, default: object = None) -> Any:
    """The value of a setting, ``default`` when it was never set or cannot be what it says."""
    text = book.value("SELECT value FROM setting WHERE key = ?", (key,))
    value = None if text is None else parsed(text)
    return default if value is None or (key == "timezone" and not _is_zone(value)) else value


def parsed(text: object) -> Any:
    """A value as it is kept; None when that cannot be read."""
    try:
        return json.loads(str(text))
    except ValueError:
        return None


def _is_zone(name: object) -> bool:
    """Whether it is a time zone: the name of one leads to a file, and may not lead to another."""
    from zoneinfo import ZoneInfo

    try:
        return bool(ZoneInfo(str(name)))
    except (KeyError, ValueError, OSError):
        return False


def remember(book: Notebook, key: str, value: object) -> None:
    """Set what the program itself must know, without a journal entry: nobody did it, and nobody should take it back
    with Ctrl+Z. Raises UserError as any saving does.
    """
    from kapperboek.storage.unit_of_work import writing

    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    with writing(book):
        book.connection.execute(
            "INSERT INTO setting (key, value, version) VALUES (?, ?, 1)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = version + 1",
            (key, text),
        )


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
