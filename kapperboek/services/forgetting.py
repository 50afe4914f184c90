"""Forgetting a customer: what would go, and letting it go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapperboek.domain.roles import FORGET
from kapperboek.i18n import _
from kapperboek.services.roles import require

if TYPE_CHECKING:
    from kapperboek.domain.views.rights import ForgetPreview
    from kapperboek.domain.views.saved import Saved
    from kapperboek.storage.notebook import Notebook


def preview(book: Notebook, customer_id: int) -> ForgetPreview:
    """Whom it would take away, and how much is known of them. NotFound."""
    from kapperboek.storage.queries import rights

    return rights.forget_preview(book, customer_id)


def forget(book: Notebook, customer_id: int, *, by: int = 0) -> Saved:
    """Remove somebody everywhere, for good; copies made before forget them when they are put back. NotFound.

    May take seconds in a large notebook, for the file is written anew. Nothing can take it back.
    """
    return forget_all(book, (customer_id,), by=by)


def forget_all(book: Notebook, customer_ids: Sequence[int], *, by: int = 0) -> Saved:
    """Several at once, at the price of one. NotFound, UserError "owner-only"; then nobody was forgotten."""
    from kapperboek.domain.views.saved import Saved
    from kapperboek.storage import forgetting, schema

    require(book, by, FORGET)
    gone = forgetting.forget(book, customer_ids, staff_id=by)
    what = _("Forgotten: nothing of this customer is left")
    if not gone.wiped:
        what = _("Forgotten. The file could not be wiped yet; that is done when Kapperboek is started again")
    if not gone.listed:
        what += ". " + _("The list beside the notebook could not be written; the notebook itself remembers")
    return Saved(
        change_id=0, what=what, kinds=schema.OF_A_CUSTOMER | {"customer"},
        customers=frozenset((*gone.customers, *gone.others)), customer_id=0, many=False,
    )  # fmt: skip
