"""Restoring one customer's card out of a copy, into the notebook as it is today."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapperboek import durable
from kapperboek.domain.errors import NotFound, UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.storage.copies import former_keys, verified_copy
from kapperboek.storage.file import open_file
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.migrations import runner
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.read import search_query, settings_lists
from kapperboek.storage.records.record_reader import read_customer
from kapperboek.storage.records.record_update import update
from kapperboek.storage.records.record_writer import RecordWriter
from kapperboek.storage.write.row_lookup import id_of_uid
from kapperboek.storage.write.unit_of_work import explained, unit_of_work

_FOUND, _NAMED = 50, 5


def bring_back(book: Notebook, copy: Path, asked: str, *, key: bytes | str | None = None, by: int = 0) -> Saved:
    """Put the card with that number or name in the copy into ``book``: as a new card when it is gone, else filling what
    is empty and adding what is missing, so that nothing written since is lost. One change, that can be taken back.

    ``key`` is by default that of the notebook, or the one it had then. Raises NotFound, CannotOpen, and UserError
    "several" when more than one card fits, "forgotten" when this person was forgotten on purpose, "nothing-new" when
    the card says it all already.
    """
    with _of_today(book, copy, former_keys.key_for(book, copy) if key is None else key) as source:
        customer_id = _who(source, asked)
        if customer_id in erasure_list.met_again(source.connection, erasure_list.by_now(book, copy.parent)):
            text = _("This person was forgotten on purpose, so the card does not come back.")
            raise UserError("forgotten", text)
        record = read_customer(source, customer_id)
        name, made = source.rows("SELECT full_name, created_at FROM customer WHERE id = ?", (customer_id,))[0]
    return _write(book, record, str(name), str(made), by)


@contextmanager
def _of_today(book: Notebook, copy: Path, key: bytes | str | None) -> Iterator[Notebook]:
    """The copy as this program's version has it; the file itself is only read."""
    with open_notebook(copy, key=key, read_only=True, clock=book.clock, migrate=False) as opened:
        if opened.value("PRAGMA user_version") == runner.NEWEST:
            yield opened
            return
        draft = book.path.with_name(f".{book.path.name}.{secrets.token_hex(4)}.new")
        try:
            with durable.making_in(draft.parent):
                verified_copy.copy_to(opened, draft)
                with open_notebook(draft, key=opened.key, clock=book.clock, migrate=False) as newer:
                    with explained():
                        runner.migrate(newer.connection)
                    yield newer
        finally:
            open_file.discard(draft)
            with_list = erasure_list.beside(draft)
            if with_list.exists():
                os.unlink(with_list)  # noqa: PTH108


def _who(source: Notebook, asked: str) -> int:
    try:
        return settings_lists.card_by_number(source, asked)
    except NotFound:
        found = search_query.find(source, asked, limit=_FOUND).results
    found = tuple(one for one in found if one.name.casefold() == asked.strip().casefold()) or found
    if not found:
        raise NotFound("no-customer", _("Nobody in this copy is called or numbered “{text}”.").format(text=asked))
    if len(found) > 1:  # of two who are called the same only the number tells who is meant
        names = ", ".join(f"{one.name} ({one.number})" for one in found[:_NAMED]) + (", …" if found[_NAMED:] else "")
        raise UserError("several", _("Several people fit: {names}. Type the number.").format(names=names))
    return found[0].customer_id


def _write(book: Notebook, record: CustomerRecord, name: str, made: str, by: int) -> Saved:
    """Write the card as the one that was ``made`` then.

    By that the copies with it know it when it is forgotten later.
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        writer = RecordWriter(uow)
        present = id_of_uid(book, record.uid)
        if not present:
            writer.add(record, made=made)
        elif not update(writer, present, record):
            text = _("The card of {name} has everything that is in the copy.")
            raise UserError("nothing-new", text.format(name=name))
        writer.flush()
        said = _("Card of {name} brought back from a copy").format(name=name)
        uow.say(" – ".join((said, *(text for _name, text in writer.doubted))))
    return uow.saved
