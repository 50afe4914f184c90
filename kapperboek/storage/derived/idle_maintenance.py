"""Idle maintenance: pieces of the search index to join, and the write-ahead log to work in (a checkpoint).

Both would otherwise be done in the middle of some save, which then takes three to thirty times as long as the others.
Left undone they only cost room and a little of each search, so nothing is lost when no quiet moment comes: SQLite does
it in a save after all, the index at sixteen pieces of a size and the log at the length that ``open_file`` sets. But a
copy of the file without its log lacks what stands only there: so the log is worked in within seconds.
"""

from __future__ import annotations

from kapperboek.storage.derived import full_text
from kapperboek.storage.file import dialect, open_file, overwrite_detection
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.unit_of_work import explained

PAGES_JOINED = 16  # at a time: a few milliseconds, which is what a key press that comes meanwhile waits


def join_a_little(book: Notebook) -> bool:
    """Join some pieces of the search index, in a transaction of its own; whether there may be more to do.

    Nothing that a reader sees changes by it; so it begins no log, which would carry no mark of its own and fit any
    state of the file (see ``generation``). Raises UserError, "in-use" at once when another program is writing.
    """
    if book.read_only or not left_in_log(book):
        return False
    book.connection.execute(open_file.NO_WAITING)  # somebody may be typing meanwhile
    try:
        with explained():
            return any(full_text.join_pieces(book, table, PAGES_JOINED) for table in full_text.TABLES)
    finally:
        book.connection.execute(open_file.WAITING)


def work_log_in(book: Notebook) -> None:
    """Write what the log holds into the file itself, so that the file alone says it all, wherever it is taken; whoever
    reads or writes meanwhile goes on. Raises CannotOpen where another program has written over the file.
    """
    if book.read_only:
        return
    book.see_content()
    if left_in_log(book):
        book.rows(dialect.WORK_LOG_IN)
        book.see_content()  # now, so that no save need find out why the file looks different


def left_in_log(book: Notebook) -> int:
    """Number of pages of the log that are not in the file yet."""
    with explained():
        pages, done = overwrite_detection.log_of(book.connection)
    return pages - done
