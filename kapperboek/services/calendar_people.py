"""Whose an entry of a calendar is: the customer whose name, number or address is in it, not who only looks alike.

A name is known with or without the further first names, by the nickname, and without the prefix when that leaves one
person. What is said of nobody with certainty is for a person to decide: then the sentence names who it may be.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kapperboek.domain.errors import UserError
from kapperboek.domain.names import PREFIXES, split_full_name, words
from kapperboek.domain.phones import canonical
from kapperboek.domain.records import AgendaRecord
from kapperboek.i18n import _
from kapperboek.services.writing import region_of

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook

Words = tuple[str, ...]

_NAMED_AT_MOST = 5
_LONGEST = 24  # words of a title that are looked at


class CalendarPeople:
    """Everybody in the notebook by what a calendar may call them."""

    def __init__(self, book: Notebook) -> None:
        from kapperboek.storage.lookup import name_parts, treatment_names

        self.book, self.region = book, region_of(book)
        self.shown: dict[int, str] = {}
        self._exact: dict[Words, list[int]] = defaultdict(list)
        self._loose: dict[Words, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] | None = None
        self._words: dict[int, frozenset[str]] = {}
        self._treatments = {word for name in treatment_names(book) for word in words(name)}
        for customer_id, number, full, *parts in name_parts(book):
            self.know(customer_id, number, full, *parts)

    def know(
        self, customer_id: int, number: str, full: str, given: str, prefix: str, family: str, nickname: str
    ) -> None:
        """Somebody, from now on."""
        self.shown[customer_id] = f"{full} ({number})" if number else full
        first = given.split()[0] if given else ""
        called = [f"{name} {prefix} {family}" for name in (given, first, nickname) if name and family]
        for key in dict.fromkeys(tuple(words(name)) for name in (full, *called) if name):
            self._exact[key].append(customer_id)
        if prefix:
            for name in dict.fromkeys(name for name in (given, first, nickname) if name and family):
                self._loose[tuple(words(f"{name} {family}"))].append(customer_id)
        self._words[customer_id] = frozenset(words(f"{full} {given} {nickname}"))
        if self._by_word is not None:
            self._spread(customer_id)

    def whose(self, entry: AgendaRecord) -> int:
        """The one customer it is about; 0 when it names somebody who is not known. UserError when it may be several,
        or when nobody can tell.
        """
        named = self._named(entry.name) or self._within(entry.summary)
        reached = self._reached_at(entry)
        both = [one for one in named if one in reached]
        found = both or named or self._invited(entry, reached)
        if len(found) > 1:
            raise UserError("ambiguous", _("Who is meant? It may be {people}.").format(people=self._list(found)))
        return found[0] if found else 0

    def stranger(self, entry: AgendaRecord) -> tuple[str, str]:
        """Name and e-mail address of somebody new whom the entry names in full. UserError when it does not, with who
        may be meant.
        """
        if known := self._within(entry.summary, whole=False):
            raise UserError("ambiguous", _("Who is meant? It may be {people}.").format(people=self._list(known)))
        if entry.phone or reads_as_person(entry.name):
            mine = [mail for name, mail in entry.people if words(name) == words(entry.name)]
            return entry.name, mine[0] if mine else ""
        if self._says_nobody(entry.name) and len(entry.people) == 1 and reads_as_person(_turned(entry.people[0][0])):
            return _turned(entry.people[0][0]), entry.people[0][1]
        if alike := self._alike(entry.name):
            text = _("Nobody is called “{name}” and no more; it may be {people}. Write the full name in the agenda.")
            raise UserError("ambiguous", text.format(name=entry.name, people=self._list(alike)))
        text = _("Nobody is called “{name}”. Make the card first, or write the full name in the agenda.")
        raise UserError("nobody", text.format(name=entry.name))

    # ---- by name -----------------------------------------------------------------------------------------------

    def _named(self, name: str) -> list[int]:
        turned = _turned(name)
        for key in dict.fromkeys((tuple(words(name)), tuple(words(turned)))):
            if found := self._exact.get(key) or self._loose.get(key):
                return found
        if name.endswith("s") and (found := self._exact.get(tuple(words(name[:-1])))):
            return found  # "Carla Mulders verjaardag"
        return []

    def _within(self, title: str, *, whole: bool = True) -> list[int]:
        """Who is named in full somewhere in a title of which the rest is no name: a treatment of ours, small words. Not
        ``whole``: whatever the rest is.
        """
        said = title.split()
        if not 2 < len(said) <= _LONGEST:
            return []
        for length in range(min(8, len(said) - 1), 1, -1):
            for start in range(len(said) - length + 1):
                key = tuple(words(" ".join(said[start : start + length])))
                rest = said[:start] + said[start + length :]
                found = self._exact.get(key, []) if len(key) > 1 else []
                if found and not (whole and any(map(self._may_be_name, rest))):
                    return found
        return []

    def _may_be_name(self, text: str) -> bool:
        from kapperboek.exchange.ical_titles import is_treatment

        first = next((c for c in text if c.isalnum()), "")
        return first.isupper() and not is_treatment(text) and not set(words(text)) <= self._treatments

    def _alike(self, name: str) -> list[int]:
        """Everybody who has all of these words in the name."""
        said = words(name)
        if self._by_word is None:
            self._by_word = defaultdict(list)
            for customer_id in self._words:
                self._spread(customer_id)
        rarest = min((self._by_word.get(word, []) for word in said), key=len, default=[])
        return [one for one in rarest if set(said) <= self._words[one]]

    def _spread(self, customer_id: int) -> None:
        for word in self._words[customer_id]:
            if self._by_word is not None:
                self._by_word[word].append(customer_id)

    # ---- by what they can be reached at ------------------------------------------------------------------------

    def _invited(self, entry: AgendaRecord, reached: list[int]) -> list[int]:
        """Who is invited, or has the number or address in the text, when the title names nobody else."""
        fitting = [one for one in reached if self._fits(one, entry.name)]
        if fitting or (reads_as_person(entry.name) and not self._says_nobody(entry.name)):
            return fitting
        invited = [one for name, _mail in entry.people if name for one in self._named(name)]
        if both := [one for one in reached if one in invited]:
            return list(dict.fromkeys(both))
        if not self._says_nobody(entry.name):
            return []
        return reached or list(dict.fromkeys(invited))

    def _reached_at(self, entry: AgendaRecord) -> list[int]:
        from kapperboek.exchange.ical_titles import mails_in
        from kapperboek.storage.lookup import ids_by_reach

        number = canonical(entry.phone, self.region) if entry.phone else ""
        mails = [mail for _name, mail in entry.people if mail] + mails_in(f"{entry.summary} {entry.note}")
        reach = [one for one in (number, *dict.fromkeys(mails)) if one]
        return ids_by_reach(self.book, reach) if reach else []

    def _fits(self, customer_id: int, name: str) -> bool:
        """Whether every word of a shorter name is in the name on the card: "Annelies" for Annelies van der Meer."""
        return bool(words(name)) and set(words(name)) <= self._words[customer_id]

    def _says_nobody(self, name: str) -> bool:
        """Whether what stands where the name is expected is only what for: "Knippen"."""
        return not any(map(self._may_be_name, name.split())) or all(map(str.isdigit, "".join(words(name))))

    def _list(self, found: list[int]) -> str:
        return ", ".join(self.shown[one] for one in found[:_NAMED_AT_MOST])


def _turned(name: str) -> str:
    """``Bakker, Anouk`` the other way round."""
    return " ".join(part for part in split_full_name(name) if part) if "," in name else name


def reads_as_person(name: str) -> bool:
    """A first and a family name, each beginning with a capital (or in a script that has none), and no digits."""
    parts = [part for part in name.split() if part.lower().replace("’", "'") not in PREFIXES]
    starts = [next((c for c in part if c.isalpha()), "") for part in parts]
    return len(parts) >= 2 and all(starts) and not any(map(str.isdigit, name)) and not any(map(str.islower, starts))
