"""Full-text index of SQLite (FTS5): everything that knows its language, for ``search_index`` which says what is in it.

Each table holds words for a customer's id, and an engine with another index offers the same: ``find`` for a question
made of ``word``, ``beginning``, ``all_of``, ``any_of`` and ``within``; ``replace``, ``empty`` and ``purge`` to write;
``join_pieces`` for what is better done in quiet moments. Words are folded and split by ``search_index`` before they
come here, so nothing that is typed can be read as syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kapperboek.storage.file import dialect
from kapperboek.storage.file.notebook import Notebook

Entry = tuple[object, ...]
"""A customer's id, and the words for each column of a table."""

COLUMNS = {
    "search_name": ("given", "name"),
    "search_contact": ("email", "place"),
    "search_text": ("card", "notes"),
    "search_sound": ("sound",),
    "search_phone": ("ends",),
}
TABLES = tuple(COLUMNS)
_INSERTS = {table: dialect.insert(table, ("rowid", *columns)) for table, columns in COLUMNS.items()}


# ---- questions


def word(text: str) -> str:
    """Question for this very word."""
    return f'"{text}"'


def beginning(text: str) -> str:
    """Question for the words that begin so."""
    return f'"{text}"*'


def all_of(questions: Iterable[str]) -> str:
    """Question that holds where each of these does."""
    return " AND ".join(questions)


def any_of(questions: Iterable[str]) -> str:
    """Question that holds where one of these does."""
    return f"({' OR '.join(questions)})"


def within(column: str, question: str) -> str:
    """Question that is asked of one column only."""
    return f"{column} : ({question})"


def find(book: Notebook, table: str, question: str, limit: int) -> list[int]:
    """Ids of the customers for whom the question holds, the newest customers first, ``limit`` at most."""
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
    return [row[0] for row in book.rows(sql, (question, limit))]


def find_all(book: Notebook, table: str, question: str) -> list[int]:
    """Ids of all customers for whom the question holds, in no order."""
    return [row[0] for row in book.rows(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (question,))]


def is_out_of_step(book: Notebook) -> bool:
    """Tell whether somebody is missing from the index of names, or in it and gone."""
    missing = "SELECT 1 FROM customer WHERE id NOT IN (SELECT rowid FROM search_name) LIMIT 1"
    gone = "SELECT 1 FROM search_name WHERE rowid NOT IN (SELECT id FROM customer) LIMIT 1"
    return any(book.row(sql) is not None for sql in (missing, gone))


# ---- writing, within the transaction there is


def present(book: Notebook, table: str, ids: Sequence[int]) -> list[int]:
    """Those of the customers who have an entry in that table."""
    # the list of rows beside the index: asking the index itself is dear
    sql = f"SELECT id FROM {table}_docsize WHERE id IN {dialect.MEMBERS}"
    return [row[0] for row in book.rows(sql, (dialect.members(ids),))] if ids else []


def replace(book: Notebook, table: str, ids: Sequence[int], entries: Iterable[Entry]) -> None:
    """Take these customers out of a table, and write the new entries."""
    # Deleting in vain is dear in FTS5, and writes out what it gathered.
    gone = [(customer_id,) for customer_id in present(book, table, ids)]
    book.connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", gone)
    book.connection.executemany(_INSERTS[table], entries)


def empty(book: Notebook) -> None:
    """Take everybody out of the index."""
    for table in TABLES:
        book.connection.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")


def purge(book: Notebook) -> None:
    """Make the index hold no word of anybody who is gone. Deleting only marks in these tables; merging all they hold
    into one piece leaves it out. Dear: as much is written as the index is large."""
    for table in TABLES:
        book.connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def drop_unused_words(book: Notebook) -> None:
    """Take out of ``search_word`` what stands in nobody's name."""
    connection = book.connection
    connection.execute("CREATE VIRTUAL TABLE temp.spoken USING fts5vocab('main', 'search_name', 'row')")
    connection.execute("DELETE FROM search_word WHERE word NOT IN (SELECT term FROM temp.spoken)")
    connection.execute("DROP TABLE temp.spoken")


# ---- in quiet moments


def join_pieces(book: Notebook, table: str, pages: int) -> bool:
    """Join some pieces of the index, about so many pages; True while there are more.

    From the first time on FTS5 no longer joins of its own accord: there is somebody now who does it in time.
    """
    connection = book.connection
    if book.value(f"SELECT v FROM {table}_config WHERE k = 'automerge'") != 0:
        connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('automerge', 0)")
    before = connection.total_changes
    connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', {pages})")
    return bool(connection.total_changes - before > 1)  # the command itself counts for one
