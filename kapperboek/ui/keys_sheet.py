"""F1: every key of the window on one sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from kapperboek.i18n import _
from kapperboek.ui import keys, theme
from kapperboek.ui.context import Context
from kapperboek.ui.widgets.labels import Heading, Key, Label
from kapperboek.ui.widgets.sheet import SheetDialog


class KeysSheet(SheetDialog):
    """Reads ``keys`` and shows it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Keys"), width=560, save_text=_("Close"))
        self.cancel_button.hide()
        self.save_button.hint = "Esc"
        for title, rows in (
            (_("Everywhere"), keys.everywhere()),
            (_("Searching"), keys.searching()),
            (_("On a line of Today or Follow-ups"), keys.lines()),
            (_("Cards, lists and dialogs"), keys.pages()),
        ):
            self.body.addWidget(Heading(title, 2))
            self.body.addWidget(_table(rows))


def _table(rows: tuple[tuple[str, str], ...]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, theme.px(6))
    grid.setHorizontalSpacing(theme.px(14))
    grid.setColumnMinimumWidth(0, theme.px(110))
    grid.setColumnStretch(1, 1)
    for index, (key, what) in enumerate(rows):
        grid.addWidget(Key(key), index, 0)
        grid.addWidget(Label(what, wrap=True), index, 1)
    table.setAccessibleName("; ".join(f"{key}: {what}" for key, what in rows))
    return table
