"""Card on paper, to work from: how to reach somebody, what to mind, how they like it, and the last recipes.

Plain on purpose. A paper lies about, so what is nobody's business stays in the notebook: health facts, what not to
bring up, what was talked about, amounts.
"""

from __future__ import annotations

from datetime import date

from kapperboek.domain.labels import contact_label
from kapperboek.domain.staff_rights import EXPORT
from kapperboek.domain.views.card_view import Card
from kapperboek.domain.views.printed_document import Paper, Section
from kapperboek.i18n import _, format_day, format_long_day
from kapperboek.services.customers import customers
from kapperboek.services.permissions import require
from kapperboek.storage.file.notebook import Notebook

VISITS = 6  # the last ones; more is for the screen


def paper(book: Notebook, customer_id: int, *, by: int = 0) -> Paper:
    """The card in words. NotFound; UserError where staff may not take data out."""
    require(book, by, EXPORT)
    card = customers.open_card(book, customer_id)
    found = (
        Section(_("Reaching"), _reaching(card)),
        Section(_("Mind"), tuple(("", line.text) for line in card.warnings)),
        Section(_("Wishes"), tuple(("", line.text) for line in card.wishes)),
        Section(_("Last visits"), _visits(card)),
    )
    shop = str(book.get_setting("shop_name", ""))
    subtitle = " · ".join(filter(None, (f"#{card.number}", shop, format_long_day(book.clock.today()))))
    return Paper(card.name, subtitle, "", tuple(section for section in found if section.lines))


def _reaching(card: Card) -> tuple[tuple[str, str], ...]:
    contacts = tuple((contact_label(contact.label), contact.shown) for contact in card.contacts)
    birthday = ((_("Birthday"), card.birthday_text),) if card.birthday_text else ()
    return (*contacts, *(("", address) for address in card.addresses), *birthday)


def _day(at: str) -> str:
    return format_day(date.fromisoformat(at[:10]))


def _visits(card: Card) -> tuple[tuple[str, str], ...]:
    visits = [moment for moment in card.history if moment.kind == "visit"][:VISITS]
    return tuple(
        (_day(visit.at), "\n".join(filter(None, (", ".join(visit.treatments), visit.recipe))))
        for visit in visits
    )
