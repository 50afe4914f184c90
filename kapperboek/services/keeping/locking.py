"""Locking of the window, and the PINs that open it: staff with their PIN, the owner with the passphrase.

A PIN keeps a colleague or a customer from the screen of a program that is running; what keeps a thief from the file is
its key. So few digits are enough here, because tries are counted and soon have to wait.
"""

from __future__ import annotations

import math

from kapperboek.domain.errors import UserError
from kapperboek.domain.law import recovery_key
from kapperboek.domain.staff_rights import OWNER
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, ngettext
from kapperboek.services.keeping import security
from kapperboek.services.keeping.security import KeyKeeper
from kapperboek.services.permissions import is_owner, require
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read import settings_lists
from kapperboek.storage.write import pins
from kapperboek.storage.write.row_lookup import existing
from kapperboek.storage.write.unit_of_work import unit_of_work

SHORTEST, LONGEST = 4, 8
ROLES = ("owner", "staff")


def set_pin(book: Notebook, staff_id: int, pin: str, *, by: int = 0) -> Saved:
    """Give somebody a PIN, or with an empty one take it away. UserError "pin", "owner-only"; NotFound."""
    from kapperboek.storage.write.tables import Staff

    if pin and not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        words = _("A PIN has {least} to {most} digits.")
        raise UserError("pin", words.format(least=SHORTEST, most=LONGEST))
    if pin and len(set(pin)) == 1:
        raise UserError("pin", _("Anybody guesses that one. Take different digits."))
    if by != staff_id:  # a PIN is what keeps others from that name, and from its rights
        require(book, by, OWNER)
    with unit_of_work(book, "", staff_id=by, source="security") as uow:
        what = _("PIN of {name} set") if pin else _("PIN of {name} taken away")
        uow.say(what.format(name=existing(uow, Staff, staff_id).name))
        pins.put(uow, staff_id, _hashed(pin) if pin else "")
    return uow.saved._replace(change_id=0, kinds=frozenset({"staff"}))  # nothing to take back


def set_role(book: Notebook, staff_id: int, role: str, *, by: int = 0) -> Saved:
    """Set the role of somebody: owner or staff.

    UserError "owner-only", or "last-owner" when nobody would be left to own the notebook; NotFound.
    """
    from kapperboek.storage.write.tables import Staff

    if role not in ROLES:
        raise ValueError(role)
    if not is_owner(book, by):  # whoever may change the settings may not make themselves owner
        raise UserError("owner-only", _("Only an owner makes somebody else one."))
    with unit_of_work(book, "", staff_id=by) as uow:
        person = existing(uow, Staff, staff_id)
        if role == "staff" and not pins.another_owner(book, staff_id):
            raise UserError("last-owner", _("Somebody must stay the owner: make another one owner first."))
        person.role = role
        uow.say(_("{name} is owner").format(name=person.name) if role == "owner" else _("{name} is staff").format(
            name=person.name))
    return uow.saved


def let_in(
    book: Notebook, staff_id: int, typed: str, keeper: KeyKeeper | None = None, *, forgotten: bool = False
) -> int:
    """The id of who comes in by what was typed on the lock page; 0 where nobody works here. UserError otherwise.

    Who has a PIN types it. Who has none types the passphrase where one is asked; where none is, their own name is
    enough: nobody gains by that what the same click gives in a window that is open. For a PIN that is ``forgotten``
    there is the paper with the recovery key; the passphrase too where only one works here, for else it says of nobody
    who they are.
    """
    pins = {one.id: one.has_pin for one in settings_lists.staff(book) if one.active}
    if pins.get(staff_id) and not forgotten:
        return try_pin(book, staff_id, typed)
    owed = pins.get(staff_id, any(pins.values()))  # a PIN, by this name or by whoever hides behind none
    if not owed and not security.asks_passphrase(book, keeper):
        return staff_id if staff_id in pins else 0
    if owed and len(pins) > 1 and recovery_key.parse(typed) is None:
        words = _("The passphrase is for names without a PIN. Type the recovery key from the paper.")
        raise UserError("wrong-key", words)
    if not security.try_passphrase(book, typed):
        raise UserError("wrong-key", _("This passphrase does not fit. Mind capitals and spaces and try again."))
    return staff_id if staff_id in pins else 0


def try_pin(book: Notebook, staff_id: int, pin: str) -> int:
    """The id of who this is when the PIN is right. UserError otherwise: wrong-pin, or pin-wait with how long."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    begun = pins.begin_try(book, staff_id)
    if begun is None or not begun.hash:
        raise UserError("wrong-pin", _("There is no PIN for this name. Use the passphrase."))
    if begun.wait:
        n = math.ceil(begun.wait)
        words = ngettext("Wrong too often. Wait {n} second.", "Wrong too often. Wait {n} seconds.", n)
        raise UserError("pin-wait", words.format(n=n))
    try:
        PasswordHasher().verify(begun.hash, pin)
    except VerificationError:
        raise UserError("wrong-pin", _("This PIN does not fit.")) from None
    pins.right(book, staff_id)
    return staff_id


def _hashed(pin: str) -> str:
    from argon2 import PasswordHasher

    return PasswordHasher().hash(pin)
