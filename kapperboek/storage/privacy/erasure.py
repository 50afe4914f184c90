"""Erasure of somebody: every row, the index, the journal's memory of them, and the places in the file where they were.

The one thing that cannot be taken back, and the one place that takes away what is otherwise only added to (consents,
the access log, the journal). It is a transaction of its own; wiping the file follows, and is done later if the
program is stopped before it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence, Set
from typing import NamedTuple

from kapperboek.domain.errors import NotFound, UserError
from kapperboek.domain.time.clock import instant
from kapperboek.i18n import _
from kapperboek.storage.derived import customer_facts, search_index
from kapperboek.storage.file import dialect, sqlite_errors
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import erasure_list, erasure_marks, journal_redaction, mentions, name_mentions
from kapperboek.storage.privacy.joined_cards import with_joined
from kapperboek.storage.privacy.name_variants import Sought
from kapperboek.storage.write import journaled_tables
from kapperboek.storage.write.unit_of_work import explained, writing

SOURCE = "forgotten"  # of a change nothing is left of
_TO_WIPE = "to_wipe"  # a counter: the file still holds what was deleted


class Cleaning(NamedTuple):
    """Mentions to clean: the ways somebody is written elsewhere, and the keys of the ``mentions`` that go. ``tell``:
    what is left is looked for afterwards, which takes seconds in a large notebook, while nobody else can write."""

    sought: Sought | None = None
    keys: frozenset[str] = frozenset()
    tell: bool = True


NOTHING = Cleaning()


class Forgotten(NamedTuple):
    """Result of an erasure: who is gone, and whose cards pointed at them.

    With it: whether the file was wiped too (else that is still to be done), and whether the list beside it could be
    written. ``left``: where what was sought elsewhere still stands.
    """

    customers: tuple[int, ...]
    others: tuple[int, ...]
    wiped: bool = False
    listed: bool = False
    left: tuple[mentions.Mention, ...] = ()


def forget(
    book: Notebook, customer_ids: Sequence[int], *, staff_id: int = 0, wiping: bool = True, cleaning: Cleaning = NOTHING
) -> Forgotten:
    """Remove these customers everywhere, for good. Raises NotFound, and UserError as any writing does.

    They are marked in the same transaction, so nobody is marked who stays; the list beside the notebook follows, with
    the next copy if need be. Without ``wiping`` that is left for later, when more are to go first. ``cleaning`` is what
    goes elsewhere by choice.
    """
    if book.read_only:
        raise sqlite_errors.read_only()
    for customer_id in customer_ids:
        _uid(book, customer_id)
    with writing(book):
        erasure_marks.remember(book, customer_ids)
        gone = remove(book, customer_ids, staff_id=staff_id, cleaning=cleaning)
        # while it can still be let be: what was done is never said to have failed
        if cleaning.sought is not None and cleaning.tell:
            gone = gone._replace(left=tuple(mentions.find(book, cleaning.sought)))
    book.cache.clear()
    book.file.unlisted = not erasure_list.hand_out(book)
    return gone._replace(listed=not book.file.unlisted, wiped=wiping and wipe(book))


def remove(
    book: Notebook, customer_ids: Sequence[int], *, staff_id: int = 0, cleaning: Cleaning = NOTHING
) -> Forgotten:
    """All of it but wiping the file, in the transaction there is."""
    book.connection.execute(dialect.KEYS_AT_COMMIT)
    wanted = list(dict.fromkeys(customer_ids))
    uids = {_uid(book, customer_id) for customer_id in wanted}
    ids = list(dict.fromkeys(id for customer_id in wanted for id in with_joined(book, customer_id)))
    names = name_mentions.of(book, ids)
    relations, others = _forget_relations(book, uids)
    _forget_drafts(book, uids, names, ids)
    _forget_changes(book, ids)
    households = _forget_rows(book, ids)
    gone = {"relation": relations, "household": households}
    journal_redaction.clear(book, journal_redaction.Traces(names, uids, gone))
    others |= name_mentions.take_out(book, names)
    if cleaning.sought is not None:
        others |= mentions.clean(book, cleaning.sought, cleaning.keys)
    others -= set(ids)
    for _customer in wanted:
        _note_it(book, staff_id)
    customer_facts.refresh(book, others)
    search_index.refresh(book, (*ids, *others))
    return Forgotten(tuple(ids), tuple(sorted(others)))


def _forget_rows(book: Notebook, ids: Sequence[int]) -> set[str]:
    """All there is about these customers; gives the keys of the households nobody is in any more, which go too."""
    execute = book.connection.execute
    lived = {book.value("SELECT household_id FROM customer WHERE id = ?", (id,)) for id in ids} - {None}
    for id in ids:
        for table in reversed(journaled_tables.JOURNALED):
            if table in journaled_tables.OF_A_CUSTOMER:
                execute(f"DELETE FROM {table} WHERE customer_id = ?", (id,))
        execute("DELETE FROM access_log WHERE customer_id = ?", (id,))
        execute("DELETE FROM customer_fact WHERE customer_id = ?", (id,))
        execute("DELETE FROM customer WHERE id = ?", (id,))
    left = {home for home in lived if book.value("SELECT 1 FROM customer WHERE household_id = ?", (home,)) is None}
    book.connection.executemany("DELETE FROM household WHERE id = ?", [(home,) for home in left])
    return {str(home) for home in left}


def wipe(book: Notebook) -> bool:
    """Write index and file anew without what was deleted in them, if that was not done since; gives whether nothing is
    left.

    With another program in the file, or trouble with the disk, it cannot be done now; it is left for the next time
    somebody asks. Whoever was forgotten is so already, so nothing is raised.
    """
    try:
        if not book.value("SELECT value FROM counter WHERE name = ?", (_TO_WIPE,)):
            return True
        if book.read_only:
            return False
        with writing(book):
            search_index.purge(book)
        with explained():
            book.connection.execute(dialect.REWRITE_FILE)
            busy = book.connection.execute(dialect.EMPTY_LOG).fetchone()[0]
        if busy:
            return False
        with writing(book):
            book.connection.execute("UPDATE counter SET value = 0 WHERE name = ?", (_TO_WIPE,))
    except UserError:
        return False
    return True


def want_wiping(book: Notebook) -> None:
    """Within the transaction there is: the file still holds what was deleted, and ``wipe`` has work."""
    book.connection.execute(
        "INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = 1", (_TO_WIPE,)
    )


def _uid(book: Notebook, customer_id: int) -> str:
    uid = book.value("SELECT uid FROM customer WHERE id = ?", (customer_id,))
    if uid is None:
        raise NotFound("no-customer", _("This card is no longer there."))
    return str(uid)


def _forget_relations(book: Notebook, uids: Set[str]) -> tuple[set[str], set[int]]:
    """Take them off the cards of those near to them; gives which relations those were, and whose."""
    pointing = f"FROM relation WHERE other_uid IN {MEMBERS}"
    which = (members(uids),)
    rows = book.rows(f"SELECT id, customer_id {pointing}", which)
    book.connection.execute(f"DELETE {pointing}", which)
    return {str(row[0]) for row in rows}, {row[1] for row in rows}


def _forget_drafts(book: Notebook, uids: Set[str], names: name_mentions.Names, ids: Sequence[int]) -> None:
    """Theirs, and those of nobody yet in which they are named; out of those about others their name goes."""
    for id, customer_id, payload in book.rows("SELECT id, customer_id, payload FROM draft"):
        left = names.out_of_json(payload)
        named = any(uid in payload for uid in uids) or (not customer_id and left != payload)
        if customer_id in ids or named:
            book.connection.execute("DELETE FROM draft WHERE id = ?", (id,))
        elif left != payload:
            book.connection.execute("UPDATE draft SET payload = ? WHERE id = ?", (left, id))


def _forget_changes(book: Notebook, ids: list[int]) -> None:
    """The journal's rows about them; of a change that was about nobody else only that it was there."""
    execute = book.connection.execute
    for id in ids:
        touched = book.rows("SELECT DISTINCT change_id FROM change_row WHERE customer_id = ?", (id,))
        execute("DELETE FROM change_row WHERE customer_id = ?", (id,))
        for (change_id,) in touched:
            execute(
                "UPDATE change SET what = ?, source = ? WHERE id = ?"
                " AND NOT EXISTS (SELECT 1 FROM change_row WHERE change_id = change.id AND customer_id IS NOT NULL)",
                (_("About somebody who was forgotten"), SOURCE, change_id),
            )


def _note_it(book: Notebook, staff_id: int) -> None:
    """That somebody was forgotten, when and by whom; and that the file is to be wiped."""
    now = instant(book.clock.now())
    book.connection.execute(
        "INSERT INTO change (id, uid, at, staff_id, what, source)"
        " VALUES ((SELECT coalesce(max(id), 0) + 1 FROM change), ?, ?, ?, ?, ?)",
        (secrets.token_hex(16), now, staff_id or None, _("A customer was forgotten"), SOURCE),
    )
    want_wiping(book)
