"""Duplicates, cards that may be of one person: comparable keys and a likeness with its reasons. The one matching core.

Weights are fixed and explained here rather than learnt: unsupervised learners (splink, recordlinkage) learn
*same household* instead of *same person*, because family shares name, address and phone. So what a household
shares counts little, and a first name or a birthday that contradicts outweighs all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from kapperboek.domain.people.names import PREFIXES, fold, plain_words, split_full_name, words
from kapperboek.domain.people.phones import canonical
from kapperboek.domain.people.phonetics import sound
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.word_cache import keep
from kapperboek.i18n import _

__all__ = ["POSSIBLE", "WORTH_SHOWING", "Keys", "correct", "keys", "likeness", "may_be_one", "sound", "two_people"]

POSSIBLE = 0.35
"""From this score on a new card "may already exist"."""

WORTH_SHOWING = 0.15
"""From this score on it may be mentioned while little more than a name has been typed."""

_OTHER_BIRTHDAY = 0.3  # the most that a contradicted birthday leaves: less than POSSIBLE
_START = -5.0  # log-odds before any evidence: two cards are rarely of one person
_TITLES = "mevr mevrouw mw dhr de heer fam familie dr drs ir ing mr prof"
_HONORIFICS = frozenset(_TITLES.split())


class Keys(NamedTuple):
    """One card in comparable form. Empty means unknown, and unknown never counts against anybody."""

    given: tuple[str, ...] = ()  # folded words of the given names
    nickname: str = ""
    initials: str = ""  # folded, at least those of the given names
    family: tuple[str, ...] = ()  # folded words without prefix; two for double names
    sounds: tuple[str, ...] = ()  # of the family words
    phones: frozenset[str] = frozenset()  # canonical
    mails: frozenset[str] = frozenset()
    birthday: str = ""  # YYYY-MM-DD or --MM-DD
    organisation: str = ""
    department: str = ""
    address: str = ""  # postcode and house number
    place: str = ""


def keys(record: CustomerRecord, region: str = "NL") -> Keys:
    """The comparable form of a card; ``region`` is the country of national phone numbers."""
    given, family = record.given_name, record.family_name
    if not given and not family and record.display_name:
        given, _prefix, family = split_full_name(record.display_name)
    called, letters = _given_words(given)
    main, sounds = _family_words(family)
    if not letters and record.initials:
        letters = "".join(letter for letter in fold(record.initials) if letter.isalnum())
    home = record.addresses[0] if record.addresses else None
    return Keys(
        given=called,
        nickname="".join(words(record.nickname)) if record.nickname else "",
        initials=letters,
        family=main,
        sounds=sounds,
        phones=frozenset([number for phone in record.phones if (number := canonical(phone.value, region))]),
        mails=frozenset([mail.value.strip().lower() for mail in record.emails if "@" in mail.value]),
        birthday=record.birthday or "",
        organisation=plain_words(record.organisation) if record.organisation else "",
        department=plain_words(record.department) if record.department else "",
        address="".join(words(home.postcode + home.number)) if home and home.postcode and home.number else "",
        place=plain_words(home.place) if home else "",
    )


# Many people share a first name, a family name or a town, so each of those is taken apart once.


@keep(8192)
def _given_words(given: str) -> tuple[tuple[str, ...], str]:
    """The first names in words, and the initials they give."""
    called = [word for word in words(given) if word not in _HONORIFICS]
    names = tuple(word for word in called if len(word) > 1 and not _is_initials(word, given))
    return names, "".join(word if _is_initials(word, given) else word[0] for word in called)


@keep(8192)
def _family_words(family: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a family name that tell people apart, and their sounds: prefixes in double names are left out."""
    found = words(family)
    main = tuple(word for word in found if word not in PREFIXES and len(word) > 1) or tuple(found)
    return main, tuple(map(sound, main))


def _is_initials(word: str, given: str) -> bool:
    """Tell whether a folded word of a given name is really initials: "JP" written in capitals."""
    return len(word) <= 3 and len(given) <= 4 and word.upper() in given and not given.isupper()


