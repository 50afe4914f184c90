"""Export of the notebook or the list of customers: its formats, where the file goes, and writing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from kapperboek.i18n import _, ngettext
from kapperboek.services.importing import exporting
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.file_places import documents
from kapperboek.ui.printing import system_dialogs


class Format(NamedTuple):
    """Format of an export: suffix, name and explanation."""

    suffix: str
    words: str
    remark: str


def formats() -> tuple[Format, ...]:
    """Formats of an export, the most complete first."""
    return (
        Format(
            ".json",
            _("Everything"),
            _("A notebook document: nothing is left out, another Kapperboek reads it back."),
        ),
        Format(".xlsx", _("Spreadsheet"), _("One line per customer, for Excel or LibreOffice.")),
        Format(".csv", _("Plain list"), _("The same for every other program.")),
        Format(".vcf", _("Telephone"), _("Address cards (vCard) for a telephone or mail program.")),
        Format(".ics", _("Calendar"), _("Your appointments and birthdays, for an agenda.")),
    )


def ask_where(context: Context, suffix: str, chosen: Callable[[Path], object]) -> None:
    """Ask for a file to write. A suffix left out is added."""
    name = "".join(c for c in context.shop.name if c.isalnum() or c in " -_").strip() or "kapperboek"
    words = next((each.words for each in formats() if each.suffix == suffix), suffix)

    def named(path: Path, _kind: str) -> None:
        chosen(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))

    start = documents(f"{name}{suffix}")
    system_dialogs.file_to_save(context, _("Take the list along"), start, f"{words} (*{suffix})", named)


def export(context: Context, path: Path, owner: QWidget, after: Callable[[], None] | None = None) -> None:
    """Write the file on the worker thread, and say how many customers are in it."""

    def written(count: int) -> None:
        text = ngettext("{n} customer saved in {file}", "{n} customers saved in {file}", count)
        context.toast(text.format(n=count, file=path.name))
        if after is not None:
            after()

    def failed(error: Exception) -> None:
        context.tell(error)
        if after is not None:
            after()

    context.jobs.work(_write, path, by=context.staff_id, done=written, failed=failed, owner=owner)


def _write(book: Any, path: Path, *, by: int) -> int:
    return exporting.export_file(book, path, by=by)
