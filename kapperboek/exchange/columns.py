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

_HONORIFICS = frozenset(
    "dhr dhr. mevr mevr. mw mw. mr mr. mrs mrs. ms ms. dr dr. drs drs. ir ir. ing ing. prof prof. heer "
    "mevrouw herr frau".split()
)


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
        if count > known and (count >= 2 or len(filled) == 1) and count * 3 >= len(filled):
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
    said = {other.meaning.target for other in columns if other.meaning}
    values = [
        row[column.place].strip().lower() for row in rows if column.place < len(row) and row[column.place].strip()
    ]
    if found.target == "title":
        titles = "job" in said or (values and all(value in _HONORIFICS for value in values))
        return column._replace(meaning=Meaning("honorific" if titles else "job"))
    if column.heading.lower() in ("prefix",):
        dutch = all(word in PREFIXES for value in values for word in value.split())
        return column._replace(meaning=Meaning("prefix" if dutch else "honorific"))
    if found.target == "name":
        whole = not said & {"family"} or said & {"given"}
        return column._replace(meaning=Meaning("display" if whole else "given"))
    if found.target == "number" and column.heading.lower().rstrip(".") in ("nr", "nummer") and "house" not in said:
        before = columns[column.place - 1].meaning if column.place else None
        if before and before.target == "street":  # "Straat | Nr": of the house, not of the customer
            return column._replace(meaning=Meaning("house", before.label, before.number))
    if (
        found.target == "number"
        and column.heading.lower() in ("klant", "customer")
        and not any(map(str.isdigit, "".join(values)))
    ):
        return column._replace(meaning=Meaning("display"))
    if (
        found.target == "relation"
        and found.label in ("child", "partner")
        and values
        and all(value.isdecimal() for value in values)
    ):
        return column._replace(meaning=None)  # "Kinderen: 2"
    return column


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
