"""Printing of a card (Ctrl+P): that one card on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapperboek.domain.views.printed_document import Paper
from kapperboek.i18n import _
from kapperboek.services.customers import card_paper
from kapperboek.ui.core.context import Context
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.printing.pdf_paper import print_paper

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def print_card(context: Context, customer_id: int) -> None:
    """Ask for a printer and print; not while somebody looks along."""

    def told(paper: Paper) -> None:
        def chosen(printer: QPrinter) -> None:
            print_paper(paper, printer)
            context.toast(_("The card goes to the printer."), icon="print")

        system_dialogs.printer(context, chosen)

    if context.discreet:
        context.toast(_("Discreet is on; F9 shows everything."), icon="eye-off")
    else:
        context.jobs.run(card_paper.paper, customer_id, by=context.staff_id, done=told, failed=context.tell)
