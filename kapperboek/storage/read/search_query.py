"""The search box: one question in tiers, from what was surely meant to what may have been meant.

Each tier is a question to an index that stops by itself; nothing is ever ranked that is not shown. What was typed is
taken apart by the same function that filled the index, so it can hold no syntax of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from kapperboek.domain.people.names import PREFIXES
from kapperboek.domain.people.phones import search_digits
from kapperboek.domain.views.search_view import FindResult
from kapperboek.storage.derived import full_text
from kapperboek.storage.derived.full_text import all_of, any_of, beginning, within, word
from kapperboek.storage.derived.search_index import LONGEST_NUMBER, SHORTEST_SUFFIX, fitting
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read import vocabulary
from kapperboek.storage.read.search_rows import rows

COUNTED = 1000  # hits are counted up to here
RANKED = 200  # of the hits of one tier, so many are put in the order of their last visit
MOST_TYPED, MOST_WORDS = 400, 8  # letters and words of a question that are looked at
KEPT_FOR_SIMILAR = 5  # places kept for people whose name is only like what was typed
FEW = 5  # with fewer sure hits a typing mistake is considered
WHOLE_WORD = 3  # letters


class _Search:
    """One question on its way through the tiers; ``found`` maps ids to why, in the order of the answer."""

    def __init__(self, book: Notebook, text: str, limit: int) -> None:
        self.book = book
        self.limit = limit
        self.text = text.encode("utf-8", "ignore").decode().strip()[:MOST_TYPED]  # half a character is nothing
        self.words = fitting(self.text)[:MOST_WORDS]
        self.found: dict[int, str] = {}
        self.similar: list[int] = []
        self.counted: set[int] = set()

    def run(self) -> None:
        self._number()
        self._phone()
        if self.words:
            self._names()
            sure = len(self.counted)
            self._elsewhere()
            if max(map(len, self.words)) >= WHOLE_WORD:
                self._similar(sure)

    def answer(self) -> dict[int, str]:
        """The ids to show with why, best first: a few places are the similar ones' if they need them."""
        places = min(KEPT_FOR_SIMILAR, self.limit // 2)
        keep = min(len(self.similar), max(places, self.limit - len(self.found)))
        shown = dict(list(self.found.items())[: max(0, self.limit - keep)])
        shown.update((customer_id, "similar") for customer_id in self.similar[: self.limit - len(shown)])
        return shown

    def _number(self) -> None:
        """Search by customer number alone, with or without # and zeros, as a card scanner types it."""
        number = self.text.removeprefix("#").strip()
        for candidate in dict.fromkeys((number, number.lstrip("0"))):
            if candidate and len(candidate) <= MOST_TYPED:
                self._take(
                    [row[0] for row in self.book.rows("SELECT id FROM customer WHERE number = ?", (candidate,))],
                    "number",
                )

    def _phone(self) -> None:
        """Search by telephone number, the last digits before any others: that is how people read a number out."""
        digits = search_digits(self.text, str(self.book.get_setting("region", "NL")))[-LONGEST_NUMBER:]
        if len(digits) < SHORTEST_SUFFIX or ("/" in self.text and len(digits) < 6):  # 8/69 is a colour
            return
        self._take(self._ids("search_phone", word(digits)), "phone")
        self._take(self._ids("search_phone", beginning(digits)), "phone")

    def _names(self) -> None:
        """Whole words before beginnings, and among both who is called so before whose family is."""
        main = [each for each in self.words if each not in PREFIXES] or self.words
        exact, starts = all_of(map(word, self.words)), all_of(map(beginning, self.words))
        called = within("given", any_of(map(word, main)))
        hits = self._ids("search_name", starts)
        if len(hits) <= RANKED:
            self._take(_in_order(self.book, hits, self.words), "name", sort=False)
        else:
            self._take(self._ids("search_name", all_of((exact, called))), "name")
            self._take(self._ids("search_name", exact), "name")
            self._take(self._ids("search_name", all_of((starts, called))) if len(main) > 1 else (), "name")
            self._take(hits, "name")
        if len(main) < len(self.words):  # "de veen" for who is called van der Veen
            self._take(self._ids("search_name", all_of(map(beginning, main))), "name")

    def _elsewhere(self) -> None:
        """Mail, place, all of the card together, notes. One letter alone says nothing there."""
        if max(map(len, self.words)) < 2:
            return
        starts = _starts(self.words)
        self._take(self._ids("search_contact", within("email", starts)), "email")
        self._take(self._ids("search_contact", within("place", starts)), "place")
        if len(self.words) > 1:
            self._take(self._ids("search_text", within("card", starts)), "place")
        self._take(self._ids("search_text", starts), "note")

    def _similar(self, sure: int) -> None:
        """Names that sound alike; and, when hardly anybody fits, names a slip of the finger away."""
        others = [self._others(typed, sure < FEW) for typed in self.words]
        either = [any_of((beginning(typed), *own)) for typed, own in zip(self.words, others, strict=True)]
        questions = [
            all_of((any_of(own), *(choice for there, choice in enumerate(either) if there != place)))
            for place, own in enumerate(others)
            if own
        ]
        if not questions:
            return
        hits = self._ids("search_name", any_of(questions), always=True)
        new = [customer_id for customer_id in hits if customer_id not in self.counted]
        self.counted.update(new)
        likely = _by_last_visit(self.book, new[:RANKED])
        self.similar = _by_likeness(self.book, likely, self.words)[: self.limit]

    def _others(self, typed: str, mistyped: bool) -> list[str]:
        """Questions for the words this one may stand for; those it begins are not among them, they were found
        already."""
        if len(typed) < WHOLE_WORD:
            return []
        others = vocabulary.alike(self.book, typed) + (vocabulary.meant(self.book, typed) if mistyped else [])
        return [word(other) for other in dict.fromkeys(others) if not other.startswith(typed)]

    def _ids(self, table: str, question: str, *, always: bool = False) -> list[int]:
        """Ids that answer a question, the newest customers first, no more than are counted.

        None once the list is full of surer ones.
        """
        if len(self.found) >= self.limit and not always:
            return []
        return full_text.find(self.book, table, question, COUNTED + 1)

    def _take(self, hits: Iterable[int], why: str, *, sort: bool = True) -> None:
        new = [customer_id for customer_id in hits if customer_id not in self.found]
        self.counted.update(new)
        if new and len(self.found) < self.limit:
            best = _by_last_visit(self.book, new[:RANKED]) if sort else new
            self.found.update(dict.fromkeys(best[: self.limit - len(self.found)], why))


def find(book: Notebook, text: str, limit: int = 50) -> FindResult:
    """Whoever fits what was typed, best first: by number, telephone, name, mail, place, notes, likeness."""
    search = _Search(book, text, limit)
    search.run()
    if not search.counted and len(search.words) > 1 and len(search.words[-1]) == 1:
        # "jansen z" on the way to "jansen zwolle": better Jansen than nobody
        shorter = find(book, " ".join(search.words[:-1]), limit)
        return shorter._replace(query=text)
    terms = tuple(search.words)
    return FindResult(text, rows(book, search.answer(), terms), min(len(search.counted), COUNTED), terms)


def matching_ids(book: Notebook, text: str) -> list[int]:
    """All who fit, in no order: for the list of customers. Likeness doesn't count here."""
    search = _Search(book, text, 0)
    search._number()
    digits = search_digits(search.text, str(book.get_setting("region", "NL")))
    questions = [("search_phone", beginning(digits[-LONGEST_NUMBER:]))] if len(digits) >= SHORTEST_SUFFIX else []
    if search.words:
        questions.append(("search_name", all_of(map(beginning, search.words))))
        if max(map(len, search.words)) > 1:
            questions.append(("search_text", _starts(search.words)))
    found = set(search.counted)
    for table, question in questions:
        found.update(full_text.find_all(book, table, question))
    return list(found)


def _starts(words: Sequence[str]) -> str:
    """The beginnings of words; one letter means itself, because it begins too much."""
    return all_of(beginning(each) if len(each) > 1 else word(each) for each in words)


def _by_last_visit(book: Notebook, ids: Sequence[int]) -> list[int]:
    """Order by last visit: who comes today first, for they are at the door; then the most recent visitors.

    The rest stays as it was.
    """
    if len(ids) < 2:
        return list(ids)
    sql = f"SELECT customer_id, coalesce(last_visit, '') FROM customer_fact WHERE customer_id IN {MEMBERS}"
    last = dict(book.rows(sql, (members(ids),)))
    today = book.clock.today()
    coming = "SELECT customer_id FROM interaction WHERE kind = 'appointment' AND at >= ? AND at < ?"
    here = {row[0] for row in book.rows(coming, (today.isoformat(), (today + timedelta(days=1)).isoformat()))}
    return sorted(ids, key=lambda customer_id: (customer_id in here, last.get(customer_id, "")), reverse=True)


def _in_order(book: Notebook, ids: Sequence[int], typed: Sequence[str]) -> list[int]:
    """Order a few found: most words exactly so first, then who is called so or begins so, then who came last."""
    recent = {customer_id: place for place, customer_id in enumerate(_by_last_visit(book, ids))}
    sql = f"SELECT id, given_name, nickname, full_name FROM customer WHERE id IN {MEMBERS}"
    ranks = {}
    for customer_id, given, nickname, name in book.rows(sql, (members(ids),)):
        called = set(fitting(f"{given} {nickname}"))
        whole = called.union(fitting(name))
        ranks[customer_id] = (
            -sum(each in whole for each in typed),
            -sum(each in called for each in typed),
            not any(each.startswith(typed[0]) for each in called),
            recent[customer_id],
        )
    return sorted(ids, key=lambda customer_id: ranks[customer_id])


def _by_likeness(book: Notebook, ids: Sequence[int], typed: Sequence[str]) -> list[int]:
    """Order by likeness: those whose names are fewest slips away from what was typed first; otherwise as they were."""
    from rapidfuzz.distance import OSA

    sql = f"SELECT id, full_name, nickname FROM customer WHERE id IN {MEMBERS}"
    away = {
        customer_id: sum(
            min((OSA.distance(each, part) for part in fitting(f"{name} {nickname}")), default=9) for each in typed
        )
        for customer_id, name, nickname in book.rows(sql, (members(ids),))
    }
    return sorted(ids, key=lambda customer_id: away.get(customer_id, 99))
