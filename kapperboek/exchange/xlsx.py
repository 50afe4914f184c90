"""Workbooks of Excel and LibreOffice in (python-calamine: fifty times as fast as openpyxl, and it runs no formulas;
.xls and .ods it reads as well) and out (xlsxwriter).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek.domain.clock import SystemClock
from kapperboek.domain.records import CustomerRecord, Rejected, SourceRecord
from kapperboek.exchange.choosing import ColumnChoice
from kapperboek.exchange.columns import Layout, layout, lists_people
from kapperboek.exchange.files import TABLE_LIMIT, Progress, asking, replacing, size_within, trouble_with
from kapperboek.exchange.hidden import remarks_on_hidden
from kapperboek.exchange.other_lists import list_of_visits, lists_visits, refuse_other_lists, refuse_wide
from kapperboek.exchange.sheet import customer_table, visit_headings, visit_row
from kapperboek.exchange.table import customers, no_list_of_customers
from kapperboek.exchange.table_cells import cleaned
from kapperboek.exchange.visits import Visits, is_visits
from kapperboek.exchange.workbook import sheets as sheets_of
from kapperboek.exchange.workbook_child import Hidden
from kapperboek.i18n import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_CELL_LIMIT = 32_000  # Excel holds 32,767 characters in a cell
_ROW_LIMIT = 1_048_000


def read_xlsx(
    path: Path, progress: Progress | None = None, latest: int | None = None, choice: ColumnChoice | None = None
) -> Iterator[SourceRecord | Rejected]:
    """Every customer of every sheet, with their visits when a sheet of visits is among them. ``choice``: see there.

    UserError when the file is damaged, protected by a password or unpacks to an absurd size.
    """
    size = size_within(path, TABLE_LIMIT)
    visits = Visits()
    latest = latest or SystemClock().today().year
    tables, others = _tables(path, latest, visits, choice or ColumnChoice(), progress)
    record = 0
    for name, plan, rows, hidden in tables:
        told = remarks_on_hidden(name, plan, rows, hidden)
        body = [(line, row) for line, row in enumerate(rows[plan.first_row :], plan.first_row + 1)]
        for count, item in enumerate(customers(plan.columns, body, latest)):
            record += 1
            item.record = record
            if isinstance(item, SourceRecord):
                item.remarks += told
                told = []
                visits.join(item.customer)
            if progress and count % 500 == 0:
                progress(size * count // max(1, len(body)), size)
            yield item
    for number, rejected in enumerate([*visits.rejected, *visits.strangers(), *map(_no_people, others)], record + 1):
        rejected.record = number
        yield rejected
    if progress:
        progress(size, size)


Sheet = tuple[str, Layout, list[list[str]], Hidden]


def _tables(
    path: Path, latest: int, visits: Visits, choice: ColumnChoice, progress: Progress | None
) -> tuple[list[Sheet], list[Sheet]]:
    """The sheets of people with their columns, and those of something else; visits go where they belong.

    When no sheet seems to be about people, the columns of all are offered to choose from.
    """
    sheets: list[Sheet] = []
    for name, raw, hidden in sheets_of(path, progress):
        rows = cleaned(list(asking(raw, progress, path.stat().st_size)))
        refuse_wide(path.name, rows)
        plan = layout(rows, latest)
        if is_visits(plan.columns):
            visits.read(plan, rows)
        elif any(cell.strip() for row in rows for cell in row):
            sheets.append((name, plan, rows, hidden))
    offered = [sheet for sheet in sheets if _is_list(sheet)] or sheets
    settled = [
        (name, plan._replace(columns=choice.settle(plan.columns, rows[plan.first_row :])), rows, hidden)
        for name, plan, rows, hidden in offered
    ]
    tables = [sheet for sheet in settled if _is_list(sheet, bool(choice.wanted))]
    if sheets and not tables:
        _refuse(path.name, sheets)
    if visits.by_key and not tables:
        raise list_of_visits(path.name)
    names = {sheet[0] for sheet in tables}
    return tables, [sheet for sheet in sheets if sheet[0] not in names]


def _is_list(sheet: Sheet, chosen: bool = False) -> bool:
    return lists_people(sheet[1], sheet[2], chosen) and not lists_visits(sheet[1].columns)


def _refuse(name: str, sheets: list[Sheet]) -> None:
    """UserError: what the workbook is instead of a list of customers."""
    for _name, plan, rows, _hidden in sheets:
        refuse_other_lists(name, rows[:20])
        if lists_visits(plan.columns):
            raise list_of_visits(name)
    raise no_list_of_customers(name)


def _no_people(sheet: Sheet) -> Rejected:
    name, _plan, rows, _hidden = sheet
    first = next(row for row in rows if any(cell.strip() for cell in row))
    reason = _("The sheet “{sheet}” is not a list of customers; nothing of it was read.")
    return Rejected(0, None, reason.format(sheet=name), " | ".join(filter(None, first))[:500])


def write_xlsx(path: Path, records: Iterable[CustomerRecord]) -> int:
    """Write the customers and their visits as two sheets; every cell is plain text, so nothing in it can run.

    Returns the number of customers. UserError: no rights, disk full. Health warnings stay out (see
    ``sheet``).
    """
    from tempfile import TemporaryDirectory

    import xlsxwriter

    options: dict[str, object] = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # What is written on the way is customers too: where they were asked to be, and not in a folder for everybody.
    with replacing(path) as draft, TemporaryDirectory(prefix=".kapperboek-", dir=draft.parent) as beside:
        options["tmpdir"] = beside
        try:
            workbook = xlsxwriter.Workbook(str(draft), options)
            customers_sheet = workbook.add_worksheet(_("Customers"))
            bold = workbook.add_format({"bold": True})
            headings, rows = customer_table(_with_visits(records, _VisitSheets(workbook)))
            _write_customers(customers_sheet, headings, rows, bold)
            workbook.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise trouble_with(
                path, error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error))
            ) from error
    return len(rows)


def _with_visits(records: Iterable[CustomerRecord], sheets: _VisitSheets) -> Iterator[CustomerRecord]:
    """The customers as they pass by, their visits written on the way: a million visits never stand in
    memory.
    """
    for customer in records:
        for visit in customer.interactions:
            sheets.add(visit_row(customer, visit))
        yield customer


class _VisitSheets:
    """The sheet of visits, and a next one when it is full."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.sheets = 0
        self.row = _ROW_LIMIT
        self._next()

    def _next(self) -> None:
        self.sheets += 1
        title = _("Visits") if self.sheets == 1 else f"{_('Visits')} {self.sheets}"
        self.sheet = self.workbook.add_worksheet(title)
        self.row = 0
        self.add(visit_headings())

    def add(self, cells: list[str]) -> None:
        if self.row >= _ROW_LIMIT:
            self._next()
        for place, cell in enumerate(cells):
            if cell:
                self.sheet.write_string(self.row, place, cell[:_CELL_LIMIT])
        self.row += 1
        rest = [cell[_CELL_LIMIT:] if len(cell) > _CELL_LIMIT else "" for cell in cells]
        if any(rest):  # the rest of a very long note goes on in a further note of the same moment
            self.add([*cells[:3], "note", *[""] * (len(cells) - 6), "\n".join(filter(None, rest)), ""])


