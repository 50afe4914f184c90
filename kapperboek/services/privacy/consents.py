"""Consents: the register of who may be sent what, how we know, and what held on a day gone by."""

from __future__ import annotations

from kapperboek.domain.labels import channel_label, purpose_label
from kapperboek.domain.law import consent
from kapperboek.domain.time.clock import instant
from kapperboek.domain.views.privacy_views import Register
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services.row_checks import customer_of, name_of, staff_or_none
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.privacy import consent_query
from kapperboek.storage.read.privacy.consent_query import allowed as allowed
from kapperboek.storage.write.row_lookup import called
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work


def record_consent(
    book: Notebook,
    customer_id: int,
    purpose: str,
    channel: str,
    state: str,
    *,
    how: str,
    wording: str = "",
    by: int = 0,
    source: str = "window",
) -> Saved:
    """Add a line to the register. UserError naming the field that is wrong; NotFound.

    ``how`` is how it was said; ``wording`` what the customer was shown, our usual words when it is empty and given.
    """
    consent.check(purpose, channel, state, how)
    with unit_of_work(book, "", staff_id=by, source=source) as uow:
        name = name_of(customer_of(uow, customer_id))
        shown = wording or (consent.wording(purpose, channel) if state == "given" else "")
        add_line(uow, customer_id, purpose, channel, state, how=how, wording=shown, by=by)
        said = {
            "given": _("{name} permits: {purpose} ({channel})"),
            "withdrawn": _("{name} no longer permits: {purpose} ({channel})"),
        }[state]
        labels = {"purpose": purpose_label(purpose), "channel": channel_label(channel)}
        uow.say(said.format(name=name, **labels))
    return uow.saved


def add_line(
    uow: UnitOfWork, customer_id: int, purpose: str, channel: str, state: str, *, how: str, wording: str, by: int
) -> None:
    """Add a line to the consent register, written now."""
    from kapperboek.storage.write.tables import ConsentRow

    uow.add(
        ConsentRow(
            customer_id=customer_id, purpose=purpose, channel=channel, state=state,
            at=instant(uow.book.clock.now()), how=how.strip(), staff_id=staff_or_none(by), wording=wording,
        )
    )


def register(book: Notebook, customer_id: int) -> Register:
    """Everything the register holds of one customer. NotFound."""
    standing = consent_query.standing_on(book, customer_id)
    name, _number = called(book, [customer_id])[customer_id]
    return Register(
        customer_id, name, standing.no_advertising, standing.deceased,
        allowed(book, customer_id), consent.given(consent_query.lines(book, customer_id)),
        consent_query.history(book, customer_id),
    )
