"""Inputs that the window and the command line hand to the use cases that write contact moments."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple


class TalkDecision(NamedTuple):
    """Decision on a talk point in a visit or call.

    ``discussed`` closes it with the answer, ``next`` keeps it for next time, ``dropped`` closes it without one.
    """

    talk_point_id: int
    decision: Literal["discussed", "next", "dropped"]
    answer: str = ""


class NewPoint(NamedTuple):
    """A sentence to bring up next time, perhaps not before a day."""

    text: str
    not_before: date | None = None


class NewFollowUp(NamedTuple):
    """Follow-up to make, something to do; ``staff_id`` 0 means whoever noted the moment it came from."""

    what: str
    due: date
    staff_id: int = 0


class NewAppointment(NamedTuple):
    """Appointment to make: when somebody comes (local shop time, ``YYYY-MM-DDTHH:MM``), how long, what for, with whom.

    Agreed in a visit or call, what is not said here is as in that visit, else as this customer usually comes.
    """

    at: str
    minutes: int | None = None
    treatments: tuple[str, ...] = ()
    staff_id: int = 0
    note: str = ""


class VisitInput(NamedTuple):
    """A visit as noted: ``at`` is local shop time (``YYYY-MM-DDTHH:MM``), ``staff_id`` who did it.

    ``appointment_id`` is the appointment it replaces.
    """

    customer_id: int
    at: str
    staff_id: int = 0
    treatments: tuple[str, ...] = ()
    recipe: str = ""
    products: tuple[str, ...] = ()
    minutes: int | None = None
    amount_cents: int | None = None
    note: str = ""
    talk: tuple[TalkDecision, ...] = ()
    new_points: tuple[NewPoint, ...] = ()
    follow_up: NewFollowUp | None = None
    appointment_id: int = 0
    appointment: NewAppointment | None = None  # the next one


class ContactInput(NamedTuple):
    """Any other contact: call, message, note, purchase, complaint, question, event or mailing."""

    customer_id: int
    kind: str
    at: str
    staff_id: int = 0
    note: str = ""
    minutes: int | None = None
    amount_cents: int | None = None
    products: tuple[str, ...] = ()
    talk: tuple[TalkDecision, ...] = ()
    new_points: tuple[NewPoint, ...] = ()
    follow_up: NewFollowUp | None = None
    appointment: NewAppointment | None = None
