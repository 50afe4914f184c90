"""Copies that are known to be good: made while the notebook is in use, opened and counted, thinned with age.

A copy has the same key and salt as the notebook, so the same passphrase opens it. It gets its name only when
it is whole and verified; a crash leaves the earlier ones as they were.
"""

from __future__ import annotations

import filecmp
import os
import re
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek import durable
from kapperboek.domain.errors import Cancelled, CannotOpen, UserError
from kapperboek.i18n import _
from kapperboek.storage import (
    connecting,
    dated_copies,
    failures,
    forgotten,
    former_keys,
    torn_log,
    verified,
    whose,
)
from kapperboek.storage.connecting import SUFFIX
from kapperboek.storage.settled import Settled
from kapperboek.storage.unit_of_work import explained, roll_back

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook

_DRAFT = re.compile(r"\..+\.kapperboek\.[0-9a-f]{8}\.new(-wal|-shm|-journal)?")  # as copies are called while being made
REHEARSAL = ".rehearsal-"  # how the folder begins in which putting back is tried
_PAGES_A_STEP = 256  # a megabyte; between steps another thread gets its turn


def backup(book: Notebook, folder: Path, *, cancelled: Callable[[], bool] = lambda: False) -> Path:
    """A verified copy in the folder (see ``dated_copies.place_for``), replacing its own of the same day.

    Raises UserError: folder-missing, disk-full, disk-trouble, no-rights, damaged; Cancelled.
    """
    return copy_to(book, dated_copies.place_for(book, folder), cancelled=cancelled)


def daily(book: Notebook, folder: Path, cancelled: Callable[[], bool] = lambda: False) -> Path | None:
    """Today's copy, unless it is there already and is of today (then None); older ones are thinned, and what was set
    aside long ago. Makes the folder."""
    try:
        durable.make_folder(folder)
    except OSError as error:
        raise connecting.from_system(error, folder) from error
    if (today := dated_copies.newest(book, folder)) and today[1] == dated_copies.place_for(book, folder):
        return None
    made = backup(book, folder, cancelled=cancelled)
    for old in (*dated_copies.too_many(book, folder), *dated_copies.outlived(book, folder, set_aside(book.path))):
        with suppress(OSError):  # a copy too many does no harm
            old.unlink(missing_ok=True)
    return made


def sweep(folder: Path) -> None:
    """Throw away what was being made in this folder when a program was killed: nobody is making it any more."""
    with suppress(OSError):  # the stick is out; next time
        for left in durable.left_in(folder, lambda name: bool(_DRAFT.fullmatch(name)) or name.startswith(REHEARSAL)):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def closing(book: Notebook, folder: Path, cancelled: Callable[[], bool]) -> Path | None:
    """Today's copy made once more when something was written since; None when it says it all already.

    ``cancelled`` is asked now and then: when it says so Cancelled is raised, and the copy there was stays.
    """
    today = dated_copies.place_for(book, folder)
    if not today.exists():
        return daily(book, folder, cancelled)
    last = int(book.value("SELECT coalesce(max(id), 0) FROM change"))
    if dated_copies.place_in_journal(book, today) == last:
        return None
    return copy_to(book, today, cancelled=cancelled)


def copies(book: Notebook, folder: Path) -> list[Path]:
    """This notebook's own dated copies, the newest first; those of a day that is still to come last."""
    own = dated_copies.of(book, folder)
    ahead = [path for day, path in own if day > book.clock.today()]
    present = [path for _day, path in own if path not in ahead]
    return sorted(present, key=lambda path: path.stat().st_mtime, reverse=True) + ahead


def set_aside(path: Path) -> list[Path]:
    """What was kept beside the notebook at ``path`` when a copy, an update or a rescue took its place."""
    path = durable.real(path)
    names = re.compile(re.escape(path.stem) + r"-(before-(restore|update)|rescued|kept)-.+" + re.escape(path.suffix))
    return sorted(file for file in path.parent.iterdir() if names.fullmatch(file.name))


def look_into(book: Notebook, copy: Path) -> tuple[int, int, str, bool]:
    """How many customers and contact moments a copy holds, when its last change was made (UTC, ISO; or empty), and
    whether it is of another notebook.

    Raises CannotOpen as opening it would, with the key ``book`` has or had.
    """
    from kapperboek.storage.notebook import Notebook

    with Notebook.open(copy, key=former_keys.key_for(book, copy), read_only=True) as opened:
        counted = "SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM interaction)"
        customers, moments = opened.rows(counted)[0]
        last = str(opened.value("SELECT coalesce(max(at), '') FROM change"))
        return customers, moments, last, whose.is_another(whose.mark(book), opened)


