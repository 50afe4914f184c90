"""Opening the file itself: the connection with every setting, and what is wrong when that fails.

Kept apart from ``notebook``, which is what the program holds on to; what is said when it cannot be is in ``refusals``.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlcipher3 import dbapi2

from kapperboek.domain.errors import CannotOpen
from kapperboek.i18n import _
from kapperboek.storage.file import key_derivation, refusals, sqlite_errors, wal_repair

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

APPLICATION_ID = 0x4B415042  # "KAPB"
SUFFIX = ".kapperboek"
CACHE_KB = 16_000
WRITING_CACHE_KB = 64_000  # less, and what a large import writes all over the file goes out and comes back halfway
BUSY_MS = 5000  # how long to wait for another program's writing
WAL_BYTES_KEPT = 16 * 1024 * 1024  # what an import made the log grow to is given back

_ALWAYS_THERE = ("setting", "customer", "interaction", "change", "change_row")  # tables of every version
_WHAT_IS_IN_IT = (
    "SELECT count(CASE WHEN type IN ('trigger', 'view') THEN 1 END),"
    f" count(CASE WHEN type = 'table' AND name IN {_ALWAYS_THERE} THEN 1 END) FROM sqlite_master"
)

_ITSELF: dict[None, None] = {}  # of which get(None) is None

WAITING = f"PRAGMA busy_timeout = {BUSY_MS}"
NO_WAITING = "PRAGMA busy_timeout = 0"  # for another program's writing: "in use" at once
GIVE_UP_LOG = "PRAGMA journal_mode = DELETE"  # everything into the file itself; gives "delete" if so
USUAL_CACHE = f"PRAGMA cache_size = -{CACHE_KB}"
WRITING_CACHE = f"PRAGMA cache_size = -{WRITING_CACHE_KB}"

SETTINGS = (
    "PRAGMA temp_store = MEMORY",  # a temporary file on disk would not be encrypted
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA synchronous = FULL",
    USUAL_CACHE,
    f"PRAGMA journal_size_limit = {WAL_BYTES_KEPT}",
    "PRAGMA wal_autocheckpoint = 4000",  # tidying up the log takes a moment; seldom is better
)


class Connected:
    """A connection to one file, with what it was opened by."""

    def __init__(
        self, path: Path, connection: Connection, key: bytes, salt: bytes, read_only: bool
    ) -> None:
        self.path = path
        self.connection = connection
        self.key = key
        # Kept, because reading it from the open file again and closing that would drop this process's locks on it.
        self.salt = salt
        self.read_only = read_only


def connect(
    path: Path, key: bytes, salt: bytes, *, read_only: bool = False, frozen: bool = False
) -> Connection:
    """Connection with all settings, on a file that exists. ``frozen`` promises that nobody writes it meanwhile.

    Nothing has been read yet, so a wrong key does not show before the first statement. Raises as SQLite does.
    """
    # Told nothing, the binding looks all over for a way to adapt each None, which takes longer than writing its row.
    dbapi2.register_adapter(type(None), _ITSELF.get)
    mode = "ro" if read_only or frozen else "rw"
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}" + ("&immutable=1" if frozen else "")
    # The program may open a notebook on one thread and hand it to another; it never uses it on two.
    connection: Connection = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    connection.execute(WAITING)
    try:
        for setting in SETTINGS:
            connection.execute(setting)
    except UnicodeDecodeError as error:  # SQLite tells which of the tables' own words is damaged, in those words
        connection.close()
        raise dbapi2.DatabaseError("database disk image is malformed") from error
    return connection


def begin_using(
    path: Path, key: bytes, salt: bytes, *, read_only: bool
) -> tuple[Connection, bool]:
    """A connection that has read the file's first page, and whether it can only read. Raises CannotOpen."""
    try:
        return _read_first_page(path, key, salt, read_only=read_only), read_only
    except dbapi2.Error as error:
        unwritable = sqlite_errors.code_of(error) in (
            sqlite_errors.CANNOT_OPEN,
            sqlite_errors.READ_ONLY,
            sqlite_errors.IO_ERROR,
        )
        if not unwritable or not _nothing_pending(path):
            raise refusal(path, key, error) from error
    # Where not even the lock file can be made (a write-protected folder, a CD) reading still works.
    try:
        return _read_first_page(path, key, salt, read_only=True, frozen=True), True
    except dbapi2.Error as error:
        raise refusal(path, key, error) from error


