"""SQL dialect: what only SQLite understands, each under the usual word for what it does.

All other SQL of storage is written so that PostgreSQL reads it too; a test goes through it word by word. What stands
here is what a second database engine has to say in its own words; the search index is in ``derived.full_text``. The
room of the file itself (how it is opened, copied, checked and repaired) has no second engine and is not part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

# ---- many values in one parameter

MEMBERS = "(SELECT value FROM json_each(?))"
"""``WHERE id IN {MEMBERS}``: the values that ``members`` made one parameter of. One text of SQL for any number of them,
so that it is compiled once, and no limit but memory."""

PAIRS = "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"
"""Rows of two columns, of the pairs that ``members`` made one parameter of."""


def members(values: Iterable[object]) -> str:
    """The parameter for MEMBERS or PAIRS: numbers and texts, or pairs of them."""
    return json.dumps(list(values))


def insert(table: str, columns: Sequence[str]) -> str:
    """Statement that inserts one row, with a parameter for each column."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


# ---- JSON in columns; names are names of ours and never somebody's words


def json_value(text: str) -> str:
    """The value that a JSON text is as a whole: of ``"shop_name"`` the words without their quotes."""
    return f"json_extract({text}, '$')"


def json_field(text: str, name: str) -> str:
    """The value that a JSON object has by this name; NULL when it is null or has none."""
    return f"json_extract({text}, '$.{name}')"


def json_has(text: str, name: str) -> str:
    """Condition that a JSON object has something by this name, be it null."""
    return f"json_type({text}, '$.{name}') IS NOT NULL"


def json_text(value: str) -> str:
    """The JSON text for a number or a text."""
    return f"json_quote({value})"


def json_object(columns: Iterable[str]) -> str:
    """The JSON text of a row: an object with these columns by name."""
    named = ", ".join(f"'{column}', {column}" for column in columns)
    return f"json_object({named})"


# ---- texts


def contains(text: str) -> str:
    """Condition that a text contains the one given as a parameter, letter by letter."""
    return f"instr({text}, ?) > 0"


def like_folded(text: str) -> str:
    r"""Condition that a text fits the pattern given as a parameter, capitals or not; ``\`` takes a letter as it is.
    Of letters with accents both cases must be asked for."""
    return f"{text} LIKE ? ESCAPE '\\'"


# ---- what tables there are

COLUMNS = "SELECT name FROM pragma_table_info(?) ORDER BY cid"
"""Names of a table's columns, in order."""

TEXT_COLUMNS = "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT' ORDER BY cid"
"""Names of those a table's columns that hold text, in order."""

FOREIGN_KEYS = 'SELECT "from", "table" FROM pragma_foreign_key_list(?)'
"""Foreign keys of a table: the column, and the table it points at."""

# ---- transactions

BEGIN_READING = "BEGIN"
"""Every question after it is answered as of one moment."""

BEGIN_WRITING = "BEGIN IMMEDIATE"
"""Begin a transaction that writes, as the only one there is: who only takes the lock later loses others' updates."""

KEYS_AT_COMMIT = "PRAGMA defer_foreign_keys = ON"
"""In the transaction there is the order of rows is free: what points at nothing is refused at COMMIT."""

# ---- the file on disk

REWRITE_FILE = "VACUUM"
"""Write the file anew, without what was deleted in it."""

EMPTY_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"
"""Write what the log holds into the file and empty it; the first column tells whether somebody was in the way."""

WORK_LOG_IN = "PRAGMA wal_checkpoint(PASSIVE)"
"""Write what the log holds into the file, as far as nobody is in the way."""
