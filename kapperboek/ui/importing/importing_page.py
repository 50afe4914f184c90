"""Import page: first see what a list would become, then bring it in; and one button to take it all back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from kapperboek.domain.errors import Cancelled, UserError
from kapperboek.domain.views.list_views import ImportReport
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services import journal
from kapperboek.services.importing import importing
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.file_places import downloads
from kapperboek.ui.core.jobs import Handle
from kapperboek.ui.forms.page import Page
from kapperboek.ui.importing.importing_columns import AS_FOUND
from kapperboek.ui.importing.importing_report import ReportView, summary
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame, EmptyState, Notice, scrolling
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.side_by_side import TurningRow
from kapperboek.ui.widgets.sheet.front_keys import add_keys
from kapperboek.ui.widgets.text_labels import Heading, Label

ENDINGS = "*.vcf *.csv *.tsv *.txt *.xlsx *.xls *.ods *.ldif *.ics *.json"


class ImportPage(Page):
    """Page of the import: ``shown(paths=…)`` looks into these files first; ``step`` is choose, busy, look or done."""

    name = "importing"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.step = "choose"
        self.paths: list[Path] = []
        self.report: ImportReport | None = None
        self._taken_away: ImportReport | None = None  # by an undo, which may be undone too
        self.view: ReportView | None = None
        self.wanted: dict[Path, dict[int, str]] = {}  # what somebody chose for columns
        self.without_forgotten = False
        self._again = False  # looking once more, with another column; what is shown stays meanwhile
        self._handle: Handle | None = None
        self._writing = False
        self._build()
        context.discreet_changed.connect(self._veil)

    # --- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.heading = Heading(_("Import a list"))
        self.remark = Label("", size=13.5, token="soft", wrap=True)
        self.remark.setContentsMargins(0, theme.px(6), 0, 0)  # on the line of the heading
        head = hbox(gap=14)
        head.addWidget(self.heading)
        head.addWidget(self.remark, 1)
        self.problem = Notice("")
        self.problem.hide()
        self.good = Notice("", kind="info", icon="check")
        self.good.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._choose_part())
        self._stack.addWidget(self._busy_part())
        self._area = scrolling(QWidget())
        self._stack.addWidget(self._area)
        box = vbox(self, gap=12)
        box.addLayout(head)
        for part in (self.problem, self.good):
            box.addWidget(part)
        box.addWidget(self._stack, 1)
        box.addWidget(self._foot())
        self._go("choose")

    def _choose_part(self) -> QWidget:
        card = CardFrame()
        self.empty = EmptyState(
            "import",
            _("Drop a list here, or choose one"),
            _("From a telephone or mail program (vCard), a spreadsheet, a csv or LDIF file of Outlook, "
              "Google or "
              "Thunderbird, a calendar (.ics), or another Kapperboek (.json). You first see what it "
              "becomes; nothing "
              "is written before you say so, and everything can be undone."),
            _("Choose files…"),
            self.choose,
        )
        card.body.addWidget(self.empty, 1)
        return card

    def _busy_part(self) -> QWidget:
        card = CardFrame()
        self.doing = Label("", weight=600, wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.cancel = Button(_("Cancel"), icon="cross", hint="Esc")
        self.cancel.clicked.connect(self.stop)
        card.body.addStretch(1)
        card.body.addWidget(self.doing)
        card.body.addWidget(self.bar)
        card.body.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(2)
        return card

    def _foot(self) -> QWidget:
        buttons = QWidget()
        row = FlowLayout(buttons, 10, 8)
        flow_policy(buttons)
        self.calm = Label("", size=13.5, token="soft", wrap=True)
        self.again = Button(_("Other files…"), icon="file")
        self.back_out = Button(_("Undo everything"), icon="undo")
        self.changes = Button(_("Earlier imports"), icon="clock")
        self.go_on = Button(_("Import"), icon="check", kind="primary", hint="Ctrl ↵")
        for button in (self.again, self.changes, self.back_out, self.go_on):
            row.addWidget(button)
        self.again.clicked.connect(self.choose)
        self.back_out.clicked.connect(self.take_back)
        self.changes.clicked.connect(lambda: self.context.show_changes(source="import"))
        self.go_on.clicked.connect(self.proceed)
        add_keys(self, {"Ctrl+Return": self.go_on.click, "Ctrl+Enter": self.go_on.click})
        stop = QShortcut(QKeySequence("Esc"), self)  # only from here: in the search box it leaves that
        stop.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        stop.activated.connect(self.stop)
        return TurningRow(self.calm, buttons, 700)

    # --- where we are -------------------------------------------------------------------------------------

    def shown(
        self,
        paths: Sequence[Path] = (),
        report: ImportReport | None = None,
        wanted: dict[Path, dict[int, str]] | None = None,
        **_kw: Any,
    ) -> None:
        if report is not None:
            self.paths, self.report, self.wanted = list(paths), report, wanted or {}
            self.without_forgotten = any(not one.customer_id for file in report.files for one in file.forgotten)
            self._show_report()
            self.refresh()
        elif paths and self.step != "busy":
            self.look(paths)

    def state(self) -> dict[str, Any]:
        if self.report is None:
            return {}
        return {"paths": list(self.paths), "report": self.report, "wanted": self.wanted}

    def concerns(self, saved: Saved) -> bool:
        return self.step == "done" or self._taken_away is not None

    def takes_files(self) -> bool:
        return self.step != "busy"

    def refresh(self) -> None:
        """Look whether the import is still there: Ctrl+Z takes it back too, from any page, or has it again."""
        report = self.report if self.step == "done" else self._taken_away
        if report is not None and report.batch:
            self.ask(journal.is_undone, report.batch, done=self._found_undone, key="undone")

    def _found_undone(self, undone: bool) -> None:
        if undone and self.step == "done":
            self._gone()
        elif not undone and self._taken_away is not None:
            self._show_brought_in(self._taken_away)

    def _go(self, step: str) -> None:
        self.step = step
        self._stack.setCurrentIndex({"choose": 0, "busy": 1}.get(step, 2))
        report = self.report
        useful = self._useful()
        self.go_on.setVisible(step == "look")
        self.again.setVisible(step in ("look", "done"))
        written = step == "done" and report is not None and report.batch > 0
        self.back_out.setVisible(written)
        self.changes.setVisible(step in ("choose", "done"))
        self._reckon()
        self.calm.setText(_("Nothing has been written yet. Everything can be undone at once, also "
                            "next month.")
                          if step == "look" else "")
        first = {
            "choose": self.empty.button,
            "busy": self.cancel,
            "look": self.go_on if useful else self.again,
        }
        target = first.get(step, self.again)
        if target is not None:
            self.setFocusProxy(target)
            if self.isVisible():
                target.setFocus()

    def _useful(self) -> bool:
        return self.report is not None and any(file.added or file.updated for file in self.report.files)

    def _reckon(self) -> None:
        """Sum up the import beside its button, which is enabled when there is something to do."""
        self.go_on.setEnabled(self._useful() and not self._again)
        if self._again:
            self.remark.setText(_("Looking again…"))
        else:
            report = self.report if self.step in ("look", "done") else None
            self.remark.setText(summary(report) if report is not None else "")

    def _show_report(self) -> None:
        if self.report is None or self.step == "busy":
            return

        self.view = ReportView(self.report, self.context.discreet, importing.column_fields())
        self.view.column_chosen.connect(self._choose_column)
        self.view.card_wished.connect(self.context.open_customer)
        self.view.forgotten_left.connect(self._leave_forgotten)
        self._area.setWidget(self.view)
        self._go("look" if self.report.dry_run else "done")

    def _veil(self, discreet: bool) -> None:
        if self.view is not None and self.report is not None:
            self.view.show_report(self.report, discreet)

    def _choose_column(self, place: int, number: int, field: str) -> None:
        """Choose another field for a column: see at once what that makes of it."""
        chosen = self.wanted.setdefault(self.paths[place], {})
        if field == AS_FOUND:
            chosen.pop(number, None)
        else:
            chosen[number] = field
        self._look_again()

    def _leave_forgotten(self, left: bool) -> None:
        self.without_forgotten = left
        self._look_again()

    def _look_again(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
        self._again = True
        self._reckon()
        self._work(dry_run=True)

    # --- doing --------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for files and look into them."""
        words = _("Lists of customers")
        every = _("All files")
        kinds = f"{words} ({ENDINGS});;{every} (*)"
        system_dialogs.files_to_open(self.context, _("Choose files"), downloads(), kinds, self.look)

    def look(self, paths: Sequence[Path]) -> None:
        """Look what these files would become (dry run)."""
        self.paths, self.wanted, self.without_forgotten = list(paths), {}, False
        self._start(_("Looking what stands in it…"), dry_run=True)

    def proceed(self) -> None:
        """Write what was looked at."""
        if self.step == "look" and self.go_on.isEnabled():
            self._start(_("Importing…"), dry_run=False)

    def _start(self, words: str, dry_run: bool) -> None:
        self._taken_away = None
        self.problem.set_text("")
        self.good.set_text("")
        self.doing.setText(words)
        self.bar.setValue(0)
        self._writing, self._again = not dry_run, False
        self._work(dry_run)
        self.cancel.setEnabled(True)
        self._go("busy")

    def _work(self, dry_run: bool) -> None:
        wanted = {path: dict(chosen) for path, chosen in self.wanted.items()}
        handle = self._handle = self.context.jobs.work(
            importing.import_files, self.paths, dry_run=dry_run, by=self.context.staff_id, columns=wanted,
            leave_forgotten=self.without_forgotten, progress=self._progress, owner=self,
            done=lambda report: self._done(report) if handle is self._handle else None,
            failed=lambda error: self._failed(error) if handle is self._handle else None,
        )

    def _progress(self, text: str, share: float) -> None:
        if text:
            self.doing.setText(text)
        self.bar.setValue(round(1000 * share))

    def stop(self) -> None:
        """Ask the import to stop; nothing of it is kept then."""
        if self.step == "busy" and self._handle is not None:
            self._handle.cancel()
            self.cancel.setEnabled(False)
            self.doing.setText(_("Stopping…"))

    def _done(self, report: ImportReport) -> None:
        self._handle = None
        if self._again and self.view is not None:
            self._again, self.report = False, report
            self.view.show_report(report, self.context.discreet)
            self._reckon()
            return
        self._show_brought_in(report)
        if report.batch:
            everything = frozenset({"customer", "interaction", "contact_point", "staff", "profile_field", "treatment"})
            saved = Saved(report.batch, _("List imported"), everything, frozenset(), many=True)
            self.context.jobs.saved.emit(saved)
            self.context.toast(saved.what, saved)

    def _show_brought_in(self, report: ImportReport) -> None:
        self.report, self.step, self._taken_away = report, "look", None
        self._show_report()
        if report.batch:
            self.good.set_text(_("Imported: {summary}").format(summary=summary(report)))

    def _failed(self, error: Exception) -> None:
        self._handle, self._again = None, False
        self.step = "choose"
        if self._writing and self.report is not None:
            self._show_report()
        else:
            self.report = None
            self._go("choose")
        if isinstance(error, Cancelled):
            self.good.set_text(error.message)
        elif isinstance(error, UserError):
            self.problem.set_text(error.message)
        else:
            self.context.tell(error)

    def take_back(self) -> None:
        """Undo the whole import."""
        if self.report is None or not self.report.batch:
            return
        self.back_out.setEnabled(False)
        self.context.jobs.work(
            journal.undo, self.report.batch, by=self.context.staff_id,
            done=self._taken_back, failed=self._not_taken_back, owner=self,
        )

    def _taken_back(self, saved: Saved) -> None:
        self.back_out.setEnabled(True)
        self._gone()
        self.context.toast(saved.what, saved)

    def _gone(self) -> None:
        self.report, self._taken_away = None, self.report
        self._go("choose")
        self.good.set_text(_("Everything of this import has been undone."))

    def _not_taken_back(self, error: Exception) -> None:
        self.back_out.setEnabled(True)
        if isinstance(error, UserError):
            self.problem.set_text(error.message)
        else:
            self.context.tell(error)
