"""Search index behind the search box: the words of each customer, rewritten for those a unit of work touched.

Texts are folded and split here, by the same function that takes the question apart, so that what is typed and what
is stored meet as equal words and nothing typed can ever be read as syntax. How they are kept is in ``full_text``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from kapperboek.domain.fields import fields_of
from kapperboek.domain.people.names import words
from kapperboek.domain.people.phones import digits, national_digits
from kapperboek.domain.people.phonetics import sound
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.word_cache import keep
from kapperboek.storage.derived import full_text
from kapperboek.storage.derived.full_text import TABLES, Entry
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook

Entries = list[Entry]

CHUNK = 2000  # customers at a time, whose texts are in memory together
LONGEST_WORD = 64
SHORTEST_SUFFIX = 3  # digits somebody must type before a number is looked for
LONGEST_NUMBER = 24

# The tables whose rows each index is made of: what a visit leaves as it was need not be written again.
_CARD = {"customer", "contact_point", "address"}
_NOTES = {"interaction", "talk_point", "card_line", "relation", "follow_up", "profile_value"}
_MADE_OF = {
    "search_name": {"customer"},
    "search_contact": {"contact_point", "address"},
    "search_text": _CARD | _NOTES,
    "search_sound": {"customer"},
    "search_phone": {"contact_point"},
}


def _found_in(part: str) -> str:
    """SQL for the words of the customer's own fields that are looked for in this part of the index."""
    return " || ' ' || ".join(field.column for field in fields_of(CustomerRecord) if field.search == part)


# Per customer what they are called, the rest of the name, mail addresses, homes, and everything found as "a word
# in a note". Health facts are not among it: what can be searched for can be found out.
_PEOPLE = f"""
    SELECT id, number, {_found_in("given")}, {_found_in("name")},
        coalesce((SELECT string_agg(value, ' ') FROM contact_point
            WHERE customer_id = customer.id AND kind <> 'phone'), ''),
        coalesce((SELECT string_agg(street || ' ' || number || ' ' || postcode || ' ' || place || ' ' || region, ' ')
            FROM address WHERE customer_id = customer.id), ''),
        concat_ws(' ', {_found_in("notes")},
            (SELECT string_agg(recipe || ' ' || note, ' ') FROM interaction WHERE customer_id = customer.id),
            (SELECT string_agg(text || ' ' || outcome, ' ') FROM talk_point WHERE customer_id = customer.id),
            (SELECT string_agg(text, ' ') FROM card_line WHERE customer_id = customer.id),
            (SELECT string_agg(name, ' ') FROM relation WHERE customer_id = customer.id),
            (SELECT string_agg(what, ' ') FROM follow_up WHERE customer_id = customer.id))
    FROM customer WHERE id IN {MEMBERS}"""
_LISTS = (
    f"SELECT customer_id, products FROM interaction WHERE customer_id IN {MEMBERS} AND products <> '[]'",
    # of the treatments each list once: who comes every month always has the same done
    f"SELECT DISTINCT customer_id, treatments FROM interaction WHERE customer_id IN {MEMBERS} AND treatments <> '[]'",
    f"SELECT customer_id, value FROM profile_value WHERE customer_id IN {MEMBERS} AND state = 'known'",
)
_PHONES = f"SELECT customer_id, value, canonical FROM contact_point WHERE customer_id IN {MEMBERS} AND kind = 'phone'"


def refresh(book: Notebook, customer_ids: Iterable[int], kinds: Collection[str] | None = None) -> None:
    """Make the index say what the rows of these customers say now; those who are gone leave it.

    ``kinds``: the tables of which rows were written, if that is known; the others stand as they stood.
    """
    tables = [table for table in TABLES if kinds is None or not _MADE_OF[table].isdisjoint(kinds)]
    if not tables:
        return
    ids = sorted(set(customer_ids))
    region = book.get_setting("region", "NL")
    for start in range(0, len(ids), CHUNK):
        _refresh_chunk(book, ids[start : start + CHUNK], str(region), tables)


def purge(book: Notebook) -> None:
    """Make the index hold no word of anybody who is gone, within the transaction there is. Names once seen are kept
    for as long as somebody has one of their words.
    """
    full_text.purge(book)
    full_text.drop_unused_words(book)


def fitting(text: str) -> list[str]:
    """The different words of a text, as the index holds them, in the order of the text."""
    found = words(text)
    if len(text) > LONGEST_WORD or not text.isascii():  # folded, one character may become eighteen
        found = [word[:LONGEST_WORD] for word in found]
    return list(dict.fromkeys(found))


