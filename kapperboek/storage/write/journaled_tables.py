"""Journaled tables: what the journal must know about each of them; nothing of SQLAlchemy is needed for that."""

from __future__ import annotations

from kapperboek.storage.file import dialect
from kapperboek.storage.file.notebook import Notebook

# Every table whose rows people write; parents come before the rows that point at them.
JOURNALED = (
    "setting", "staff", "treatment", "profile_field", "household", "breach", "customer", "contact_point", "address",
    "important_date", "relation", "profile_value", "card_line", "sensitive_fact", "interaction", "talk_point",
    "follow_up", "consent", "due_decision", "source_record",
)
OF_A_CUSTOMER = frozenset(JOURNALED[JOURNALED.index("contact_point") :])


def key_column(table: str) -> str:
    """The one column that names a row; of a contact moment that is its id, wherever it stands."""
    return "key" if table == "setting" else "id"


def key_value(table: str) -> str:
    """SQL for the key of a row, from the ``row_key`` the journal wrote (JSON)."""
    return dialect.json_value("row_key") if table == "setting" else "CAST(row_key AS INTEGER)"


def owner(table: str) -> str:
    """SQL for the customer a row is about; the word NULL when it is about nobody."""
    if table == "customer":
        return "id"
    return "customer_id" if table in OF_A_CUSTOMER else "NULL"


def columns(book: Notebook, table: str) -> tuple[str, ...]:
    """The columns of a table, as the file has them."""
    kept: dict[str, tuple[str, ...]] = book.cache.setdefault("columns", {})
    if table not in kept:
        kept[table] = tuple(str(row[0]) for row in book.rows(dialect.COLUMNS, (table,)))
    return kept[table]


def references(book: Notebook) -> list[tuple[str, str, str]]:
    """Every foreign key between journaled tables: (table, column, table pointed at)."""
    found: list[tuple[str, str, str]] | None = book.cache.get("references")
    if found is None:
        found = [
            (table, str(row[0]), str(row[1]))
            for table in JOURNALED
            for row in book.rows(dialect.FOREIGN_KEYS, (table,))
        ]
        book.cache["references"] = found
    return found
