"""Columns by content, where headings are silent or where there are none: what each holds, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kapperboek.domain.people.firms import looks_like_firm
from kapperboek.domain.people.names import PREFIXES
from kapperboek.exchange.table.headings import Column, Meaning, Row

EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{6,18}\d")
_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})|\d{4}-\d\d-\d\d(?:T[\d:]+)?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_POSTCODE = re.compile(r"\d{4}\s?[A-Za-z]{2}")
_NAMED_EMAIL = re.compile(r"[^<>@]{0,80}<[^\s@,;<>]+@[^\s@,;<>]+>|[^\s@,;<>]+@[^\s@,;<>]+")
_POSTCODE_PLACE = re.compile(r"\d{4}\s?[A-Z]{2}[\s,/-]+[^\W\d][^\d]*")
_STREET = re.compile(r"(?=.*[^\W\d_]{3}).*\s\d+\s?[-/]?\s?[A-Za-z0-9]{0,4}")
_HOUSE = re.compile(r"\d{1,5}(?:\s?[-/]?\s?[A-Za-z0-9]{1,4})?")
_NAME = re.compile(r"[^\W\d_][^\d@]*")
_PERSON = re.compile(r"[^\W\d_][^\d@:!?;()\"]*[^\d@:!?;,]")
_SALUTES = frozenset(
    "beste hallo hoi hi lieve geachte dag groet groeten groetjes liefs met vriendelijke dear hello regards kind liebe "
    "hallo sehr viele mfg".split()
)
_VISITED_WITHIN = 10  # years: a column of days longer ago than that is of birthdays


_KINDS = (
    (EMAIL, "email"), (_NAMED_EMAIL, "email"), (_POSTCODE_PLACE, "postcode_place"), (_POSTCODE, "postcode"),
    (_DAY, "day"), (_PHONE, "phone"),
)


def by_content(values: list[str]) -> Meaning | None:
    """Meaning of a column by its values, when nearly all of them look like one thing; None when they do not."""
    if not values:
        return None
    for pattern, target in _KINDS:
        if _nearly_all(pattern, values):
            if target == "day":
                return None  # some day, but which? it is kept in the note
            if target == "phone" and not any(value[0] in "+0(" for value in values):
                return None  # customer numbers, amounts
            return Meaning(target)
    return None


def is_persons_name(text: str) -> bool:
    """Tell whether a text can be a person's name: a few words with a capital, and not the beginning of a letter."""
    words = text.split()
    if len(words) > 6 or not _PERSON.fullmatch(text) or words[0].lower() in _SALUTES:
        return False
    return not any(word[0].islower() and word.lower() not in PREFIXES for word in words)


def fill_in(columns: list[Column], rows: Sequence[Row], latest: int) -> list[Column]:
    """Fill in the columns of a table without headings: the names, the address around the postcode, the birthday."""
    values = {c.place: [row[c.place].strip() for row in rows if c.place < len(row) and row[c.place].strip()]
              for c in columns}
    roles = _address(columns, values)
    days = [c.place for c in columns if c.meaning is None and _nearly_all(_DAY, values[c.place])]
    if len(days) == 1 and _long_ago(values[days[0]], latest):
        roles[days[0]] = "birthday"
    firms = [c.place for c in columns if c.meaning is None and c.place not in roles and _are_firms(values[c.place])]
    roles |= dict.fromkeys(firms[:1], "organisation")
    open_ones = [c.place for c in columns if c.meaning is None and c.place not in roles]
    roles |= _names([(place, values[place]) for place in open_ones if _nearly_all(_NAME, values[place])], rows)
    return [
        column._replace(meaning=Meaning(roles[column.place])) if column.place in roles else column for column in columns
    ]


def _are_firms(values: list[str]) -> bool:
    return bool(values) and sum(map(looks_like_firm, values)) * 2 >= len(values)


def _nearly_all(pattern: re.Pattern[str], values: list[str]) -> bool:
    return bool(values) and sum(1 for value in values if pattern.fullmatch(value)) >= 0.8 * len(values)


def _address(columns: list[Column], values: dict[int, list[str]]) -> dict[int, str]:
    """Street, house number and place stand around the postcode."""
    roles: dict[int, str] = {}
    both = ("postcode", "postcode_place")
    found = [(c.place, c.meaning.target) for c in columns if c.meaning and c.meaning.target in both]
    postcode, said = found[0] if found else (0, "")
    if not postcode:
        return roles
    before = values.get(postcode - 1, [])
    if _nearly_all(_STREET, before):
        roles[postcode - 1] = "street"
    elif _nearly_all(_HOUSE, before) and _nearly_all(_NAME, values.get(postcode - 2, [])):
        roles |= {postcode - 1: "house", postcode - 2: "street"}
    if said == "postcode" and _nearly_all(_NAME, values.get(postcode + 1, [])):
        roles[postcode + 1] = "place"
    return roles


def _long_ago(days: list[str], latest: int) -> bool:
    years = [int(found[0]) for day in days if (found := _YEAR.search(day))]
    return sum(1 for year in years if year <= latest - _VISITED_WITHIN) > 0.8 * len(days)


def _names(texts: list[tuple[int, list[str]]], rows: Sequence[Row]) -> dict[int, str]:
    """The columns of names are the first ones of text."""
    roles: dict[int, str] = {}
    spaced = [place for place, values in texts if sum(1 for v in values if " " in v) * 2 > len(values)]
    if spaced and texts[0][0] == spaced[0]:
        roles[texts[0][0]] = "display"
        if len(texts) > 2 and _joined(rows, texts[1][0], texts[2][0], texts[0][0]):
            roles |= {texts[1][0]: "given", texts[2][0]: "family"}
    elif len(texts) > 1:
        roles = {texts[0][0]: "given", texts[1][0]: "family"}
        if _prefixed(texts[0][1]) and not _prefixed(texts[1][1]):  # "de Boer | Piet"
            roles = {texts[0][0]: "family", texts[1][0]: "given"}
    elif texts:
        roles = {texts[0][0]: "display"}
    return roles


def _prefixed(values: list[str]) -> bool:
    """Tell whether some of the values begin with a Dutch prefix: those are family names."""
    return any(" " in value and value.split()[0] in PREFIXES for value in values)


def _joined(rows: Sequence[Row], given: int, family: int, whole: int) -> bool:
    fits = sum(
        1
        for row in rows
        if len(row) > max(given, family, whole) and f"{row[given]} {row[family]}".strip() == row[whole].strip()
    )
    return fits * 2 > len(rows)
