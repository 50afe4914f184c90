"""Phonetic keys of Dutch names, so that Jansen finds Janssen and Meyer finds Meijer.

Soundex and Metaphone were considered and not taken: made for English, they keep Dijkstra and Dykstra apart.
"""

from __future__ import annotations

import re

from kapperboek.domain.people.names import fold
from kapperboek.domain.word_cache import keep

# Applied in this order to a folded word; what sounds alike becomes the same letters.
_RULES = (
    (r"[^a-z]", ""),
    (r"ij|yi", "y"),
    (r"uy", "ui"),  # Kuyper, Kuiper
    (r"[ea][iy]", "y"),  # Meyer, Meier; Kaiser, Keizer
    (r"ph", "f"),
    (r"th", "t"),
    (r"ssch|t?sch(?=[mnlrw]|$)", "s"),  # Visscher, Schmidt, Bosch
    (r"ck|q", "k"),
    (r"[ck]h|gh|ch", "g"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"x", "ks"),
    (r"[st]z|z", "s"),  # Jansz, Zwart and Swart
    (r"v", "f"),
    (r"d(?=t?s?$)", "t"),  # Smid, Smidt, Smits
    (r"b$", "p"),
    (r"ae", "a"),
    (r"au", "ou"),
    (r"(?<=[a-z])h$", ""),  # Sarah
    (r"(.)\1+", r"\1"),
    (r"ie", "i"),  # Pieter, Piter; Driessen, Drissen
)


@keep(32768)
def sound(word: str) -> str:
    """The key of one word: equal for words that sound alike in Dutch. Other scripts are their own key."""
    folded = fold(word)
    key = folded
    for pattern, replacement in _RULES:
        key = re.sub(pattern, replacement, key)
    return key or folded
