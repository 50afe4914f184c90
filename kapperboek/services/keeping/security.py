"""Security of the notebook: its key, where that comes from, changing it, and keeping it on paper."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from kapperboek.domain.errors import UserError
from kapperboek.domain.law import recovery_key
from kapperboek.domain.staff_rights import OWNER
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services.permissions import require
from kapperboek.storage.file import key_derivation
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.file.refusals import needs_key as needs_key
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.read import settings_lists
from kapperboek.storage.write import setting_store
from kapperboek.storage.write.row_lookup import customer_count
from kapperboek.storage.write.unit_of_work import unit_of_work

KEY_BYTES = recovery_key.KEY_BYTES
prepare_to_derive = key_derivation.prepare
NO_KEY = ("needs-key", "key-store")  # codes of CannotOpen: there is none at hand, so somebody must type it


class KeyKeeper(Protocol):
    """Key keeper: the place for keys that open without asking; each is known by the salt of its notebook."""

    def find(self, salt: bytes) -> bytes | None: ...
    def known(self) -> list[tuple[bytes, bytes]]: ...
    def where(self, salt: bytes) -> str: ...
    def has_desktop(self) -> bool: ...
    def keep(self, salt: bytes, key: bytes) -> None: ...
    def forget(self, salt: bytes) -> None: ...
    def clear(self, salt: bytes) -> None: ...
    def used(self, salt: bytes) -> list[Path]: ...
    def note_used(self, salt: bytes, path: Path) -> None: ...
    def has_lost(self, salt: bytes) -> bool: ...
    def last_seen(self, salt: bytes) -> int: ...
    def last_change_seen(self, salt: bytes) -> str: ...
    def note_seen(self, salt: bytes, mark: int, change: str = "") -> None: ...


class Security(NamedTuple):
    """State of the notebook's encryption: whether somebody chose a passphrase, where its key is kept on this computer
    (``desktop``, ``file`` or empty: it asks), and whether the paper with the recovery key was proved to be there.
    """

    passphrase: bool
    kept: str
    proved: bool


def security(book: Notebook, keeper: KeyKeeper) -> Security:
    """State of the encryption as it is now."""
    return Security(
        passphrase=has_passphrase(book),
        kept=keeper.where(book.salt),
        proved=book.get_setting("recovery_proved_for", "") == _mark(book),
    )


def at_stake(book: Notebook, keeper: KeyKeeper) -> tuple[Security, int]:
    """State of the encryption, and the number of customers that would be lost with the key."""
    return security(book, keeper), customer_count(book)


def has_passphrase(book: Notebook) -> bool:
    """Tell whether a passphrase was chosen; a notebook from before this was noted has a key for no other reason."""
    return bool(book.get_setting(setting_store.HAS_PASSPHRASE, True))


def opens_without_pin(book: Notebook) -> str:
    """Way in for an owner who forgot their PIN: ``paper`` once that is proved to be there, ``passphrase`` where only
    one works here, ``print`` where the paper can still be made.
    """
    if book.get_setting("recovery_proved_for", "") == _mark(book):
        return "paper"
    alone = sum(one.active for one in settings_lists.staff(book)) == 1
    return "passphrase" if alone and has_passphrase(book) else "print"


def asks_passphrase(book: Notebook, keeper: KeyKeeper | None = None) -> bool:
    """Tell whether there is a passphrase that this computer asks for: then all who work here know it."""
    kept = keeper.where(book.salt) if keeper is not None else ""
    return has_passphrase(book) and not kept


def new_key() -> bytes:
    """A key nobody can guess and nobody has to remember."""
    return os.urandom(KEY_BYTES)


def kept_key(path: Path, keeper: KeyKeeper) -> bytes | None:
    """The key that is kept for this file; None when there is none, or no such file. CannotOpen "key-store"."""
    try:
        salt = key_derivation.read_salt(path)
    except OSError:
        return None
    if salt is None:
        return None
    key = keeper.find(salt)
    if key is not None:
        keeper.note_used(salt, path)
    return key


def in_key_store(path: Path, keeper: KeyKeeper) -> bool:
    """Tell whether the key of this closed file was put into the desktop's key store, without asking that store."""
    try:
        salt = key_derivation.read_salt(path)
    except OSError:
        return False
    return salt is not None and keeper.where(salt) == "desktop"


def recovery_groups(book: Notebook, *, by: int = 0) -> tuple[str, ...]:
    """The recovery key as it is printed. UserError "owner-only"."""
    require(book, by, OWNER)
    return recovery_key.groups(book.key)


def proved(book: Notebook, *, by: int = 0) -> Saved:
    """Note that somebody showed that the paper with the recovery key is there. UserError "owner-only"."""
    require(book, by, OWNER)
    with unit_of_work(book, _("Recovery key kept on paper"), staff_id=by) as uow:
        setting_store.put(uow, "recovery_proved_for", _mark(book))
    return uow.saved


def _mark(book: Notebook) -> str:
    """Mark of the key the paper is of. It tells nothing about it: the salt is at the head of the file anyway."""
    return book.salt.hex()


def remember(book: Notebook, keeper: KeyKeeper, wanted: bool, *, by: int = 0) -> None:
    """Open without asking on this computer from now on, or ask. UserError when nobody knows what to type then, and
    "owner-only".
    """
    require(book, by, OWNER)
    if wanted:
        keeper.keep(book.salt, book.key)
    elif not has_passphrase(book):
        raise UserError("no-passphrase", _("Choose a passphrase first; otherwise nobody could open the notebook."))
    else:
        keeper.forget(book.salt)


