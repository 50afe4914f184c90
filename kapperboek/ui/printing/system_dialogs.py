"""System dialogs, the system's own questions, which file and which printer: the only place they are asked.

What was asked before the window locked is void, whatever is answered to it after; while it is locked nothing is asked.
None waits for its answer where it was asked: a page can go away under it, and answers of the notebook go on arriving.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog
from shiboken6 import isValid

from kapperboek.ui.core.context import Context
from kapperboek.ui.core.signals import owner_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Ask = QFileDialog.FileMode


def file_to_save(
    context: Context, title: str, start: str, kinds: str, chosen: Callable[[Path, str], object]
) -> None:
    """Ask for a name beginning with the file ``start``; ``chosen`` gets it, and which of the ``kinds`` was named."""
    dialog = _files(context, title, Path(start).parent, kinds, Ask.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(Path(start).name)
    _ask(context, dialog, lambda: chosen(Path(dialog.selectedFiles()[0]), dialog.selectedNameFilter()), chosen)


def file_to_open(context: Context, title: str, start: str, kinds: str, chosen: Callable[[Path], object]) -> None:
    """Ask for a file that is there, beginning in the folder ``start``."""
    dialog = _files(context, title, Path(start), kinds, Ask.ExistingFile)
    _ask(context, dialog, lambda: chosen(Path(dialog.selectedFiles()[0])), chosen)


def files_to_open(
    context: Context, title: str, start: str, kinds: str, chosen: Callable[[list[Path]], object]
) -> None:
    """Ask for one or more files to open."""
    dialog = _files(context, title, Path(start), kinds, Ask.ExistingFiles)
    _ask(context, dialog, lambda: chosen([Path(name) for name in dialog.selectedFiles()]), chosen)


def folder(context: Context, title: str, start: str, chosen: Callable[[Path], object]) -> None:
    """Ask for a folder that is there."""
    dialog = _files(context, title, Path(start), "", Ask.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _ask(context, dialog, lambda: chosen(Path(dialog.selectedFiles()[0])), chosen)


def printer(context: Context, chosen: Callable[[QPrinter], object], prepared: QPrinter | None = None) -> None:
    """Ask for a printer; ``prepared`` has its page set up already."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    made = prepared or QPrinter(QPrinter.PrinterMode.HighResolution)
    _ask(context, QPrintDialog(made, context.window), lambda: chosen(made), chosen)


def _files(context: Context, title: str, start: Path, kinds: str, mode: QFileDialog.FileMode) -> QFileDialog:
    dialog = QFileDialog(context.window, title, str(start), kinds)
    dialog.setFileMode(mode)
    return dialog


def _ask(
    context: Context, dialog: QDialog, answered: Callable[[], object], chosen: Callable[..., object]
) -> None:
    asked, owner = context.locks, owner_of(chosen)

    def finished(result: int) -> None:
        if result and asked == context.locks and not context.locked and (owner is None or isValid(owner)):
            answered()

    if context.locked:
        dialog.deleteLater()
        return
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    QShortcut(QKeySequence("Ctrl+L"), dialog).activated.connect(context.lock_wished.emit)  # it takes all other keys
    dialog.finished.connect(finished)
    QDialog.open(dialog)
