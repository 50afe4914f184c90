"""Labels of the card: kinds of contact, days, provenance. Words only, no widgets."""

from __future__ import annotations

import re
from datetime import date

from kapperboek.domain.labels import kind_label, relation_label, state_label
from kapperboek.domain.people.names import numbered
from kapperboek.domain.time import appointment_fit
from kapperboek.domain.time.dates import PartialDate
from kapperboek.domain.views.card_view import Card, FollowUpView, Moment, RelationView, TalkPointView
from kapperboek.i18n import _, format_day, format_money, format_month_day, format_weekday

DOT = " · "
JOINING = frozenset(("en", "and", "&", "+"))  # between names, as people type them


def relation_text(relation: RelationView) -> str:
    """Text of a relation: ``Fleur (15), dochter, jarig 3 mei``; with their card's number where others are called so."""
    name = numbered(relation.text or relation.name, relation.number, relation.namesake)
    parts = [name, relation_label(relation.kind)]
    if relation.birthday and (day := _yearly(relation.birthday)):
        parts.append(_("birthday {day}").format(day=day))
    return ", ".join(part for part in parts if part)


def is_said_by(relations: tuple[RelationView, ...], text: str) -> bool:
    """Tell whether a text ("man Erik, Fleur en Daan") says no more than the relations on the card do."""
    names = set(_words(" ".join(relation.name for relation in relations)))
    known = names | set(_words(" ".join(f"{r.text} {relation_label(r.kind)} {r.kind}" for r in relations)))
    said = set(_words(text)) - JOINING
    return bool(said & names) and said <= known


def _words(text: str) -> list[str]:
    return re.findall(r"[\w&+]+", text.casefold())


def _yearly(text: str) -> str:
    try:
        day = PartialDate.parse(text)
    except ValueError:
        return ""
    return format_month_day(day.month, day.day)


def day_of(at: str) -> date:
    """Day of a local moment."""
    return date.fromisoformat(at[:10])


def short_day(day: date, today: date) -> str:
    """Short text of a day: ``vandaag``, ``gisteren``, ``11 okt`` or ``11 okt 2025``."""
    if day == today:
        return _("today")
    if (today - day).days == 1:
        return _("yesterday")
    return format_day(day, today)


def moment_title(moment: Moment) -> str:
    """Title of a contact moment: ``Knippen + Kleuren``, else what kind of moment it was."""
    if moment.kind in ("visit", "appointment") and moment.treatments:
        return " + ".join(moment.treatments)
    return kind_label(moment.kind)


def moment_meta(moment: Moment) -> str:
    """Staff member and duration of a contact moment: ``Sanne · 85 min``."""
    parts = [moment.staff] if moment.staff else []
    if moment.kind not in ("visit", "appointment") and moment.treatments:
        parts.append(" + ".join(moment.treatments))
    if moment.minutes:
        parts.append(_("{n} min").format(n=moment.minutes))
    if moment.state:
        parts.append(state_label(moment.state))
    return DOT.join(parts)


def moment_spoken(moment: Moment, today: date, currency: str) -> str:
    """Text of a contact moment in one breath, for a screen reader; without a currency no amounts."""
    parts = [short_day(day_of(moment.at), today), moment_title(moment), moment_meta(moment)]
    if moment.amount_cents is not None and currency:
        parts.append(format_money(moment.amount_cents, currency))
    parts += [moment.recipe, ", ".join(moment.products), moment.note[:2000]]
    parts += [f"{point}: {answer}" if answer else point for point, answer in moment.answers]
    return ". ".join(part for part in parts if part)


def talk_origin(point: TalkPointView, today: date) -> str:
    """Origin of a talk point, day and author: ``11 okt · Sanne``, and the day before which it is too early."""
    parts = [short_day(point.made_on, today)]
    if point.staff:
        parts.append(point.staff)
    if point.not_before and not point.due:
        parts.append(_("not before {day}").format(day=format_day(point.not_before, today)))
    return DOT.join(parts)


def follow_up_origin(follow: FollowUpView) -> str:
    """Origin of a follow-up: ``Sanne``, and when it is too late since when: the day itself stands on the badge."""
    parts = [format_weekday(follow.due)] if follow.overdue else []
    if follow.staff:
        parts.append(follow.staff)
    if follow.show_on and follow.show_on != follow.due:
        parts.append(_("put off to {day}").format(day=format_weekday(follow.show_on)))
    return DOT.join(parts)


def open_complaints(card: Card) -> list[str]:
    """Texts of the open complaints, each with the day by which an answer was promised."""
    complained = {moment.at[:10] for moment in card.history if moment.kind == "complaint"}
    return [
        f"{follow.what}{DOT}{follow.due_text}"
        for follow in card.follow_ups
        if follow.kind == "promise" and follow.made_on.isoformat() in complained
    ]


def appointment_line(moment: Moment) -> str:
    """Text of an appointment: ``di 24 nov 09:30 · Knippen · bij Sanne``."""
    parts = [f"{format_weekday(day_of(moment.at))} {moment.at[11:16]}".strip()]
    if moment.treatments:
        parts.append(" + ".join(moment.treatments))
    if moment.staff:
        parts.append(_("with {staff}").format(staff=moment.staff))
    return DOT.join(parts)


def usual_time(card: Card) -> str:
    """Time of day this customer usually comes."""
    oldest_first = sorted((*card.history, *card.appointments), key=lambda moment: moment.at)
    agreed = [one.at for one in oldest_first if one.kind == "appointment" and one.state != "cancelled"]
    return appointment_fit.usual_time([one.at for one in oldest_first if one.kind == "visit"], agreed)


def phase_of(card: Card) -> str:
    """Text of the phase (lost, former…) for a chip; nothing for who simply comes."""
    return "" if card.phase in ("", "regular") else card.phase_label
