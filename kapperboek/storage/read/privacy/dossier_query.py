"""Dossier: everything the file holds on one person, row by row. Whatever table is about customers is in
it by itself."""

from __future__ import annotations

import json
from typing import Any

from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import journaled_tables

Rows = list[dict[str, Any]]


def rows_of(book: Notebook, customer_id: int) -> dict[str, Rows]:
    """Table → rows, as they are kept; empty tables are left out."""
    found = {"customer": _rows(book, "customer", "id = ?", customer_id)}
    tables = [table for table in journaled_tables.JOURNALED if table in journaled_tables.OF_A_CUSTOMER]
    for table in (*tables, "draft", "access_log", "customer_fact"):
        found[table] = _rows(book, table, "customer_id = ?", customer_id)
    return {table: rows for table, rows in found.items() if rows}


def journal_of(book: Notebook, customer_id: int) -> Rows:
    """Every change of the card with what stood there before, the oldest first."""
    changes = book.rows(
        "SELECT id, at, coalesce((SELECT name FROM staff WHERE id = staff_id), ''), what, source,"
        " undone_by_id IS NOT NULL FROM change WHERE id IN (SELECT change_id FROM change_row WHERE customer_id = ?)"
        " ORDER BY id",
        (customer_id,),
    )
    names = ("change", "at", "staff", "what", "source", "undone")
    found = {row[0]: {**dict(zip(names, row, strict=True)), "undone": bool(row[5]), "rows": []} for row in changes}
    for change_id, table, op, before in book.rows(
        "SELECT change_id, table_name, op, before FROM change_row WHERE customer_id = ? ORDER BY change_id, seq",
        (customer_id,),
    ):
        found[change_id]["rows"].append({"table": table, "op": op, "before": json.loads(before) if before else None})
    return list(found.values())


def mentions(book: Notebook, customer_id: int) -> Rows:
    """Relations on other cards that name this person: kind and name; whose cards those are is theirs to know."""
    sql = "SELECT kind, name FROM relation WHERE other_uid = (SELECT uid FROM customer WHERE id = ?) ORDER BY id"
    return [{"kind": kind, "name": name} for kind, name in book.rows(sql, (customer_id,))]


def _rows(book: Notebook, table: str, where: str, customer_id: int) -> Rows:
    names = journaled_tables.columns(book, table)
    return [
        dict(zip(names, row, strict=True))
        for row in book.rows(f"SELECT {', '.join(names)} FROM {table} WHERE {where}", (customer_id,))
    ]
