"""Settings: import of lists, export of everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from kapperboek.domain import staff_rights
from kapperboek.i18n import _
from kapperboek.ui.core.context import Context
from kapperboek.ui.settings.keeping.settings_export import ask_where, export, formats
from kapperboek.ui.settings.settings_rows import Section, SettingRow
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.text_labels import Label


class FilesSection(Section):
    """Settings of import and export. Nobody is locked in: every format can be brought in and taken along."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        bring = Button(_("Import a list"), icon="import")
        bring.clicked.connect(lambda: context.open_page("importing"))
        changes = Button(_("Changes"), icon="clock")
        changes.clicked.connect(lambda: context.show_changes(source="import"))
        self.card(
            _("Import"),
            "import",
            [
                SettingRow(
                    _("A list you already have"),
                    _(
                        "From a telephone, a spreadsheet, Outlook, Google, Thunderbird or a calendar. "
                        "You see first what it becomes."
                    ),
                    bring,
                    0,
                ),
                SettingRow(
                    _("Undo an import"),
                    _("Every import is one change, and can be undone later."),
                    changes,
                    0,
                ),
            ],
        )
        self.buttons: dict[str, Button] = {}
        if context.may(staff_rights.EXPORT):
            self._offer_export()

    def _offer_export(self) -> None:
        rows = []
        for each in formats():
            button = Button(_("Save {suffix}").format(suffix=each.suffix), icon="export")
            button.clicked.connect(self._exports(each.suffix))
            self.buttons[each.suffix] = button
            rows.append(SettingRow(each.words, each.remark, button, 0))
        card = self.card(_("Take along"), "export", rows)
        words = _(
            "These files are not encrypted: whoever has one can read it. Keep them where you would keep "
            "the book itself."
        )
        card.body.addWidget(Label(words, size=13.5, token="soft", wrap=True), 0, Qt.AlignmentFlag(0))

    def _exports(self, suffix: str) -> Callable[[], None]:
        def write(path: Path) -> None:
            self.buttons[suffix].setEnabled(False)
            export(self.context, path, self, lambda: self.buttons[suffix].setEnabled(True))

        return lambda: ask_where(self.context, suffix, write)
