"""Changes written by another program, or by this one when nobody asked for it: read from the journal, for whoever shows
what they changed.

The journal tells which cards and tables; what it does not tell row by row (somebody was forgotten) may be anything.
"""

from __future__ import annotations

from kapperboek.domain.views.saved import JournalMark, Saved
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import name_mentions
from kapperboek.storage.write import journaled_tables
from kapperboek.storage.write.unit_of_work import NAMED_AT_MOST, THIS_RUN

_ROWS_AT_MOST = 5_000  # of an import on the command line: after so many rows it is everything
_OTHERS = "change.id > ? AND substr(change.uid, 1, length(?)) <> ?"
_EVERYTHING = Saved(0, "", frozenset(journaled_tables.JOURNALED), frozenset(), many=True)


def written_elsewhere(book: Notebook, last: JournalMark | None) -> tuple[JournalMark, Saved | None]:
    """Look for changes of other programs: where the journal ends now, and what they wrote since ``last``.

    None for nothing, and without ``last``. Costs one number as long as nobody else wrote. What this run of the program
    wrote itself is not told.
    """
    if last is not None and book.data_version() == last.version:
        return last, None
    return end(book), None if last is None else since(book, last)


def end(book: Notebook) -> JournalMark:
    """End of the journal as it is now."""
    version = book.data_version()  # first: what is written in between is found the next time
    return JournalMark(version, *(book.row("SELECT id, uid FROM change ORDER BY id DESC LIMIT 1") or (0, "")))


def since(book: Notebook, last: JournalMark) -> Saved | None:
    """Changes written since then, but for what somebody did in this run of the program; None for nothing."""
    others = (last.change_id, THIS_RUN, THIS_RUN)
    known = book.value("SELECT uid FROM change WHERE id = ?", (last.change_id,))
    if last.change_id and known != last.uid:  # the end of the journal was taken away with whoever was forgotten
        return _EVERYTHING
    untold = "SELECT 1 FROM change_row WHERE change_id = change.id"
    if book.row(f"SELECT 1 FROM change WHERE {_OTHERS} AND NOT EXISTS ({untold})", others):
        return _EVERYTHING
    rows = book.rows(
        "SELECT table_name, customer_id, before FROM change JOIN change_row ON change_id = change.id"
        f" WHERE {_OTHERS} LIMIT ?",
        (*others, _ROWS_AT_MOST),
    )
    if len(rows) == _ROWS_AT_MOST:
        return _EVERYTHING
    return _told(rows) if rows else None


def _told(rows: list[tuple[str, int | None, str | None]]) -> Saved:
    """The cards and tables of these rows; of a row that moved also whose it was."""
    whose = [customer_id for _table, customer_id, _before in rows]
    whose += [name_mentions.image(before).get("customer_id") for _table, _id, before in rows]
    touched = {customer_id for customer_id in whose if isinstance(customer_id, int)}
    many = len(touched) > NAMED_AT_MOST
    return Saved(
        0,
        "",
        frozenset(table for table, _id, _before in rows),
        frozenset() if many else frozenset(touched),
        customer_id=touched.copy().pop() if len(touched) == 1 else 0,
        many=many,
    )
