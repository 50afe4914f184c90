"""Titles of calendar entries, whom they are about: birthdays in the words of phones and people, names before a dash."""

from __future__ import annotations

import re
from html import unescape

_DAY = r"(?:verjaardag|verj\.?|geboortedag|birthday|b-day|bday|geburtstag|anniversaire(?!\s+de\s+mariage)|anniv\.?)"
_AGE = r"(?:\d{1,3}\s?(?:e|ste|de|st|nd|rd|th|ème|eme|\.)?\s+)"
_BIRTHDAY = (
    rf"(?:de\s+|het\s+|l['’])?{_AGE}?{_DAY}\s*(?:van\s+|of\s+|von\s+|for\s+|voor\s+|de\s+|d['’]|:\s*|-\s*|–\s*|\s)\s*(?P<name>.+)",
    r"(?:jarig|birth|geboren|geb\.|born)\s*(?::|-|–|\s)\s*(?P<name>.+)",
    r"(?:happy\s+birthday|joyeux\s+anniversaire|alles\s+gute\s+zum\s+geburtstag|gefeliciteerd)[\s,:]+(?P<name>.+)",
    rf"(?P<name>.+?)(?:'s|’s|´s|'|’)\s+{_AGE}?{_DAY}\b.*",
    r"(?P<name>.+?)\s+(?:is\s+)?jarig\b.*",
    r"(?P<name>.+?)\s+(?:wordt|turns|wird)\s+(?:vandaag\s+|today\s+|heute\s+)?\d+\b.*",
    rf"(?P<name>.+?)\s+(?:hat\s+{_AGE}?geburtstag|has\s+(?:a\s+)?birthday|fête\s+son\s+anniversaire|is\s+born|geboren)\b.*",
    rf"(?P<name>.+?)\s*[-–:(\[,|/]\s*{_AGE}?(?:{_DAY}|jarig|geb\.?)[\])]?\s*",
    rf"(?P<name>.+?)\s+{_AGE}?{_DAY}\s*",
    rf"[\[(]{_DAY}[\])]\s*:?\s*(?P<name>.+)",
    r"[🎂🎉🥳🎈🎁🍰\ufe0f\s]+(?P<name>.+)",
    r"(?P<name>.+?)\s*[🎂🎉🥳🎈🎁🍰\ufe0f]+\s*",
)
_PATTERNS = [re.compile(pattern, re.IGNORECASE) for pattern in _BIRTHDAY]
_WEDDING = re.compile(r"trouw|huwelijk|wedding|hochzeit|mariage|marriage", re.IGNORECASE)
_YEAR = re.compile(r"\(?\s*(?:°|\*|geb\.?|geboren|born|b\.|né|née)?\s*\b((?:18|19|20)\d\d)\b\s*\)?", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*(?:\(\s*\d{1,3}\.?\s*(?:e|ste|th|jaar|jr\.?|years?|yrs?|ans|Jahre)?\s*\)"
    r"|[:,-]?\s+\d{1,3}(?:\s+(?:jaar|jr\.?|years?|ans|Jahre))?)\s*$"
)
"""How old somebody will be, behind the name."""
_CAKES = re.compile("[🎂🎉🥳🎈🎁🍰\ufe0f]")
_PEOPLE = re.compile(r"\s+(?:&|\+|en|and|und|et)\s+|\s*,\s*")
_DIVIDED = re.compile(r"\s+[-–—|:·•/]\s+|:\s+|\s*[|]\s*")
_BRACKETS = re.compile(r"(?P<name>[^()]{2,}?)\s*\((?P<title>[^()]+)\)\s*")
_WITH = re.compile(r"(?:afspraak|appointment|booking|termin)\s+(?:met|with|mit|van|for|voor)\s+", re.IGNORECASE)
_BEFORE = re.compile(r"(?:afspraak|appointment|booking|boeking|termin|rendez-vous|rdv)[\s:–-]+(?=\S)", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:^|(?<=[-–|:,]\s))\s*(?:(?:nieuwe?|new|neue?)\s+)?(?:klant|client|customer|kund(?:e|in)|gast|guest|naam|name)"
    r"\s*(?::|(?<=klant)\s|(?<=client)\s)\s*(?=\S)",
    re.IGNORECASE,
)
_LASTS = re.compile(r"\s*[(\[]\s*\d{1,3}\s*(?:min|minuten|minutes|m|')\.?\s*[)\]]\s*$", re.IGNORECASE)
_CALLED_OFF = re.compile(
    r"\s*[(\[]?(?:geannuleerd|afgezegd|vervallen|cancell?ed|abgesagt|storniert|annulée?)[)\]]?\s*(?::|-|–|\s)\s*(?=\S)",
    re.IGNORECASE,
)
_NAMED_IN_TEXT = re.compile(
    r"^[\s*•-]*(?:klant|klantnaam|client|client name|customer|customer name|kund(?:e|in)|gast|guest|naam|name)\s*:\s*"
    r"(\S[^\n:,;(]{1,80}?)\s*(?:[,;(].*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_SAY_NOBODY = frozenset(
    "afspraak appointment booking boeking reservering termin nieuwe nieuw new neuer neue online bevestigd confirmed "
    "via klant client customer bezoek visit treatwell salonized fresha booksy planity timely phorest square "
    "bezet busy gebucht rendez-vous rdv".split()
)
_TREATMENTS = frozenset(
    "knippen knipbeurt kleuren kleur kleuring verven verf wassen watergolf fohnen föhnen drogen stylen highlights "
    "lowlights folies balayage ombre permanent permanenten krullen stijlen straighten extensions opsteken bruidskapsel "
    "scheren baard trimmen uitgroei coupe soleil spoeling masker behandeling kinderknippen epileren wenkbrauwen pony "
    "haircut cut color colour coloring wash blowdry blow dry shave beard trim perm styling treatment schneiden färben "
    "waschen föhn".split()
)
_ANDS = frozenset(("en", "+", "and", "und", "&", "et"))
_FOR = frozenset(("voor", "for", "für", "bij", "met", "with", "mit", "pour"))
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?0?\d[\d\s()./-]{7,16}\d(?!\w)")


