"""Matching of calendar entries to the customer whose name, number or address is in them, not who only looks alike.

A name is known with or without the further first names, by the nickname, and without the prefix when that leaves one
person. What is said of nobody with certainty is for a person to decide: then the sentence names who it may be.
"""

from __future__ import annotations

from collections import defaultdict

from kapperboek.domain.errors import UserError
from kapperboek.domain.people.names import PREFIXES, split_full_name, words
from kapperboek.domain.people.phones import canonical
from kapperboek.domain.records import AgendaRecord
from kapperboek.exchange.calendar.ical_titles import is_treatment, mails_in, named_in_text, says_nobody
from kapperboek.exchange.table.table_names import HONORIFICS
from kapperboek.i18n import _
from kapperboek.services.row_checks import region_of
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.row_lookup import honorific_of, ids_by_reach, name_parts, treatment_names

Words = tuple[str, ...]

_HE = frozenset("dhr heer meneer mijnheer herr".split())  # not mr: in Dutch anybody who studied law
_SHE = frozenset("mevr mevrouw mw mej mrs ms miss frau".split())
_NAMED_AT_MOST = 5
_LINES = 6  # of a description that are looked at for a name
_LONGEST = 24  # words of a title that are looked at


class CalendarPeople:
    """Everybody in the notebook by what a calendar may call them."""

    def __init__(self, book: Notebook) -> None:
        self.book, self.region = book, region_of(book)
        self.shown: dict[int, str] = {}
        self._exact: dict[Words, list[int]] = defaultdict(list)
        self._loose: dict[Words, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] | None = None
        self._words: dict[int, frozenset[str]] = {}
        self._parts: dict[int, tuple[list[str], list[str], list[str]]] = {}  # first names, prefix, family name
        self._treatments = {word for name in treatment_names(book) for word in words(name)}
        for customer_id, number, full, *parts in name_parts(book):
            self.know(customer_id, number, full, *parts)

    def know(
        self, customer_id: int, number: str, full: str, given: str, prefix: str, family: str, nickname: str
    ) -> None:
        """Make somebody known from now on, by all names they may be called by in a calendar."""
        self.shown[customer_id] = f"{full} ({number})" if number else full
        first = given.split()[0] if given else ""
        called = [f"{name} {prefix} {family}" for name in (given, first, nickname) if name and family]
        for key in dict.fromkeys(tuple(words(name)) for name in (full, *called) if name):
            self._exact[key].append(customer_id)
        if prefix:
            for name in dict.fromkeys(name for name in (given, first, nickname) if name and family):
                self._loose[tuple(words(f"{name} {family}"))].append(customer_id)
        self._words[customer_id] = frozenset(words(f"{full} {given} {nickname}"))
        self._parts[customer_id] = words(f"{given} {nickname}"), words(prefix), words(family)
        if self._by_word is not None:
            self._spread(customer_id)

    def whose(self, entry: AgendaRecord) -> int:
        """The one customer it is about; 0 when it names somebody who is not known. UserError when it may be several,
        or when nobody can tell.
        """
        named = self._named(entry.name) or self._within(entry.summary)
        reached = self._reached_at(entry)
        both = [one for one in named if one in reached]
        found = both or named or self._invited(entry, reached) or self._written_below(entry)
        found = found or self._shortened(entry, reached)
        if len(found) > 1:
            raise UserError("ambiguous", _("Who is meant? It may be {people}.").format(people=self._list(found)))
        return found[0] if found else 0

    def stranger(self, entry: AgendaRecord) -> tuple[str, str]:
        """Name and e-mail address of somebody new whom the entry names in full. UserError when it does not, with who
        may be meant.
        """
        if known := self._within(entry.summary, whole=False):
            raise UserError("ambiguous", _("Who is meant? It may be {people}.").format(people=self._list(known)))
        if short := self._by_initials(entry.name):
            text = _("Nobody is called “{name}” and no more; it may be {people}. Write the full name in the agenda.")
            raise UserError("ambiguous", text.format(name=entry.name, people=self._list(short)))
        if self._says_nobody(entry.name) and reads_as_person(below := self._name_below(entry)):
            return below, ""
        numbered = entry.phone and not self._only_what_for(entry.name)
        if numbered or (reads_as_person(entry.name) and not self._only_what_for(entry.name)):
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
        said = name.split()
        around = [" ".join(said[n:] + said[:n]) for n in range(1, len(said))] if len(said) < 6 else []  # "Bakker Anouk"
        titled = [" ".join(said[1:])] if len(said) > 2 and said[0].lower() in HONORIFICS else []
        for key in dict.fromkeys(tuple(words(one)) for one in (name, _turned(name), *titled, *around)):
            if found := self._exact.get(key) or self._loose.get(key):
                return found
        if name.endswith("s") and (found := self._exact.get(tuple(words(name[:-1])))):
            return found  # "Carla Mulders verjaardag"
        return []

    def _within(self, title: str, *, whole: bool = True) -> list[int]:
        """Customers named in full somewhere in a title of which the rest is no name: a treatment of ours, small words.
        Not ``whole``: whatever the rest is.
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
        first = next((c for c in text if c.isalnum()), "")
        if not first.isupper() or is_treatment(text) or says_nobody(text):
            return False
        return not set(words(text)) <= self._treatments

    def _alike(self, name: str) -> list[int]:
        """Everybody who has all of these words in the name."""
        said = words(name)
        if self._by_word is None:
            self._by_word = defaultdict(list)
            for customer_id in self._words:
                self._spread(customer_id)
        rarest = min((self._by_word.get(word, []) for word in said), key=len, default=[])
        return [one for one in rarest if set(said) <= self._words[one]]

    def _by_initials(self, name: str) -> list[int]:
        """Customers whom a name with an initial in it may mean: "Anouk B.", "Mevr. B. de Wit"."""
        said = [word for part in name.split() if part.lower() not in HONORIFICS for word in words(part)]
        long = [word for word in said if len(word) > 1]
        if not long or len(long) == len(said) > 1:
            return []
        return [one for one in self._alike(" ".join(long))
                if all(any(word.startswith(part) for word in self._words[one]) for part in said)]

    def _shortened(self, entry: AgendaRecord, reached: list[int]) -> list[int]:
        """The only one whom "Anouk B.", "A. Bakker" or "Mevr. Mulder" fits, and whose number it is if one is given."""
        titles = [part for part in entry.name.split() if part.lower() in HONORIFICS]
        said = [word for part in entry.name.split() if part not in titles for word in words(part)]
        if not (titles or any(len(word) == 1 for word in said)) or (entry.phone and not reached):
            return []
        found = [one for one in self._by_initials(entry.name) if not reached or one in reached]
        if len(found) > 1:
            found = [one for one in found if not self._titled_otherwise(one, titles)]
        return found if len(found) == 1 and self._is_short_for(said, found[0]) else []

    def _is_short_for(self, said: list[str], customer_id: int) -> bool:
        """Recognise a short name: first name and initial of the family name, or family name and perhaps initials."""
        given, prefix, family = self._parts[customer_id]
        long, letters = [word for word in said if len(word) > 1], [word for word in said if len(word) == 1]
        if not family or not long:
            return False
        if long in (family, prefix + family):
            return all(any(name.startswith(letter) for name in given) for letter in letters)
        return set(long) <= {*given, *prefix} and letters[-1:] == [family[0][0]]

    def _titled_otherwise(self, customer_id: int, titles: list[str]) -> bool:
        """Detect a contradicting title: the card says Dhr. and the calendar Mevr., or the other way round."""
        here, there = honorific_of(self.book, customer_id).split(), titles
        return any(_are(one, here) and _are(other, there) for one, other in ((_HE, _SHE), (_SHE, _HE)))

    def _spread(self, customer_id: int) -> None:
        for word in self._words[customer_id]:
            if self._by_word is not None:
                self._by_word[word].append(customer_id)

    # ---- by what they can be reached at ------------------------------------------------------------------------

    def _invited(self, entry: AgendaRecord, reached: list[int]) -> list[int]:
        """Customers who are invited, or have the number or address in the text, when the title names nobody else."""
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
        number = canonical(entry.phone, self.region) if entry.phone else ""
        mails = [mail for _name, mail in entry.people if mail] + mails_in(f"{entry.summary} {entry.note}")
        reach = [one for one in (number, *dict.fromkeys(mails)) if one]
        return ids_by_reach(self.book, reach) if reach else []

    def _written_below(self, entry: AgendaRecord) -> list[int]:
        """Customers named below a title that names nobody: "Klant: Anouk Bakker", or nothing but the name in a line."""
        if not self._says_nobody(entry.name):
            return []
        lines = [line.strip() for line in entry.note[:2000].splitlines()[:_LINES]]
        called = (self._named(line) for line in (self._name_below(entry), *lines) if 0 < len(line) < 80)
        return next(filter(None, called), [])

    def _name_below(self, entry: AgendaRecord) -> str:
        return named_in_text(entry.note)

    def _only_what_for(self, name: str) -> bool:
        """Recognise a title of only treatments and words of a booking program: nobody is called "Nieuwe afspraak"."""
        return all(is_treatment(word) or says_nobody(word) or set(words(word)) <= self._treatments
                   for word in name.split())

    def _fits(self, customer_id: int, name: str) -> bool:
        """Check that every word of a shorter name is in the name on the card: "Annelies" for Annelies van der Meer."""
        return bool(words(name)) and set(words(name)) <= self._words[customer_id]

    def _says_nobody(self, name: str) -> bool:
        """Detect that what stands where the name is expected names nobody, only what for: "Knippen"."""
        return not any(map(self._may_be_name, name.split())) or all(map(str.isdigit, "".join(words(name))))

    def _list(self, found: list[int]) -> str:
        shown = ", ".join(self.shown[one] for one in found[:_NAMED_AT_MOST])
        more = len(found) - _NAMED_AT_MOST
        return _("{people} and {n} more").format(people=shown, n=more) if more > 0 else shown


def _are(titles: frozenset[str], said: list[str]) -> bool:
    return any(word.lower().strip(".") in titles for word in said)


def _turned(name: str) -> str:
    """``Bakker, Anouk`` the other way round."""
    return " ".join(part for part in split_full_name(name) if part) if "," in name else name


def reads_as_person(name: str) -> bool:
    """A first and a family name, each beginning with a capital (or in a script that has none), and no digits."""
    parts = [part for part in name.split() if part.lower().replace("’", "'") not in PREFIXES | HONORIFICS]
    starts = [next((c for c in part if c.isalpha()), "") for part in parts]
    if parts and len(parts[-1].strip(".")) < 2 and parts[-1].isascii():
        return False  # "Petra G."
    return len(parts) >= 2 and all(starts) and not any(map(str.isdigit, name)) and not any(map(str.islower, starts))
