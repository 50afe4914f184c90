"""Errors of SQLite about the disk and the file, as a sentence that says what to do."""

from __future__ import annotations

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.i18n import _

# SQLite's primary result codes
_ANY_ERROR = 1
BUSY, LOCKED, READ_ONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE = 5, 6, 8, 10, 11, 13, 14, 26

# Copying with SQLite's backup raises without a code, and SQLCipher's export with that of any error; the messages are
# SQLite's own and in no language but English.
_BY_MESSAGE = {
    "database or disk is full": FULL,
    "disk I/O error": IO_ERROR,
    "database is locked": BUSY,
    "attempt to write a readonly database": READ_ONLY,
    "unable to open database file": CANNOT_OPEN,
    "database disk image is malformed": CORRUPT,
}
# How FTS5 says that its own tables are not what they were; constraints of ours are told by name.
_SEARCH_BROKEN = ("vtable constructor failed", "invalid fts5 file format", "constraint failed")


def code_of(error: BaseException) -> int:
    """The primary result code of SQLite behind an error, also when SQLAlchemy wrapped it; 0 when there is
    none."""
    origin = getattr(error, "orig", None) or error
    code = int(getattr(origin, "sqlite_errorcode", 0) or 0) & 0xFF
    if str(origin).startswith(_SEARCH_BROKEN):
        return CORRUPT
    return code if code > _ANY_ERROR else _BY_MESSAGE.get(str(origin), code)


def explain(error: BaseException) -> UserError | None:
    """The sentence for what befell a statement; None when it is a bug of ours and not the computer's
    trouble."""
    code = code_of(error)
    if code in (BUSY, LOCKED):
        return in_use()
    if code == READ_ONLY:
        return read_only()
    if code == FULL:
        return disk_full()
    if code in (IO_ERROR, CANNOT_OPEN):
        return disk_trouble()
    if code in (CORRUPT, NOT_A_DATABASE):
        text = _(
            "A page of the notebook is damaged. Nothing was changed; put back the last backup, "
            "or see what is damaged with: kapperboek check"
        )
        return CannotOpen("damaged", text)
    return None


def in_use() -> UserError:
    """Somebody else kept the file for themselves longer than we wait."""
    return CannotOpen(
        "in-use", _("Another program is using the notebook. Nothing was saved; try again in a moment.")
    )


def read_only() -> UserError:
    """Writing into a notebook that may only be read."""
    return CannotOpen(
        "read-only",
        _(
            "This notebook can only be read: the file or its folder is write-protected, or the disk is full. "
            "Nothing was saved."
        ),
    )


def disk_trouble() -> UserError:
    """An error of reading or writing that does not say more."""
    text = _("The disk gives an error or is full. Nothing was saved; check the disk and try again.")
    return UserError("disk-trouble", text)


def disk_full() -> UserError:
    """No room left; what was written before is intact."""
    return UserError("disk-full", _("The disk is full. Nothing was saved; make some room and try again."))
