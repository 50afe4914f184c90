"""The index behind the search box, rewritten for the customers a unit of work touched.

Texts are folded and split here, by the same function that takes the question apart, so that what is typed and what
is stored meet as equal words and nothing typed can ever be read as FTS syntax.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from kapperboek.domain.names import words
from kapperboek.domain.phones import digits, national_digits
from kapperboek.domain.sounds import sound
from kapperboek.storage import settings

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook

Rows = list[tuple[object, ...]]

CHUNK = 400  # customers at a time: their ids are parameters of one statement
LONGEST_WORD = 64
SHORTEST_SUFFIX = 3  # digits somebody must type before a number is looked for
LONGEST_NUMBER = 24

TABLES = ("search_name", "search_contact", "search_text", "search_sound", "search_phone")
_INSERTS = (
    "INSERT INTO search_name(rowid, given, name) VALUES (?, ?, ?)",
    "INSERT INTO search_contact(rowid, email, place) VALUES (?, ?, ?)",
    "INSERT INTO search_text(rowid, card, notes) VALUES (?, ?, ?)",
    "INSERT INTO search_sound(rowid, sound) VALUES (?, ?)",
    "INSERT INTO search_phone(rowid, ends) VALUES (?, ?)",
)

# Everything that is found as "a word in a note". Health warnings too: whoever searches sees names, not the text.
_NOTES = (
    "SELECT customer_id, recipe || ' ' || note FROM interaction"
    " WHERE customer_id IN ({ids}) AND (note <> '' OR recipe <> '')",
    "SELECT customer_id, text || ' ' || outcome FROM talk_point WHERE customer_id IN ({ids})",
    "SELECT customer_id, text FROM card_line WHERE customer_id IN ({ids})",
    "SELECT customer_id, name FROM relation WHERE customer_id IN ({ids})",
    "SELECT customer_id, what FROM follow_up WHERE customer_id IN ({ids})",
)
_JSON_NOTES = (
    "SELECT customer_id, products FROM interaction WHERE customer_id IN ({ids}) AND products <> '[]'",
    "SELECT customer_id, value FROM profile_value WHERE customer_id IN ({ids}) AND state = 'known'",
)


def refresh(book: Notebook, customer_ids: Iterable[int]) -> None:
    """Make the index say what the rows of these customers say now; those who are gone leave it."""
    ids = sorted(set(customer_ids))
    region = settings.get(book, "region", "NL")
    for start in range(0, len(ids), CHUNK):
        _refresh_chunk(book, ids[start : start + CHUNK], str(region))


def rebuild(book: Notebook, progress: Callable[[str, float], None] | None = None) -> None:
    """Throw the index away and build it again from the rows, in a transaction of its own."""
    connection = book.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in TABLES:
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
        connection.execute("DELETE FROM search_word")
        ids = [row[0] for row in book.rows("SELECT id FROM customer ORDER BY id")]
        for start in range(0, len(ids), 5000):
            refresh(book, ids[start : start + 5000])
            if progress is not None:
                progress("", start / len(ids))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def fitting(text: str) -> list[str]:
    """The different words of a text, as the index holds them, in the order of the text."""
    found = words(text)
    if len(text) > LONGEST_WORD or not text.isascii():  # folded, one character may become eighteen
        found = [word[:LONGEST_WORD] for word in found]
    return list(dict.fromkeys(found))


def suffixes(number: str) -> list[str]:
    """All the ends of a number by which it can be found: ``0612`` gives 0612 and 612."""
    plain = number[-LONGEST_NUMBER:]
    return [plain[start:] for start in range(max(0, len(plain) - SHORTEST_SUFFIX + 1))]


def _refresh_chunk(book: Notebook, ids: Sequence[int], region: str) -> None:
    holes = ",".join("?" * len(ids))
    people = book.rows(
        "SELECT id, number, given_name, nickname, additional_names, prefix, family_name, suffix, display_name,"
        f" initials, organisation, department, note FROM customer WHERE id IN ({holes})",
        ids,
    )
    contacts = _grouped(
        book, f"SELECT customer_id, kind, value, canonical FROM contact_point WHERE customer_id IN ({holes})", ids
    )
    places = _joined(
        book,
        "SELECT customer_id, street || ' ' || number || ' ' || postcode || ' ' || place || ' ' || region"
        f" FROM address WHERE customer_id IN ({holes})",
        ids,
    )
    notes = _notes(book, holes, ids)
    new = _Entries()
    for customer_id, number, given, nickname, *others, note in people:
        new.add_names(customer_id, fitting(f"{given} {nickname}"), fitting(" ".join((*others, number))))
        new.add_reach(customer_id, contacts.get(customer_id, ()), places.get(customer_id, ""), region)
        new.add_notes(customer_id, fitting(f"{note} {notes.get(customer_id, '')}"))
    new.replace(book, holes, ids)


class _Entries:
    """What some customers will have in each of the indexes."""

    def __init__(self) -> None:
        self._names: Rows = []
        self._reach: Rows = []
        self._texts: Rows = []
        self._sounds: Rows = []
        self._numbers: Rows = []
        self._spoken: dict[str, str] = {}  # word → sound
        self._card: dict[str, None] = {}  # all words of the card of the customer at hand

    def add_names(self, customer_id: int, called: list[str], rest: list[str]) -> None:
        """What somebody is called, and the rest of the name with all that stands for it."""
        self._names.append((customer_id, " ".join(called), " ".join(rest)))
        heard = {word: sound(word) for word in (*called, *rest) if not word.isdecimal()}
        self._spoken.update(heard)
        self._sounds.append((customer_id, " ".join(dict.fromkeys(heard.values()))))
        self._card = dict.fromkeys((*called, *rest))

    def add_reach(self, customer_id: int, contacts: Iterable[tuple[str, ...]], places: str, region: str) -> None:
        """Mail addresses, homes and numbers."""
        mails, home = _mail_words(contacts), fitting(places)
        if mails or home:
            self._reach.append((customer_id, " ".join(mails), " ".join(home)))
        if ends := _numbers(contacts, region):
            self._numbers.append((customer_id, ends))
        self._card.update(dict.fromkeys((*mails, *home)))

    def add_notes(self, customer_id: int, notes: list[str]) -> None:
        """Everything written about somebody; the last to be added of a customer."""
        self._texts.append((customer_id, " ".join(self._card), " ".join(notes)))

    def replace(self, book: Notebook, holes: str, ids: Sequence[int]) -> None:
        """Take what these customers had away and write this."""
        rows = (self._names, self._reach, self._texts, self._sounds, self._numbers)
        for table, insert, new in zip(TABLES, _INSERTS, rows, strict=True):
            # Deleting in vain is dear in FTS5, and writes out what it gathered; its list of rows tells who is there.
            known = book.rows(f"SELECT id FROM {table}_docsize WHERE id IN ({holes})", ids)
            book.connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", known)
            book.connection.executemany(insert, new)
        words_of_names = sorted((key, word) for word, key in self._spoken.items() if len(word) > 1)
        book.connection.executemany("INSERT OR IGNORE INTO search_word(sound, word) VALUES (?, ?)", words_of_names)


def _grouped(book: Notebook, sql: str, ids: Sequence[int]) -> dict[int, list[tuple[str, ...]]]:
    found: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for customer_id, *rest in book.rows(sql, ids):
        found[customer_id].append(tuple(rest))
    return found


def _joined(book: Notebook, sql: str, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for customer_id, text in book.rows(sql, ids):
        found[customer_id].append(text)
    return {customer_id: " ".join(texts) for customer_id, texts in found.items()}


def _notes(book: Notebook, holes: str, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for sql in _NOTES:
        for customer_id, text in book.rows(sql.format(ids=holes), ids):
            found[customer_id].append(text)
    for sql in _JSON_NOTES:
        for customer_id, value in book.rows(sql.format(ids=holes), ids):
            known = json.loads(value)
            found[customer_id].append(" ".join(map(str, known)) if isinstance(known, list) else str(known))
    return {customer_id: " ".join(texts) for customer_id, texts in found.items()}


def _mail_words(contacts: Iterable[tuple[str, ...]]) -> list[str]:
    """The words of mail addresses and handles."""
    return fitting(" ".join(value for kind, value, _canonical in contacts if kind != "phone"))


def _numbers(contacts: Iterable[tuple[str, ...]], region: str) -> str:
    found: list[str] = []
    for kind, value, canonical in contacts:
        if kind == "phone":
            found += suffixes(national_digits(canonical, region) if canonical else digits(value))
    return " ".join(found)
