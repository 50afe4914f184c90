"""The sheets of a workbook, read by another process (see ``workbook_child``), which may break without us."""

from __future__ import annotations

import marshal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import IO

from kapperboek.domain.errors import Cancelled, UserError
from kapperboek.exchange.files import TABLE_LIMIT, Progress, reading
from kapperboek.exchange.sheet import workbook_child
from kapperboek.exchange.zip_limits import refuse_bomb
from kapperboek.i18n import _

_ASK_EVERY = 0.1  # seconds
OPTION = "--read-workbook"  # how a frozen program, which cannot run a file of ours by its path, is asked for the same


def sheets(
    path: Path, progress: Progress | None = None
) -> Iterator[tuple[str, list[list[str]], workbook_child.Hidden]]:
    """The name of every sheet, its cells as text, and what of it is hidden.

    ``progress`` is asked all the while. UserError when the file is damaged, locked or too much.
    """
    with reading(path, TABLE_LIMIT) as (_file, size):  # what the system has against it is said in words
        if zipfile.is_zipfile(path):  # .xls is not packed
            refuse_bomb(path)
    with subprocess.Popen(
        [*command(), str(path.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            assert child.stdout is not None
            with _stopped_with(child, progress, size):
                yield from _joined(child.stdout)
            code = child.wait()
        finally:
            child.kill()
    if progress:
        progress(0, size)  # it may have ended because the user wants to stop
    if code:
        raise _refusal(path, code)


@contextmanager
def _stopped_with(child: subprocess.Popen[bytes], progress: Progress | None, size: int) -> Iterator[None]:
    """The other process ends as soon as the user wants to stop: it may be long over its first row."""
    over = Event()

    def look() -> None:
        try:
            while progress and not over.wait(_ASK_EVERY):
                progress(0, size)
        except Cancelled:
            child.kill()

    Thread(target=look, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, OPTION]
    return [sys.executable, "-P", str(Path(workbook_child.__file__))]


def _joined(pieces: IO[bytes]) -> Iterator[tuple[str, list[list[str]], workbook_child.Hidden]]:
    """Sheets from their pieces; stops where the other process did."""
    words = {True: _("yes"), False: _("no")}
    name, rows, hidden = "", list[list[str]](), (False, list[int](), list[int]())
    begun = False
    while (piece := _next(pieces)) is not None:
        begins, name_of_it, cells, hidden_here = piece
        if begins and begun:
            yield name, rows, hidden
            rows = []
        begun, name, hidden = True, name_of_it, hidden_here
        rows += [[cell if isinstance(cell, str) else words[cell] for cell in row] for row in cells]
    if begun:
        yield name, rows, hidden


def _next(pieces: IO[bytes]) -> workbook_child.Piece | None:
    try:
        piece: workbook_child.Piece = marshal.load(pieces)
    except (EOFError, ValueError, TypeError):  # the end, or where it broke off
        return None
    return piece


def _refusal(path: Path, code: int) -> UserError:
    if code == workbook_child.DAMAGED:
        text = _("{name} is damaged or protected by a password. Open it in a spreadsheet program and save it again.")
    else:
        text = _(
            "{name} cannot be read: it is damaged, or it needs more memory than there is. "
            "Open it in a spreadsheet program and save it as .csv, a large list in parts."
        )
    return UserError("damaged-file", text.format(name=path.name))
