"""What is offered in a quiet line above the page once it stands: half-typed work, and the recovery key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapperboek.domain import roles
from kapperboek.services import drafts, security
from kapperboek.ui.context import Context
from kapperboek.ui.window import Window

if TYPE_CHECKING:
    from kapperboek.domain.views.lists import DraftView


def offer_drafts(context: Context, window: Window) -> None:
    """What was half typed when the program ended, or when the window was locked."""

    def got(found: tuple[DraftView, ...]) -> None:
        if found and window.shell is not None:
            from kapperboek.ui.drafts_bar import DraftsBar

            bar = DraftsBar(context)
            window.shell.above.addWidget(bar)
            bar.offer(found)

    context.jobs.run(drafts.drafts, done=got)


def offer_paper(context: Context, window: Window) -> None:
    """The recovery key, until it was shown to be on paper."""

    def got(found: tuple[security.Security, int]) -> None:
        from kapperboek.ui.drafts_bar import DraftsBar
        from kapperboek.ui.recovery_bar import PAPER, RecoveryBar, wanted

        shell = window.shell
        if shell is None or any(not bar.isHidden() for bar in shell.findChildren(DraftsBar)):
            return  # one at a time: what is half typed comes first, the paper at the next start
        if wanted(*found) and PAPER not in context.put_off:
            shell.above.addWidget(RecoveryBar(context))

    if context.keeper is not None and context.may(roles.SETTINGS):
        context.jobs.run(security.at_stake, context.keeper, done=got)
