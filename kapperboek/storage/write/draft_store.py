"""Drafts: what is half typed, on disk at once. It survives a kill and a power cut, and is dropped when it was saved.

Drafts are not journaled: undoing one would make no sense to anybody.
"""

from __future__ import annotations

from typing import NamedTuple

from kapperboek.domain.time.clock import instant
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.unit_of_work import writing


class Draft(NamedTuple):
    """One half-typed thing: ``payload`` is what the page that made it understands; ``updated_at`` is UTC."""

    id: str
    kind: str
    customer_id: int
    payload: str
    updated_at: str


def save(book: Notebook, id: str, kind: str, customer_id: int, payload: str) -> None:
    """Keep a draft, replacing what it was. Durable when this returns. Raises UserError as any saving does.

    Of somebody who was forgotten nothing is kept, also when it was typed before that and is written after it. A card
    that was taken back is no longer there either, but the journal knows it, and taking that back brings it back.
    """
    now = instant(book.clock.now())
    with writing(book):
        book.connection.execute(
            "INSERT INTO draft (id, kind, customer_id, payload, updated_at) SELECT * FROM"
            " (SELECT ? AS id, ? AS kind, CAST(? AS INTEGER) AS customer_id, ? AS payload, ? AS updated_at) AS typed"
            " WHERE customer_id IS NULL OR EXISTS (SELECT 1 FROM customer WHERE customer.id = typed.customer_id)"
            " OR EXISTS (SELECT 1 FROM change_row WHERE change_row.customer_id = typed.customer_id) "
            "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, customer_id = excluded.customer_id, "
            "payload = excluded.payload, updated_at = excluded.updated_at",
            (id, kind, customer_id or None, payload, now),
        )


def load(book: Notebook) -> list[Draft]:
    """All drafts, the last one typed in first."""
    rows = book.rows(
        "SELECT id, kind, coalesce(customer_id, 0), payload, updated_at FROM draft"
        " ORDER BY updated_at DESC, id"
    )
    return [Draft(*row) for row in rows]


def leave(book: Notebook, id: str, payload: str) -> None:
    """Leave this of a draft that is there; what was typed with it is stored now. As ``drop``."""
    with writing(book):
        book.connection.execute("UPDATE draft SET payload = ? WHERE id = ?", (payload, id))


def drop(book: Notebook, id: str) -> None:
    """Forget a draft; within a unit of work it goes when that is committed, and stays when it is not.

    Raises UserError as any saving does.
    """
    with writing(book):
        book.connection.execute("DELETE FROM draft WHERE id = ?", (id,))
