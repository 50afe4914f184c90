"""Lines of Today: facts as storage fetched them become lines with a reason for one given day.

Nothing here is stored and nothing depends on the program having been running: the same facts and the same day
give the same lines. The deceased never appear.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from kapperboek.domain.care.due_words import AHEAD_DAYS, birthday_badge, day_text, due_text, rhythm_text
from kapperboek.domain.labels import relation_label
from kapperboek.domain.time.appointment_fit import is_open_past
from kapperboek.domain.time.dates import PartialDate, weeks_phrase
from kapperboek.domain.time.rhythm import is_absent
from kapperboek.domain.views.today_view import TodayLine
from kapperboek.i18n import _, format_day, format_month_day, format_weekday, ngettext

ORDER = (
    "appointment", "unsettled", "promise", "follow_up", "birthday", "anniversary", "talk_point", "question", "absent",
)
ROUND_YEARS = 5  # "customer since" is mentioned every so many years
TALK_POINT_DAYS = 3  # how long a talk point whose day has come is pointed out; after that the card shows it


class Who(NamedTuple):
    """The customer a fact is about."""

    customer_id: int
    number: str
    name: str
    phone: str = ""
    deceased: bool = False


class DueAppointment(NamedTuple):
    """An appointment of the day; ``at`` is local ``YYYY-MM-DDTHH:MM``, ``state`` empty unless cancelled or
    missed.
    """

    who: Who
    ref: int
    at: str
    minutes: int | None
    treatments: tuple[str, ...]
    staff: str = ""
    note: str = ""
    state: str = ""
    warning: str = ""
    talk_points: tuple[str, ...] = ()
    birthday: str = ""  # stored form, empty if unknown
    visit_count: int = 0
    last_visit: date | None = None
    last_staff: str = ""
    version: int = 0


class DueFollowUp(NamedTuple):
    """An open follow-up or promise (``kind``); ``show_on`` is the day it was snoozed to."""

    who: Who
    ref: int
    what: str
    kind: str
    due: date
    made_on: date
    show_on: date | None = None
    staff: str = ""
    version: int = 0


class DueDate(NamedTuple):
    """A birthday or another day of a customer or, when ``relation`` is set, of somebody near to them.

    ``what`` is birthday, wedding, customer_since or the owner's own word; ``month_day`` is ``MM-DD``.
    """

    who: Who
    ref: int
    what: str
    year: int | None
    month_day: str
    relation: str = ""  # child, partner, pet…
    relation_name: str = ""
    appointment_at: str = ""  # their next appointment, if that is in these days


class DueAbsent(NamedTuple):
    """Absence, perhaps: somebody who may be staying away."""

    who: Who
    last_visit: date
    last_contact: date | None
    rhythm_days: float
    next_appointment: date | None = None


class DueTalkPoint(NamedTuple):
    """An open talk point with a "not before"; or (in ``question_lines``) a question for today."""

    who: Who
    ref: int
    text: str
    not_before: date
    made_on: date | None = None
    staff: str = ""
    version: int = 0


def appointment_lines(facts: Iterable[DueAppointment], today: date) -> list[TodayLine]:
    """Appointments of today, in the order people come; cancelled and missed ones left out."""
    lines = [
        _line(
            "appointment", fact.who, _appointment_text(fact), _appointment_why(fact, today), today
        )._replace(
            ref=fact.ref,
            time=fact.at[11:16],
            minutes=fact.minutes or 0,
            warning=fact.warning,
            talk_points=fact.talk_points,
            badge=_appointment_badge(fact, today)[0],
            badge_kind=_appointment_badge(fact, today)[1],
            staff=fact.staff,
            version=fact.version,
        )
        for fact in facts
        if fact.at[:10] == today.isoformat() and not fact.state and not fact.who.deceased
    ]
    return sorted(lines, key=lambda line: (line.time, line.customer_id))


def unsettled_lines(facts: Iterable[DueAppointment], today: date) -> list[TodayLine]:
    """Appointments of the last days of which nobody said whether they came; the latest first."""
    lines = []
    for fact in facts:
        if fact.who.deceased or not is_open_past("appointment", fact.state, fact.at, today):
            continue
        day = date.fromisoformat(fact.at[:10])
        when = _("yesterday") if (today - day).days == 1 else format_weekday(day)
        line = _line("unsettled", fact.who, _appointment_text(fact), _("did they come?"), day)
        lines.append(
            line._replace(
                due_text=f"{when} {fact.at[11:16]}",
                overdue=True,
                ref=fact.ref,
                time=fact.at[11:16],
                minutes=fact.minutes or 0,
                staff=fact.staff,
                version=fact.version,
            )
        )
    return sorted(lines, key=lambda line: (-line.due.toordinal(), line.time, line.customer_id))


def _line(kind: str, who: Who, text: str, why: str, due: date) -> TodayLine:
    return TodayLine(kind, who.customer_id, who.number, who.name, text, why, due, phone=who.phone)


def _appointment_text(fact: DueAppointment) -> str:
    if fact.treatments:
        return " + ".join(
            (fact.treatments[0], *(name[:1].lower() + name[1:] for name in fact.treatments[1:]))
        )
    return fact.note.strip().partition("\n")[0] or _("Appointment")


def _appointment_why(fact: DueAppointment, today: date) -> str:
    if fact.last_visit is None:
        return _("first visit")
    days = (today - fact.last_visit).days
    if days <= 0:
        return _("has been here today")
    ago = weeks_phrase(days)
    if fact.last_staff and fact.last_staff != fact.staff:
        return _("last with {staff}, {time} ago").format(staff=fact.last_staff, time=ago)
    return _("last visit {time} ago").format(time=ago)


def _appointment_badge(fact: DueAppointment, today: date) -> tuple[str, str]:
    """The badge beside the name, and what kind it is."""
    if fact.birthday and (badge := birthday_badge(PartialDate.parse(fact.birthday), today)):
        return badge, "birthday"
    nth = fact.visit_count + 1
    return (_("visit number {n}").format(n=nth), "milestone") if nth % 10 == 0 else ("", "")


def follow_up_lines(facts: Iterable[DueFollowUp], today: date) -> list[TodayLine]:
    """Lines of follow-ups overdue or due, and of every promise counting down; snoozed ones from the day they come back.

    Snoozing never moves the due day: what was promised keeps counting from then. The most overdue first.
    """
    lines = []
    for fact in facts:
        promise = fact.kind == "promise"
        shown_from = fact.show_on or (fact.made_on if promise else fact.due)
        if fact.who.deceased or shown_from > today:
            continue
        why = _("promised on {day}") if promise else _("agreed on {day}")
        line = _line(
            fact.kind, fact.who, fact.what, why.format(day=format_day(fact.made_on, today)), fact.due
        )
        lines.append(
            line._replace(
                due_text=due_text(fact.due, today, promise),
                overdue=fact.due < today,
                ref=fact.ref,
                staff=fact.staff,
                version=fact.version,
            )
        )
    return sorted(lines, key=lambda line: (line.due, line.kind != "promise", line.ref))


def coming_month_days(today: date, ahead: int = AHEAD_DAYS) -> list[str]:
    """The ``MM-DD`` kept from today on, ``ahead`` days on included: what storage looks for in its index.

    29 February is among them on the 28th of a year without one.
    """
    days = [today + timedelta(days=n) for n in range(ahead + 1)]
    found = [f"{day:%m-%d}" for day in days]
    leap = PartialDate(None, 2, 29)
    if "02-29" not in found and any(leap.occurrence(day.year) == day for day in days):
        found.append("02-29")
    return found


def birthday_lines(facts: Iterable[DueDate], today: date) -> list[TodayLine]:
    """The birthdays of customers and those near to them from today to a week from now, soonest first."""
    lines = []
    for fact, partial, day in _coming(facts, today):
        if fact.what == "birthday":
            line = _line(
                "birthday",
                fact.who,
                _birthday_what(fact, partial, day),
                _birthday_why(fact, partial, day),
                day,
            )
            lines.append(
                line._replace(due_text=day_text(day, today), ref=fact.ref, badge=_visit_badge(fact, today))
            )
    return sorted(lines, key=lambda line: (line.due, line.name, line.ref))


def _coming(facts: Iterable[DueDate], today: date) -> list[tuple[DueDate, PartialDate, date]]:
    found = []
    for fact in facts:
        month, day = fact.month_day.split("-")
        partial = PartialDate(fact.year, int(month), int(day))
        next_day = partial.next_on_or_after(today)
        if not fact.who.deceased and (next_day - today).days <= AHEAD_DAYS:
            found.append((fact, partial, next_day))
    return found


def _birthday_what(fact: DueDate, partial: PartialDate, day: date) -> str:
    age = partial.age_on(day)
    if fact.relation_name:
        what = _("{name} turns {age}") if age else _("birthday of {name}")
        return what.format(name=fact.relation_name, age=age)
    return _("turns {age}").format(age=age) if age else _("has a birthday")


def _birthday_why(fact: DueDate, partial: PartialDate, day: date) -> str:
    if fact.relation_name:
        return _("{relation} of {name}").format(relation=relation_label(fact.relation), name=fact.who.name)
    if (day.month, day.day) != (partial.month, partial.day):
        born = format_month_day(partial.month, partial.day)
        return _("born on {day}; kept on the 28th this year").format(day=born)
    # the day itself stands in front, once
    return _("born in {year}").format(year=partial.year) if partial.year else _("year of birth unknown")


def _visit_badge(fact: DueDate, today: date) -> str:
    if not fact.appointment_at:
        return ""
    day = date.fromisoformat(fact.appointment_at[:10])
    return _("comes {day}").format(day=day_text(day, today)) if day >= today else ""


def anniversary_lines(facts: Iterable[DueDate], today: date) -> list[TodayLine]:
    """Wedding days and the like of the coming week, and every fifth year of being a customer."""
    lines = []
    for fact, partial, day in _coming(facts, today):
        years = partial.age_on(day)
        if fact.what == "birthday" or (fact.what == "customer_since" and (not years or years % ROUND_YEARS)):
            continue
        text, why = _anniversary_words(fact, partial, years)
        line = _line("anniversary", fact.who, text, why, day)
        lines.append(
            line._replace(due_text=day_text(day, today), ref=fact.ref, badge=_visit_badge(fact, today))
        )
    return sorted(lines, key=lambda line: (line.due, line.name, line.ref))


def _anniversary_words(fact: DueDate, partial: PartialDate, years: int | None) -> tuple[str, str]:
    day = format_month_day(partial.month, partial.day)
    since = (
        _("since {day}").format(day=f"{day} {partial.year}")
        if partial.year
        else _("on {day}").format(day=day)
    )
    if fact.what == "customer_since":
        return ngettext("customer for {n} year", "customer for {n} years", years or 0).format(n=years), since
    if fact.what in ("wedding", "anniversary"):
        if not years:
            return _("wedding day"), since
        return ngettext("married for {n} year", "married for {n} years", years).format(n=years), since
    return (f"{fact.what} ({years})" if years else fact.what), since


def absent_lines(facts: Iterable[DueAbsent], today: date) -> list[TodayLine]:
    """Absent people, staying away longer than their own rhythm explains, the furthest out of it first."""
    found = [
        fact
        for fact in facts
        if not fact.who.deceased
        and is_absent(fact.last_contact, fact.last_visit, fact.rhythm_days, fact.next_appointment, today)
    ]
    found.sort(key=lambda fact: (-(today - fact.last_visit).days / fact.rhythm_days, fact.who.customer_id))
    return [_absent_line(fact, today) for fact in found]


def _absent_line(fact: DueAbsent, today: date) -> TodayLine:
    away = weeks_phrase((today - fact.last_visit).days)
    why = _("comes {rhythm}, now stayed away for {time}").format(
        rhythm=rhythm_text(fact.rhythm_days), time=away
    )
    text = _("last visit {day}").format(day=format_day(fact.last_visit, today))
    due = fact.last_visit + timedelta(days=round(fact.rhythm_days))
    return _line("absent", fact.who, text, why, due)._replace(
        due_text=_("now {time}").format(time=away), badge=rhythm_text(fact.rhythm_days)
    )


def talk_point_lines(facts: Iterable[DueTalkPoint], today: date) -> list[TodayLine]:
    """Open talk points whose "not before" has just come."""
    first = today - timedelta(days=TALK_POINT_DAYS - 1)
    lines = []
    for fact in facts:
        if not fact.who.deceased and first <= fact.not_before <= today:
            why = _("may be brought up from {day}").format(day=format_day(fact.not_before, today))
            line = _line("talk_point", fact.who, fact.text, why, fact.not_before)
            lines.append(line._replace(ref=fact.ref, staff=fact.staff, version=fact.version))
    return sorted(lines, key=lambda line: (line.due, line.ref))


def question_lines(facts: Iterable[DueTalkPoint], today: date) -> list[TodayLine]:
    """The one question for each of those who come today; what is asked of several stands with the first of them."""
    why = _("comes today and this isn't known yet")
    lines, asked = [], set()
    for fact in facts:
        if not fact.who.deceased and (fact.ref == 0 or fact.ref not in asked):
            asked.add(fact.ref)
            lines.append(_line("question", fact.who, fact.text, why, today)._replace(ref=fact.ref))
    return lines


def in_order(lines: Iterable[TodayLine]) -> list[TodayLine]:
    """All lines as Today shows them: by kind; within a kind as they came."""
    rank = {kind: place for place, kind in enumerate(ORDER)}
    return sorted(lines, key=lambda line: rank.get(line.kind, len(rank)))
