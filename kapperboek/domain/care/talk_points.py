"""The life of a talk point, a follow-up and a promise. Nothing disappears by itself: every end is somebody's
choice.
"""

from __future__ import annotations

from datetime import date, timedelta

from kapperboek.domain.errors import UserError
from kapperboek.i18n import _

OPEN, DISCUSSED, DROPPED = "open", "discussed", "dropped"
PROMISE_DAYS = 5
"""Within how many days a complaint or a question is answered, unless the owner chose otherwise."""

_PROMISING = frozenset({"complaint", "question"})


def is_due(state: str, not_before: date | None, day: date) -> bool:
    """Tell whether a talk point may be brought up on that day: open, and not too early."""
    return state == OPEN and (not_before is None or not_before <= day)


def wording(text: str) -> str:
    """Text as typed, without blanks around it. UserError when nothing was typed."""
    text = text.strip()
    if not text:
        raise UserError("empty-text", _("Type what it is about first."))
    return text


def discuss(state: str, answer: str) -> tuple[str, str]:
    """Close a talk point as brought up: (new state, outcome); the answer may be empty. UserError when it was closed."""
    _must_be_open(state)
    return DISCUSSED, answer.strip()


def drop(state: str) -> tuple[str, str]:
    """Drop a talk point, not to be brought up any more: (new state, outcome). UserError when it was closed already."""
    _must_be_open(state)
    return DROPPED, ""


def next_time(state: str, today: date, not_before: date | None = None) -> date:
    """Postpone a talk point: the new "not before", tomorrow at the earliest. UserError when it was closed already."""
    _must_be_open(state)
    return max(not_before or date.min, today + timedelta(days=1))


def _must_be_open(state: str) -> None:
    if state != OPEN:
        raise UserError(
            "already-closed", _("This talk point has been closed already. Look at the history of the card.")
        )


def makes_promise(kind: str) -> bool:
    """Tell whether a contact of this kind gets a promise by itself: a complaint, a question."""
    return kind in _PROMISING


def promise_due(made_on: date, days: int = PROMISE_DAYS) -> date:
    """The last day to keep a promise made that day."""
    return made_on + timedelta(days=days)


def promise_text(kind: str, words: str) -> str:
    """Text of the promise: ``Klacht beantwoorden: …`` with the first line of what was noted."""
    lead = _("Answer the complaint") if kind == "complaint" else _("Answer the question")
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    if len(first) > 120:
        first = first[:119].rstrip() + "…"
    return f"{lead}: {first}" if first else lead


def snooze_until(state: str, until: date, today: date) -> date:
    """The day an open follow-up comes back; its due day stays. UserError when closed or not in the future."""
    if state != "open":
        raise UserError("already-closed", _("This follow-up has been closed already."))
    if until <= today:
        raise UserError("day-passed", _("Choose a day after today."))
    return until
