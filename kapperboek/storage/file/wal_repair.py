"""Repair of the write-ahead log beside a notebook, where a bit was flipped in it: SQLite stops reading at the first
frame that is not right, and passes over everything saved after that without a word.

After a power cut the last change may be torn, which is as it should be: nobody was told that it was saved. But a frame
is only written behind a commit when that is on disk. So damage before a commit with something good behind it is no torn
end, and what is behind it can be read (https://www.sqlite.org/walformat.html). SQLite offers no way to, so it is done
here.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kapperboek.storage.file import key_derivation

_HEAD, _FRAME_HEAD = 32, 24
_FRAME = _FRAME_HEAD + key_derivation.PAGE_BYTES
_MAGIC = 0x377F0682  # with the last bit set words are counted big-endian
_WORD = 0xFFFFFFFF

Sums = tuple[int, int]


class Frame(NamedTuple):
    """One page as it was saved: ``commit`` is how many pages the file has then, 0 within a change; ``good`` when the
    frame follows from what stands before it."""

    page: int
    commit: int
    content: bytes
    good: bool


def beside(path: Path) -> Path:
    """The log of a notebook."""
    return path.with_name(path.name + "-wal")


def in_use(path: Path) -> bool:
    """Tell whether another program has the notebook open, where the system says so.

    Then SQLite asks that one what stands in the log and reads nothing anew. Opening the file that holds its locks, and
    closing it, would drop our own.
    """
    try:
        state = path.with_name(path.name + "-shm").stat()
        locks = Path("/proc/locks").read_text("ascii", "replace")
    except OSError:
        return False
    return f" {os.major(state.st_dev):02x}:{os.minor(state.st_dev):02x}:{state.st_ino} " in locks


def is_damaged(path: Path) -> bool:
    """Check the notebook's log for damage: anything saved that SQLite would pass over. Raises OSError."""
    log = beside(path)
    if not log.exists() or log.stat().st_size <= _HEAD + _FRAME:
        return False
    bad = committed = False
    with log.open("rb") as file:
        # The changes that are not complete (most of a large import) need not be read.
        for frame in islice(_frames(file), _number_till_last_commit(file) + 1):
            if committed and frame.good:
                return _says_more(file, path)
            bad = bad or not frame.good
            committed = committed or (bad and frame.commit > 0)
    return False


def mend(path: Path, key: bytes, salt: bytes) -> None:
    """Mend a damaged log: put what it says into the file itself, as far as that was saved, and take the log away.

    A page that was damaged in the log is so in the file then, and is found there. Raises OSError.
    """
    if not is_damaged(path):
        return
    page_key = key_derivation.page_key(key, salt)
    with beside(path).open("rb") as log, path.open("r+b") as file:
        count, size = _saved(log)
        most = path.stat().st_size // key_derivation.PAGE_BYTES + count
        for frame in islice(_frames(log), count):
            number = _number(frame, page_key)
            if 0 < number <= most:
                file.seek((number - 1) * key_derivation.PAGE_BYTES)
                file.write(frame.content)
        if 0 < size <= most:
            file.truncate(size * key_derivation.PAGE_BYTES)
    beside(path).unlink()


def empty_if_spent(path: Path) -> None:
    """Empty a log of which all is in the file and the head of the next one did not arrive whole. SQLite passes over it,
    and would begin the next with the salts that stand in it: what is left of this one behind that would be taken for
    damage. Nothing happens when the log says anything, or is whole. Raises OSError.
    """
    with beside(path).open("r+b") as log:
        head = log.read(_HEAD)
        order = ">" if head[3:4] and head[3] & 1 else "<"
        if len(head) < _HEAD or _sums(head[:24], (0, 0), order) == _stored(head, 24):
            return
        last = _number_till_last_commit(log)
        if last and not _differs(path, islice(_as_they_stand(log), last)):
            log.truncate(0)


def _as_they_stand(log: BinaryIO) -> Iterator[Frame]:
    """The frames with the salts of the first, whatever their sums say."""
    log.seek(_HEAD)
    salts = b""
    while len(frame := log.read(_FRAME)) == _FRAME:
        salts = salts or frame[8:16]
        if frame[8:16] != salts:
            return
        page, commit = struct.unpack(">II", frame[:8])
        yield Frame(page, commit, frame[_FRAME_HEAD:], good=True)


def _says_more(log: BinaryIO, path: Path) -> bool:
    """Tell whether the log says more than the file, which says it all when the log was just about to begin anew."""
    count, _size = _saved(log)
    return _differs(path, (frame for frame in islice(_frames(log), count) if frame.good))


