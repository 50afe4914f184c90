"""Whether another program wrote over a file that is open, seen from one page: that of the counters, with the mark.

It is written anew with each log (``generation``), and no two writings of a page look the same, also of the same words.
So while it is as it was, or as the log beside it says, the log still completes this file.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kapperboek.storage import generation, keys, torn_log

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook

_LOG_HEAD, _FRAME_HEAD = 32, 24
_TRIES = 3  # of reading a file that is being written at this moment
_WHERE = "SELECT rootpage FROM sqlite_master WHERE name = 'counter'"


class Page(NamedTuple):
    """One page as it stands in the file, by its number."""

    number: int = 0
    content: bytes = b""


def page_of(book: Notebook, descriptor: int) -> Page:
    """The page with the mark; no page where it cannot be read."""
    from sqlcipher3 import dbapi2

    if descriptor < 0:
        return Page()
    try:
        number = int(book.connection.execute(_WHERE).fetchone()[0])
        return Page(number, os.pread(descriptor, keys.PAGE_BYTES, (number - 1) * keys.PAGE_BYTES))
    except (dbapi2.Error, TypeError, OSError):
        return Page()


def file_fits(book: Notebook, now: Page, known: Page) -> bool:
    """Whether the file still is what the connection and its log take it for; ``known``: the page when that was so."""
    from sqlcipher3 import dbapi2

    if now.content and (now == known or _is_in_log(now, torn_log.beside(book.path))):
        return True
    try:
        marks = generation.of(book.connection)
    except dbapi2.Error:
        return True  # whoever asks something of it is told what is wrong
    for _try in range(_TRIES):
        found = generation.in_file(book.path, book.key, book.salt)
        if found is not None:
            return found.now in marks
    return not now.number  # where the page itself cannot be looked at nobody can tell


def _is_in_log(page: Page, log: Path) -> bool:
    wanted = struct.pack(">I", page.number)
    try:
        with log.open("rb") as file:
            file.seek(_LOG_HEAD)
            while len(head := file.read(_FRAME_HEAD)) == _FRAME_HEAD:
                if head.startswith(wanted):
                    if file.read(keys.PAGE_BYTES) == page.content:
                        return True
                else:
                    file.seek(keys.PAGE_BYTES, os.SEEK_CUR)
    except OSError:
        return False
    return False
