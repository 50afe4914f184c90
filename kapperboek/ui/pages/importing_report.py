"""What files became, or would become: a card per file, and the table of what is left out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kapperboek.domain.views.lists import FileReport, ImportReport
from kapperboek.i18n import _, ngettext
from kapperboek.ui import theme
from kapperboek.ui.pages.importing_table import LeftTable, left_out
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.flow import FlowLayout, flow_policy
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.labels import Chip, ElidedLabel, Label

REMARKS_SHOWN = 12


def thousands(number: int) -> str:
    """``1.284`` (nl), ``1,284`` (en)."""
    from kapperboek.i18n import language

    text = f"{number:,}"
    return text.replace(",", ".") if language() == "nl" else text


def counted(file: FileReport, dry_run: bool) -> list[tuple[str, str]]:
    """What the chips of a file say: (words, kind)."""
    chips = []
    for number, one, kind in (
        (file.added, _("{n} new"), "green"),
        (file.updated, _("{n} will be completed") if dry_run else _("{n} completed"), "petrol"),
        (file.unchanged, _("{n} already known"), "plain"),
        (file.possible_duplicates, _("{n} perhaps double"), "plain"),
        (len(file.failed), _("{n} not taken"), "plain"),
    ):
        if number:
            chips.append((one.format(n=thousands(number)), kind))
    return chips


def format_words(name: str) -> str:
    """What kind of file it was taken for."""
    known = {
        "vcard": "vCard",
        "xlsx": "Excel",
        "csv": "csv",
        "ldif": "LDIF",
        "ical": _("Calendar"),
        "document": "Kapperboek",
    }
    return known.get(name, name)


class FileCard(CardFrame):
    """One file."""

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
    """The cards of all files, and under them what is left out."""

    def __init__(self, report: ImportReport, discreet: bool) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, theme.px(8), 0)
        box.setSpacing(theme.px(12))
        for file in report.files:
            box.addWidget(FileCard(file, report.dry_run, discreet))
        self.table = LeftTable()
        left = left_out(report.files)
        self.table.rows.set_rows(left, discreet)
        if left:
            title = _("What will not be taken, and why") if report.dry_run else _("What was not taken, and why")
            card = CardFrame(title, icon="info", remark=thousands(len(left)))
            card.body.addWidget(self.table, 1)
            copy = Button(_("Copy this list"), icon="copy", size="small")
            copy.clicked.connect(lambda: self.table.selectAll())
            copy.clicked.connect(lambda: self.table.copy())
            row = QHBoxLayout()
            row.addWidget(copy)
            row.addStretch(1)
            card.body.addLayout(row)
            box.addWidget(card, 1)
        else:
            self.table.hide()
            box.addStretch(1)


def summary(report: ImportReport) -> str:
    """The whole report in a sentence."""
    added = sum(file.added for file in report.files)
    updated = sum(file.updated for file in report.files)
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
