"""Undo by key: what stands in front, and what is asked before more than that is taken back."""

from __future__ import annotations

from typing import NamedTuple


class Sitting(NamedTuple):
    """Sitting of one person: what they did since the program started or they took over, and what they see now.

    ``since``: the last change before that. ``customer_id``: the card in front, 0 for any other page. ``here``: the
    changes that were made on this very page.
    """

    staff_id: int
    since: int
    customer_id: int = 0
    here: frozenset[int] = frozenset()


class TakeBack(NamedTuple):
    """Undo that is asked about first: what would be taken back if somebody says yes; ``at`` is the shop's time.

    ``again``: it was taken back before and would be done again. ``customer`` is the bare name of the only card it is
    about. ``parts`` counts the rows of each table that would go (insert), come back (delete) and get their former words
    (update).
    """

    change_id: int
    what: str
    at: str
    source: str
    again: bool
    cards: int
    customer: str
    other_card: bool  # it is about somebody else than the card in front
    other_day: bool
    parts: dict[str, dict[str, int]]
