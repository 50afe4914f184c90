"""The facts behind Today, fetched along their indexes; what they mean and how they read is
``domain.care.due_lines``'s.

Who stays away is judged from an index that holds all it takes, because it is the one question asked of everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from heapq import nlargest
from typing import Any

from kapperboek.domain.care import due_lines
from kapperboek.domain.care.due_lines import DueAbsent, DueAppointment, DueDate, DueFollowUp, DueTalkPoint, Who
from kapperboek.domain.care.due_words import AHEAD_DAYS
from kapperboek.domain.law.health_mask import masked
from kapperboek.domain.time.appointment_fit import SETTLE_DAYS
from kapperboek.domain.time.dates import stored_day
from kapperboek.domain.time.rhythm import NO_LONGER_ABSENT_DAYS
from kapperboek.domain.views.today_view import Today, TodayLine
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.today_parts import birthdays_of, last_staff, questions, talk_points_due
from kapperboek.storage.records.record_rows import listed

ABSENT_SHOWN = 20
_WHO = "c.id, c.number, c.full_name, coalesce(f.phone, ''), c.deceased"
_WHO_FROM = " JOIN customer c ON c.id = x.customer_id LEFT JOIN customer_fact f ON f.customer_id = c.id"


def today(book: Notebook, day: date) -> Today:
    """All of Today for that day."""
    hidden = _hidden(book, day)
    appointments = _appointments(book, day)
    dates = _dates(book, day)
    absent, absent_total = _absent(book, day, hidden)
    lines = [
        *due_lines.appointment_lines(appointments, day),
        *due_lines.unsettled_lines(_unsettled(book, day), day),
        *due_lines.follow_up_lines(_follow_ups(book, day), day),
        *due_lines.birthday_lines(dates, day),
        *due_lines.anniversary_lines((*dates, *_since(book, day)), day),
        *due_lines.absent_lines(absent, day),
        *due_lines.talk_point_lines(_talk_points(book, day), day),
        *due_lines.question_lines(questions(book, [fact.who for fact in appointments if not fact.state], day), day),
    ]
    return Today(
        date=day,
        lines=tuple(due_lines.in_order(line for line in lines if not _is_hidden(line, hidden))),
        empty=book.value("SELECT 1 FROM customer LIMIT 1") is None,
        absent_total=absent_total,
    )


def _hidden(book: Notebook, day: date) -> set[tuple[int, str, str]]:
    """Decisions not to see something until a later day, as (customer, kind, ref)."""
    sql = "SELECT customer_id, kind, ref FROM due_decision WHERE hidden_until > ?"
    return {(customer_id, kind, ref) for customer_id, kind, ref in book.rows(sql, (day.isoformat(),))}


def _is_hidden(line: TodayLine, hidden: set[tuple[int, str, str]]) -> bool:
    if not hidden:
        return False
    refs = (str(line.ref), "") if line.ref else ("",)
    return any((line.customer_id, line.kind, ref) in hidden for ref in refs)


def _unsettled(book: Notebook, day: date) -> list[DueAppointment]:
    """Open appointments of the last days, but of who has been noted as a visitor on that day or since."""
    rows = book.rows(
        f"SELECT {_WHO}, x.id, x.at, x.minutes, x.treatments, coalesce(s.name, ''), x.note, x.version"
        " FROM interaction x"
        + _WHO_FROM
        + " LEFT JOIN staff s ON s.id = x.staff_id"
        " WHERE x.kind = 'appointment' AND x.at >= ? AND x.at < ? AND x.state = ''"
        " AND (f.last_visit IS NULL OR f.last_visit < substr(x.at, 1, 10))",
        ((day - timedelta(days=SETTLE_DAYS)).isoformat(), day.isoformat()),
    )
    return [
        DueAppointment(_who(row), ref, at, minutes, listed(treatments), staff, note, version=version)
        for row in rows
        for ref, at, minutes, treatments, staff, note, version in [row[5:]]
    ]


def _appointments(book: Notebook, day: date) -> list[DueAppointment]:
    rows = book.rows(
        f"SELECT {_WHO}, x.id, x.at, x.minutes, x.treatments, coalesce(s.name, ''), x.note, x.state,"
        " coalesce(f.warning, ''), coalesce(f.health, 0), coalesce(f.visit_count, 0), f.last_visit, x.version"
        " FROM interaction x"
        + _WHO_FROM
        + " LEFT JOIN staff s ON s.id = x.staff_id"
        " WHERE x.kind = 'appointment' AND x.at >= ? AND x.at < ? ORDER BY x.at",
        (day.isoformat(), (day + timedelta(days=1)).isoformat()),
    )
    ids = [row[0] for row in rows]
    points, birthdays = talk_points_due(book, ids, day), birthdays_of(book, ids)
    return [
        DueAppointment(
            who=_who(row),
            ref=ref,
            at=at,
            minutes=minutes,
            treatments=listed(treatments),
            staff=staff,
            note=note,
            state=state,
            warning=masked(warning, health),
            talk_points=points.get(row[0], ()),
            birthday=birthdays.get(row[0], ""),
            visit_count=visits,
            last_visit=stored_day(last_visit),
            last_staff=last_staff(book, row[0]),
            version=version,
        )
        for row in rows
        for ref, at, minutes, treatments, staff, note, state, warning, health, visits, last_visit, version in [row[5:]]
    ]


def _who(row: Sequence[Any]) -> Who:
    customer_id, number, name, phone, deceased = row[:5]
    return Who(customer_id, number, name, phone, bool(deceased))


def _follow_ups(book: Notebook, day: date) -> list[DueFollowUp]:
    rows = book.rows(
        f"SELECT {_WHO}, x.id, x.what, x.kind, x.due, x.made_on, x.show_on,"
        " coalesce(s.name, ''), x.version FROM follow_up x"
        + _WHO_FROM
        + " LEFT JOIN staff s ON s.id = x.staff_id WHERE x.state = 'open'"
        " AND coalesce(x.show_on, CASE WHEN x.kind = 'promise' THEN x.made_on ELSE x.due END) <= ?",
        (f"{day.isoformat()}T24",),
    )
    return [
        DueFollowUp(
            _who(row),
            ref,
            what,
            kind,
            date.fromisoformat(due_on),
            date.fromisoformat(made_on[:10]),
            stored_day(show_on),
            staff,
            version,
        )
        for row in rows
        for ref, what, kind, due_on, made_on, show_on, staff, version in [row[5:]]
    ]


def _dates(book: Notebook, day: date) -> list[DueDate]:
    """The coming days of customers and of those near to them; of the latter the ref is negative.

    Who is a customer too has a line of their own.
    """
    days = due_lines.coming_month_days(day)
    last = (day + timedelta(days=AHEAD_DAYS + 1)).isoformat()
    facts = [
        DueDate(_who(row), ref, what, year, month_day, appointment_at=_within(appointment, last))
        for row in book.rows(
            f"SELECT {_WHO}, x.id, x.what, x.year, x.month_day, f.next_appointment FROM important_date x{_WHO_FROM}"
            f" WHERE x.month_day IN {MEMBERS}",
            (members(days),),
        )
        for ref, what, year, month_day, appointment in [row[5:]]
    ]
    facts += [
        DueDate(_who(row), -ref, "birthday", year, month_day, kind, name, _within(appointment, last))
        for row in book.rows(
            f"SELECT {_WHO}, x.id, x.year, x.month_day, x.kind, x.name, f.next_appointment"
            f" FROM relation x{_WHO_FROM} LEFT JOIN customer o ON o.uid = x.other_uid AND x.other_uid <> ''"
            f" WHERE x.month_day IN {MEMBERS} AND o.id IS NULL",
            (members(days),),
        )
        for ref, year, month_day, kind, name, appointment in [row[5:]]
    ]
    return facts


def _within(appointment: str | None, last: str) -> str:
    return appointment if appointment and appointment < last else ""


def _since(book: Notebook, day: date) -> list[DueDate]:
    """Those who have been customers for a round number of years."""
    days = due_lines.coming_month_days(day)
    years = "CAST(substr(c.customer_since, 1, 4) AS INTEGER)"
    rows = book.rows(
        f"SELECT {_WHO}, c.customer_since FROM customer c LEFT JOIN customer_fact f ON f.customer_id = c.id"
        f" WHERE substr(c.customer_since, 6) IN {MEMBERS} AND c.customer_since IS NOT NULL"
        f" AND ((? - {years}) % ? = 0 OR (? - {years}) % ? = 0)",
        (members(days), day.year, due_lines.ROUND_YEARS, day.year + 1, due_lines.ROUND_YEARS),
    )
    return [DueDate(_who(row), 0, "customer_since", int(row[5][:4]), row[5][5:]) for row in rows]


def _absent(book: Notebook, day: date, hidden: Iterable[tuple[int, str, str]]) -> tuple[list[DueAbsent], int]:
    """(those who are furthest out of their own rhythm, how many stay away in all).

    Who is lost by now is left to the list of customers: Today is for those a word may still bring back.
    """
    start = day.isoformat()
    kept_out = {customer_id for customer_id, kind, _ref in hidden if kind == "absent"}
    kept_out |= {row[0] for row in book.rows("SELECT id FROM customer WHERE deceased = 1")}
    rows = book.rows(
        "SELECT customer_id, last_visit, rhythm_days FROM customer_fact"
        " WHERE absent_from IS NOT NULL AND absent_from <= ? AND last_visit > ?"
        " AND (lost_from IS NULL OR lost_from > ?) AND (last_appointment IS NULL OR last_appointment < ?)"
        " AND rhythm_days > 0",
        (start, (day - timedelta(days=NO_LONGER_ABSENT_DAYS)).isoformat(), start, start),
    )
    rhythms = {
        customer_id: (day - date.fromisoformat(last)).days / usual
        for customer_id, last, usual in rows
        if customer_id not in kept_out
    }
    shown = nlargest(ABSENT_SHOWN, rhythms, key=lambda customer_id: (rhythms[customer_id], -customer_id))
    found = book.rows(
        f"SELECT {_WHO}, f.last_visit, f.last_contact, f.rhythm_days"
        " FROM customer c JOIN customer_fact f ON f.customer_id = c.id"
        f" WHERE c.id IN {MEMBERS}",
        (members(shown),),
    )
    facts = [
        DueAbsent(_who(row), date.fromisoformat(last_visit), stored_day(last_contact), rhythm)
        for row in found
        for last_visit, last_contact, rhythm in [row[5:]]
    ]
    return facts, len(rhythms)


def _talk_points(book: Notebook, day: date) -> list[DueTalkPoint]:
    first = day - timedelta(days=due_lines.TALK_POINT_DAYS - 1)
    rows = book.rows(
        f"SELECT {_WHO}, x.id, x.text, x.not_before, x.made_on, coalesce(s.name, ''), x.version"
        f" FROM talk_point x{_WHO_FROM}"
        " LEFT JOIN staff s ON s.id = x.staff_id"
        " WHERE x.state = 'open' AND x.not_before IS NOT NULL AND x.not_before BETWEEN ? AND ?",
        (first.isoformat(), day.isoformat()),
    )
    return [
        DueTalkPoint(_who(row), ref, text, date.fromisoformat(not_before), stored_day(made_on), staff, version)
        for row in rows
        for ref, text, not_before, made_on, staff, version in [row[5:]]
    ]
