"""Copies that are known to be good: made while the notebook is in use, opened and counted, thinned with age.

A copy has the same key and salt as the notebook, so the same passphrase opens it. It gets its name only when
it is whole and verified; a crash leaves the earlier ones as they were.
"""

from __future__ import annotations

import os
import re
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.i18n import _
from kapperboek.storage import connecting, keys
from kapperboek.storage.unit_of_work import explained

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

    from kapperboek.storage.notebook import Notebook

SUFFIX = ".kapperboek"
DAYS, WEEKS, MONTHS = 7, 4, 12
_PAGES_A_STEP = 256  # a megabyte; between steps another thread gets its turn


def backup(book: Notebook, folder: Path, *, thorough: bool = False) -> Path:
    """A verified copy ``NAME-YYYY-MM-DD.kapperboek`` in the folder, replacing one of the same day.

    ``thorough`` also checks the seal of every page. Raises UserError: folder-missing, disk-full,
    disk-trouble, no-rights, damaged.
    """
    name = f"{book.path.stem}-{book.clock.today().isoformat()}{SUFFIX}"
    return copy_to(book, folder / name, thorough=thorough)


def daily(book: Notebook, folder: Path) -> Path | None:
    """Today's copy, unless it is there already (then None); older ones are thinned. Makes the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise connecting.from_system(error, folder) from error
    if (folder / f"{book.path.stem}-{book.clock.today().isoformat()}{SUFFIX}").exists():
        return None
    made = backup(book, folder)
    for old in superfluous(folder, book.path.stem):
        old.unlink(missing_ok=True)
    return made


def superfluous(folder: Path, stem: str) -> list[Path]:
    """Dated copies beyond 7 days, 4 weeks and 12 months, counted over the copies there are and not from
    today: a computer whose clock went wrong throws nothing away.
    """
    pattern = re.compile(re.escape(stem) + r"-(\d{4}-\d\d-\d\d)" + re.escape(SUFFIX), re.ASCII)
    dated: list[tuple[date, Path]] = []
    for path in folder.iterdir():
        found = pattern.fullmatch(path.name)
        if found:
            try:
                dated.append((date.fromisoformat(found[1]), path))
            except ValueError:
                continue  # somebody's own file that only looks like one of ours
    dated.sort(reverse=True)
    kept: set[Path] = set()
    for count, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        newest: dict[str, Path] = {}
        for day, path in dated:
            newest.setdefault(day.strftime(period), path)
        kept.update(list(newest.values())[:count])
    return [path for _day, path in dated if path not in kept]


def restore(backup: Path, path: Path, key: bytes | str | None, now: datetime) -> Path:
    """Put a copy in the notebook's place, which nobody has open; the present one is kept aside under a name
    with ``now`` in it, which is returned. Raises CannotOpen when the copy or the key isn't good; then
    nothing moved.
    """
    from kapperboek.storage.notebook import Notebook

    with Notebook.open(backup, key=key, read_only=True) as source:
        problems = _problems(source.connection, source.key is not None)
        if problems:
            raise CannotOpen(
                "damaged", _("The file {path} is damaged. Choose another backup.").format(path=backup)
            )
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
        try:
            with explained():
                _copy(source, draft)
            aside = path.with_name(f"{path.stem}-before-restore-{now:%Y-%m-%d-%H%M%S}{path.suffix}")
            if path.exists():
                _set_aside(path, key, aside)
            draft.replace(path)
            connecting.sync_folder(path.parent)
        except OSError as error:
            raise connecting.from_system(error, path) from error
        finally:
            draft.unlink(missing_ok=True)
    return aside


def before_migration(book: Notebook, version: int) -> Path:
    """A verified copy beside the notebook, before an older one is changed; an earlier one is never
    replaced."""
    stem, number = f"{book.path.stem}-before-update-from-{version}", 1
    target = book.path.with_name(f"{stem}{SUFFIX}")
    while target.exists():
        number += 1
        target = book.path.with_name(f"{stem}-{number}{SUFFIX}")
    return copy_to(book, target, thorough=True)


def copy_to(book: Notebook, target: Path, *, thorough: bool = False) -> Path:
    """A verified copy under this name, which it gets when it is whole. Raises as ``backup`` does."""
    if not target.parent.is_dir():
        raise connecting.folder_missing(target)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        with explained():
            counted = _copy(book, draft)
            _verify(book, draft, counted, thorough)
        draft.replace(target)
        connecting.sync_folder(target.parent)
    except OSError as error:
        raise connecting.from_system(error, target) from error
    finally:
        for leftover in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm", "-journal"))):
            leftover.unlink(missing_ok=True)
    return target


def _copy(book: Notebook, draft: Path) -> tuple[int, int]:
    """Copy what was committed when this began; gives how many customers and contact moments that is."""
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    target = connecting.connect(draft, book.key, book.salt)
    source = book.again()
    try:
        source.connection.execute("BEGIN")  # holds one moment still, so that writers don't make it start over
        counted = _counts(source.connection)
        source.connection.backup(target, pages=_PAGES_A_STEP, sleep=0)
        source.connection.execute("COMMIT")
        # Without a log of its own the copy is one file that says it all.
        target.execute("PRAGMA journal_mode = DELETE").fetchone()
        return counted
    finally:
        source.close()
        target.close()


def _counts(connection: Connection) -> tuple[int, int]:
    customers, moments = connection.execute(
        "SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM interaction)"
    ).fetchone()
    return customers, moments


def _verify(book: Notebook, draft: Path, counted: tuple[int, int], thorough: bool) -> None:
    salt = keys.read_salt(draft) if book.key is not None else None
    connection = connecting.connect(draft, book.key, salt, read_only=True)
    try:
        good = _counts(connection) == counted and not (
            thorough and _problems(connection, book.key is not None)
        )
    finally:
        connection.close()
    if not good:
        raise UserError(
            "damaged", _("The copy could not be verified and was thrown away. Check the disk and try again.")
        )


def _problems(connection: Connection, keyed: bool) -> bool:
    """Whether any page fails its seal, or SQLite finds the structure wrong."""
    if keyed and connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        return True
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")


def _set_aside(path: Path, key: bytes | str | None, aside: Path) -> None:
    """Move the present notebook away, with what a crash may have left of its log. Raises CannotOpen
    "in-use"."""
    from kapperboek.storage.notebook import Notebook

    try:
        with Notebook.open(path, key=key, migrate=False) as present:
            present.connection.execute("PRAGMA busy_timeout = 0")
            mode = present.value("PRAGMA journal_mode = DELETE")  # only possible when nobody else has it open
    except CannotOpen as error:
        if error.code in ("in-use", "no-rights", "read-only"):
            raise
        mode = "delete"  # damaged, or of another key: it goes aside as it is
    except UserError:
        mode = "wal"
    if mode != "delete":
        raise CannotOpen("in-use", _("Another program is using this notebook. Close it there and try again."))
    for end in ("", "-wal", "-shm"):
        part = path.with_name(path.name + end)
        if part.exists():
            part.rename(aside.with_name(aside.name + end))
