"""Access log: who opened a health fact or a dossier, and when; only added to (forgetting somebody takes theirs)."""

from __future__ import annotations

from typing import NamedTuple

from kapperboek.domain.time.clock import instant
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.unit_of_work import writing


class Look(NamedTuple):
    """One look: ``at`` is UTC, ``what`` is health, dossier, export or document."""

    at: str
    staff: str
    what: str


def add(book: Notebook, customer_id: int, what: str, *, staff_id: int = 0) -> None:
    """Write down that this was looked at, durably before it is shown. Raises UserError as any writing does.

    A notebook that may only be read (a protected disk, an old copy) has nowhere to note it, and an allergy must be
    readable there too.
    """
    if book.read_only:
        return
    now = instant(book.clock.now())
    with writing(book):
        book.connection.execute(
            "INSERT INTO access_log (at, staff_id, customer_id, what) VALUES (?, ?, ?, ?)",
            (now, staff_id or None, customer_id, what),
        )


def add_all(book: Notebook, what: str, *, staff_id: int = 0) -> None:
    """Add a look at everybody of whom there are health facts, at once. Raises UserError as ``add`` does."""
    if book.read_only:
        return
    now = instant(book.clock.now())
    with writing(book):
        book.connection.execute(
            "INSERT INTO access_log (at, staff_id, customer_id, what)"
            " SELECT ?, ?, customer_id, ? FROM (SELECT DISTINCT customer_id FROM sensitive_fact) AS told",
            (now, staff_id or None, what),
        )


def looks(book: Notebook, customer_id: int) -> list[Look]:
    """Every look at this customer's facts, the oldest first."""
    rows = book.rows(
        "SELECT l.at, coalesce(s.name, ''), l.what FROM access_log l LEFT JOIN staff s ON s.id = l.staff_id"
        " WHERE l.customer_id = ? ORDER BY l.id",
        (customer_id,),
    )
    return [Look(*row) for row in rows]
