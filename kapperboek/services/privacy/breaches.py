"""Breaches: the log of data leaks, with what the law asks to be written down of each, reported or not.

Anybody writes one down: who finds out is whoever is there, and there are 72 hours. What came of it, and reading them
all, is for who may change the settings.
"""

from __future__ import annotations

from kapperboek.domain.errors import UserError
from kapperboek.domain.staff_rights import SETTINGS
from kapperboek.domain.time.clock import instant
from kapperboek.domain.views.privacy_views import BreachView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services.drafts import finished
from kapperboek.services.permissions import require
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.privacy import privacy_query
from kapperboek.storage.write.row_lookup import existing
from kapperboek.storage.write.unit_of_work import unit_of_work


def breaches(book: Notebook, *, by: int = 0) -> tuple[BreachView, ...]:
    """All of them, the last one first. UserError "owner-only"."""
    require(book, by, SETTINGS)
    return privacy_query.breaches(book)


def add(
    book: Notebook,
    what: str,
    *,
    whose: str = "",
    consequences: str = "",
    measures: str = "",
    draft_id: str = "",
    by: int = 0,
) -> Saved:
    """Write down a leak that was discovered now. UserError "what" when nothing was typed."""
    from kapperboek.storage.write.tables import Breach

    if not what.strip():
        raise UserError("what", _("Type what happened first."))
    with unit_of_work(book, _("Data leak written down"), staff_id=by) as uow:
        uow.add(
            Breach(
                discovered_at=_now(book), what=what.strip(), whose=whose.strip(), consequences=consequences.strip(),
                measures=measures.strip(), staff_id=by or None,
            )
        )
        finished(uow, draft_id)
    return uow.saved


def reported(book: Notebook, breach_id: int, *, by: int = 0) -> Saved:
    """Note that a data leak was reported to the authority. NotFound when it is gone; UserError "owner-only"."""
    from kapperboek.storage.write.tables import Breach

    require(book, by, SETTINGS)
    with unit_of_work(book, _("Data leak reported"), staff_id=by) as uow:
        existing(uow, Breach, breach_id).reported_at = _now(book)
    return uow.saved


def _now(book: Notebook) -> str:
    return instant(book.clock.now())
