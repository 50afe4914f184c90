"""What is offered in a quiet line above the page once it stands: half-typed work, or the recovery key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapperboek.domain import roles
from kapperboek.services import drafts, security
from kapperboek.ui.context import Context
from kapperboek.ui.window import Window

if TYPE_CHECKING:
    from kapperboek.domain.views.lists import DraftView


def offer(context: Context, window: Window) -> None:
    """Both, of which one is asked at a time."""
    offer_drafts(context, window)
    offer_paper(context, window)


def offer_drafts(context: Context, window: Window) -> None:
    """What was half typed when the program ended, or when the window was locked."""

    def got(found: tuple[DraftView, ...]) -> None:
        if found and window.shell is not None:
            from kapperboek.ui.drafts_bar import DraftsBar
            from kapperboek.ui.widgets.banner import put_above

            bar = DraftsBar(context)
            put_above(window.shell.above, bar)
            bar.offer(found)

    context.jobs.run(drafts.drafts, done=got)


def offer_paper(context: Context, window: Window) -> None:
    """The recovery key, until it was shown to be on paper; not while something else is asked, and not of a demo."""
    from kapperboek.ui.demo_salon import is_demo
    from kapperboek.ui.put_off import PAPER

    def got(found: tuple[security.Security, int]) -> None:
        from kapperboek.ui.recovery_bar import RecoveryBar, wanted
        from kapperboek.ui.widgets.banner import is_taken, put_above

        shell = window.shell
        if shell is not None and wanted(*found) and not is_taken(shell.above):
            put_above(shell.above, RecoveryBar(context))

    asked = PAPER not in context.put_off
    demo = context.notebook is not None and is_demo(context.notebook)
    if context.keeper is not None and context.may(roles.OWNER) and asked and not demo:
        context.jobs.run(security.at_stake, context.keeper, done=got)
