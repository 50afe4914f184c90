"""Telephone numbers: as typed and, to compare, in international writing (E.164).

The usual Dutch ways of writing are recognised here; ``phonenumbers`` is slow to import and is
asked only about the rest. What was typed is never replaced: callers keep both.
"""

from __future__ import annotations

import re

from kapperboek.domain.word_cache import keep

_SEPARATORS = str.maketrans("", "", " \t\u00a0\u202f\u2009\u200e\u202a\u202c()-–—‐‑./\\_")
# Patterns are plain text, so that they are compiled at first use and not when the program starts.
_DIGITS = r"\D+"
# National part after the 0: nine digits in all, whatever they are for.
_DUTCH = r"^(?:(?:\+31|0031|31)?0?)([1-9]\d{8})$"
_PHONE_LIKE = r"^[+(]?[\d\s()+\-–—‐‑./\u00a0]*\d[\d\s()\-–—‐‑./\u00a0]*$"
_EXTENSION = r"(?i)(?:;\s*ext=|\b(?:tst|toestel|ext|extension|x)\b[.:]?)\s*(\d{1,7})\s*$"
_LETTERS = r"[^\W\d_]{2,}"

# Dutch area codes of two digits (after the 0); all other areas have three.
_SHORT = "10 13 15 20 23 24 26 30 33 35 36 38 40 43 45 46 50 53 55 58 70 71 72 73 74 75 76 77 78 79 85 88"
_SHORT_AREAS = frozenset(_SHORT.split())


def digits(value: str) -> str:
    """Only the digits of a text, as 0–9 whatever script they were written in."""
    if value.isascii():
        return re.sub(_DIGITS, "", value)
    return "".join(str(int(c)) for c in value if c.isdecimal())


@keep(4096)  # an import asks twice: to compare, and to write
def canonical(value: str, region: str = "NL") -> str:
    """The number in international writing (``+31612345678``, ``+3138…;ext=12``); empty when it isn't one.

    ``region`` is the country whose national writing is meant when no country code stands in front.
    """
    value = value.strip()
    if region == "NL":
        plain = value.translate(_SEPARATORS)
        if plain.isascii() and (found := re.match(_DUTCH, plain)):
            return "+31" + found[1]
    if not any(map(str.isdigit, value)):
        return ""
    return _canonical_slow(value, region)


def _canonical_slow(value: str, region: str) -> str:
    """Canonical number by the slow way; a sentence with a number in it is not a number."""
    if value.lower().startswith("tel:"):
        value = value[4:]
    extension = ""
    if found := re.search(_EXTENSION, value):
        extension, value = found[1], value[: found.start()]
        if value.strip() and (base := canonical(value, region)):
            return f"{base};ext={extension}"
    if re.search(_LETTERS, value) or not 3 <= len(digits(value)) <= 17:
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    text: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{text};ext={extension}" if extension else text


def national_digits(value: str, region: str = "NL") -> str:
    """The digits as dialled inside the country (``0612345678``); for other countries 00 and the country code.

    Takes what was typed or a canonical number; an extension is left out.
    """
    number = value if value.startswith("+") and value[1:].isdecimal() else canonical(value, region)
    number = number.partition(";")[0]
    if not number:
        return digits(value)
    if number.startswith("+31") and region == "NL":
        return "0" + number[3:]
    if region != "NL" and (code := _country_code(region)) and number.startswith(f"+{code}"):
        return "0" + number[1 + len(code) :]
    return "00" + number[1:]


def _country_code(region: str) -> str:
    known = {"BE": "32", "DE": "49", "LU": "352", "FR": "33", "GB": "44", "AT": "43", "CH": "41", "SR": "597"}
    if region in known:
        return known[region]
    import phonenumbers

    code = phonenumbers.country_code_for_region(region)
    return str(code) if code else ""


def search_digits(typed: str, region: str = "NL") -> str:
    """National digits to search a phone number by, as typed, also part of one; empty when it isn't one.

    ``+31 6 12``, ``0031612`` and ``06-12`` all give ``0612``; ``234567`` stays, to be found anywhere in one.
    """
    text = typed.strip()
    if not re.match(_PHONE_LIKE, text):
        return ""
    plain = text.translate(_SEPARATORS)
    number = digits(plain)
    if plain.startswith("+"):
        number = "00" + number
    home = "0031" if region == "NL" else "00" + _country_code(region)
    if len(home) > 2 and number.startswith(home):
        rest = number[len(home) :]
        return "0" + rest.removeprefix("0")
    return number


def pretty(value: str, region: str = "NL") -> str:
    """The number as people read it aloud: ``06 12 34 56 78``, ``038 123 45 67``, ``0318 52 11 05``.

    What isn't a number is given back as it was typed.
    """
    number, _mark, extension = canonical(value, region).partition(";ext=")
    if not number:
        return value.strip()
    if number.startswith("+31") and len(number) == 12 and region == "NL":
        shown = _pretty_dutch(number[3:])
    else:
        shown = _pretty_slow(number, region)
    return f"{shown} tst. {extension}" if extension else shown


def _pretty_dutch(rest: str) -> str:
    if rest[0] == "6":
        return f"06 {rest[1:3]} {rest[3:5]} {rest[5:7]} {rest[7:]}"
    if rest[:2] in _SHORT_AREAS:
        return f"0{rest[:2]} {rest[2:5]} {rest[5:7]} {rest[7:]}"
    return f"0{rest[:3]} {rest[3:5]} {rest[5:7]} {rest[7:]}"


def _pretty_slow(number: str, region: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    here = phonenumbers.region_code_for_number(parsed) == region
    style = phonenumbers.PhoneNumberFormat.NATIONAL if here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    text: str = phonenumbers.format_number(parsed, style)
    return text
