"""Mentions of somebody's full name where it does not belong to a row of theirs: in what was written on other people's
cards, also half typed. What the journal remembers of others is in ``journal_redaction``.

Only a name in full, as words of their own, and only when nobody else is called so, is taken out by itself. A first name
in a note may be anybody's; whose cards those are is shown to whoever forgets somebody, so that they can look.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kapperboek.domain.people.names import PREFIXES, words
from kapperboek.storage.derived import full_text, search_index
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook

GONE = "…"
# What people write freely, by table; of a customer's own card only the note. What somebody is called stands in none of
# them, and recipes, products and treatments tell of hair.
WORDS = {
    "customer": ("note",),
    "interaction": ("note",),
    "talk_point": ("text", "outcome"),
    "follow_up": ("what",),
    "card_line": ("text",),
    "sensitive_fact": ("text",),
    "relation": ("name",),
    "profile_value": ("value",),
}
_JSON = {("profile_value", "value")}
_GOES_ON = r"[\w'’ʼ\u0300-\u036f‐‑-]"  # next to a name these make it another one: Jansens, Jansen-Bakker, Jansen's
_APOSTROPHES = "'’‘ʼ`´"


class Names:
    """Full names that some people have and had, to take out of texts.

    ``others`` are longer names with one of them inside, of people who stay.
    """

    def __init__(self, names: Iterable[str] = (), others: Iterable[str] = ()) -> None:
        self.said = sorted({name for name in names if len(telling(name)) > 1}, key=len, reverse=True)
        longer = sorted(others, key=len, reverse=True)
        self._needs = [frozenset(words(name)) for name in self.said]
        self._patterns = [_pattern(name, [one for one in longer if need <= {*words(one)}])
                          for name, need in zip(self.said, self._needs, strict=True)]
        self._by_word: dict[str, list[int]] = {}
        for place, name in enumerate(self.said):
            self._by_word.setdefault(max(telling(name), key=len), []).append(place)

    def within(self, text: str) -> bool:
        """Tell whether one of the names stands in the text."""
        return self.out_of(text) != text

    def may_be_within(self, text: str) -> bool:
        """Tell whether a text is worth looking through, quickly, and of one in JSON too."""
        return bool(self.said) and ("\\" in text or not self._by_word.keys().isdisjoint(words(text)))

    def out_of(self, text: str) -> str:
        """The text with "…" in their place; the very same text when none is in it."""
        said = set(words(text))
        places = sorted(place for word in self._by_word.keys() & said for place in self._by_word[word])
        places = [place for place in places if self._needs[place] <= said]
        if not places:
            return text
        left = whole = unicodedata.normalize("NFC", text)
        for place in places:
            left = self._patterns[place].sub(lambda found: found[1] or GONE, left)
        return text if left == whole else left

    def out_of_all(self, value: Any) -> Any:
        """Value with the names taken out, as ``out_of`` does, of every text in lists and by names."""
        return in_every_text(value, self.out_of, lambda key: key)

    def out_of_json(self, text: str) -> str:
        """Text in JSON with the names taken out, as ``out_of`` does; one that is none is taken as it is."""
        try:
            known = json.loads(text)
            left = self.out_of_all(known)
        except (ValueError, RecursionError):
            return self.out_of(text)
        return text if left == known else as_json(left)

    def out_of_column(self, table: str, column: str, text: str) -> str:
        """Text of a column of WORDS with the names taken out, as ``out_of`` does."""
        return self.out_of_json(text) if (table, column) in _JSON else self.out_of(text)


class Place(NamedTuple):
    """A row about somebody else with a name in it, and what will stand in its columns."""

    table: str
    id: int
    customer_id: int
    left: dict[str, str]


def telling(name: str) -> list[str]:
    """The words of a name that tell whose it is: "van der" counts for nothing."""
    return [word for word in words(name) if word not in PREFIXES]


def of(book: Notebook, ids: Sequence[int]) -> Names:
    """Names of these cards, now and before, as far as nobody who stays is called so.

    A single word may be anybody's and is not among them.
    """
    mine = Names(name for id in ids for name in called(book, id))
    leaving = set(ids)
    stay = (row[1] for row in book.rows("SELECT id, full_name FROM customer") if row[0] not in leaving)
    near = {name for name in stay if mine.within(name)}
    taken = {_alike(name) for name in near}
    return Names((name for name in mine.said if _alike(name) not in taken), near)


def cards_with(book: Notebook, name: str, but: Sequence[int] = ()) -> list[int]:
    """The cards on which all words of this name stand somewhere, in order; "van der" counts for nothing. None for a
    name of one word.
    """
    said = [word for word in search_index.fitting(name) if word not in PREFIXES]
    if len(said) < 2:
        return []
    found = full_text.find_all(book, "search_text", full_text.all_of(map(full_text.word, said)))
    return sorted(id for id in found if id not in but)


def places(book: Notebook, names: Names, but: Sequence[int] = ()) -> Iterator[Place]:
    """Places where the names stand on the cards of others.

    Health facts are in no index and are few: all are looked at.
    """
    cards = sorted({id for name in names.said for id in cards_with(book, name, but)})
    for table, columns in WORDS.items():
        owner = "id" if table == "customer" else "customer_id"
        where = "" if table == "sensitive_fact" else f" WHERE {owner} IN {MEMBERS}"
        given = (members(cards),) if where else ()
        rows = book.rows(f"SELECT id, {owner}, {', '.join(columns)} FROM {table}{where}", given)
        for id, customer_id, *texts in rows:
            left = {
                column: without
                for column, text in zip(columns, texts, strict=True)
                if (without := names.out_of_column(table, column, text)) != text
            }
            if left and customer_id not in but:
                yield Place(table, id, customer_id, left)


def take_out(book: Notebook, names: Names) -> set[int]:
    """Put "…" in their place, in the transaction there is, once their own rows are gone; gives whose cards changed."""
    found = list(places(book, names))
    for place in found:
        sets = ", ".join(f"{column} = ?" for column in place.left)
        book.connection.execute(f"UPDATE {place.table} SET {sets} WHERE id = ?", (*place.left.values(), place.id))
    return {place.customer_id for place in found}


def image(before: str | None) -> dict[str, Any]:
    """Former contents of a row, as the journal keeps them (JSON); empty when they cannot be read."""
    try:
        known = json.loads(before or "{}")
    except (ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def in_every_text(value: Any, change: Callable[[str], str], change_key: Callable[[str], str]) -> Any:
    """Value read from JSON with every text in it changed, also in lists and in what stands by a key."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [in_every_text(one, change, change_key) for one in value]
    if isinstance(value, dict):
        return {change_key(key): in_every_text(one, change, change_key) for key, one in value.items()}
    return value


