"""The shop's settings: a name and a value, kept as JSON, journaled like everything people write. They are read with
``Notebook.get_setting``."""

from __future__ import annotations

import json

from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.unit_of_work import UnitOfWork, writing

HAS_PASSPHRASE = "has_passphrase"  # whether somebody chose one; else the key is a random one that is kept


def remember(book: Notebook, key: str, value: object) -> None:
    """Set what the program itself must know, without a journal entry: nobody did it, and nobody should take it back
    with Ctrl+Z. Raises UserError as any saving does.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    with writing(book):
        book.connection.execute(
            "INSERT INTO setting (key, value, version) VALUES (?, ?, 1)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = setting.version + 1",
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
