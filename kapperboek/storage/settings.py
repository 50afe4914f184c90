"""The shop's settings: a name and a value, kept as JSON, journaled like everything people write."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kapperboek.i18n import LANGUAGES

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook
    from kapperboek.storage.unit_of_work import UnitOfWork

HAS_PASSPHRASE = "has_passphrase"  # whether somebody chose one; else the key is a random one that is kept


def get(book: Notebook, key: str, default: object = None) -> Any:
    """The value of a setting, ``default`` when it was never set or cannot be what it says."""
    text = book.value("SELECT value FROM setting WHERE key = ?", (key,))
    value = None if text is None else parsed(key, text)
    return default if value is None else value


def parsed(key: str, text: object) -> Any:
    """A value as it is kept; None when it cannot be read, or cannot be what that setting is."""
    try:
        value = json.loads(str(text))
    except (ValueError, RecursionError):
        return None
    return value if _KINDS.get(key, _anything)(value) else None


def _anything(_value: object) -> bool:
    return True


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_country(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 and value.isascii() and value.isalpha()


def _is_currency(value: object) -> bool:
    return isinstance(value, str) and len(value) == 3 and value.isascii() and value.isalpha()


def _is_one_of(*choices: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in choices


def _is_number(least: int, most: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and least <= value <= most


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_weekdays(value: object) -> bool:
    return isinstance(value, list) and all(type(one) is int and 0 <= one <= 6 for one in value)


def _is_words_by_name(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _is_memory(value: object) -> bool:
    """Words by name; those about a moment can be read as one."""
    if not (isinstance(value, dict) and _is_words_by_name(value)):
        return False
    try:
        return all(datetime.fromisoformat(one) for name, one in value.items() if one and name.endswith("_at"))
    except ValueError:
        return False


def _is_zone(name: object) -> bool:
    """Whether it is a time zone: the name of one leads to a file, and may not lead to another."""
    from zoneinfo import ZoneInfo

    try:
        return isinstance(name, str) and bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


# What stands in a notebook may have been written by anybody; nothing else than this is believed.
_KINDS: dict[str, Callable[[object], bool]] = {
    "shop_name": _is_text, "timezone": _is_zone, "region": _is_country, "currency": _is_currency,
    "language": _is_one_of(*LANGUAGES), "theme": _is_one_of("light", "dark", "system"),
    "text_scale": _is_number(75, 300), "promise_days": _is_number(1, 60), "discreet_after": _is_number(0, 240),
    "lock_after": _is_number(0, 240), **dict.fromkeys(
        ("retention_years", "retention_years_moment", "retention_years_health", "retention_years_journal"),
        _is_number(0, 100),
    ), "staff_may": _is_words, "former_keys": _is_words_by_name, "recovery_proved_for": _is_text,
    "closed_weekdays": _is_weekdays, "closed_dates": _is_words,
    "backup_place": _is_text, "has_passphrase": lambda value: isinstance(value, bool), "upkeep": _is_memory,
    "document_extra": lambda value: isinstance(value, dict),
}  # fmt: skip


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
