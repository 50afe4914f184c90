"""Columns of a table and what each holds: from the headings, and where those are silent from what stands below them.

pandas' and clevercsv's guessing was considered; neither knows what a tussenvoegsel is, and both are larger
than the whole of Kapperboek.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kapperboek.domain.people.names import PREFIXES
from kapperboek.exchange.table.columns_by_content import EMAIL, by_content, fill_in, is_persons_name
from kapperboek.exchange.table.headings import Column, Meaning, Row, bare_label, meaning
from kapperboek.exchange.table.other_lists import named_email
from kapperboek.exchange.table.table_names import HONORIFICS

_LOOK_AT = 200
SINGLE = frozenset(
    "number given family prefix honorific suffix initials nickname birthday last_visit since uid".split()
)
"""What there can be only one of."""
_ABOUT_PEOPLE = frozenset(
    "given family display organisation nickname initials email phone handle uid birthday relation".split()
)


class Layout(NamedTuple):
    """The columns of a table and the place of its first row of data."""

    columns: list[Column]
    first_row: int


def layout(rows: Sequence[Row], latest: int = 2026) -> Layout:
    """Find the heading row (titles may stand above it) and name the columns; without one, go by the
    content. ``latest`` is the present year, to tell birthdays from visits.
    """
    best, known, first = -1, 0, True
    for place, row in enumerate(rows[:20]):
        filled = [cell for cell in row if cell.strip()]
        if not filled or any(EMAIL.fullmatch(cell.strip()) or named_email(cell) for cell in filled):
            first = first and not filled
            continue
        count = sum(1 for cell in filled if meaning(cell))
        enough = count >= 5 or (count * 3 >= len(filled) and (count >= 2 or (first and len(filled) == 1)))
        if count > known and enough:
            best, known = place, count
        first = False
    if best < 0 and _heads(rows):
        return Layout(_named(list(rows[0]), rows[1:], latest, strange=True), 1)
    if best < 0:
        return Layout(_named([], rows, latest, strange=True), 0)
    return Layout(_named(list(rows[best]), rows[best + 1 :], latest), best + 1)


def _heads(rows: Sequence[Row]) -> bool:
    """Tell whether the first row are headings, though strange ones: words above mail addresses or telephone numbers."""
    if len(rows) < 2 or any(map(str.isdigit, "".join(rows[0]))) or "@" in "".join(rows[0]):
        return False
    below = rows[1:_LOOK_AT]
    columns = ([row[place].strip() for row in below if place < len(row) and row[place].strip()]
               for place, cell in enumerate(rows[0]) if cell.strip())
    return any((found := by_content(values)) and found.target in ("email", "phone") for values in columns)


def lists_people(plan: Layout, rows: Sequence[Row], chosen: bool = False) -> bool:
    """Tell whether the table lists people at all; a letter, a price list or a bank statement does not.

    Without headings that is so when e-mail addresses or telephone numbers were recognised, when nearly every row is
    nothing but a name, or when one column of a regular table is of names and surnames. What somebody has ``chosen``
    is as good as a heading.
    """
    said = {column.meaning.target for column in plan.columns if column.meaning}
    if plan.first_row or chosen:
        numbered = said & {"number", "key"} and said & {"birthday", "street", "address", "postcode"}
        return bool(said & _ABOUT_PEOPLE or numbered)
    if said & {"email", "phone"}:
        return True
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows[:_LOOK_AT]]
    named = sum(1 for row in cells if 0 < len(row) <= 3 and all(map(is_persons_name, row)))
    return named > 0.8 * len(cells) or _column_of_names(rows[:_LOOK_AT])


def _column_of_names(rows: Sequence[Row]) -> bool:
    width = len(rows[0]) if rows else 0
    if width < 2 or any(len(row) != width for row in rows):
        return False
    columns = ([row[place].strip() for row in rows] for place in range(width))
    return any(
        sum(1 for cell in column if " " in cell and is_persons_name(cell)) > 0.8 * len(rows) for column in columns
    )


def _named(headings: list[str], rows: Sequence[Row], latest: int, strange: bool = False) -> list[Column]:
    sample = rows[:_LOOK_AT]
    width = max([len(headings), *(len(row) for row in sample)], default=0)
    columns = []
    for place in range(width):
        heading = headings[place].strip() if place < len(headings) else ""
        values = [row[place].strip() for row in sample if place < len(row) and row[place].strip()]
        columns.append(Column(place, heading, _meaning(heading, values)))
    columns = [_settled(column, columns, sample) for column in columns]
    if strange:
        columns = fill_in(columns, sample, latest)
    return _numbered(columns)


def _meaning(heading: str, values: list[str]) -> Meaning | None:
    label = bare_label(heading) if heading else ""
    if label and (found := by_content(values)) and found.target in ("phone", "email"):
        return found._replace(label=label)
    return (meaning(heading) if heading else None) or by_content(values)


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
    """Settle "Naam": it is the whole name, unless another column has the rest of it."""
    said = _targets(columns)
    if "given" not in said:
        return Meaning("given" if "family" in said else "display")
    given = next(other.place for other in columns if other.meaning and other.meaning.target == "given")
    pairs = [(row[column.place].lower(), row[given].strip().lower()) for row in rows
             if max(column.place, given) < len(row) and row[column.place].strip() and row[given].strip()]
    whole = "family" in said or sum(1 for name, first in pairs if first in name) * 2 > len(pairs)
    return Meaning("display" if whole else "family")


def _settle_number(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    before = columns[column.place - 1].meaning if column.place else None
    beside = before and before.target == "street" and "house" not in _targets(columns)
    if before and beside and column.heading.lower().rstrip(".") in ("nr", "nummer"):
        return Meaning("house", before.label, before.number)  # "Straat | Nr": of the house, not of the customer
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


def _settle_display(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    """Settle "Client Name": beside first and last names that are not in it, it is the firm they work for."""
    named = [c.place for c in columns if c.meaning and c.meaning.target in ("given", "family")]
    pairs = [(row[column.place].lower(), row[place].strip().lower()) for row in rows for place in named
             if max(column.place, place) < len(row) and row[column.place].strip() and row[place].strip()]
    apart = sum(1 for whole, part in pairs if part not in whole)
    firm = "organisation" not in _targets(columns) and len(named) > 1 and apart * 3 > len(pairs) * 2
    return Meaning("organisation") if pairs and firm else column.meaning


def _settle_region(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    """Leave out the region where somebody's computer was: it is no part of an address."""
    computer = "left_out" in _targets(columns) and column.heading.isupper()
    return Meaning("left_out") if computer else column.meaning


def _settle_place(column: Column, columns: list[Column], rows: Sequence[Row]) -> Meaning | None:
    """Settle Outlook's "Ort": it is no place of an address, those are called "Ort privat" there."""
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
    "display": _settle_display,
    "region": _settle_region,
}


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