def keep_in_desktop(book: Notebook, keeper: KeyKeeper, *, by: int = 0) -> None:
    """The key that lies in a file goes into the desktop's key store, and the file keeps none of it. UserError
    "no-key-store" when that does not take it (then it stays where it is), and "owner-only".
    """
    require(book, by, OWNER)
    if not keeper.where(book.salt):
        raise UserError("no-key", _("No key of this notebook is kept on this computer."))
    keeper.keep(book.salt, book.key)
    if keeper.where(book.salt) != "desktop":
        words = _("The key store of this computer is locked or does not answer. The key stays in the file.")
        raise UserError("no-key-store", words)


def has_key_store(_book: Notebook, keeper: KeyKeeper) -> bool:
    """Tell whether the desktop has a key store that takes keys; asking takes a moment, so not where somebody waits."""
    return keeper.has_desktop()


def keep_again(book: Notebook, keeper: KeyKeeper | None) -> None:
    """Keep the key again where the key store of the desktop had lost it and somebody typed what opens the notebook, or
    the next start would ask again. Nothing fails: then it does.
    """
    if keeper is None or keeper.where(book.salt) != "desktop":
        return
    with suppress(UserError):
        if keeper.has_lost(book.salt):
            keeper.keep(book.salt, book.key)


def check_passphrase(first: str, again: str, names: Iterable[str] = ()) -> None:
    """UserError with what is wrong with a new passphrase. ``names``: of the shop and of who work there."""
    from kapperboek.services.keeping import passphrases

    passphrases.check(first, names)
    if first != again:
        raise UserError("not-the-same", _("The two are not the same. Type it again."))
    if recovery_key.parse(first) is not None:
        raise UserError("looks-like-key", _("This looks like a recovery key. Choose words instead."))


def check_present(book: Notebook, typed: str | None, *, by: int = 0) -> None:
    """Check the present passphrase before the notebook gets another key under it: it must be typed where there is one,
    and is not the recovery key. UserError "wrong-key", "looks-like-key", "owner-only".
    """
    require(book, by, OWNER)
    if not has_passphrase(book):
        return
    if recovery_key.parse(typed or "") is not None:
        raise UserError("looks-like-key", _("This is the recovery key. Type the passphrase."))
    if not try_passphrase(book, typed or ""):
        raise UserError("wrong-key", _("This passphrase does not fit. Mind capitals and spaces and try again."))


def try_passphrase(book: Notebook, typed: str) -> bool:
    """Try a passphrase on this notebook, or the recovery key. CannotOpen names a mistake in a recovery key."""
    import hmac

    return hmac.compare_digest(key_derivation.derive(typed, book.salt), book.key)


def change_key(
    path: Path, old: bytes, passphrase: str | None, keeper: KeyKeeper, *, keep: bool, by: int = 0
) -> bytes:
    """Lock the notebook, which nobody has open, with another key; gives that key. ``upkeep.look_after`` takes its
    copies along.

    Without a passphrase the key is a random one and is always kept. The key from before is written down in the
    notebook, for copies that are not here now, and stays kept if it was: should the notebook be lost, they may have no
    other. Raises CannotOpen and UserError (also "owner-only"); the notebook opens as it did then.
    """
    from kapperboek.storage.copies.rekey import rekey
    from kapperboek.storage.recovery.replaced_notebook import settings_for_another_key

    if by:
        with open_notebook(path, key=old, read_only=True) as book:
            require(book, by, OWNER)
    salt = key_derivation.new_salt()
    key = new_key() if passphrase is None else key_derivation.derive(passphrase, salt)

    def keep_it() -> None:
        if keep or passphrase is None:
            keeper.keep(salt, key)

    noted = {setting_store.HAS_PASSPHRASE: passphrase is not None, **settings_for_another_key(path, old)}
    rekey(path, old, key, salt, noted=noted, before_replacing=keep_it)
    return key


def note_passphrase(book: Notebook, chosen: bool, *, same: bool = False, by: int = 0) -> Saved:
    """Write down whether there is a passphrase to ask for; the journal tells that, and cannot take it back."""
    what = _("Passphrase changed") if chosen else _("Notebook encrypted")
    what = _("New recovery key made") if same else what
    with unit_of_work(book, what, staff_id=by, source="security") as uow:
        uow.begin_change()  # the setting itself came with the key
        setting_store.remember(book, setting_store.HAS_PASSPHRASE, chosen)
    return uow.saved


def only_its_beginning(path: Path, key: bytes | str | None, keeper: KeyKeeper | None, backups: Path | None) -> bool:
    """Tell a damaged beginning from a wrong key: of a file that does not open only the first bytes are wrong, where the
    salt stands, for they cannot be chance, or with the salt of a copy or of a kept key the rest fits.
    """
    from kapperboek.storage.copies import copy_names

    try:
        own = key_derivation.read_salt(path)
        copies = copy_names.dated(backups, path.stem) if backups is not None and backups.is_dir() else []
        salts = {key_derivation.read_salt(copy) for _day, copy in copies} - {own}
        kept = [one for one in keeper.known() if one[0] != own] if keeper is not None else []
        return own is not None and (
            key_derivation.is_spoilt(own) or key_derivation.opener(path, key, salts, kept) is not None
        )
    except (OSError, UserError):
        return False


def has_key(path: Path) -> bool:
    """Tell whether a notebook is there that somebody needs a key for; what else is there is told when it is opened."""
    try:
        return path.exists() and key_derivation.read_salt(path) is not None
    except OSError:
        return False
