"""Who an entry of a calendar is about: birthdays in the words of phones and people, names before a dash."""

from __future__ import annotations

import re

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
_DIVIDED = re.compile(r"\s+[-–—|:]\s+|:\s+|\s*[|]\s*")
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
    """``Annelies van der Meer - knippen + kleuren`` as name and what for; without a dash it is all name."""
    found = _DIVIDED.search(summary[:300])
    if found and found.start() > 0:
        return summary[: found.start()].strip(), summary[found.end() :].strip()
    return summary.strip(), ""


def phone_in(text: str) -> str:
    """The first telephone number in a text, as it stands there; empty when there is none."""
    for found in _PHONE.finditer(text):
        digits = sum(character.isdigit() for character in found[0])
        if 9 <= digits <= 13 and not re.fullmatch(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*", found[0].strip()):
            return found[0].strip()
    return ""
