"""Layout of a table: where in a row every part of a customer stands, from what ``columns`` said of each column."""

from __future__ import annotations

from collections.abc import Sequence

from kapperboek.exchange.table.headings import ADDRESS_TARGETS, Column, Row
from kapperboek.exchange.table.table_days import day_first
from kapperboek.exchange.table.table_phones import are_dutch

_EMPTY: frozenset[str] = frozenset("- -- --- – — . N/A n/a NULL null n.v.t. nvt #N/A #N/B".split())  # says nothing
_WITH_TYPE = {"phone": "phone_type", "email": "email_type", "handle": "handle_type",
    "relation": "relation_type", "date": "date_type",
              "custom_value": "custom_type"}


class Layout:
    """Layout of a table: where in a row everything stands.

    ``latest`` is the last year that two digits of a birthday can mean.
    """

    def __init__(self, columns: list[Column], rows: Sequence[Row], latest: int = 2026) -> None:
        self.columns = [column for column in columns if column.meaning]
        self.unknown = [column for column in columns if not column.meaning]
        self.latest = latest
        self.width = len(columns)
        self.own = any(c.meaning.target == "uid" for c in self.columns if c.meaning)  # a file that we wrote
        self.empty = frozenset() if self.own else _EMPTY
        self.types = self._types()
        self.instead: dict[int, int] = {}  # the place of a part of an address → the column to look in when it is empty
        self.addresses = self._addresses()
        self.divided = any(
            c.meaning.target in ("house", "uid") for c in self.columns if c.meaning
        )
        self.birth_parts = {
            c.meaning.target: c.place for c in self.columns if c.meaning and c.meaning.target.startswith("birth_")
        }
        days = [
            c
            for c in self.columns
            if c.meaning and c.meaning.target in ("birthday", "date", "last_visit", "since", "relation_birthday")
        ]
        orders = day_first([row[c.place] for row in rows if c.place < len(row)] for c in days)
        self.day_first = {c.place: first for c, first in zip(days, orders, strict=True)}
        phones = [c.place for c in self.columns if c.meaning and c.meaning.target == "phone"]
        self.dutch = are_dutch(row[p].strip() for row in rows for p in phones if p < len(row))

    def _types(self) -> dict[int, int]:
        """The place of the column that says what kind a value is, by the place of the value's column."""
        places = {(c.meaning.target, c.meaning.number): c.place for c in self.columns if c.meaning}
        return {
            c.place: places[_WITH_TYPE[c.meaning.target], c.meaning.number]
            for c in self.columns
            if c.meaning and (_WITH_TYPE.get(c.meaning.target), c.meaning.number) in places
        }

    def _addresses(self) -> list[tuple[str, dict[str, int]]]:
        """The addresses of a row: label, and the place of each part."""
        parts = [c for c in self.columns if c.meaning and c.meaning.target in ADDRESS_TARGETS]
        keys = dict.fromkeys((c.meaning.label, c.meaning.number) for c in parts if c.meaning)
        groups: list[tuple[tuple[str, int], dict[str, int]]] = [(key, {}) for key in keys]
        by_key = dict(groups)
        for column in parts:
            if column.meaning:
                place = by_key[column.meaning.label, column.meaning.number].setdefault(
                    column.meaning.target, column.place
                )
                if place != column.place and column.meaning.target == "house":  # "toevoeging" beside "huisnummer"
                    place = by_key[column.meaning.label, column.meaning.number].setdefault(
                        "house_addition", column.place
                    )
                if place != column.place:  # said twice: what stands in the second column goes to the note
                    self.unknown.append(column)
                    self.instead.setdefault(place, column.place)
        for key, places in [] if self.own else groups[:]:  # "Straat 2" alone is the second line of an address
            first = next((other for name, other in groups if name == (key[0], 0)), None)
            line = next((line for line in ("street2", "street3") if first is not None and line not in first), "")
            if key[1] and first is not None and line and set(places) in ({"street"}, {"address"}):
                first[line] = places.popitem()[1]
                groups.remove((key, places))
        return [(key[0], places) for key, places in groups]
