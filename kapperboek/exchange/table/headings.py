"""Headings of columns and what they mean: the words of ``heading_words``, as the usual exporters put them together.

They are numbered (``Phone 2 - Value``), have a place (``Land/regio (werk)``) or are one word (``HomePostalCode``,
``Werkpostcode``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kapperboek.domain.fields import fields_of
from kapperboek.domain.people.names import words
from kapperboek.domain.records import CustomerRecord
from kapperboek.exchange.table.heading_words import LABELS, SAYS
from kapperboek.i18n import LANGUAGES, in_language

Row = Sequence[str]


class Meaning(NamedTuple):
    """Meaning of a column; ``label`` is home, work… or the kind of date; ``number`` tells equal columns apart."""

    target: str
    label: str = ""
    number: int = 0


class Column(NamedTuple):
    """One column: its place from 0, its heading as written, and what it holds (None: nothing we know)."""

    place: int
    heading: str
    meaning: Meaning | None


TEXTS = {
    "number": "number", "uid": "uid", "honorific": "honorific", "given": "given_name",
    "additional": "additional_names", "prefix": "prefix", "family": "family_name", "suffix": "suffix",
    "display": "display_name", "nickname": "nickname", "initials": "initials", "organisation": "organisation",
    "department": "department", "staff": "regular_staff", "channel": "preferred_channel", "phase": "phase",
    "household": "household",
}
"""What a column can hold to the customer's attribute that takes it as it stands."""
FURTHER = tuple(
    field for field in fields_of(CustomerRecord) if field.kind == "text" and field.name not in {*TEXTS.values(), "note"}
)
"""Fields that have no words in ``heading_words``: they go by their own headings, and by their names."""
TEXTS |= {field.name: field.name for field in FURTHER}

