"""Attention: the customers who need a word today, and why; and the caller of a telephone number."""

from __future__ import annotations

from kapperboek.domain.care.attention_rules import Attention, lines
from kapperboek.domain.errors import NotFound
from kapperboek.domain.people.phones import search_digits
from kapperboek.i18n import _
from kapperboek.services.customers.customers import find
from kapperboek.services.row_checks import region_of
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.attention_query import facts


def attention(book: Notebook, *, everybody: bool = False) -> list[Attention]:
    """The most urgent first; ``everybody`` ranks all who came twice or more."""
    today = book.clock.today()
    return lines(facts(book, today), today, everybody=everybody)


def caller(book: Notebook, number: str) -> list[tuple[int, str, str]]:
    """Customers with this telephone number, however it is written: (id, number, name), who came last first.

    NotFound when it is nobody's.
    """
    found = find(book, number) if search_digits(number, region_of(book)) else None
    people = [one for one in found.results if one.match == "phone"] if found else []
    if not people:
        raise NotFound("nobody", _("Nobody with that telephone number."))
    return [(one.customer_id, one.number, one.name) for one in people]