def as_json(value: Any) -> str:
    """JSON of a value, as everything is kept.

    Half a sign, which only somebody else can have written, can be kept as a number only.
    """
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() or text.encode("utf-8", "ignore").decode() == text else json.dumps(value)


def called(book: Notebook, id: int) -> Iterator[str]:
    """Names that a card has and had. Not what it is called after a firm: that stands in every recipe."""
    columns = ("full_name", "given_name", "family_name", "organisation")
    now = book.row(f"SELECT {', '.join(columns)} FROM customer WHERE id = ?", (id,)) or ("",) * len(columns)
    card: dict[str, Any] = dict(zip(columns, now, strict=True))
    rows = book.rows(
        "SELECT before FROM change_row WHERE customer_id = ? AND table_name = 'customer' AND before IS NOT NULL"
        " ORDER BY change_id DESC, seq DESC",
        (id,),
    )
    for before in (None, *(row[0] for row in rows)):
        card |= image(before)
        if card["full_name"] and (card["given_name"] or card["family_name"] or not card["organisation"]):
            yield str(card["full_name"])


def _alike(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _pattern(name: str, longer: Sequence[str]) -> re.Pattern[str]:
    """This name, with capitals or without and with any blanks, unless it goes on; a longer one is caught as it is."""
    alone = f"(?<!{_GOES_ON}){_written(name)}(?!{_GOES_ON})"
    kept = "|".join(map(_written, longer)) or "(?!)"
    return re.compile(f"({kept})|{alone}", re.IGNORECASE)


def _written(name: str) -> str:
    plain = unicodedata.normalize("NFC", name).split()
    return r"\s+".join(re.sub(f"[{_APOSTROPHES}]", f"[{_APOSTROPHES}]", re.escape(word)) for word in plain)
