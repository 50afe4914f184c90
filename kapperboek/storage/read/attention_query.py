"""Attention list: the facts behind who needs a word, in one pass over customers, visits and open promises."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kapperboek.domain.care.attention_rules import Facts
from kapperboek.domain.time.dates import stored_day
from kapperboek.storage.file.notebook import Notebook

IMPORTANT = 10  # one in so many


def facts(book: Notebook, today: date) -> list[Facts]:
    """Facts about everybody who is alive; amounts in cents."""
    spent = _spent(book)
    totals = sorted((sum(amounts) for amounts in spent.values()), reverse=True)
    bar = totals[len(totals) // IMPORTANT] if len(totals) >= IMPORTANT else None
    promises = _promises(book)
    rows = book.rows(
        "SELECT c.id, c.number, c.full_name, coalesce(f.visit_count, 0), f.last_visit, f.rhythm_days, f.absent_from,"
        " f.last_appointment FROM customer c LEFT JOIN customer_fact f ON f.customer_id = c.id WHERE c.deceased = 0"
    )
    found = []
    for customer_id, number, name, visits, last, rhythm, absent, appointment in rows:
        amounts = spent.get(customer_id, ())
        due, complaint = promises.get(customer_id, (None, False))
        to_come = appointment is not None and appointment[:10] >= today.isoformat()
        important = bar is not None and sum(amounts) > bar
        when = (visits, stored_day(last), rhythm, stored_day(absent), to_come)
        found.append(Facts(number, name, *when, tuple(amounts), important, due, complaint))
    return found


def _spent(book: Notebook) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    sql = (
        "SELECT customer_id, amount_cents FROM interaction WHERE kind = 'visit' AND amount_cents IS NOT NULL"
        " ORDER BY customer_id, at, id"
    )
    for customer_id, cents in book.rows(sql):
        found[customer_id].append(cents)
    return found


def _promises(book: Notebook) -> dict[int, tuple[date, bool]]:
    """The earliest open promise of each, and whether a complaint was its cause."""
    found: dict[int, tuple[date, bool]] = {}
    rows = book.rows(
        "SELECT p.customer_id, p.due, i.kind FROM follow_up p LEFT JOIN interaction i"
        " ON i.customer_id = p.customer_id AND i.kind = 'complaint' AND substr(i.at, 1, 10) = p.made_on"
        " WHERE p.state = 'open' AND p.kind = 'promise' ORDER BY p.due DESC"
    )
    for customer_id, due, cause in rows:
        found[customer_id] = (date.fromisoformat(due), cause == "complaint")
    return found
