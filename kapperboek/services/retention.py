"""How long cards are kept: what comes up for review, what is kept all the same, and what is forgotten in a month.

Marking is a change like any other and can be undone until the day comes; only then somebody is forgotten for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kapperboek.domain.errors import UserError
from kapperboek.domain.roles import FORGET, SETTINGS
from kapperboek.i18n import _, ngettext
from kapperboek.services.roles import require

if TYPE_CHECKING:
    from kapperboek.domain.views.rights import ReviewRow
    from kapperboek.domain.views.saved import Saved
    from kapperboek.storage.notebook import Notebook

SETTING = "retention_years"
USUAL = 7  # years
CHOICES = (2, 3, 5, 7, 10, 0)  # 0: nothing comes up
UNDO_DAYS = 30
KEEP_DAYS = 365


class Retention(NamedTuple):
    """For how many years, how many cards are up for review, and how many will be forgotten."""

    years: int
    review: int
    marked: int


def overview(book: Notebook) -> Retention:
    """How it stands."""
    return Retention(years(book), len(review(book)), len(marked(book)))


def years(book: Notebook) -> int:
    """For how many years after the last contact a card is kept; 0 is without end."""
    return int(book.get_setting(SETTING, USUAL))


def set_years(book: Notebook, number: int, *, by: int = 0) -> Saved:
    """Another time. UserError when it is none of the choices."""
    from kapperboek.storage import settings

    if number not in CHOICES:
        raise UserError("years", _("Choose one of: {choices}.").format(choices=", ".join(map(str, CHOICES))))
    require(book, by, SETTINGS)
    with book.unit_of_work(_("Retention time saved"), staff_id=by) as uow:
        settings.put(uow, SETTING, number)
    return uow.saved


def review(book: Notebook) -> tuple[ReviewRow, ...]:
    """Cards nobody has needed for that long, the longest ago first."""
    from kapperboek.storage.queries import retention

    before = _before(book)
    return retention.unused(book, before, book.clock.today()) if before else ()


def marked(book: Notebook) -> tuple[ReviewRow, ...]:
    """Who will be forgotten, and when."""
    from kapperboek.storage.queries import retention

    return retention.marked(book)


def keep(book: Notebook, customer_ids: Sequence[int], *, by: int = 0) -> Saved:
    """These stay for another year, also when they were to be forgotten."""
    text = ngettext("{n} card is kept for another year", "{n} cards are kept for another year", len(customer_ids))
    return _decide(book, customer_ids, "keep", KEEP_DAYS, text, by)


def mark(book: Notebook, customer_ids: Sequence[int], *, by: int = 0) -> Saved:
    """These are forgotten in a month, unless somebody undoes it or they are in touch."""
    number = len(customer_ids)
    text = ngettext("{n} card will be forgotten in a month", "{n} cards will be forgotten in a month", number)
    return _decide(book, customer_ids, "forget", UNDO_DAYS, text, by)


def purge(book: Notebook) -> int:
    """Forget those whose day has come; how many. Who was in touch since stays, and comes up again when it is time."""
    from kapperboek.services.forgetting import forget_all
    from kapperboek.storage.queries import retention

    before = _before(book)
    ids = retention.due(book, before, book.clock.today()) if before else []
    if ids:
        forget_all(book, ids)
    return len(ids)


def _before(book: Notebook) -> date | None:
    """Contact before this day is too long ago."""
    number, today = years(book), book.clock.today()
    return today - timedelta(days=round(number * 365.25)) if number else None


def _decide(book: Notebook, customer_ids: Sequence[int], kind: str, days: int, text: str, by: int) -> Saved:
    from kapperboek.storage.lookup import find_rows
    from kapperboek.storage.tables import DueDecision

    require(book, by, FORGET)
    until = (book.clock.today() + timedelta(days=days)).isoformat()
    with book.unit_of_work(text.format(n=len(customer_ids)), staff_id=by) as uow:
        for customer_id in customer_ids:
            for row in (*find_rows(uow, DueDecision, customer_id=customer_id, kind="keep"),
                        *find_rows(uow, DueDecision, customer_id=customer_id, kind="forget")):  # fmt: skip
                uow.delete(row)
            uow.add(DueDecision(customer_id=customer_id, kind=kind, hidden_until=until, staff_id=by or None))
    return uow.saved
