"""Offers at startup, in a quiet line above the page once it stands: half-typed work, or the recovery key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kapperboek.domain import staff_rights
from kapperboek.domain.views.list_views import DraftView
from kapperboek.services import drafts
from kapperboek.services.keeping import security
from kapperboek.ui.core.asked_today import PAPER
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.demo_salon import is_demo
from kapperboek.ui.start.drafts_bar import DraftsBar
from kapperboek.ui.start.recovery_bar import RecoveryBar, wanted
from kapperboek.ui.widgets.banner import is_taken, put_above

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

Above = Callable[[], "QVBoxLayout | None"]  # where a line above the page goes; None while there is no page


def offer(context: Context, above: Above) -> None:
    """Offer the drafts and the recovery key, of which one is asked at a time."""
    offer_drafts(context, above)
    offer_paper(context, above)


def offer_drafts(context: Context, above: Above) -> None:
    """Offer the drafts: what was half typed when the program ended, or when the window was locked."""

    def got(found: tuple[DraftView, ...]) -> None:
        place = above()
        if found and place is not None:
            bar = DraftsBar(context)
            put_above(place, bar)
            bar.offer(found)

    context.jobs.run(drafts.drafts, done=got)


def offer_paper(context: Context, above: Above) -> None:
    """The recovery key, until it was shown to be on paper; not while something else is asked, and not of a demo."""
    def got(found: tuple[security.Security, int]) -> None:
        place = above()
        if place is not None and wanted(*found) and not is_taken(place):
            put_above(place, RecoveryBar(context))

    asked = PAPER not in context.put_off
    demo = context.notebook is not None and is_demo(context.notebook)
    if context.keeper is not None and context.may(staff_rights.OWNER) and asked and not demo:
        context.jobs.run(security.at_stake, context.keeper, done=got)