class _Evidence:
    """Points for and against, with reasons in words; ``most`` is the highest score a contradiction leaves."""

    def __init__(self) -> None:
        self.points = _START
        self.reasons: list[str] = []
        self.most = 1.0

    def add(self, points: float, reason: str = "") -> None:
        self.points += points
        if reason:
            self.reasons.append(reason)

    def contradict(self, points: float, most: float, reason: str) -> None:
        self.add(points, reason)
        self.most = min(self.most, most)

    def score(self) -> float:
        return round(min(self.most, 1 / (1 + exp(-self.points))), 3)


def likeness(a: Keys, b: Keys) -> tuple[float, list[str]]:
    """Likeness of two cards, 0 to 1: how likely they are of one person, and why, in the user's language. Symmetric."""
    evidence = _Evidence()
    birthday = _birthdays(a.birthday, b.birthday)
    _weigh_names(evidence, a, b, birthday == "same")
    _weigh_contact(evidence, a, b)
    _weigh_birthday(evidence, birthday)
    _weigh_place(evidence, a, b)
    return evidence.score(), evidence.reasons


def may_be_one(a: Keys, b: Keys) -> bool:
    """Tell whether two cards are likely enough duplicates, of one person, to tell of it."""
    birthday = _birthdays(a.birthday, b.birthday)
    if birthday == "other":  # no likeness outweighs that, and it is soon seen
        return False
    twins = birthday == "same" and _family_likeness(a, b) != "other"
    if not twins and _given_likeness(a, b) == "other" and not _swapped(a, b):  # nor this
        return False
    return likeness(a, b)[0] >= POSSIBLE


def two_people(a: Keys, b: Keys) -> bool:
    """Tell whether two cards that one list gives the same number are of different people all the same.

    The first name, or family name and birthday both, say so, and no number or address to reach them by says otherwise.
    """
    if a.phones & b.phones or a.mails & b.mails:
        return False
    if a.given and b.given and not set(a.given) & set(b.given):
        return True
    return _family_likeness(a, b) == "other" and _birthdays(a.birthday, b.birthday) == "other"


def _swapped(a: Keys, b: Keys) -> bool:
    """Tell whether given and family name were swapped, each typed in the other's field."""
    return bool(a.given and b.given and a.given == b.family and a.family == b.given)


def _weigh_names(evidence: _Evidence, a: Keys, b: Keys, same_birthday: bool) -> None:
    if not (a.family or a.given or a.initials) and not (b.family or b.given or b.initials):
        if a.organisation and a.organisation == b.organisation:
            evidence.add(5.5, _("same firm name"))
        return
    family, given = _family_likeness(a, b), _given_likeness(a, b)
    if _swapped(a, b):
        family, given = "same", "same"
    if (family, given) == ("same", "same"):
        evidence.add(6.0, _("same name"))
        return
    evidence.add({"same": 3.0, "sound": 2.5, "part": 2.0, "near": 1.5, "": 0.0, "other": -4.0}[family])
    evidence.add({"same": 3.0, "sound": 2.0, "near": 1.0, "short": 0.8, "": 0.0, "other": -6.0}[given])
    if given == "other":
        # A twin shares the birthday, so that leaves doubt; but Truus may also be noted as Geertruida.
        most = 0.4 if same_birthday and family != "other" else 0.25
        evidence.contradict(0.0, most, _("different first name"))
    elif family == "other":
        evidence.contradict(0.0, 0.6, _("different family name"))
    elif family in ("same", "sound", "part", "near"):
        evidence.add(0.0, _("maiden name added") if family == "part" else _("name looks alike"))
    elif given in ("same", "sound"):
        evidence.add(-0.5, _("same first name"))


def _family_likeness(a: Keys, b: Keys) -> str:
    if not a.family or not b.family:
        return ""
    if a.family == b.family:
        return "same"
    if a.sounds == b.sounds or "".join(a.family) == "".join(b.family):
        return "sound"
    if len(a.sounds) != len(b.sounds) and set(a.sounds) & set(b.sounds):
        return "part"
    return "near" if _near(" ".join(a.family), " ".join(b.family), 4) else "other"


