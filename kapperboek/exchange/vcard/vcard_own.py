"""The X-KAPPERBOEK- properties with which our own export carries what vCard has no place for."""

from __future__ import annotations

import json

from kapperboek.domain.fields import fields_of
from kapperboek.domain.records import CustomerRecord
from kapperboek.exchange.vcard.vcard_fields import Card


def own_properties(card: Card) -> None:
    """Restore the fields that our own export carries in X-KAPPERBOEK- properties; a damaged one is kept as text."""
    customer = card.customer
    customer.uid = card.key
    for name, text in card.own.items():
        attribute = name.lower().replace("-", "_")
        if attribute not in OWN_TEXT and attribute not in OWN_JSON:
            card.leftovers.append((name, text))
            continue
        try:
            value = text if attribute in OWN_TEXT else json.loads(text)
            if attribute in OWN_JSON and not isinstance(value, type(getattr(customer, attribute))):
                raise TypeError(attribute)
            setattr(customer, attribute, value)
        except (ValueError, TypeError, RecursionError):
            card.leftovers.append((name, text))


_BY_VCARD = frozenset(
    "honorific given_name additional_names prefix family_name suffix display_name nickname organisation department"
    " birthday note profile".split()
)
"""What vCard has a place for; of these a property of our own says only what that place cannot tell."""

_OWN = [field for field in fields_of(CustomerRecord) if field.kind != "records" and not field.private]
OWN_JSON = {field.name: field for field in _OWN if field.kind in ("flag", "texts", "values")}
OWN_TEXT = {field.name: field for field in _OWN if field.name not in OWN_JSON and field.name != "uid"}

WRITTEN = [name for name in (*OWN_TEXT, *OWN_JSON) if name not in _BY_VCARD]
"""The fields that go out as a property of our own, because vCard has no place for them."""
