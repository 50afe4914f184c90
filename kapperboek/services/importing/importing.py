"""Import of customer lists and agendas: any mix of files, one change, nobody twice.

Who is who is decided in ``import_people`` and ``import_agenda``; here files are opened by what stands in them, read
one after the other within one unit of work, and counted. A rehearsal is the same, rolled back at the end.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

from kapperboek.domain.errors import Cancelled, UserError
from kapperboek.domain.records import DocumentRecord, Rejected, SourceRecord
from kapperboek.domain.staff_rights import SETTINGS
from kapperboek.domain.views.list_views import FileReport, ImportReport
from kapperboek.exchange.calendar.ical import read_ical
from kapperboek.exchange.detect import detect
from kapperboek.exchange.document.notebook_document import read_document
from kapperboek.exchange.ldif import read_ldif
from kapperboek.exchange.sheet.xlsx_read import read_xlsx
from kapperboek.exchange.table.column_choice import column_fields as column_fields
from kapperboek.exchange.vcard.vcard import read_vcards
from kapperboek.i18n import _, ngettext
from kapperboek.services import permissions
from kapperboek.services.importing.import_agenda import Agenda
from kapperboek.services.importing.import_people import Known, People
from kapperboek.services.importing.import_tally import Tally, stops_everything
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_reader import write_document_head
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work

Item = TypeVar("Item")
Progress = Callable[[str, float], None]

_LOOK_EVERY = 100  # records between two looks at whether the user wants to stop
_READING = 0.85  # the part of the time that reading takes; the rest is for the commit


def import_files(
    book: Notebook,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    by: int = 0,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    source: str = "import",
    columns: Mapping[Path, Mapping[int, str]] | None = None,
    leave_forgotten: bool = False,
) -> ImportReport:
    """Read the files into the notebook as one change, and tell of each what came of it.

    ``progress`` is told the file's name and the part done (0 to 1). Raises Cancelled when ``cancelled`` says so, and
    UserError when the notebook itself is in the way (disk full, in use); nothing is kept then. A file or a record
    that cannot be read is reported and takes no other one along. ``columns`` says for a table what its columns hold,
    where its own headings do not or are wrong: number of the column (see ColumnView) → one of ``column_fields``.
    With ``leave_forgotten`` who may be somebody that was forgotten is left out, and said.
    """
    watch = Watch(paths, progress, cancelled)
    try:
        with uncollected(), unit_of_work(book, "", staff_id=by, source=source) as uow:
            tallies = [(path, Tally(path, (columns or {}).get(path))) for path in paths]
            reports = _import_all(uow, tallies, watch, leave_forgotten)
            uow.say(_sentence(reports))
            if dry_run:
                raise _Rehearsed
            watch.look()
    except _Rehearsed:
        return ImportReport(0, reports, dry_run=True)
    watch.tell("", 1.0)
    return ImportReport(uow.saved.change_id, reports)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector: it would look through all that was read over and over again, and records
    have no cycles for it to find.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Rehearsed(Exception):
    """The end of a dry run: the unit of work is left without a commit."""


class Watch:
    """Tells how far it is over all files, and stops when the user asks for it."""

    def __init__(self, paths: Sequence[Path], progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self.tell = progress or (lambda _what, _part: None)
        self._cancelled = cancelled or (lambda: False)
        self._sizes = {path: _size(path) for path in paths}
        self._before = 0
        self._name = ""

    def begin(self, path: Path) -> None:
        """Begin the progress of the next file. Raises Cancelled."""
        self._name = path.name
        self.read(0, 1)

    def end(self, path: Path) -> None:
        """Count that file as done."""
        self._before += self._sizes.get(path, 0)

    def read(self, done: int, _total: int) -> None:
        """Report progress: so many bytes of the present file were read. Raises Cancelled."""
        self.look()
        self.tell(self._name, _READING * min(1.0, (self._before + done) / max(1, sum(self._sizes.values()))))

    def look(self) -> None:
        """Raise Cancelled when the user wants to stop."""
        if self._cancelled():
            raise Cancelled(_("The import was stopped. Nothing of it was kept."))


def _size(path: Path) -> int:
    """Size of a file in bytes; 0 for what cannot be looked at, which reading it will say in words."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _import_all(
    uow: UnitOfWork, tallies: Sequence[tuple[Path, Tally]], watch: Watch, leave_forgotten: bool
) -> tuple[FileReport, ...]:
    # Gone when this returns: nothing is left for the collector to look through.
    known = Known(uow.book, leaves_forgotten=leave_forgotten)
    return tuple(_import_file(uow, path, tally, known, watch) for path, tally in tallies)


