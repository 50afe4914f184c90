"""The PINs of the staff: their hashes, and how often a wrong one was typed.

Tries are no changes anybody would want to undo: they stay out of the journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kapperboek.storage import owners
from kapperboek.storage.unit_of_work import writing

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook
    from kapperboek.storage.unit_of_work import UnitOfWork


class Pin(NamedTuple):
    """``hash`` is Argon2's text, empty when there is no PIN; no try counts before ``after`` (UTC, ISO; or empty)."""

    hash: str
    failures: int
    after: str


def of(book: Notebook, staff_id: int) -> Pin | None:
    """The PIN of somebody who works here; None when there is no such person."""
    sql = "SELECT pin, pin_failures, coalesce(pin_after, '') FROM staff WHERE id = ? AND active = 1"
    row = book.row(sql, (staff_id,))
    return None if row is None else Pin(*row)


def role(book: Notebook, staff_id: int) -> str:
    """``owner`` or ``staff``; somebody who is not known is staff."""
    return str(book.value("SELECT role FROM staff WHERE id = ?", (staff_id,)) or "staff")


def put(uow: UnitOfWork, staff_id: int, hashed: str) -> None:
    """Give somebody this PIN, or none. That it was done is a change; what it was before goes into no journal, so that
    it fits never again.
    """
    uow.execute("UPDATE staff SET pin = ?, pin_failures = 0, pin_after = NULL WHERE id = ?", (hashed, staff_id))
    uow.begin_change()


def role_of_new(book: Notebook) -> str:
    """What somebody new is: an owner where there is none, else staff until an owner says otherwise."""
    return "staff" if owners.present(book) else "owner"


def count(book: Notebook, staff_id: int, failures: int, after: str | None) -> None:
    """Remember, on disk when this returns, how often it was wrong and from when the next try counts."""
    with writing(book):
        book.connection.execute(
            "UPDATE staff SET pin_failures = ?, pin_after = ? WHERE id = ?", (failures, after, staff_id)
        )


def another_owner(book: Notebook, staff_id: int) -> bool:
    """Whether somebody else who works here is owner."""
    sql = "SELECT 1 FROM staff WHERE role = 'owner' AND active = 1 AND id <> ?"
    return book.value(sql, (staff_id,)) is not None
