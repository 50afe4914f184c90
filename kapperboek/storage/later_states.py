"""What copies know that are later states of a notebook than it is itself: an older one was put in its place by hand.

A copy is later when all that stands in the notebook stands in it too: its journal has the notebook's last change, and
its mark is no lower. A practice copy, which went its own way, is not: what was done there holds there only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kapperboek import durable
from kapperboek.storage import connecting, dated_copies, forgotten, generation, keys, withdrawals

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

    from kapperboek.storage.notebook import Notebook

Keys = tuple[bytes | None, bytes | None]  # a key and its salt
# A rescue notes itself in the journal, which makes of an older state no other.
_LAST = "SELECT uid FROM change WHERE source <> 'rescue' ORDER BY id DESC LIMIT 1"
File = tuple[Path, bytes | None, bytes | None]
_DATED = re.compile(r"(.+?)(?:-[0-9a-f]{6})?-\d{4}-\d\d-\d\d", re.ASCII)


class Learnt(NamedTuple):
    """The marks in all of them, and what was withdrawn in the latest."""

    marks: frozenset[str] = frozenset()
    withdrawn: withdrawals.Withdrawn | None = None


def learn(
    book: Notebook, folders: Iterable[Path], *, but: Path, also: Iterable[Keys] = (), others: bool = False
) -> Learnt:
    """From the copies in these folders that the notebook's key opens, or ``also`` these. Not from ``but``, which may be
    open: reading it and closing that would drop this process's locks on it. From ``others`` that lie beside it only
    when it may itself be no more than a copy of one of those. What cannot be read says nothing."""
    from sqlcipher3 import dbapi2

    last = book.connection.execute(_LAST).fetchone()
    if last is None:
        return Learnt()
    now, latest, learnt = _number(book.connection), (-1, -1), Learnt()
    for path, key, salt in _files(folders, {(book.key, book.salt), *also}, but, others):
        with suppress(OSError, dbapi2.Error), closing(connecting.connect(path, key, salt, frozen=True)) as copy:
            of_copy = _number(copy)
            if of_copy < now or copy.execute("SELECT 1 FROM change WHERE uid = ?", last).fetchone() is None:
                continue
            learnt = learnt._replace(marks=learnt.marks | forgotten.known(copy))
            place = copy.execute("SELECT max(id) FROM change").fetchone()[0], of_copy
            if place > latest:
                latest, learnt = place, learnt._replace(withdrawn=withdrawals.of(copy))
    return learnt


def _files(folders: Iterable[Path], known: set[Keys], but: Path, others: bool) -> Iterator[File]:
    """Those of this notebook, by their names too: none that lies beside it as a notebook, nor the copies of such."""
    file = durable.real(but)
    beside = {one.stem for one in file.parent.glob(f"*{connecting.SUFFIX}") if not dated_copies.is_thinned(one.name)}
    strange = set() if others else beside - {file.stem}
    by_salt = {keys.PLAIN_HEADER if salt is None else salt: (key, salt) for key, salt in known}
    for folder in dict.fromkeys(folders):
        for path in folder.glob(f"*{connecting.SUFFIX}"):
            called = _DATED.fullmatch(path.stem)
            if path.stem in strange or (called and called[1] in strange):
                continue
            with suppress(OSError):
                found = by_salt.get(keys.read_salt(path) or b"")
                if found is not None and not (but.exists() and path.samefile(but)):
                    yield path, *found


def _number(connection: Connection) -> int:
    return generation.number(generation.of(connection).now)