def _given_likeness(a: Keys, b: Keys) -> str:
    mine, theirs = _called(a), _called(b)
    if not mine or not theirs:
        if not a.initials or not b.initials:
            return ""
        return "short" if a.initials[0] == b.initials[0] else "other"
    if a.given == b.given and a.given:
        return "same"
    if {sound(word) for word in mine} & {sound(word) for word in theirs}:
        return "sound"
    for one in mine:
        for other in theirs:
            if _near(one, other, 5):
                return "near"
            if min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)):
                return "short"  # Rob and Robert; but also Jan and Janneke, so no more than an initial
    return "other"


def _called(card: Keys) -> list[str]:
    """The first names somebody answers to."""
    return [name for name in (card.given[0] if card.given else "", card.nickname) if name]


def _near(one: str, other: str, shortest: int) -> bool:
    """Tell whether two words differ by one typing mistake (two in long words) and are long enough for that to count."""
    length = min(len(one), len(other))
    if length < shortest or abs(len(one) - len(other)) > 2:
        return False
    from rapidfuzz.distance import OSA

    allowed = 1 if length < 8 else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _weigh_contact(evidence: _Evidence, a: Keys, b: Keys) -> None:
    shared = a.phones & b.phones
    if any(_is_mobile(phone) for phone in shared):
        evidence.add(4.5, _("same mobile number"))
    elif shared:
        evidence.add(2.5, _("same phone number"))
    elif {phone.partition(";")[0] for phone in a.phones} & {phone.partition(";")[0] for phone in b.phones}:
        evidence.add(0.8, _("same main number, different extension"))
    elif a.phones and b.phones:
        both_mobile = any(map(_is_mobile, a.phones)) and any(map(_is_mobile, b.phones))
        evidence.add(-0.8 if both_mobile else -0.3, _("different phone number"))
    if a.mails & b.mails:
        evidence.add(4.5, _("same e-mail"))


def _is_mobile(phone: str) -> bool:
    return phone.startswith("+316") or not phone.startswith("+31")


def _birthdays(one: str, other: str) -> str:
    """Likeness of birthdays: ``same``, ``day`` (a year unknown), ``near`` (one slip), ``other``; empty if unknown."""
    if not one or not other:
        return ""
    if one[0] == "-" or other[0] == "-":
        return "day" if one[-5:] == other[-5:] else "other"
    if one == other:
        return "same"
    swapped = one[:5] + one[8:] + one[4:7]
    if swapped == other:
        return "near"
    year, month, day = one[:4] != other[:4], one[5:7] != other[5:7], one[8:] != other[8:]
    if year + month + day == 1 and sum(x != y for x, y in zip(one, other, strict=False)) == 1:
        return "near"
    return "other"


def _weigh_birthday(evidence: _Evidence, birthday: str) -> None:
    if birthday == "same":
        evidence.add(3.5, _("same birthday"))
    elif birthday == "day":
        evidence.add(2.5, _("same birthday"))
    elif birthday == "near":
        evidence.add(1.0, _("birthday differs by one slip"))
    elif birthday == "other":
        evidence.contradict(-4.0, _OTHER_BIRTHDAY, _("different birthday"))


def _weigh_place(evidence: _Evidence, a: Keys, b: Keys) -> None:
    people = (a.family or a.given) and (b.family or b.given)
    if people and a.organisation and a.organisation == b.organisation:
        if a.department and a.department == b.department:
            evidence.add(2.0, _("same department"))
        else:
            evidence.add(1.2, _("same firm"))
    if a.address and a.address == b.address:
        evidence.add(1.5, _("same address"))
    elif a.address and b.address:
        evidence.add(-0.3)
    elif a.place and a.place == b.place:
        evidence.add(0.3, _("same place"))


def correct(word: str, vocabulary: Sequence[str], limit: int = 8) -> list[str]:
    """The folded words of the vocabulary that ``word`` may have been meant to be, the likeliest first.

    One typing mistake is forgiven in words up to five letters, two in longer ones (two letters changing
    places is one). Words of fewer than three letters are not corrected. ``word`` itself is not among the
    answers.
    """
    typed = fold(word)
    if len(typed) < 3:
        return []
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    allowed = 1 if len(typed) <= 5 else 2
    found = extract(typed, vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=max(64, limit))
    key = sound(typed)
    ranked = sorted(found, key=lambda hit: (hit[1], hit[0][0] != typed[0], sound(hit[0]) != key))
    return [candidate for candidate, distance, _place in ranked if distance][:limit]
