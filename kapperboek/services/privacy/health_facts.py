"""Health facts: kept only with consent, masked everywhere, and whoever looks is written down."""

from __future__ import annotations

from kapperboek.domain.errors import UserError
from kapperboek.domain.law import consent
from kapperboek.domain.views.privacy_views import HealthView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services.drafts import finished
from kapperboek.services.privacy.consents import add_line
from kapperboek.services.row_checks import customer_of, name_of, staff_or_none
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import access_log
from kapperboek.storage.read.privacy import consent_query, health_query
from kapperboek.storage.write.row_lookup import existing, find_rows
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work


def look(book: Notebook, customer_id: int, *, by: int = 0) -> HealthView:
    """The facts themselves. That somebody looked is on disk before this returns, if there was anything. NotFound."""
    found = health_query.facts(book, customer_id)
    if found.facts:
        access_log.add(book, customer_id, "health", staff_id=by)
    return found


def add_fact(
    book: Notebook, customer_id: int, text: str, *, how: str = "", draft_id: str = "", draft_left: str = "", by: int = 0
) -> Saved:
    """Keep a health fact. Without a consent on record ``how`` says how it was given, and that is recorded with it.
    ``draft_id``: where it was half typed, in which ``draft_left`` stays.

    UserError "text" when nothing was typed, "how" when there is no consent and nobody said how it was given; NotFound.
    """
    from kapperboek.storage.write.tables import SensitiveFact

    if not text.strip():
        raise UserError("text", _("Type what it is about first."))
    with unit_of_work(book, "", staff_id=by) as uow:
        name = name_of(customer_of(uow, customer_id))
        note_consent(uow, customer_id, how, by)
        below = max((row.position for row in find_rows(uow, SensitiveFact, customer_id=customer_id)), default=-1) + 1
        uow.add(
            SensitiveFact(
                customer_id=customer_id, text=text.strip(), position=below, staff_id=staff_or_none(by),
                made_on=book.clock.today().isoformat(),
            )
        )
        finished(uow, draft_id, draft_left)
        uow.say(_("Health fact of {name} saved").format(name=name))
    return uow.saved


def note_consent(uow: UnitOfWork, customer_id: int, how: str, by: int) -> None:
    """Record how the consent was given, where none is on record. UserError "how" when nobody said it."""
    if "health" not in consent_query.allowed(uow.book, customer_id):
        channel = consent.IN_PERSON
        consent.check("health", channel, "given", how)
        shown = consent.wording("health", channel)
        add_line(uow, customer_id, "health", channel, "given", how=how, wording=shown, by=by)


def has_consent(book: Notebook, customer_id: int) -> bool:
    """Check for this customer's consent to keep health facts; nobody new gave it."""
    return bool(customer_id) and "health" in consent_query.allowed(book, customer_id)


def remove_fact(book: Notebook, fact_id: int, *, by: int = 0) -> Saved:
    """Take a health fact off the card. NotFound when it is gone already."""
    from kapperboek.storage.write.tables import SensitiveFact

    with unit_of_work(book, "", staff_id=by) as uow:
        row = existing(uow, SensitiveFact, fact_id)
        name = name_of(customer_of(uow, row.customer_id))
        uow.say(_("Health fact removed from the card of {name}").format(name=name))
        uow.delete(row)
    return uow.saved


def looked(book: Notebook, customer_id: int, what: str, *, by: int = 0) -> None:
    """Write down that a document of one person, health facts and all, went out (``dossier`` or ``document``), or that
    what was half typed of their health was looked at (``health``)."""
    access_log.add(book, customer_id, what, staff_id=by)


def all_looked(book: Notebook, *, by: int = 0) -> None:
    """Write down that the health facts of everybody went out in one document."""
    access_log.add_all(book, "export", staff_id=by)
