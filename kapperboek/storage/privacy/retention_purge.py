"""Purge after retention: what is kept no longer though its card stays, as old contacts, old health facts, and old
changes in the journal.

Taking contacts and facts out is a change like any other and can be undone. A month later the journal forgets what stood
in them too (``purge``), and only then they are gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kapperboek.domain.time.clock import instant
from kapperboek.domain.time.rhythm import RESETS_ABSENCE
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import erasure
from kapperboek.storage.write.unit_of_work import UnitOfWork, writing

SOURCE = "retention"  # of the changes that took them out

# The last contact of a card stays, for retention judges the card by it. So do those that something open came from, and
# complaints and questions for as long as a promise to this customer is open.
_KINDS = ", ".join(f"'{kind}'" for kind in sorted(RESETS_ABSENCE))
_NEEDED = (
    "id = (SELECT k.id FROM interaction k WHERE k.customer_id = interaction.customer_id"
    f" AND k.kind IN ({_KINDS}) ORDER BY k.at DESC, k.id DESC LIMIT 1)"
    " OR EXISTS (SELECT 1 FROM follow_up f WHERE f.customer_id = interaction.customer_id AND f.state = 'open'"
    " AND (f.origin_id = interaction.id OR f.kind = 'promise' AND interaction.kind IN ('complaint', 'question')))"
    " OR EXISTS (SELECT 1 FROM talk_point t WHERE t.customer_id = interaction.customer_id AND t.state = 'open'"
    " AND t.origin_id = interaction.id)"
)

# By kind of data: the tables, and which of their rows are from before a day. What is open is needed.
OLD: dict[str, tuple[tuple[str, str], ...]] = {
    "moment": (
        ("interaction", f"at < ? AND NOT coalesce({_NEEDED}, FALSE)"),
        ("talk_point", "state <> 'open' AND coalesce(closed_at, made_on) < ?"),
        ("follow_up", "state <> 'open' AND coalesce(closed_on, due) < ?"),
    ),
    "health": (("sensitive_fact", "made_on < ?"),),
}


def take_out(uow: UnitOfWork, kind: str, before: date, customer_ids: Sequence[int]) -> None:
    """Within the change there is: what is that old, of these customers."""
    for table, old in OLD[kind]:
        for customer_id in customer_ids:
            uow.bulk_delete(table, f"customer_id = ? AND {old}", (customer_id, before.isoformat()))


def old_changes(book: Notebook, before: date | None) -> int:
    """Number of changes from before that day that the journal still knows; none without a day."""
    known = "SELECT count(*) FROM change WHERE at < ? AND EXISTS (SELECT 1 FROM change_row WHERE change_id = change.id)"
    return int(book.value(known, (before.isoformat(),))) if before else 0


def purge(book: Notebook, taken_out_before: datetime, journal_before: date | None) -> int:
    """Make the journal forget what was taken out before that moment (UTC), and every change before that day; gives
    how many changes that were. Raises UserError as any writing does.
    """
    found = [row[0] for row in book.rows(
        "WITH RECURSIVE retired(id) AS (SELECT id FROM change WHERE source = ? UNION"  # undone and done again too
        " SELECT c.id FROM change c JOIN retired ON c.undoes_id = retired.id)"
        " SELECT id FROM change WHERE ((id IN (SELECT id FROM retired) AND at < ?) OR at < ?)"
        " AND EXISTS (SELECT 1 FROM change_row WHERE change_id = change.id)",
        (SOURCE, instant(taken_out_before), journal_before.isoformat() if journal_before else ""),
    )]
    if found:
        with writing(book):
            execute = book.connection.executemany
            execute("DELETE FROM change_row WHERE change_id = ?", [(id,) for id in found])
            erasure.want_wiping(book)
        book.cache.clear()
    return len(found)
