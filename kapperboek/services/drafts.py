"""Drafts: half-typed work, on disk inside the notebook within a moment of being typed."""

from __future__ import annotations

from kapperboek.domain.views.list_views import DraftView
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read import customer_list_query
from kapperboek.storage.write.draft_store import drop as drop
from kapperboek.storage.write.draft_store import leave, load
from kapperboek.storage.write.draft_store import save as save
from kapperboek.storage.write.unit_of_work import UnitOfWork


def drafts(book: Notebook) -> tuple[DraftView, ...]:
    """Everything half-typed that was not finished, the last one typed in first."""
    half_typed = load(book)
    ids = [draft.customer_id for draft in half_typed if draft.customer_id]
    names = {row.customer_id: row.name for row in customer_list_query.customer_rows(book, ids, book.clock.today())}
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


def finished(uow: UnitOfWork, draft_id: str, draft_left: str = "") -> None:
    """Drop the draft of what this change stores, or all of it but ``draft_left``, which was typed beside it: it goes in
    the same transaction, and stays if that fails."""
    if draft_id and draft_left:
        leave(uow.book, draft_id, draft_left)
    elif draft_id:
        drop(uow.book, draft_id)
