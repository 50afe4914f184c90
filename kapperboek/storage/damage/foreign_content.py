"""Foreign content in a notebook: anything that this program does not write there. Asked by a thorough check, and
when a question failed in a way that nobody foresaw: then it may be no mistake of ours but a file that somebody
made or changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from kapperboek.domain.errors import CannotOpen
from kapperboek.i18n import _
from kapperboek.storage.damage import value_repair
from kapperboek.storage.migrations import runner

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection


_COLUMNS = (
    "SELECT m.name, p.name, p.type FROM sqlite_master m, pragma_table_info(m.name) p"
    " WHERE m.type = 'table' AND m.sql LIKE 'CREATE TABLE%' AND m.name NOT LIKE 'search@_%' ESCAPE '@'"
)
_ALL_COLUMNS = "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
_KEPT_AS = {"TEXT": "'text', 'null'", "INTEGER": "'integer', 'null'", "REAL": "'real', 'integer', 'null'"}
_LEFT_OUT = {"customer_fact", "draft", "setting"}  # made anew, or read with suspicion wherever they are read


def refusal() -> CannotOpen:
    """Somebody else wrote in it."""
    text = _(
        "Something stands in this notebook that Kapperboek did not write there, so this cannot be done. "
        "Put back the last backup, or see what it is with: kapperboek check"
    )
    return CannotOpen("damaged", text)


def is_of_version(connection: Connection, version: int) -> bool:
    """Tell whether the file has everything of that schema version, and nothing that only came later."""
    if not 0 < version <= runner.NEWEST:
        return False
    needed, known = set(_fresh(_ALL_COLUMNS, version)), set(_fresh(_ALL_COLUMNS))
    there = set(connection.execute(_ALL_COLUMNS))
    return needed <= there and not (known - needed) & there


def lacks_something(connection: Connection) -> bool:
    """Tell whether a table or column of the present schema is missing."""
    return bool(set(_fresh(_ALL_COLUMNS)) - set(connection.execute(_ALL_COLUMNS)))


def strange_columns(connection: Connection, look: Callable[[], None] = lambda: None) -> list[str]:
    """``table.column`` of what holds something that this program never writes there: bytes for a name, a day that is
    none, JSON that is none. A table of which the words are no text is named as a whole.
    """
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in _fresh(_COLUMNS):
        if table not in _LEFT_OUT:
            tables.setdefault(table, {})[column] = kind
    found: list[str] = []
    for table, columns in tables.items():
        look()
        try:
            found += _wrong_kinds(connection, table, columns)
            found += _wrong_words(connection, table, columns)
        except (dbapi2.OperationalError, UnicodeError):
            found.append(table)
    return sorted(set(found))


def _wrong_kinds(connection: Connection, table: str, columns: dict[str, str]) -> Iterator[str]:
    asked = ", ".join(f"max(typeof({column}) NOT IN ({_KEPT_AS[kind]}))" for column, kind in columns.items())
    wrong = connection.execute(f"SELECT {asked} FROM {table}").fetchone()
    return (f"{table}.{column}" for column, is_wrong in zip(columns, wrong, strict=True) if is_wrong)


def _wrong_words(connection: Connection, table: str, kinds: dict[str, str]) -> set[str]:
    """Reading it all also tells whether it is text at all."""
    judges = {column: value_repair.judge_of(table, column) for column in kinds}
    columns = [column for column, kind in kinds.items() if kind == "TEXT" or judges[column] is not None]
    if not columns:
        return set()
    asked = [(place, column, fits) for place, column in enumerate(columns) if (fits := judges[column]) is not None]
    found: set[str] = set()
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):
        found.update(f"{table}.{column}" for place, column, fits in asked if not fits(row[place]))
    return found


@cache
def _fresh(question: str, version: int = runner.NEWEST) -> tuple[tuple[Any, ...], ...]:
    """Answer of an empty notebook of that version, to compare with; made in memory, once for each question."""
    with closing(dbapi2.connect(":memory:", isolation_level=None)) as connection:
        runner.migrate(connection, runner.STEPS[:version])
        return tuple(connection.execute(question).fetchall())
