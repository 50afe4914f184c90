"""Retention: cards nobody has needed for a long time, and those that are about to be forgotten."""

from __future__ import annotations

from datetime import date

from kapperboek.domain.views.privacy_views import ReviewRow
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import retention_purge

# Whoever was never seen counts from when they became a customer.
_LAST = "coalesce(f.last_contact, c.customer_since, substr(c.created_at, 1, 10))"
_FROM = (
    f"SELECT c.id, c.number, c.full_name, {_LAST}, coalesce(d.hidden_until, '') FROM customer c"
    " JOIN customer_fact f ON f.customer_id = c.id"
    " LEFT JOIN due_decision d ON d.customer_id = c.id AND d.kind = 'forget'"
)


def unused(book: Notebook, before: date, today: date) -> tuple[ReviewRow, ...]:
    """Cards unused since before that day, by their last contact, the longest ago first.

    Not who is expected, promised something, kept by decision, or marked already.
    """
    rows = book.rows(
        f"{_FROM} WHERE {_LAST} < ? AND d.id IS NULL AND coalesce(f.last_appointment, '') < ?"
        " AND NOT EXISTS (SELECT 1 FROM follow_up u WHERE u.customer_id = c.id AND u.state = 'open')"
        " AND NOT EXISTS (SELECT 1 FROM due_decision k WHERE k.customer_id = c.id AND k.kind = 'keep'"
        f" AND k.hidden_until > ?) ORDER BY {_LAST}, c.id",
        (before.isoformat(), today.isoformat(), today.isoformat()),
    )
    return tuple(_row(*row) for row in rows)


def with_old(book: Notebook, kind: str, before: date) -> tuple[ReviewRow, ...]:
    """Cards with data of this kind from before that day, how many of it and of when the oldest is; that one first."""
    days = {"interaction": "at", "sensitive_fact": "made_on"}
    parts = [
        f"SELECT customer_id AS whose, {days.get(table, 'made_on')} AS day FROM {table} WHERE {old}"
        for table, old in retention_purge.OLD[kind]
    ]
    rows = book.rows(
        "SELECT c.id, c.number, c.full_name, min(o.day), count(*) FROM"
        f" ({' UNION ALL '.join(parts)}) o JOIN customer c ON c.id = o.whose"
        " GROUP BY c.id, c.number, c.full_name ORDER BY min(o.day), c.id",
        [before.isoformat()] * len(parts),
    )
    return tuple(
        ReviewRow(customer_id, number, name, date.fromisoformat(oldest[:10]), None, count)
        for customer_id, number, name, oldest, count in rows
    )


def marked(book: Notebook) -> tuple[ReviewRow, ...]:
    """Cards marked for erasure, the first to go first."""
    return tuple(_row(*row) for row in book.rows(f"{_FROM} WHERE d.id IS NOT NULL ORDER BY d.hidden_until, c.id"))


def due(book: Notebook, before: date, today: date) -> list[int]:
    """Ids of cards whose day of erasure has come; who was in touch since is not among them any more."""
    rows = book.rows(f"{_FROM} WHERE d.hidden_until <= ? AND {_LAST} < ?", (today.isoformat(), before.isoformat()))
    return [row[0] for row in rows]


def _row(customer_id: int, number: str, name: str, last: str, on: str) -> ReviewRow:
    return ReviewRow(customer_id, number, name, date.fromisoformat(last[:10]), date.fromisoformat(on) if on else None)
