"""The card of one customer."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class TalkPointView(NamedTuple):
    id: int
    text: str
    made_on: date
    staff: str
    not_before: date | None
    state: str
    outcome: str
    closed_at: str | None
    closed_by: str
    closed_in: int  # id of the contact moment it was discussed in, 0 if none
    due: bool  # open and its day has come
    version: int


class FollowUpView(NamedTuple):
    id: int
    customer_id: int
    number: str
    name: str
    what: str
    kind: str  # follow_up or promise
    due: date
    show_on: date | None
    staff: str
    staff_id: int
    state: str
    made_on: date
    due_text: str
    overdue: bool
    phone: str
    version: int
    namesake: bool = False  # somebody else has this name too


class Moment(NamedTuple):
    """One contact moment on the timeline."""

    id: int
    kind: str
    at: str
    staff: str
    minutes: int | None
    amount_cents: int | None
    treatments: tuple[str, ...]
    recipe: str
    products: tuple[str, ...]
    note: str
    state: str
    answers: tuple[tuple[str, str], ...]  # talk points discussed then: (text, answer)
    version: int
    staff_id: int = 0


class CardLine(NamedTuple):
    id: int
    text: str
    made_on: date | None
    staff: str


class ContactView(NamedTuple):
    kind: str  # phone, email, handle
    value: str
    canonical: str
    label: str
    shown: str  # a number as it is read aloud; everything else as typed


class Knowledge(NamedTuple):
    """One line of "Weet je nog": an owner-defined field and what is known; ``tags`` is set when kind is tags."""

    key: str
    label: str
    kind: str
    text: str
    tags: tuple[str, ...]
    state: str  # known, refused, later, "" (never asked)
    checked_on: date | None


class RelationView(NamedTuple):
    kind: str
    name: str
    text: str  # "Fleur (15)"
    birthday: str | None
    customer_id: int  # their own card, 0 if none
    number: str = ""  # of that card
    namesake: bool = False  # somebody else has the name of that card too


class HouseholdMember(NamedTuple):
    """Somebody else of the household."""

    customer_id: int
    name: str
    number: str
    namesake: bool = False  # somebody else has this name too


class Question(NamedTuple):
    """The one question for today."""

    field_key: str
    label: str
    text: str


class Card(NamedTuple):
    """Card of a customer, all of it; ``history`` holds all contact moments, newest first, future appointments apart."""

    customer_id: int
    uid: str
    number: str
    name: str
    given_name: str
    version: int
    deceased: bool
    no_advertising: bool
    firm: bool
    organisation: str
    department: str
    nickname: str
    customer_since: str | None
    birthday: str | None
    birthday_text: str  # "morgen 41", "23 nov"
    birthday_soon: bool
    phase: str
    phase_label: str
    preferred_channel: str
    regular_staff: str
    household: str
    household_members: tuple[HouseholdMember, ...]
    contacts: tuple[ContactView, ...]
    addresses: tuple[str, ...]
    dates: tuple[tuple[str, str], ...]  # (what, day in words)
    relations: tuple[RelationView, ...]
    warnings: tuple[CardLine, ...]  # none about health: of those only the number is here
    health_facts: int
    avoid: tuple[CardLine, ...]
    wishes: tuple[CardLine, ...]
    talk_points: tuple[TalkPointView, ...]  # open ones: due first, then those to come
    knowledge: tuple[Knowledge, ...]
    question: Question | None
    follow_ups: tuple[FollowUpView, ...]  # open ones
    appointments: tuple[Moment, ...]  # future, soonest first
    history: tuple[Moment, ...]
    note: str
    visit_count: int
    rhythm_days: float | None
    rhythm_text: str  # "elke 6 weken"
    expected_on: date | None
    expected_text: str
    allowed: tuple[str, ...]  # what may be sent, in words ("mag verjaardagskaart")


class VisitStart(NamedTuple):
    """Start of the visit dialog: everything filled in from last time."""

    customer_id: int
    name: str
    at: str
    staff_id: int
    treatments: tuple[str, ...]
    recipe: str
    products: tuple[str, ...]
    minutes: int | None
    amount_cents: int | None
    talk_points: tuple[TalkPointView, ...]
    rhythm_days: float | None
    badge: str  # "morgen jarig"
    warnings: tuple[str, ...]  # none about health: of those only the number is here
    health_facts: int
    appointment_id: int = 0  # the appointment that this visit will replace
    usual_time: str = "10:00"  # of day, for the next appointment
