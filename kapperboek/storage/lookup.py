"""Rows by what stands in them, for those who write; and whether a card is still as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from kapperboek.domain.errors import NotFound
from kapperboek.i18n import _

if TYPE_CHECKING:
    from sqlmodel import SQLModel

    from kapperboek.storage.notebook import Notebook
    from kapperboek.storage.unit_of_work import UnitOfWork

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
)


def find_rows(uow: UnitOfWork, table: type[Row], **equals: object) -> list[Row]:
    """The rows whose columns equal what is given, in the order of their ids."""
    from sqlmodel import select

    found = uow.session.exec(select(table).filter_by(**equals)).all()
    return sorted(found, key=lambda row: getattr(row, "id", 0))


def card_version(book: Notebook, customer_id: int) -> int:
    """A number that differs as soon as anything the edit dialog shows was changed, added or removed. NotFound."""
    sql = " UNION ALL ".join(_OF_THE_CARD) + " ORDER BY 1, 2"
    rows = book.rows(sql.replace(":id", str(int(customer_id))))
    if not any(table == "customer" for table, _id, _version in rows):
        raise NotFound("no-customer", _("This card is no longer there."))
    return crc32(repr(rows).encode())
