"""Opening files and replacing them whole: the one place where the file system's refusals become sentences."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, TypeVar

from kapperboek import durable
from kapperboek.domain.errors import UserError
from kapperboek.i18n import _

Item = TypeVar("Item")
Progress = Callable[[int, int], None]  # bytes done, bytes in all; raises Cancelled when the user wants to stop

MEGABYTE = 1024 * 1024
TEXT_LIMIT = 200 * MEGABYTE  # formats that are read piece by piece
TABLE_LIMIT = 50 * MEGABYTE  # formats that have to be judged as a whole: half a million customers
_ASK_EVERY = 1000  # lines
DOCUMENT_LIMIT = 4096 * MEGABYTE  # our own notebooks must come back in, however large


def asking(items: Iterable[Item], progress: Progress | None, size: int) -> Iterator[Item]:
    """The same items, while ``progress`` is told now and then that nothing of the file is done yet: what is read before
    the first record can be stopped too."""
    for count, item in enumerate(items):
        if progress and count % _ASK_EVERY == 0:
            progress(0, size)
        yield item


def trouble_with(path: Path, error: OSError) -> UserError:
    """The sentence for what the system said about ``path``."""
    name = path.name
    sentences = {
        errno.ENOENT: ("not-found", _("{name} is not there.")),
        errno.ENOTDIR: ("not-found", _("{name} is not there.")),
        errno.EISDIR: ("is-directory", _("{name} is a folder, not a file.")),
        errno.EACCES: ("no-rights", _("You have no rights to use {name}. Choose another place.")),
        errno.EPERM: ("no-rights", _("You have no rights to use {name}. Choose another place.")),
        errno.EROFS: ("no-rights", _("You have no rights to use {name}. Choose another place.")),
        errno.ENOSPC: (
            "disk-full",
            _("The disk is full. {name} was not written; what stood there is untouched."),
        ),
        errno.EDQUOT: (
            "disk-full",
            _("The disk is full. {name} was not written; what stood there is untouched."),
        ),
        errno.ENAMETOOLONG: ("bad-name", _("The name {name} is too long for this disk.")),
    }
    code, sentence = sentences.get(error.errno or 0, ("file-trouble", _("{name} could not be used: {trouble}.")))
    return UserError(code, sentence.format(name=name, trouble=error.strerror or type(error).__name__))


def size_within(path: Path, limit: int) -> int:
    """The size of a regular file in bytes; UserError when it is none, cannot be seen or is larger than
    ``limit``.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "directory")
        size = path.stat().st_size
        if not path.is_file():  # a device or a pipe would never end
            raise UserError("unknown-format", _("{name} is not an ordinary file.").format(name=path.name))
    except OSError as error:
        raise trouble_with(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise UserError("bad-name", _("This is not a possible file name.")) from error
    if size > limit:
        raise UserError(
            "too-large",
            _("{name} is {size} MB; at most {limit} MB of this kind can be read. Split it and read the parts.").format(
                name=path.name, size=size // MEGABYTE + 1, limit=limit // MEGABYTE
            ),
        )
    return size


@contextmanager
def reading(path: Path, limit: int = TEXT_LIMIT) -> Iterator[tuple[BinaryIO, int]]:
    """The opened file and its size; UserError when it cannot be opened or is too large."""
    size = size_within(path, limit)
    try:
        file = path.open("rb")
    except OSError as error:
        raise trouble_with(path, error) from error
    with file:
        yield file, size


def read_whole(path: Path, limit: int = TABLE_LIMIT) -> bytes:
    """Read all bytes of the file; UserError as for ``reading``."""
    with reading(path, limit) as (file, _size):
        try:
            return file.read()
        except OSError as error:
            raise trouble_with(path, error) from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file that takes its place, complete and on disk, when the block ends well.

    When anything goes wrong, and when the program is killed, nothing is left of the new file, and whatever stood at
    ``path`` is as it was.
    UserError: no rights, disk full, ``path`` is a folder.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "directory")
        path = Path(os.path.realpath(path))  # through a link: replace what it points at, not the link
        if path.is_symlink() or (path.exists() and not path.is_file()):  # a circle of links, a pipe, a device
            raise UserError("bad-target", _("{name} is not an ordinary file.").format(name=path.name))
        if not path.parent.is_dir():
            text = _("There is no folder {folder}. Connect the disk it is on, or choose another place.")
            raise UserError("not-found", text.format(folder=path.parent))
    except OSError as error:
        raise trouble_with(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise UserError("bad-name", _("This is not a possible file name.")) from error
    try:
        with durable.replacing(path) as draft:
            yield draft
    except OSError as error:
        raise trouble_with(path, error) from error


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """Replace a file as ``replacing``, opened for bytes."""
    with replacing(path) as draft, draft.open("wb") as file:
        yield file


@contextmanager
def replacing_text(path: Path, encoding: str = "utf-8", errors: str = "strict") -> Iterator[IO[str]]:
    """Replace a file as ``replacing``, opened for text whose line ends are written as they are."""
    with replacing(path) as draft, draft.open("w", encoding=encoding, errors=errors, newline="") as file:
        yield file
