"""Extent of a change: on how many cards it wrote, and what would go or come back if it were taken back."""

from __future__ import annotations

from kapperboek.storage.file.notebook import Notebook

FEW = 20_000  # rows that are counted one by one; beyond, the index knows whose they are
_LOOKED_AT = 5_000  # rows from which is told which way a change went

REMOVES, RESTORES, TURNS_BACK = "removes", "restores", "turns-back"


def cards(book: Notebook, change_id: int) -> int:
    """Number of cards on which the change wrote something, also when they are gone now."""
    rows = book.value("SELECT max(seq) FROM change_row WHERE change_id = ?", (change_id,)) or 0
    if rows <= FEW:
        count = "SELECT count(DISTINCT customer_id) FROM change_row WHERE change_id = ?"
        return int(book.value(count, (change_id,)))
    return int(
        book.value(
            "WITH RECURSIVE card(id) AS (SELECT min(customer_id) FROM change_row WHERE customer_id IS NOT NULL"
            " UNION ALL SELECT (SELECT min(customer_id) FROM change_row WHERE customer_id > card.id) FROM card"
            " WHERE card.id IS NOT NULL)"
            " SELECT count(*) FROM card WHERE EXISTS"
            " (SELECT 1 FROM change_row WHERE customer_id = card.id AND change_id = ?)",
            (change_id,),
        )
    )


def direction(book: Notebook, change_id: int) -> str:
    """Direction that taking a change back goes on the cards.

    It ``removes`` what was written, ``restores`` what was removed, or ``turns-back`` what was changed.
    """
    ops = {
        row[0]
        for row in book.rows(
            "SELECT DISTINCT op FROM (SELECT op FROM change_row"
            " WHERE change_id = ? AND customer_id IS NOT NULL ORDER BY seq LIMIT ?) AS beginning",
            (change_id, _LOOKED_AT),
        )
    }
    if ("insert" in ops) == ("delete" in ops):
        return TURNS_BACK
    return REMOVES if "insert" in ops else RESTORES


def parts(book: Notebook, change_id: int) -> dict[str, dict[str, int]]:
    """Count the rows of each table that taking a change back would touch.

    They go (``insert``), come back (``delete``) or get their former words (``update``). All are counted, so it takes a
    second for a large import.
    """
    rows = book.rows(
        "SELECT table_name, op, count(*) FROM change_row WHERE change_id = ? GROUP BY table_name, op", (change_id,)
    )
    if {op for _table, op, _number in rows} not in ({"insert"}, {"delete"}):  # else each row was written once
        first = (  # what was taken out and put in again, at another time, was changed
            "SELECT min(seq) AS seq, count(*) AS times FROM change_row WHERE change_id = ? GROUP BY table_name, row_key"
        )
        op = "CASE WHEN op = 'delete' AND times > 1 THEN 'update' ELSE op END"
        rows = book.rows(
            f"WITH first AS ({first}) SELECT table_name, {op}, count(*) FROM first"
            f" JOIN change_row ON change_id = ? AND change_row.seq = first.seq GROUP BY table_name, {op}",
            (change_id, change_id),
        )
    found: dict[str, dict[str, int]] = {"insert": {}, "delete": {}, "update": {}}
    for table, op, number in rows:
        found[op][table] = int(number)
    return found
