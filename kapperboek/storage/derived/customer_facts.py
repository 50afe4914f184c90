"""Facts of each customer that lists and Today need, kept ready so that nobody is computed for everybody.

Nothing here depends on the day it was written, except that ``next_appointment`` is the first one to come as
seen on that day: once it has passed, ``last_appointment`` (the furthest one planned) still tells whether
another is to come.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kapperboek.domain.people.phases import phase_dates
from kapperboek.domain.time.rhythm import RESETS_ABSENCE, absent_from, expected_on, rhythm_days
from kapperboek.storage.file.dialect import MEMBERS, insert, members
from kapperboek.storage.file.notebook import Notebook

CHUNK = 2000
TAG_SEPARATOR = " · "
COLUMNS = (
    "customer_id", "visit_count", "first_visit", "last_visit", "last_contact", "rhythm_days", "expected_on",
    "absent_from", "next_appointment", "last_appointment", "dormant_from", "lost_from", "open_talk_points",
    "open_promises", "tags", "warning", "place", "phone", "health",
)
_INSERT = insert("customer_fact", COLUMNS)

# What stands beside somebody's moments and tags. Where nothing does the columns' defaults are right.
_BESIDE = ("customer_id", "open_talk_points", "open_promises", "warning", "place", "phone", "health")
_SELECT_BESIDE = f"""
    SELECT id,
        (SELECT count(*) FROM talk_point WHERE customer_id = customer.id AND state = 'open'),
        (SELECT count(*) FROM follow_up WHERE customer_id = customer.id AND state = 'open' AND kind = 'promise'),
        coalesce((SELECT text FROM card_line WHERE customer_id = customer.id AND kind = 'warning'
            ORDER BY position, id LIMIT 1), ''),
        coalesce((SELECT place FROM address WHERE customer_id = customer.id AND place <> ''
            ORDER BY position, id LIMIT 1), ''),
        coalesce((SELECT value FROM contact_point WHERE customer_id = customer.id AND kind = 'phone'
            ORDER BY position, id LIMIT 1), ''),
        (SELECT count(*) FROM sensitive_fact WHERE customer_id = customer.id)
    FROM customer WHERE id IN {MEMBERS} ORDER BY id"""
_TAGS = (
    "SELECT customer_id, value FROM profile_value JOIN profile_field ON profile_field.id = field_id"
    " WHERE state = 'known' AND kind = 'tags' AND active = 1"
    f" AND customer_id IN {MEMBERS} ORDER BY position, field_id"
)
_MOMENTS = (
    f"SELECT customer_id, at, kind, state FROM interaction WHERE customer_id IN {MEMBERS}"
    " ORDER BY customer_id, at, id"
)


def refresh(book: Notebook, customer_ids: Iterable[int]) -> None:
    """Write the facts of these customers again, from the rows as they are in the open transaction.

    Who is gone loses theirs. The cost is that of reading these customers' contact moments once.
    """
    ids = sorted(set(customer_ids))
    for start in range(0, len(ids), CHUNK):
        _refresh_chunk(book, ids[start : start + CHUNK])


def _refresh_chunk(book: Notebook, ids: Sequence[int]) -> None:
    """Refresh the facts of so many customers at once.

    Of those without moments and tags, which is most of an import, SQLite does it all by itself.
    """
    book.connection.execute(f"DELETE FROM customer_fact WHERE customer_id IN {MEMBERS}", (members(ids),))
    moments, tags = _moments(book, ids), _tags(book, ids)
    busy = [id for id in ids if id in moments or id in tags]
    quiet = [id for id in ids if id not in moments and id not in tags]
    if quiet:
        book.connection.execute(
            f"INSERT INTO customer_fact ({', '.join(_BESIDE)}) {_SELECT_BESIDE}", (members(quiet),)
        )
    if busy:
        book.connection.executemany(_INSERT, _rows(book, busy, moments, tags))


def compute(book: Notebook, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The facts as they should stand, one row of COLUMNS for each of these customers there is (CHUNK at most)."""
    return _rows(book, ids, _moments(book, ids), _tags(book, ids))


def _rows(
    book: Notebook, ids: Sequence[int], moments: dict[int, list[tuple[str, str, str]]], tags: dict[int, list[str]]
) -> list[tuple[Any, ...]]:
    today = book.clock.today().isoformat()
    nothing_yet = _of_moments([], today)
    return [
        (
            id,
            *(_of_moments(moments[id], today) if id in moments else nothing_yet),
            talk_points,
            promises,
            TAG_SEPARATOR.join(tags.get(id, ())),
            warning,
            place,
            phone,
            health,
        )
        for id, talk_points, promises, warning, place, phone, health in book.rows(_SELECT_BESIDE, (members(ids),))
    ]


def _of_moments(moments: list[tuple[str, str, str]], today: str) -> tuple[Any, ...]:
    """Facts from visit_count to lost_from, made of a customer's moments in the order of time."""
    visits = [date.fromisoformat(at[:10]) for at, kind, _state in moments if kind == "visit"]
    contacts = [at[:10] for at, kind, _state in moments if kind in RESETS_ABSENCE]
    planned = [at for at, kind, state in moments if kind == "appointment" and state == ""]
    last = visits[-1] if visits else None
    last_contact = date.fromisoformat(contacts[-1]) if contacts else None
    rhythm = rhythm_days(visits)
    expected, absent, dormant, lost = _to_come(len(visits), last, last_contact, rhythm)
    return (
        len(visits),
        _text(visits[0] if visits else None),
        _text(last),
        _text(last_contact),
        rhythm,
        _text(expected),
        _text(absent),
        next((at for at in planned if at >= today), None),
        planned[-1] if planned else None,
        _text(dormant),
        _text(lost),
    )


def _to_come(
    visit_count: int, last: date | None, last_contact: date | None, rhythm: float | None
) -> tuple[date | None, date | None, date | None, date | None]:
    """Days on which to expect somebody, and from which they are absent, dormant and lost."""
    try:
        expected = None if last is None or rhythm is None else expected_on(last, rhythm)
        return expected, absent_from(last_contact, last, rhythm), *phase_dates(visit_count, last, rhythm)
    except OverflowError:  # a visit typed at the end of the calendar has no days after it
        return None, None, None, None


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _moments(book: Notebook, ids: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    found: dict[int, list[tuple[str, str, str]]] = {}
    for customer_id, at, kind, state in book.rows(_MOMENTS, (members(ids),)):
        found.setdefault(customer_id, []).append((at, kind, state))
    return found


def _tags(book: Notebook, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for customer_id, value in book.rows(_TAGS, (members(ids),)):
        known = json.loads(value)
        found.setdefault(customer_id, []).extend(map(str, known) if isinstance(known, list) else [])
    return found
