"""Half-typed work, on disk inside the notebook within a moment of being typed."""

from __future__ import annotations

from kapperboek.domain.views.lists import DraftView
from kapperboek.storage import drafts as kept
from kapperboek.storage.notebook import Notebook
from kapperboek.storage.queries import lists
from kapperboek.storage.unit_of_work import UnitOfWork


def save(book: Notebook, draft_id: str, kind: str, customer_id: int, payload: str) -> None:
    """Keep what has been typed so far; the window decides what stands in ``payload``."""
    from kapperboek.storage import drafts

    drafts.save(book, draft_id, kind, customer_id, payload)


def drafts(book: Notebook) -> tuple[DraftView, ...]:
    """Everything half-typed that was not finished, the last one typed in first."""
    half_typed = kept.load(book)
    ids = [draft.customer_id for draft in half_typed if draft.customer_id]
    names = {row.customer_id: row.name for row in lists.customer_rows(book, ids, book.clock.today())}
    return tuple(
        DraftView(
            draft.id,
            draft.kind,
            draft.customer_id,
            names.get(draft.customer_id, ""),
            draft.payload,
            draft.updated_at,
        )
        for draft in half_typed
    )


def finished(uow: UnitOfWork, draft_id: str) -> None:
    """What was half typed is stored by this change: it goes in the same transaction, and stays if that fails."""
    if draft_id:
        drop(uow.book, draft_id)


def drop(book: Notebook, draft_id: str) -> None:
    """Throw a draft away; nothing happens when it is gone already."""
    from kapperboek.storage import drafts

    drafts.drop(book, draft_id)
