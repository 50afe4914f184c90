"""Opening the file itself: the connection with every setting, and what is wrong when that fails.

Kept apart from ``notebook``, which is what the program holds on to.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kapperboek.domain.errors import CannotOpen
from kapperboek.i18n import _
from kapperboek.storage import failures, keys, torn_log

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

_DISK_ERRORS = {getattr(errno, name, None) for name in ("EIO", "ENXIO", "ENODEV", "ESTALE", "EREMOTEIO")} - {None}

_ITSELF: dict[None, None] = {}  # of which get(None) is None

_SETTINGS = (
    "PRAGMA temp_store = MEMORY",  # a temporary file on disk would not be encrypted
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA synchronous = FULL",
    f"PRAGMA cache_size = -{CACHE_KB}",
    f"PRAGMA journal_size_limit = {WAL_BYTES_KEPT}",
    "PRAGMA wal_autocheckpoint = 4000",  # tidying up the log takes a moment; seldom is better
)


def connect(
    path: Path, key: bytes | None, salt: bytes | None, *, read_only: bool = False, frozen: bool = False
) -> Connection:
    """A connection with all settings, on a file that exists. ``frozen`` promises that nobody writes it
    meanwhile.

    Nothing has been read yet, so a wrong key does not show before the first statement.
    """
    from sqlcipher3 import dbapi2

    # Told nothing, the binding looks all over for a way to adapt each None, which takes longer than writing its row.
    dbapi2.register_adapter(type(None), _ITSELF.get)
    mode = "ro" if read_only or frozen else "rw"
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}" + ("&immutable=1" if frozen else "")
    # The program may open a notebook on one thread and hand it to another; it never uses it on two.
    connection: Connection = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None and salt is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
    except UnicodeDecodeError as error:  # SQLite tells which of the tables' own words is damaged, in those words
        connection.close()
        raise dbapi2.DatabaseError("database disk image is malformed") from error
    return connection


def begin_using(
    path: Path, key: bytes | None, salt: bytes | None, *, read_only: bool
) -> tuple[Connection, bool]:
    """A connection that has read the file's first page, and whether it can only read. Raises CannotOpen."""
    from sqlcipher3 import dbapi2

    try:
        return _read_first_page(path, key, salt, read_only=read_only), read_only
    except dbapi2.Error as error:
        unwritable = failures.code_of(error) in (failures.CANNOT_OPEN, failures.READ_ONLY, failures.IO_ERROR)
        if not unwritable or not _nothing_pending(path):
            raise refusal(path, key, error) from error
    # Where not even the lock file can be made (a write-protected folder, a CD) reading still works.
    try:
        return _read_first_page(path, key, salt, read_only=True, frozen=True), True
    except dbapi2.Error as error:
        raise refusal(path, key, error) from error


def _read_first_page(
    path: Path, key: bytes | None, salt: bytes | None, *, read_only: bool, frozen: bool = False
) -> Connection:
    """Raises CannotOpen for somebody else's database, before anything could be written into it."""
    connection = connect(path, key, salt, read_only=read_only, frozen=frozen)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise not_a_notebook(path)
        # Ours has no triggers and no views; a file that has them was made to do something when it is read or written.
        strange, tables = connection.execute(_WHAT_IS_IN_IT).fetchone()
        if strange or tables < len(_ALWAYS_THERE):
            raise not_a_notebook(path)
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _nothing_pending(path: Path) -> bool:
    """Whether the file says it all by itself: no log of a writer beside it."""
    wal = path.with_name(path.name + "-wal")
    return not wal.exists() or wal.stat().st_size == 0


def look_at(path: Path, key: bytes | str | None) -> bytes | None:
    """The file's salt when it is keyed, None when it is plain. Raises CannotOpen when it is no notebook at
    all."""
    try:
        if path.is_dir():
            raise not_a_notebook(path)
        if not path.exists():
            raise absent(path)
        salt = keys.read_salt(path)
        if salt == keys.PLAIN_HEADER:
            return None
        if salt is None or not keys.looks_encrypted(path):
            raise not_a_notebook(path, empty=path.is_file() and path.stat().st_size == 0)
    except OSError as error:
        raise from_system(error, path) from error
    if key is None or key == "":
        raise needs_key()
    return salt


def see_log(path: Path) -> None:
    """Before SQLite tidies up what a program that stopped has left: CannotOpen "damaged" when it would pass over what
    was saved last."""
    try:
        damaged = not torn_log.in_use(path) and torn_log.is_damaged(path)
    except OSError as error:
        raise from_system(error, path) from error
    if damaged:
        text = _(
            "The log {path} is damaged, and what was saved last stands in it. Nothing was changed; "
            "save what can be read with: kapperboek check --rescue FILE"
        )
        raise CannotOpen("damaged", text.format(path=torn_log.beside(path)))


