"""What of a card may be seen while the customer, or somebody else, looks along.

Sections never see what is left out here, so it cannot turn up in a tooltip, an accessible name or a copied text.
Field by field: the name, the number and who usually does it stay, for one must know whose card it is; appointments and visits
stay with their treatments, minutes and recipe, for those are the work in hand and what the person in the chair knows.
That there is a warning stays, for skipping it may hurt; its words go, they may be medical. Everything else goes: how to
reach somebody and where they live, ages, employer, phase ("verloren"), what may be sent, talk points, what we
know, wishes, what not to bring up, notes, follow-ups, complaints and calls, products and amounts.
"""

from __future__ import annotations

from kapperboek.domain.views.card import Card, CardLine, Moment
from kapperboek.i18n import _

SHOWN = ("visit", "appointment")


def redacted(card: Card) -> Card:
    """The card with everything private taken out; the number of warnings stays, their words do not."""
    return card._replace(
        organisation="", department="", nickname="", birthday=None, birthday_text="", birthday_soon=False,
        phase="", phase_label="", preferred_channel="", household="", household_members=(), contacts=(), addresses=(),
        dates=(), relations=(), warnings=tuple(_veiled(line) for line in card.warnings), avoid=(), wishes=(),
        talk_points=(), knowledge=(), question=None, follow_ups=(), note="", allowed=(), deceased=False,
        no_advertising=False,
        appointments=tuple(_bare(moment) for moment in card.appointments),
        history=tuple(_bare(moment) for moment in card.history if moment.kind in SHOWN),
    )  # fmt: skip


def _veiled(line: CardLine) -> CardLine:
    return line._replace(text=_("A warning stands here. F9 shows it."), health=False, staff="", made_on=None)


def _bare(moment: Moment) -> Moment:
    return moment._replace(amount_cents=None, products=(), note="", answers=())
