"""Verification of a copy: read back page by page, and held against the notebook it was made of as that was at the
moment of the copy.

A page that was kept in memory says nothing of the disk, so the copy is asked of the disk again where the system can.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from sqlcipher3 import dbapi2

from kapperboek.domain.errors import Cancelled, UserError
from kapperboek.i18n import _
from kapperboek.storage.copies import former_keys
from kapperboek.storage.file import generation, key_derivation, open_file
from kapperboek.storage.file.notebook import Notebook

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

_PAGES_A_STEP = 256  # a megabyte; between steps another thread gets its turn
_STEPS = 20_000  # of SQLite's own, some milliseconds: so often is asked whether to go on
_COUNTED = ("customer", "interaction", "change", "change_row")  # which every version has


class Contents(NamedTuple):
    """Contents of a notebook at one moment: pages, rows, and the uid of its last change."""

    pages: int
    rows: tuple[int, ...]
    last_change: str | None


def contents(connection: Connection) -> Contents:
    """Contents that this connection sees; a copy has the same only when it holds all of it. Raises as SQLite does."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    rows = connection.execute(
        "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in _COUNTED)
    ).fetchone()
    return Contents(pages, tuple(rows), generation.last_change(connection))


@contextmanager
def opened(book: Notebook, copy: Path) -> Iterator[Connection]:
    """A copy to look into, with the notebook's key or one from before, and its own salt."""
    salt = key_derivation.read_salt(copy) or book.salt  # what has none is no copy, which shows when it is read
    connection = open_file.connect(copy, former_keys.key_for(book, copy), salt, read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def see(book: Notebook, copy: Path, wanted: Contents, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Read all of a copy, which nobody has open. Raises UserError "damaged" when a page is not as it was written, the
    structure is wrong, or it does not hold what is ``wanted``; Cancelled; OSError.
    """

    def look() -> None:
        if cancelled():
            raise Cancelled(_("The copy was stopped; the one before it is still there."))

    look()
    if not (_is_sealed(book, copy, wanted.pages, look) and _holds(book, copy, wanted, cancelled, look)):
        raise UserError(
            "damaged", _("The copy could not be verified and was thrown away. Check the disk and try again.")
        )


def _is_sealed(book: Notebook, copy: Path, pages: int, look: Callable[[], None]) -> bool:
    """Verify the seals of all pages: so many there are, each as it was written."""
    seal_key = key_derivation.page_key(book.key, book.salt)
    with copy.open("rb") as file:
        _let_go(file)
        if file.read(key_derivation.SALT_BYTES) != book.salt:
            return False
        file.seek(0)
        for number in range(1, pages + 1):
            if number % _PAGES_A_STEP == 0:
                look()
            page = file.read(key_derivation.PAGE_BYTES)
            if len(page) != key_derivation.PAGE_BYTES or not key_derivation.is_authentic(page, number, seal_key):
                return False
        return not file.read(1)


def _let_go(file: BinaryIO) -> None:
    """Drop the file from the page cache, so that the next read comes from the disk, where the system can be told so."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _holds(
    book: Notebook, copy: Path, wanted: Contents, cancelled: Callable[[], bool], look: Callable[[], None]
) -> bool:
    with opened(book, copy) as connection:
        connection.set_progress_handler(cancelled, _STEPS)
        try:
            return contents(connection) == wanted and _is_sound(connection)
        except dbapi2.OperationalError:
            look()  # an interrupted question is no error
            raise


def _is_sound(connection: Connection) -> bool:
    """Tell whether SQLite's quick check finds the structure right."""
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def is_damaged(connection: Connection) -> bool:
    """Check an open copy for damage: a page that fails its seal, a structure that SQLite finds wrong.

    True when there is any. Raises as SQLite does.
    """
    if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        return True
    return not _is_sound(connection)