def _write_customers(sheet: Worksheet, headings: list[str], rows: list[dict[str, str]], bold: object) -> None:
    notes = _("Notes")
    spare = max((_further_cells(row, notes) for row in rows), default=0)
    places = {
        heading: place for place, heading in enumerate([*headings, *(f"{notes} {n}" for n in range(2, spare + 2))])
    }
    for heading, place in places.items():
        sheet.write_string(0, place, heading, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for heading, value in sorted(_cut(row, notes).items(), key=lambda cell: places[cell[0]]):
            sheet.write_string(number, places[heading], value)


def _cut(row: dict[str, str], notes: str) -> dict[str, str]:
    """A row whose cells Excel can hold: a long note goes on in further columns, other long texts move to
    the note.
    """
    if all(len(value) <= _CELL_LIMIT for value in row.values()):
        return row
    long = {heading: value for heading, value in row.items() if len(value) > _CELL_LIMIT and heading != notes}
    row = {heading: value for heading, value in row.items() if heading not in long}
    note = "\n".join([row.get(notes, ""), *(f"{heading}: {value}" for heading, value in long.items())]).removeprefix(
        "\n"
    )
    pieces = [note[start : start + _CELL_LIMIT] for start in range(0, len(note), _CELL_LIMIT)]
    return row | {notes if n == 1 else f"{notes} {n}": piece for n, piece in enumerate(pieces, 1)}


def _further_cells(row: dict[str, str], notes: str) -> int:
    return max(0, sum(heading.startswith(f"{notes} ") for heading in _cut(row, notes)))
