"""Journal: who changed what, and undo of it."""

from __future__ import annotations

from kapperboek.domain.errors import UserError
from kapperboek.domain.staff_rights import PRICES, SETTINGS
from kapperboek.domain.views.list_views import ChangeView
from kapperboek.domain.views.saved import Saved
from kapperboek.domain.views.undo_view import Sitting, TakeBack
from kapperboek.i18n import _
from kapperboek.services import permissions
from kapperboek.services.settings import LOOKS
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import change_history, owner_only_changes
from kapperboek.storage.journal import undo_session as own
from kapperboek.storage.journal.change_extent import cards as cards
from kapperboek.storage.journal.change_history import is_undone as is_undone
from kapperboek.storage.journal.change_subjects import about as about
from kapperboek.storage.journal.changed_elsewhere import written_elsewhere as written_elsewhere
from kapperboek.storage.journal.undo_session import last_change as last_change


def changes(
    book: Notebook,
    customer_id: int | None = None,
    *,
    source: str = "",
    limit: int = 200,
    before: int | None = None,
    by: int = 0,
) -> list[ChangeView]:
    """The journal, newest first: of everybody, or of one customer; with ``source`` what came from there, and what took
    that back. ``before`` is the id to continue from, ``by`` who reads it: whoever may not see amounts is told of none.
    """
    seen = permissions.may(book, by, PRICES)
    return change_history.changes(book, customer_id, source=source, limit=limit, before=before, amounts=seen)


def undo(book: Notebook, change_id: int | None = None, *, by: int = 0, source: str = "window") -> Saved:
    """Take one change back, by default the last one.

    UserError "nothing-to-undo", "in-the-way" when something it wrote was changed since, or "owner-only" when it wrote
    what this person may not change.
    """
    return change_history.undo(
        book, change_id, staff_id=by, source=source, permit=lambda change, what: _permit(book, change, what, by)
    )


def take_back(book: Notebook, sitting: Sitting, *, again: bool = False) -> Saved | TakeBack | None:
    """Take back the newest that this person did in this sitting; with ``again``, have again the newest that they took
    back. What came of it; or what to ask first, when it is about more than what stands in front, or of another day;
    or None when there is nothing. UserError as ``undo``.
    """
    change = own.next_again(book, sitting) if again else own.next_back(book, sitting)
    if change is None:
        return None
    if not own.in_front(book, change, sitting):
        return own.question(book, change, sitting)
    return undo(book, change.id, by=sitting.staff_id)


def _permit(book: Notebook, change_id: int, what: str, by: int) -> None:
    """Refuse an undo of what this person may not change: else whoever may not change the settings would do it by taking
    back what the owner chose. UserError "owner-only".
    """
    of_owners = not permissions.is_owner(book, by) and owner_only_changes.wrote_owners(book, change_id)
    of_settings = not permissions.may(book, by, SETTINGS) and owner_only_changes.wrote_settings(
        book, change_id, LOOKS, by
    )
    if of_owners or of_settings:
        raise UserError("owner-only", _("“{what}” is not yours to undo. Ask an owner.").format(what=what))
