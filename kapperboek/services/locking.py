"""Who may open the locked window: staff with their PIN, the owner with the passphrase.

A PIN keeps a colleague or a customer from the screen of a program that is running; what keeps a thief from the file is
its key. So few digits are enough here, because tries are counted and soon have to wait.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kapperboek.domain.errors import UserError
from kapperboek.domain.roles import SETTINGS
from kapperboek.i18n import _, ngettext
from kapperboek.services.roles import is_owner, require

if TYPE_CHECKING:
    from kapperboek.domain.views.saved import Saved
    from kapperboek.services.security import KeyKeeper
    from kapperboek.storage.notebook import Notebook

SHORTEST, LONGEST = 4, 8
FREE_TRIES = 3  # wrong PINs before one has to wait
FIRST_WAIT, LONGEST_WAIT = 30, 15 * 60  # seconds; the wait doubles with every wrong PIN
ROLES = ("owner", "staff")


def set_pin(book: Notebook, staff_id: int, pin: str, *, by: int = 0) -> Saved:
    """Give somebody a PIN, or with an empty one take it away. UserError when it is no PIN, or "owner-only"."""
    from kapperboek.storage import pins
    from kapperboek.storage.lookup import existing
    from kapperboek.storage.tables import Staff

    if pin and not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        words = _("A PIN has {least} to {most} digits.")
        raise UserError("pin", words.format(least=SHORTEST, most=LONGEST))
    if pin and len(set(pin)) == 1:
        raise UserError("pin", _("Anybody guesses that one. Take different digits."))
    if by != staff_id:
        require(book, by, SETTINGS)
        if pins.role(book, staff_id) == "owner" and not is_owner(book, by):
            raise UserError("owner-only", _("Only an owner changes what another owner is here."))
    with book.unit_of_work("", staff_id=by, source="security") as uow:
        what = _("PIN of {name} set") if pin else _("PIN of {name} taken away")
        uow.say(what.format(name=existing(uow, Staff, staff_id).name))
        pins.put(uow, staff_id, _hashed(pin) if pin else "")
    return uow.saved._replace(change_id=0, kinds=frozenset({"staff"}))  # nothing to take back


def set_role(book: Notebook, staff_id: int, role: str, *, by: int = 0) -> Saved:
    """Owner or staff. UserError when nobody would be left to own the notebook."""
    from kapperboek.storage import pins
    from kapperboek.storage.lookup import existing
    from kapperboek.storage.tables import Staff

    if role not in ROLES:
        raise ValueError(role)
    if not is_owner(book, by):  # whoever may change the settings may not make themselves owner
        raise UserError("owner-only", _("Only an owner makes somebody else one."))
    with book.unit_of_work("", staff_id=by) as uow:
        person = existing(uow, Staff, staff_id)
        if role == "staff" and not pins.another_owner(book, staff_id):
            raise UserError("last-owner", _("Somebody must stay the owner: make another one owner first."))
        person.role = role
        uow.say(_("{name} is owner").format(name=person.name) if role == "owner" else _("{name} is staff").format(
            name=person.name))  # fmt: skip
    return uow.saved


def let_in(book: Notebook, staff_id: int, typed: str, keeper: KeyKeeper | None = None) -> int:
    """The id of who comes in by what was typed on the lock page; 0 is whoever worked there before. UserError otherwise.

    Who has a PIN types it. Who has none types the passphrase where one is asked; where none is, their own name is
    enough: nobody gains by that what the same click gives in a window that is open. For a PIN that is forgotten
    (``staff_id`` 0) there is the passphrase, but only the paper where the passphrase is also of those without a PIN.
    """
    from kapperboek.domain import recovery
    from kapperboek.services import security
    from kapperboek.storage.queries import settings_lists

    pins = {one.id: one.has_pin for one in settings_lists.staff(book) if one.active}
    asked = security.asks_passphrase(book, keeper)
    if pins.get(staff_id):
        return try_pin(book, staff_id, typed)
    if not asked and (staff_id in pins or not any(pins.values())):
        return staff_id if staff_id in pins else 0
    shared = asked and any(pins.values()) and not all(pins.values())
    if shared and staff_id not in pins and recovery.parse(typed) is None:
        words = _("The passphrase is for names without a PIN. Type the recovery key from the paper.")
        raise UserError("wrong-key", words)
    if not try_passphrase(book, typed):
        raise UserError("wrong-key", _("This passphrase does not fit. Mind capitals and spaces and try again."))
    return staff_id if staff_id in pins else 0


def try_pin(book: Notebook, staff_id: int, pin: str) -> int:
    """The id of who this is when the PIN is right. UserError otherwise: wrong-pin, or pin-wait with how long."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    from kapperboek.storage import pins

    known = pins.of(book, staff_id)
    if known is None or not known.hash:
        raise UserError("wrong-pin", _("There is no PIN for this name. Use the passphrase."))
    _must_wait(book, known.after)
    try:
        PasswordHasher().verify(known.hash, pin)
    except VerificationError:
        _count(book, staff_id, known.failures + 1)
        raise UserError("wrong-pin", _("This PIN does not fit.")) from None
    _count(book, staff_id, 0)
    return staff_id


def try_passphrase(book: Notebook, typed: str) -> bool:
    """Whether it opens this notebook (the recovery key does too). CannotOpen names a mistake in a recovery key."""
    from kapperboek.storage import keys

    if book.key is None or book.salt is None:
        return False
    return hmac.compare_digest(keys.derive(typed, book.salt), book.key)


def _hashed(pin: str) -> str:
    from argon2 import PasswordHasher

    return PasswordHasher().hash(pin)


def _now(book: Notebook) -> datetime:
    return book.clock.now().astimezone(UTC)


def _must_wait(book: Notebook, after: str) -> None:
    if not after:
        return
    left = (datetime.fromisoformat(after) - _now(book)).total_seconds()
    if 0 < left <= LONGEST_WAIT:  # more than that, and the clock was put back: nobody is shut out by that
        words = ngettext("Wrong too often. Wait {n} second.", "Wrong too often. Wait {n} seconds.", round(left + 0.5))
        raise UserError("pin-wait", words.format(n=round(left + 0.5)))


def _count(book: Notebook, staff_id: int, failures: int) -> None:
    from kapperboek.storage import pins

    after = None
    if failures >= FREE_TRIES:
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - FREE_TRIES, 10))
        after = (_now(book) + timedelta(seconds=wait)).isoformat()
    pins.count(book, staff_id, failures, after)
