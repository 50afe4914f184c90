"""Permissions: who may do what, asked where it is done; a window that forgot to hide a button gives nothing away."""

from __future__ import annotations

from kapperboek.domain import staff_rights
from kapperboek.domain.errors import UserError
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read import settings_lists
from kapperboek.storage.write import owners


def require(book: Notebook, staff_id: int, right: str) -> None:
    """UserError "owner-only" unless this person has the right."""
    if not may(book, staff_id, right):
        to_allow = _("Only an owner may do this. Ask an owner to do it, or to allow it in the settings.")
        raise UserError("owner-only", _("Only an owner may do this.") if right == staff_rights.OWNER else to_allow)


def may(book: Notebook, staff_id: int, right: str) -> bool:
    """Check the permission of a person: whether they have the right. 0 is the program itself, or somebody at a command
    line: whoever has the key there can read the file anyway.
    """
    from kapperboek.storage.write import pins

    if is_owner(book, staff_id):
        return True
    return staff_rights.may(pins.role(book, staff_id), settings_lists.shop(book).staff_may, right)


def is_owner(book: Notebook, staff_id: int) -> bool:
    """Tell whether this person is an owner, as 0 is (see ``may``). Where nobody is (a copy from before, a notebook that
    was tampered with) everybody is, for else nobody could ever make somebody owner.
    """
    from kapperboek.storage.write import pins

    return not staff_id or pins.role(book, staff_id) == "owner" or not owners.present(book)