def refusal(path: Path, key: bytes | None, error: Exception) -> CannotOpen:
    """Why the file cannot be opened, from the error of the first statement."""
    code = failures.code_of(error)
    if code in (failures.BUSY, failures.LOCKED):
        return CannotOpen(
            "in-use", _("Another program is using this notebook. Close it there and try again.")
        )
    if code == failures.FULL:
        return CannotOpen(
            "disk-full",
            _("The disk is full, so the notebook cannot be opened. Make some room and try again."),
        )
    if code == failures.IO_ERROR:
        return disk_trouble()
    if code == failures.NOT_A_DATABASE and key is not None and not keys.key_fits(path, key):
        return wrong_key()
    if code in (failures.NOT_A_DATABASE, failures.CORRUPT):
        if path.exists() and path.stat().st_size > keys.PAGE_BYTES:  # one that is being made has no name yet
            return damaged_beginning(path)
        return CannotOpen(
            "damaged", _("The file {path} is damaged. Put back the last backup.").format(path=path)
        )
    return no_rights(path)


def needs_key() -> CannotOpen:
    """Nobody gave a key, and none is kept for it here."""
    text = _(
        "This notebook is locked. Type the passphrase or the recovery key. One without a passphrase opens by itself, "
        "but only on the computer and for the user it was made by."
    )
    return CannotOpen("needs-key", text)


def wrong_key() -> CannotOpen:
    """No page of the file fits the key."""
    text = _(
        "This passphrase does not fit. Mind capitals and spaces and try again. "
        "If you are certain of it, the file may be damaged: then put back a backup."
    )
    return CannotOpen("wrong-key", text)


def damaged_beginning(path: Path) -> CannotOpen:
    """The first page cannot be read, or another that says where the tables are: with those nothing opens, and nothing
    else need be lost."""
    text = _(
        "The beginning of the file {path} is damaged; the rest may be whole. Put back the last backup, "
        "or save what can be read with: kapperboek check --rescue FILE"
    )
    return CannotOpen("damaged-beginning", text.format(path=path))


def newer_version() -> CannotOpen:
    """Written by a program that knows more than this one."""
    text = _("This notebook was written by a newer Kapperboek. Install the new version; nothing was changed.")
    return CannotOpen("newer-version", text)


def absent(path: Path) -> CannotOpen:
    """No such file, or not even the folder it should be in."""
    if not path.parent.is_dir():
        return folder_missing(path)
    return CannotOpen(
        "no-notebook", _("There is no notebook {path}. Check the name, or make a new one.").format(path=path)
    )


def folder_missing(path: Path) -> CannotOpen:
    """The folder is gone: a stick that was taken out, a name typed wrong."""
    text = _("There is no folder {folder}. Connect the disk it is on, or choose another place.")
    return CannotOpen("folder-missing", text.format(folder=path.parent))


def no_rights(path: Path) -> CannotOpen:
    """The system does not let us read or write there."""
    text = _("You have no rights to open {path}. Ask whoever manages this computer, or choose another place.")
    return CannotOpen("no-rights", text.format(path=path))


def disk_trouble() -> CannotOpen:
    """The disk itself fails, or was disconnected: nobody's rights are the matter."""
    return CannotOpen("disk-trouble", failures.disk_trouble().message)


def from_system(error: OSError, path: Path) -> CannotOpen:
    """What the system said about a file of ours, when it isn't SQLite that met it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return CannotOpen("disk-full", failures.disk_full().message)
    if error.errno in _DISK_ERRORS:
        return disk_trouble()
    if error.errno == errno.EROFS:
        return CannotOpen("read-only", failures.read_only().message)
    return folder_missing(path) if isinstance(error, FileNotFoundError) else no_rights(path)


def not_a_notebook(path: Path, *, empty: bool = False) -> CannotOpen:
    """Somebody else's file; it is left alone."""
    if empty:
        text = _("The file {path} is empty, so it is not a notebook. Put back a backup, or make a new one.")
    else:
        text = _("{path} is not a notebook of Kapperboek. It was left as it is; choose another file.")
    return CannotOpen("not-a-notebook", text.format(path=path))


def discard(draft: Path) -> None:
    """Throw away what was being made, with what SQLite laid beside it. A disk that refuses even that has been told of
    by what failed before; leftovers are looked for later (``backup.daily``)."""
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            draft.with_name(draft.name + end).unlink(missing_ok=True)
