"""Settings: backups, the last good one, making one now, and where they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.file_health import BackupState
from kapperboek.domain.views.list_views import CopyView
from kapperboek.i18n import _, format_day, language, ngettext
from kapperboek.services.keeping import maintenance
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.file_places import documents
from kapperboek.ui.keeping.copy_watch import place_words, rehearsal_words, warning, where_words
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.settings.keeping.settings_check import CheckRow
from kapperboek.ui.settings.settings_rows import Section, SettingRow
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Select
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.side_by_side import in_a_row
from kapperboek.ui.widgets.text_labels import Label


class BackupSection(Section):
    """Settings of backups: they are made every day by themselves; here one sees that they are."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.now = Button(_("Make a copy now"), icon="backup")
        self.elsewhere = Button(_("Choose a folder…"), icon="export")
        self.look = Button(_("Show the folder"), icon="file")
        self.last = SettingRow(_("Last good copy"), _("none yet"), self.now, 0)
        self.where = SettingRow(_("Where they are"), "", self.look, 0)
        self.no_more = Button(_("No longer"), kind="quiet")
        self.other = SettingRow(_("A copy somewhere else"), "", in_a_row(self.elsewhere, self.no_more), 0)
        self.rehearsal = SettingRow(_("Putting back, as a test"), "", QWidget(), 0)
        self.copies: tuple[CopyView, ...] = ()
        self.which = Select(name=_("Which copy"))
        self.which.setMinimumWidth(theme.px(230))
        self.back = Button(_("Put back…"), icon="undo")
        self.from_file = Button(_("From a file…"), icon="file")
        self.restore = SettingRow(
            _("Put a copy back"),
            _("You first see what stands in it. The present notebook is kept."),
            in_a_row(self.which, self.back),
            0,
        )
        self.elsewhere_back = SettingRow(
            _("Put a copy from somewhere else back"), _("From a USB stick, for example."), self.from_file, 0
        )
        self.good = Notice("", kind="info", icon="check")
        self.old = Notice("")
        rows = [_one_above_the_other(self.good, self.old), self.last, self.where, self.other, self.rehearsal]
        self.check = CheckRow(context)
        rows += [self.restore, self.elsewhere_back, self.check]
        card = self.card(_("Backups"), "backup", rows)
        words = _(
            "Every day a copy is made and opened as a test; those of 7 days, 4 weeks and 12 months are kept. "
            "A copy is as encrypted as the notebook: without its passphrase nobody opens it."
        )
        card.body.addWidget(Label(words, size=13.5, token="soft", wrap=True))
        self._connect()

    def _connect(self) -> None:
        self.now.clicked.connect(self._make)
        self.elsewhere.clicked.connect(self._choose)
        self.no_more.clicked.connect(lambda: self._place(None))
        self.look.clicked.connect(self._show)
        self.back.clicked.connect(self._put_back)
        self.from_file.clicked.connect(self._put_back_file)

    def refresh(self) -> None:
        folder = self.context.backups
        self.where.setVisible(folder is not None)
        self.where.set_remark(str(folder or ""))
        self.look.setEnabled(folder is not None and folder.is_dir())
        self.now.setEnabled(folder is not None)
        if folder is not None:
            self.context.jobs.run(maintenance.copies, folder, done=self._got, key="copies", owner=self)
            self.context.jobs.run(
                maintenance.backup_state, folder, done=self._got_state, key="backup state", owner=self
            )

    def _got_state(self, state: BackupState) -> None:
        self.old.set_text(warning(state, self.context))
        if self.context.backups is not None:
            self.where.set_remark(where_words(state, self.context.backups))
        self.other.set_remark(place_words(state, self.context), "coral" if state.copy_trouble else "soft")
        self.no_more.setVisible(state.place is not None)
        self.rehearsal.set_remark(
            rehearsal_words(state, self.context), "coral" if state.rehearsal_trouble else "soft"
        )

    def _got(self, copies: tuple[CopyView, ...]) -> None:
        self.copies = copies
        self.which.set_options([(copy.path, f"{self._when(copy)} · {_megabytes(copy.size)}") for copy in copies])
        self.restore.setVisible(bool(copies))
        if not copies:
            self.good.set_text("")
            self.last.set_remark(_("none yet"))
            return
        newest = copies[0]
        self.good.set_text(_("Last good copy: {day}").format(day=self._when(newest)))
        count = ngettext("{n} copy", "{n} copies", len(copies)).format(n=len(copies))
        self.last.set_remark(f"{newest.path.name} · {_megabytes(newest.size)} · {count}")

    def _when(self, copy: CopyView) -> str:
        day = copy.made.date()
        words = _("today") if day == self.context.day else format_day(day, self.context.day)
        return f"{words} {copy.made:%H:%M}"

    def _put_back(self) -> None:
        if isinstance(copy := self.which.value(), Path):
            self.context.open_dialog("restore", copy=copy)

    def _put_back_file(self) -> None:
        kind = _("Notebooks")
        system_dialogs.file_to_open(
            self.context, _("Put a copy back"), documents(), f"{kind} (*.kapperboek)",
            lambda path: self.context.open_dialog("restore", copy=path),
        )

    def _make(self) -> None:
        if self.context.backups is not None:
            self._copy_to(self.context.backups)

    def _choose(self) -> None:
        system_dialogs.folder(self.context, _("A copy somewhere else"), documents(), self._place)

    def _place(self, folder: Path | None) -> None:
        """Make a copy in this folder now, and from now on every day; or, without a folder, no more."""
        self.elsewhere.setEnabled(False)
        self.context.jobs.work(
            maintenance.choose_place,
            folder,
            by=self.context.staff_id,
            done=self._placed,
            failed=self._failed,
            owner=self,
        )

    def _placed(self, _nothing: None) -> None:
        self._free()
        self.context.toast(_("Settings saved"), veiled="")

    def _copy_to(self, folder: Path) -> None:
        for button in (self.now, self.elsewhere):
            button.setEnabled(False)
        self.context.jobs.work(_copy, folder, done=self._made, failed=self._failed, owner=self)

    def _made(self, path: Path) -> None:
        self._free()
        self.context.toast(_("Copy made and tested: {file}").format(file=path.name), veiled="")

    def _failed(self, error: Exception) -> None:
        self._free()
        self.context.tell(error)

    def _free(self) -> None:
        self.elsewhere.setEnabled(True)
        self.refresh()

    def _show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.backups)))


def _one_above_the_other(*parts: QWidget) -> QWidget:
    """Stack several controls in one row, of which some may be hidden."""
    row = QWidget()
    box = vbox(row)
    for part in parts:
        box.addWidget(part)
    return row


def _megabytes(bytes_of_it: int) -> str:
    size = bytes_of_it / 1_000_000
    text = f"{size:.0f} MB" if size >= 10 else f"{max(size, 0.1):.1f} MB"
    return text.replace(".", ",") if language() == "nl" else text


def _copy(book: Any, folder: Path) -> Path:
    maintenance.make_folder(folder)
    return maintenance.backup(book, folder)
