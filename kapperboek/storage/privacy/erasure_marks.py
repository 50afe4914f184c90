"""Erasure marks of a customer: of the card, and of all they may be known by, now and before.

What they are for, and where they stand, tells ``erasure_list``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kapperboek.domain.people import matching
from kapperboek.domain.records import CustomerRecord, Email, Phone
from kapperboek.storage.file.dialect import contains
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import erasure_list, name_mentions
from kapperboek.storage.privacy.joined_cards import with_joined
from kapperboek.storage.records.record_reader import read_customer


def remember(book: Notebook, customer_ids: Sequence[int]) -> None:
    """Mark these customers, and what they can be known by, in the transaction that forgets them; also who is a card no
    longer because it was joined to another: an older copy has them both."""
    sign = erasure_list.signer(book.connection)
    if sign is None:
        return
    marks = {sign(erasure_list.card_mark(uid, made)) for id in customer_ids for uid, made in _cards(book, id)}
    region = str(book.get_setting("region", "NL"))
    for id in customer_ids:
        for record in known_records(book, id):
            known = erasure_list.known_by(record, matching.keys(record, region))
            marks.update(sign(sort + value) for sort, value in known)
    erasure_list.keep(book.connection, marks)


def known_records(book: Notebook, customer_id: int) -> Iterator[CustomerRecord]:
    """Records of all by which somebody may be known, now and before; and of those that were joined to them."""
    for id in with_joined(book, customer_id):
        if book.value("SELECT 1 FROM customer WHERE id = ?", (id,)):
            yield read_customer(book, id)
        for name in name_mentions.called(book, id):
            yield CustomerRecord(display_name=name)
        for table, image in _images(book, id):
            value = str(image.get("value") or "")
            if table == "contact_point" and value:
                mail = "@" in value
                yield CustomerRecord(emails=[Email(value)]) if mail else CustomerRecord(phones=[Phone(value)])
            elif table == "customer" and image.get("uid"):
                yield CustomerRecord(uid=str(image["uid"]))


def _cards(book: Notebook, customer_id: int) -> Iterator[tuple[str, str]]:
    """Uid of the card and the moment it was made; and of those that were joined to it."""
    for id in with_joined(book, customer_id):
        now = book.row("SELECT uid, created_at FROM customer WHERE id = ?", (id,))
        then = (image for table, image in _images(book, id) if table == "customer" and "created_at" in image)
        for uid, made in ([now] if now else [(image.get("uid"), image["created_at"]) for image in then]):
            yield str(uid), str(made)
            yield from _made_before(book, str(uid))


def _made_before(book: Notebook, uid: str) -> Iterator[tuple[str, str]]:
    """The same card as it was before it was taken back, and came in anew with a list of our own."""
    rows = book.rows(
        f"SELECT before FROM change_row WHERE table_name = 'customer' AND op = 'delete' AND {contains('before')}",
        (uid,),
    )
    for image in (name_mentions.image(before) for (before,) in rows):
        if image.get("uid") == uid and "created_at" in image:
            yield uid, str(image["created_at"])


def _images(book: Notebook, customer_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = book.rows(
        "SELECT table_name, before FROM change_row WHERE customer_id = ? AND before IS NOT NULL"
        " AND table_name IN ('customer', 'contact_point')",
        (customer_id,),
    )
    for table, before in rows:
        yield str(table), name_mentions.image(before)
