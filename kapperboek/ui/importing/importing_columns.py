"""Columns of an imported list, each with its heading, an example, our field and how sure that is.

Another field may be chosen before anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.list_views import ColumnView
from kapperboek.i18n import _, ngettext
from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.form_fields import Select
from kapperboek.ui.widgets.frames import CardFrame, Line
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.side_by_side import TurningRow
from kapperboek.ui.widgets.text_labels import Chip, ElidedLabel, Label

Fields = Sequence[tuple[str, str]]
AS_FOUND = ""  # no choice: what the reader made of it


def confidence_words(confidence: str) -> tuple[str, str]:
    """Label of how sure the field of a column is, and the kind of its chip."""
    return {
        "sure": (_("certain"), "green"),
        "likely": (_("likely"), "petrol"),
        "chosen": (_("your choice"), "petrol"),
    }.get(confidence, (_("choose yourself"), "plain"))


class ColumnRow(QWidget):
    """Row of one column."""

    chosen = Signal(int, str)  # its number and the field

    def __init__(self, column: ColumnView, fields: Fields) -> None:
        super().__init__()
        self.column = column
        self.heading = ElidedLabel(column.heading or _("Column {n}").format(n=column.number + 1), weight=600)
        self.example = ElidedLabel("", size=13.5, token="soft")
        words = QWidget()
        box = vbox(words, gap=0)
        box.addWidget(self.heading)
        box.addWidget(self.example)
        found = [] if column.field else [(AS_FOUND, column.words)]
        name = _("What “{heading}” becomes").format(heading=self.heading.text())
        self.field = Select([*found, *fields], column.field, name=name)
        self.field.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.field.setMinimumWidth(theme.px(220))
        self.chip = Chip("")
        answer = QWidget()
        row = hbox(answer, gap=10)
        row.addWidget(self.field)
        row.addWidget(self.chip, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        answer.setFixedWidth(theme.px(360))
        outer = vbox(self, margins=(0, 5, 0, 5))
        outer.addWidget(TurningRow(words, answer, 480))
        self.field.currentIndexChanged.connect(lambda _n: self.chosen.emit(column.number, str(self.field.value())))

    def show_column(self, column: ColumnView, discreet: bool) -> None:
        """Show the field of the column as it is now; the words of the file are hidden in discreet mode."""
        with QSignalBlocker(self.field):
            self.field.set_value(column.field)
        self.example.setText("" if discreet else column.example)
        self.chip.set(*confidence_words(column.confidence))


class ColumnsCard(CardFrame):
    """Card with the columns of one file. Those in which nothing stands are only counted."""

    chosen = Signal(int, str)

    def __init__(self, name: str, columns: Sequence[ColumnView], fields: Fields) -> None:
        filled = [column for column in columns if column.confidence != "empty"]
        count = ngettext("{n} column", "{n} columns", len(columns)).format(n=len(columns))
        super().__init__(_("What each column becomes"), icon="file", remark=count)
        self.setAccessibleName(name)
        self.body.setSpacing(theme.px(2))
        self.body.addWidget(ElidedLabel(name, size=13.5, token="soft"))
        self.body.addSpacing(theme.px(8))
        self.rows: list[ColumnRow] = []
        for column in filled:
            if self.rows:
                self.body.addWidget(Line())
            self.rows.append(ColumnRow(column, fields))
            self.rows[-1].chosen.connect(self.chosen)
            self.body.addWidget(self.rows[-1])
        if empty := len(columns) - len(filled):
            text = ngettext("{n} column is empty.", "{n} columns are empty.", empty).format(n=empty)
            self.body.addWidget(Label(text, size=13.5, token="soft", wrap=True))

    def show_columns(self, columns: Sequence[ColumnView], discreet: bool) -> None:
        """Show the fields of the columns as they are now."""
        now = {column.number: column for column in columns}
        for row in self.rows:
            row.show_column(now.get(row.column.number, row.column), discreet)
