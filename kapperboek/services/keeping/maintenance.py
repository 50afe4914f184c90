"""Maintenance of the notebook: backups, putting one back, and looking for damage."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from kapperboek.domain import word_cache
from kapperboek.domain.errors import UserError
from kapperboek.domain.staff_rights import SETTINGS
from kapperboek.domain.time.clock import Clock, wall_time
from kapperboek.domain.views.file_health import BackupState, Rescued
from kapperboek.domain.views.list_views import CopyContent, CopyView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, ngettext
from kapperboek.services.keeping import old_keys, older_state, whereabouts
from kapperboek.services.keeping.security import KeyKeeper
from kapperboek.services.permissions import require
from kapperboek.services.privacy import retention
from kapperboek.storage.copies import copy_names
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.derived.idle_maintenance import join_a_little as join_a_little
from kapperboek.storage.derived.idle_maintenance import work_log_in as work_log_in
from kapperboek.storage.file import refusals
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.recovery import backup as store
from kapperboek.storage.recovery import rescue as rescuing
from kapperboek.storage.recovery import restore_copy, restore_customer, second_copies, settled_since
from kapperboek.storage.write import row_lookup, upkeep_memory

Progress = Callable[[str, float], None]
LEFT_SHOWN = 8
OLD_DAYS = 3  # without a good copy before it is warned of

check = integrity_check.examine


def make_folder(folder: Path) -> None:
    """The folder for copies, nobody else's to read. CannotOpen."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise refusals.from_system(error, folder) from error


def backup(book: Notebook, folder: Path) -> Path:
    """A verified copy in the folder, made when it isn't there; gives its path. UserError when it cannot be made."""
    second_copies.sweep(book, folder)
    return store.backup(book, folder)


def daily_backup(
    book: Notebook, folder: Path, cancelled: Callable[[], bool] = lambda: False
) -> Path | None:
    """Today's copy if there is none yet (None then); old ones are thinned: 7 days, 4 weeks, 12 months.

    Before that whoever is to be forgotten by now is forgotten, so that it is not in the copy.
    """
    try:
        if not book.read_only:
            retention.purge(book)
    finally:  # whatever is wrong, there is a copy; and a stick that is out keeps nobody who is to be forgotten
        made = store.daily(book, folder, cancelled)
    return made


