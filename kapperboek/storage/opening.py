"""Opening a notebook, and making one: the file, its key, its version, and what is wrong when that fails.

This module knows those who do the work; nobody whom it hands to the handle may import it. Nothing heavy is imported
here and nothing is checked at length: opening is part of the first painted window.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from kapperboek import durable
from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.time.clock import Clock, SystemClock
from kapperboek.i18n import _
from kapperboek.storage.file import file_identity, key_derivation, open_file, refusals, sqlite_errors, wal_repair
from kapperboek.storage.file.notebook import Hooks, Notebook
from kapperboek.storage.migrations import runner
from kapperboek.storage.write.unit_of_work import explained

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection



def open_notebook(
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
    """Open the notebook; with ``create`` make it when there is none, which takes a key. What ``fill`` writes into a
    new one is there from the first moment, or there is no notebook.

    ``salt`` is for a new one, where its key had to be kept before there was a file. ``key`` is a raw 32-byte key
    or a passphrase. Without a clock the system's is read in
    the shop's own time zone. An older notebook is brought up to date after a backup, unless
    ``migrate`` is off. Raises CannotOpen: no-notebook, folder-missing,
    needs-key, wrong-key, damaged, newer-version, not-a-notebook, in-use, no-rights, disk-full.
    """
    path = durable.real(path)
    if create and (not path.exists() or (path.is_file() and path.stat().st_size == 0)):
        _make(path, key, salt, clock, fill)
    salt = open_file.look_at(path, key)
    raw = _raw(key, salt)
    before = file_identity.of(path)
    open_file.see_log(path)
    strange_log = None if read_only else _strange_log(path, raw, salt)
    connection, only_reading = open_file.begin_using(path, raw, salt, read_only=read_only)
    book = on(connection, path, raw, salt, clock=clock, read_only=only_reading, before=before)
    book.file.strange_log = strange_log
    _begin(book, migrate, clock is None)
    return book


def on(
    connection: Connection, path: Path, key: bytes, salt: bytes, *, clock: Clock | None,
    read_only: bool = False, before: file_identity.Identity | None = None,
) -> Notebook:
    """The handle on a connection that is there; ``before``: which file went by that name before it was made."""
    return Notebook(path, connection, key, clock, read_only, salt, file_identity.OpenFile(path, before), HOOKS)


def _begin(book: Notebook, migrate: bool, own_clock: bool) -> None:
    """Begin with a connection just made: see its file, its version and its clock.

    Closed again when that fails; raises CannotOpen.
    """
    try:
        book.file.begin(book)
        _see_version(book, migrate)
        if own_clock:
            book.clock = SystemClock(book.zone.key)
    except BaseException as error:
        said = book.explained(error) if isinstance(error, Exception) else error
        book.close()
        if isinstance(said, CannotOpen) and said.code == "damaged":
            raise refusals.damaged_beginning(book.path) from error  # the settings, among the first pages
        if isinstance(said, UserError) and not (said is error and isinstance(said, CannotOpen)):
            raise CannotOpen(said.code, said.message) from error  # a damaged page, met while opening
        raise


def _see_version(book: Notebook, migrate: bool) -> None:
    version = book.value(runner.VERSION)
    if version > runner.NEWEST:
        raise refusals.newer_version()
    if version < runner.NEWEST and migrate and not book.read_only:
        from kapperboek.storage.copies.verified_copy import before_migration

        before_migration(book, version)
        with explained():
            runner.migrate(book.connection)


# ---- what the handle is given


def _refresh_facts(book: Notebook, customer_ids: Iterable[int], _kinds: Collection[str] | None) -> None:
    from kapperboek.storage.derived import customer_facts

    customer_facts.refresh(book, customer_ids)


def _refresh_search(book: Notebook, customer_ids: Iterable[int], kinds: Collection[str] | None) -> None:
    from kapperboek.storage.derived import search_index

    search_index.refresh(book, customer_ids, kinds)


def _lacks_something(connection: Connection) -> bool:
    from kapperboek.storage.damage import foreign_content

    return foreign_content.lacks_something(connection)


def _examine(book: Notebook) -> UserError | None:
    from kapperboek.storage.damage import integrity_check

    return integrity_check.explain(book)


def _before_last_close(book: Notebook) -> Callable[[], None] | None:
    if book.file.is_as_it_was(book):
        return None
    from kapperboek.storage.copies import moved_file

    return moved_file.let_go(book)


HOOKS = Hooks((_refresh_facts, _refresh_search), _lacks_something, _examine, _before_last_close)


# ---- what is found beside it, and what is made


def _strange_log(path: Path, key: bytes, salt: bytes) -> Path | None:
    """Path to which a log was put aside that lay there and is not of this file; None when there was none."""
    log = wal_repair.beside(path)
    if not log.exists() or not log.stat().st_size:
        return None
    from kapperboek.storage.copies import moved_file

    return moved_file.set_log_aside(path, key, salt)


def _raw(key: bytes | str | None, salt: bytes) -> bytes:
    if isinstance(key, str):
        return key_derivation.derive(key, salt)
    if key is None or len(key) != key_derivation.KEY_BYTES:
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
        if book.value(open_file.GIVE_UP_LOG) != "delete":
            raise sqlite_errors.disk_trouble()


def _make(
    path: Path,
    key: bytes | str | None,
    salt: bytes | None,
    clock: Clock | None,
    fill: Callable[[Notebook], None] | None,
) -> None:
    """Make a new notebook under another name, and give it its own when it is whole. Raises CannotOpen."""
    salt = salt or key_derivation.new_salt()
    raw = _raw(key, salt)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        with durable.making_in(path.parent):
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            connection = open_file.connect(draft, raw, salt)
            try:
                runner.migrate(connection, application_id=open_file.APPLICATION_ID)
            finally:
                connection.close()
            if fill is not None:
                connection, only_reading = open_file.begin_using(draft, raw, salt, read_only=False)
                _fill(on(connection, draft, raw, salt, clock=clock, read_only=only_reading), fill)
            _give_name(draft, path)
            durable.sync_folder(path.parent)
    except OSError as error:
        raise refusals.from_system(error, path) from error
    except dbapi2.Error as error:
        raise open_file.refusal(path, None, error) from error
    except CannotOpen as error:  # the name it was made under says nothing to anybody
        raise CannotOpen(error.code, error.message.replace(str(draft), str(path))) from error
    finally:
        open_file.discard(draft)