def indexed(text: str) -> str:
    """A text whose words the index finds by itself as ``fitting`` would: most plain text needs no taking apart here."""
    if text.isascii() and (len(text) <= LONGEST_WORD or max(map(len, text.split()), default=0) <= LONGEST_WORD):
        return text
    return " ".join(fitting(text))


@keep(8192)
def heard(name: str) -> dict[str, str]:
    """The different words of a name, each with its sound; numbers have none. Many people share a name."""
    return {word: "" if word.isdecimal() else sound(word) for word in fitting(name)}


def suffixes(number: str) -> list[str]:
    """All the ends of a number by which it can be found: ``0612`` gives 0612 and 612."""
    plain = number[-LONGEST_NUMBER:]
    return [plain[start:] for start in range(max(0, len(plain) - SHORTEST_SUFFIX + 1))]


def _refresh_chunk(book: Notebook, ids: Sequence[int], region: str, tables: Sequence[str]) -> None:
    lists = _lists(book, ids)
    new = _Entries()
    for customer_id, number, called, others, mails, home, notes in _of(book, _PEOPLE, ids):
        card = new.add_names(customer_id, called, others, number) + new.add_reach(customer_id, mails, home)
        new.texts.append((customer_id, card, indexed(f"{notes} {lists.get(customer_id, '')}")))
    if "search_phone" in tables:
        new.numbers = _numbers(book, ids, region)
    new.replace(book, ids, tables)


class _Entries:
    """Entries that some customers will have in each of the indexes."""

    def __init__(self) -> None:
        self.names: Entries = []
        self.reach: Entries = []
        self.texts: Entries = []
        self.sounds: Entries = []
        self.numbers: Entries = []
        self._spoken: dict[str, str] = {}  # word → sound

    def add_names(self, customer_id: int, called: str, others: str, number: str) -> str:
        """Add somebody's first names and the rest of the name with the number; all its words come back."""
        if not (number.isascii() and number.isdecimal()):
            others, number = f"{others} {number}", ""
        first, rest = heard(called), heard(others)
        self._spoken |= first
        self._spoken |= rest
        spoken, whole = " ".join(first), f"{' '.join(rest)} {indexed(number)}"
        self.names.append((customer_id, spoken, whole))
        self.sounds.append((customer_id, " ".join(dict.fromkeys((*first.values(), *rest.values())))))
        return f"{spoken} {whole} "

    def add_reach(self, customer_id: int, mails: str, home: str) -> str:
        """Mail addresses and homes; all their words."""
        if not (mails or home.strip()):
            return ""
        mails, home = indexed(mails), indexed(home)
        self.reach.append((customer_id, mails, home))
        return f"{mails} {home}"

    def replace(self, book: Notebook, ids: Sequence[int], tables: Sequence[str]) -> None:
        """Take what these customers had away in these indexes, and write this."""
        known = full_text.present(book, TABLES[0], ids)  # whoever isn't in the first index is in none
        rows = dict(zip(TABLES, (self.names, self.reach, self.texts, self.sounds, self.numbers), strict=True))
        for table in tables:
            full_text.replace(book, table, known, rows[table])
        if TABLES[0] not in tables:
            return
        words_of_names = sorted((key, word) for word, key in self._spoken.items() if key and len(word) > 1)
        book.connection.executemany(
            "INSERT INTO search_word (sound, word) VALUES (?, ?) ON CONFLICT DO NOTHING", words_of_names
        )


def _of(book: Notebook, sql: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    return book.rows(sql, (members(ids),))


def _lists(book: Notebook, ids: Sequence[int]) -> dict[int, str]:
    """Words kept as JSON, by customer: products, treatments and profile values."""
    found: dict[int, list[str]] = defaultdict(list)
    for sql in _LISTS:
        for customer_id, value in _of(book, sql, ids):
            known = json.loads(value)
            found[customer_id] += map(str, known) if isinstance(known, list) else [str(known)]
    return {customer_id: " ".join(texts) for customer_id, texts in found.items()}


def _numbers(book: Notebook, ids: Sequence[int], region: str) -> Entries:
    found: dict[int, list[str]] = defaultdict(list)
    for customer_id, value, canonical in _of(book, _PHONES, ids):
        found[customer_id] += suffixes(national_digits(canonical, region) if canonical else digits(value))
    return [(customer_id, " ".join(ends)) for customer_id, ends in found.items() if ends]
