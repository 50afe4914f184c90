"""Rows of a CustomerRecord: its texts as the columns, and back; dates, amounts, moments, lists.

Everything is checked before the first row is written, so that one bad record never takes another along.
"""

from __future__ import annotations

import json
import re
from datetime import date

from kapperboek.domain.errors import UserError
from kapperboek.domain.time.dates import PartialDate, is_whole_day
from kapperboek.domain.word_cache import keep
from kapperboek.i18n import _

_AMOUNT = re.compile(r"^(-?)(\d{1,12})(?:\.(\d{1,2}))?$", re.ASCII)
_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::\d\d(?:\.\d+)?)?)?$", re.ASCII)

MIDNIGHT = "T00:00"


def cents(amount: str | None) -> int | None:
    """Decimal text as whole cents; None stays None. UserError when it isn't an amount."""
    if amount is None or amount == "":
        return None
    found = _AMOUNT.match(amount)
    if found is None:
        raise UserError("bad-amount", _("“{text}” is not an amount of money.").format(text=_short(amount)))
    value = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return -value if found[1] else value


def amount(value: int | None) -> str | None:
    """Whole cents as decimal text: 9650 → ``96.50``."""
    if value is None:
        return None
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"


def moment(text: str) -> str:
    """A moment of contact as it is stored, to the minute; a day alone means its start. UserError otherwise."""
    found = _MOMENT.match(text)
    if found is None:
        raise _no_day(text)
    _check_day(found[1])
    return f"{found[1]}T{found[2]}:{found[3]}" if found[2] else found[1] + MIDNIGHT


def day(text: str | None) -> str | None:
    """A whole day ``YYYY-MM-DD`` as it is stored; None and empty give None. UserError otherwise."""
    if not text:
        return None
    _check_day(text)
    return text


@keep(8192)
def _check_day(text: str) -> None:
    try:
        found = date.fromisoformat(text)
        # A year like 0206 or 9999 is a slip, and reckoning weeks from it leaves the calendar.
        whole = found.isoformat() == text and 1800 <= found.year <= 2200
    except ValueError:
        whole = False
    if not whole:
        raise _no_day(text)


def year_and_day(text: str) -> tuple[int | None, str]:
    """A full or partial day as (year or None, ``MM-DD``). UserError when there is no such day."""
    if is_whole_day(text):
        return int(text[:4]), text[5:]
    try:
        partial = PartialDate.parse(text)
    except ValueError:
        raise _no_day(text) from None
    return partial.year, f"{partial.month:02d}-{partial.day:02d}"


def partial_day(year: int | None, month_day: str | None) -> str | None:
    """The inverse of ``year_and_day``; None when there is no day."""
    if month_day is None:
        return None
    return f"{year:04d}-{month_day}" if year is not None else f"--{month_day}"


@keep(4096)
def _names(items: tuple[str, ...]) -> str:
    return json.dumps(items, ensure_ascii=False)


def names(items: list[str]) -> str:
    """A list of names (treatments, products) as JSON."""
    return _names(tuple(items)) if items else "[]"


@keep(4096)
def _parsed(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def listed(text: str) -> tuple[str, ...]:
    """The inverse of ``names``."""
    return () if text == "[]" else _parsed(text)


def packed(value: object) -> str:
    """Anything a document may hold, as JSON, the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def one_of(kind: str) -> str:
    """A kind of contact moment. UserError for a word we don't know."""
    from kapperboek.domain.records import CONTACT_KINDS

    if kind not in CONTACT_KINDS:
        raise UserError("bad-kind", _("“{text}” is not a kind of contact.").format(text=_short(kind)))
    return kind


def _no_day(text: str) -> UserError:
    return UserError("bad-day", _("“{text}” is not a day.").format(text=_short(str(text))))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
