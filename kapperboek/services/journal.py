"""Who changed what, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapperboek.domain.views.lists import ChangeView
    from kapperboek.domain.views.saved import Saved
    from kapperboek.storage.notebook import Notebook


def changes(
    book: Notebook, customer_id: int | None = None, *, limit: int = 200, before: int | None = None
) -> list[ChangeView]:
    """The journal, newest first: of everybody, or of one customer; ``before`` is the id to continue from."""
    from kapperboek.storage import journal

    return journal.changes(book, customer_id, limit=limit, before=before)


def is_undone(book: Notebook, change_id: int) -> bool:
    """Whether this change has been taken back."""
    from kapperboek.storage import journal

    return journal.is_undone(book, change_id)


def undo(book: Notebook, change_id: int | None = None, *, by: int = 0, source: str = "window") -> Saved:
    """Take one change back, by default the last one.

    UserError "nothing-to-undo", or "in-the-way" when something it wrote was changed since.
    """
    from kapperboek.storage import journal

    return journal.undo(book, change_id, staff_id=by, source=source)
