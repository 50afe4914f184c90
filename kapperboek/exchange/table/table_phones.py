"""Telephone numbers in cells: several in one, and what spreadsheets did to them undone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kapperboek.domain.people.phones import canonical
from kapperboek.exchange.separator import SEPARATOR
from kapperboek.exchange.table.heading_words import LABELS

_LABELS = {word: label for label, said in LABELS.items() for word in said.split()}
_LISTED_AT_MOST = 300  # characters of a cell that is looked at for several numbers
_USUAL = re.compile(r"[+(0][\d ()./-]{0,15}", re.ASCII)
_ONE = r"[+(]?\d[\d\s().-]{6,18}\d(?:\s*\(?[^\W\d_]+\)?)?"
_WORDED = r"(?:[^\W\d_]+\.?\s*:?\s*){0,2}"
_SEVERAL = re.compile(rf"\s*{_WORDED}{_ONE}(?:\s*(?:[/;,|\n]|\bof\b|\ben\b|\bor\b)\s*{_WORDED}{_ONE})+\s*")
_BETWEEN = re.compile(r"\s*(?:[/;,|\n]|\bof\b|\ben\b|\bor\b)\s*")
_SCIENTIFIC = re.compile(r"(\d)[.,](\d+)[eE]\+?(\d{1,2})")
_DECIMALS = re.compile(r"(\d{9,13})[.,]0{1,2}")
_LOST_ZERO = re.compile(r"[1-9]\d{8}")
_LOST_PLUS = re.compile(r"31[1-9]\d{8}")
_DUTCH = re.compile(r"\(?(?:0[1-9]|\+31|0031|31[1-9]\d{8}\b)")
_FOREIGN = re.compile(r"\(?(?:\+(?!31)|00(?!31)[1-9])\d")
_DUTCH_MOBILE = re.compile(r"6\d{8}(?:[.,]0)?")
_TWO_TOGETHER = re.compile(r"(0[1-9]\d{8}|\d{3}-\d{7}|\d{2}-\d{8})\s+(0[1-9]\d{8}|\d{3}-\d{7}|\d{2}-\d{8})")
_NUMBER_IN_WORDS = re.compile(r"[+(]?\d[\d\s().-]{7,18}\d")
NO_NUMBER = frozenset(
    "geheim|geheim nummer|niet bekend|onbekend|geen|geen telefoon|nvt|n.v.t|unknown|none|no phone|unlisted|"
    "unbekannt|keine|zie notitie|zie opmerking|zie opmerkingen".split("|")
)
"""What people write where there is no number."""
_WORDS_AT_MOST = 50  # characters: more is a sentence
LOST_DIGITS = re.compile(r"\d[.,]\d+[eE]\+?\d{1,2}")
"""A number that was rounded: nobody can tell what it was."""


def are_dutch(values: Iterable[str]) -> bool:
    """Tell whether a zero that is missing was a Dutch one: some are written so, or can hardly be anything else."""
    mobiles, several = 0, 0
    for value in values:
        if _DUTCH.match(value):
            return True
        if _FOREIGN.match(value):
            return False
        several += bool(value)
        mobiles += bool(_DUTCH_MOBILE.fullmatch(value))
    return several > 0 and mobiles * 2 >= several


def phones_in(value: str, dutch: bool, own: bool) -> list[str]:
    """The numbers of a cell: ``06-12345678 / 038-1234567`` is two, a sentence with a number in it stays whole.

    What spreadsheets did to them is mended: a zero lost (where ``dutch``), an apostrophe before, 6.12345678E8. In a
    file that we wrote (``own``) only the zero can be lost.
    """
    if _USUAL.fullmatch(value):
        return [value]
    if own:
        return ["0" + value if dutch and _LOST_ZERO.fullmatch(value) else value]
    if SEPARATOR in value:
        parts = value.split(SEPARATOR)
    elif 16 < len(value) < _LISTED_AT_MOST and _SEVERAL.fullmatch(value):
        parts = _BETWEEN.split(value)
    elif two := _TWO_TOGETHER.fullmatch(value):
        parts = list(two.groups())
    else:
        parts = [value]
    found = []
    for part in parts:
        text = part.strip().lstrip("'’")
        if decimals := _DECIMALS.fullmatch(text):
            text = decimals[1]
        if written := _SCIENTIFIC.fullmatch(text):
            text = _whole_number(text, written)
        if dutch and _LOST_PLUS.fullmatch(text):
            text = "+" + text
        found.append("0" + text if dutch and _LOST_ZERO.fullmatch(text) else text)
    return list(filter(None, found))


def _whole_number(text: str, written: re.Match[str]) -> str:
    """Number that a spreadsheet wrote as ``6.12345678E8``; when digits are missing there is nothing to be done."""
    first, further, power = written.groups()
    return first + further if len(further) == int(power) else text


def with_words(text: str) -> tuple[str, str]:
    """Split ``06-12345678 (werk)`` in number and label: ours where we have one, else the words as they stand there.

    An extension stays with its number, and a sentence stays whole.
    """
    found = _NUMBER_IN_WORDS.search(text) if len(text) < _WORDS_AT_MOST else None
    if found is None or found[0] == text or canonical(text):
        return text, ""
    number = found[0].strip().rstrip("(").strip()
    number = number if number.count("(") == number.count(")") else number.replace("(", "").replace(")", "")
    before, after = text[: found.start()], text[found.end() :]
    said = " ".join(f"{before} {after}".strip(" :()[]-–,.=").split())
    if not said or not canonical(number) or any(map(str.isdigit, said)):
        return text, ""
    return number, _LABELS.get(said.lower().strip("."), said)
