"""Row lookup for those who write: rows by what stands in them, who has that uid, is the card as it was read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from kapperboek.domain.errors import NotFound
from kapperboek.i18n import _
from kapperboek.storage.file.dialect import BEGIN_READING, MEMBERS, json_field, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from sqlmodel import SQLModel

Row = TypeVar("Row", bound="SQLModel")

# What the edit dialog shows and writes; a question put off ("later") is not among it.
_OF_THE_CARD = (
    "SELECT 'customer', id, version FROM customer WHERE id = :id",
    "SELECT 'contact_point', id, version FROM contact_point WHERE customer_id = :id",
    "SELECT 'address', id, version FROM address WHERE customer_id = :id",
    "SELECT 'important_date', id, version FROM important_date WHERE customer_id = :id",
    "SELECT 'relation', id, version FROM relation WHERE customer_id = :id",
    "SELECT 'profile_value', id, version FROM profile_value WHERE customer_id = :id AND state <> 'later'",
    "SELECT 'card_line', id, version FROM card_line WHERE customer_id = :id",
    "SELECT 'sensitive_fact', id, version FROM sensitive_fact WHERE customer_id = :id",
)


CHANGED_BY_HAND = (
    "SELECT coalesce(max(c.at), '') FROM change_row r JOIN change c ON c.id = r.change_id WHERE r.customer_id ="
    " t.customer_id AND r.table_name = 'interaction' AND r.row_key = CAST(t.id AS TEXT) AND c.source <> 'import'"
)
"""When the contact moment ``t`` was last written other than by reading a file, as the journal keeps it; or empty."""


def find_rows(uow: UnitOfWork, table: type[Row], **equals: object) -> list[Row]:
    """The rows whose columns equal what is given, in the order of their ids."""
    from sqlmodel import select

    found = uow.session.exec(select(table).filter_by(**equals)).all()
    return sorted(found, key=lambda row: getattr(row, "id", 0))


def existing(uow: UnitOfWork, table: type[Row], row_id: int) -> Row:
    """The row with that id; NotFound when it is gone (removed by a colleague, or undone)."""
    row = uow.get(table, row_id)
    if row is None:
        raise NotFound("gone", _("This is no longer there. Perhaps a colleague removed it."))
    return row


def card_version(book: Notebook, customer_id: int) -> int:
    """A number that differs as soon as anything the edit dialog shows was changed, added or removed. NotFound."""
    sql = " UNION ALL ".join(_OF_THE_CARD) + " ORDER BY 1, 2"
    rows = book.rows(sql.replace(":id", str(int(customer_id))))
    if not any(table == "customer" for table, _id, _version in rows):
        raise NotFound("no-customer", _("This card is no longer there."))
    return crc32(repr(rows).encode())


def called(book: Notebook, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The name and number of each of these cards that is there."""
    found = book.rows(f"SELECT id, full_name, number FROM customer WHERE id IN {MEMBERS}", (members(ids),))
    return {id: (name or _("customer {number}").format(number=number), number) for id, name, number in found}


def last_customer(book: Notebook) -> int:
    """The id of the card made last; 0 when there is none."""
    return int(book.value("SELECT coalesce(max(id), 0) FROM customer"))


def customer_count(book: Notebook) -> int:
    """Number of cards."""
    return int(book.value("SELECT count(*) FROM customer"))


def moment_count(book: Notebook) -> int:
    """Number of contact moments."""
    return int(book.value("SELECT count(*) FROM interaction"))


def first_change_at(book: Notebook) -> str:
    """Time (UTC) of the first change the journal knows; empty when it knows none."""
    return str(book.value("SELECT coalesce(min(at), '') FROM change"))


def id_of_uid(book: Notebook, uid: str) -> int:
    """The customer with that uid, 0 when there is none."""
    return int(book.value("SELECT id FROM customer WHERE uid = ?", (uid,)) or 0)


