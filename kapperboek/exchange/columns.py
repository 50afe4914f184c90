"""Which column of a table holds what: from the headings, and where those are silent from what stands below
them.

pandas' and clevercsv's guessing was considered; neither knows what a tussenvoegsel is, and both are larger
than the whole of Kapperboek.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kapperboek.domain.names import PREFIXES
from kapperboek.exchange.headings import Meaning, meaning
from kapperboek.exchange.table_names import HONORIFICS

Row = Sequence[str]

_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{6,18}\d")
_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})|\d{4}-\d\d-\d\d(?:T[\d:]+)?")
_POSTCODE = re.compile(r"\d{4}\s?[A-Za-z]{2}")
_NAME = re.compile(r"[^\W\d_][^\d@]*")
_LOOK_AT = 200
SINGLE = frozenset(
    "number given family prefix honorific suffix initials nickname birthday last_visit since uid".split()
)
"""What there can be only one of."""


class Column(NamedTuple):
    """One column: its place from 0, its heading as written, and what it holds (None: nothing we know)."""

    place: int
    heading: str
    meaning: Meaning | None


class Layout(NamedTuple):
    """The columns of a table and the place of its first row of data."""

    columns: list[Column]
    first_row: int


def layout(rows: Sequence[Row]) -> Layout:
    """Find the heading row (titles may stand above it) and name the columns; without one, go by the
    content.
    """
    best, known = -1, 0
    for place, row in enumerate(rows[:20]):
        filled = [cell for cell in row if cell.strip()]
        if not filled or any(_EMAIL.fullmatch(cell.strip()) for cell in filled):
            continue
        count = sum(1 for cell in filled if meaning(cell))
        if count > known and (count >= 2 or len(filled) == 1) and (count * 3 >= len(filled) or count >= 5):
            best, known = place, count
    if best < 0:
        return Layout(_by_content([], rows), 0)
    return Layout(_by_content(list(rows[best]), rows[best + 1 :]), best + 1)


def _by_content(headings: list[str], rows: Sequence[Row]) -> list[Column]:
    sample = rows[:_LOOK_AT]
    width = max([len(headings), *(len(row) for row in sample)], default=0)
    columns = []
    for place in range(width):
        heading = headings[place].strip() if place < len(headings) else ""
        values = [row[place].strip() for row in sample if place < len(row) and row[place].strip()]
        columns.append(Column(place, heading, (meaning(heading) if heading else None) or _content(values)))
    columns = [_settled(column, columns, sample) for column in columns]
    if not headings:
        columns = _names_by_content(columns, sample)
    return _numbered(columns)


def _content(values: list[str]) -> Meaning | None:
    """What the values look like, when nearly all of them do."""
    if not values:
        return None
    for pattern, target in ((_EMAIL, "email"), (_POSTCODE, "postcode"), (_DAY, "day"), (_PHONE, "phone")):
        if sum(1 for value in values if pattern.fullmatch(value)) >= 0.8 * len(values):
            if target == "day":
                return None  # some day, but which? it is kept in the note
            if target == "phone" and not any(value[0] in "+0(" for value in values):
                return None  # customer numbers, amounts
            return Meaning(target)
    return None


def _settled(column: Column, columns: list[Column], rows: Sequence[Row]) -> Column:
    """Headings that mean one thing in one file and another in the next, settled by the company they keep."""
    found = column.meaning
    if found is None:
        return column
    settle = _settle_prefix if column.heading.lower() == "prefix" else _SETTLE.get(found.target)
    return column._replace(meaning=settle(column, columns, rows)) if settle else column


def _targets(columns: list[Column]) -> set[str]:
    return {column.meaning.target for column in columns if column.meaning}


def _values(place: int, rows: Sequence[Row]) -> list[str]:
    """The filled cells of a column in lower case."""
    return [row[place].strip().lower() for row in rows if place < len(row) and row[place].strip()]


def _settle_prefix(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    dutch = all(word in PREFIXES for value in _values(column.place, rows) for word in value.split())
    return Meaning("prefix" if dutch else "honorific")


def _settle_title(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    values = _values(column.place, rows)
    titles = "job" in _targets(columns) or (values and all(value in HONORIFICS for value in values))
    return Meaning("honorific" if titles else "job")


def _settle_name(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    """"Naam" is the whole name, unless another column has the rest of it."""
    said = _targets(columns)
    if "given" not in said:
        return Meaning("given" if "family" in said else "display")
    given = next(other.place for other in columns if other.meaning and other.meaning.target == "given")
    pairs = [(row[column.place].lower(), row[given].strip().lower()) for row in rows
             if max(column.place, given) < len(row) and row[column.place].strip() and row[given].strip()]  # fmt: skip
    whole = "family" in said or sum(1 for name, first in pairs if first in name) * 2 > len(pairs)
    return Meaning("display" if whole else "family")


def _settle_number(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    named = column.heading.lower() in ("klant", "customer", "client", "kunde")
    return Meaning("display") if named and not any(map(str.isdigit, "".join(_values(column.place, rows)))) else (
        column.meaning
    )


def _settle_relation(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    values = _values(column.place, rows)
    counted = column.meaning and column.meaning.label in ("child", "partner") and all(map(str.isdecimal, values))
    return None if counted and values else column.meaning  # "Kinderen: 2"


def _settle_birthday(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    return Meaning("birth_day") if "birth_month" in _targets(columns) else column.meaning


def _settle_place(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    """Outlook's "Ort" is no place of an address: those are called "Ort privat" there."""
    addresses = {(c.meaning.target, c.meaning.label) for c in columns if c.meaning}
    lonely = not {("street", ""), ("address", ""), ("postcode", "")} & addresses
    return None if column.heading.lower() == "ort" and lonely and ("place", "home") in addresses else column.meaning


