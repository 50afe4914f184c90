"""What somebody who works here and is no owner may do beside the work itself: what the owner chose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapperboek.domain.views.settings import StaffView

EXPORT, FORGET, SETTINGS, PRICES = RIGHTS = ("export", "forget", "settings", "prices")
USUAL = (PRICES,)  # of staff, until the owner chooses


def at_work(people: Iterable[StaffView], last: int, *, known: bool) -> int:
    """Who works when the window opens: who did so last, else the first who works here; 0 when nobody does. Unless it is
    ``known`` who sits there, rather somebody without a PIN, whose name anybody may take.
    """
    here = sorted((person for person in people if person.active), key=lambda person: person.id != last)
    free = [person for person in here if not person.has_pin]
    return next((person.id for person in (here if known else free or here)), 0)


def may(role: str, staff_may: tuple[str, ...], right: str) -> bool:
    """Whether somebody with this role has the right; an owner has them all."""
    return role != "staff" or right in staff_may
