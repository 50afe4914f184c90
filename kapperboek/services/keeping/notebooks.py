"""Notebooks: beginning one, and opening one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.law import recovery_key
from kapperboek.domain.time.clock import Clock, SystemClock
from kapperboek.i18n import _
from kapperboek.services.keeping import older_state, security
from kapperboek.services.keeping.security import KeyKeeper
from kapperboek.storage.file import key_derivation, refusals
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.write import setting_store
from kapperboek.storage.write.unit_of_work import unit_of_work


def create(
    path: Path,
    *,
    key: bytes | str | None = None,
    keeper: KeyKeeper | None = None,
    shop_name: str = "",
    staff_name: str = "",
    clock: Clock | None = None,
    on: date | None = None,
) -> Notebook:
    """A new notebook with the starting fields and usual treatments; open.

    Keyed with ``key``, else with a random one that ``keeper`` keeps (before there is a file: a notebook whose key was
    lost would be lost too); one of the two must be given.
    ``on`` replaces the day it is (``--on``). UserError "exists" when there is one, and "too-weak" for a passphrase that
    is guessed soon; CannotOpen as Notebook.open.
    """
    from kapperboek.services.keeping import passphrases, starting_content

    if path.exists() and path.stat().st_size:
        raise UserError("exists", _("There is a notebook here already. Open it, or choose another name."))
    if isinstance(key, str) and recovery_key.parse(key) is None:
        passphrases.check(key, (shop_name, staff_name))
    if clock is None and on is not None:
        clock = SystemClock(on=on)

    salt = None
    if key is None and keeper is not None:
        key, salt = _kept_key(keeper)

    def fill(book: Notebook) -> None:
        with unit_of_work(book, _("Notebook begun"), source="start") as uow:
            starting_content.write(uow, shop_name.strip(), staff_name.strip())
            setting_store.put(uow, "has_passphrase", isinstance(key, str))

    return open_notebook(path, key=key, clock=clock, create=True, fill=fill, salt=salt)


def _kept_key(keeper: KeyKeeper) -> tuple[bytes, bytes]:
    key, salt = security.new_key(), key_derivation.new_salt()
    keeper.keep(salt, key)
    return key, salt


def open_(
    path: Path,
    *,
    key: bytes | str | None = None,
    keeper: KeyKeeper | None = None,
    backups: Path | None = None,
    clock: Clock | None = None,
    on: date | None = None,
) -> Notebook:
    """The notebook, which must be there. Raises CannotOpen with what is wrong and what to do.
    """
    try:
        book = _on(open_notebook(path, key=key, clock=clock), on)
        older = backups is not None and older_state.is_older(book, keeper)
        # All of it now: once it is gone on with, it counts as later than any copy.
        folders = (backups, book.path.parent) if backups is not None and older else ()
        if folders or erasure_list.has_marks(book):
            from kapperboek.storage.recovery import settled_since

            settled_since.see_lists(book, folders, older=older)
    except CannotOpen as error:
        if error.code in ("needs-key", "wrong-key") and security.only_its_beginning(path, key, keeper, backups):
            raise refusals.damaged_beginning(path) from error
        raise
    return book


def language_of(book: Notebook) -> str:
    """The language its owner chose, Dutch when nobody did."""
    return str(book.get_setting("language", "nl"))


def _on(book: Notebook, on: date | None) -> Notebook:
    """The notebook on another day than it is, in the shop's own time zone."""
    if on is not None:
        book.clock = SystemClock(book.zone.key, on)
    return book
