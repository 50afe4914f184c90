"""Attention: who needs a word, and why, as the owner would notice if all cards could be read every morning.

Each customer gets the most urgent of their reasons. Scores run from 0 to 1 so that unlike reasons can stand in one
list: a promise overdue is 1; staying away grows with how far somebody is out of their own rhythm (see
``domain.time.rhythm``), because that ranks who is drifting away better than a fixed number of weeks.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kapperboek.domain.care.due_words import due_text, rhythm_text
from kapperboek.domain.time.dates import weeks_phrase
from kapperboek.domain.time.rhythm import NO_LONGER_ABSENT_DAYS, SHOP_DAYS
from kapperboek.i18n import _

RECENT, EARLIER = 3, 4  # visits: the last few against at least so many before them
LESS = 0.7  # of what somebody used to spend
FIRST_VISIT_DAYS = 2 * SHOP_DAYS  # after a first visit so much silence means something
PROMISE_DAYS = 10  # a promise further away than this asks for nothing yet


class Facts(NamedTuple):
    """Facts of one customer that attention is judged by; ``spent`` is for each visit, in cents, oldest first."""

    number: str
    name: str
    visits: int
    last_visit: date | None
    rhythm_days: float | None
    absent_from: date | None
    appointment: bool  # one is to come
    spent: tuple[int, ...] = ()
    important: bool = False  # among the tenth of the customers that spend most
    promise_due: date | None = None
    complaint: bool = False  # the promise answers a complaint


class Attention(NamedTuple):
    """Line of attention: who needs a word, why, and how urgent that is (0 to 1)."""

    number: str
    name: str
    kind: str
    score: float
    why: str


def lines(people: list[Facts], today: date, *, everybody: bool = False) -> list[Attention]:
    """The most urgent reason of each customer, most urgent first.

    ``everybody``: all with two or more visits, also those who only come when they always come.
    """
    found = []
    for facts in people:
        reasons = [reason for reason in _reasons(facts, today) if reason is not None]
        if everybody and facts.visits >= 2 and not reasons:
            reasons = [_as_usual(facts, today)]
        if reasons and not (everybody and facts.visits < 2):
            found.append(max(reasons, key=lambda reason: reason.score))
    return sorted(found, key=lambda line: (-line.score, line.number))


def _reasons(facts: Facts, today: date) -> list[Attention | None]:
    return [_promise(facts, today), _absent(facts, today), _first(facts, today), _spending(facts)]


def _line(facts: Facts, kind: str, score: float, why: str) -> Attention:
    return Attention(facts.number, facts.name, kind, round(min(max(score, 0.0), 1.0), 4), why)


def _promise(facts: Facts, today: date) -> Attention | None:
    if facts.promise_due is None:
        return None
    left = (facts.promise_due - today).days
    if left > PROMISE_DAYS:
        return None
    kind = "complaint" if facts.complaint else "promise"
    words = _("open complaint, answer promised: {day}") if facts.complaint else _("promised: {day}")
    return _line(facts, kind, 1 - max(left, 0) * 0.04, words.format(day=due_text(facts.promise_due, today, True)))


def _out_of_rhythm(facts: Facts, today: date) -> float:
    """Number of their own rhythms somebody has been away; 0 where that cannot be said."""
    if facts.last_visit is None or not facts.rhythm_days or facts.appointment:
        return 0.0
    return max(0, (today - facts.last_visit).days) / facts.rhythm_days


def _absent(facts: Facts, today: date) -> Attention | None:
    away = _out_of_rhythm(facts, today)
    if not away or facts.last_visit is None or (today - facts.last_visit).days >= NO_LONGER_ABSENT_DAYS:
        return None
    words = _("comes {rhythm}, now stayed away for {time}")
    why = words.format(rhythm=rhythm_text(facts.rhythm_days), time=weeks_phrase((today - facts.last_visit).days))
    if facts.absent_from is not None and facts.absent_from <= today:
        return _line(facts, "absent", 0.95 * away / (1 + away), why)
    if facts.important and away > 1.2:
        why = _("important customer: {why}").format(why=why)
        return _line(facts, "important_unseen", 0.95 * away / (1 + away), why)
    return None


def _first(facts: Facts, today: date) -> Attention | None:
    if facts.visits != 1 or facts.last_visit is None or facts.appointment:
        return None
    days = (today - facts.last_visit).days
    if not FIRST_VISIT_DAYS <= days < NO_LONGER_ABSENT_DAYS:
        return None
    why = _("has not been back since the first visit, {time} ago").format(time=weeks_phrase(days))
    return _line(facts, "not_back_after_first", 0.5 * FIRST_VISIT_DAYS / days, why)


def _spending(facts: Facts) -> Attention | None:
    paid = [cents for cents in facts.spent if cents > 0]
    if len(paid) < RECENT + EARLIER:
        return None
    recent = sum(paid[-RECENT:]) / RECENT
    earlier = sum(paid[:-RECENT]) / (len(paid) - RECENT)
    if recent > LESS * earlier:
        return None
    percent = round(100 * (1 - recent / earlier))
    why = _("spends {n} % less than before").format(n=percent)
    return _line(facts, "spending_less", 0.6 * (1 - recent / earlier), why)


def _as_usual(facts: Facts, today: date) -> Attention:
    """Somebody who gives no reason, for the whole list: nearer to the next visit is higher."""
    away = _out_of_rhythm(facts, today)
    why = rhythm_text(facts.rhythm_days) or _("comes as usual")
    return _line(facts, "absent", 0.5 * away / (1 + away), _("comes {rhythm}").format(rhythm=why))
