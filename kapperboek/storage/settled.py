"""What was settled since an older state of the notebook was made, and holds for it all the same once it is met again:
who was forgotten, and who withdrew a permission.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek.domain.errors import UserError
from kapperboek.storage import dated_copies, failures, forgotten, former_keys, withdrawals
from kapperboek.storage.migrations import runner
from kapperboek.storage.unit_of_work import explained, writing

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook


class Settled:
    """As far as it can be learnt before something takes the place of the notebook at ``path``: from the lists in some
    folders, and from other copies that lie there."""

    def __init__(self, path: Path, folders: Iterable[Path]) -> None:
        self._path, self._folders = path, (path.parent, *folders)
        self.marks = forgotten.listed_in(self._folders)
        self._withdrawn: withdrawals.Withdrawn | None = None

    def learn_from_present(self, key: bytes | str | None) -> None:
        """From the notebook itself too, if it can be opened."""
        from kapperboek.storage.notebook import Notebook

        path = self._path
        with suppress(UserError), explained(), Notebook.open(path, key=key, read_only=True, migrate=False) as present:
            self.marks |= forgotten.known(present.connection)
            self.marks -= forgotten.of_before(present.connection)
            self._withdrawn = withdrawals.of(present)
            self.marks |= forgotten.in_copies(self._folders, present.key, present.salt, but=path)

    def apply_to(self, draft: Path, key: bytes | None) -> None:
        """See to it that it holds in a copy nobody else has yet. UserError."""
        from kapperboek.storage.notebook import Notebook

        with Notebook.open(draft, key=key, migrate=False) as book:
            marks = self.marks | forgotten.in_copies(self._folders, book.key, book.salt, but=self._path)
            forget_again(book, marks)
            if self._withdrawn is not None and withdrawals.differs(book, self._withdrawn):
                runner.migrate(book.connection, refresh=book.refresh_derived)
                withdrawals.say_again(book, self._withdrawn)
            # Without a log of its own the copy is one file that says it all.
            book.connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        self.marks = marks


def forget_again(book: Notebook, marks: Set[str], *, surely: bool = False) -> int:
    """Take out whoever is marked, and keep the marks; gives how many that were. ``surely``: see ``forgotten``.
    UserError, also when the file cannot be wiped.
    """
    from kapperboek.storage import forgetting

    if marks <= forgotten.known(book.connection):
        return 0
    found = forgotten.met_again(book.connection, marks, surely=surely)
    runner.migrate(book.connection, refresh=book.refresh_derived)
    with writing(book):
        forgotten.keep(book.connection, marks)
        if found:
            forgetting.remove(book, found)
    book.cache.clear()
    if found and not forgetting.wipe(book):  # nobody else has it: the disk does not do what it should
        raise failures.disk_trouble()
    return len(found)


def see_lists(book: Notebook, folders: Sequence[Path] = ()) -> int:
    """Forget again whom the lists, and with ``folders`` the copies there, know to be forgotten: an older state was put
    in the notebook's place by hand. Gives how many those were; the lists know afterwards what the notebook does.
    Nothing fails: it is tried again the next time.
    """
    if book.read_only:
        return 0
    found = 0
    with suppress(UserError, OSError), explained():
        lists = {forgotten.beside(book.path), *(forgotten.within(one, book.path.stem) for one in folders)}
        marks = {mark for path in lists for mark in forgotten.read(path)}
        marks |= forgotten.in_copies(folders, book.key, book.salt, but=book.path)
        found = forget_again(book, marks, surely=True)
        if forgotten.known(book.connection):
            forgotten.hand_out(book, *(folder for folder in folders if folder.is_dir()))
    return found


def forget_aside(book: Notebook, copies: Iterable[Path]) -> None:
    """Take whoever was forgotten out of what was set aside: those copies are kept for long, and nobody puts them back.
    One that cannot be opened now is left for the next time."""
    from kapperboek.storage.notebook import Notebook

    if book.read_only:
        return
    with explained():
        marks = forgotten.by_now(book)
    for copy in copies:
        if not marks or not dated_copies.is_own(book, copy):
            continue
        with suppress(UserError, OSError), explained():
            key = former_keys.key_for(book, copy)
            with Notebook.open(copy, key=key, clock=book.clock, read_only=True, migrate=False) as seen:
                if marks <= forgotten.known(seen.connection) or not forgotten.met_again(seen.connection, marks):
                    continue
            with Notebook.open(copy, key=key, clock=book.clock, migrate=False) as opened:
                forget_again(opened, marks)
                opened.connection.execute("PRAGMA journal_mode = DELETE").fetchone()
