"""Ctrl+P on a card: that one card on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapperboek.domain.views.paper import Paper
from kapperboek.i18n import _
from kapperboek.services import card_paper
from kapperboek.ui.context import Context

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def print_card(context: Context, customer_id: int) -> None:
    """Ask for a printer and print; not while somebody looks along."""

    def told(paper: Paper) -> None:
        from kapperboek.ui.paper import print_paper

        printer = ask_printer(context)
        if printer is not None:
            print_paper(paper, printer)
            context.toast(_("The card goes to the printer."), icon="print")

    if context.discreet:
        context.toast(_("Discreet is on; F9 shows everything."), icon="eye-off")
    else:
        context.jobs.run(card_paper.paper, customer_id, by=context.staff_id, done=told, failed=context.tell)


def ask_printer(context: Context) -> QPrinter | None:
    """The printer that was chosen, None when somebody thought better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    return printer if QPrintDialog(printer, context.window).exec() else None
