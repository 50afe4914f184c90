"""The X-KAPPERBOEK- properties with which our own export carries what vCard has no place for."""

from __future__ import annotations

import json

from kapperboek.exchange.vcard.vcard_fields import Card


def own_properties(card: Card) -> None:
    """Restore the fields that our own export carries in X-KAPPERBOEK- properties; a damaged one is kept as text."""
    customer = card.customer
    customer.uid = card.key
    for name, text in card.own.items():
        attribute = name.lower().replace("-", "_")
        if attribute not in OWN_TEXT | OWN_JSON:
            card.leftovers.append((name, text))
            continue
        try:
            value = text if attribute in OWN_TEXT else json.loads(text)
            if attribute in OWN_JSON and not isinstance(value, type(getattr(customer, attribute))):
                raise TypeError(attribute)
            setattr(customer, attribute, value)
        except (ValueError, TypeError, RecursionError):
            card.leftovers.append((name, text))


OWN_TEXT = frozenset(
    "number initials customer_since preferred_channel regular_staff phase household note organisation "
    "department"
    " nickname given_name additional_names honorific suffix prefix family_name display_name birthday".split()
)
OWN_JSON = frozenset("deceased no_advertising profile profile_refused wishes extra".split())
