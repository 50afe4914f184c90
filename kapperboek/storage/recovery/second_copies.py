"""Second copies, beyond the daily one: in a second place, and once a month the proof that a copy can be put back.

And no copy stays behind with a key that was given up.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from kapperboek import durable
from kapperboek.domain.errors import Cancelled, CannotOpen, UserError
from kapperboek.i18n import _
from kapperboek.storage.copies import copy_verification, former_keys
from kapperboek.storage.copies.rekey import rekey
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file import key_derivation, refusals
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.recovery import backup, restore_copy
from kapperboek.storage.recovery.settled_since import Settled
from kapperboek.storage.write import setting_store
from kapperboek.storage.write.unit_of_work import unit_of_work
from kapperboek.storage.write.upkeep_memory import BETWEEN, memory, remember, several

PLACE = "backup_place"  # the second place, chosen by the owner: a folder
REHEARSE_EVERY = timedelta(days=30)
# A folder that is only where a stick used to be looks like any other; this file tells that it is the stick itself.
MARK = ".kapperboek-copies"


def choose_place(book: Notebook, folder: Path | None, *, by: int = 0) -> None:
    """Copies go there too from now on; None: no more. Raises UserError when nothing can be written there."""
    if folder is not None:
        try:
            (folder / MARK).touch()
        except OSError as error:
            raise refusals.from_system(error, folder / MARK) from error
    with unit_of_work(book, _("Settings saved"), staff_id=by) as uow:
        setting_store.put(uow, PLACE, str(folder) if folder is not None else "")
    remember(book, copied_at="", copy_trouble="")


def place(book: Notebook) -> Path | None:
    """The second place, whether it is there or not."""
    chosen = str(book.get_setting(PLACE, ""))
    return Path(chosen) if chosen else None


def is_there(folder: Path) -> bool:
    """Tell whether the second place can be written in now: the stick is in."""
    try:
        return (folder / MARK).is_file()
    except OSError:
        return False


def copy_there(book: Notebook, cancelled: Callable[[], bool] = lambda: False) -> Path | None:
    """Today's copy in the second place too, if it is there and has not got it. Nothing fails: trouble is remembered."""
    folder = place(book)
    if folder is None or not is_there(folder) or book.read_only:
        return None
    try:
        made = backup.closing(book, folder, cancelled)
    except UserError as error:
        if error.code != "cancelled":
            remember(book, copy_trouble=error.message)
        return None
    if made is not None or not memory(book).get("copied_at"):
        remember(book, copied_at=_now(book), copy_trouble="")
    return made


