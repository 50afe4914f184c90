"""Workbooks of Excel and LibreOffice in (python-calamine: fifty times as fast as openpyxl, and it runs no formulas;
.xls and .ods it reads as well); out goes by ``xlsx_write``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kapperboek.domain.records import Rejected, SourceRecord
from kapperboek.domain.time.clock import SystemClock
from kapperboek.exchange.files import TABLE_LIMIT, Progress, asking, size_within
from kapperboek.exchange.sheet.hidden_rows import remarks_on_hidden
from kapperboek.exchange.sheet.visit_sheet import Visits, is_visits
from kapperboek.exchange.sheet.workbook import sheets as sheets_of
from kapperboek.exchange.sheet.workbook_child import Hidden
from kapperboek.exchange.table.column_choice import ColumnChoice
from kapperboek.exchange.table.columns import Layout, layout, lists_people
from kapperboek.exchange.table.other_lists import list_of_visits, lists_visits, refuse_other_lists, refuse_wide
from kapperboek.exchange.table.table import customers, no_list_of_customers
from kapperboek.exchange.table.table_cells import cleaned
from kapperboek.i18n import _


def read_xlsx(
    path: Path, progress: Progress | None = None, latest: int | None = None, choice: ColumnChoice | None = None
) -> Iterator[SourceRecord | Rejected]:
    """Read every customer of every sheet, with their visits when one is a sheet of visits. ``choice``: see there.

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
        rows = list(asking(cleaned(raw), progress, path.stat().st_size))
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
    """Refuse a workbook: UserError that says what it is instead of a list of customers."""
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
