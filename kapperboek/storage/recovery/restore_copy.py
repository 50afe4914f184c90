"""Restoring a backup: a copy put back in the notebook's place; what is there now is kept aside."""

from __future__ import annotations

import filecmp
import os
import secrets
import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from kapperboek import durable
from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.i18n import _
from kapperboek.storage.copies import copy_verification, verified_copy
from kapperboek.storage.file import open_file, refusals, sqlite_errors, wal_repair
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.recovery.replaced_notebook import Replaced
from kapperboek.storage.recovery.settled_since import Settled
from kapperboek.storage.write.unit_of_work import explained


def restore(
    backup: Path, path: Path, key: bytes | str | None, now: datetime, *, present_key: bytes | str | None = None,
    seen: int = 0, live: Notebook | None = None, another: bool = False,
) -> Path:
    """Put a copy in the notebook's place, which nobody has open; the present one is kept aside under a name with
    ``now`` in it, which is returned. A copy that has a key from before gets that of the present notebook,
    when ``present_key`` (by default ``key``) opens that. Its state is later than the present one and the one with the
    mark ``seen``; ``live``, if given, knows what was settled. CannotOpen when copy or key isn't good, UserError
    "another-notebook" when it is of another one, or may be, and that was not meant (``another``): nothing moved then.
    """
    path = durable.real(path)
    key_of_present = present_key if present_key is not None else key
    present = Replaced(path, key_of_present, backup)
    settled = Settled(live.path if live else path, [backup.parent]).learnt_from(key_of_present, live)
    with open_notebook(backup, key=present.former or key, read_only=True) as source:
        if _is_damaged(source):
            raise CannotOpen(
                "damaged", _("The file {path} is damaged. Choose another backup.").format(path=backup)
            )
        if not another:
            present.see_same(source, backup)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
        try:
            with durable.making_in(path.parent), explained():
                copy_verification.see(source, draft, verified_copy.write_copy(source, draft))
                settled.apply_to(draft, source.key)
                present.hand_over(draft, source, seen)
            aside = _free_name(path, now)
            if path.exists():
                _keep_aside(path, key, aside)
            draft.replace(path)
            durable.sync_folder(path.parent)
        except OSError as error:
            raise refusals.from_system(error, path) from error
        finally:
            open_file.discard(draft)
    with suppress(OSError):  # what is put back knows them itself
        erasure_list.write(erasure_list.beside(path), settled.marks)
    return aside


def _free_name(path: Path, now: datetime) -> Path:
    """The name under which the present notebook is kept, with a later second where two are put back in one."""
    while (aside := path.with_name(f"{path.stem}-before-restore-{now:%Y-%m-%d-%H%M%S}{path.suffix}")).exists():
        now += timedelta(seconds=1)
    return aside


def _is_damaged(source: Notebook) -> bool:
    """Tell whether the copy itself is damaged; what is said of a damaged notebook would be taken for today's."""
    try:
        with explained():
            return copy_verification.is_damaged(source.connection)
    except UserError as error:
        if error.code != "damaged":
            raise
        return True


def _keep_aside(path: Path, key: bytes | str | None, aside: Path) -> None:
    """Give the present notebook a second name, with what a crash may have left of its log. Raises CannotOpen "in-use".

    It keeps its own name too, until the copy takes that: at no moment is there no notebook.
    """
    try:
        with open_notebook(path, key=key, migrate=False) as present:
            present.connection.execute("PRAGMA busy_timeout = 0")
            mode = present.value("PRAGMA journal_mode = DELETE")  # only possible when nobody else has it open
    except CannotOpen as error:
        if error.code in ("in-use", "no-rights", "read-only"):
            raise
        # damaged, or of another key: it goes aside as it is
        mode = "wal" if wal_repair.in_use(path) else "delete"
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
        shutil.copy(file, second)  # for its owner only, as the file is
        with second.open("rb+") as copy:
            os.fsync(copy.fileno())
        if not filecmp.cmp(file, second, shallow=False):
            raise sqlite_errors.disk_trouble() from None
