"""Checks of rows that every use case that writes needs: rows that must be there, moments that must be moments."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from kapperboek.domain.errors import NotFound, UserError
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.row_lookup import called
from kapperboek.storage.write.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from kapperboek.storage.write.tables import Customer, InteractionRow


def customer_of(uow: UnitOfWork, customer_id: int) -> Customer:
    """The customer's row; NotFound when there is no such card."""
    from kapperboek.storage.write.tables import Customer

    row = uow.get(Customer, customer_id)
    if row is None:
        raise _no_card()
    return row


def name_of(customer: Customer) -> str:
    """The name for the sentence of a change; a card may have none."""
    return customer.full_name or _("customer {number}").format(number=customer.number)


def name_on(uow: UnitOfWork, customer_id: int) -> str:
    """The name for the sentence of a change, of a card that is not changed itself; NotFound when there is none."""
    found = called(uow.book, (customer_id,))
    if customer_id not in found:
        raise _no_card()
    return found[customer_id][0]


def _no_card() -> NotFound:
    return NotFound("no-customer", _("This card is no longer there."))


def moment_of(uow: UnitOfWork, moment_id: int) -> InteractionRow:
    """The row of a contact moment; NotFound when it is gone."""
    from kapperboek.storage.write.tables import InteractionRow

    row = uow.get(InteractionRow, moment_id)
    if row is not None:
        return row
    raise NotFound("gone", _("This contact moment is no longer there."))


def moment_text(at: str) -> str:
    """A moment as the notebook keeps it (``YYYY-MM-DDTHH:MM``); UserError "at" when it isn't one."""
    try:
        return datetime.fromisoformat(at.strip()).replace(tzinfo=None).isoformat(timespec="minutes")
    except ValueError as error:
        raise UserError("at", _("This isn't a day and time. Type it as 23-11-2026 10:30.")) from error


def day_of(at: str) -> date:
    """The day of a stored moment."""
    return date.fromisoformat(at[:10])


def staff_or_none(staff_id: int) -> int | None:
    """A staff id as the notebook keeps it: 0 (nobody said who) becomes empty."""
    return staff_id or None


def region_of(book: Notebook) -> str:
    """The country whose phone numbers are usual here."""
    return str(book.get_setting("region", "NL"))
