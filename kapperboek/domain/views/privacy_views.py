"""Privacy views: consent register, health facts, forgetting somebody, cards kept for long, and data breaches."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple


class ConsentView(NamedTuple):
    """One line of the register; ``at`` is the shop's time, of which only the day is known unless ``timed``."""

    purpose: str
    channel: str
    state: str
    at: datetime
    timed: bool
    how: str
    staff: str
    wording: str


class Register(NamedTuple):
    """The consent register of one customer: what is permitted now (purpose → channels), and every line, last first."""

    customer_id: int
    name: str
    no_advertising: bool
    deceased: bool
    allowed: dict[str, list[str]]
    given: frozenset[tuple[str, str]]  # (purpose, channel) as the register alone says it
    history: tuple[ConsentView, ...]


class HealthFact(NamedTuple):
    id: int
    text: str
    made_on: date | None
    staff: str


class HealthView(NamedTuple):
    """The health facts of one customer; ``consent`` is whether they may be kept."""

    customer_id: int
    name: str
    facts: tuple[HealthFact, ...]
    consent: bool


class NamedPlace(NamedTuple):
    """Mention of somebody outside their own card, sure or possible.

    ``number`` and ``name``: on whose card (empty: nobody's); ``what``: in what; ``text``: the words around it. ``key``
    is by what it is chosen. ``by_itself``: it goes whatever is chosen; ``sure``: it is hardly somebody else.
    """

    key: str
    number: str
    name: str
    what: str
    text: str
    by_itself: bool
    sure: bool


class ForgetPreview(NamedTuple):
    """Preview of forgetting somebody, and how much goes: (what, how many) in words, only what there is.

    ``named_on``: number and name of others on whose cards they may be named; ``places`` where they are.
    """

    customer_id: int
    number: str
    name: str
    counts: tuple[tuple[str, int], ...]
    named_on: tuple[tuple[str, str], ...] = ()
    places: tuple[NamedPlace, ...] = ()


class ReviewRow(NamedTuple):
    """Retention review: a card nobody has needed for long.

    ``forget_on`` is the day it will be forgotten, when that was decided. Or a card with ``number_old`` old contacts or
    facts, the oldest of ``last``.
    """

    customer_id: int
    number: str
    name: str
    last: date
    forget_on: date | None
    number_old: int = 0


class BreachView(NamedTuple):
    """Data breach, a leak of personal data; moments are the shop's."""

    id: int
    discovered: str
    what: str
    whose: str
    consequences: str
    measures: str
    reported: bool
    version: int
