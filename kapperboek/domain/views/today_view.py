"""The page Today."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class TodayLine(NamedTuple):
    """One line of Today: who, what, why it is there, and what can be done with it.

    ``kind``: appointment, unsettled (one of the last days, nobody said whether they came), follow_up, promise,
    birthday, anniversary, absent, talk_point, question.
    ``text`` is what to do or what it is; ``why`` the reason; ``due_text`` the badge ("2 dagen te laat", "do 26 nov").
    ``ref`` is the id of the follow-up, the contact moment, the date or the asked field behind it. Appointments carry
    time, minutes, with whom, talk points due and the first warning.
    """

    kind: str
    customer_id: int
    number: str
    name: str
    text: str
    why: str
    due: date
    due_text: str = ""
    overdue: bool = False
    ref: int = 0
    phone: str = ""
    time: str = ""
    minutes: int = 0
    warning: str = ""
    talk_points: tuple[str, ...] = ()
    badge: str = ""  # "morgen jarig", "10e bezoek", how often somebody comes: beside the name
    badge_kind: str = ""  # birthday, milestone
    staff: str = ""
    version: int = 0
    namesake: bool = False  # somebody else has this name too


class Today(NamedTuple):
    """All of Today for one day; ``lines`` in the order they are shown; ``counts`` per kind."""

    date: date
    lines: tuple[TodayLine, ...]
    empty: bool  # whether there are no cards at all yet
    absent_total: int  # all who stay away; lines hold the first ones
