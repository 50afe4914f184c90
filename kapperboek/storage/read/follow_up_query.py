"""Follow-ups and promises: of one customer, or all that stand open."""

from __future__ import annotations

from datetime import date

from kapperboek.domain.care.due_words import due_text
from kapperboek.domain.views.card_view import FollowUpView
from kapperboek.i18n import format_day
from kapperboek.storage.file.notebook import Notebook

DONE_SHOWN = 500  # of those done or cancelled, the last so many
_COLUMNS = (
    "SELECT u.id, u.customer_id, c.number, c.full_name, u.what, u.kind, u.due, u.show_on, coalesce(s.name, ''),"
    " coalesce(u.staff_id, 0), u.state, u.made_on, coalesce(f.phone, ''), u.version FROM follow_up u"
    " JOIN customer c ON c.id = u.customer_id LEFT JOIN customer_fact f ON f.customer_id = c.id"
    " LEFT JOIN staff s ON s.id = u.staff_id WHERE "
)


def follow_ups(book: Notebook, today: date, include_done: bool = False) -> list[FollowUpView]:
    """All that is open, the most overdue first; on request also what was done lately, the latest first."""
    rows = book.rows(_COLUMNS + "u.state = 'open' AND c.deceased = 0 ORDER BY u.due, u.id")
    if include_done:
        rows += book.rows(_COLUMNS + "u.state <> 'open' ORDER BY u.closed_on DESC, u.id DESC LIMIT ?", (DONE_SHOWN,))
    return [_view(row, today) for row in rows]


def of_customer(book: Notebook, customer_id: int, today: date) -> tuple[FollowUpView, ...]:
    """Open follow-ups of one customer, the most overdue first."""
    rows = book.rows(_COLUMNS + "u.customer_id = ? AND u.state = 'open' ORDER BY u.due, u.id", (customer_id,))
    return tuple(_view(row, today) for row in rows)


def one(book: Notebook, follow_up_id: int, today: date) -> FollowUpView | None:
    """A single follow-up by its id, whatever became of it; None when it is gone."""
    row = book.row(_COLUMNS + "u.id = ?", (follow_up_id,))
    return None if row is None else _view(row, today)


def _view(row: tuple[object, ...], today: date) -> FollowUpView:
    (
        follow_up_id,
        customer_id,
        number,
        name,
        what,
        kind,
        due,
        show_on,
        staff,
        staff_id,
        state,
        made_on,
        phone,
        version,
    ) = row
    day = date.fromisoformat(str(due))
    still = state == "open"
    return FollowUpView(
        id=int(str(follow_up_id)),
        customer_id=int(str(customer_id)),
        number=str(number),
        name=str(name),
        what=str(what),
        kind=str(kind),
        due=day,
        show_on=date.fromisoformat(str(show_on)) if show_on else None,
        staff=str(staff),
        staff_id=int(str(staff_id)),
        state=str(state),
        made_on=date.fromisoformat(str(made_on)[:10]),
        due_text=due_text(day, today, kind == "promise") if still else format_day(day, today),
        overdue=still and day < today,
        phone=str(phone),
        version=int(str(version)),
    )
