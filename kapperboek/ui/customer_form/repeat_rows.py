"""Rows of a form that can be added and removed: phones, addresses, children; a cross each, and a plus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.records import WarningRecord
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.forms.form_binding import FormBinding
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.day_edit import PartialDayEdit
from kapperboek.ui.widgets.form_fields import LineEdit, Select
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy


class Column(NamedTuple):
    """Column of a row, one thing to type: the record's field, its words, width (pixels at 100 %) and kind."""

    field: str
    words: str
    width: int = 200
    kind: str = "text"  # text, day, select
    options: tuple[tuple[str, str], ...] = ()
    show: Callable[[str], str] = str  # what is kept, in words; of a choice that is not among the options too
    read: Callable[[str], str] = str  # the words back to what is kept


class Row(QWidget):
    """Row of one record; what the columns don't show of it is kept."""

    changed = Signal()

    def __init__(self, columns: Sequence[Column], record: Any) -> None:
        super().__init__()
        self.record = record
        self._columns = columns
        self._fields = FormBinding(self)
        self._fields.changed.connect(self.changed)
        self.controls: list[QWidget] = []
        row = hbox(self, gap=6)
        holder = QWidget()
        flow = FlowLayout(holder, 6, 4)
        for column in columns:
            control = self._control(column, str(getattr(record, column.field) or ""))
            control.setAccessibleName(column.words)
            control.setFixedWidth(theme.px(column.width))
            self.controls.append(self._fields.add(column.field, control))
            flow.addWidget(control)
        row.addWidget(flow_policy(holder), 1)
        self.cross = icon_button("cross", _("Remove this line"))
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)

    def _control(self, column: Column, value: str) -> QWidget:
        if column.kind == "day":
            return PartialDayEdit(value or None)
        if column.kind == "select":
            return Select(column.options, value, unknown=column.show)
        return LineEdit(column.show(value), placeholder=column.words)

    def value(self) -> Any:
        """The record as typed; a day that is none is kept as its words, for ``check`` and for the draft."""
        typed = self._fields.values()
        for column in self._columns:
            if column.kind == "text":
                typed[column.field] = column.read(typed[column.field])
        return replace(self.record, **typed)

    def is_empty(self) -> bool:
        """Tell whether nothing was typed in the row."""
        typed = self._fields.values()
        return not any(typed[column.field] for column in self._columns if column.kind != "select")

    def check(self) -> bool:
        """Check the days: what is none says so itself."""
        return not any(isinstance(control, PartialDayEdit) and control.wrong() for control in self.controls)


class RepeatRows(QWidget):
    """Rows with a plus: ``new`` makes an empty record; ``add_words`` stands on the plus."""

    changed = Signal()
    resized = Signal()

    def __init__(self, columns: Sequence[Column], new: Callable[[], Any], add_words: str, at_least: int = 0) -> None:
        super().__init__()
        self._columns, self._new, self._at_least = columns, new, at_least
        self.rows: list[Row] = []
        box = vbox(self, gap=6)
        self._box = vbox(gap=6)
        box.addLayout(self._box)
        self.plus = Button(add_words, icon="plus", kind="quiet", size="small")
        self.plus.clicked.connect(self._add_and_go)
        box.addWidget(self.plus, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_value([])

    def set_value(self, records: Sequence[Any]) -> None:
        """Show these, and empty rows up to the least number."""
        for row in list(self.rows):
            self._remove(row)
        for record in records:
            self.add(record)
        while len(self.rows) < self._at_least:
            self.add(self._new())

    def add(self, record: Any) -> Row:
        """Add one more row."""
        row = Row(self._columns, record)
        row.changed.connect(self.changed)
        row.cross.clicked.connect(lambda: self._remove_by_hand(row))
        self.rows.append(row)
        self._box.addWidget(row)
        return row

    def _add_and_go(self) -> None:
        self.add(self._new()).controls[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.resized.emit()

    def _remove_by_hand(self, row: Row) -> None:
        self._remove(row)
        (self.rows[-1].controls[0] if self.rows else self.plus).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        self.resized.emit()

    def _remove(self, row: Row) -> None:
        self.rows.remove(row)
        self._box.removeWidget(row)
        row.hide()
        row.deleteLater()

    def value(self) -> list[Any]:
        """The records of the rows that are not empty."""
        return [row.value() for row in self.rows if not row.is_empty()]

    def check(self) -> bool:
        """Check the days in all rows."""
        return all(row.check() for row in self.rows)


class TextRows(RepeatRows):
    """Rows of one text each, without a record around it."""

    def __init__(self, words: str, add_words: str) -> None:
        super().__init__([Column("text", words, 380)], lambda: WarningRecord(""), add_words)

    def set_value(self, records: Sequence[str]) -> None:
        super().set_value([WarningRecord(text) for text in records])

    def value(self) -> list[str]:
        return [line.text for line in super().value()]