def closing_backup(
    book: Notebook,
    folder: Path,
    keeper: KeyKeeper | None = None,
    *,
    progress: object = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path | None:
    """Today's copy again when something was written since it was made; None when not. UserError, Cancelled.

    In the second place too, when it is there. With the ``keeper`` the state it is left in is noted on this computer.
    """
    with suppress(UserError):  # what is wrong with the disk the copy tells
        whereabouts.settle(book, keeper)
    made = store.closing(book, folder, cancelled)
    second_copies.copy_there(book, cancelled)
    return made


def look_after(
    book: Notebook,
    folder: Path,
    keeper: KeyKeeper | None = None,
    *,
    progress: object = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BackupState:
    """All that is to be done by itself: today's key for every copy, the copy of the day, one in the second place, no
    kept key that nothing needs, and the monthly rehearsal of putting one back. Gives how safe the notebook is then;
    UserError when the copy of the day cannot be made.
    """
    second_copies.sweep(book, folder)
    second_copies.renew(book, folder, cancelled)
    settled_since.see_lists(book, (folder, book.path.parent))
    try:
        daily_backup(book, folder, cancelled)
    finally:
        second_copies.copy_there(book, cancelled)
    settled_since.forget_aside(book, store.set_aside(book.path))
    if keeper is not None:
        old_keys.clear(book, keeper, folder)
    second_copies.rehearse_when_due(book, folder, cancelled)
    return backup_state(book, folder)


def backup_state(book: Notebook, folder: Path) -> BackupState:
    """State of the backups: how safe the notebook is now."""
    newest = copy_names.newest(book, folder)
    since = newest[0] if newest else _begun_on(book)
    known, place = upkeep_memory.memory(book), second_copies.place(book)
    return BackupState(
        last=_made_on(*newest) if newest else None,
        is_old=(book.clock.today() - since).days > OLD_DAYS,
        place=place,
        place_there=place is not None and second_copies.is_there(place),
        copied_at=_moment(known.get("copied_at")),
        copy_trouble=known.get("copy_trouble", ""),
        rehearsed_at=_moment(known.get("rehearsed_at")),
        rehearsal_trouble=known.get("rehearsal_trouble", ""),
        old_keys=known.get("old_keys", ""),
        settled=settled_again(book),
        by_hand=tuple(path.name for path in copy_names.left_by_hand(book, folder)),
    )


def settled_again(book: Notebook) -> str:
    """Report of what became of an older state of the notebook that was put in its place by hand, and of who was
    forgotten when their time had come, in sentences, until it was read; empty when there is nothing to say.
    """
    known = upkeep_memory.memory(book)
    people, lines = (int(known.get(name) or 0) for name in ("forgotten_again", "withdrawn_again"))
    said = []
    if people:
        text = ngettext(
            "{n} person who was forgotten was in this older notebook, and was forgotten again.",
            "{n} people who were forgotten were in this older notebook, and were forgotten again.", people,
        )
        said.append(text.format(n=people))
    if known.get("kept_before"):
        text = _("How it was before is kept as {file}: throw that away when this is right.")
        said.append(text.format(file=known["kept_before"]))
    if lines:
        text = ngettext(
            "{n} permission that was withdrawn later is withdrawn again.",
            "{n} permissions that were withdrawn later are withdrawn again.", lines,
        )
        said.append(text.format(n=lines))
    if known.get("removed_copies"):
        text = _("Thrown away, because somebody in it was forgotten: {files}.")
        said.append(text.format(files=known["removed_copies"]))
    if left := upkeep_memory.several(book, "left_named"):
        text = _("Who was forgotten when their time had come may still be named here: {places}. Look there.")
        said.append(text.format(places=", ".join(left[:LEFT_SHOWN]) + (", …" if len(left) > LEFT_SHOWN else "")))
    return " ".join(said)


def settled_was_read(book: Notebook) -> None:
    """Note that the report (``settled_again``) was read: it is not said again. UserError as any saving does."""
    read = dict.fromkeys(("forgotten_again", "withdrawn_again", "kept_before", "removed_copies", "left_named"), "")
    upkeep_memory.remember(book, **read)


def _made_on(day: date, copy: Path) -> datetime:
    """Moment the copy of that day was made; the hour is only known while the file itself says the same day."""
    made = datetime.fromtimestamp(copy.stat().st_mtime)
    return made if made.date() == day else datetime.combine(day, time())


def choose_place(book: Notebook, folder: Path | None, *, by: int = 0) -> None:
    """Copies go to this folder or stick too from now on, the first at once; None: no more. UserError."""
    require(book, by, SETTINGS)
    second_copies.choose_place(book, folder, by=by)
    second_copies.copy_there(book)


def bring_back(
    book: Notebook, copy: Path, who: str, *, key: bytes | str | None = None, by: int = 0
) -> Saved:
    """One customer's card out of a copy into today's notebook, by number or name; nothing written since is lost.

    NotFound, CannotOpen, UserError "several", "forgotten", "nothing-new". ``key`` when it is another than today's.
    """
    require(book, by, SETTINGS)
    return restore_customer.bring_back(book, copy, who, key=key, by=by)


def _begun_on(book: Notebook) -> date:
    first = row_lookup.first_change_at(book)
    return date.fromisoformat(first[:10]) if first else book.clock.today()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def copies(book: Notebook, folder: Path) -> tuple[CopyView, ...]:
    """The daily copies of this notebook, the newest first."""
    found = []
    for path in store.copies(book, folder):
        state = path.stat()
        found.append(CopyView(path, datetime.fromtimestamp(state.st_mtime), state.st_size))
    return tuple(found)


def look_into(book: Notebook, copy: Path) -> CopyContent:
    """Content of a copy that the notebook's own key opens. CannotOpen."""
    customers, moments, last, another = store.look_into(book, copy)
    return CopyContent(copy, customers, moments, wall_time(last, book.zone) if last else None, another)


def restore(
    copy: Path, path: Path, *, key: bytes | str | None, now: datetime, present_key: bytes | str | None = None,
    keeper: KeyKeeper | None = None, another: bool = False,
) -> Path:
    """Put a copy back as the notebook at ``path``; gives where the present one is kept. CannotOpen, UserError:
    "another-notebook" unless that is meant (``another``).

    The notebook must be closed everywhere. With the ``keeper`` it is not taken for an older state afterwards.
    """
    seen = older_state.last_seen(keeper, (copy, path))
    aside = restore_copy.restore(copy, path, key, now, present_key=present_key, seen=seen, another=another)
    older_state.chosen(path, keeper)
    return aside


def rescue_in_place(
    path: Path, *, key: bytes | str | None, clock: Clock, backups: Path | None, keeper: KeyKeeper | None = None
) -> Path:
    """Put what can be read of a damaged notebook in its place; gives where the damaged one is kept. As ``rescue``."""
    now = clock.local()
    target = path.with_name(f"{path.stem}-rescued-{now:%Y-%m-%d-%H%M%S}{path.suffix}")
    rescue(path, target, key=key, clock=clock, backups=backups, keeper=keeper)
    aside = restore(target, path, key=key, now=now, keeper=keeper, another=True)  # its first change may be lost
    with suppress(OSError):  # what was saved stands there twice then, which does no harm
        target.unlink()
    return aside


def rescue(
    path: Path,
    target: Path,
    *,
    key: bytes | str | None,
    clock: Clock,
    backups: Path | None = None,
    keeper: KeyKeeper | None = None,
    progress: Progress = lambda _what, _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Rescued:
    """Save all that can be read of a damaged notebook into a new one, ``target``; ``path`` is only read.

    UserError "exists", CannotOpen, Cancelled: then there is no target. ``backups``, the folder with copies, and keys
    that are kept help when even the salt is damaged.
    """
    known = [copy for _day, copy in copy_names.dated(backups, path.stem)] if backups and backups.is_dir() else []
    kept = keeper.known() if keeper is not None else ()
    how: dict[str, Any] = {"backups": known, "kept": kept, "progress": progress, "cancelled": cancelled}
    return rescuing.rescue(path, target, key, clock=clock, **how)


def let_go(book: Notebook) -> None:
    """Keep no page of the file and no word of it in memory that is not needed now."""
    word_cache.forget()
    book.let_go()
