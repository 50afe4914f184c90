"""Decisions settled since an older state of the notebook was made, which hold for it once it is met again: who was
forgotten, and who withdrew a permission.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from pathlib import Path

from kapperboek.domain.errors import UserError
from kapperboek.storage.copies import copy_names, former_keys, verified_copy
from kapperboek.storage.file import sqlite_errors
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.migrations import runner
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure, erasure_list
from kapperboek.storage.recovery import later_states, withdrawals
from kapperboek.storage.write import upkeep_memory
from kapperboek.storage.write.unit_of_work import explained, writing


class Settled:
    """Decisions settled since, learnt before something takes the place of the notebook at ``path``.

    As far as can be: from the lists in some folders, and from other copies that lie there. Whoever is in the present
    notebook is not forgotten.

    ``itself``: it is the notebook at ``path`` that is written anew; only its own lists are believed then.
    """

    def __init__(self, path: Path, folders: Iterable[Path], *, itself: bool = False) -> None:
        self._path, self._folders, self._itself = path, (path.parent, *folders), itself
        self._listed = _own_lists(path, self._folders)
        self._marks = self._listed if itself else self._listed | erasure_list.listed_in(self._folders)
        self._withdrawn: withdrawals.Withdrawn | None = None
        self._keys: set[later_states.Keys] = set()
        self._there: set[str] = set()

    def learnt_from(self, key: bytes | str | None, live: Notebook | None = None) -> Settled:
        """Itself, with what the notebook knows too, if it can be opened; or this one, which is open."""
        if live is not None:
            self.learn_from(live)
            return self
        with suppress(UserError), open_notebook(self._path, key=key, read_only=True, migrate=False) as present:
            self.learn_from(present)
        return self

    def learn_from(self, present: Notebook) -> None:
        """Learn from the notebook itself, which is open. Raises UserError."""
        with explained():
            connection = present.connection
            self._keys.add((present.key, present.salt))
            later = later_states.learn(present, self._folders, but=self._path)
            surely = self._listed | later.marks  # the present one may be an older state itself
            self._there = erasure_list.cards_in(connection) - surely
            self._marks |= erasure_list.known(connection) | later.marks
            self._withdrawn = later.withdrawn or withdrawals.of(connection)

    @property
    def marks(self) -> set[str]:
        """Marks of whoever was forgotten, as far as is known."""
        return self._marks - self._there

    def apply_to(self, draft: Path, key: bytes) -> None:
        """See to it that it holds in a copy nobody else has yet. UserError."""
        with open_notebook(draft, key=key, migrate=False) as book:
            later = later_states.learn(book, self._folders, but=self._path, also=self._keys, others=self._itself)
            self._marks |= later.marks
            withdrawn = self._withdrawn or later.withdrawn
            if forget_again(book, self.marks) and not erasure.wipe(book):
                raise sqlite_errors.disk_trouble()  # nobody else has it: the disk does not do what it should
            if withdrawn is not None and withdrawals.differs(book, withdrawn):
                runner.migrate(book.connection)
                withdrawals.say_again(book, withdrawn)
            # Without a log of its own the copy is one file that says it all.
            book.connection.execute("PRAGMA journal_mode = DELETE").fetchone()


def _own_lists(path: Path, folders: Iterable[Path]) -> set[str]:
    """The marks on the list beside a notebook and on those with its copies; one that can't be read says nothing."""
    found: set[str] = set()
    for one in {erasure_list.beside(path), *(erasure_list.within(folder, path.stem) for folder in folders)}:
        with suppress(OSError):
            found |= erasure_list.read(one)
    return found


def _former_lists(path: Path, folders: Iterable[Path]) -> set[str]:
    """The marks on lists after whose name no notebook lies here: a notebook that is renamed leaves its list behind."""
    found: set[str] = set()
    for one in (one for folder in folders for one in folder.glob(f"*{erasure_list.SUFFIX}")):
        if not path.with_name(one.stem).exists():
            with suppress(OSError):
                found |= erasure_list.read(one)
    return found


