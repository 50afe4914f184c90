"""Orphan pages: rows on pages that nothing leads to any more, because a page on the way to them is damaged.

Each page of the file is looked at as if it were a whole table by itself. Whether the rows on it are of the table sought
is seen from their number of columns (what is missing, or too much, shows as a mark) and from their key and customer,
which an index must know of as lost. This is done in a copy of the file that is thrown away: every entry of its schema
is made to speak of another page, in no more room than it had, so that no page is added to a file that is damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from kapperboek.storage.damage.damaged_pages import GUESSED, Key, Row, Shape, Torn, Unreadable

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

WORTH_IT = 30  # rows; fewer stand on one page, which is itself the damaged one
_MOST = 2000  # rows a page of 4096 bytes can hold, and more
_MARK = b"\xff"


def find(
    connect: Callable[[], Connection],
    shape: Shape,
    columns: list[str],
    lost: dict[Key, object],
    alone: bool,
    look: Callable[[], None],
) -> Iterator[list[Row]]:
    """The rows of ``lost`` that stand somewhere all the same, key first; what is found is taken out of ``lost``.

    ``alone``: no other table has as many columns, so that a key that was only guessed is good enough.
    ``connect`` gives a connection to the copy. Nothing is found when the copy's schema cannot be written.
    """
    torn = Torn(connect, look)
    try:
        count = int(torn.ask("PRAGMA page_count")[0][0])
        entries = _entries(connect, len(_definition(shape, count)))
        for start in range(2, count + 1, len(entries)):
            torn.close()
            pages = range(start, min(start + len(entries), count + 1))
            _as_tables(connect, shape, pages, entries)
            for page in pages:
                if lost and (found := list(_of_page(torn, shape, columns, page, lost, alone))):
                    yield found
    except (dbapi2.DatabaseError, Unreadable, UnicodeDecodeError):
        return  # then what is lost stays lost, and is counted as such
    finally:
        torn.close()


def _entries(connect: Callable[[], Connection], size: int) -> list[int]:
    """The entries of the schema with room for a definition of that size; all others are taken out."""
    connection = connect()
    try:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE sql IS NULL OR length(sql) < ?", (size,))
        return [row[0] for row in connection.execute("SELECT rowid FROM sqlite_master")]
    finally:
        connection.close()


def _definition(shape: Shape, page: int) -> str:
    """Columns by their places: the last one, and one that isn't there, are marked when a row doesn't have them."""
    names = [f"c{place}" for place in range(len(shape.columns))]
    key = ",".join(names[shape.columns.index(column)] for column in shape.key if column != "rowid")
    if shape.number:
        names[shape.columns.index(shape.number)] += " INTEGER PRIMARY KEY"
    names[-1] += f" DEFAULT x'{_MARK.hex()}'"
    body = ",".join([*names, f"beyond DEFAULT x'{_MARK.hex()}'", *([f"PRIMARY KEY({key})"] if key else [])])
    return f"CREATE TABLE p{page}({body}){'WITHOUT ROWID' if key else ''}"


def _as_tables(connect: Callable[[], Connection], shape: Shape, pages: range, entries: list[int]) -> None:
    """Say in the copy's schema that each of these pages is a table of that shape."""
    connection = connect()
    try:
        connection.execute("PRAGMA writable_schema = ON")
        connection.executemany(
            "UPDATE sqlite_master SET type = 'table', name = ?1, tbl_name = ?1, rootpage = ?2, sql = ?3"
            " WHERE rowid = ?4",
            [
                (f"p{page}", page, _definition(shape, page), entry)
                for page, entry in zip((*pages, *range(-1, -len(entries), -1)), entries, strict=False)
            ],
        )
    finally:
        connection.close()


def _of_page(
    torn: Torn, shape: Shape, columns: list[str], page: int, lost: dict[Key, object], alone: bool
) -> Iterator[Row]:
    """Rows on one page that are of what is sought."""
    places = {column: f"c{place}" for place, column in enumerate(shape.columns)} | {"rowid": "rowid"}
    owner, last = places.get(shape.owner, "NULL"), places[shape.columns[-1]]
    key_and_columns = ", ".join(places[column] for column in (*shape.key, *columns))
    try:
        rows = torn.ask(f"SELECT {owner}, {last}, beyond, {key_and_columns} FROM p{page} LIMIT {_MOST}")
    except Unreadable:
        return
    width = len(shape.key)
    for about, end, beyond, *rest in rows:
        key = tuple(rest[:width])
        if end == _MARK or beyond != _MARK or key not in lost:
            continue
        if alone if lost[key] is GUESSED else lost[key] in (about, None):
            del lost[key]
            yield tuple(rest)
