"""A disk on paper: what may stand on it when the power goes, after everything that was written down till then.

Pessimistic on purpose. Of what a file got since it was last synced each sector of each write may have arrived or not,
in any order; a length may be the old one. A name that was made, moved or taken away is certain once its folder was
synced; until then any number of the last changes of names in that folder may be undone. That goes for the name of a
folder too: gone, it takes along everything in it.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

WRITE, TRUNCATE, SYNC, CREATE, RENAME, LINK, UNLINK, SYNC_FOLDER, MAKE_FOLDER, MARK = range(1, 11)
HEAD = struct.Struct("6q")
SECTORS = (512, 4096)


class Event(NamedTuple):
    """One thing done, in the order it was done."""

    kind: int
    file: int
    offset: int
    size: int
    name: str
    other: str
    data: bytes


def events(log: bytes) -> Iterator[Event]:
    """What ``between.c`` wrote down."""
    place = 0
    while place + HEAD.size <= len(log):
        kind, file, offset, size, one, two = HEAD.unpack_from(log, place)
        place += HEAD.size
        name, other = log[place : place + one], log[place + one : place + one + two]
        place += one + two
        length = size if kind == WRITE else 0
        yield Event(kind, file, offset, size, os.fsdecode(name), os.fsdecode(other), log[place : place + length])
        place += length


class File:
    """What is certain of a file, and what came since."""

    def __init__(self, certain: bytes = b"") -> None:
        self.certain = certain
        self.since: list[Event] = []

    def sync(self) -> None:
        self.certain, self.since = self.after(None), []

    def after(self, chance: Random | None) -> bytes:
        """The content with everything that came since, or with what chance leaves of it."""
        content = bytearray(self.certain)
        part = 1.0 if chance is None else chance.choice((0.0, 0.5, 0.9, 1.0))
        sector = 4096 if chance is None else chance.choice(SECTORS)
        for event in self.since:
            if event.kind == TRUNCATE:
                if chance is None or chance.random() < part:
                    del content[event.offset :]
                    content.extend(bytes(event.offset - len(content)))
                continue
            for start, data in _sectors(event, sector):
                if chance is None or chance.random() < part:
                    content.extend(bytes(max(0, start + len(data) - len(content))))
                    content[start : start + len(data)] = data
        return bytes(content)


def _sectors(event: Event, sector: int) -> Iterator[tuple[int, bytes]]:
    """A write in pieces that do not cross the borders of sectors."""
    place, end = event.offset, event.offset + len(event.data)
    while place < end:
        border = min(end, (place // sector + 1) * sector)
        yield place, event.data[place - event.offset : border - event.offset]
        place = border


class PaperDisk:
    """One folder, from how it was (all of it certain) through everything that was written down."""

    def __init__(self, folder: Path) -> None:
        self.certain: dict[str, File] = {}
        self.files: dict[int, File] = {}
        self.folders: set[str] = {str(folder)}
        for path in folder.rglob("*"):
            if path.is_dir():
                self.folders.add(str(path))
            else:
                self.certain[str(path)] = self.files[path.stat().st_ino] = File(path.read_bytes())
        self.changes: list[tuple[Event, File | None]] = []  # of names, not certain yet
        self.confirmed = 0

    def take(self, event: Event) -> None:
        """The next thing done."""
        if event.kind == MARK:
            self.confirmed = event.offset
        elif event.kind == SYNC_FOLDER:
            kept = [change for change in self.changes if _folder(change[0]) != event.name]
            for change in self.changes:
                if _folder(change[0]) == event.name:
                    _rename(self.certain, self.folders, *change)
            self.changes = kept
        elif event.kind in (CREATE, RENAME, LINK, UNLINK, MAKE_FOLDER):
            if event.kind == CREATE:
                self.files[event.file] = File()  # the number may have been another file's
            self.changes.append((event, self.files.get(event.file)))
        elif event.file in self.files:
            file = self.files[event.file]
            if event.kind == SYNC:
                file.sync()
            else:
                file.since.append(event)

    def cut(self, chance: Random, folder: Path, into: Path) -> None:
        """Power goes: write what is left, with names in ``folder`` now below ``into``, which is empty."""
        names, folders = dict(self.certain), set(self.folders)
        changed = sorted({_folder(event) for event, _file in self.changes})
        left = {one: chance.randint(0, len(self.changes)) for one in changed}
        for place, change in enumerate(self.changes):
            if place < left[_folder(change[0])]:
                _rename(names, folders, *change)
        there = {one for one in folders if all(str(up) in folders for up in _below(Path(one), folder))}
        for one in sorted(there):
            (into / Path(one).relative_to(folder)).mkdir(exist_ok=True, parents=True)
        contents: dict[int, bytes] = {}
        for name, file in names.items():
            if name.endswith("-shm") or os.path.dirname(name) not in there:  # noqa: PTH120
                continue  # the first is memory, not a file: it is made anew whenever nobody has the notebook open
            content = contents.setdefault(id(file), file.after(chance))
            (into / Path(name).relative_to(folder)).write_bytes(content)


def _folder(event: Event) -> str:
    return os.path.dirname(event.other or event.name)  # noqa: PTH120 (names of the past, not paths)


def _below(path: Path, top: Path) -> list[Path]:
    """The folders between this one and the uppermost."""
    return [up for up in path.parents if up == top or top in up.parents]


def _rename(names: dict[str, File], folders: set[str], event: Event, file: File | None) -> None:
    if event.kind == MAKE_FOLDER:
        folders.add(event.name)
    if event.kind in (RENAME, UNLINK):
        names.pop(event.name, None)
    if event.kind != UNLINK and file is not None:
        names[event.other or event.name] = file
