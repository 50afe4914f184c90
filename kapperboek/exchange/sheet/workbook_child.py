"""Reads one workbook in a process of its own: ``python workbook_child.py FILE``, the sheets on standard output.

The reader (python-calamine) is fast, but a crafted file makes it panic, or ask for more memory than there is, and then
the process ends at once: a chain of sectors in an .xls that goes in a circle was enough. Here nobody is at work in
that process, and it may take so much memory and no more. Looking through the file first was tried for packed
workbooks (``zip_limits``) and stays; for .xls it would be a second reader. This file is run by its path, so nothing of
ours is imported.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from html import unescape
from struct import unpack, unpack_from
from typing import IO, BinaryIO

DAMAGED = 3  # exit code: the reader says that it is no workbook, damaged or locked
PIECE = 2000  # rows that go over at once
_ROOM, _TIMES = 5 << 28, 60  # bytes of memory: a few empty millions of cells, and twice what a full sheet takes
_LEAST_SECONDS, _SECONDS_A_MEGABYTE, _SECONDS = 20, 10, 600  # of processor time: some broken files are read for ever


Hidden = tuple[bool, list[int], list[int]]  # whether the sheet is, and which of its rows and columns, from 0
Piece = tuple[bool, str, list[list[str | bool]], Hidden]  # whether a sheet begins, its name, rows of it, what is hidden
Parts = dict[str, tuple[list[int], list[int]]]  # of each sheet, by name, which rows and columns are hidden
_TAGS = re.compile(rb"<(row|col)\b([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_ODS_TAGS = re.compile(rb"<table:table(?:-(row|column))?(?=[\s/>])([^>]*)>")
_BEGIN, _END, _SHEET, _ROW, _COLUMNS = 0x809, 0x0A, 0x85, 0x208, 0x7D  # kinds of records in an .xls
_NUMBERS = re.compile(rb"\b(r|min|max)=\"(\d{1,7})\"")
_READ = 1 << 20
_HIDDEN_AT_MOST = 100_000
_FILLED_AT_MOST = 1_000_000  # cells that get what stands in a cell they are merged with


def main(path: str, out: BinaryIO) -> int:
    """Write one Piece after the other; gives the exit code."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            _limit(file.seek(0, 2))
            file.seek(0)
            workbook = CalamineWorkbook.from_filelike(file)
            unseen = _hidden_parts(path)
            for about in workbook.sheets_metadata:
                seen = str(about.visible).endswith("Visible")
                _write(out, workbook, about.name, (not seen, *unseen.get(about.name, ([], []))))
    except (CalamineError, OSError, ValueError):
        return DAMAGED
    out.flush()
    return 0


def _write(out: BinaryIO, workbook: object, name: str, hidden: Hidden) -> None:
    from python_calamine import CalamineError

    try:
        sheet = workbook.get_sheet_by_name(name)  # type: ignore[attr-defined]
        cells = sheet.to_python(skip_empty_area=False)
        _fill_merged(cells, getattr(sheet, "merged_cell_ranges", None) or [])
    except (CalamineError, ValueError) as error:
        if "Worksheet" in str(error) or "chart" in str(error).lower():
            return  # a sheet that is only a chart
        raise
    for start in range(0, max(1, len(cells)), PIECE):
        rows = [[_plain(cell) for cell in row] for row in cells[start : start + PIECE]]
        piece: Piece = (start == 0, name, rows, hidden)
        marshal.dump(piece, out)


