"""Talk points on the card, outside a visit. What happens to them in a visit is in ``moments``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kapperboek.domain.care import talk_points
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services.drafts import finished
from kapperboek.services.row_checks import name_on, staff_or_none
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.row_lookup import existing
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work

if TYPE_CHECKING:
    from kapperboek.storage.write.tables import TalkPointRow


def add_point(
    book: Notebook, customer_id: int, text: str, *, not_before: date | None = None, draft_id: str = "",
    draft_left: str = "", by: int = 0,
) -> Saved:
    """Add a sentence to bring up next time, perhaps not before a day. ``draft_id``: where it was half typed, in which
    ``draft_left`` stays. UserError "empty-text"; NotFound.
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        name = name_on(uow, customer_id)
        new_point(uow, customer_id, text, made_on=book.clock.today(), not_before=not_before, by=by)
        finished(uow, draft_id, draft_left)
        uow.say(_("Talk point for {name} saved").format(name=name))
    return uow.saved


def new_point(
    uow: UnitOfWork,
    customer_id: int,
    text: str,
    *,
    made_on: date,
    not_before: date | None,
    by: int,
    origin_id: int | None = None,
) -> None:
    """Write one, with its provenance: who, when, and in which contact moment it was born."""
    from kapperboek.storage.write.tables import TalkPointRow

    uow.insert(
        TalkPointRow(
            customer_id=customer_id,
            text=talk_points.wording(text),
            made_on=made_on.isoformat(),
            staff_id=staff_or_none(by),
            origin_id=origin_id,
            not_before=not_before.isoformat() if not_before else None,
        )
    )
    uow.touch(customer_id)


def edit_point(
    book: Notebook, point_id: int, text: str, *, not_before: date | None, version: int, draft_id: str = "",
    draft_left: str = "", by: int = 0,
) -> Saved:
    """Word a talk point differently or wait longer with it; the draft as above. ChangedMeanwhile; NotFound; UserError
    "empty-text".
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        row, name = _point(uow, point_id)
        uow.check_version(row, version, text)
        row.text = talk_points.wording(text)
        row.not_before = not_before.isoformat() if not_before else None
        finished(uow, draft_id, draft_left)
        uow.say(_("Talk point for {name} changed").format(name=name))
    return uow.saved


def discuss(
    book: Notebook, point_id: int, answer: str, *, draft_id: str = "", draft_left: str = "", by: int = 0
) -> Saved:
    """Close a talk point as discussed; the answer stays with it; the draft as above. NotFound; UserError
    "already-closed".
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        row, name = _point(uow, point_id)
        state, outcome = talk_points.discuss(row.state, answer)
        close_point(row, state, outcome, closed_at=_minute(book), by=by)
        finished(uow, draft_id, draft_left)
        uow.say(_("Talk point with {name} discussed").format(name=name))
    return uow.saved


def next_time(book: Notebook, point_id: int, *, by: int = 0, not_before: date | None = None) -> Saved:
    """Leave a talk point for next time: after today, or from the day given. NotFound; UserError "already-closed"."""
    with unit_of_work(book, "", staff_id=by) as uow:
        row, name = _point(uow, point_id)
        row.not_before = talk_points.next_time(row.state, book.clock.today(), not_before).isoformat()
        uow.say(_("Talk point for {name} kept for next time").format(name=name))
    return uow.saved


def drop(book: Notebook, point_id: int, *, by: int = 0) -> Saved:
    """Drop a talk point: it need not be brought up any more. NotFound; UserError "already-closed"."""
    with unit_of_work(book, "", staff_id=by) as uow:
        row, name = _point(uow, point_id)
        state, outcome = talk_points.drop(row.state)
        close_point(row, state, outcome, closed_at=_minute(book), by=by)
        uow.say(_("Talk point for {name} dropped").format(name=name))
    return uow.saved


def close_point(
    row: TalkPointRow, state: str, outcome: str, *, closed_at: str, by: int, closed_in: int | None = None
) -> None:
    """Write how a talk point ended: when, by whom, and in which contact moment."""
    row.state, row.outcome, row.closed_at = state, outcome, closed_at
    row.closed_by_id, row.closed_in_id = staff_or_none(by), closed_in


def _point(uow: UnitOfWork, point_id: int) -> tuple[TalkPointRow, str]:
    """The row and the customer's name; the card is refreshed at commit."""
    from kapperboek.storage.write.tables import TalkPointRow

    row = existing(uow, TalkPointRow, point_id)
    uow.touch(row.customer_id)
    return row, name_on(uow, row.customer_id)


def _minute(book: Notebook) -> str:
    return book.clock.local().isoformat(timespec="minutes")
