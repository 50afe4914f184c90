"""Retention: how long each kind of data is kept, what comes up for review, what is kept all the same, what goes.

Nothing goes by itself but the journal's memory. Marking a card, and taking out old contacts, are changes like any other
and can be undone for a month; only then they are gone for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from kapperboek.domain.errors import UserError
from kapperboek.domain.staff_rights import FORGET, SETTINGS
from kapperboek.domain.views.privacy_views import NamedPlace, ReviewRow
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, ngettext
from kapperboek.services.permissions import require
from kapperboek.services.privacy import forgetting as service
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import clock_guard, erasure, retention_purge
from kapperboek.storage.read.privacy import retention_query
from kapperboek.storage.read.privacy.retention_query import marked as marked
from kapperboek.storage.write import setting_store, upkeep_memory
from kapperboek.storage.write.row_lookup import find_rows
from kapperboek.storage.write.unit_of_work import unit_of_work

# Kinds of data: whole cards; contacts and what came of them; health facts; what the journal remembers of changes.
CARD, MOMENT, HEALTH, JOURNAL = KINDS = ("card", "moment", "health", "journal")
USUAL = {CARD: 7, MOMENT: 0, HEALTH: 2, JOURNAL: 0}  # years
CHOICES = (2, 3, 5, 7, 10, 0)  # 0: nothing comes up
UNDO_DAYS = 30
KEEP_DAYS = 365
AT_ONCE = 10  # forgotten in one transaction


class Retention(NamedTuple):
    """Retention by kind of data: years, and the number of cards up for review; and how many will be forgotten."""

    years: dict[str, int]
    review: dict[str, int]
    marked: int


def overview(book: Notebook) -> Retention:
    """Overview of retention: years and cards to review of each kind of data, and the number of cards marked."""
    reviewed = {kind: len(review(book, kind)) for kind in KINDS if kind != JOURNAL}
    return Retention({kind: years(book, kind) for kind in KINDS}, reviewed, len(marked(book)))


def years(book: Notebook, kind: str = CARD) -> int:
    """Years that this kind of data is kept, a card after the last contact; 0 is without end."""
    return int(book.get_setting(_setting(kind), USUAL[kind]))


def set_years(book: Notebook, number: int, kind: str = CARD, *, by: int = 0) -> Saved:
    """Set the retention time of a kind, in years. UserError "years" when it is none of the choices, "owner-only"."""
    if number not in CHOICES:
        raise UserError("years", _("Choose one of: {choices}.").format(choices=", ".join(map(str, CHOICES))))
    require(book, by, SETTINGS)
    with unit_of_work(book, _("Retention time saved"), staff_id=by) as uow:
        setting_store.put(uow, _setting(kind), number)
    return uow.saved


def would_forget(book: Notebook, number: int) -> int:
    """Number of changes the journal would forget now if it kept them for so many years."""
    return retention_purge.old_changes(book, _long_ago(book.clock.today(), number))


def _setting(kind: str) -> str:
    return "retention_years" if kind == CARD else f"retention_years_{kind}"


def review(book: Notebook, kind: str = CARD) -> tuple[ReviewRow, ...]:
    """Cards nobody has needed for that long, or with contacts or health facts that old; the longest ago first."""
    before = _before(book, kind)
    if before is None:
        return ()
    if kind == CARD:
        return retention_query.unused(book, before, book.clock.today())
    return retention_query.with_old(book, kind, before)


def take_out(book: Notebook, customer_ids: Sequence[int], kind: str, *, by: int = 0) -> Saved:
    """Remove what is kept too long of this kind from these cards. Undo brings it back, for a month.

    UserError "owner-only".
    """
    require(book, by, FORGET)
    before, number = _before(book, kind), len(customer_ids)
    text = {
        MOMENT: ngettext("Old contacts of {n} card removed", "Old contacts of {n} cards removed", number),
        HEALTH: ngettext("Old health facts of {n} card removed", "Old health facts of {n} cards removed", number),
    }[kind]
    with unit_of_work(book, text.format(n=number), staff_id=by, source=retention_purge.SOURCE) as uow:
        if before is not None:
            retention_purge.take_out(uow, kind, before, customer_ids)
    return uow.saved


def keep(book: Notebook, customer_ids: Sequence[int], *, by: int = 0) -> Saved:
    """Keep these cards for another year, also when they were to be forgotten. UserError "owner-only"."""
    text = ngettext("{n} card is kept for another year", "{n} cards are kept for another year", len(customer_ids))
    return _decide(book, customer_ids, "keep", KEEP_DAYS, text, by)


def mark(book: Notebook, customer_ids: Sequence[int], *, by: int = 0) -> Saved:
    """Mark cards to be forgotten in a month, unless it is undone or they are in touch. UserError "owner-only"."""
    number = len(customer_ids)
    text = ngettext("{n} card will be forgotten in a month", "{n} cards will be forgotten in a month", number)
    return _decide(book, customer_ids, "forget", UNDO_DAYS, text, by)


def purge(book: Notebook) -> int:
    """Forget those whose day has come; how many. Who was in touch since stays, and comes up again when it is time.

    What was taken out of cards a month ago, and what the journal remembers for too long, goes for good too. All of it
    only when the program ran on some days since (see ``clock_guard``): a wrong clock takes nothing away. A few at a
    time, so that whoever saves something meanwhile hardly waits; the file is wiped once, at the end. Nobody is there to
    look at where else they are named: what can hardly be anybody else goes from there, what stays is remembered, to be
    said (``upkeep_memory``).
    """
    today, number = clock_guard.reached(book), 0
    if today is not None:
        before = _before(book, CARD, today)
        while before and (ids := retention_query.due(book, before, today)[:AT_ONCE]):
            cleaning, left = service.unasked(book, ids)
            erasure.forget(book, ids, wiping=False, cleaning=cleaning)
            _note_left(book, left)
            number += len(ids)
        taken_out_before = datetime.combine(today - timedelta(days=UNDO_DAYS - 1), time(), UTC)  # that day itself too
        retention_purge.purge(book, taken_out_before, _before(book, JOURNAL, today))
    erasure.wipe(book)
    return number


def _note_left(book: Notebook, left: Sequence[NamedPlace]) -> None:
    """Add places to those in which somebody who was forgotten may still be named: in what, and on which card."""
    if left:
        known = upkeep_memory.several(book, "left_named")
        found = [f"{place.what} #{place.number}" if place.number else place.what for place in left]
        upkeep_memory.remember(book, left_named=upkeep_memory.BETWEEN.join(dict.fromkeys((*known, *found))))


def _before(book: Notebook, kind: str, today: date | None = None) -> date | None:
    """Retention limit of a kind: the day before which data is too old; None when nothing ever is."""
    return _long_ago(today or book.clock.today(), years(book, kind))


def _long_ago(today: date, number: int) -> date | None:
    return today - timedelta(days=round(number * 365.25)) if number else None


def _decide(book: Notebook, customer_ids: Sequence[int], kind: str, days: int, text: str, by: int) -> Saved:
    from kapperboek.storage.write.tables import DueDecision

    require(book, by, FORGET)
    until = (book.clock.today() + timedelta(days=days)).isoformat()
    with unit_of_work(book, text.format(n=len(customer_ids)), staff_id=by) as uow:
        for customer_id in customer_ids:
            for row in (*find_rows(uow, DueDecision, customer_id=customer_id, kind="keep"),
                        *find_rows(uow, DueDecision, customer_id=customer_id, kind="forget")):
                uow.delete(row)
            uow.add(DueDecision(customer_id=customer_id, kind=kind, hidden_until=until, staff_id=by or None))
    return uow.saved
