"""Who has died: DEATHDATE, and dates that their owner called so."""

from __future__ import annotations

from kapperboek.domain.records import DateRecord
from kapperboek.exchange.days import record_day
from kapperboek.exchange.vcard_fields import Card
from kapperboek.i18n import _

_WORDS = frozenset(
    "overlijden|overleden|overlijdensdatum|overlijdensdag|sterfdag|sterfdatum|gestorven|death|died|deceased|deathdate|"
    "death date|date of death|day of death|gestorben|verstorben|todestag|sterbedatum|sterbetag|décès|deces|décédé|"
    "décédée|date de décès|passed away|†".split("|")
)


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


def is_death(what: str) -> bool:
    """Whether the word for a day means that somebody died on it."""
    return what.strip(" .:†").lower() in _WORDS or what.strip() == "†"