def _import_file(uow: UnitOfWork, path: Path, tally: Tally, known: Known, watch: Watch) -> FileReport:
    watch.begin(path)
    try:
        tally.format = detect(path)
        if tally.format == "ical":
            _import_agenda(uow, path, tally, known, watch)
        elif tally.format == "document":
            _import_document(uow, path, tally, known, watch)
        else:
            _import_records(uow, path, tally, known, watch)
    except UserError as error:
        if stops_everything(error):
            raise
        tally.fail(0, None, error.message)
    watch.end(path)
    return tally.report()


def _import_records(uow: UnitOfWork, path: Path, tally: Tally, known: Known, watch: Watch) -> None:
    people = People(uow, tally, known)
    try:
        for item in _watched(_reader(uow.book, path, tally, watch), watch):
            _take(people, item, tally)
    except UserError as error:
        if not stops_everything(error):  # the file breaks off: who was read before is in
            people.finish()
        raise
    people.finish()


def _take(people: People, item: SourceRecord | Rejected, tally: Tally) -> None:
    if isinstance(item, Rejected):
        tally.fail(item.record, item.line, item.reason, item.text)
    else:
        people.take(item)


def _reader(book: Notebook, path: Path, tally: Tally, watch: Watch) -> Iterator[SourceRecord | Rejected]:
    if tally.format == "vcard":
        return read_vcards(path, watch.read)
    if tally.format == "ldif":
        return read_ldif(path, watch.read)
    year = book.clock.today().year
    if tally.format in ("xlsx", "xls", "ods"):
        return read_xlsx(path, watch.read, year, tally.choice)
    from kapperboek.exchange.sheet.csv_files import read_csv

    return read_csv(path, watch.read, year, tally.choice)


def _import_document(uow: UnitOfWork, path: Path, tally: Tally, known: Known, watch: Watch) -> None:
    document, rejected, unknown = read_document(path, watch.read)
    for refused in rejected:
        tally.fail(refused.record, refused.line, refused.reason, refused.text)
    if unknown:
        tally.remark(_("Kept, though this version does not know what it is: {keys}").format(keys=", ".join(unknown)))
    if permissions.may(uow.book, uow.staff_id, SETTINGS):
        write_document_head(uow, document)
    elif document.staff or document.treatments or document.profile_fields:
        tally.remark(_("Staff, treatments and fields of the card were left out: those an owner imports."))
    people = People(uow, tally, known)
    for item in _watched(_numbered(document, rejected), watch):
        people.take(item)
    people.finish()


def _numbered(document: DocumentRecord, rejected: Iterable[Rejected]) -> Iterator[SourceRecord]:
    """The customers with their places in the document, those that were rejected left out."""
    missing = {item.record for item in rejected}
    places = (place for place in range(1, len(document.customers) + len(missing) + 1) if place not in missing)
    for place, customer in zip(places, document.customers, strict=True):
        yield SourceRecord(customer, place)


def _import_agenda(uow: UnitOfWork, path: Path, tally: Tally, known: Known, watch: Watch) -> None:
    agenda = Agenda(uow, tally, known)
    for item in _watched(read_ical(path, uow.book.zone.key, uow.book.clock.today(), watch.read), watch):
        if isinstance(item, Rejected):
            tally.fail(item.record, item.line, item.reason, item.text)
        else:
            agenda.take(item)
    agenda.finish()


def _watched(items: Iterable[Item], watch: Watch) -> Iterator[Item]:
    """Items with a look now and then at whether to go on. Some are read at once, because a processor is quicker at one
    thing at a time; what was read before a file breaks off is taken first.
    """
    rest = iter(items)
    while True:
        watch.look()
        read: list[Item] = []
        try:
            read.extend(islice(rest, _LOOK_EVERY))
        finally:
            yield from read
        if not read:
            return


def _sentence(reports: Sequence[FileReport]) -> str:
    """Sentence for the journal: the file, or how many, and how many customers came of it."""
    added = sum(report.added for report in reports)
    updated = sum(report.updated for report in reports)
    if len(reports) == 1:
        what = _("Import of {file}: {added} added, {updated} updated").format(
            file=reports[0].file, added=added, updated=updated
        )
        return what
    what = ngettext(
        "Import of {n} file: {added} added, {updated} updated",
        "Import of {n} files: {added} added, {updated} updated",
        len(reports),
    )
    return what.format(n=len(reports), added=added, updated=updated)
