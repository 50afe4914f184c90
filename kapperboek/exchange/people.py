"""Small questions about a record that several readers ask."""

from __future__ import annotations

from kapperboek.domain.records import Address, CustomerRecord


def is_somebody(c: CustomerRecord) -> bool:
    """Whether there is anything to call or reach this customer by."""
    named = c.given_name or c.family_name or c.organisation or c.display_name or c.nickname
    return bool(named or c.phones or c.emails or c.handles or c.additional_names)


def address_text(a: Address) -> str:
    """All parts of an address behind each other, to compare words."""
    return " ".join((a.street, a.number, a.postcode, a.place, a.region, a.country))