def _fill_merged(cells: list[list[object]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Fill merged cells: what stands in a cell of several rows stands in each of them, as a household's name."""
    filled = 0
    for (first, column), (last, _column) in ranges:
        if first >= len(cells) or column >= len(cells[first]) or cells[first][column] in ("", None):
            continue
        for row in cells[first + 1 : last + 1]:
            filled += 1
            if filled > _FILLED_AT_MOST:
                return
            if column < len(row) and row[column] in ("", None) and any(cell not in ("", None) for cell in row):
                row[column] = cells[first][column]


def _hidden_parts(path: str) -> Parts:
    """The hidden rows and columns of each sheet, which the reader does not tell."""
    with suppress(Exception):  # whatever is the matter: the reader says it
        if not zipfile.is_zipfile(path):
            with open(path, "rb") as file:  # noqa: PTH123
                return hidden_in_xls(file.read())
        with zipfile.ZipFile(path) as archive:
            if "content.xml" in archive.namelist():
                with archive.open("content.xml") as content:
                    return _hidden_in_ods(content)
            return _hidden_in_xlsx(archive)
    return {}


def _hidden_in_xlsx(archive: zipfile.ZipFile) -> Parts:
    found = Parts()
    with suppress(Exception):  # what was found until then counts
        book, links = (archive.read(f"xl/{name}") for name in ("workbook.xml", "_rels/workbook.xml.rels"))
        targets = {key: target for key, target in map(_link, re.findall(rb"<Relationship\b[^>]*>", links)) if key}
        for tag in re.findall(rb"<sheet\b[^>]*>", book):
            name, key = _attribute(tag, b"name"), _attribute(tag, b"r:id")
            place = targets.get(key, "").lstrip("/")
            with archive.open(place if place.startswith("xl/") else f"xl/{place}") as sheet:
                found[unescape(name)] = _hidden_in(sheet)
    return found


def _hidden_in_ods(content: IO[bytes]) -> Parts:
    """Hidden rows and columns of each sheet of an .ods, collapsed by hand or by a filter; one may stand for several."""
    found = Parts()
    places, hidden, rest = {b"row": 0, b"column": 0}, dict[bytes, list[int]](), b""
    while piece := content.read(_READ):
        text = rest + piece
        rest = text[text.rfind(b"<") :][:2000]
        for tag in _ODS_TAGS.finditer(text, 0, len(text) - len(rest)):
            kind, said = tag[1] or b"", tag[2].decode("utf-8", "replace")
            if not kind:
                places, hidden = {b"row": 0, b"column": 0}, {b"row": [], b"column": []}
                found[unescape(_attribute(tag[0], b"table:name"))] = hidden[b"row"], hidden[b"column"]
            elif hidden:
                repeated = re.search(r"table:number-(?:rows|columns)-repeated=\"(\d{1,9})\"", said)
                first, many = places[kind], int(repeated[1]) if repeated else 1
                places[kind] += many
                if re.search(r"table:visibility=\"(?:collapse|filter)\"", said):
                    hidden[kind] += range(first, first + min(many, _HIDDEN_AT_MOST - len(hidden[kind])))
    return found


def hidden_in_xls(data: bytes) -> Parts:
    """The hidden rows and columns of each sheet of a workbook of Excel 97 and later; ValueError, IndexError and
    struct.error where it is no such workbook.
    """
    book, found = _stream(data, "Workbook"), Parts()
    sheets, rows, columns, depth, place = dict[int, str](), list[int](), list[int](), 0, 0
    while place + 4 <= len(book):
        kind, length = unpack_from("<HH", book, place)
        if kind == _BEGIN:
            depth += 1
            if depth == 1:  # a chart within a sheet is deeper
                rows, columns = found[sheets.get(place, "")] = [], []
        elif kind == _END:
            depth -= 1
        elif kind == _SHEET:
            sheets[unpack_from("<I", book, place + 4)[0]] = _sheet_name(book[place + 10 : place + 4 + length])
        elif kind == _ROW and unpack_from("<H", book, place + 16)[0] & 0x20 and len(rows) < _HIDDEN_AT_MOST:
            rows.append(unpack_from("<H", book, place + 4)[0])
        elif kind == _COLUMNS and unpack_from("<H", book, place + 12)[0] & 1 and len(columns) < _HIDDEN_AT_MOST:
            first, last = unpack_from("<HH", book, place + 4)
            columns += range(first, min(last + 1, 20_000))
        place += 4 + length
    return found


def _sheet_name(text: bytes) -> str:
    return text[2:].decode("utf-16-le" if text[1] & 1 else "latin-1")


def _stream(data: bytes, name: str) -> bytes:
    """Stream of a compound file: the file system in which Excel kept its workbooks.

    Not so short a one that it shares its sectors with others: a workbook never is.
    """
    size = 1 << (unpack_from("<H", data, 30)[0] & 15)
    sectors = [data[start : start + size] for start in range(size, len(data), size)]
    table, further = list(unpack_from("<109I", data, 76)), unpack_from("<I", data, 68)[0]
    while further < len(sectors) and len(table) < len(sectors) + 109:  # a large file: the table goes on
        *more, further = unpack(f"<{size // 4}I", sectors[further])
        table += more
    follows = [
        each for place in table if place < len(sectors) for each in unpack(f"<{size // 4}I", sectors[place])
    ]
    entries = _chained(sectors, follows, unpack_from("<I", data, 48)[0])
    for start in range(0, len(entries), 128):
        entry = entries[start : start + 128]
        if entry[: 2 * len(name) + 2] == f"{name}\0".encode("utf-16-le"):
            first, length = unpack_from("<II", entry, 116)
            return _chained(sectors, follows, first)[:length]
    return b""


def _chained(sectors: list[bytes], follows: list[int], first: int) -> bytes:
    found, seen = list[bytes](), set[int]()
    while first < len(sectors) and first not in seen:
        seen.add(first)
        found.append(sectors[first])
        first = follows[first]
    return b"".join(found)


def _link(tag: bytes) -> tuple[str, str]:
    return _attribute(tag, b"Id"), _attribute(tag, b"Target")


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"=[\"']([^\"']*)[\"']", tag)
    return found[1].decode("utf-8", "replace") if found else ""


def _hidden_in(sheet: IO[bytes]) -> tuple[list[int], list[int]]:
    rows, columns, rest = list[int](), list[int](), b""
    while piece := sheet.read(_READ):
        text = rest + piece
        rest = text[text.rfind(b"<") :][:2000]
        if b"hidden=" not in text:
            continue
        for tag in _TAGS.finditer(text, 0, len(text) - len(rest)):
            numbers = {key: int(number) for key, number in _NUMBERS.findall(tag[2])}
            if tag[1] == b"row" and len(rows) < _HIDDEN_AT_MOST:
                rows.append(numbers.get(b"r", 0) - 1)
            elif len(columns) < _HIDDEN_AT_MOST:
                columns += range(numbers.get(b"min", 1) - 1, min(numbers.get(b"max", 1), 20_000))
    return rows, columns


def _plain(cell: object) -> str | bool:
    """Text, or what must be said in the user's language; days and moments in ISO form, whole numbers as such."""
    if isinstance(cell, str | bool):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="minutes")
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, date | int):
        return str(cell)
    return "" if cell is None else str(cell)


def _limit(size: int) -> None:
    """Limit the memory and time for a file of that size in bytes, where the system can be told.

    And nobody's data in a core dump.
    """
    try:
        import resource

        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (ImportError, AttributeError, ValueError, OSError):  # Windows
        return
    wanted = {
        resource.RLIMIT_AS: max(_ROOM, min(memory, _ROOM + _TIMES * size)),
        resource.RLIMIT_CPU: min(_SECONDS, _LEAST_SECONDS + (_SECONDS_A_MEGABYTE * size >> 20)),
        resource.RLIMIT_CORE: 0,
    }
    for what, most in wanted.items():
        hard = resource.getrlimit(what)[1]
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.buffer))
