"""Verified copy of the open notebook under another name, which it gets only when it is whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from kapperboek import durable
from kapperboek.domain.errors import Cancelled
from kapperboek.i18n import _
from kapperboek.storage.copies import copy_names, copy_verification
from kapperboek.storage.file import open_file, refusals
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.file.open_file import SUFFIX
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.write.unit_of_work import explained, roll_back

_PAGES_A_STEP = 256  # a megabyte; between steps another thread gets its turn


def before_migration(book: Notebook, version: int) -> Path:
    """A verified copy beside the notebook, before an older one is changed; an earlier one is never
    replaced."""
    stem, number = f"{book.path.stem}{copy_names.BEFORE_UPDATE}from-{version}", 1
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
        raise refusals.folder_missing(target)
    book.see_content()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        with durable.making_in(target.parent), explained():
            copy_verification.see(book, draft, write_copy(book, draft, cancelled), cancelled)
        book.see_content()
        draft.replace(target)
        durable.sync_folder(target.parent)
        erasure_list.hand_out(book, target.parent)
    except OSError as error:
        raise refusals.from_system(error, target) from error
    finally:
        open_file.discard(draft)
    return target


def write_copy(
    book: Notebook, draft: Path, cancelled: Callable[[], bool] = lambda: False
) -> copy_verification.Contents:
    """Copy what was committed when this began into a new file; gives what that is. Nothing of it is read back yet.

    Raises Cancelled when ``cancelled`` says so; else as SQLite and the system do.
    """

    def look(_status: int, _left: int, _all: int) -> None:
        if cancelled():
            raise Cancelled(_("The copy was stopped; the one before it is still there."))

    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    target, source = open_file.connect(draft, book.key, book.salt), book.connection
    try:
        # From the connection that is open and not from the path, which may lead to another file by now. The
        # transaction holds one moment still, so that writers don't make it start over.
        source.execute("BEGIN")
        held = copy_verification.contents(source)
        source.backup(target, pages=_PAGES_A_STEP, progress=look, sleep=0)
        # Without a log of its own the copy is one file that says it all.
        target.execute("PRAGMA journal_mode = DELETE").fetchone()
        return held
    finally:
        roll_back(book)
        target.close()