_BY_WORDS = {said: target for target, sayings in SAYS.items() for said in sayings.split("|")}
_BY_WORDS |= {
    " ".join(words(in_language(language, field.heading))): field.name
    for field in FURTHER for language in LANGUAGES
}
_LABELS = {word: label for label, said in LABELS.items() for word in said.split()}
_DETAIL = re.compile(r"\s*(?:weetje|detail)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_IN_ONE_WORD = re.compile(r"(?<=[a-z])(?=[A-Z\d])|(?<=\d)(?=[A-Z])")
_COMPOUND = re.compile(r"(werk|huis)(.{4,})")  # Werkpostcode, Huisadres
_WHOSE = frozenset("client customer klant kunde kunden contact guest gast member lid mitglied".split())
_FILLERS = frozenset("op van de het der the of".split())
_ADDRESS = frozenset(("address", "adres"))
ADDRESS_TARGETS = frozenset(
    "street street2 street3 house house_addition pobox postcode place postcode_place region country address "
    "address_type".split()
)
"""The parts of an address."""
_DIRECT = frozenset(
    "address 1|address 2|address 3|street 2|street 3|address line 1|address line 2|adresregel 1|adresregel 2|"
    "2 vorname|06".split("|")
)


def meaning(heading: str) -> Meaning | None:
    """Meaning of a column by its heading; None when it is no heading we know."""
    if found := _DETAIL.fullmatch(heading):
        return Meaning("profile", found[1].strip())
    if len(heading) > 60:
        return None
    found_plain = _read(words(heading))
    if found_plain or not _IN_ONE_WORD.search(heading):
        return found_plain
    return _read(words(_IN_ONE_WORD.sub(" ", heading)))


def bare_label(heading: str) -> str:
    """home, work… when that is all the heading says ("Privé", "Werk"): what it holds must show from below it."""
    said = words(heading)
    return _LABELS.get(said[0], "") if len(said) == 1 else ""


def _read(said: list[str]) -> Meaning | None:
    if not said:
        return None
    plain = " ".join(said)
    if plain in _BY_WORDS and (plain in _DIRECT or not any(word.isdecimal() for word in said)):
        return _of(plain, "", 0)
    if found := _prefixed(said):
        return found
    if said[0] in _SECOND_OF and plain not in _BY_WORDS:
        return None
    numbers = [word for word in said if word.isdecimal() and len(word) < 3]
    index = int(numbers[0]) if numbers else 0
    bare = [word for word in said if word not in numbers]
    return _look_up(said, "", 0) if not bare else _look_up(bare, numbers[0] if numbers else "", index)


_FIRST_OF = ("billing", "factuur", "invoice", "default address", "default", "main", "primary", "primaire", "person",
    "persoon", "physical", "vestiging", "bezoek", "woon",
    "user", "profile", "attributes", "attribute", "meta", "field", "n", "adr", "contact")
"""What databases put before every heading of one kind: billing_city, n_given."""
_SECOND_OF = ("shipping", "delivery", "bezorg", "aflever", "verzend", "bezorgadres", "afleveradres", "liefer",
    "postal", "mailing", "correspondentie", "post")
"""The same of somewhere else: its address is a second one, its names are somebody else's."""
_POSTAL = ("postal", "mailing", "correspondentie", "post")
_GLUED = re.compile(
    r"(vestigings|bezoek|woon|factuur|correspondentie|post|bezorg|aflever|verzend)"
    r"(adres|postcode|plaats|straat|huisnummer|land)"
)
"""The same in one word: Vestigingsadres."""


def _prefixed(said: list[str]) -> Meaning | None:
    """The meaning of a heading whose first words only say of what table it is."""
    plain = " ".join(said)
    for first in _FIRST_OF:
        if plain.startswith(first + " "):
            found = _read(plain.removeprefix(first + " ").split())
            return found if found is None or found.target not in ("custom", "title", "key") else None
    for second in _SECOND_OF:
        if plain.startswith(second + " "):
            found = _read(plain.removeprefix(second + " ").split())
            label = second if second in _POSTAL else "shipping"
            return found._replace(label=label) if found and found.target in ADDRESS_TARGETS else None
    if (glued := _GLUED.fullmatch(said[0])) and plain not in _BY_WORDS:
        return _prefixed([glued[1].removesuffix("s"), glued[2], *said[1:]])
    return None


def _look_up(said: list[str], number: str, index: int) -> Meaning | None:
    plain = " ".join(said)
    if plain in _BY_WORDS and plain not in ("home address", "work address"):
        return _of(plain, "", index)
    said = [part for word in said for part in _parts(word)]
    for place, word in enumerate(said):
        label = _LABELS.get(word)
        if label is None:
            continue
        others = [other for other in said[:place] + said[place + 1 :] if other not in _FILLERS]
        if len(others) > 1 and others[0] in _ADDRESS:  # "Huisadres, postcode"
            others = others[1:]
        if found := _labelled(" ".join(others), label, word, number, index):
            return found
    return _look_up(said[1:], number, index) if len(said) > 1 and said[0] in _WHOSE else None


def _parts(word: str) -> list[str]:
    found = _COMPOUND.fullmatch(word) if word not in _BY_WORDS else None
    return [found[1], found[2]] if found and found[2] in _BY_WORDS else [word]


def _labelled(rest: str, label: str, word: str, number: str, index: int) -> Meaning | None:
    """Meaning of a heading of which one word is a label such as home, and this is the rest."""
    if number and f"{rest} {number}" in _DIRECT:  # "Home Address 2" is the second line of the first address
        return _of(f"{rest} {number}", label, 0)
    if rest in _ADDRESS and not number:
        return Meaning("street" if word in ("home", "work", "business", "other") else "address", label)
    if rest not in _BY_WORDS or (label == "mobile" and not _BY_WORDS[rest].startswith("phone")):
        return None
    return _of(rest, label, index)


def _of(plain: str, label: str, index: int) -> Meaning | None:
    target, _colon, own = _BY_WORDS[plain].partition(":")
    if target == "phone" and own == "fax" and label:
        own = f"{label} fax"
    if target == "numbered_custom" and not index:
        return None  # "Overig" alone says nothing, "Overig 1" is Thunderbird's first own field
    target = target.removeprefix("numbered_")
    if target == "custom" and index:
        own = str(index)
    return Meaning(target, own or label, 0 if index == 1 else index)
