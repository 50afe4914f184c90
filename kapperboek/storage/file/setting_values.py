"""Values of settings: how they are kept as text, and what is believed of what stands there."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kapperboek.i18n import LANGUAGES


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
    """Tell whether it names a time zone: the name of one leads to a file, and may not lead to another."""
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
}
