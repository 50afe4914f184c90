"""Guard against a wrong clock: the days on which the notebook was looked after, so that such a clock forgets nobody.

What goes for good goes when its day has come, and a computer may wake up a year ahead. So a day only counts as reached
when the program has run on three different days that are not before it: a wrong clock is seen at the counter before
that. Whatever a clock that went back had said of later days is not believed any more.
"""

from __future__ import annotations

from datetime import date

from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import upkeep_memory

ENOUGH = 3
_NAME = "days_run"  # among what ``second_copies`` remembers: days, the last one last


def reached(book: Notebook) -> date | None:
    """The last day that is surely over or begun; today is noted as one on which the program ran. None when there are
    not enough of those yet. Raises UserError as any saving does.
    """
    known, today = upkeep_memory.memory(book).get(_NAME, ""), book.clock.today()
    before = sorted({day for day in map(_day, known.split()) if day is not None and day < today})
    days = [*before, today][-ENOUGH:]
    noted = " ".join(map(str, days))
    if noted != known:
        upkeep_memory.remember(book, **{_NAME: noted})
    return days[0] if len(days) == ENOUGH else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # written by somebody else
        return None