def _read_first_page(
    path: Path, key: bytes, salt: bytes, *, read_only: bool, frozen: bool = False
) -> Connection:
    """Raises CannotOpen for somebody else's database, before anything could be written into it."""
    connection = connect(path, key, salt, read_only=read_only, frozen=frozen)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise refusals.not_a_notebook(path)
        # Ours has no triggers and no views; a file that has them was made to do something when it is read or written.
        strange, tables = connection.execute(_WHAT_IS_IN_IT).fetchone()
        if strange or tables < len(_ALWAYS_THERE):
            raise refusals.not_a_notebook(path)
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _nothing_pending(path: Path) -> bool:
    """Tell whether the file says it all by itself: no log of a writer beside it."""
    wal = path.with_name(path.name + "-wal")
    return not wal.exists() or wal.stat().st_size == 0


def look_at(path: Path, key: bytes | str | None) -> bytes:
    """The file's salt. Raises CannotOpen when it is no notebook at all, as a plain SQLite file is none, and when there
    is no key."""
    try:
        if path.is_dir():
            raise refusals.not_a_notebook(path)
        if not path.exists():
            raise refusals.absent(path)
        salt = key_derivation.read_salt(path)
        if salt is None or not key_derivation.looks_encrypted(path):
            raise refusals.not_a_notebook(path, empty=path.is_file() and path.stat().st_size == 0)
    except OSError as error:
        raise refusals.from_system(error, path) from error
    if key is None or key == "":
        raise refusals.needs_key()
    return salt


def see_log(path: Path) -> None:
    """Before SQLite tidies up what a program that stopped has left: CannotOpen "damaged" when it would pass over what
    was saved last."""
    try:
        in_use = wal_repair.in_use(path)
        damaged = not in_use and wal_repair.is_damaged(path)
    except OSError as error:
        raise refusals.from_system(error, path) from error
    if not in_use and not damaged:
        with suppress(OSError):  # no log, or only to be read: then nothing is begun in it either
            wal_repair.empty_if_spent(path)
    if damaged:
        text = _(
            "The log {path} is damaged, and what was saved last stands in it. Nothing was changed; "
            "save what can be read with: kapperboek check --rescue FILE"
        )
        raise CannotOpen("damaged", text.format(path=wal_repair.beside(path)))


def refusal(path: Path, key: bytes | None, error: Exception) -> CannotOpen:
    """Refusal to open the file, made from the error of the first statement."""
    code = sqlite_errors.code_of(error)
    if code in (sqlite_errors.BUSY, sqlite_errors.LOCKED):
        return CannotOpen(
            "in-use", _("Another program is using this notebook. Close it there and try again.")
        )
    if code == sqlite_errors.FULL:
        return CannotOpen(
            "disk-full",
            _("The disk is full, so the notebook cannot be opened. Make some room and try again."),
        )
    if code == sqlite_errors.IO_ERROR:
        return refusals.disk_trouble()
    if code == sqlite_errors.NOT_A_DATABASE and key is not None and not key_derivation.key_fits(path, key):
        return refusals.wrong_key()
    if code in (sqlite_errors.NOT_A_DATABASE, sqlite_errors.CORRUPT):
        if path.exists() and path.stat().st_size > key_derivation.PAGE_BYTES:  # one that is being made has no name yet
            return refusals.damaged_beginning(path)
        return CannotOpen(
            "damaged", _("The file {path} is damaged. Put back the last backup.").format(path=path)
        )
    return refusals.no_rights(path)


def discard(draft: Path) -> None:
    """Throw away what was being made, with what SQLite laid beside it. A disk that refuses even that has been told of
    by what failed before; leftovers are looked for later (``backup.daily``)."""
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            draft.with_name(draft.name + end).unlink(missing_ok=True)
