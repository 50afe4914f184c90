"""Zip bombs, small files that would fill all memory: refused before anything is unpacked.

The reader of workbooks (python-calamine) keeps a sheet as one block from its first to its last cell, and ends the whole
program when there is no memory for it. So a sheet of which one cell stands a million rows further is refused as well.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapperboek.domain.errors import UserError
from kapperboek.exchange.files import MEGABYTE, trouble_with
from kapperboek.i18n import _

# What zipfile says of a broken archive; RuntimeError of an encrypted one.
_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError)
UNPACKED_LIMIT = 1024 * MEGABYTE
_SUSPECT = 64 * MEGABYTE  # from here on it also counts how much smaller it was packed
_RATIO = 150  # XML of real workbooks becomes 5 to 40 times as small
_CELLS = 20_000_000
_EMPTY = 100  # cells for each that holds something
_OVERLAP = 32
_FAR = re.compile(rb'r="(?:[A-Z]{3}|[A-Z]{1,2}\d{6})')
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,9})"')


def refuse_bomb(path: Path) -> None:
    """Refuse a zip bomb: UserError when a small file would unpack to something enormous, or is no archive at all."""
    with archive_in(path) as archive:
        _refuse_size(path, archive)
        for entry in archive.infolist():
            if entry.filename.endswith(".xml") and _is_far(archive, entry):
                _refuse_extent(path, archive, entry)


@contextmanager
def archive_in(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, open. UserError when it can't be read, or what is read of it in the block is broken or locked."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise trouble_with(path, error) from error
    except _BROKEN as error:
        raise UserError(
            "damaged-file", _("{name} is damaged: it breaks off or was changed.").format(name=path.name)
        ) from error


def _refuse_size(path: Path, archive: zipfile.ZipFile) -> None:
    unpacked = sum(entry.file_size for entry in archive.infolist())
    packed = sum(entry.compress_size for entry in archive.infolist())
    if unpacked > UNPACKED_LIMIT or (unpacked > _SUSPECT and unpacked > _RATIO * packed):
        text = _("{name} would unpack to {size} MB; that is no list of customers.")
        raise UserError("too-large", text.format(name=path.name, size=unpacked // MEGABYTE))


def _is_far(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Tell whether a cell stands so far that it must be looked at how much there is before it."""
    return any(_FAR.search(piece) for piece in _pieces(archive, entry))


def _refuse_extent(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    last_column = last_row = cells = 0
    for piece in _pieces(archive, entry):
        for column, row in _CELL.findall(piece):
            cells += 1
            last_column, last_row = max(last_column, _number(column)), max(last_row, int(row))
    area = last_column * last_row
    if area > _CELLS and area > _EMPTY * cells:
        text = _(
            "{name} has a cell far away from all others, so that it would need {n} million empty cells. "
            "Remove that cell in a spreadsheet program and save it again."
        )
        raise UserError("too-large", text.format(name=path.name, n=area // 1_000_000))


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked text a megabyte at a time, each with the end of the one before."""
    end = b""
    with archive.open(entry) as file:
        while piece := file.read(MEGABYTE):
            yield end + piece
            end = piece[-_OVERLAP:]


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = 26 * number + letter - 64
    return number
