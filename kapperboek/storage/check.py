"""Looking for damage, thoroughly: every page, every reference, and whether what is derived still says the
same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapperboek.i18n import _, ngettext
from kapperboek.storage import facts, search_index
from kapperboek.storage.unit_of_work import explained

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook


def check(book: Notebook) -> list[str]:
    """What is wrong, in sentences; empty when all is well. Reads the whole file and changes nothing."""
    with explained():
        damage = _pages(book) or _structure(book)
        if damage:
            return damage  # on a damaged file the other questions have no meaning
        return [*_references(book), *_facts(book), *_search(book)]


def _pages(book: Notebook) -> list[str]:
    """The seal of every page, when the file is keyed; plain SQLite notices few flipped bits."""
    if book.key is None:
        return []
    if not book.read_only:
        # A page that was being tidied up from the log when the computer stopped looks damaged, and is whole in the log.
        book.rows("PRAGMA wal_checkpoint(FULL)")
    bad = len(book.rows("PRAGMA cipher_integrity_check"))
    if not bad:
        return []
    text = ngettext(
        "{n} page of the file is damaged. Put back the last backup.",
        "{n} pages of the file are damaged. Put back the last backup.",
        bad,
    )
    return [text.format(n=bad)]


def _structure(book: Notebook) -> list[str]:
    if book.value("PRAGMA integrity_check(1)") == "ok":
        return []
    return [_("The structure of the file is damaged. Put back the last backup.")]


def _references(book: Notebook) -> list[str]:
    tables = sorted({str(row[0]) for row in book.rows("PRAGMA foreign_key_check")})
    text = _("Rows of {table} belong to nobody. Make a backup and ask for help.")
    return [text.format(table=table) for table in tables]


def _facts(book: Notebook) -> list[str]:
    """Facts are compared with what they would be now, but for the next appointment, which ages by itself."""
    place = facts.COLUMNS.index("next_appointment")
    kept = {row[0]: row for row in book.rows(f"SELECT {', '.join(facts.COLUMNS)} FROM customer_fact")}
    ids = [row[0] for row in book.rows("SELECT id FROM customer ORDER BY id")]
    wrong = len(kept.keys() - set(ids))
    for start in range(0, len(ids), facts.CHUNK):
        for row in facts.compute(book, ids[start : start + facts.CHUNK]):
            old = kept.get(row[0], ())
            wrong += old[:place] + old[place + 1 :] != row[:place] + row[place + 1 :]
    if not wrong:
        return []
    text = ngettext(
        "What lists show of {n} customer is out of date. Saving their card again puts it right.",
        "What lists show of {n} customers is out of date. Saving their cards again puts it right.",
        wrong,
    )
    return [text.format(n=wrong)]


def _search(book: Notebook) -> list[str]:
    """Everybody must be in the index, and nobody who is gone."""
    for table in search_index.TABLES[:1]:
        missing = book.value(f"SELECT count(*) FROM customer WHERE id NOT IN (SELECT rowid FROM {table})")
        gone = book.value(f"SELECT count(*) FROM {table} WHERE rowid NOT IN (SELECT id FROM customer)")
        if missing or gone:
            return [
                _("The search index does not fit the customers. Nothing is lost, but some cannot be found.")
            ]
    return []
