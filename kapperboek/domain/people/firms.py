"""Names that firms have and people hardly ever: "Bloemenhuis Bakker BV", "Stichting De Brug", "Bos & Zn"."""

from __future__ import annotations

import re

_LEGAL = (
    r"b\.?\s?v\.?|n\.?\s?v\.?|v\.?o\.?f\.?|c\.?v\.?|ltd|inc|corp|corporation|llc|gmbh|ag|holding|maatschap|stichting|"
    r"vereniging"
)
_TRADES = (
    r"bakkerij|slagerij|kapsalon|salon|restaurant|caf[eé]|hotel|garage|winkel|apotheek|praktijk|school|bedrijf|drukkerij|"
    r"bloemist\w*|bloemen(?:huis|winkel|zaak|atelier)|makelaar\w*|makelaardij|autobedrijf|eetcaf[eé]|boetiek|gemeente|"
    r"ziekenhuis|\w*bedrijf|\w*centrum|kwekerij|boekhandel|administratiekantoor|advocaten\w*|notaris\w*|schildersbedrijf|"
    r"bouwbedrijf|tandartspraktijk|zorgcentrum|woonzorgcentrum|sportschool|modehuis|uitvaart\w*|kinderopvang|basisschool"
)
_FIRM = rf"\b(?:{_LEGAL}|{_TRADES})(?!\w)|&\s?(?:zn|zoon|zonen|zo|co|partners|dochters?)\b"
_SURE = r"(?:[bn]\.?\s?v\.?|v\.?o\.?f\.?|cv|ltd\.?|inc\.?|corp\.?|llc|gmbh)$"


def looks_like_firm(name: str) -> bool:
    """Tell whether a name has a word in it that firms have; somebody called Winkel has one too, so ask."""
    return re.search(_FIRM, name, re.IGNORECASE) is not None


def is_firm(name: str) -> bool:
    """Tell whether a name ends in its legal form, as only a firm's does: "Garage Smit bv". Nothing is left to ask."""
    return re.search(rf"\S\s+{_SURE}", " ".join(name.split()), re.IGNORECASE) is not None
