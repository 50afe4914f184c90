"""The rows of contact moments: made, moved to another time, and what their columns may hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import appointment_key
from kapperboek.i18n import _
from kapperboek.services.row_checks import staff_or_none
from kapperboek.storage.records.record_rows import names
from kapperboek.storage.write.row_lookup import find_rows
from kapperboek.storage.write.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from kapperboek.storage.write.tables import InteractionRow


def new_moment(uow: UnitOfWork, customer_id: int, kind: str, at: str, staff_id: int, note: str) -> InteractionRow:
    """Row of a new contact moment, not yet added; its customer is touched."""
    from kapperboek.storage.write.tables import InteractionRow

    uow.touch(customer_id)
    row_id = uow.next_id("interaction")
    return InteractionRow(
        customer_id=customer_id,
        at=at,
        id=row_id,
        kind=kind,
        staff_id=staff_or_none(staff_id),
        note=note.strip(),
    )


def moved(uow: UnitOfWork, row: InteractionRow, at: str) -> InteractionRow:
    """The moment at another time. Its time is part of where it is kept, so it is taken out and put in again. In
    calendars an appointment keeps the key that it had there.
    """
    if row.at == at:
        return row
    from kapperboek.storage.write.tables import Customer, InteractionRow, TalkPointRow

    columns = row.model_dump()
    columns.update(at=at, version=row.version + 1)
    customer = uow.get(Customer, row.customer_id)
    if row.kind == "appointment" and not row.source_key and customer is not None:
        columns.update(source_key=appointment_key(customer.uid, row.at))
    for point in find_rows(uow, TalkPointRow, closed_in_id=row.id):
        point.closed_at = at  # the notebook document knows by this time which visit it was discussed in
    uow.delete(row)
    uow.session.flush()
    again = InteractionRow(**columns)
    uow.add(again)
    return again


def names_text(items: Iterable[str]) -> str:
    """Names as a column keeps them, without empty ones."""
    return names([item.strip() for item in items if item.strip()])


def checked_minutes(minutes: int | None) -> int | None:
    """The minutes; UserError "minutes"."""
    if minutes is not None and not 0 < minutes <= 24 * 60:
        raise UserError("minutes", _("A visit takes between 1 minute and a day."))
    return minutes


def checked_amount(cents: int | None) -> int | None:
    """Whole cents; UserError "amount"."""
    if cents is not None and not 0 <= cents <= 99_999_999:
        raise UserError("amount", _("This isn't an amount. Type it as 96.50."))
    return cents


def kind_saved(kind: str) -> str:
    """The sentence of a contact just saved, with room for the name."""
    sentences = {
        "call": _("Phone call with {name} saved"),
        "message": _("Message with {name} saved"),
        "note": _("Note on {name} saved"),
        "purchase": _("Purchase by {name} saved"),
        "complaint": _("Complaint of {name} saved"),
        "question": _("Question of {name} saved"),
        "event": _("Event for {name} saved"),
        "mailing": _("Mailing to {name} saved"),
    }
    return sentences[kind]
