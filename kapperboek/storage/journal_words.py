"""The names of columns and what stands in them, as people call them; for the journal only."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from kapperboek.i18n import _, format_day, format_money

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook

AMOUNTS = frozenset({"amount_cents", "price_cents"})  # columns
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", re.ASCII)


def label(table: str, column: str) -> str:
    """What a column is called; empty for columns that follow from others and say nothing by themselves."""
    words = _labels()
    return words.get(f"{table}.{column}", words.get(column, ""))


def in_words(book: Notebook, column: str, value: Any) -> str:
    """A value as people say it: names for staff, days, amounts, yes and no, lists with commas."""
    if value is None or value == "":
        return ""
    teller = _TELLERS.get(column)
    if teller is not None:
        return teller(book, value)
    if isinstance(value, str) and _DAY.fullmatch(value):
        day, _mark, time = value.partition("T")
        return f"{format_day(date.fromisoformat(day))} {time}".strip()
    return str(value)


def _labels() -> dict[str, str]:
    return {**_labels_of_people(), **_labels_of_moments()}


def _labels_of_people() -> dict[str, str]:
    return {
        "honorific": _("Title"),
        "given_name": _("First name"),
        "additional_names": _("Further first names"),
        "prefix": _("Prefix"),
        "family_name": _("Family name"),
        "suffix": _("Suffix"),
        "display_name": _("Shown as"),
        "nickname": _("Nickname"),
        "initials": _("Initials"),
        "organisation": _("Organisation"),
        "department": _("Department"),
        "customer.number": _("Customer number"),
        "address.number": _("House number"),
        "customer_since": _("Customer since"),
        "deceased": _("Deceased"),
        "no_advertising": _("No advertising"),
        "preferred_channel": _("Preferred channel"),
        "regular_staff_id": _("Regular stylist"),
        "phase_by_hand": _("Phase"),
        "note": _("Note"),
        "contact_point.value": _("Phone or e-mail"),
        "profile_value.value": _("What we know"),
        "setting.value": _("Setting"),
        "label": _("Label"),
        "street": _("Street"),
        "postcode": _("Postcode"),
        "place": _("Place"),
        "region": _("Region"),
        "country": _("Country"),
        "year": _("Year"),
        "month_day": _("Day"),
        "name": _("Name"),
    }


def _labels_of_moments() -> dict[str, str]:
    return {
        "text": _("Text"),
        "sensitive_fact.text": "",  # said nowhere but where looking is written down
        "what": _("What"),
        "due": _("Due"),
        "show_on": _("Show again on"),
        "not_before": _("Not before"),
        "outcome": _("Answer"),
        "state": _("State"),
        "at": _("When"),
        "kind": _("Kind"),
        "staff_id": _("Who"),
        "minutes": _("Minutes"),
        "amount_cents": _("Amount"),
        "price_cents": _("Price"),
        "treatments": _("Treatments"),
        "products": _("Products"),
        "choices": _("Choices"),
        "recipe": _("Recipe"),
        "active": _("In use"),
        "health": _("About health"),
        "hidden_until": _("Hidden until"),
    }


def _states() -> dict[str, str]:
    return {
        "open": _("open"),
        "discussed": _("discussed"),
        "dropped": _("dropped"),
        "done": _("done"),
        "cancelled": _("cancelled"),
        "missed": _("missed"),
        "known": _("known"),
        "refused": _("would rather not say"),
        "later": _("not now"),
        "given": _("given"),
        "withdrawn": _("withdrawn"),
    }


def _staff(book: Notebook, value: Any) -> str:
    return str(book.value("SELECT name FROM staff WHERE id = ?", (value,)) or "")


def _yes_or_no(_book: Notebook, value: Any) -> str:
    return _("yes") if value else _("no")


def _money(book: Notebook, value: Any) -> str:
    return format_money(int(value), str(book.get_setting("currency", "EUR")))


def _state(_book: Notebook, value: Any) -> str:
    return _states().get(str(value), str(value))


def _json(_book: Notebook, value: Any) -> str:
    try:
        known = json.loads(value)
    except ValueError:
        return str(value)
    if known is None:
        return ""
    return ", ".join(map(str, known)) if isinstance(known, list) else str(known)


def _month_day(_book: Notebook, value: Any) -> str:
    from kapperboek.i18n import format_month_day

    month, _mark, day = str(value).partition("-")
    return format_month_day(int(month), int(day))


_TELLERS: dict[str, Callable[[Notebook, Any], str]] = {
    "staff_id": _staff,
    "regular_staff_id": _staff,
    "deceased": _yes_or_no,
    "no_advertising": _yes_or_no,
    "active": _yes_or_no,
    "health": _yes_or_no,
    "amount_cents": _money,
    "price_cents": _money,
    "state": _state,
    "treatments": _json,
    "products": _json,
    "choices": _json,
    "value": _json,
    "month_day": _month_day,
}
