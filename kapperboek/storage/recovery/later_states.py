"""Later states of a notebook, as its copies know them, when an older one was put in its place by hand.

A copy is later when all that stands in the notebook stands in it too: its journal has the notebook's last change, and
its mark is no lower. A practice copy, which went its own way, is not: what was done there holds there only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2

from kapperboek import durable
from kapperboek.storage.copies import copy_names
from kapperboek.storage.file import generation, key_derivation, open_file
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.recovery import withdrawals

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

Keys = tuple[bytes, bytes]  # a key and its salt
# A rescue notes itself in the journal, which makes of an older state no other.
_LAST = "SELECT uid FROM change WHERE source <> 'rescue' ORDER BY id DESC LIMIT 1"
File = tuple[Path, bytes, bytes]
_DATED = re.compile(r"(.+?)(?:-[0-9a-f]{6})?-\d{4}-\d\d-\d\d", re.ASCII)


class Learnt(NamedTuple):
    """Knowledge of later states: the marks in all of them, and what was withdrawn in the latest."""

    marks: frozenset[str] = frozenset()
    withdrawn: withdrawals.Withdrawn | None = None


def learn(
    book: Notebook, folders: Iterable[Path], *, but: Path, also: Iterable[Keys] = (), others: bool = False
) -> Learnt:
    """Learn from the copies in these folders that the notebook's key opens, or ``also`` these. Not from ``but``, which
    may be open: reading it and closing that would drop this process's locks on it. From ``others`` that lie beside it
    only when it may itself be no more than a copy of one of those. What cannot be read says nothing."""
    latest, learnt = (-1, -1), Learnt()
    for _path, place, copy in _later(book, folders, but, {(book.key, book.salt), *also}, others):
        with suppress(dbapi2.Error):
            learnt = learnt._replace(marks=learnt.marks | erasure_list.known(copy))
            if place > latest:
                latest, learnt = place, learnt._replace(withdrawn=withdrawals.of(copy))
    return learnt


def latest(book: Notebook, folders: Iterable[Path], *, but: Path) -> Path | None:
    """Latest copy in these folders: the one that is furthest beyond the notebook; None when none is."""
    own = book.value("SELECT coalesce(max(id), 0) FROM change")
    found = [(place, path) for path, place, _copy in _later(book, folders, but, {(book.key, book.salt)}, False)]
    return max(((place, path) for place, path in found if place[0] > own), default=(None, None))[1]


def _later(
    book: Notebook, folders: Iterable[Path], but: Path, known: set[Keys], others: bool
) -> Iterator[tuple[Path, tuple[int, int], Connection]]:
    """Later copies, each with how far it is (its last change and its mark), open."""
    last, now = book.connection.execute(_LAST).fetchone(), _number(book.connection)
    for path, key, salt in _files(folders, known, but, others) if last is not None else ():
        with suppress(OSError, dbapi2.Error), closing(open_file.connect(path, key, salt, frozen=True)) as copy:
            of_copy = _number(copy)
            if of_copy >= now and copy.execute("SELECT 1 FROM change WHERE uid = ?", last).fetchone() is not None:
                yield path, (copy.execute("SELECT max(id) FROM change").fetchone()[0], of_copy), copy


def _files(folders: Iterable[Path], known: set[Keys], but: Path, others: bool) -> Iterator[File]:
    """Files of this notebook, by their names too: none that lies beside it as a notebook, nor the copies of such."""
    file = durable.real(but)
    beside = {one.stem for one in file.parent.glob(f"*{open_file.SUFFIX}") if not copy_names.is_thinned(one.name)}
    strange = set() if others else beside - {file.stem}
    by_salt = {salt: (key, salt) for key, salt in known}
    for folder in dict.fromkeys(folders):
        for path in folder.glob(f"*{open_file.SUFFIX}"):
            called = _DATED.fullmatch(path.stem)
            if path.stem in strange or (called and called[1] in strange):
                continue
            with suppress(OSError):
                found = by_salt.get(key_derivation.read_salt(path) or b"")
                if found is not None and not (but.exists() and path.samefile(but)):
                    yield path, *found


def _number(connection: Connection) -> int:
    return generation.number(generation.of(connection).now)
