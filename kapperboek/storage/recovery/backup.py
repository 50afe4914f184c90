"""Backups, copies that are known to be good: made while the notebook is in use, opened and counted, thinned with age.

A copy has the same key and salt as the notebook, so the same passphrase opens it. It gets its name only when
it is whole and verified; a crash leaves the earlier ones as they were.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kapperboek import durable
from kapperboek.storage.copies import copy_identity, copy_names, former_keys, verified_copy
from kapperboek.storage.file import refusals
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook

_DRAFT = re.compile(r"\..+\.kapperboek\.[0-9a-f]{8}\.new(-wal|-shm|-journal)?")  # as copies are called while being made
REHEARSAL = ".rehearsal-"  # how the folder begins in which putting back is tried


def backup(book: Notebook, folder: Path, *, cancelled: Callable[[], bool] = lambda: False) -> Path:
    """Back up: a verified copy in the folder (see ``copy_names.place_for``), replacing its own of the same day.

    Raises UserError: folder-missing, disk-full, disk-trouble, no-rights, damaged; Cancelled.
    """
    return verified_copy.copy_to(book, copy_names.place_for(book, folder), cancelled=cancelled)


def daily(book: Notebook, folder: Path, cancelled: Callable[[], bool] = lambda: False) -> Path | None:
    """Make today's backup, unless it is there already and is of today (then None).

    Older ones are thinned, and what was set aside long ago. Makes the folder. Raises as ``backup`` does.
    """
    try:
        durable.make_folder(folder)
    except OSError as error:
        raise refusals.from_system(error, folder) from error
    if (today := copy_names.newest(book, folder)) and today[1] == copy_names.place_for(book, folder):
        return None
    made = backup(book, folder, cancelled=cancelled)
    for old in (*copy_names.too_many(book, folder), *copy_names.outlived(book, folder, set_aside(book.path))):
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
    today = copy_names.place_for(book, folder)
    if not today.exists():
        return daily(book, folder, cancelled)
    last = int(book.value("SELECT coalesce(max(id), 0) FROM change"))
    if copy_names.place_in_journal(book, today) == last:
        return None
    return verified_copy.copy_to(book, today, cancelled=cancelled)


def copies(book: Notebook, folder: Path) -> list[Path]:
    """This notebook's own dated copies, the newest first; those of a day that is still to come last."""
    own = copy_names.of(book, folder)
    ahead = [path for day, path in own if day > book.clock.today()]
    present = [path for _day, path in own if path not in ahead]
    return sorted(present, key=lambda path: path.stat().st_mtime, reverse=True) + ahead


def set_aside(path: Path) -> list[Path]:
    """Files kept beside the notebook at ``path`` when a copy, an update or a rescue took its place, also under the name
    it had before it was kept itself. Raises OSError."""
    path = durable.real(path)
    stem = re.escape(copy_names.before_kept(path.stem))
    names = re.compile(stem + r"-(before-(restore|update)|rescued|kept)-.+" + re.escape(path.suffix))
    return sorted(file for file in path.parent.iterdir() if names.fullmatch(file.name) and file != path)


def look_into(book: Notebook, copy: Path) -> tuple[int, int, str, bool]:
    """Look into a backup: number of customers, of contact moments, last change, and whether of another notebook.

    The last change is UTC, ISO; or empty.

    Raises CannotOpen as opening it would, with the key ``book`` has or had.
    """
    with open_notebook(copy, key=former_keys.key_for(book, copy), read_only=True) as opened:
        counted = "SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM interaction)"
        customers, moments = opened.rows(counted)[0]
        last = str(opened.value("SELECT coalesce(max(at), '') FROM change"))
        return customers, moments, last, copy_identity.is_another(copy_identity.mark(book), opened)
