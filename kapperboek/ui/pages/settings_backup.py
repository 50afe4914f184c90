"""Settings: the last good copy, making one now, and where they are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from kapperboek.i18n import _, format_day, ngettext
from kapperboek.ui.context import Context
from kapperboek.ui.pages.settings_rows import Section, SettingRow
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.labels import Label


class BackupSection(Section):
    """Copies are made every day by themselves; here one sees that they are."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.now = Button(_("Make a copy now"), icon="backup")
        self.elsewhere = Button(_("Choose a folder…"), icon="export")
        self.look = Button(_("Show the folder"), icon="file")
        self.last = SettingRow(_("Last good copy"), _("none yet"), self.now, 0)
        self.where = SettingRow(_("Where they are"), "", self.look, 0)
        self.other = SettingRow(
            _("A copy somewhere else"),
            _("On a USB stick, for example, that you keep at home."),
            self.elsewhere,
            0,
        )
        self.good = Notice("", kind="info", icon="check")
        card = self.card(_("Backups"), "backup", [self.good, self.last, self.where, self.other])
        words = _(
            "Every day a copy is made and opened as a test; those of 7 days, 4 weeks and 12 months are kept. "
            "A copy is as encrypted as the notebook: without its passphrase nobody opens it."
        )
        card.body.addWidget(Label(words, size=13.5, token="soft", wrap=True))
        self.now.clicked.connect(self._make)
        self.elsewhere.clicked.connect(self._choose)
        self.look.clicked.connect(self._show)

    def refresh(self) -> None:
        folder = self.context.backups
        found = copies(folder)
        self.where.setVisible(folder is not None)
        self.where.set_remark(str(folder or ""))
        self.look.setEnabled(folder is not None and folder.is_dir())
        self.now.setEnabled(folder is not None)
        if not found:
            self.good.set_text("")
            self.last.set_remark(_("none yet"))
            return
        made = datetime.fromtimestamp(found[0].stat().st_mtime)
        day = made.date()
        words = _("today") if day == self.context.day else format_day(day, self.context.day)
        self.good.set_text(_("Last good copy: {day} {time}").format(day=words, time=f"{made:%H:%M}"))
        count = ngettext("{n} copy", "{n} copies", len(found)).format(n=len(found))
        self.last.set_remark(f"{found[0].name} · {_megabytes(found[0])} · {count}")

    def _make(self) -> None:
        if self.context.backups is not None:
            self._copy_to(self.context.backups)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("A copy somewhere else"))
        if chosen:
            self._copy_to(Path(chosen))

    def _copy_to(self, folder: Path) -> None:
        for button in (self.now, self.elsewhere):
            button.setEnabled(False)
        self.context.jobs.work(_copy, folder, done=self._made, failed=self._failed, owner=self)

    def _made(self, path: Path) -> None:
        self._free()
        self.context.toast(_("Copy made and tested: {file}").format(file=path.name))

    def _failed(self, error: Exception) -> None:
        self._free()
        self.context.tell(error)

    def _free(self) -> None:
        self.elsewhere.setEnabled(True)
        self.refresh()

    def _show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.backups)))


def copies(folder: Path | None) -> list[Path]:
    """The copies in the folder, newest first."""
    if folder is None or not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if path.suffix == ".kapperboek"]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _megabytes(path: Path) -> str:
    size = path.stat().st_size / 1_000_000
    return f"{size:.0f} MB" if size >= 10 else f"{max(size, 0.1):.1f} MB"


def _copy(book: Any, folder: Path) -> Path:
    from kapperboek.services import upkeep

    folder.mkdir(parents=True, exist_ok=True)
    return upkeep.backup(book, folder)
