"""Discreet mode of a card: the fields that stay while the customer, or somebody else, looks along.

Sections never see what is left out here, so it cannot turn up in a tooltip, an accessible name or a copied
text. What stays is listed, so that whatever a card learns to hold later is hidden until somebody decides.

Field by field: the name, the number and who usually does it stay, for one must know whose card it is.
Appointments and visits stay with their treatments, minutes and recipe: that is the work in hand, and what the
person in the chair knows. That there is a warning stays, for skipping it may hurt; its words go, they may be
medical. Everything else goes: how to reach somebody and where they live, ages, employer, phase ("verloren"),
what may be sent, talk points, what we know, wishes, what not to bring up, notes, follow-ups, complaints and
calls, products and amounts.
"""

from __future__ import annotations

from typing import Any

from kapperboek.domain.views.card_view import Card, CardLine, Moment
from kapperboek.i18n import _

KINDS = ("visit", "appointment")
STAYS = frozenset(
    "customer_id uid number name given_name version firm customer_since regular_staff visit_count rhythm_days"
    " rhythm_text expected_on expected_text".split()
)
NAME = frozenset("customer_id uid number name given_name version firm".split())
MOMENT_STAYS = frozenset("id kind at staff staff_id minutes treatments recipe state version".split())


def redacted(card: Card) -> Card:
    """The card with everything private taken out; the number of warnings stays, about what they are does not."""
    shown: dict[str, Any] = _only(card, STAYS)
    ids = (*range(-card.health_facts, 0), *(line.id for line in card.warnings))
    shown["warnings"], shown["health_facts"] = tuple(CardLine(id, warning_veiled(), None, "") for id in ids), 0
    shown["appointments"] = tuple(_bare(moment) for moment in card.appointments)
    shown["history"] = tuple(_bare(moment) for moment in card.history if moment.kind in KINDS)
    return Card(**shown)


def named(card: Card) -> Card:
    """The card as far as it tells who somebody is: for whoever is not the one in the chair."""
    return Card(**_only(card, NAME))


def warning_veiled() -> str:
    """Text in the place of a hidden warning."""
    return _("A warning stands here. F9 shows it.")


def _bare(moment: Moment) -> Moment:
    return Moment(**_only(moment, MOMENT_STAYS))


def _only(view: Card | Moment, stays: frozenset[str]) -> dict[str, Any]:
    return {key: value if key in stays else blank(value) for key, value in view._asdict().items()}


def blank(value: object) -> object:
    """Empty value of the kind the field is; a view within a view (the question) is None."""
    return {bool: False, str: "", tuple: ()}.get(type(value))