def forget_again(book: Notebook, marks: Set[str]) -> int:
    """Take out whoever is marked, and keep the marks; gives how many that were. The file is still to be wiped then.
    UserError."""
    if marks <= erasure_list.known(book.connection):
        return 0
    found = erasure_list.met_again(book.connection, marks)
    runner.migrate(book.connection)
    with writing(book):
        erasure_list.keep(book.connection, marks)
        if found:
            erasure.remove(book, found)
    book.cache.clear()
    return len(found)


def see_lists(book: Notebook, folders: Sequence[Path] = (), *, older: bool = False) -> None:
    """Forget again whom the notebook's lists know to be forgotten, and with ``folders`` see to it that what later
    copies there know holds: an older state was put in the notebook's place by hand. Where it is known to be ``older``
    the lists of its former names there are believed too. It is remembered, to be said (``upkeep_memory``); before
    a copy or such a list is believed, the notebook as it is is kept aside. The lists know afterwards what the notebook
    does. Nothing fails: it is tried again the next time.
    """
    if book.read_only:
        return
    with suppress(UserError, OSError), explained():
        _noted(book, forgotten_again=forget_again(book, _own_lists(book.path, folders)))
        if folders:
            later = later_states.learn(book, folders, but=book.path)
            former = _former_lists(book.path, folders) if older else set()
            _believe(book, later._replace(marks=later.marks | former))
        if erasure_list.known(book.connection):
            erasure_list.hand_out(book, *(folder for folder in folders if folder.is_dir()))


def _believe(book: Notebook, later: later_states.Learnt) -> None:
    if erasure_list.met_again(book.connection, later.marks):
        kept = verified_copy.keep_state(book)
        _noted(book, forgotten_again=forget_again(book, later.marks))
        upkeep_memory.remember(book, kept_before=kept.name)
    if later.withdrawn is not None and withdrawals.differs(book, later.withdrawn):
        _noted(book, withdrawn_again=withdrawals.say_again(book, later.withdrawn))


def _noted(book: Notebook, **counts: int) -> None:
    """Add these to what is to be said, and wipe the file when somebody went out of it; that may be done later."""
    before = upkeep_memory.memory(book)
    found = {name: str(int(before.get(name) or 0) + count) for name, count in counts.items() if count}
    if found:
        upkeep_memory.remember(book, **found)
        erasure.wipe(book)


def forget_aside(book: Notebook, copies: Iterable[Path]) -> None:
    """Take whoever was forgotten out of what was set aside: those copies are kept for long, and nobody puts them back.
    One of before an update is for the program of before, which could not open it afterwards: it is thrown away, and
    that is remembered, to be said. One that cannot be opened now is left for the next time."""
    if book.read_only:
        return
    with explained():
        marks = _own_lists(book.path, ()) | erasure_list.known(book.connection)
    for copy in copies:
        if marks and copy_names.is_own(book, copy):
            with suppress(UserError, OSError), explained():
                _forget_in(book, copy, marks)


def _forget_in(book: Notebook, copy: Path, marks: Set[str]) -> None:
    key = former_keys.key_for(book, copy)
    with open_notebook(copy, key=key, clock=book.clock, read_only=True, migrate=False) as seen:
        if not erasure_list.met_again(seen.connection, marks):
            return
    if copy_names.BEFORE_UPDATE in copy.name:
        copy.unlink()
        before = upkeep_memory.memory(book).get("removed_copies", "")
        upkeep_memory.remember(book, removed_copies=", ".join(filter(None, (before, copy.name))))
        return
    with open_notebook(copy, key=key, clock=book.clock, migrate=False) as opened:
        forget_again(opened, marks)
        erasure.wipe(opened)
        opened.connection.execute("PRAGMA journal_mode = DELETE").fetchone()