def restore(
    backup: Path, path: Path, key: bytes | str | None, now: datetime, *, present_key: bytes | str | None = None,
    seen: int = 0, live: Notebook | None = None, another: bool = False,
) -> Path:  # fmt: skip
    """Put a copy in the notebook's place, which nobody has open; the present one is kept aside under a name with
    ``now`` in it, which is returned. A copy that has no key, or one from before, gets that of the present notebook,
    when ``present_key`` (by default ``key``) opens that. Its state is later than the present one and the one with the
    mark ``seen``; ``live``, if given, knows what was settled. CannotOpen when copy or key isn't good, UserError
    "another-notebook" when it is of another one and that was not meant (``another``): nothing moved then.
    """
    from kapperboek.storage.notebook import Notebook

    path = durable.real(path)
    key_of_present = present_key if present_key is not None else key
    present = former_keys.Present(path, key_of_present, backup)
    settled = Settled(live.path if live else path, [backup.parent]).learnt_from(key_of_present, live)
    with Notebook.open(backup, key=present.former or key, read_only=True) as source:
        if _is_damaged(source):
            raise CannotOpen(
                "damaged", _("The file {path} is damaged. Choose another backup.").format(path=backup)
            )
        whose.see_same("" if another else present.whose, source, backup)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
        try:
            with durable.making_in(path.parent), explained():
                verified.see(source, draft, write_copy(source, draft))
                settled.apply_to(draft, source.key)
                present.hand_over(draft, source.key, seen)
            aside = path.with_name(f"{path.stem}-before-restore-{now:%Y-%m-%d-%H%M%S}{path.suffix}")
            if path.exists():
                _keep_aside(path, key, aside)
            draft.replace(path)
            durable.sync_folder(path.parent)
        except OSError as error:
            raise connecting.from_system(error, path) from error
        finally:
            connecting.discard(draft)
    with suppress(OSError):  # what is put back knows them itself
        forgotten.write(forgotten.beside(path), settled.marks)
    return aside


def _is_damaged(source: Notebook) -> bool:
    """Whether the copy itself is; what is said of a damaged notebook would be taken for today's."""
    try:
        with explained():
            return verified.is_damaged(source.connection, source.key is not None)
    except UserError as error:
        if error.code != "damaged":
            raise
        return True


def before_migration(book: Notebook, version: int) -> Path:
    """A verified copy beside the notebook, before an older one is changed; an earlier one is never
    replaced."""
    stem, number = f"{book.path.stem}{dated_copies.BEFORE_UPDATE}from-{version}", 1
    target = book.path.with_name(f"{stem}{SUFFIX}")
    while target.exists():
        number += 1
        target = book.path.with_name(f"{stem}-{number}{SUFFIX}")
    return copy_to(book, target)


def keep_state(book: Notebook) -> Path:
    """A verified copy beside the notebook of how it is, before others are believed; it stays until somebody throws it
    away."""
    name = f"{book.path.stem}-as-it-was-{book.clock.local():%Y-%m-%d-%H%M%S}{SUFFIX}"
    return copy_to(book, book.path.with_name(name))


def copy_to(book: Notebook, target: Path, *, cancelled: Callable[[], bool] = lambda: False) -> Path:
    """A verified copy under this name, which it gets when it is whole. Raises as ``backup`` does, and Cancelled."""
    if not target.parent.is_dir():
        raise connecting.folder_missing(target)
    book.see_content()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        with durable.making_in(target.parent), explained():
            verified.see(book, draft, write_copy(book, draft, cancelled), cancelled)
        book.see_content()
        draft.replace(target)
        durable.sync_folder(target.parent)
        forgotten.hand_out(book, target.parent)
    except OSError as error:
        raise connecting.from_system(error, target) from error
    finally:
        connecting.discard(draft)
    return target


def write_copy(book: Notebook, draft: Path, cancelled: Callable[[], bool] = lambda: False) -> verified.Contents:
    """Copy what was committed when this began into a new file; gives what that is. Nothing of it is read back yet."""

    def look(_status: int, _left: int, _all: int) -> None:
        if cancelled():
            raise Cancelled(_("The copy was stopped; the one before it is still there."))

    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    target, source = connecting.connect(draft, book.key, book.salt), book.connection
    try:
        # From the connection that is open and not from the path, which may lead to another file by now. The
        # transaction holds one moment still, so that writers don't make it start over.
        source.execute("BEGIN")
        held = verified.contents(source)
        source.backup(target, pages=_PAGES_A_STEP, progress=look, sleep=0)
        # Without a log of its own the copy is one file that says it all.
        target.execute("PRAGMA journal_mode = DELETE").fetchone()
        return held
    finally:
        roll_back(book)
        target.close()


def _keep_aside(path: Path, key: bytes | str | None, aside: Path) -> None:
    """Give the present notebook a second name, with what a crash may have left of its log. Raises CannotOpen "in-use".

    It keeps its own name too, until the copy takes that: at no moment is there no notebook.
    """
    from kapperboek.storage.notebook import Notebook

    try:
        with Notebook.open(path, key=key, migrate=False) as present:
            present.connection.execute("PRAGMA busy_timeout = 0")
            mode = present.value("PRAGMA journal_mode = DELETE")  # only possible when nobody else has it open
    except CannotOpen as error:
        if error.code in ("in-use", "no-rights", "read-only"):
            raise
        # damaged, or of another key: it goes aside as it is
        mode = "wal" if torn_log.in_use(path) else "delete"
    except UserError:
        mode = "wal"
    if mode != "delete":
        raise CannotOpen("in-use", _("Another program is using this notebook. Close it there and try again."))
    for end in ("-wal", "-journal", ""):
        if (part := path.with_name(path.name + end)).exists():
            _name_too(part, aside.with_name(aside.name + end))
    durable.sync_folder(path.parent)
    for end in ("-wal", "-shm", "-journal"):  # a log left lying would be taken for the copy's own
        path.with_name(path.name + end).unlink(missing_ok=True)


def _name_too(file: Path, second: Path) -> None:
    """A second name for a file; a copy of it on a disk that knows no second names."""
    try:
        os.link(file, second)
    except FileExistsError:
        raise
    except OSError:
        shutil.copyfile(file, second)
        with second.open("rb+") as copy:
            os.fsync(copy.fileno())
        if not filecmp.cmp(file, second, shallow=False):
            raise failures.disk_trouble() from None
