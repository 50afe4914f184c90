"""Privacy actions in the menu of a card: consent, health facts, the dossier (data export), forgetting; and printing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from kapperboek.domain import staff_rights
from kapperboek.domain.errors import UserError
from kapperboek.domain.views.printed_document import Paper
from kapperboek.i18n import _
from kapperboek.services.privacy import dossier
from kapperboek.ui.appearance.icons import icon
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.file_places import documents
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.printing.card_print import print_card
from kapperboek.ui.printing.pdf_paper import write_pdf


def add_actions(menu: QMenu, context: Context, customer_id: int, name: str) -> None:
    """Add the privacy actions to a menu; printing, exporting and forgetting only with the right to do so."""
    menu.addSeparator()
    consent = menu.addAction(icon("check"), _("Permission…"))
    consent.setShortcut(QKeySequence("Ctrl+M"))
    consent.triggered.connect(lambda: context.open_dialog("consent", customer_id=customer_id))
    health = menu.addAction(icon("heart"), _("Health…"))
    health.triggered.connect(lambda: context.open_dialog("health", customer_id=customer_id))
    if context.may(staff_rights.EXPORT):
        paper = menu.addAction(icon("print"), _("Print the card…"))
        paper.setShortcut(QKeySequence("Ctrl+P"))
        paper.triggered.connect(lambda: print_card(context, customer_id))
        carry = menu.addAction(icon("print"), _("Everything we keep…"))
        carry.triggered.connect(lambda: ask_dossier(context, customer_id, name))
    if context.may(staff_rights.FORGET):
        forget = menu.addAction(icon("trash"), _("Forget…"))
        forget.triggered.connect(lambda: context.open_dialog("forget", customer_id=customer_id))


def ask_dossier(context: Context, customer_id: int, name: str) -> None:
    """Ask where to write the dossier, .pdf or .json, and write it."""
    safe = "".join(c for c in name if c.isalnum() or c in " -_").strip() or "dossier"
    kinds = f"{_('To read')} (*.pdf);;{_('To carry to another program')} (*.json)"

    def chosen(path: Path, kind: str) -> None:
        if path.suffix.lower() not in (".pdf", ".json"):
            path = path.with_name(path.name + (".json" if "json" in kind else ".pdf"))
        save_dossier(context, customer_id, path)

    system_dialogs.file_to_save(context, _("Everything we keep"), documents(f"{safe}.pdf"), kinds, chosen)


def save_dossier(context: Context, customer_id: int, path: Path) -> None:
    """Write the dossier in the format of the suffix, and say where it is."""

    def written(_path: object = None) -> None:
        context.toast(_("Everything we hold is in {file}.").format(file=path.name))

    def told(paper: Paper) -> None:
        save_paper(context, paper, path, _("Everything we hold is in {file}."))

    if path.suffix.lower() == ".json":
        context.jobs.run(dossier.write_json, customer_id, path, by=context.staff_id, done=written, failed=context.tell)
    else:
        context.jobs.run(dossier.paper, customer_id, by=context.staff_id, done=told, failed=context.tell)


def save_paper(context: Context, paper: Paper, path: Path, said: str) -> None:
    """Write a PDF, and say ``said`` (with room for the file) or why not."""
    try:
        write_pdf(paper, path)
    except OSError as error:
        text = _("{file} could not be written: {trouble}. Choose another place.")
        context.tell(UserError("file-trouble", text.format(file=path.name, trouble=error.strerror)))
    else:
        context.toast(said.format(file=path.name))
