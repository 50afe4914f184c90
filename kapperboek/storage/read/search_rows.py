"""Rows of the search box for those found: only ever the few that fit on the screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from kapperboek.domain.care.due_words import birthday_badge
from kapperboek.domain.people.names import fold, words
from kapperboek.domain.people.phones import pretty
from kapperboek.domain.time.dates import PartialDate
from kapperboek.domain.views.search_view import Found
from kapperboek.i18n import _
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.today_parts import birthdays_of
from kapperboek.storage.records.record_rows import listed

SNIPPETS = 12  # of so many found in notes, the place is shown
_BEFORE, _LENGTH = 24, 90  # letters shown before the word, and in all


def rows(book: Notebook, found: Mapping[int, str], terms: Sequence[str]) -> tuple[Found, ...]:
    """The lines for these customers, in this order; ``found`` tells why each of them."""
    ids = list(found)
    phones, emails = _reach(book, ids)
    birthdays = birthdays_of(book, ids)
    snippets = _snippets(book, [customer_id for customer_id, why in found.items() if why == "note"][:SNIPPETS], terms)
    today = book.clock.today()
    people = book.rows(
        "SELECT c.id, c.number, c.full_name, f.last_visit, coalesce(f.place, ''), c.organisation, c.deceased,"
        " coalesce(f.open_promises, 0) FROM customer c LEFT JOIN customer_fact f ON f.customer_id = c.id"
        f" WHERE c.id IN {MEMBERS}",
        (members(ids),),
    )
    lines = {}
    for customer_id, number, name, last_visit, place, organisation, deceased, promises in people:
        birthday = birthdays.get(customer_id)
        lines[customer_id] = Found(
            customer_id,
            number,
            name,
            found[customer_id],
            phones.get(customer_id, ()),
            emails.get(customer_id, ()),
            birthday,
            date.fromisoformat(last_visit) if last_visit else None,
            place,
            organisation if organisation != name else "",
            snippets.get(customer_id, ""),
            _badge(book, customer_id, birthday, today, promises, bool(deceased)),
            bool(deceased),
        )
    return tuple(lines[customer_id] for customer_id in ids if customer_id in lines)


def _reach(book: Notebook, ids: Sequence[int]) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
    found: dict[str, dict[int, tuple[str, ...]]] = {"phone": {}, "email": {}, "handle": {}}
    region = str(book.get_setting("region", "NL"))
    sql = (
        "SELECT customer_id, kind, value FROM contact_point"
        f" WHERE customer_id IN {MEMBERS} ORDER BY customer_id, position, id"
    )
    for customer_id, kind, value in book.rows(sql, (members(ids),)):
        of_kind = found[kind]
        shown = pretty(value, region) if kind == "phone" else value
        of_kind[customer_id] = (*of_kind.get(customer_id, ()), shown)
    return found["phone"], found["email"]


def _badge(book: Notebook, customer_id: int, birthday: str | None, today: date, promises: int, deceased: bool) -> str:
    """Badge for what must be known before opening: a promise still to keep; a birthday today or tomorrow."""
    if deceased:
        return ""
    if promises:
        sql = (
            "SELECT kind FROM interaction WHERE customer_id = ?"
            " AND kind IN ('complaint', 'question') ORDER BY at DESC LIMIT 1"
        )
        return _("question open") if book.value(sql, (customer_id,)) == "question" else _("complaint open")
    if birthday:
        born = PartialDate.parse(birthday)
        if (born.next_on_or_after(today) - today).days <= 1:
            return birthday_badge(born, today)
    return ""


def _snippets(book: Notebook, ids: Sequence[int], terms: Sequence[str]) -> dict[int, str]:
    """Snippet for each customer: the first text with the most of the words in it, cut around the first of them."""
    if not ids:
        return {}
    these = (members(ids),)
    texts: dict[int, list[str]] = defaultdict(list)
    for sql in (
        f"SELECT customer_id, text || ' ' || outcome FROM talk_point WHERE customer_id IN {MEMBERS} ORDER BY id DESC",
        f"SELECT id, note FROM customer WHERE id IN {MEMBERS} AND note <> ''",
        f"SELECT customer_id, note || ' ' || recipe FROM interaction WHERE customer_id IN {MEMBERS}"
        " AND (note <> '' OR recipe <> '') ORDER BY customer_id, at DESC",
        f"SELECT customer_id, text FROM card_line WHERE customer_id IN {MEMBERS}",
        f"SELECT customer_id, what FROM follow_up WHERE customer_id IN {MEMBERS}",
        f"SELECT customer_id, name FROM relation WHERE customer_id IN {MEMBERS}",
    ):
        for customer_id, text in book.rows(sql, these):
            texts[customer_id].append(text)
    done = f"SELECT customer_id, treatments FROM interaction WHERE customer_id IN {MEMBERS} ORDER BY at DESC"
    for customer_id, names in dict.fromkeys(book.rows(done, these)):  # the latest of each combination
        texts[customer_id].append(", ".join(listed(names)))
    return {customer_id: snippet(texts[customer_id], terms) for customer_id in ids}


def snippet(texts: Sequence[str], terms: Sequence[str]) -> str:
    """The part of the first text that holds most of the terms, around the first of them; empty when none holds any."""
    best, best_count = "", 0
    for text in texts:
        present = words(text)
        count = sum(any(word.startswith(term) for word in present) for term in terms)
        if count > best_count:
            best, best_count = text, count
        if count == len(terms):
            break
    return _cut(" ".join(best.split()), terms) if best else ""


def _cut(text: str, terms: Sequence[str]) -> str:
    folded = fold(text)
    places = [place for term in terms if (place := folded.find(term)) >= 0] if len(folded) == len(text) else []
    start = max(0, min(places, default=0) - _BEFORE)
    if start:
        start = text.find(" ", start) + 1 or start
    part = text[start : start + _LENGTH].rstrip()
    return ("…" if start else "") + part + ("…" if start + _LENGTH < len(text) else "")
