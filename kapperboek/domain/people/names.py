"""Names as the Dutch write and sort them: given name, tussenvoegsel, main word; folding for search.

nameparser was considered and not taken: it gets "in 't Veld" wrong and knows no Dutch sorting. A prefix is
recognised word by word ("van" + "der"), so every combination works without a list of them all. Nothing typed
is changed: the pieces put together again are what was typed, but for runs of blanks.
"""

from __future__ import annotations

import re
import unicodedata

from kapperboek.domain.word_cache import keep

# Words that make up a Dutch (or German) prefix however they are capitalised: "Ter Horst" in a foreign file.
_DUTCH_WORDS = (
    "van von vom de den der des ter ten te het 't 's in op aan bij uit over voor onder achter boven tot thoe"
    " toe zu zum zur v.d. v.d vd v/d v. v.h. v't v.'t"
)
_DUTCH = frozenset(_DUTCH_WORDS.split())
# Words that are a prefix in lower case only: with a capital they belong to the family name (El Idrissi).
_FOREIGN_WORDS = "el al la las le les lo los di da do dos das du del della dalla af av y e"
_LOWER_ONLY = frozenset(_FOREIGN_WORDS.split())
PREFIXES = _DUTCH | _LOWER_ONLY
"""Every word a prefix can be made of, in lower case."""

# First words of family names that are written as two words with capitals.
_STARTING_WORDS = "El Al Di Da Du Del Della La Le Ben Bin Bou Ait Aït Abu Ould Mac Mc Saint San St St."
_FAMILY_STARTS = frozenset(_STARTING_WORDS.split())

_APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")
_GLUED = r"(?i)^(v\.d\.|v/d|v\.h\.)(?=[^\W\d_])"
_INITIALS = r"^(?:[^\W\d_]{1,2}\.-?)+$|^[^\W\d_]$"
_ARTICLE = r"(?i)^'?\s?[st]['\s-]+(?=\w)"
_WORD = re.compile(r"[a-z0-9]+")
_ANY_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[^\w\x00-\x7f]")  # neither letter nor digit, of any script: a dash, or a mark that makes a letter
_MARKS = re.compile("[\u0300-\u036f]")
_SPECIAL = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    "ŧ": "t", "ŋ": "n", "ſ": "s", "ĸ": "k", "ς": "σ", "ə": "e", "’": "'", "‘": "'",
})


def fold(text: str) -> str:
    """The text in lower case without accents (``Özdemir`` → ``ozdemir``), for searching and sorting.

    Marks that make a letter in other scripts (Hindi vowels, Japanese voicing) stay.
    """
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_SPECIAL)
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", bare)))


