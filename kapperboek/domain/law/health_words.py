"""Words about somebody's health in a line that everybody at the chair sees: "allergisch voor PPD", "pregnant".

Told by the stems of words, in Dutch and English. What a product is ("hypoallergenic"), what somebody does not have
("niet zwanger") and leave ("zwangerschapsverlof") are not meant, nor is what must be seen to be of use: a deaf ear, a
wheelchair, a sensitive scalp. So this offers a place, and decides nothing.
"""

from __future__ import annotations

import re
import unicodedata

_ANYWHERE = (  # also at the end of a compound: latexallergie, huidkanker
    r"allerg(?!een|en)|(?<!\w)allergen|kanker(?!en\b|t\b|ti)|diabet|epilep|psoriasis|eczeem|eczema|melanoom|melanoma|"
    r"hooikoorts|medicatie|medicijn"
)
_BEGINNING = (
    r"hiv\b|cancer|tumor|tumour|chemo(?:\b|kuur|ther|beh)|bestraling|radiotherap|zwanger(?!schapsverlof)|"
    r"pregnan|hoogzwanger|in verwachting|medicament|medicin|medicat|bloedverdun|blood ?-?thin|antistolling|"
    r"anticoag|suikerziek|insulin|astma|asthma|pacemaker|icd\b|reuma|rheum|migraine|hepatitis|parkinson|"
    r"alzheimer|dement|alopeci|depress|burn-?out\b|autis|adhd\b|bipola|schizo|hersenschudding|concussion|hernia|"
    r"hartkwaal|hartpatient|hartinfarct|hartaanval|hartfalen|hartritme|heart ?(?:condition|disease|attack|failure)|"
    r"hoge bloeddruk|high blood pressure|toeval(?:len)?\b|seizure|huiduitslag|hay ?fever|netelroos|galbulten|hives\b|"
    r"overgevoelig(?!e? (?:hoofd)?huid)|over-?sensitive to|hypersensitiv|intoleran|antidepress|covid|long covid"
)
_HEALTH = re.compile(rf"(?:{_ANYWHERE})|(?<![^\W\d_])(?:{_BEGINNING})")
_NOT = re.compile(r"(?:\b(?:geen|niet|nooit|zonder|no|not|never|without|hypo|anti)\b|hypo|anti)"
                  r"(?:[\s-]+(?:meer|bekende?|enkele|any|known|longer))?[\s-]*(?:\w*-)?$")
_AFTER = re.compile(r"\w*[ -]?(?:vrij|free|verlof|leave|fonds)\b")


def is_about_health(text: str) -> bool:
    """Tell whether a text is about health: it says what somebody suffers from, takes or expects."""
    plain = unicodedata.normalize("NFKD", text.replace("\N{SOFT HYPHEN}", "")).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return any(
        not _NOT.search(plain, 0, found.start()) and not _AFTER.match(plain, found.end())
        for found in _HEALTH.finditer(plain)
    )
