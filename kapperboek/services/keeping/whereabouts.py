"""Whereabouts of the file of the open notebook: its place, what became of it, and whether it is the newest there is."""

from __future__ import annotations

from pathlib import Path

from kapperboek.domain.views.file_health import FileSeen, Remark
from kapperboek.domain.views.saved import Saved
from kapperboek.services.keeping.older_state import accept, is_older, lacks_last
from kapperboek.services.keeping.security import KeyKeeper
from kapperboek.storage.copies import copy_names, former_keys
from kapperboek.storage.copies.moved_file import secure as secure
from kapperboek.storage.derived import idle_maintenance
from kapperboek.storage.file import file_identity, file_location, generation, key_derivation, open_file
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import changed_elsewhere
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.recovery import later_states, settled_since
from kapperboek.storage.write import upkeep_memory
from kapperboek.storage.write.unit_of_work import leap

OLDER, LACKING, LOG = "older", "lacking", "log"
_LOOKED_AT = 12  # files, the newest first
_TOLD = "place_told"


def look(book: Notebook) -> FileSeen:
    """Look whether the file is where it was, and what is not in it yet. UserError when the disk does not answer."""
    here = book.file.look(book).state is file_identity.State.HERE
    if here and book.file.unlisted:  # until a copy is made nothing but the notebook knows who was forgotten
        book.file.unlisted = not erasure_list.hand_out(book)
    return FileSeen(here, idle_maintenance.left_in_log(book), generation.of(book.connection).now)


def kept(book: Notebook) -> Path | None:
    """Path where a closed notebook's work was saved because its file had no name any more; None when it had."""
    return book.file.kept


def settle(book: Notebook, keeper: KeyKeeper | None) -> None:
    """Checkpoint the log when nobody waits, and note on this computer which state the file is in then. UserError."""
    idle_maintenance.work_log_in(book)
    if not is_older(book, keeper) and not lacks_last(book, keeper):
        accept(book, keeper)


def remark(book: Notebook, keeper: KeyKeeper | None, folder: Path | None) -> Remark | None:
    """Gravest warning for the owner about the file; None when there is nothing. ``folder``: its copies."""
    if is_older(book, keeper):
        return Remark(OLDER, copy=_newer_copy(book, folder))
    if change := lacks_last(book, keeper):
        return Remark(LACKING, copy=_copy_with(book, change, folder))
    if (later := _later_copy(book, keeper, folder)) is not None:
        return Remark(OLDER, copy=later)
    if book.file.strange_log is not None:
        return Remark(LOG, book.file.strange_log.name)
    place = file_location.of(book.path)
    if place is None or book.read_only or upkeep_memory.memory(book).get(_TOLD) == place.name:
        return None
    return Remark(place.kind, place.name)


def told(book: Notebook, keeper: KeyKeeper | None, what: Remark) -> Saved | None:
    """Note that a remark was read: it is not said again until something else is wrong. Gives what was settled in an
    older notebook then. UserError as any saving does."""
    before = changed_elsewhere.end(book)
    if what.kind == OLDER:
        if what.copy is not None:  # a computer that never saw it learns of that only now; later no copy is beyond it
            settled_since.see_lists(book, (what.copy.parent, book.path.parent), older=True)
        _go_on_with(book, keeper, what.copy)
    elif what.kind == LACKING:
        accept(book, keeper)
    elif what.kind == LOG:
        book.file.strange_log = None
    else:
        upkeep_memory.remember(book, **{_TOLD: what.name})
    return changed_elsewhere.since(book, before)


def _go_on_with(book: Notebook, keeper: KeyKeeper | None, newer: Path | None) -> None:
    """Go on with this older state: it gets a mark beyond the later ones, which went another way, so that they are told
    to be older when a sync program brings one of them back.
    """
    if keeper is not None and not book.read_only:
        leap(book, max(keeper.last_seen(book.salt), _mark_in(book, newer)))
    accept(book, keeper)


def _mark_in(book: Notebook, file: Path | None) -> int:
    """The mark of one of the notebook's own files; 0 when there is none to be read."""
    salt = key_derivation.read_salt(file) if file is not None else None
    if file is None or salt is None:
        return 0
    marks = generation.in_file(file, former_keys.key_for(book, file), salt)
    return marks.now if marks is not None else 0


def _later_copy(book: Notebook, keeper: KeyKeeper | None, folder: Path | None) -> Path | None:
    """Later copy that holds what this notebook lacks, taken along to a computer that never saw the notebook."""
    if keeper is None or folder is None or keeper.last_seen(book.salt):
        return None
    return later_states.latest(book, (folder, book.path.parent), but=book.path)


def _newer_copy(book: Notebook, folder: Path | None) -> Path | None:
    """Newer copy than this file: of all that is this notebook's own, beside it and among its copies, the one that has
    the latest state, if that is later than this.
    """
    best: tuple[int, Path | None] = (generation.number(generation.of(book.connection).now), None)
    for file in _own_files(book, folder):
        number = generation.number(_mark_in(book, file))
        if number > best[0]:
            best = number, file
    return best[1]


def _copy_with(book: Notebook, change: str, folder: Path | None) -> Path | None:
    """Newest of this notebook's own files that has this change; None when none of those looked at has."""
    return next((file for file in _own_files(book, folder) if copy_names.has_change(book, file, change)), None)


def _own_files(book: Notebook, folder: Path | None) -> list[Path]:
    """This notebook's own files beside it and among its copies, the newest first; not all of very many."""
    folders = [one for one in (book.path.parent, folder) if one is not None and one.is_dir()]
    files = [file for one in folders for file in one.glob(f"*{open_file.SUFFIX}") if file != book.path]
    own = [file for file in files if copy_names.is_own(book, file)]
    return sorted(own, key=lambda one: one.stat().st_mtime, reverse=True)[:_LOOKED_AT]