def id_of_number(book: Notebook, number: str) -> int:
    """The customer with exactly that number, 0 when there is none."""
    return int(book.value("SELECT id FROM customer WHERE number = ?", (number,)) or 0)


def name_parts(book: Notebook) -> list[tuple[int, str, str, str, str, str, str]]:
    """Everybody's id, number, name as shown, first name, prefix, family name and nickname."""
    sql = "SELECT id, number, full_name, given_name, prefix, family_name, nickname FROM customer ORDER BY id"
    return book.rows(sql)


def honorific_of(book: Notebook, customer_id: int) -> str:
    """The title on a card: Mevr., Dhr., Dr."""
    return str(book.value("SELECT honorific FROM customer WHERE id = ?", (customer_id,)) or "")


def treatment_names(book: Notebook) -> list[str]:
    """Names of the treatments the shop offers."""
    return [row[0] for row in book.rows("SELECT name FROM treatment ORDER BY id")]


def ids_by_reach(book: Notebook, canonical: Sequence[str]) -> list[int]:
    """Ids of customers who can be reached at one of these numbers or addresses, each as it is compared."""
    sql = f"SELECT DISTINCT customer_id FROM contact_point WHERE canonical IN {MEMBERS} ORDER BY customer_id"
    return [row[0] for row in book.rows(sql, (members(canonical),))]


def moment_at(book: Notebook, customer_id: int, at: str) -> int:
    """The contact moment of the customer at that time, a planned one first; 0 when there is none."""
    sql = "SELECT id FROM interaction WHERE customer_id = ? AND at = ? ORDER BY kind <> 'appointment', id LIMIT 1"
    return int(book.value(sql, (customer_id, at)) or 0)


def was_at(book: Notebook, customer_id: int, at: str) -> bool:
    """Tell whether a contact moment of the customer was at that time before it was moved, replaced or removed."""
    sql = (
        "SELECT 1 FROM change_row r JOIN change c ON c.id = r.change_id"
        " WHERE r.customer_id = ? AND r.table_name = 'interaction' AND c.undone_by_id IS NULL AND c.undoes_id IS NULL"
        f" AND r.before IS NOT NULL AND {json_field('r.before', 'at')} = ? LIMIT 1"
    )
    return book.value(sql, (customer_id, at)) is not None


def changed_by_hand(book: Notebook, moment_id: int) -> str:
    """Time (UTC) of somebody's last change here to that contact moment; empty when it is only known from files."""
    return str(book.value(f"SELECT ({CHANGED_BY_HAND}) FROM interaction t WHERE t.id = ?", (moment_id,)) or "")


def appointments_at(book: Notebook, customer_id: int, at: str) -> list[tuple[int | None, tuple[str, ...]]]:
    """Minutes and treatments of the customer's appointments at that time that are not called off."""
    sql = (
        "SELECT minutes, treatments FROM interaction"
        " WHERE customer_id = ? AND at = ? AND kind = 'appointment' AND state = ''"
    )
    return [(minutes, tuple(json.loads(names))) for minutes, names in book.rows(sql, (customer_id, at))]


def source_records(book: Notebook, source: str) -> list[tuple[int, str, str]]:
    """Id, key and digest of everything read from a source, the oldest first."""
    return book.rows("SELECT id, key, digest FROM source_record WHERE source = ? AND key <> '' ORDER BY id", (source,))


def moments_from_calendars(book: Notebook) -> dict[str, int]:
    """The key of every calendar entry that was read, and the contact moment it is in."""
    return dict(book.rows("SELECT source_key, id FROM interaction WHERE source_key <> '' ORDER BY id"))


@contextmanager
def standing_still(book: Notebook) -> Iterator[None]:
    """Within the block every question is answered as of one moment, whatever others write meanwhile."""
    if book.connection.in_transaction:
        yield
        return
    book.connection.execute(BEGIN_READING)
    try:
        yield
    finally:
        book.connection.execute("ROLLBACK")
