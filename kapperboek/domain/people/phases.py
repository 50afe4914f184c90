"""Phases of a customer: prospect, new, regular, dormant, lost or former. Derived from visits; a hand may overrule.

The two days that end being regular depend on the customer's own rhythm, so that storage can keep them beside
the customer and filter on them without computing.
"""

from __future__ import annotations

from datetime import date, timedelta

from kapperboek.domain.time.rhythm import NO_LONGER_ABSENT_DAYS, SHOP_DAYS

PHASES = ("prospect", "new", "regular", "dormant", "lost", "former")
REGULAR_FROM_VISITS = 3  # once can be chance, twice a try; who comes a third time comes here
FORMER_AFTER_DAYS = NO_LONGER_ABSENT_DAYS
_LATE_DAYS = 49  # seven weeks late is more than a holiday, an illness or one missed visit
_LOST_DAYS = (182, 700)  # nobody is lost within half a year; whoever comes once a year is by then, too


def phase_dates(
    visit_count: int, last_visit: date | None, rhythm_days: float | None
) -> tuple[date | None, date | None]:
    """The first day of being dormant and of being lost; both None for somebody who never came.

    Dormant: seven weeks past the expected day (half a rhythm when that is more). Lost: four rhythms without a
    visit, but not within half a year. Two years after the last visit (FORMER_AFTER_DAYS) follows former.
    """
    if not visit_count or last_visit is None:
        return None, None
    rhythm = rhythm_days if rhythm_days is not None else SHOP_DAYS
    dormant = rhythm + max(_LATE_DAYS, rhythm / 2)
    lost = min(max(4 * rhythm, dormant + 28, _LOST_DAYS[0]), _LOST_DAYS[1])
    dormant = min(dormant, lost)
    return last_visit + timedelta(days=round(dormant)), last_visit + timedelta(days=round(lost))


def phase_from_dates(
    visit_count: int, last_visit: date | None, dormant_from: date | None, lost_from: date | None, today: date
) -> str:
    """The phase from the days storage keeps (see ``phase_dates``)."""
    if not visit_count or last_visit is None:
        return "prospect"
    if (today - last_visit).days >= FORMER_AFTER_DAYS:
        return "former"
    if lost_from is not None and lost_from <= today:
        return "lost"
    if dormant_from is not None and dormant_from <= today:
        return "dormant"
    return "regular" if visit_count >= REGULAR_FROM_VISITS else "new"
