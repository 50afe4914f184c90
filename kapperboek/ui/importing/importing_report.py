"""Report of an import, or of its dry run: a card per file, and the table of what is left out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kapperboek.domain.views.list_views import FileReport, ImportReport
from kapperboek.i18n import _, ngettext
from kapperboek.ui.appearance import theme
from kapperboek.ui.customers.customers_labels import thousands
from kapperboek.ui.importing.importing_columns import ColumnsCard, Fields
from kapperboek.ui.importing.importing_doubles import DoublesCard, ForgottenCard
from kapperboek.ui.importing.importing_table import LeftTable, left_out
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.text_labels import Chip, ElidedLabel, Label

REMARKS_SHOWN = 12


def counted(file: FileReport, dry_run: bool) -> list[tuple[str, str]]:
    """Texts and kinds of the chips of a file: new, completed, known already, perhaps double, not imported."""
    chips = []
    for number, one, kind in (
        (file.added, _("{n} new"), "green"),
        (file.updated, _("{n} will be completed") if dry_run else _("{n} completed"), "petrol"),
        (file.unchanged, _("{n} already known"), "plain"),
        (file.possible_duplicates, _("{n} perhaps double"), "plain"),
        (len(file.failed), _("{n} not imported"), "plain"),
    ):
        if number:
            chips.append((one.format(n=thousands(number)), kind))
    return chips


def format_words(name: str) -> str:
    """Label of the file format that was recognised."""
    known = {
        "vcard": "vCard",
        "xlsx": "Excel",
        "xls": "Excel",
        "ods": "OpenDocument",
        "csv": "csv",
        "ldif": "LDIF",
        "ical": _("Calendar"),
        "document": "Kapperboek",
    }
    return known.get(name, name)


class FileCard(CardFrame):
    """Card of one file."""

    def __init__(self, file: FileReport, dry_run: bool, discreet: bool) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(file.file, weight=600), 1)
        read = ngettext("{n} record read", "{n} records read", file.read).format(n=thousands(file.read))
        head.addWidget(
            Label(" · ".join(part for part in (format_words(file.format), read) if part), size=13.5, token="soft")
        )
        self.body.addLayout(head)
        chips = QWidget()
        flow = FlowLayout(chips, 8, 6)
        flow_policy(chips)
        for words, kind in counted(file, dry_run):
            flow.addWidget(Chip(words, kind))
        self.body.addWidget(chips)
        chips.setVisible(bool(counted(file, dry_run)))
        if not file.read and not file.failed:
            self.body.addWidget(Label(_("Nobody stands in this file."), size=13.5, token="soft", wrap=True))
        remarks = () if discreet else file.remarks
        for remark in remarks[:REMARKS_SHOWN]:
            self.body.addWidget(Label(remark, size=13.5, token="soft", wrap=True))
        if len(remarks) > REMARKS_SHOWN:
            more = _("and {n} more remarks like these").format(n=thousands(len(remarks) - REMARKS_SHOWN))
            self.body.addWidget(Label(more, size=13.5, token="soft"))


class ReportView(QWidget):
    """Report of an import: the columns, beside them the cards of all files, possible duplicates, records left out.

    The columns stay where they are when another field was chosen; the rest is made anew.
    """

    column_chosen = Signal(int, int, str)  # place of the file, number of the column, field
    card_wished = Signal(int)
    forgotten_left = Signal(bool)  # whether who may have been forgotten is left out

    def __init__(self, report: ImportReport, discreet: bool, fields: Fields) -> None:
        super().__init__()
        self.columns: list[tuple[int, ColumnsCard]] = []
        left, self._right = QWidget(), QWidget()
        columns = QVBoxLayout(left)
        for place, file in enumerate(report.files if report.dry_run else ()):
            if file.columns:
                card = ColumnsCard(file.file, file.columns, fields)
                card.chosen.connect(partial(self.column_chosen.emit, place))
                columns.addWidget(card)
                self.columns.append((place, card))
        self._results = QVBoxLayout(self._right)
        for box in (columns, self._results):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(theme.px(12))
        columns.addStretch(1)
        outer = vbox(self, margins=(0, 0, 8, 8))
        both = SideBySide((left, 11), (self._right, 9), narrow=900, gap=20, row_gap=12)
        outer.addWidget(both, 1)
        left.setVisible(bool(self.columns))  # once it has a parent: before, it would be a window of its own
        self.show_report(report, discreet)

    def show_report(self, report: ImportReport, discreet: bool) -> None:
        """Show the report of the same files, looked at again."""
        for place, card in self.columns:
            card.show_columns(report.files[place].columns, discreet)
        forget_children(self._results)
        for file in report.files:
            self._results.addWidget(FileCard(file, report.dry_run, discreet))
        if any(file.forgotten for file in report.files):
            maybe = ForgottenCard(report.files, report.dry_run, discreet)
            maybe.wished.connect(self.card_wished)
            maybe.left_out.connect(self.forgotten_left)
            self._results.addWidget(maybe)
        if any(file.doubles for file in report.files):
            doubles = DoublesCard(report.files, report.dry_run, discreet)
            doubles.wished.connect(self.card_wished)
            self._results.addWidget(doubles)
        self.table = LeftTable()
        left = left_out(report.files)
        self.table.show_rows(left, discreet)
        if left:
            self._results.addWidget(self._left_card(report.dry_run, len(left)))
        else:
            self.table.setParent(self)
            self.table.hide()
        self._results.addStretch(1)

    def _left_card(self, dry_run: bool, number: int) -> CardFrame:
        title = _("What will not be imported, and why") if dry_run else _("What was not imported, and why")
        card = CardFrame(title, icon="info", remark=thousands(number))
        card.body.addWidget(self.table, 1)
        copy = Button(_("Copy this list"), icon="copy", size="small")
        copy.clicked.connect(lambda: self.table.selectAll())
        copy.clicked.connect(lambda: self.table.copy())
        card.body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def summary(report: ImportReport) -> str:
    """Summary of the report in a sentence."""
    added = sum(file.added for file in report.files)
    updated = sum(file.updated for file in report.files)
    known = sum(file.unchanged for file in report.files)
    if not (added or updated or known) and any(file.failed for file in report.files):
        return _("Nothing of this can be imported; below is why.")
    if report.dry_run:
        if not added and not updated:
            return _("Nothing new in here: everybody is on a card already.")
        return ngettext("{n} new card", "{n} new cards", added).format(n=thousands(added))
    if not added and not updated:
        return _("Nothing was new: everybody was on a card already.")
    parts = [ngettext("{n} new card", "{n} new cards", added).format(n=thousands(added))] if added else []
    if updated:
        parts.append(ngettext("{n} completed", "{n} completed", updated).format(n=thousands(updated)))
    return " · ".join(parts)
