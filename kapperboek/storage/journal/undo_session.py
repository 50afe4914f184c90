"""Undo and redo by key, of one person in one sitting: what they did and may take back, and may have again of that.

All of it is asked of the journal: nothing else remembers what was done.
"""

from __future__ import annotations

from typing import NamedTuple

from kapperboek.domain.views.undo_view import Sitting, TakeBack
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal.change_extent import cards, parts
from kapperboek.storage.journal.local_time import local_moment
from kapperboek.storage.privacy import retention_purge
from kapperboek.storage.write.unit_of_work import THIS_RUN

_TYPED = "window"  # by hand; an import and what is kept no longer are larger than that
_SOURCES = (_TYPED, "import", retention_purge.SOURCE)


class Change(NamedTuple):
    """One change of the sitting. ``depth``: 0 was done, 1 took such a one back, 2 did it again, and so on; what takes
    back something from before the sitting was done in it like anything else.
    """

    id: int
    stands: bool
    source: str
    depth: int


def last_change(book: Notebook) -> int:
    """The number of the last change there is, 0 when there is none."""
    return int(book.value("SELECT coalesce(max(id), 0) FROM change"))


def changes(book: Notebook, sitting: Sitting) -> list[Change]:
    """All that this person did in this sitting, the newest first. Where nobody is named, two stations write as nobody:
    then it is what was done in this run of the program.
    """
    rows = book.rows(
        "SELECT id, undoes_id, undone_by_id IS NULL, source FROM change WHERE id > ?"
        " AND staff_id IS NOT DISTINCT FROM ? AND (staff_id IS NOT NULL OR substr(uid, 1, length(?)) = ?)"
        f" AND source IN {MEMBERS}"
        " AND EXISTS (SELECT 1 FROM change_row WHERE change_id = change.id) ORDER BY id",
        (sitting.since, sitting.staff_id or None, THIS_RUN, THIS_RUN, members(_SOURCES)),
    )
    depths: dict[int, int] = {}
    for id, undoes, _stands, _source in rows:
        depths[id] = depths[undoes] + 1 if undoes in depths else 0
    return [Change(id, bool(stands), source, depths[id]) for id, _undoes, stands, source in reversed(rows)]


def next_back(book: Notebook, sitting: Sitting) -> Change | None:
    """Change that undo (Ctrl+Z) is about: the newest that was done and stands."""
    return next((one for one in changes(book, sitting) if one.stands and not one.depth), None)


def next_again(book: Notebook, sitting: Sitting) -> Change | None:
    """Change that redo (Ctrl+Shift+Z) is about: the newest that was taken back, unless something new was done since."""
    for one in changes(book, sitting):
        if not one.depth:
            return None
        if one.stands and one.depth % 2:
            return one
    return None


def in_front(book: Notebook, change: Change, sitting: Sitting) -> bool:
    """Tell whether a change is small, of today, and about what stands in front, so that nobody need be asked."""
    if _other_day(book, change.id):
        return False
    if change.depth:  # having it again frightens nobody on the page where it was taken back
        if change.id in sitting.here:
            return True
    elif change.source != _TYPED:
        return False
    about = _customers(book, change.id)
    if len(about) > 1:
        return False
    return about == [sitting.customer_id] if sitting.customer_id else change.id in sitting.here


def question(book: Notebook, change: Change, sitting: Sitting) -> TakeBack:
    """Question before an undo: what somebody must know before saying yes."""
    what, at = book.row("SELECT what, at FROM change WHERE id = ?", (change.id,)) or ("", "")
    about = _customers(book, change.id)
    names = book.rows("SELECT full_name, number FROM customer WHERE id = ?", about) if len(about) == 1 else []
    return TakeBack(
        change_id=change.id,
        what=what,
        at=local_moment(book, at),
        source=change.source,
        again=bool(change.depth),
        cards=cards(book, change.id),
        customer=next((name or f"#{number}" for name, number in names), ""),
        other_card=bool(sitting.customer_id) and len(about) == 1 and about != [sitting.customer_id],
        other_day=_other_day(book, change.id),
        parts=parts(book, change.id),
    )


def _customers(book: Notebook, change_id: int) -> list[int]:
    """Customers on whose cards a change wrote; of many only two, which is enough to know that it isn't one."""
    rows = book.rows(
        "SELECT DISTINCT customer_id FROM change_row WHERE change_id = ? AND customer_id IS NOT NULL LIMIT 2",
        (change_id,),
    )
    return [int(row[0]) for row in rows]


def _other_day(book: Notebook, change_id: int) -> bool:
    at = str(book.value("SELECT at FROM change WHERE id = ?", (change_id,)) or "")
    return local_moment(book, at)[:10] != book.clock.today().isoformat()