def birthday_people(title: str) -> tuple[list[str], int | None]:
    """The persons whose birthday the title names, and the year of birth if it stands there; nobody: no
    birthday.
    """
    if len(title) > 200 or _WEDDING.search(title):
        return [], None
    year = _YEAR.search(title)
    plain = " ".join((_YEAR.sub(" ", title).strip(" -–:,()") if year else title.strip()).split())
    bare = _CAKES.sub("", plain).strip()
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(bare) or pattern.fullmatch(plain):
            names = _BEHIND.sub("", _CAKES.sub("", found["name"])).strip(" -–:!.\"'“”()")
            people = [name.strip(" .!'’") for name in _PEOPLE.split(names) if name.strip(" .!'’")]
            return people, int(year[1]) if year else None
    return [], None


def called_off(summary: str) -> bool:
    """Tell whether the title itself says that the event is off, as Outlook writes it: "Geannuleerd: Anouk Bakker"."""
    return _CALLED_OFF.match(summary) is not None


def _bare(summary: str) -> str:
    """The title without what booking programs put around the name: "Klant:", "(45 min)", the telephone number."""
    text = _CALLED_OFF.sub("", summary[:300], count=1)
    text = _LASTS.sub("", _LABEL.sub("", _BEFORE.sub("", _WITH.sub("", text, count=1)), count=1))
    number = phone_in(text)
    around = rf"[(\[]?\s*{re.escape(number.lstrip('('))}\s*[)\]]?"
    without = re.sub(around, " ", text, count=1) if number else text
    without = " ".join(without.split()).strip(" ,;:–-")
    return (without if any(map(str.isalpha, without)) else text) + summary[300:]


def name_and_title(summary: str) -> tuple[str, str]:
    """Split ``Annelies van der Meer - knippen + kleuren`` in name and what for; without a dash it is all name.

    What for may also stand before, between brackets or right behind the name.
    """
    text = _bare(summary)
    if found := _BRACKETS.fullmatch(text[:300]):
        digits = sum(map(str.isdigit, found["title"]))
        name, title = found["name"].strip(), "" if digits > 5 else found["title"].strip()
        return (title, name) if is_treatment(name) and title and not is_treatment(title) else (name, title)
    if (found := _DIVIDED.search(text[:300])) and found.start() > 0:
        name, title = text[: found.start()].strip(), text[found.end() :].strip()
        return (title, name) if is_treatment(name) and not is_treatment(title) else (name, title)
    before, comma, behind = text[:300].partition(",")
    if comma and is_treatment(behind) and not is_treatment(before):
        return before.strip(), behind.strip()
    words = text.split()
    length = len(words)
    while length > 1 and words[length - 1] in _TREATMENTS | _ANDS:
        length -= 1
    if length < len(words):
        return " ".join(words[:length]).rstrip(",;"), " ".join(words[length:])
    return _treatment_first(words)


def _treatment_first(words: list[str]) -> tuple[str, str]:
    """Split ``Knippen en kleuren Anouk Bakker``, where the treatment stands first."""
    start = 0
    while start < len(words) - 1 and words[start].lower().strip(",:") in _TREATMENTS | _ANDS | _FOR:
        start += 1
    title = words[:start]
    while title and title[-1].lower() in _ANDS | _FOR:
        title.pop()
    if not any(word.lower().strip(",:") in _TREATMENTS for word in title):
        return " ".join(words), ""
    return " ".join(words[start:]), " ".join(title).rstrip(",:")


def named_in_text(text: str) -> str:
    """The name that a booking program writes below the title, "Klant: Anouk Bakker"; empty when there is none."""
    found = _NAMED_IN_TEXT.search(text[:2000])
    return found[1].strip() if found else ""


def says_nobody(word: str) -> bool:
    """Tell whether a word is one that booking programs use where no name is."""
    return word.lower().strip(",:.!-–") in _SAY_NOBODY


def is_treatment(text: str) -> bool:
    return any(word in _TREATMENTS for word in re.findall(r"\w+", text.lower()))


_TAG = re.compile(r"</?(?:a|b|i|u|p|br|div|span|ul|ol|li|strong|em|html-blob|html|body|font)\b[^<>]*>", re.IGNORECASE)
_LINE_TAG = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)


def without_tags(text: str) -> str:
    """A description as Google and Outlook keep it, without its HTML."""
    if "<" not in text or not _TAG.search(text):
        return text
    return unescape(_TAG.sub("", _LINE_TAG.sub("\n", text))).replace("\u00a0", " ").strip()


_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60})+")


def mails_in(text: str) -> list[str]:
    """The e-mail addresses in a text, in lower case."""
    return [found.lower() for found in _MAIL.findall(text[:5000])]


def phone_in(text: str) -> str:
    """The first telephone number in a text, as it stands there; empty when there is none."""
    for found in _PHONE.finditer(text):
        digits = sum(character.isdigit() for character in found[0])
        if 9 <= digits <= 13 and not re.fullmatch(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*", found[0].strip()):
            return found[0].strip()
    return ""
