"""Parts of Today about those who come today: what to talk about, birthday, who helped last, what to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from kapperboek.domain.care.due_lines import DueTalkPoint, Who
from kapperboek.domain.labels import NOT_AT_HOME
from kapperboek.domain.people.profile import Field, next_question, question_text, told_elsewhere
from kapperboek.domain.time.dates import PartialDate
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_rows import partial_day


def talk_points_due(book: Notebook, ids: Sequence[int], day: date) -> dict[int, tuple[str, ...]]:
    """The open talk points that may be brought up that day, in the order they were made."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = book.rows(
        f"SELECT customer_id, text FROM talk_point WHERE customer_id IN {MEMBERS} AND state = 'open'"
        " AND (not_before IS NULL OR not_before <= ?) ORDER BY id",
        (members(ids), day.isoformat()),
    )
    for customer_id, text in rows:
        found[customer_id].append(text)
    return {customer_id: tuple(texts) for customer_id, texts in found.items()}


def birthdays_of(book: Notebook, ids: Sequence[int]) -> dict[int, str]:
    """The birthdays as stored, of those who have one."""
    rows = book.rows(
        "SELECT customer_id, year, month_day FROM important_date"
        f" WHERE customer_id IN {MEMBERS} AND what = 'birthday'"
        " ORDER BY position DESC, id DESC",
        (members(ids),),
    )
    return {customer_id: partial_day(year, month_day) or "" for customer_id, year, month_day in rows}


def last_staff(book: Notebook, customer_id: int) -> str:
    """Name of who did the last visit; empty when there was none or nobody noted it."""
    sql = (
        "SELECT s.name FROM interaction i JOIN staff s ON s.id = i.staff_id"
        " WHERE i.customer_id = ? AND i.kind = 'visit'"
        " ORDER BY i.at DESC LIMIT 1"
    )
    return str(book.value(sql, (customer_id,)) or "")


def told_elsewhere_of(book: Notebook, ids: Sequence[int], day: date) -> dict[int, frozenset[str]]:
    """Questions that need not be asked of each of them, because the card says it or it makes no sense."""
    sql = (
        "SELECT c.id, c.organisation <> '', c.given_name = '' AND c.family_name = '' AND c.nickname = '',"
        f" EXISTS (SELECT 1 FROM relation WHERE customer_id = c.id AND kind NOT IN {MEMBERS}) OR EXISTS"
        " (SELECT 1 FROM customer o WHERE o.household_id = c.household_id AND o.id <> c.id)"
        f" FROM customer c WHERE c.id IN {MEMBERS}"
    )
    born = birthdays_of(book, ids)
    found = {}
    for customer_id, has_firm, no_name, has_family in book.rows(sql, (members(NOT_AT_HOME), members(ids))):
        birthday = born.get(customer_id)
        age = PartialDate.parse(birthday).age_on(day) if birthday else None
        found[customer_id] = told_elsewhere(
            firm=bool(has_firm and no_name), has_family=bool(has_family), has_firm=bool(has_firm), age=age
        )
    return found


def questions(book: Notebook, people: Sequence[Who], day: date) -> list[DueTalkPoint]:
    """The one question for each of them who has one."""
    rows = book.rows("SELECT id, key, label, active FROM profile_field ORDER BY position, id")
    fields = {row_id: Field(key, label, bool(active)) for row_id, key, label, active in rows}
    told: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    asked: dict[int, dict[str, date]] = defaultdict(dict)
    ids = list(dict.fromkeys(who.customer_id for who in people))
    sql = f"SELECT customer_id, field_id, state, asked_on FROM profile_value WHERE customer_id IN {MEMBERS}"
    for customer_id, field_id, state, asked_on in book.rows(sql, (members(ids),)):
        told[customer_id][state].add(fields[field_id].key)
        if asked_on:
            asked[customer_id][fields[field_id].key] = date.fromisoformat(asked_on[:10])
    given = dict(book.rows(f"SELECT id, given_name FROM customer WHERE id IN {MEMBERS}", (members(ids),)))
    labels = {field.key: field.label for field in fields.values()}
    ids_of = {field.key: row_id for row_id, field in fields.items()}
    elsewhere, found = told_elsewhere_of(book, ids, day), []
    for who in {who.customer_id: who for who in people}.values():
        states = told[who.customer_id]
        known = states["known"] | elsewhere.get(who.customer_id, frozenset())
        key = next_question(
            known, states["refused"], asked[who.customer_id], day, fields.values(), who.customer_id
        )
        if key is not None:
            text = question_text(key, labels[key], given.get(who.customer_id) or who.name)
            found.append(DueTalkPoint(who, ids_of[key], text, day))
    return found