_SETTLE = {
    "title": _settle_title,
    "name": _settle_name,
    "number": _settle_number,
    "relation": _settle_relation,
    "birthday": _settle_birthday,
    "place": _settle_place,
}


def _names_by_content(columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """In a table without headings: the columns of names are those before the first recognised one, or all
    the rest.
    """
    texts = []
    for column in columns:
        values = [row[column.place].strip() for row in rows if column.place < len(row) and row[column.place].strip()]
        if column.meaning is None and values and sum(1 for v in values if _NAME.fullmatch(v)) >= 0.8 * len(values):
            texts.append((column.place, values))
    roles: dict[int, str] = {}
    spaced = [place for place, values in texts if sum(1 for v in values if " " in v) * 2 > len(values)]
    if spaced and texts[0][0] == spaced[0]:
        roles[texts[0][0]] = "display"
        if len(texts) > 2 and _joined(rows, texts[1][0], texts[2][0], texts[0][0]):
            roles |= {texts[1][0]: "given", texts[2][0]: "family"}
    elif len(texts) > 1:
        roles = {texts[0][0]: "given", texts[1][0]: "family"}
    elif texts:
        roles = {texts[0][0]: "display"}
    return [
        column._replace(meaning=Meaning(roles[column.place])) if column.place in roles else column for column in columns
    ]


def _joined(rows: Sequence[Row], given: int, family: int, whole: int) -> bool:
    fits = sum(
        1
        for row in rows
        if len(row) > max(given, family, whole) and f"{row[given]} {row[family]}".strip() == row[whole].strip()
    )
    return fits * 2 > len(rows)


def _numbered(columns: list[Column]) -> list[Column]:
    """A second column of the same meaning where there can be only one belongs to the note, not over the
    first.
    """
    seen: Counter[str] = Counter()
    result = []
    for column in columns:
        target = column.meaning.target if column.meaning else ""
        if target in SINGLE and seen[target]:
            column = column._replace(meaning=None)
        seen[target] += 1
        result.append(column)
    return result