def renew(book: Notebook, folder: Path | None, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Give copies that have a key from before the notebook's own: in ``folder``, in the second place, and
    those set aside beside the notebook. Nothing fails: the names of those that could not be are remembered, and they
    are tried again the next time. What no known key opens is not ours, and is left alone.
    """
    if book.read_only:
        return
    left: list[str] = []
    try:
        copies = _every_copy(book, folder)
    except OSError:
        return  # the folder is gone; whoever saves next is told
    for copy in copies:
        if cancelled():
            return
        try:
            old = former_keys.former(book, key_derivation.read_salt(copy))
            if old is not None:
                rekey(copy, old, book.key, book.salt, noted=former_keys.about(book), cancelled=cancelled)
        except Cancelled:
            return
        except (OSError, UserError):
            left.append(copy.name)
    words = _(
        "These copies did not get the key of today: {files}. They are as they were; throw them away when you need them "
        "no longer."
    )
    trouble = words.format(files=", ".join(left)) if left else ""
    if memory(book).get("old_keys", "") != trouble:
        remember(book, old_keys=trouble)


def sweep(book: Notebook, folder: Path | None) -> None:
    """Throw away the halves of copies wherever this program makes them: of one that was killed."""
    for one in {book.path.parent, *_folders(book, folder)}:
        backup.sweep(one)
    _sweep_parts(book)


def writes_into(book: Notebook, folder: Path) -> None:
    """Something readable goes out to this folder. Where it has a name before it is whole, the folder is remembered, so
    that nothing is left there when the program is killed meanwhile. Raises UserError as any saving does."""
    try:
        keeps_names = folder.is_dir() and durable.keeps_names(folder)
        there = str(folder.absolute())
    except OSError:
        return  # it may not be looked into, or has gone: whoever writes there says so
    if keeps_names and not book.read_only:
        _sweep_parts(book)
        remember(book, written_into=there)


def _sweep_parts(book: Notebook) -> None:
    folder = memory(book).get("written_into", "")
    with suppress(OSError):  # the stick is out; next time
        for part in durable.left_in(Path(folder), durable.is_part) if folder else ():
            part.unlink()


def salts_there(book: Notebook, folder: Path | None) -> set[bytes] | None:
    """Salts of every notebook and copy where this program puts copies, but for the notebook itself.

    None when a folder of those, or a file in it, cannot be looked at now.
    """
    second = place(book)
    if folder is None or (second is not None and not is_there(second)):
        return None
    try:
        folders = {book.path.parent, *_folders(book, folder)}
        files = [file for one in folders for file in one.glob(f"*{book.path.suffix}")]
        return {
            salt for file in files if not is_file(book, file) and (salt := key_derivation.read_salt(file)) is not None
        }
    except OSError:
        return None


def is_file(book: Notebook, path: Path) -> bool:
    """Tell whether this is the open notebook itself, by whatever name: to open and close that would drop its locks."""
    try:
        return path.samefile(book.path)
    except OSError:
        return False


def _every_copy(book: Notebook, folder: Path | None) -> list[Path]:
    """All there are now, wherever this program puts them. OSError when a folder goes away meanwhile."""
    folders = _folders(book, folder)
    return [*backup.set_aside(book.path), *(copy for one in folders for copy in backup.copies(book, one))]


def _folders(book: Notebook, folder: Path | None) -> list[Path]:
    """Folders in which copies are kept, of those that are there now."""
    second = place(book)
    return [one for one in (folder, second if second is not None and is_there(second) else None) if one is not None]


def rehearse_when_due(book: Notebook, folder: Path, cancelled: Callable[[], bool] = lambda: False) -> bool | None:
    """Once a month put the newest copy, and another of those that are kept, back in a temporary place and look whether
    they are whole; None when it isn't time, or there is nothing to put back, else whether it went well. How it went is
    remembered; one that failed is tried again until it is gone.
    """
    copies = backup.copies(book, folder)
    if not copies or book.read_only or not _is_due(book):
        return None
    before = several(book, "rehearsed")
    failed = memory(book).get("rehearsal_failed", "")
    chosen = _turn(copies, before, failed)
    troubles = {copy.name: trouble for copy in chosen if (trouble := _rehearse(book, copy, cancelled))}
    done = [copy.name for copy in chosen if copy.name not in troubles]
    seen = [name for name in before if name in {copy.name for copy in copies} - {*done, *troubles, failed}]
    remember(
        book, rehearsed_at=_now(book), rehearsed=BETWEEN.join([*seen, *done]),
        rehearsal_trouble=" ".join(f"{name}: {trouble}" for name, trouble in troubles.items()),
        rehearsal_failed=next(iter(troubles), ""),
    )
    return not troubles


def _turn(copies: Sequence[Path], before: Sequence[str], failed: str) -> list[Path]:
    """Copies whose turn it is: the newest, and of the others the one that failed, else whose turn is longest ago.

    Within a year all had theirs.
    """

    def turn(copy: Path) -> int:
        return -2 if copy.name == failed else before.index(copy.name) if copy.name in before else -1

    others = copies[:0:-1]  # the oldest first
    return [copies[0], *([min(others, key=turn)] if others else [])]


def _is_due(book: Notebook) -> bool:
    last = memory(book).get("rehearsed_at", "")
    if not last or memory(book).get("rehearsal_trouble"):
        return True
    passed = book.clock.local() - datetime.fromisoformat(last)
    return not timedelta() <= passed < REHEARSE_EVERY  # also when the clock went back


def _rehearse(book: Notebook, copy: Path, cancelled: Callable[[], bool]) -> str:
    """Rehearse a restore: what is wrong with putting this copy back; empty when nothing is. Raises Cancelled."""
    try:
        with (
            durable.making_in(copy.parent),
            tempfile.TemporaryDirectory(prefix=backup.REHEARSAL, dir=copy.parent) as folder,
        ):
            restored = Path(folder) / copy.name
            key = former_keys.key_for(book, copy)
            restore_copy.restore(copy, restored, key, book.clock.local(), live=book)
            with open_notebook(restored, key=key, clock=book.clock) as again:
                problems = integrity_check.examine(again, cancelled=cancelled).problems
                if not problems and again.value("SELECT count(*) FROM customer") != _expected(book, copy):
                    problems = [_("Not all customers came back.")]
            return " ".join(problems[:2])
    except CannotOpen as error:
        return error.message
    except OSError as error:
        return refusals.from_system(error, copy).message


def _expected(book: Notebook, copy: Path) -> int:
    """Number of customers of a copy that come back: all but those who were forgotten since."""
    settled = Settled(book.path, [copy.parent])
    settled.learn_from(book)
    with copy_verification.opened(book, copy) as connection:
        gone = erasure_list.met_again(connection, settled.marks)
    return backup.look_into(book, copy)[0] - len(gone)


def _now(book: Notebook) -> str:
    return book.clock.local().isoformat(timespec="minutes")
