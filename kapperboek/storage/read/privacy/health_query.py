"""Health facts of one customer, in words: asked only by whoever writes down who looks."""

from __future__ import annotations

from datetime import date

from kapperboek.domain.errors import NotFound
from kapperboek.domain.views.privacy_views import HealthFact, HealthView
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.privacy import consent_query
from kapperboek.storage.write.row_lookup import called


def facts(book: Notebook, customer_id: int) -> HealthView:
    """All of them, in the order they stand on the card. NotFound."""
    names = called(book, [customer_id])
    if customer_id not in names:
        raise NotFound("no-customer", _("This card is no longer there."))
    sql = (
        "SELECT f.id, f.text, f.made_on, coalesce(s.name, '') FROM sensitive_fact f LEFT JOIN staff s"
        " ON s.id = f.staff_id WHERE f.customer_id = ? ORDER BY f.position, f.id"
    )
    found = tuple(
        HealthFact(id, text, date.fromisoformat(made_on) if made_on else None, staff)
        for id, text, made_on, staff in book.rows(sql, (customer_id,))
    )
    consented = "health" in consent_query.allowed(book, customer_id)
    return HealthView(customer_id, names[customer_id][0], found, consented)
