"""Outcome of a change: done, undone or done again, and how far the journal was read."""

from __future__ import annotations

from typing import NamedTuple


class Saved(NamedTuple):
    """Change that a unit of work saved: told to the window, so that pages showing one of these ask again.

    ``what`` is the sentence of the journal and the toast ("Bezoek van Marieke Jansen bewaard"); ``kinds`` are table
    names; ``customer_id`` is the card it was about, 0 when none or many; ``customers`` all cards touched (empty with
    ``many`` true: too many to name).
    """

    change_id: int
    what: str
    kinds: frozenset[str]
    customers: frozenset[int]
    customer_id: int = 0
    many: bool = False


class TakenBack(Saved):
    """Outcome of an undo, taking another change back: one may want that again."""


class DoneAgain(Saved):
    """Outcome of a redo, having again what had been taken back."""


class JournalMark(NamedTuple):
    """Mark of how far a program has read the journal.

    ``version`` changes when another connection writes (of SQLite, for one connection only); ``change_id`` and ``uid``
    are of the last change there was then.
    """

    version: int
    change_id: int
    uid: str
