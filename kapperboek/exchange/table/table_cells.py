"""Cells of other programs' tables as they were meant: without what databases write for nothing, without the apostrophe
that forces a number to be text, HTML undone, signs nobody sees taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from kapperboek.domain.people.names import words

_BETWEEN = "\x1f"
_HIDDEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
_CONTROL = "".join(map(chr, (*range(9), 11, 12, *range(14, 31))))
_UNSEEN = re.compile(f"[{_HIDDEN}]")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d?|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_FORCED = re.compile(r"\s*['’](?=[\d+=@(])")
_NOTHING = frozenset(("NULL", "null", "Null", "(null)", "<null>", "\\N", "NaN", "nan", "undefined", "None", "nil",
    "#N/A", "#N/B", "#REF!", "#VALUE!", "#WAARDE!", "#VERW!", "#NAAM?", "#NAME?"))
_ANY = re.compile(
    rf"[{_HIDDEN}\x00-\x08\x0b\x0c\x0e-\x1e]|&\w|&#|['’][\d+=@(]|(?i:null)|nan|NaN|undefined|None|nil|\\N|#[A-Z]"
)
"""Something in a row that may have to be mended: most rows have nothing."""


def cleaned(rows: Sequence[list[str]]) -> Iterator[list[str]]:
    """The rows mended; those of a file that we wrote as they are."""
    own = any("kapperboek id" in " ".join(words(cell)) for row in rows[:3] for cell in row)
    for row in rows:
        yield row if own or not _ANY.search(_BETWEEN.join(row)) else list(map(_mended, row))


def _mended(cell: str) -> str:
    text = _UNSEEN.sub("", cell).strip(_CONTROL)
    if "&" in text and _ENTITY.search(text):
        text = unescape(text)
    if forced := _FORCED.match(text):
        text = text[forced.end() :]
    return "" if text.strip() in _NOTHING else text
