"""Rekeying a notebook (another passphrase or key): through a verified copy that takes the file's place at the end.

SQLCipher can change a key in place, but a crash half-way leaves pages of two keys in one file. Here the old file stays
as it is until its successor is whole, on disk and counted.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from kapperboek import durable
from kapperboek.domain.errors import Cancelled, CannotOpen, UserError
from kapperboek.i18n import _
from kapperboek.storage.damage import foreign_content
from kapperboek.storage.file import open_file, refusals, sqlite_errors
from kapperboek.storage.write.unit_of_work import explained

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

_STEPS = 20_000  # of SQLite's own, some milliseconds: so often is asked whether to go on


def rekey(
    path: Path, old: bytes, key: bytes, salt: bytes, *, noted: Mapping[str, object] | None = None,
    before_replacing: Callable[[], object] = lambda: None, cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Give the notebook at ``path``, which nobody has open, another key and salt. ``old`` is its present raw key.
    ``noted`` are settings written in it: what a notebook says of its key changes with the key, for at
    no moment may it say of a random one that somebody knows it by heart.

    ``before_replacing`` is called when the new file is good and the old one still there: what must be known to open
    the new one is kept then. Raises CannotOpen "in-use" and what opening raises, UserError disk-full and the like, and
    Cancelled when ``cancelled`` says so; the notebook is as it was then.
    """
    path = durable.real(path)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    written = path.stat().st_mtime_ns if path.exists() else 0
    connection = _alone(path, old)
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with durable.making_in(path.parent), explained():
            connection.set_progress_handler(lambda: int(cancelled()), _STEPS)
            _export(connection, draft, key, salt)
            connection.set_progress_handler(None, 0)
            _verify(connection, draft, key, salt)
            if noted:
                _note(draft, key, salt, noted)
        _sync(draft)
        with suppress(OSError):  # a stick may know no such things
            os.utime(draft, ns=(written, written))  # a copy is as old as what it says
            shutil.copymode(path, draft)  # others may share it
        before_replacing()
        # What SQLite could not tidy up beside the old file it would put into the new one.
        if any(path.with_name(path.name + end).exists() for end in ("-journal", "-wal")):
            raise sqlite_errors.disk_trouble()
        draft.replace(path)
        durable.sync_folder(path.parent)
    except OSError as error:
        raise refusals.from_system(error, path) from error
    finally:
        connection.close()
        open_file.discard(draft)


def _alone(path: Path, old: bytes) -> Connection:
    """The only connection to a notebook that keeps no log beside it. Raises CannotOpen."""
    salt = open_file.look_at(path, old)
    open_file.see_log(path)
    connection, _read_only = open_file.begin_using(path, old, salt, read_only=False)
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise CannotOpen("in-use", _("Another program is using this notebook. Close it there and try again."))
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # the lock stays until the connection is closed
    except dbapi2.Error as error:
        connection.close()
        raise open_file.refusal(path, old, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _export(connection: Connection, draft: Path, key: bytes, salt: bytes) -> None:
    """Raises CannotOpen when the schema is one that cannot be made again."""
    connection.execute("ATTACH DATABASE ? AS successor KEY ?", (os.fspath(draft), f"x'{key.hex()}{salt.hex()}'"))
    try:
        # Nobody sees it before it is whole and on disk, so it needs no way back, and is synced once.
        connection.execute("PRAGMA successor.journal_mode = OFF").fetchone()
        connection.execute("PRAGMA successor.synchronous = OFF")
        connection.execute("BEGIN")
        try:
            connection.execute("SELECT sqlcipher_export('successor')").fetchall()
        except dbapi2.OperationalError as error:
            if "interrupted" in str(error):
                raise Cancelled(_("The copy was stopped; the one before it is still there.")) from error
            raise sqlite_errors.explain(error) or foreign_content.refusal() from error
        for mark in ("application_id", "user_version"):  # they stand in the file's head, which is not exported
            value = int(connection.execute(f"PRAGMA main.{mark}").fetchone()[0])
            connection.execute(f"PRAGMA successor.{mark} = {value}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DETACH DATABASE successor")


def _verify(connection: Connection, draft: Path, key: bytes, salt: bytes) -> None:
    """Raises UserError "damaged" when the copy does not say what the notebook says."""
    copy = open_file.connect(draft, key, salt, read_only=True)
    try:
        good = (
            copy.execute("PRAGMA cipher_integrity_check").fetchone() is None
            and copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            and _contents(copy) == _contents(connection)
        )
    finally:
        copy.close()
    if not good:
        raise UserError(
            "damaged", _("The copy could not be verified and was thrown away. Check the disk and try again.")
        )


def _note(draft: Path, key: bytes, salt: bytes, noted: Mapping[str, object]) -> None:
    connection = open_file.connect(draft, key, salt)
    try:
        connection.executemany(
            "INSERT INTO setting (key, value, version) VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE"
            " SET value = excluded.value, version = version + 1 WHERE value <> excluded.value",
            [(name, json.dumps(value, sort_keys=True)) for name, value in noted.items()],
        )
    finally:
        connection.close()


def _contents(connection: Connection) -> list[tuple[str, int]]:
    """Every table with its number of rows, and the marks in the file's head."""
    names = [
        str(name)
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
    ]
    counts = [(name, int(connection.execute(f'SELECT count(*) FROM main."{name}"').fetchone()[0])) for name in names]
    marks = [(mark, int(connection.execute(f"PRAGMA main.{mark}").fetchone()[0]))
             for mark in ("application_id", "user_version")]
    return counts + marks


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