def _differs(path: Path, frames: Iterable[Frame]) -> bool:
    """Tell whether a page in the file is not as the last of these frames has it."""
    from hashlib import blake2b

    said = {frame.page: blake2b(frame.content).digest() for frame in frames}
    with path.open("rb") as file:
        for number, content in said.items():
            file.seek((number - 1) * key_derivation.PAGE_BYTES)
            if blake2b(file.read(key_derivation.PAGE_BYTES)).digest() != content:
                return True
    return False


def says_more(path: Path) -> bool:
    """Tell whether the notebook's log says anything that its file does not. Raises OSError."""
    with beside(path).open("rb") as log:
        return _says_more(log, path)


def _saved(log: BinaryIO) -> tuple[int, int]:
    """Number of frames that hold what was saved, and of pages that the file has then.

    Up to the last commit that is good, or has a good frame behind it.
    """
    count = size = last = pages = 0
    for place, frame in enumerate(_frames(log), 1):
        if frame.good:
            count, size = last, pages
        if frame.commit:
            last, pages = place, frame.commit
            if frame.good:
                count, size = last, pages
    return count, size


def _number(frame: Frame, page_key: bytes) -> int:
    """Page number of a frame; when that is where the bit was flipped, the seal of the page tells."""
    if frame.good or key_derivation.is_authentic(frame.content, frame.page, page_key):
        return frame.page
    near = (frame.page ^ 1 << bit for bit in range(32))
    return next((number for number in near if key_derivation.is_authentic(frame.content, number, page_key)), frame.page)


def _number_till_last_commit(file: BinaryIO) -> int:
    """Number of frames up to the last that ends a change, in this log or in one it is written over."""
    last = place = 0
    file.seek(_HEAD)
    while len(head := file.read(_FRAME_HEAD)) == _FRAME_HEAD:
        place += 1
        if head[4:8] != bytes(4):
            last = place
        file.seek(_HEAD + place * _FRAME)
    return last


def _frames(file: BinaryIO) -> Iterator[Frame]:
    """The frames of this log; those of an earlier one, which it is written over, begin where the salts differ, and none
    of them is good."""
    file.seek(0)
    first = file.read(_HEAD)
    head = _mended(first, file.read(_FRAME_HEAD)[8:16])
    if head is None:  # this log was only about to begin when the program stopped
        return
    order, salts, seeds, good = ">" if head[3] & 1 else "<", head[16:24], [_stored(head, 24)], head == first
    place = _HEAD
    while True:
        file.seek(place)
        begin, page = file.read(_FRAME_HEAD), file.read(key_derivation.PAGE_BYTES)
        if len(page) < key_derivation.PAGE_BYTES:
            return
        number, commit = struct.unpack(">II", begin[:8])
        stored = _stored(begin, 16)
        counted = [_sums(page, _sums(begin[:8], seed, order), order) for seed in seeds]
        fits = stored in counted and begin[8:16] == salts
        # Where a change did not arrive whole, an earlier log's frame shows through; what that ended was another change.
        own = (int.from_bytes(begin[8:16]) ^ int.from_bytes(salts)).bit_count() <= 1
        yield Frame(number, commit if own else 0, page, fits and good)
        seeds, good = [stored] if fits else [stored, *counted[:1]], True
        place += _FRAME


def _mended(head: bytes, salts: bytes) -> bytes | None:
    """The head of the log as it was before a bit was flipped in it, with the salts of the first frame; None when it is
    more than that, or not all there."""
    if len(head) < _HEAD:
        return None
    for bit in (None, *range(8 * _HEAD)):
        tried = bytearray(head)
        if bit is not None:
            tried[bit // 8] ^= 1 << bit % 8
        order = ">" if tried[3] & 1 else "<"
        is_log = struct.unpack_from(">I", tried)[0] | 1 == _MAGIC | 1
        if is_log and tried[16:24] == salts and _sums(tried[:24], (0, 0), order) == _stored(tried, 24):
            return bytes(tried)
    return None


def _stored(content: bytes | bytearray, place: int) -> Sums:
    first, second = struct.unpack_from(">II", content, place)
    return first, second


def _sums(content: bytes | bytearray, seed: Sums, order: str) -> Sums:
    first, second = seed
    for one, two in struct.iter_unpack(f"{order}II", content):
        first = first + one + second & _WORD
        second = second + two + first & _WORD
    return first, second
