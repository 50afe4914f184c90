"""The notebook: a handle on one open connection to the file in which a shop keeps its customers.

Reading is plain SQL through ``rows``; writing goes through ``unit_of_work``. The handle knows nobody who uses it: it is
made by ``opening``, which hands in who writes what is derived and who finds out what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlcipher3 import dbapi2

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.time.clock import DEFAULT_ZONE, Clock, SystemClock
from kapperboek.storage.file import file_identity, open_file, refusals, setting_values, sqlite_errors

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

Refresh = Callable[["Notebook", Iterable[int], "Collection[str] | None"], None]
"""Writes again what is derived about these customers; the tables of which rows were written, None for all."""


class Hooks(NamedTuple):
    """Hooks that ``opening`` hands in."""

    derived: tuple[Refresh, ...]
    lacks_something: Callable[[Connection], bool]  # whether a table or column of ours is not there
    examine: Callable[[Notebook], UserError | None]  # what another program did to it, if anything; takes long
    before_last_close: Callable[[Notebook], Callable[[], None] | None]  # gives what is left to do when it is closed


class Notebook(open_file.Connected):
    """One open connection, used by one thread at a time; ``again`` gives another thread its own.

    ``cache`` is for what readers keep between questions, ``writes`` counts the commits made here: with
    ``data_version`` it tells whether such a thing is still true.
    """

    def __init__(
        self,
        path: Path,
        connection: Connection,
        key: bytes,
        clock: Clock | None,
        read_only: bool,
        salt: bytes,
        file: file_identity.OpenFile,
        hooks: Hooks,
    ) -> None:
        super().__init__(path, connection, key, salt, read_only)
        self.file = file
        self.file.join()
        self.hooks = hooks
        self.writes = 0
        self.cache: dict[str, Any] = {}
        self._closed = False
        self.alchemy: Any = None  # SQLAlchemy's view of the connection, once something was written through it
        self.clock: Clock = clock or SystemClock()

    def again(self) -> Notebook:
        """A second connection to the same file with the same key, for another thread. Raises CannotOpen, also when
        another file goes by that name now: with the log that lies there it would be spoilt."""
        found = self.file.look_at_name()  # the connection itself is asked nothing: it is another thread's
        if found.state is not file_identity.State.HERE:
            self._refuse(found)
        opened = open_file.begin_using(self.path, self.key, self.salt, read_only=self.read_only)
        connection, only_reading = opened
        return Notebook(
            self.path, connection, self.key, self.clock, only_reading, self.salt, self.file, self.hooks
        )

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
        is_last = self.file.leave()
        left = self.hooks.before_last_close(self) if is_last and not self.read_only else None
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
        try:
            rows: list[tuple[Any, ...]] = self.connection.execute(sql, params).fetchall()
            return rows
        except dbapi2.Error as error:
            explained = sqlite_errors.explain(error)
            if explained is None and "no such" in str(error) and self.hooks.lacks_something(self.connection):
                explained = refusals.not_a_notebook(self.path)
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

    def get_setting(self, key: str, default: object = None) -> Any:
        """The value of a setting of the shop, ``default`` when it was never set or cannot be what it says."""
        text = self.value("SELECT value FROM setting WHERE key = ?", (key,))
        value = None if text is None else setting_values.parsed(key, text)
        return default if value is None else value

    @property
    def zone(self) -> ZoneInfo:
        """Time zone of the shop."""
        return ZoneInfo(str(self.get_setting("timezone", DEFAULT_ZONE)))

    def explained(self, error: Exception) -> Exception:
        """Explain an error as a sentence where the file is to blame for it: not only the disk's trouble but also what
        another program wrote into it. A bug of ours stays as it is.
        """
        if isinstance(error, UserError):
            return error
        return sqlite_errors.explain(error) or self.hooks.examine(self) or error

    def see_file(self) -> None:
        """See that what is written still goes into the file of that name, as this connection left it. An open file that
        somebody removes or replaces goes on taking what is saved. Raises CannotOpen: file-gone.
        """
        found = self.file.look(self)
        if found.state is not file_identity.State.HERE:
            self._refuse(found)

    def see_content(self) -> None:
        """See that no other program has written over the file, so that what can be read is what was written.
        Raises CannotOpen: file-gone.
        """
        found = self.file.look(self)
        if found.state is file_identity.State.OVERWRITTEN:
            self._refuse(found)

    def _refuse(self, found: file_identity.Whereabouts) -> None:
        raise CannotOpen("file-gone", file_identity.words(found, self.path))

    def data_version(self) -> int:
        """A number that changes when another connection or process wrote."""
        return int(self.value("PRAGMA data_version"))

    def refresh_derived(self, customer_ids: Iterable[int], kinds: Collection[str] | None = None) -> None:
        """Write again what is derived about these customers, within the transaction there is. ``kinds``: the tables of
        which rows were written, if that is known."""
        ids = list(customer_ids)
        for refresh in self.hooks.derived:
            refresh(self, ids, kinds)
