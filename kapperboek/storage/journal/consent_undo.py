"""Undo of consents: taking back what was said in the consent register. Lines are only ever added, so one is written
that says again what held before: the last line of those whose change still stands, or, when there is none, that
nothing was asked.
"""

from __future__ import annotations

from kapperboek.domain.law import consent
from kapperboek.domain.time.clock import instant
from kapperboek.i18n import _
from kapperboek.storage.write.unit_of_work import UnitOfWork

# Lines and who wrote them first. What an undo wrote is what this module says again, so it does not count itself.
_STANDING = """
    SELECT line.purpose, line.channel, line.state, line.at, line.wording FROM consent line
    LEFT JOIN (SELECT CAST(row_key AS INTEGER) AS id, min(change_id) AS change_id FROM change_row
               WHERE customer_id = ? AND table_name = 'consent' AND op = 'insert' GROUP BY row_key) wrote
        ON wrote.id = line.id
    LEFT JOIN change ON change.id = wrote.change_id
    WHERE line.customer_id = ? AND undone_by_id IS NULL
        AND (undoes_id IS NULL OR undoes_id NOT IN (SELECT id FROM change)) ORDER BY line.id"""


def say_what_held(uow: UnitOfWork, change_id: int) -> None:
    """Answer every line this change wrote on a card that is still there, once it is marked as undone."""
    rows = uow.book.rows(
        "SELECT line.customer_id, line.purpose, line.channel FROM change_row"
        " JOIN consent line ON line.id = CAST(row_key AS INTEGER)"
        " WHERE change_id = ? AND table_name = 'consent' AND op = 'insert'"
        " GROUP BY line.customer_id, line.purpose, line.channel ORDER BY min(line.id)",
        (change_id,),
    )
    # A card that this undo put back brings its own lines; those say what held already.
    asked = {(id, *consent.question(purpose, channel)): (id, purpose, channel) for id, purpose, channel in rows}
    if not asked:
        return
    now, first = instant(uow.book.clock.now()), uow.next_id("consent", len(asked))
    columns = ("id", "customer_id", "purpose", "channel", "state", "at", "how", "staff_id", "wording")
    lines = []
    for line_id, (customer_id, purpose, channel) in enumerate(asked.values(), first):
        state, how, wording = _held(uow, customer_id, purpose, channel)
        lines.append((line_id, customer_id, purpose, channel, state, now, how, uow.staff_id or None, wording))
    uow.bulk_insert("consent", columns, lines)


def _held(uow: UnitOfWork, customer_id: int, purpose: str, channel: str) -> tuple[str, str, str]:
    """The state, how we know, and the words that were shown."""
    asked = consent.question(purpose, channel)
    rows = uow.book.rows(_STANDING, (customer_id, customer_id))
    standing = [row for row in rows if consent.question(row[0], row[1]) == asked]
    if not standing:
        return consent.UNASKED, _("undone"), ""
    *_which, state, at, wording = standing[-1]
    return str(state), _("undone: as it was said on {day}").format(day=str(at)[:10]), str(wording)
