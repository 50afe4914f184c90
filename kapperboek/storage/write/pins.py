"""The PINs of the staff: their hashes, and how often a wrong one was typed.

Tries are no changes anybody would want to undo: they stay out of the journal.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import owners
from kapperboek.storage.write.unit_of_work import UnitOfWork, writing

FREE_TRIES = 3  # wrong PINs before one has to wait
FIRST_WAIT, LONGEST_WAIT = 30, 15 * 60  # seconds; the wait doubles with every wrong PIN


class Try(NamedTuple):
    """A try that counts as wrong until ``right`` says otherwise: the PIN's ``hash`` is Argon2's text, empty when there
    is no PIN; ``wait`` says how many seconds are still to be waited instead, 0 when it may be tried now.
    """

    hash: str
    wait: float


def begin_try(book: Notebook, staff_id: int) -> Try | None:
    """Count a try, on disk before anybody knows whether it was right: tries side by side are one after another here,
    and who stops the program before the answer gained nothing. None when no such person works here. UserError.

    Waits are counted since the computer started, for a clock can be put forward and back. One that is longer than was
    due was begun before that start, or on another computer: it begins anew.
    """
    with writing(book):
        sql = "SELECT pin, pin_failures, coalesce(pin_after, '') FROM staff WHERE id = ? AND active = 1"
        row = book.row(sql, (staff_id,))
        if row is None or not row[0]:
            return None if row is None else Try("", 0)
        hashed, failures, after = row
        now, due = book.clock.uptime(), _wait_after(failures)
        left = _seconds(after) - now if after else 0.0
        if left > due:
            left = due
            _count(book, staff_id, failures, str(now + due))
        if left <= 0:
            wait = _wait_after(failures + 1)
            _count(book, staff_id, failures + 1, str(now + wait) if wait else None)
        return Try(hashed, max(0.0, left))


def right(book: Notebook, staff_id: int) -> None:
    """Reset the count of wrong tries, after the right PIN. Raises UserError."""
    with writing(book):
        _count(book, staff_id, 0, None)


def _wait_after(failures: int) -> float:
    """Seconds to wait after so many wrong PINs."""
    return 0 if failures < FREE_TRIES else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - FREE_TRIES, 10))


def _seconds(after: str) -> float:
    """End of a wait, in seconds of uptime; infinite for what an older program or another hand wrote there."""
    try:
        found = float(after)
    except ValueError:
        return math.inf
    return math.inf if math.isnan(found) else found


def _count(book: Notebook, staff_id: int, failures: int, after: str | None) -> None:
    sql = "UPDATE staff SET pin_failures = ?, pin_after = ? WHERE id = ?"
    book.connection.execute(sql, (failures, after, staff_id))


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
    """Role of somebody new: owner where there is none, else staff until an owner says otherwise."""
    return "staff" if owners.present(book) else "owner"


def another_owner(book: Notebook, staff_id: int) -> bool:
    """Tell whether somebody else who works here is owner."""
    sql = "SELECT 1 FROM staff WHERE role = 'owner' AND active = 1 AND id <> ?"
    return book.value(sql, (staff_id,)) is not None
