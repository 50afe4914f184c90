"""Which files are copies of a notebook, and what the next one is called.

A folder, and a stick most of all, may hold copies of several notebooks, two of the same name among them. What is not
known to be this notebook's own is never replaced, thinned or given another key: somebody may have nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek.storage import connecting, former_keys, keys
from kapperboek.storage.connecting import SUFFIX
from kapperboek.storage.forgotten import FIRST_CHANGE

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook

DAYS, WEEKS, MONTHS = 7, 4, 12


def of(book: Notebook, folder: Path) -> list[tuple[date, Path]]:
    """This notebook's own copies with the days in their names, the newest first; none where there is no folder."""
    if not folder.is_dir():
        return []
    found = [*dated(folder, book.path.stem), *dated(folder, _marked(book))]
    return sorted((one for one in found if is_own(book, one[1])), reverse=True)


def place_for(book: Notebook, folder: Path) -> Path:
    """What today's copy is called, which may be there already: ``NAME-YYYY-MM-DD.kapperboek``, or where that is another
    notebook's, the same with something of its own in it."""
    end = f"-{book.clock.today().isoformat()}{SUFFIX}"
    plain = folder / f"{book.path.stem}{end}"
    return plain if not plain.exists() or is_own(book, plain) else folder / f"{_marked(book)}{end}"


def is_own(book: Notebook, copy: Path) -> bool:
    """Whether the key the notebook has or had belongs to it; of one without a key, whether it began the same way."""
    try:
        salt = keys.read_salt(copy)
        if salt == keys.PLAIN_HEADER:
            return is_open_copy(book, copy)
        return salt is not None and (salt == book.salt or former_keys.former(book, salt) is not None)
    except OSError:
        return False


def is_open_copy(book: Notebook, copy: Path) -> bool:
    """Whether anybody can read it, and it is of this notebook: from before that got its first key. OSError."""
    return keys.read_salt(copy) == keys.PLAIN_HEADER and _first_of(copy) == book.value(FIRST_CHANGE)


def _first_of(copy: Path) -> str:
    """The first change in a copy without a key, which tells whose copy it is; empty when it cannot be read now."""
    from sqlcipher3 import dbapi2

    try:
        with contextlib.closing(connecting.connect(copy, None, None, frozen=True)) as connection:
            return str(connection.execute(FIRST_CHANGE).fetchone()[0])
    except (dbapi2.Error, TypeError):
        return ""


def _marked(book: Notebook) -> str:
    """The notebook's name with some digits that no other of the same name has."""
    first = str(book.value(FIRST_CHANGE) or book.salt)
    return f"{book.path.stem}-{hashlib.sha256(first.encode()).hexdigest()[:6]}"


def dated(folder: Path, stem: str) -> list[tuple[date, Path]]:
    """What is called like the copies of a notebook of this name, with the days, the newest first."""
    pattern = re.compile(re.escape(stem) + r"-(\d{4}-\d\d-\d\d)" + re.escape(SUFFIX), re.ASCII)
    dated: list[tuple[date, Path]] = []
    for path in folder.iterdir():
        found = pattern.fullmatch(path.name)
        if found:
            try:
                dated.append((date.fromisoformat(found[1]), path))
            except ValueError:
                continue  # somebody's own file that only looks like one of ours
    return sorted(dated, reverse=True)


def superfluous(found: list[tuple[date, Path]]) -> list[Path]:
    """Of these, the newest first, those beyond 7 days, 4 weeks and 12 months, counted over the copies there are and not
    from today: a computer whose clock went wrong throws nothing away.
    """
    kept: set[Path] = set()
    for count, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        newest: dict[str, Path] = {}
        for day, path in found:
            newest.setdefault(day.strftime(period), path)
        kept.update(list(newest.values())[:count])
    return [path for _day, path in found if path not in kept]
