"""Integrity check: every page, every reference, and whether what is derived still says the same."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlcipher3 import dbapi2

from kapperboek.domain.errors import Cancelled, UserError
from kapperboek.domain.views.file_health import Findings, Unreadable
from kapperboek.i18n import _, ngettext
from kapperboek.storage.damage import check_words, damaged_pages, foreign_content
from kapperboek.storage.derived import customer_facts, full_text
from kapperboek.storage.file import open_file
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.migrations import runner
from kapperboek.storage.write.unit_of_work import explained

Progress = Callable[[str, float], None]
_NAMED_AT_MOST = 20  # pages and customers; the rest is counted
_COMPARED_AT_ONCE = 100  # customers: a few milliseconds of Python, which nobody else has meanwhile


def check(book: Notebook) -> list[str]:
    """Check the integrity of a notebook: what is wrong, in sentences; empty when all is well.

    Reads the whole file and changes nothing. Raises UserError where damage is not what stops it (disk trouble, in use).
    """
    return examine(book).problems


def examine(
    book: Notebook,
    progress: Progress = lambda _what, _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Findings:
    """Check the integrity with progress: what is wrong, and where.

    Raises Cancelled when ``cancelled`` says so; it is asked often. UserError as ``check`` does.
    """

    def look() -> None:
        if cancelled():
            raise Cancelled(_("The check was stopped."))

    # SQLite asks between its steps, so that a long question can be stopped too.
    book.connection.set_progress_handler(cancelled, 100_000)
    try:
        with explained():
            look()
            problems = _problems(book, progress, look)
            look()
            progress(_("Pages"), 0.9)  # last, because SQLCipher looks at them in one go: a second that is not stopped
            pages = _pages(book)
            if pages or problems is None:
                return _located(book, pages, look)
            progress("", 1.0)
            return Findings(problems)
    except Exception:
        look()  # an interrupted question is no error
        raise
    finally:
        book.connection.set_progress_handler(None, 0)


def explain(book: Notebook) -> UserError | None:
    """Refusal that explains an unforeseen failure by the notebook's state; None when nothing is the matter with it.

    Takes as long as a thorough check.
    """
    try:
        version = book.connection.execute("PRAGMA user_version").fetchone()[0]
        amiss = not foreign_content.is_of_version(book.connection, version)
        amiss = amiss or (version == runner.NEWEST and bool(examine(book).problems))
    except UserError as refused:
        return refused
    except dbapi2.Error:
        amiss = True
    return foreign_content.refusal() if amiss else None


def _problems(book: Notebook, progress: Progress, look: Callable[[], None]) -> list[str] | None:
    """Problems with what stands there; None when not all of it can be read.

    Then the other questions have no meaning.
    """
    try:
        progress(_("Structure"), 0.0)
        if book.value("PRAGMA integrity_check(1)") != "ok":
            return None
        if strange := foreign_content.strange_columns(book.connection, look):
            return [check_words.strange(strange)]  # the other questions have no meaning where days are none
        progress(_("References"), 0.35)
        problems = _references(book)

        def tell(share: float) -> None:
            look()
            progress(_("Lists"), 0.45 + 0.45 * share)

        return [*problems, *_facts(book, tell), *_search(book)]
    except UserError as error:
        if error.code != "damaged":
            raise
        return None


def _pages(book: Notebook) -> tuple[int, ...]:
    """The pages of which the seal is broken; SQLite itself notices few flipped bits."""
    if not book.read_only:
        # A page that was being tidied up from the log when the computer stopped looks damaged, and is whole in the log.
        book.rows("PRAGMA wal_checkpoint(FULL)")
    said = (re.search(r"\d+$", str(row[0])) for row in book.rows("PRAGMA cipher_integrity_check"))
    return tuple(int(found[0]) if found else 0 for found in said)


def _located(book: Notebook, pages: tuple[int, ...], look: Callable[[], None]) -> Findings:
    """Location of the damage: the tables that stood on damaged pages, and whose rows."""
    connect = lambda: open_file.connect(book.path, book.key, book.salt, read_only=True)  # noqa: E731
    unreadable = []
    damaged = damaged_pages.Torn(connect, look)
    try:
        for shape in damaged_pages.shapes(book.connection):
            lost: dict[damaged_pages.Key, object] = {}
            for _rows in damaged.batches(shape, shape.columns, lost):  # long texts too, which have pages of their own
                pass
            if lost:
                owners = {owner for owner in lost.values() if isinstance(owner, int)}
                unreadable.append(Unreadable(shape.name, damaged_pages.number_lost(lost), _numbers(damaged, owners)))
    finally:
        damaged.close()
    found = tuple(unreadable)
    return Findings(check_words.damage(pages, found, _NAMED_AT_MOST), pages, found)


def _numbers(damaged: damaged_pages.Torn, owners: set[int]) -> tuple[str, ...]:
    """The numbers of these customers, from an index when the cards themselves cannot be read."""
    asked = "SELECT number FROM customer INDEXED BY sqlite_autoindex_customer_2 WHERE +rowid = ? AND number >= ''"
    numbers = []
    for owner in sorted(owners)[: 5 * _NAMED_AT_MOST]:
        try:
            numbers += [str(row[0]) for row in damaged.ask(asked, (owner,))]
        except damaged_pages.Unreadable:
            continue
    return tuple(numbers)


def _references(book: Notebook) -> list[str]:
    tables = sorted({str(row[0]) for row in book.rows("PRAGMA foreign_key_check")})
    text = _("Rows of {table} belong to nobody. Make a backup and ask for help.")
    return [text.format(table=table) for table in tables]


def _facts(book: Notebook, tell: Callable[[float], None]) -> list[str]:
    """Facts are compared with what they would be now, but for the next appointment, which ages by itself.

    ``tell`` is told which part is done, every few milliseconds.
    """
    place = customer_facts.COLUMNS.index("next_appointment")
    kept = {row[0]: row for row in book.rows(f"SELECT {', '.join(customer_facts.COLUMNS)} FROM customer_fact")}
    ids = [row[0] for row in book.rows("SELECT id FROM customer ORDER BY id")]
    wrong = len(kept.keys() - set(ids))
    for start in range(0, len(ids), _COMPARED_AT_ONCE):
        tell(start / len(ids))
        for row in customer_facts.compute(book, ids[start : start + _COMPARED_AT_ONCE]):
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
    if full_text.is_out_of_step(book):
        return [_("The search index does not fit the customers. Nothing is lost, but some cannot be found.")]
    return []
