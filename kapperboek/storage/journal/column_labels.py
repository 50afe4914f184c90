"""Labels for what stands in columns, as people say it in the journal: staff by name, days, amounts, yes and no."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from kapperboek.domain.field_labels import field_kind
from kapperboek.domain.labels import value_label
from kapperboek.i18n import _, format_day, format_money, format_month_day
from kapperboek.storage.file.notebook import Notebook

AMOUNTS = frozenset({"amount_cents", "price_cents"})  # columns
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", re.ASCII)


def in_words(book: Notebook, table: str, column: str, value: Any) -> str:
    """A value as people say it: names for staff, days, amounts, yes and no, lists with commas."""
    if value is None or value == "":
        return ""
    teller = _OF_A_KIND.get(field_kind(table, column)) or _TELLERS.get(column)
    if teller is not None:
        return teller(book, value)
    if isinstance(value, str) and _DAY.fullmatch(value):
        day, _mark, time = value.partition("T")
        return f"{format_day(date.fromisoformat(day))} {time}".strip()
    return value_label(table, column, str(value))


def _staff(book: Notebook, value: Any) -> str:
    return str(book.value("SELECT name FROM staff WHERE id = ?", (value,)) or "")


def _household(book: Notebook, value: Any) -> str:
    return str(book.value("SELECT name FROM household WHERE id = ?", (value,)) or "")


def _yes_or_no(_book: Notebook, value: Any) -> str:
    return _("yes") if value else _("no")


def _money(book: Notebook, value: Any) -> str:
    return format_money(int(value), str(book.get_setting("currency", "EUR")))


def _json(_book: Notebook, value: Any) -> str:
    try:
        known = json.loads(value)
    except ValueError:
        return str(value)
    if known is None:
        return ""
    return ", ".join(map(str, known)) if isinstance(known, list) else str(known)


def _month_day(_book: Notebook, value: Any) -> str:
    month, _mark, day = str(value).partition("-")
    return format_month_day(int(month), int(day))


_TELLERS: dict[str, Callable[[Notebook, Any], str]] = {
    "staff_id": _staff, "health": _yes_or_no, "value": _json, "month_day": _month_day,
}
_OF_A_KIND: dict[str, Callable[[Notebook, Any], str]] = {
    "staff": _staff, "household": _household, "flag": _yes_or_no, "amount": _money, "texts": _json,
}
