"""Search results: customers found, and cards that may be duplicates of a new one."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Found(NamedTuple):
    """One customer found; ``match`` is name, phone, email, place, note, number or similar; ``snippet`` shows why."""

    customer_id: int
    number: str
    name: str
    match: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    birthday: str | None
    last_visit: date | None
    place: str = ""
    organisation: str = ""
    snippet: str = ""
    badge: str = ""  # "morgen jarig", "klacht open"
    deceased: bool = False


class FindResult(NamedTuple):
    """Result of a search: at most 50, best first.

    ``total`` counts up to 1,000; ``terms`` are the folded words to highlight.
    """

    query: str
    results: tuple[Found, ...]
    total: int
    terms: tuple[str, ...] = ()


class Likeness(NamedTuple):
    """Duplicate, perhaps: somebody a new card may already be, with the reasons in words; score 0 to 1."""

    customer_id: int
    number: str
    name: str
    detail: str
    score: float
    reasons: tuple[str, ...]
