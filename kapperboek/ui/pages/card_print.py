"""Ctrl+P on a card: that one card on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

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

        def chosen(printer: QPrinter) -> None:
            if getattr(context.window, "cover", None) is None:  # else it was locked while the question stood there
                print_paper(paper, printer)
                context.toast(_("The card goes to the printer."), icon="print")

        ask_printer(context, chosen)

    if context.discreet:
        context.toast(_("Discreet is on; F9 shows everything."), icon="eye-off")
    else:
        context.jobs.run(card_paper.paper, customer_id, by=context.staff_id, done=told, failed=context.tell)


def ask_printer(context: Context, chosen: Callable[[QPrinter], None]) -> None:
    """Open the system's question; ``chosen`` hears the answer, and nothing when somebody thought better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, context.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.finished.connect(lambda result: chosen(printer) if result else None)
    QDialog.open(dialog)  # not exec: answers of the notebook go on arriving meanwhile