def words(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits of any script (``in 't Veld`` → in, t, veld)."""
    if not text:
        return []
    if text.isascii():
        return _WORD.findall(text.lower())
    folded = fold(text)
    if folded.isascii():
        return _WORD.findall(folded)
    if not any(unicodedata.category(c)[0] == "M" for c in set(_SIGN.findall(folded))):
        return _ANY_WORD.findall(folded)
    spaced = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
    return [word for word in spaced.split() if any(map(str.isalnum, word))]


@keep(8192)
def plain_words(text: str) -> str:
    """The folded words of a text with one blank between them. Kept, because many people share a name or a town."""
    return " ".join(words(text))


@keep(4096)
def _is_prefix(word: str) -> bool:
    plain = word.translate(_APOSTROPHES)
    return plain.lower() in _DUTCH or plain in _LOWER_ONLY


def _prefix_length(tokens: list[str]) -> int:
    """Number of words at the start that are a prefix; at least one word is left for the name itself."""
    count = 0
    while count < len(tokens) - 1 and _is_prefix(tokens[count]):
        count += 1
    return count


def _tokens(text: str) -> list[str]:
    if "." in text or "/" in text:  # "v.d.Meer" is two words
        text = " ".join(re.sub(_GLUED, r"\1 ", word) for word in text.split())
    return text.split()


def split_family(text: str) -> tuple[str, str]:
    """A family name as (prefix, main part): ``("van der", "Veen")``; ``El Idrissi`` stays whole.

    ``Veen, van der`` is how card indexes write it.
    """
    if "," in text:
        main, _comma, rest = text.partition(",")
        if main.strip() and rest.strip() and all(map(_is_prefix, rest.split())):
            return " ".join(rest.split()), main.strip()
    tokens = _tokens(text)
    count = _prefix_length(tokens)
    return " ".join(tokens[:count]), " ".join(tokens[count:])


def split_full_name(text: str) -> tuple[str, str, str]:
    """Split a full name as typed into (given, prefix, family); one word alone is a given name.

    Understands ``Jansen, Marieke``, ``Veen, van der, Marieke``, ``Veen, Marieke van der`` and ``Jansen M.``
    """
    if "," in text:
        return _split_reversed([part.strip() for part in text.split(",")])
    tokens = _tokens(text)
    if len(tokens) < 2:
        return " ".join(tokens), "", ""
    start = _family_start(tokens)
    if start == len(tokens) - 1 and _are_initials(tokens[-1]) and not _are_initials(tokens[0]):
        return tokens[-1], *split_family(" ".join(tokens[:-1]))  # "Jansen M.", "Bakker J.P."
    return " ".join(tokens[:start]), *split_family(" ".join(tokens[start:]))


def _are_initials(word: str) -> bool:
    return word.endswith(".") and re.match(_INITIALS, word) is not None


def _family_start(tokens: list[str]) -> int:
    """The place of the first word of the family name (two words or more)."""
    for place in range(len(tokens) - 1):
        if _is_prefix(tokens[place]) or (place > 0 and tokens[place] in _FAMILY_STARTS):
            return place
        if place > 0 and "-" in tokens[place] and _is_prefix(tokens[place].rpartition("-")[2]):
            return place  # "A. Jansen-de Boer"
    if tokens[0] == "El":  # nobody is called El, but many an El Idrissi is noted without a first name
        return 0
    return len(tokens) - 1


def _split_reversed(parts: list[str]) -> tuple[str, str, str]:
    prefix, family = split_family(parts[0])
    rest = [part for part in parts[1:] if part]
    if rest and not prefix and all(map(_is_prefix, rest[0].split())):  # "Veen, van der, Marieke"
        prefix = rest.pop(0)
    tokens = " ".join(", ".join(rest).split()).split()
    if not prefix:  # "Veen, Marieke van der"
        end = len(tokens)
        while end > 1 and _is_prefix(tokens[end - 1]):
            end -= 1
        tokens, prefix = tokens[:end], " ".join(tokens[end:])
    return " ".join(tokens), prefix, family


def _join_family(prefix: str, family: str) -> str:
    glue = "" if prefix.endswith(("'", "’")) else " "
    return f"{prefix}{glue}{family}".strip()


def full_name(
    given: str,
    prefix: str,
    family: str,
    *,
    honorific: str = "",
    additional: str = "",
    suffix: str = "",
    organisation: str = "",
    nickname: str = "",
    initials: str = "",
    display: str = "",
) -> str:
    """The name to show: the one a file wrote (``display``), else put together, else the firm's.

    Without a given name the nickname takes its place, without either the initials. Empty when nothing is known.
    """
    if display.strip():
        return display.strip()
    surname = _join_family(prefix.strip(), family.strip())
    called = given.strip() or (nickname.strip() if not additional.strip() else "") or initials.strip()
    if not (called or surname or additional.strip()):
        return organisation.strip()
    parts = (honorific.strip(), called, additional.strip(), surname, suffix.strip())
    return " ".join(part for part in parts if part)


def sort_key(
    given: str,
    prefix: str,
    family: str,
    *,
    organisation: str = "",
    nickname: str = "",
    initials: str = "",
    display: str = "",
) -> str:
    """Sort key of a name, as the Dutch look for one: main word first, prefix and 's- or 't ignored (``veen marieke``).

    People without a family name sort on their given name, firms on theirs.
    """
    called = given.strip() or nickname.strip() or initials.strip()
    if not family.strip() and not called:
        if display.strip():
            called, _prefix, family = split_full_name(display)
        else:
            called = organisation
    return f"{_main_words(family)} {plain_words(called)}".strip()


@keep(8192)  # many people share a name
def _main_words(family: str) -> str:
    return plain_words(re.sub(_ARTICLE, "", family.strip().translate(_APOSTROPHES)))


def initials(name: str) -> str:
    """One or two capitals for a picture: ``Marieke van der Veen`` → ``MV``; empty without letters."""
    given, _prefix, family = split_full_name(name)
    letters = [next((c for c in part if c.isalpha()), "").upper()[:1] for part in (given, family)]
    return "".join(letters)


def numbered(name: str, number: str, namesake: bool = True) -> str:
    """Name with the customer number where somebody else has that name too: ``Jan de Vries #214``."""
    return f"{name} #{number}".strip() if namesake and number else name
