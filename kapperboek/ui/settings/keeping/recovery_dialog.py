"""Recovery key dialog: save or print it, and show once that the paper is there."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapperboek.domain.law import recovery_key
from kapperboek.i18n import _, format_long_day
from kapperboek.services.keeping import security
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.file_places import documents
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.printing.recovery_paper import Paper, draw, save_pdf, set_page
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Field, LineEdit
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class RecoveryDialog(SheetDialog):
    """Dialog of the recovery key, which is never shown on the screen itself: a customer may look along."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Recovery key"), width=640, save_text=_("The paper is there"))
        words = _(
            "Whoever has this paper opens the notebook without a passphrase; without it a forgotten passphrase or a "
            "broken computer means that the backups cannot be read either. Print it, and keep it at home."
        )
        self.body.addWidget(Label(words, wrap=True))
        self.pdf = Button(_("Save as PDF…"), icon="file")
        self.print = Button(_("Print…"), icon="print")
        holder = QWidget()
        flow = FlowLayout(holder)
        self.another = Button(_("Paper lost? New key…"), kind="quiet")
        self.another.clicked.connect(self._make_another)
        for button in (self.print, self.pdf):
            button.setEnabled(False)
        for button in (self.print, self.pdf, self.another):
            flow.addWidget(button)
        self.body.addWidget(flow_policy(holder))
        self.asked = secrets.randbelow(recovery_key.GROUPS)
        self.answer = LineEdit()
        self.answer.setMaxLength(12)
        self.answer_field = Field(_("Type group {n} of the paper").format(n=self.asked + 1), self.answer, required=True)
        self.body.addWidget(self.answer_field)
        self.body.addStretch(1)
        self.groups: tuple[str, ...] = ()
        self._mark = ""
        self.pdf.clicked.connect(self._save_pdf)
        self.print.clicked.connect(self._print)

    @classmethod
    def open_for(cls, context: Context, **_kw: Any) -> RecoveryDialog:
        """Open while the key is fetched, and ask for one group of it."""
        dialog = cls(context)
        dialog.open(dialog.answer)  # a button that cannot be pressed yet would leave the keyboard to what is below
        context.jobs.run(_key_of, by=context.staff_id, done=dialog._got, failed=dialog.tell, owner=dialog)
        return dialog

    def _got(self, both: tuple[tuple[str, ...], str]) -> None:
        self.groups, self._mark = both
        for button in (self.print, self.pdf):
            button.setEnabled(True)
        if not self.answer.text():
            self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_another(self) -> None:
        self.close_sheet(False)
        self.context.open_dialog("new_key")

    def _paper(self) -> Paper:
        return Paper(self.context.shop.name, format_long_day(self.context.day), self.groups, self._mark)

    def _save_pdf(self) -> None:
        start = documents(f"kapperboek-{_('recovery-key')}.pdf")
        system_dialogs.file_to_save(self.context, _("Recovery key"), start, "PDF (*.pdf)", self._write_pdf)

    def _write_pdf(self, chosen: Path, _kind: str) -> None:
        try:
            save_pdf(chosen, self._paper())
        except OSError as error:
            self.tell(_("The file cannot be written there: {trouble}. Choose another place.").format(
                trouble=error.strerror))
            return
        self.set_hint(_("Saved. Print it and throw the file away: on this computer it protects nothing."))
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_page(printer)
        system_dialogs.printer(self.context, self._draw, printer)

    def _draw(self, printer: QPrinter) -> None:
        draw(printer, printer.resolution(), self._paper())
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Check the group of the key that was typed, and note that the paper is there."""
        typed = "".join(self.answer.text().split()).upper()
        if not self.groups or typed != self.groups[self.asked]:
            words = _("That is not what stands on the paper. Look for the small number {n}.")
            self.answer_field.show_error(words.format(n=self.asked + 1))
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.busy(True)
        self.context.save(security.proved, done=self._proved, failed=self._not_saved, owner=self)

    def _proved(self, _saved: object) -> None:
        self.groups = ()
        self.close_sheet(True)

    def _not_saved(self, error: Exception) -> None:
        self.busy(False)
        self.tell(error)


def _key_of(book: Any, *, by: int) -> tuple[tuple[str, ...], str]:
    return security.recovery_groups(book, by=by), book.salt.hex()[:8].upper()
