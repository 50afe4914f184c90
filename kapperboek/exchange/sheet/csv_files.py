"""CSV files: read whatever they are separated by and encoded in, and written as spreadsheets here read them.

The standard library's reader does the quoting; its Sniffer was considered, but it takes a letter for the
delimiter as soon as a list is short.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kapperboek.domain.records import CustomerRecord, Rejected, SourceRecord
from kapperboek.domain.time.clock import SystemClock
from kapperboek.exchange.files import Progress, asking, read_whole, replacing_text
from kapperboek.exchange.sheet.customer_sheet import customer_table
from kapperboek.exchange.table.column_choice import ColumnChoice
from kapperboek.exchange.table.columns import layout, lists_people
from kapperboek.exchange.table.other_lists import (
    apart_addresses,
    list_of_visits,
    lists_visits,
    refuse_other_lists,
    refuse_wide,
)
from kapperboek.exchange.table.table import customers, no_list_of_customers
from kapperboek.exchange.table.table_cells import cleaned
from kapperboek.exchange.text_decoding import decode
from kapperboek.i18n import _

_DELIMITERS = "\t;|,"  # of equal ones the first: a comma is also part of names and amounts
_SEP_LINE = re.compile(r'\ufeff?"?sep=(.)"?\r*\n', re.IGNORECASE)
_STARTS = r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"  # the last four are the wide ones of Japan
_GUARDED = re.compile(f"'+{_STARTS}")
_DANGEROUS = re.compile(f"'*{_STARTS}")
_PHONE = re.compile(r"\+[0-9 ]{7,20}")  # with - or / in it a spreadsheet would calculate


def read_csv(
    path: Path, progress: Progress | None = None, latest: int | None = None, choice: ColumnChoice | None = None
) -> Iterator[SourceRecord | Rejected]:
    """Read every row of the file as a customer, or rejected with the reason. UserError when the file cannot be read.

    ``latest`` is the last year that two digits of a birthday can mean; by default the present one. ``choice``: see
    there.
    """
    data = read_whole(path)
    text, _encoding, guessed = decode(data)
    lines = apart_addresses(_table_rows(text, progress, len(data)))
    raw = [[_unguarded(cell) for cell in row] for _line, row in asking(lines, progress, len(data))]
    rows = list(asking(cleaned(raw), progress, len(data)))
    if not rows:
        return
    refuse_wide(path.name, rows)
    refuse_other_lists(path.name, rows[:20])
    latest = latest or SystemClock().today().year
    plan, choice = layout(rows, latest), choice or ColumnChoice()
    if lists_visits(plan.columns):
        raise list_of_visits(path.name)
    plan = plan._replace(columns=choice.settle(plan.columns, rows[plan.first_row :]))
    if not lists_people(plan, rows, bool(choice.wanted)):
        raise no_list_of_customers(path.name)
    body = [(line, row) for (line, _raw), row in zip(lines[plan.first_row :], rows[plan.first_row :], strict=True)]
    remark = (
        _("The file does not say in which alphabet it is written; it was guessed. Check the accents.")
        if guessed
        else ""
    )
    for count, item in enumerate(customers(plan.columns, body, latest)):
        if remark and isinstance(item, SourceRecord) and not _shown_plain(item.customer):
            item.remarks.append(remark)  # once, at the first record where it can be seen
            remark = ""
        if progress and count % 500 == 0:
            progress(len(data) * count // max(1, len(body)), len(data))
        yield item
    if progress:
        progress(len(data), len(data))


def _shown_plain(customer: CustomerRecord) -> bool:
    """Tell whether name and note are plain ASCII: nothing in them depends on how the bytes were read."""
    c = customer
    return "".join((c.given_name, c.family_name, c.organisation, c.display_name, c.note)).isascii()


def _table_rows(text: str, progress: Progress | None, size: int) -> list[tuple[int, list[str]]]:
    """All rows that are not empty, each with the line it starts on."""
    csv.field_size_limit(2**31 - 1)  # a note of a million characters is a note
    line = 1
    if said := _SEP_LINE.match(text):
        text, delimiter, line = text[said.end() :], said[1], 2
    else:
        delimiter = _delimiter(text)
    text = text.removeprefix("\ufeff")
    rows = []
    found = list(asking(_rows(text, delimiter), progress, size))
    for row, start in _unwrapped(found) if all(len(row) < 2 for row, _start in found) else found:
        if len(row) == 1 and delimiter:
            row = _divided_otherwise(row[0], delimiter)
        if any(cell.strip() for cell in row):
            rows.append((line + start, row))
    return rows


def _unwrapped(rows: list[tuple[list[str], int]]) -> Iterator[tuple[list[str], int]]:
    """Rows of one cell each; when every line was put between quotation marks as a whole, what stands inside."""
    lines = [row[0] if row else "" for row, _start in rows]
    delimiter = next((one for one in _DELIMITERS if all(line.count(one) > 1 for line in lines if line)), "")
    for (row, start), line in zip(rows, lines, strict=True):
        yield next(csv.reader([line], delimiter=delimiter), row) if delimiter and line else row, start


def _rows(text: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    start = 0
    calm = io.StringIO(_calm(text, delimiter), newline="")
    reader = csv.reader(calm, delimiter=delimiter, skipinitialspace=delimiter == ",")
    for row in reader:
        yield row, start
        start = reader.line_num


def _calm(text: str, delimiter: str) -> str:
    """CR CR LF as one line end; a quotation mark nobody closes must not swallow the rest of the file, while cells that
    are whole between theirs stay so.
    """
    text = text.replace("\r\r\n", "\r\n")
    if text.count('"') % 2 == 0:
        return text
    edge = re.escape(delimiter)
    whole = re.compile(rf'(?:^|(?<=[{edge}\r\n]))"(?:[^"]|"")*+"(?=[{edge}\r\n]|$)')
    pieces, end = [], 0
    for cell in whole.finditer(text):
        pieces += [text[end : cell.start()].replace('"', "”"), cell[0]]
        end = cell.end()
    return "".join((*pieces, text[end:].replace('"', "”")))


def _delimiter(text: str) -> str:
    """The delimiter that divides most of the first lines, outside quotation marks, into most equal rows."""
    sample = re.sub(r'"(?:[^"]|"")*+"?', "", text[: 1 << 16]).splitlines()[:50]
    scores = []
    for delimiter in _DELIMITERS:
        counts = [line.count(delimiter) for line in sample if line.strip()]
        divided = [count for count in counts if count]
        usual = max(set(divided), key=divided.count) if divided else 0
        scores.append((len(divided) and divided.count(usual) * min(usual, 40), len(divided), delimiter))
    best = max(scores, key=lambda score: score[:2])
    return best[2] if best[0] else ","


def _divided_otherwise(cell: str, delimiter: str) -> list[str]:
    """A row of one cell may be separated otherwise than the rest of the file."""
    for other in _DELIMITERS:
        if other != delimiter and cell.count(other) >= (1 if other == "\t" else 2):
            return next(csv.reader([cell], delimiter=other), [cell])
    return [cell]


def _unguarded(cell: str) -> str:
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1]  # how some programs keep Excel from eating the zero of a number
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula; telephone numbers stay as they are."""
    return "'" + cell if _DANGEROUS.match(cell) and not _PHONE.fullmatch(cell) else cell


def write_csv(path: Path, records: Iterable[CustomerRecord]) -> int:
    """Write the customers to ``path`` and say how many; headings in the user's language. UserError as for
    files.

    Health warnings and the history stay in the notebook document (.json).
    """
    headings, rows = customer_table(records)
    with replacing_text(path, "utf-8-sig", "replace") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(headings)
        for row in rows:
            writer.writerow([guarded(row.get(heading, "")) for heading in headings])
    return len(rows)
