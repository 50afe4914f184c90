"""Page for a notebook that cannot be opened: what is the matter, and what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import UserError
from kapperboek.i18n import _
from kapperboek.ui.start.full_page import Cover
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.text_labels import Label


def advice(code: str) -> str:
    """Advice per kind of trouble: what to do next, where the message does not say so itself."""
    return {
        "newer-version": "",  # the message says it all
        "damaged": _("Nothing was changed. Put the last backup back; the damaged file is kept aside."),
        "not-a-notebook": _("Or move this file away to begin anew."),
        "in-use": _("Close the other program that has it open, then try again."),
        "no-rights": _("Ask for rights to the file and its folder, then try again."),
        "disk-full": _("Make room on the disk, then try again. What was saved is still there."),
        "folder-missing": _("Is a disk or a network folder not connected? Connect it and try again."),
    }.get(code.removesuffix("-beginning"), _("Try again. If it stays like this, put a backup back."))


class TroublePage(Cover):
    """``again()`` to try once more; ``restore(backup)`` to put the last backup back; ``rescue()`` to save what can
    still be read."""

    again = Signal()
    restore = Signal(object)
    rescue = Signal()

    def __init__(
        self, error: UserError, path: Path, backups: Path | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("The notebook can't be opened"), error.message, width=620, parent=parent)
        if to_do := advice(error.code):
            self.box.addWidget(Label(to_do, wrap=True))
        self.box.addWidget(Label(str(path), size=13, token="soft", wrap=True))
        self.try_button = Button(_("Try again"), kind="primary", size="large", icon="redo")
        self.try_button.clicked.connect(self.again)
        self.box.addWidget(self.try_button)
        damaged = error.code in ("damaged", "damaged-beginning")
        newest = last_backup(backups, path.stem) if damaged or error.code == "not-a-notebook" else None
        if newest is not None:
            back = Button(
                _("Put back the last backup ({file})").format(file=newest.name), icon="backup", size="large"
            )
            back.clicked.connect(lambda: self.restore.emit(newest))
            self.box.addWidget(back)
        if damaged:
            save = Button(_("Save what can be read"), icon="file", size="large")
            save.clicked.connect(self.rescue)
            self.box.addWidget(save)
        self.finish()
        self.setFocusProxy(self.try_button)


def last_backup(backups: Path | None, stem: str) -> Path | None:
    """The newest copy of this notebook, if there is one: another one's may lie in the same folder."""
    if backups is None or not backups.is_dir():
        return None
    files = [file for file in backups.glob("*.kapperboek") if file.name.startswith(f"{stem}-") and file.is_file()]
    return max(files, key=lambda file: file.stat().st_mtime, default=None)
