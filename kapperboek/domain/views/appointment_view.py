"""Start of the appointment dialog: the fields it opens with."""

from __future__ import annotations

from typing import NamedTuple


class AppointmentStart(NamedTuple):
    """Start of the appointment dialog: a new one as this customer usually comes, one that was made as it stands.

    ``staff_id`` is 0 when nobody is the usual one; ``state``: empty, cancelled or missed.
    """

    customer_id: int
    name: str
    at: str
    minutes: int | None
    treatments: tuple[str, ...]
    staff_id: int
    note: str
    state: str
    warnings: tuple[str, ...]  # none about health: of those only the number is here
    health_facts: int
    talk_points: tuple[str, ...]  # those that may be brought up today, while it is made
    version: int = 0
