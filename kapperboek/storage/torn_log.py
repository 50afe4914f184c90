"""The log beside a notebook, where a bit was flipped in it: SQLite stops reading at the first frame that is not right,
and passes over everything saved after that without a word.

After a power cut the last change may be torn, which is as it should be: nobody was told that it was saved. But a frame
is only written behind a commit when that is on disk. So damage before a commit with something good behind it is no torn
end, and what is behind it can be read (https://www.sqlite.org/walformat.html). SQLite offers no way to, so it is done
here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kapperboek.storage import keys

_HEAD, _FRAME_HEAD = 32, 24
_FRAME = _FRAME_HEAD + keys.PAGE_BYTES
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


def is_damaged(path: Path) -> bool:
    """Whether there is something in the notebook's log that SQLite would pass over. OSError."""
    log = beside(path)
    if not log.exists() or log.stat().st_size <= _HEAD + _FRAME:
        return False
    frames = list(_frames(log.read_bytes()))
    certain = frames[: _last_certain(frames) + 1]
    return not all(frame.good for frame in certain) and _says_more(certain, path)


def _says_more(frames: list[Frame], path: Path) -> bool:
    """Whether the file does not say all this already, as it does when the log was just about to begin anew."""
    with path.open("rb") as file:
        for number, content in {frame.page: frame.content for frame in frames if frame.good}.items():
            file.seek((number - 1) * keys.PAGE_BYTES)
            if file.read(keys.PAGE_BYTES) != content:
                return True
    return False


def mend(path: Path, key: bytes | None, salt: bytes | None) -> None:
    """If the log is damaged, put into the file itself what it says, as far as that was saved, and take the log away. A
    page that was damaged in the log is so in the file then, and is found there. OSError."""
    if not is_damaged(path):
        return
    log = beside(path)
    frames = list(_frames(log.read_bytes()))
    last = max((place for place, frame in enumerate(frames) if frame.commit), default=-1)
    page_key = keys.page_key(key, salt) if key is not None and salt is not None else None
    with path.open("r+b") as file:
        most = path.stat().st_size // keys.PAGE_BYTES + len(frames)
        for frame in frames[: last + 1]:
            number = _number(frame, page_key)
            if 0 < number <= most:
                file.seek((number - 1) * keys.PAGE_BYTES)
                file.write(frame.content)
        if last >= 0 and frames[last].commit <= most:
            file.truncate(frames[last].commit * keys.PAGE_BYTES)
    log.unlink()


def _number(frame: Frame, page_key: bytes | None) -> int:
    """Which page it is; when that is where the bit was flipped, the seal of the page tells."""
    if frame.good or page_key is None or keys.is_authentic(frame.content, frame.page, page_key):
        return frame.page
    near = (frame.page ^ 1 << bit for bit in range(32))
    return next((number for number in near if keys.is_authentic(frame.content, number, page_key)), frame.page)


def _last_certain(frames: list[Frame]) -> int:
    """The last commit that is surely on disk, for something good stands behind it; -1 when there is none."""
    behind = max((place for place, frame in enumerate(frames) if frame.good), default=-1)
    return max((place for place, frame in enumerate(frames[: max(behind, 0)]) if frame.commit), default=-1)


def _frames(content: bytes) -> Iterator[Frame]:
    """The frames of this log; those of an earlier one, which it is written over, begin where the salts differ and
    nothing good follows."""
    head = _mended(content[:_HEAD], content[_HEAD + 8 : _HEAD + 16])
    if head is None:  # this log was only about to begin when the program stopped
        return
    order, salts, seeds = ">" if head[3] & 1 else "<", head[16:24], [_stored(head, 24)]
    good = head == content[:_HEAD]
    for start in range(_HEAD, len(content) - _FRAME + 1, _FRAME):
        begin, page = content[start : start + _FRAME_HEAD], content[start + _FRAME_HEAD : start + _FRAME]
        number, commit = struct.unpack(">II", begin[:8])
        stored = _stored(begin, 16)
        counted = [_sums(page, _sums(begin[:8], seed, order), order) for seed in seeds]
        fits = stored in counted and begin[8:16] == salts
        yield Frame(number, commit, page, fits and good)
        seeds, good = [stored] if fits else [stored, *counted], True


def _mended(head: bytes, salts: bytes) -> bytes | None:
    """The head of the log as it was before a bit was flipped in it, with the salts of the first frame; None when it is
    more than that."""
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
