"""Crash dialog: says that a bug has shown, what was kept, and shows a report that may be sent on."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from kapperboek.i18n import _
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label


class CrashSheet(SheetDialog):
    """Says so, shows the report, lets it be copied, and goes on."""

    over_lock = True

    def __init__(self, context: Context, report: str, place: str) -> None:
        super().__init__(context, _("Something went wrong in Kapperboek"), width=760, save_text=_("Go on"))
        self.cancel_button.hide()
        kept = _("What you had saved is safe, and what you were typing is kept as a draft. You can go on working.")
        self.body.addWidget(Label(kept, wrap=True))
        self.body.addWidget(Label(_("This report contains nothing about customers:"), size=13, token="soft", wrap=True))
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report"))
        self.report.setTabChangesFocus(True)
        self.body.addWidget(self.report)
        if place:
            self.body.addWidget(Label(place, size=12, token="soft", wrap=True))
        copy = Button(_("Copy the report"), icon="copy", size="large")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        self.extra.addWidget(copy)
