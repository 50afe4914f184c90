"""Health of the file itself: damage found, and what was saved from it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple


class Unreadable(NamedTuple):
    """Unreadable rows of one table: how many, and the numbers of the customers they are of, where known."""

    table: str
    rows: int
    customers: tuple[str, ...]


class Findings(NamedTuple):
    """Damage found, in sentences (none when all is well); the damaged pages, and what stood there."""

    problems: list[str]
    pages: tuple[int, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


class BackupState(NamedTuple):
    """State of the backups: how safe the notebook is.

    Moments are the shop's, ``…_trouble`` is a sentence, empty when all went well.
    ``is_old``: there is no good copy of the last days, though there was time to make one. ``place`` is the second place
    the owner chose; ``place_there``: it can be written in now. ``old_keys`` names copies that still have another key,
    ``by_hand`` those that no rule ever throws away. ``settled`` says what became of an older state that was met.
    """

    last: datetime | None
    is_old: bool
    place: Path | None
    place_there: bool
    copied_at: datetime | None
    copy_trouble: str
    rehearsed_at: datetime | None
    rehearsal_trouble: str
    old_keys: str = ""
    by_hand: tuple[str, ...] = ()
    settled: str = ""


class SavedTable(NamedTuple):
    """Rescued rows of one table (``name``: as people call it): how many were saved, how many are known lost."""

    table: str
    name: str
    saved: int
    lost: int


class Rescued(NamedTuple):
    """Outcome of a rescue: the rows saved and lost of each table.

    ``restored_heads`` are cards of which only number and name came back, ``orphans`` rows that belong to nothing that
    was saved and are not in the new notebook.
    """

    target: Path
    tables: tuple[SavedTable, ...]
    restored_heads: int
    orphans: int
    mended_beginning: bool

    @property
    def lost(self) -> int:
        """Number of rows known to be lost."""
        return sum(one.lost for one in self.tables) + self.orphans


class FileSeen(NamedTuple):
    """State of the open notebook's file: whether it is ``here``, where its name leads.

    ``left`` is how many pages stand only in its log, ``mark`` is the mark of its state.
    """

    here: bool
    left: int
    mark: int


class Remark(NamedTuple):
    """Remark on the file that its owner must know of.

    ``kind`` is older (than what was last used on this computer; ``copy`` is a newer one, if there is), lacking (it goes
    further, but without what was last saved on this computer; ``copy`` has that), log (one was set aside), network or
    synchronised. ``name``: of the program, the kind of disk, or the log.
    """

    kind: str
    name: str = ""
    copy: Path | None = None
