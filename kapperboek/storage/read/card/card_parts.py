"""The parts of a card that stand beside the history: what is known, who is near, what is allowed."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from kapperboek.domain.labels import channel_label, date_label
from kapperboek.domain.people.profile import Field, next_question, question_text, show_value
from kapperboek.domain.time.dates import PartialDate
from kapperboek.domain.views.card_view import HouseholdMember, Knowledge, Question, RelationView
from kapperboek.i18n import _, format_day, format_month_day
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.privacy import consent_query
from kapperboek.storage.records.record_rows import partial_day


class Known(NamedTuple):
    """Knowledge of a customer, and the day on which each field was last asked."""

    lines: tuple[Knowledge, ...]
    fields: tuple[Field, ...]
    asked_on: dict[str, date]


def knowledge(book: Notebook, customer_id: int) -> Known:
    """One line for each field in use, and for what is known in fields no longer in use."""
    lines: list[Knowledge] = []
    fields: list[Field] = []
    asked: dict[str, date] = {}
    rows = book.rows(
        "SELECT f.key, f.label, f.kind, f.active, v.state, v.value, v.checked_on, v.asked_on FROM profile_field f"
        " LEFT JOIN profile_value v ON v.field_id = f.id AND v.customer_id = ? ORDER BY f.position, f.id",
        (customer_id,),
    )
    for key, label, kind, active, state, value, checked_on, asked_on in rows:
        fields.append(Field(key, label, bool(active)))
        if asked_on:
            asked[key] = date.fromisoformat(asked_on[:10])
        if not active and state != "known":
            continue
        known = json.loads(value) if state == "known" else None
        tags = tuple(map(str, known)) if isinstance(known, list) else ()
        checked = date.fromisoformat(checked_on[:10]) if checked_on else None
        lines.append(Knowledge(key, label, kind, show_value(kind, known), tags, state or "", checked))
    return Known(tuple(lines), tuple(fields), asked)


def question(
    known: Known, name: str, today: date, elsewhere: frozenset[str] = frozenset(), turn: int = 0
) -> Question | None:
    """The one question for today, None when there is nothing to ask; see ``profile.next_question``."""
    told = {line.key for line in known.lines if line.state == "known"} | elsewhere
    refused = {line.key for line in known.lines if line.state == "refused"}
    key = next_question(told, refused, known.asked_on, today, known.fields, turn)
    if key is None:
        return None
    label = next(field.label for field in known.fields if field.key == key)
    return Question(key, label, question_text(key, label, name))


def dates_and_birthday(book: Notebook, customer_id: int) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """(the birthday as stored, the other days as (what, day in words))."""
    birthday: str | None = None
    others: list[tuple[str, str]] = []
    sql = "SELECT what, year, month_day FROM important_date WHERE customer_id = ? ORDER BY position, id"
    for what, year, month_day in book.rows(sql, (customer_id,)):
        if what == "birthday" and birthday is None:
            birthday = partial_day(year, month_day)
        else:
            month, day = map(int, month_day.split("-"))
            words = format_month_day(month, day) if year is None else format_day(date(year, month, day))
            others.append((date_label(what), words))
    return birthday, tuple(others)


def relations(book: Notebook, customer_id: int, today: date) -> tuple[RelationView, ...]:
    """Those near to the customer, with their age where it is known: ``Fleur (15)``."""
    rows = book.rows(
        "SELECT r.kind, r.name, r.year, r.month_day, c.id, c.number, c.deceased FROM relation r"
        " LEFT JOIN customer c ON c.uid = r.other_uid AND r.other_uid <> ''"
        " WHERE r.customer_id = ? ORDER BY r.position, r.id",
        (customer_id,),
    )
    found = []
    for kind, name, year, month_day, other, number, deceased in rows:
        birthday = partial_day(year, month_day)
        age = PartialDate.parse(birthday).age_on(today) if birthday and not deceased else None
        text = name if age is None else f"{name} ({age})"
        found.append(RelationView(kind, name, text, birthday, other or 0, number or ""))
    return tuple(found)


def households(book: Notebook, household_id: int | None, customer_id: int) -> tuple[str, tuple[HouseholdMember, ...]]:
    """(name of the household, its other members)."""
    if household_id is None:
        return "", ()
    sql = "SELECT id, full_name, number FROM customer WHERE household_id = ? AND id <> ? ORDER BY id"
    members = tuple(HouseholdMember(*row) for row in book.rows(sql, (household_id, customer_id)))
    return str(book.value("SELECT name FROM household WHERE id = ?", (household_id,)) or ""), members


def allowed(book: Notebook, customer_id: int) -> tuple[str, ...]:
    """Consents in words: what may be sent, and through which channel."""
    words = {
        "birthday": _("birthday greeting by {channel}"),
        "news": _("news by {channel}"),
        "offers": _("offers by {channel}"),
        "reminders": _("reminders by {channel}"),
    }
    return tuple(
        words[purpose].format(channel=channel_label(channel))
        for purpose, channels in consent_query.allowed(book, customer_id).items()
        for channel in channels
        if purpose in words
    )
