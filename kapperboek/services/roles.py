"""Who may do what, asked where it is done: a window that forgot to hide a button gives nothing away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapperboek.domain import roles
from kapperboek.domain.errors import UserError
from kapperboek.i18n import _

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook


def require(book: Notebook, staff_id: int, right: str) -> None:
    """UserError "owner-only" unless this person has the right. 0 is the program itself, or somebody at a command line:
    whoever has the key there can read the file anyway.
    """
    from kapperboek.storage import pins
    from kapperboek.storage.queries import settings_lists

    if staff_id and not roles.may(pins.role(book, staff_id), settings_lists.shop(book).staff_may, right):
        text = _("Only an owner may do this. Ask an owner to do it, or to allow it in the settings.")
        raise UserError("owner-only", text)
