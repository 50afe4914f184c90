"""Another key for a notebook: through a verified copy that takes the file's place at the end.

SQLCipher can change a key in place, but a crash half-way leaves pages of two keys in one file. Here the old file stays
as it is until its successor is whole, on disk and counted. Copies of the notebook are taken along, so that no old
passphrase opens them, and none without a key stays behind.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek import durable
from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.i18n import _
from kapperboek.storage import connecting, crafted, failures, keys
from kapperboek.storage.unit_of_work import explained

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection


def rekey(
    path: Path, old: bytes | None, key: bytes, salt: bytes, *, before_replacing: Callable[[], object] = lambda: None
) -> None:
    """Give the notebook at ``path``, which nobody has open, another key and salt. ``old`` is its present raw key, None
    when it has none.

    ``before_replacing`` is called when the new file is good and the old one still there: what must be known to open
    the new one is kept then. Raises CannotOpen "in-use" and what opening raises, UserError disk-full and the like;
    the notebook is as it was then.
    """
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    connection = _alone(path, old)
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with explained():
            _export(connection, draft, key, salt)
            _verify(connection, draft, key, salt)
        _sync(draft)
        before_replacing()
        draft.replace(path)
        durable.sync_folder(path.parent)
    except OSError as error:
        raise connecting.from_system(error, path) from error
    finally:
        connection.close()
        for end in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + end).unlink(missing_ok=True)


def _alone(path: Path, old: bytes | None) -> Connection:
    """The only connection to a notebook that keeps no log beside it. Raises CannotOpen."""
    from sqlcipher3 import dbapi2

    salt = connecting.look_at(path, old)
    if salt is not None and old is None:
        raise CannotOpen("needs-key", _("This notebook is locked with a passphrase. Type it to open the notebook."))
    connection, _read_only = connecting.begin_using(path, old if salt is not None else None, salt, read_only=False)
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise CannotOpen("in-use", _("Another program is using this notebook. Close it there and try again."))
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # the lock stays until the connection is closed
    except dbapi2.Error as error:
        connection.close()
        raise connecting.refusal(path, old, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _export(connection: Connection, draft: Path, key: bytes, salt: bytes) -> None:
    """Raises CannotOpen when the schema is one that cannot be made again."""
    from sqlcipher3 import dbapi2

    connection.execute("ATTACH DATABASE ? AS successor KEY ?", (os.fspath(draft), f"x'{key.hex()}{salt.hex()}'"))
    try:
        connection.execute("PRAGMA successor.synchronous = FULL")
        try:
            connection.execute("SELECT sqlcipher_export('successor')").fetchall()
        except dbapi2.OperationalError as error:
            raise failures.explain(error) or crafted.refusal() from error
        for mark in ("application_id", "user_version"):  # they stand in the file's head, which is not exported
            value = int(connection.execute(f"PRAGMA main.{mark}").fetchone()[0])
            connection.execute(f"PRAGMA successor.{mark} = {value}")
    finally:
        connection.execute("DETACH DATABASE successor")


def _verify(connection: Connection, draft: Path, key: bytes, salt: bytes) -> None:
    """Raises UserError "damaged" when the copy does not say what the notebook says."""
    copy = connecting.connect(draft, key, salt, read_only=True)
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
             for mark in ("application_id", "user_version")]  # fmt: skip
    return counts + marks


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def rekey_copies(
    copies: list[Path],
    old: bytes | None,
    key: bytes,
    salt: bytes,
    tell: Callable[[str, float], object] = lambda _what, _part: None,
) -> list[Path]:
    """The same for copies of the notebook; gives those that could not be taken along (of another key, damaged)."""
    left: list[Path] = []
    for place, copy in enumerate(copies):
        tell(copy.name, place / len(copies))
        if keys.read_salt(copy) == salt:
            continue  # taken along before
        try:
            rekey(copy, old, key, salt)
        except UserError:
            left.append(copy)
    return left
