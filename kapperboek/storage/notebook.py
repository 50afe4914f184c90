"""The notebook: one open connection to the file in which a shop keeps its customers.

Reading is plain SQL through ``rows``; writing goes through ``unit_of_work``. Nothing heavy is imported here
and nothing is checked at length: opening is part of the first painted window.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kapperboek import durable
from kapperboek.domain.clock import Clock, SystemClock
from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.i18n import _
from kapperboek.storage import connecting, failures, identity, keys, settings, torn_log
from kapperboek.storage.migrations import runner

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

    from kapperboek.storage.unit_of_work import UnitOfWork

DEFAULT_ZONE = "Europe/Amsterdam"


class Notebook:
    """One open connection, used by one thread at a time; ``again`` gives another thread its own.

    ``cache`` is for what readers keep between questions, ``writes`` counts the commits made here: with
    ``data_version`` it tells whether such a thing is still true.
    """

    def __init__(
        self,
        path: Path,
        connection: Connection,
        key: bytes | None,
        clock: Clock | None,
        read_only: bool,
        salt: bytes | None = None,
        file: identity.OpenFile | None = None,
    ) -> None:
        self.path = path
        self.file = file or identity.OpenFile(path)
        self.file.users += 1
        self.connection = connection
        self.key = key
        # Kept, because reading it from the open file again and closing that would drop this process's locks on it.
        self.salt = salt
        self.read_only = read_only
        self.writes = 0
        self.cache: dict[str, Any] = {}
        self._closed = False
        self.alchemy: Any = None  # SQLAlchemy's view of the connection, once something was written through it
        self._own_clock = clock
        self.clock: Clock = clock or SystemClock()

    @staticmethod
    def open(
        path: Path,
        *,
        key: bytes | str | None = None,
        clock: Clock | None = None,
        create: bool = False,
        fill: Callable[[Notebook], None] | None = None,
        read_only: bool = False,
        migrate: bool = True,
        salt: bytes | None = None,
    ) -> Notebook:
        """Open the notebook; with ``create`` make it when there is none (keyed when a key is given). What ``fill``
        writes into a new one is there from the first moment, or there is no notebook.

        ``salt`` is for a new one, where its key had to be kept before there was a file. ``key`` is a raw 32-byte key
        or a passphrase; a notebook without encryption needs none and ignores
        it. Without a clock the system's is read in the shop's own time zone. An older notebook is brought up
        to date after a backup, unless ``migrate`` is off. Raises CannotOpen: no-notebook, folder-missing,
        needs-key, wrong-key, damaged, newer-version, not-a-notebook, in-use, no-rights, disk-full.
        """
        path = durable.real(path)
        if create and (not path.exists() or (path.is_file() and path.stat().st_size == 0)):
            _make(path, key, salt, clock, fill)
        salt = connecting.look_at(path, key)
        raw = None if salt is None else _raw(key, salt)
        before = identity.of(path)
        connecting.see_log(path)
        strange_log = None if read_only else _strange_log(path, raw, salt)
        connection, only_reading = connecting.begin_using(path, raw, salt, read_only=read_only)
        book = Notebook(path, connection, raw, clock, only_reading, salt, identity.OpenFile(path, before))
        book.file.strange_log = strange_log
        book._begin(migrate, clock is None)
        return book

    def _begin(self, migrate: bool, own_clock: bool) -> None:
        """What is looked at when it is opened. Closed again when that fails; raises CannotOpen."""
        try:
            self.file.begin(self)
            self._see_version(migrate)
            if own_clock:
                self.clock = SystemClock(str(self.get_setting("timezone", DEFAULT_ZONE)))
        except BaseException as error:
            said = self.explained(error) if isinstance(error, Exception) else error
            self.close()
            if isinstance(said, CannotOpen) and said.code == "damaged":
                raise connecting.damaged_beginning(self.path) from error  # the settings, among the first pages
            if isinstance(said, UserError) and not (said is error and isinstance(said, CannotOpen)):
                raise CannotOpen(said.code, said.message) from error  # a damaged page, met while opening
            raise

    def again(self) -> Notebook:
        """A second connection to the same file with the same key, for another thread. Raises CannotOpen, also when
        another file goes by that name now: with the log that lies there it would be spoilt."""
        found = self.file.look_at_name()  # the connection itself is asked nothing: it is another thread's
        if found.state is not identity.State.HERE:
            self._refuse(found)
        opened = connecting.begin_using(self.path, self.key, self.salt, read_only=self.read_only)
        connection, only_reading = opened
        return Notebook(self.path, connection, self.key, self.clock, only_reading, self.salt, self.file)

    def let_go(self) -> None:
        """Keep no page and no word in memory that is not needed now; the next question reads them anew."""
        self.cache.clear()
        self.connection.execute("PRAGMA shrink_memory")

    def close(self) -> None:
        """Let go of the file; closing twice is fine. What was confirmed stands in it afterwards, wherever it is by now,
        and where no name leads to it any more in another (``file.kept``)."""
        if self._closed:
            return
        self._closed = True
        self.file.users -= 1
        left: Callable[[], None] | None = None
        if not self.read_only and self.file.users == 0:
            from kapperboek.storage import displaced

            left = displaced.let_go(self)
        if self.alchemy is not None:
            self.alchemy.dispose()
            self.alchemy = None
        self.connection.close()
        if left is not None:
            left()

    def __enter__(self) -> Notebook:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a question. Raises UserError when the disk or another program is in the way."""
        from sqlcipher3 import dbapi2

        try:
            rows: list[tuple[Any, ...]] = self.connection.execute(sql, params).fetchall()
            return rows
        except dbapi2.Error as error:
            explained = failures.explain(error)
            if explained is None and "no such" in str(error):
                from kapperboek.storage import crafted

                if crafted.lacks_something(self.connection):
                    explained = connecting.not_a_notebook(self.path)
            if explained is None:
                raise
            raise explained from error

    def row(self, sql: str, params: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row, None when there is none."""
        rows = self.rows(sql, params)
        return rows[0] if rows else None

    def value(self, sql: str, params: Sequence[object] = ()) -> Any:
        """The first column of the first row, None when there is none."""
        row = self.row(sql, params)
        return None if row is None else row[0]

    def unit_of_work(self, what: str, *, staff_id: int = 0, source: str = "window") -> UnitOfWork:
        """``with book.unit_of_work("Bezoek bewaard", staff_id=1) as uow:`` all of it is written, or
        nothing."""
        from kapperboek.storage.unit_of_work import UnitOfWork

        if self.read_only:
            raise failures.read_only()
        return UnitOfWork(self, what, staff_id=staff_id, source=source)

    def explained(self, error: Exception) -> Exception:
        """What went wrong, as a sentence where the file is to blame for it: not only the disk's trouble but also what
        another program wrote into it. A bug of ours stays as it is.
        """
        if isinstance(error, UserError):
            return error
        from kapperboek.storage import crafted

        return failures.explain(error) or crafted.explain(self) or error

    def see_file(self) -> None:
        """Whether what is written still goes into the file of that name, and that is as this connection left it. An
        open file that somebody removes or replaces goes on taking what is saved. Raises CannotOpen: file-gone.
        """
        found = self.file.look(self)
        if found.state is not identity.State.HERE:
            self._refuse(found)

    def see_content(self) -> None:
        """Whether what can be read here still is what was written: not in a file that another program has written over.
        Raises CannotOpen: file-gone."""
        found = self.file.look(self)
        if found.state is identity.State.OVERWRITTEN:
            self._refuse(found)

    def _refuse(self, found: identity.Whereabouts) -> None:
        from kapperboek.storage import displaced

        raise CannotOpen("file-gone", displaced.words(found, self.path))

    def data_version(self) -> int:
        """A number that changes when another connection or process wrote."""
        return int(self.value("PRAGMA data_version"))

    def get_setting(self, key: str, default: object = None) -> Any:
        """A setting of the shop; see ``settings``."""
        return settings.get(self, key, default)

    def _see_version(self, migrate: bool) -> None:
        version = self.value("PRAGMA user_version")
        if version > runner.NEWEST:
            raise connecting.newer_version()
        if version < runner.NEWEST and migrate and not self.read_only:
            from kapperboek.storage.backup import before_migration
            from kapperboek.storage.unit_of_work import explained

            before_migration(self, version)
            with explained():
                runner.migrate(self.connection, runner.STEPS, refresh=self.refresh_derived)

    def refresh_derived(self, customer_ids: Iterable[int]) -> None:
        """Write again what is derived about these customers, within the transaction there is."""
        from kapperboek.storage import facts, search_index

        ids = list(customer_ids)
        facts.refresh(self, ids)
        search_index.refresh(self, ids)


def _strange_log(path: Path, key: bytes | None, salt: bytes | None) -> Path | None:
    """Where a log was put that lay there and is not of this file; None when there was none."""
    log = torn_log.beside(path)
    if not log.exists() or not log.stat().st_size:
        return None
    from kapperboek.storage import displaced

    return displaced.set_log_aside(path, key, salt)


def _raw(key: bytes | str | None, salt: bytes) -> bytes:
    if isinstance(key, str):
        return keys.derive(key, salt)
    if key is None or len(key) != keys.KEY_BYTES:
        raise ValueError("a raw key has 32 bytes")
    return key


def _give_name(draft: Path, path: Path) -> None:
    """Put a new notebook in its place, unless another program has made one there meanwhile: nothing of that may
    be lost. An empty file is no notebook and gives way.
    """
    if path.exists() and path.stat().st_size == 0:
        path.unlink()
    try:
        os.link(draft, path)
    except FileExistsError:
        raise CannotOpen(
            "in-use", _("Another program is making this notebook at this moment. Try again when it is there.")
        ) from None
    except OSError:  # a disk that knows no second names: a stick, a network folder
        draft.rename(path)


def _fill(book: Notebook, fill: Callable[[Notebook], None]) -> None:
    """Write the beginning of a new notebook and close it. All of it must stand in the file itself: the log beside it
    does not get the new name. Raises UserError."""
    with book:
        fill(book)
        if book.value("PRAGMA journal_mode = DELETE") != "delete":
            raise failures.disk_trouble()


def _make(
    path: Path,
    key: bytes | str | None,
    salt: bytes | None,
    clock: Clock | None,
    fill: Callable[[Notebook], None] | None,
) -> None:
    """Make a new notebook under another name, and give it its own when it is whole. Raises CannotOpen."""
    from sqlcipher3 import dbapi2

    salt = (salt or keys.new_salt()) if key else None
    raw = _raw(key, salt) if salt is not None else None
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        with durable.making_in(path.parent):
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            connection = connecting.connect(draft, raw, salt)
            try:
                runner.migrate(connection, application_id=connecting.APPLICATION_ID)
            finally:
                connection.close()
            if fill is not None:
                connection, only_reading = connecting.begin_using(draft, raw, salt, read_only=False)
                _fill(Notebook(draft, connection, raw, clock, only_reading, salt), fill)
            _give_name(draft, path)
            durable.sync_folder(path.parent)
    except OSError as error:
        raise connecting.from_system(error, path) from error
    except dbapi2.Error as error:
        raise connecting.refusal(path, None, error) from error
    except CannotOpen as error:  # the name it was made under says nothing to anybody
        raise CannotOpen(error.code, error.message.replace(str(draft), str(path))) from error
    finally:
        connecting.discard(draft)
