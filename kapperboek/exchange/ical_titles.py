"""Who an entry of a calendar is about: birthdays in the words of phones and people, names before a dash."""

from __future__ import annotations

import re
from html import unescape

_BIRTHDAY = (
    r"(?:de\s+)?(?:verjaardag|verj\.?|geboortedag|birthday|b-day|bday|geburtstag|jarig)\s*(?:van|of|von|:|-|–)?\s+(?P<name>.+)",
    r"(?P<name>.+?)(?:'s|’s|s'|s’|´s)\s+(?:verjaardag|birthday|b-day|bday|\d+(?:st|nd|rd|th)\s+birthday)\b.*",
    r"(?P<name>.+?)\s+(?:is\s+)?jarig\b.*",
    r"(?P<name>.+?)\s+(?:wordt|turns|wird)\s+\d+\b.*",
    r"(?P<name>.+?)\s+(?:hat\s+geburtstag|has\s+(?:a\s+)?birthday|is\s+born|geboren)\b.*",
    r"(?P<name>.+?)\s*[-–:(,|]\s*(?:verjaardag|birthday|b-day|geburtstag|jarig)\)?\s*",
    r"(?P<name>.+?)\s+(?:verjaardag|birthday|bday|b-day|geburtstag)\s*",
    r"[🎂🎉🥳🎈🎁🍰\ufe0f\s]+(?P<name>.+)",
    r"(?P<name>.+?)\s*[🎂🎉🥳🎈🎁🍰\ufe0f]+\s*",
)
_PATTERNS = [re.compile(pattern, re.IGNORECASE) for pattern in _BIRTHDAY]
_YEAR = re.compile(r"\(?\s*(?:°|\*|geb\.?|geboren|born|b\.)?\s*\b((?:18|19|20)\d\d)\b\s*\)?", re.IGNORECASE)
_CAKES = re.compile("[🎂🎉🥳🎈🎁🍰\ufe0f]")
_PEOPLE = re.compile(r"\s+(?:&|\+|en|and|und)\s+|\s*,\s*")
_DIVIDED = re.compile(r"\s+[-–—|:·•/]\s+|:\s+|\s*[|]\s*")
_BRACKETS = re.compile(r"(?P<name>[^()]{2,}?)\s*\((?P<title>[^()]+)\)\s*")
_WITH = re.compile(r"(?:afspraak|appointment|booking|termin)\s+(?:met|with|mit|van|for|voor)\s+", re.IGNORECASE)
_TREATMENTS = frozenset(
    "knippen knipbeurt kleuren kleur kleuring verven verf wassen watergolf fohnen föhnen drogen stylen highlights "
    "lowlights folies balayage ombre permanent permanenten krullen stijlen straighten extensions opsteken bruidskapsel "
    "scheren baard trimmen uitgroei coupe soleil spoeling masker behandeling kinderknippen epileren wenkbrauwen pony "
    "haircut cut color colour coloring wash blowdry blow dry shave beard trim perm styling treatment schneiden färben "
    "waschen föhn".split()
)
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?0?\d[\d\s()./-]{7,16}\d(?!\w)")


def birthday_people(title: str) -> tuple[list[str], int | None]:
    """The persons whose birthday the title names, and the year of birth if it stands there; nobody: no
    birthday.
    """
    if len(title) > 200:
        return [], None
    year = _YEAR.search(title)
    plain = _YEAR.sub(" ", title).strip(" -–:,()") if year else title.strip()
    for pattern in _PATTERNS:
        found = pattern.fullmatch(plain)
        if found:
            names = _CAKES.sub("", found["name"]).strip(" -–:!.\"'“”")
            people = [name.strip(" .!'’") for name in _PEOPLE.split(names) if name.strip(" .!'’")]
            return people, int(year[1]) if year else None
    return [], None


def name_and_title(summary: str) -> tuple[str, str]:
    """``Annelies van der Meer - knippen + kleuren`` as name and what for; without a dash it is all name.

    What for may also stand before, between brackets or right behind the name.
    """
    text = _WITH.sub("", summary[:300], count=1) + summary[300:]
    if found := _BRACKETS.fullmatch(text[:300]):
        digits = sum(map(str.isdigit, found["title"]))
        return found["name"].strip(), "" if digits > 5 else found["title"].strip()
    if (found := _DIVIDED.search(text[:300])) and found.start() > 0:
        name, title = text[: found.start()].strip(), text[found.end() :].strip()
        return (title, name) if _is_treatment(name) and not _is_treatment(title) else (name, title)
    words = text.split()
    length = len(words)
    while length > 1 and words[length - 1] in _TREATMENTS | {"en", "+", "and", "und", "&"}:
        length -= 1
    return " ".join(words[:length]), " ".join(words[length:])


def _is_treatment(text: str) -> bool:
    return any(word in _TREATMENTS for word in re.findall(r"\w+", text.lower()))


_TAG = re.compile(r"</?(?:a|b|i|u|p|br|div|span|ul|ol|li|strong|em|html-blob|html|body|font)\b[^<>]*>", re.IGNORECASE)
_LINE_TAG = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)


def without_tags(text: str) -> str:
    """A description as Google and Outlook keep it, without its HTML."""
    if "<" not in text or not _TAG.search(text):
        return text
    return unescape(_TAG.sub("", _LINE_TAG.sub("\n", text))).replace("\u00a0", " ").strip()


def phone_in(text: str) -> str:
    """The first telephone number in a text, as it stands there; empty when there is none."""
    for found in _PHONE.finditer(text):
        digits = sum(character.isdigit() for character in found[0])
        if 9 <= digits <= 13 and not re.fullmatch(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*", found[0].strip()):
            return found[0].strip()
    return ""
