"""Refusals to open: why a file is not opened as a notebook, in words, with what to do about it."""

from __future__ import annotations

import errno
from pathlib import Path

from kapperboek.domain.errors import CannotOpen
from kapperboek.i18n import _
from kapperboek.storage.file import sqlite_errors

_DISK_ERRORS = {getattr(errno, name, None) for name in ("EIO", "ENXIO", "ENODEV", "ESTALE", "EREMOTEIO")} - {None}


def needs_key() -> CannotOpen:
    """Refusal without a key: nobody gave one, and none is kept for it here."""
    text = _(
        "This notebook is locked. Type the passphrase or the recovery key. One without a passphrase opens by itself, "
        "but only on the computer and for the user it was made by."
    )
    return CannotOpen("needs-key", text)


def wrong_key() -> CannotOpen:
    """Refusal of a wrong key: no page of the file fits it."""
    text = _(
        "This passphrase does not fit. Mind capitals and spaces and try again. "
        "If you are certain of it, the file may be damaged: then put back a backup."
    )
    return CannotOpen("wrong-key", text)


def damaged_beginning(path: Path) -> CannotOpen:
    """Refusal of a damaged beginning: a page that says where the tables are cannot be read, the first or another.

    With those nothing opens, and nothing else need be lost.
    """
    text = _(
        "The beginning of the file {path} is damaged; the rest may be whole. Put back the last backup, "
        "or save what can be read with: kapperboek check --rescue FILE"
    )
    return CannotOpen("damaged-beginning", text.format(path=path))


def newer_version() -> CannotOpen:
    """Refusal of a newer version: written by a program that knows more than this one."""
    text = _("This notebook was written by a newer Kapperboek. Install the new version; nothing was changed.")
    return CannotOpen("newer-version", text)


def absent(path: Path) -> CannotOpen:
    """Refusal of an absent file: no such file, or not even the folder it should be in."""
    if not path.parent.is_dir():
        return folder_missing(path)
    return CannotOpen(
        "no-notebook", _("There is no notebook {path}. Check the name, or make a new one.").format(path=path)
    )


def folder_missing(path: Path) -> CannotOpen:
    """Refusal for a missing folder: a stick that was taken out, a name typed wrong."""
    text = _("There is no folder {folder}. Connect the disk it is on, or choose another place.")
    return CannotOpen("folder-missing", text.format(folder=path.parent))


def no_rights(path: Path) -> CannotOpen:
    """Refusal for lack of rights: the system does not let us read or write there."""
    text = _("You have no rights to open {path}. Ask whoever manages this computer, or choose another place.")
    return CannotOpen("no-rights", text.format(path=path))


def disk_trouble() -> CannotOpen:
    """Refusal for disk trouble: the disk itself fails, or was disconnected; nobody's rights are the matter."""
    return CannotOpen("disk-trouble", sqlite_errors.disk_trouble().message)


def from_system(error: OSError, path: Path) -> CannotOpen:
    """Refusal for an error of the system about a file of ours, when it isn't SQLite that met it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return CannotOpen("disk-full", sqlite_errors.disk_full().message)
    if error.errno in _DISK_ERRORS:
        return disk_trouble()
    if error.errno == errno.EROFS:
        return CannotOpen("read-only", sqlite_errors.read_only().message)
    return folder_missing(path) if isinstance(error, FileNotFoundError) else no_rights(path)


def not_a_notebook(path: Path, *, empty: bool = False) -> CannotOpen:
    """Refusal of a file that is not a notebook but somebody else's; it is left alone."""
    if empty:
        text = _("The file {path} is empty, so it is not a notebook. Put back a backup, or make a new one.")
    else:
        text = _("{path} is not a notebook of Kapperboek. It was left as it is; choose another file.")
    return CannotOpen("not-a-notebook", text.format(path=path))
