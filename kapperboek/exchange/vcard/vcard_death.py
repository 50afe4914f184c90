"""Deceased people: DEATHDATE, and dates that their owner called so."""

from __future__ import annotations

from kapperboek.domain.records import DateRecord
from kapperboek.exchange.date_parsing import record_day
from kapperboek.exchange.death_words import is_death
from kapperboek.exchange.vcard.vcard_fields import Card
from kapperboek.i18n import _


def settle_death(card: Card) -> None:
    """Mark the customer as deceased where a date says so; the day itself is kept."""
    customer = card.customer
    for text in card.dates_of_death:
        customer.deceased = True
        if day := record_day(text):
            customer.dates.append(DateRecord(_("Passed away"), day))
        else:
            card.leftovers.append((_("Passed away"), text))
    if any(is_death(day.what) for day in customer.dates):
        customer.deceased = True
