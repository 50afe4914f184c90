"""Withdrawals: what somebody said no to in a later state of the notebook, so that an older one makes no yes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kapperboek.domain.law import consent
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

Asked = tuple[str, str, str]  # uid of the card, purpose, channel
_LINES = (
    "SELECT uid, purpose, channel, state, at, how, wording FROM consent JOIN customer ON customer.id = customer_id"
    " ORDER BY consent.id"
)
_LAST_CHANGE = "SELECT uid FROM change ORDER BY id DESC LIMIT 1"


class Withdrawn(NamedTuple):
    """Purposes and channels that were withdrawn, with their lines, and who wants no advertising at all (uids); ``last``
    is the last change (uid) of that state."""

    lines: dict[Asked, tuple[str, ...]]
    silent: frozenset[str]
    last: str = ""


def of(connection: Connection) -> Withdrawn:
    """All that holds in that state. Raises as SQLite does."""
    lines = {asked: line for asked, line in _last(connection).items() if line[3] == "withdrawn"}
    silent = connection.execute("SELECT uid FROM customer WHERE no_advertising = 1").fetchall()
    last = connection.execute(_LAST_CHANGE).fetchone()
    return Withdrawn(lines, frozenset(uid for (uid,) in silent), last[0] if last else "")


def differs(book: Notebook, known: Withdrawn) -> bool:
    """Tell whether a notebook that is of before says otherwise. What it knows of, and what it says since, counts."""
    return bool(_given(book, known) or _spoken(book, known))


def _given(book: Notebook, known: Withdrawn) -> list[Asked]:
    lines = book.connection.execute(_LINES).fetchall()
    heard = {(line[0], *consent.question(line[1], line[2]), line[4]) for line in lines if line[3] == "withdrawn"}
    return [
        asked for asked, line in _last(book.connection).items()
        if line[3] == "given" and asked in known.lines and (*asked, known.lines[asked][4]) not in heard
    ]


def _spoken(book: Notebook, known: Withdrawn) -> list[int]:
    if book.value("SELECT 1 FROM change WHERE uid = ?", (known.last,)):
        return []
    rows = book.rows("SELECT id, uid FROM customer WHERE no_advertising = 0 ORDER BY id")
    return [id for id, uid in rows if uid in known.silent]


def say_again(book: Notebook, known: Withdrawn) -> int:
    """Write withdrawals into a notebook where it says otherwise, with their own time, as a change of its own.

    Gives how many. Raises UserError as any saving does.
    """
    given, silent = _given(book, known), _spoken(book, known)
    ids = dict(book.rows("SELECT uid, id FROM customer"))
    what = _("Permission withdrawn since the backup was made")
    with unit_of_work(book, what, source="restore", by_itself=True) as uow:
        first = uow.next_id("consent", len(given))
        columns = ("id", "customer_id", "purpose", "channel", "state", "at", "how", "wording")
        rows: list[tuple[object, ...]] = []
        for place, asked in enumerate(given, first):
            uid, purpose, channel, _state, at, how, wording = known.lines[asked]
            said = _("{how} (as was said on {day})").format(how=how, day=at[:10])
            rows.append((place, ids[uid], purpose, channel, "withdrawn", at, said, wording))
        uow.bulk_insert("consent", columns, rows)
        for customer_id in silent:
            version = 1 + int(book.value("SELECT version FROM customer WHERE id = ?", (customer_id,)))
            uow.note("customer", customer_id, "update", {"no_advertising": 0}, version, customer_id)
            uow.execute("UPDATE customer SET no_advertising = 1, version = ? WHERE id = ?", (version, customer_id))
    return len(given) + len(silent)


def _last(connection: Connection) -> dict[Asked, tuple[str, ...]]:
    return {(row[0], *consent.question(row[1], row[2])): row for row in connection.execute(_LINES).fetchall()}
