"""The list of customers: which ids, in which order, from indexes alone; and the rows of those that are visible.

The orders and the conditions are each answered by one narrow index and put together here: a hundred thousand ids are
quicker to intersect than a hundred thousand rows are to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from kapperboek.domain.law.health_mask import masked
from kapperboek.domain.people.phases import FORMER_AFTER_DAYS, PHASES, REGULAR_FROM_VISITS, phase_from_dates
from kapperboek.domain.people.phones import pretty
from kapperboek.domain.time.dates import stored_day
from kapperboek.domain.views.list_views import CustomerFilter, CustomerRow
from kapperboek.storage.derived.customer_facts import TAG_SEPARATOR
from kapperboek.storage.file.dialect import MEMBERS, contains, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.search_query import matching_ids

CHUNK = 500
_BY_NAME = "SELECT id FROM customer ORDER BY sort_key {direction}, id {direction}"
# Orders that some customers have no place in: those come last, by name, in either direction.
_ORDERS = {
    "last_visit": "SELECT customer_id FROM customer_fact WHERE last_visit IS NOT NULL ORDER BY last_visit {direction}",
    "expected": "SELECT customer_id FROM customer_fact WHERE expected_on IS NOT NULL ORDER BY expected_on {direction}",
    "since": "SELECT id FROM customer WHERE customer_since IS NOT NULL ORDER BY customer_since {direction}",
    "number": "SELECT id FROM customer ORDER BY length(number) {direction}, number {direction}",
}
_COMPUTED_PHASES = {
    "prospect": "(visit_count = 0 OR last_visit IS NULL)",
    "former": "(visit_count > 0 AND last_visit <= :former)",
    "lost": "(visit_count > 0 AND last_visit > :former AND lost_from <= :today)",
    "dormant": "(visit_count > 0 AND last_visit > :former AND lost_from > :today AND dormant_from <= :today)",
    "regular": "(visit_count >= :often AND last_visit > :former AND lost_from > :today AND dormant_from > :today)",
    "new": "(visit_count > 0 AND visit_count < :often AND last_visit > :former"
    " AND lost_from > :today AND dormant_from > :today)",
}


def customer_ids(book: Notebook, chosen: CustomerFilter, today: date) -> list[int]:
    """The ids of those the filter keeps, in its order."""
    kept = _kept(book, chosen, today)
    order = _in_order(book, chosen.sort, "DESC" if chosen.descending else "ASC")
    return order if kept is None else [customer_id for customer_id in order if customer_id in kept]


def _ids(book: Notebook, sql: str, params: Sequence[object] = ()) -> list[int]:
    return [row[0] for row in book.connection.execute(sql, params)]


def _in_order(book: Notebook, sort: str, direction: str) -> list[int]:
    if sort not in _ORDERS:
        return _ids(book, _BY_NAME.format(direction=direction))
    placed = _ids(book, _ORDERS[sort].format(direction=direction))
    if sort == "number":
        return placed
    seen = set(placed)
    return placed + [one for one in _ids(book, _BY_NAME.format(direction="ASC")) if one not in seen]


def _kept(book: Notebook, chosen: CustomerFilter, today: date) -> set[int] | None:
    """The ids that meet all conditions; None when there are none."""
    sets: list[Iterable[int]] = []
    if chosen.text.strip():
        sets.append(matching_ids(book, chosen.text))
    if chosen.phases:
        sets.append(_of_phases(book, chosen.phases, today))
    if chosen.tag:
        sql = f"SELECT customer_id FROM customer_fact WHERE tags <> '' AND {contains('? || tags || ?')}"
        sets.append(_ids(book, sql, (TAG_SEPARATOR, TAG_SEPARATOR, f"{TAG_SEPARATOR}{chosen.tag}{TAG_SEPARATOR}")))
    if chosen.staff_id:
        sets.append(_ids(book, "SELECT id FROM customer WHERE regular_staff_id = ?", (chosen.staff_id,)))
    if chosen.not_since:
        sql = "SELECT customer_id FROM customer_fact WHERE last_visit < ? OR last_visit IS NULL"
        sets.append(_ids(book, sql, (chosen.not_since.isoformat(),)))
    return set.intersection(*map(set, sets)) if sets else None


def _of_phases(book: Notebook, phases: Sequence[str], today: date) -> set[int]:
    wanted = [phase for phase in phases if phase in _COMPUTED_PHASES]
    limits = {
        "today": today.isoformat(),
        "former": (today - timedelta(days=FORMER_AFTER_DAYS)).isoformat(),
        "often": REGULAR_FROM_VISITS,
    }
    sql = (
        "SELECT customer_id FROM customer_fact"
        f" WHERE {' OR '.join(_COMPUTED_PHASES[phase] for phase in wanted) or '0 = 1'}"
    )
    found = {row[0] for row in book.connection.execute(sql, limits)}
    for customer_id, by_hand in book.rows("SELECT id, phase_by_hand FROM customer WHERE phase_by_hand <> ''"):
        if by_hand in PHASES:
            (found.add if by_hand in phases else found.discard)(customer_id)
    return found


def customer_rows(book: Notebook, ids: Sequence[int], today: date) -> list[CustomerRow]:
    """The rows for these ids, in the order asked; who is gone meanwhile is left out."""
    found: dict[int, CustomerRow] = {}
    region = str(book.get_setting("region", "NL"))
    for start in range(0, len(ids), CHUNK):
        chunk = list(ids[start : start + CHUNK])
        rows = book.rows(
            "SELECT c.id, c.number, c.full_name, f.tags, f.warning, f.health, c.phase_by_hand,"
            " f.visit_count, f.last_visit, f.dormant_from,"
            " f.lost_from, f.expected_on, f.next_appointment, f.last_appointment,"
            " coalesce(s.initials, ''), f.phone, f.place,"
            " c.deceased FROM customer c JOIN customer_fact f ON f.customer_id = c.id"
            f" LEFT JOIN staff s ON s.id = c.regular_staff_id WHERE c.id IN {MEMBERS}",
            (members(chunk),),
        )
        found.update((row[0], _row(book, row, today, region)) for row in rows)
    return [_with_whom(book, found[customer_id]) for customer_id in ids if customer_id in found]


def _with_whom(book: Notebook, row: CustomerRow) -> CustomerRow:
    """The row, with the initials of whom the next appointment is with."""
    if not row.next_appointment:
        return row
    sql = (
        "SELECT s.initials FROM interaction x JOIN staff s ON s.id = x.staff_id WHERE x.customer_id = ? AND x.at = ?"
        " AND x.kind = 'appointment' AND x.state = '' ORDER BY x.id LIMIT 1"
    )
    return row._replace(appointment_staff=str(book.value(sql, (row.customer_id, row.next_appointment)) or ""))


def _row(book: Notebook, row: tuple[Any, ...], today: date, region: str) -> CustomerRow:
    customer_id, number, name, tags, warning, health, by_hand, visits, last_visit, dormant, lost, *others = row
    expected, next_one, last_one, staff, phone, place, deceased = others
    last = stored_day(last_visit)
    if by_hand not in PHASES:
        by_hand = phase_from_dates(visits, last, stored_day(dormant), stored_day(lost), today)
    return CustomerRow(
        customer_id,
        number,
        name,
        tags,
        masked(warning, health),
        by_hand,
        last,
        stored_day(expected),
        _next_appointment(book, customer_id, next_one, last_one, today),
        staff,
        pretty(phone, region) if phone else "",
        place,
        bool(deceased),
    )


def _next_appointment(book: Notebook, customer_id: int, kept: object, last: object, today: date) -> str | None:
    """The appointment kept ready, unless its day has passed: then the one after it, if there is one."""
    start = today.isoformat()
    if not last or str(last) < start:
        return None
    if kept and str(kept) >= start:
        return str(kept)
    sql = "SELECT min(at) FROM interaction WHERE customer_id = ? AND at >= ? AND kind = 'appointment' AND state = ''"
    found = book.value(sql, (customer_id, start))
    return str(found) if found else None


def all_tags(book: Notebook) -> list[str]:
    """Every label in use, in the order of the alphabet: to filter by and to complete while typing."""
    joined = _ids(book, "SELECT DISTINCT tags FROM customer_fact WHERE tags <> ''")
    return sorted({tag for text in joined for tag in str(text).split(TAG_SEPARATOR)}, key=str.casefold)
