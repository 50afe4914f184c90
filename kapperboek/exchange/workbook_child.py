"""Reads one workbook in a process of its own: ``python workbook_child.py FILE``, the sheets on standard output.

The reader (python-calamine) is fast, but a crafted file makes it panic, or ask for more memory than there is, and then
the process ends at once: a chain of sectors in an .xls that goes in a circle was enough. Here nobody is at work in
that process, and it may take so much memory and no more. Looking through the file first was tried for packed
workbooks (``bombs``) and stays; for .xls it would be a second reader. This file is run by its path, so nothing of ours
is imported.
"""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from datetime import date, datetime, time
from typing import BinaryIO

DAMAGED = 3  # exit code: the reader says that it is no workbook, damaged or locked
PIECE = 2000  # rows that go over at once
_ROOM, _TIMES = 5 << 28, 60  # bytes of memory: a few empty millions of cells, and twice what a full sheet takes
_SECONDS = 600  # of processor time


Piece = tuple[bool, str, list[list[str | bool]]]  # whether a sheet begins, its name, and rows of it


def main(path: str, out: BinaryIO) -> int:
    """Write one Piece after the other; gives the exit code."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            _limit(file.seek(0, 2))
            file.seek(0)
            workbook = CalamineWorkbook.from_filelike(file)
            for name in workbook.sheet_names:
                _write(out, workbook, name)
    except (CalamineError, OSError, ValueError):
        return DAMAGED
    out.flush()
    return 0


def _write(out: BinaryIO, workbook: object, name: str) -> None:
    from python_calamine import CalamineError

    try:
        cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    except (CalamineError, ValueError) as error:
        if "Worksheet" in str(error) or "chart" in str(error).lower():
            return  # a sheet that is only a chart
        raise
    for start in range(0, max(1, len(cells)), PIECE):
        rows = [[_plain(cell) for cell in row] for row in cells[start : start + PIECE]]
        piece: Piece = (start == 0, name, rows)
        marshal.dump(piece, out)


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
    """So much memory and time and no more for a file of that size, where the system can be told; and nobody's data in
    a core dump.
    """
    try:
        import os
        import resource

        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (ImportError, AttributeError, ValueError, OSError):  # Windows
        return
    wanted = {
        resource.RLIMIT_AS: max(_ROOM, min(memory, _ROOM + _TIMES * size)),
        resource.RLIMIT_CPU: _SECONDS,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in wanted.items():
        hard = resource.getrlimit(what)[1]
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.buffer))
