"""Customers and their visits as a workbook (.xlsx) for a spreadsheet program.

XlsxWriter was used before: it writes every sheet into a file of its own first, and whoever kills it leaves those
behind, readable. This writes each sheet once, straight into the workbook; it needs text, one bold line and a fixed
heading, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import Self
from zipfile import ZIP_DEFLATED, ZipFile

from kapperboek.domain.records import CustomerRecord
from kapperboek.exchange.files import replacing
from kapperboek.exchange.sheet.customer_sheet import customer_table, visit_headings, visit_row
from kapperboek.i18n import _

_CELL_LIMIT = 32_000  # Excel holds 32,767 characters in a cell
_ROW_LIMIT = 1_048_000
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    "</fills><borders count=\"1\"><border/></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>'
)
_HEADING_STAYS = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)
# What XML cannot hold is written as Excel does, and so is what looks like that.
_ODD = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def write_xlsx(path: Path, records: Iterable[CustomerRecord]) -> int:
    """Write the customers and their visits as two sheets; every cell is plain text, so nothing in it can run.

    Returns the number of customers. UserError: no rights, disk full. Health warnings stay out (see
    ``sheet``).
    """
    with replacing(path) as draft, ZipFile(draft, "w", ZIP_DEFLATED) as archive, _Workbook(archive) as workbook:
        headings, rows = customer_table(_with_visits(records, _VisitSheets(workbook)))
        workbook.begin(_("Customers"), first=True)
        _write_customers(workbook, headings, rows)
    return len(rows)


class _Workbook:
    """Sheets of text, one after the other; the first to be seen may be written last."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._sheet: TextIOWrapper | None = None
        self._row = 0
        self._titles: list[str] = []
        self._seen: list[int] = []  # the numbers of the sheets, in the order they stand in

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None:
            self._close()
        elif self._sheet is not None:
            with suppress(OSError):  # what failed before is what must be told
                self._sheet.close()

    def begin(self, title: str, *, first: bool = False) -> None:
        """The next sheet, which the next rows go to."""
        self._end()
        self._titles.append(title)
        number = len(self._titles)
        self._seen.insert(0 if first else len(self._seen), number)
        # A sheet may grow beyond what a ZIP can hold otherwise, and nobody knows that before.
        member = self._archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True)
        self._sheet = TextIOWrapper(member, "utf-8", errors="replace", newline="")
        self._sheet.write(f'{_XML}<worksheet xmlns="{_MAIN}">{_HEADING_STAYS if first else ""}<sheetData>')
        self._row = 0

    def add(self, cells: Mapping[int, str], *, bold: bool = False) -> None:
        """A row, by the places of its cells, which must go up; empty ones need not be there."""
        assert self._sheet is not None
        self._row += 1
        style = ' s="1"' if bold else ""
        written = "".join(
            f'<c r="{_column(place)}{self._row}"{style} t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t>'
            "</is></c>" for place, text in cells.items() if text
        )
        self._sheet.write(f'<row r="{self._row}">{written}</row>')

    def _end(self) -> None:
        if self._sheet is not None:
            self._sheet.write("</sheetData></worksheet>")
            self._sheet.close()
            self._sheet = None

    def _close(self) -> None:
        """All that says which sheets there are."""
        self._end()
        numbers = range(1, len(self._titles) + 1)
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>' for n in numbers
        )
        sheets = "".join(f'<sheet name="{_escaped(self._titles[n - 1])}" sheetId="{n}" r:id="rId{n}"/>'
                         for n in self._seen)
        related = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
            f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{kinds}</Types>',
            "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations([*related, ("rId0", "styles", "styles.xml")]),
            "xl/styles.xml": _STYLES,
        }
        for name, text in parts.items():
            self._archive.writestr(name, _XML + text)


def _relations(of: Iterable[tuple[str, str, str]]) -> str:
    told = "".join(f'<Relationship Id="{one}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for one, kind, target in of)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


@cache
def _column(place: int) -> str:
    """The letters of a column, from 0."""
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _escaped(text: str) -> str:
    for sign, instead in _ESCAPES.items():
        text = text.replace(sign, instead)
    return _ODD.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


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

    def __init__(self, workbook: _Workbook) -> None:
        self.workbook = workbook
        self.sheets = 0
        self._next()

    def _next(self) -> None:
        self.sheets += 1
        self.workbook.begin(_("Visits") if self.sheets == 1 else f"{_('Visits')} {self.sheets}")
        self.row = 0
        self.add(visit_headings())

    def add(self, cells: list[str]) -> None:
        if self.row >= _ROW_LIMIT:
            self._next()
        self.workbook.add({place: cell[:_CELL_LIMIT] for place, cell in enumerate(cells)})
        self.row += 1
        rest = [cell[_CELL_LIMIT:] if len(cell) > _CELL_LIMIT else "" for cell in cells]
        if any(rest):  # the rest of a very long note goes on in a further note of the same moment
            self.add([*cells[:3], "note", *[""] * (len(cells) - 6), "\n".join(filter(None, rest)), ""])


def _write_customers(workbook: _Workbook, headings: list[str], rows: list[dict[str, str]]) -> None:
    notes = _("Notes")
    spare = max((_further_cells(row, notes) for row in rows), default=0)
    places = {
        heading: place for place, heading in enumerate([*headings, *(f"{notes} {n}" for n in range(2, spare + 2))])
    }
    workbook.add({place: heading for heading, place in places.items()}, bold=True)
    for row in rows:
        workbook.add(dict(sorted((places[heading], value) for heading, value in _cut(row, notes).items())))


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
