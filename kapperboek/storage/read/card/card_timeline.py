"""Timeline of one customer: contact moments and talk points, as the card shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from kapperboek.domain.care.talk_points import is_due
from kapperboek.domain.errors import NotFound
from kapperboek.domain.views.card_view import Moment, TalkPointView
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_rows import listed

Names = dict[int | None, str]
Answers = dict[int, list[tuple[str, str]]]

_MOMENT_COLUMNS = (
    "SELECT id, kind, at, staff_id, minutes, amount_cents, treatments, recipe, products, note, state, version"
    " FROM interaction WHERE "
)
_TALK_POINT_COLUMNS = (
    "SELECT id, text, made_on, staff_id, not_before, state, outcome, closed_at, closed_by_id, closed_in_id, version"
    " FROM talk_point WHERE customer_id = ?"
)


def moment(book: Notebook, moment_id: int) -> Moment:
    """One contact moment, with the talk points discussed in it. Raises NotFound."""
    row = book.row(_MOMENT_COLUMNS + "id = ?", (moment_id,))
    if row is None:
        raise NotFound("gone", _("This is no longer there. Perhaps a colleague removed it."))
    sql = (
        "SELECT text, outcome FROM talk_point WHERE closed_in_id = ?"
        " AND customer_id = (SELECT customer_id FROM interaction WHERE id = ?)"
    )
    answers = [(text, outcome) for text, outcome in book.rows(sql + " ORDER BY id", (moment_id, moment_id))]
    return _moment(row, staff_names(book), {moment_id: answers})


def staff_names(book: Notebook) -> Names:
    """The names of the staff by id; nobody is the empty name."""
    names: Names = {None: ""}
    names.update((row_id, name) for row_id, name in book.rows("SELECT id, name FROM staff"))
    return names


def talk_points(book: Notebook, customer_id: int, staff: Names, today: date) -> list[TalkPointView]:
    """All of them, in the order they were made."""
    found = []
    for row in book.rows(_TALK_POINT_COLUMNS + " ORDER BY id", (customer_id,)):
        point_id, text, made_on, by, not_before, state, outcome, closed_at, closer, closed_in, version = row
        later = date.fromisoformat(not_before) if not_before else None
        found.append(
            TalkPointView(
                point_id, text, date.fromisoformat(made_on[:10]), staff.get(by, ""), later, state, outcome, closed_at,
                staff.get(closer, ""), closed_in or 0, is_due(state, later, today), version,
            )
        )
    return found


def open_points(points: Iterable[TalkPointView]) -> tuple[TalkPointView, ...]:
    """Those that may be brought up now, then those to come, soonest first."""
    still = [point for point in points if point.state == "open"]
    return tuple(
        sorted(
            still,
            key=lambda point: (not point.due, (not point.due and point.not_before) or date.min, point.id),
        )
    )


def answers_of(points: Iterable[TalkPointView]) -> Answers:
    found: Answers = defaultdict(list)
    for point in points:
        if point.closed_in and point.state == "discussed":
            found[point.closed_in].append((point.text, point.outcome))
    return found


def moments(
    book: Notebook, customer_id: int, staff: Names, answers: Answers, today: date
) -> tuple[tuple[Moment, ...], tuple[Moment, ...]]:
    """(history, newest first; appointments from today on, soonest first)."""
    start = today.isoformat()
    history: list[Moment] = []
    planned: list[Moment] = []
    for row in book.rows(_MOMENT_COLUMNS + "customer_id = ? ORDER BY at DESC, id DESC", (customer_id,)):
        found = _moment(row, staff, answers)
        coming = found.kind == "appointment" and not found.state and found.at >= start
        (planned if coming else history).append(found)
    return tuple(history), tuple(reversed(planned))


def _moment(row: tuple[Any, ...], staff: Names, answers: Answers) -> Moment:
    moment_id, kind, at, by, minutes, cents, treatments, recipe, products, note, state, version = row
    return Moment(
        moment_id,
        kind,
        at,
        staff.get(by, ""),
        minutes,
        cents,
        listed(treatments),
        recipe,
        listed(products),
        note,
        state,
        tuple(answers.get(moment_id, ())),
        version,
        by or 0,
    )
