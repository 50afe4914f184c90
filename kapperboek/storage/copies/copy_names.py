"""Names of backup copies: the files that are copies of a notebook, and the name of the next one.

A folder, and a stick most of all, may hold copies of several notebooks, two of the same name among them. What is not
known to be this notebook's own is never replaced, thinned or given another key: somebody may have nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlcipher3 import dbapi2

from kapperboek.storage.copies import copy_verification, former_keys
from kapperboek.storage.file import generation, key_derivation
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.file.open_file import SUFFIX
from kapperboek.storage.privacy.erasure_list import FIRST_CHANGE

DAYS, WEEKS, MONTHS = 7, 4, 12
_MONTH = "%Y-%m"
BEFORE_UPDATE = "-before-update-"  # within the names of copies that a program of before can open
_KEPT = re.compile(r"(-kept-\d{4}-\d\d-\d\d-\d{6}(-\d+)?)+$", re.ASCII)
_SET_ASIDE = re.compile(r"-(?:before-restore|rescued)-(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d))", re.ASCII)


def before_kept(stem: str) -> str:
    """Name that a notebook had before it was kept under a new one, because its file had none any more."""
    return _KEPT.sub("", stem)


def of(book: Notebook, folder: Path) -> list[tuple[date, Path]]:
    """This notebook's own copies with the days in their names, the newest first; none where there is no folder."""
    if not folder.is_dir():
        return []
    found = [*dated(folder, book.path.stem), *dated(folder, _marked(book))]
    return sorted((one for one in found if is_own(book, one[1])), key=lambda one: one[0], reverse=True)


def place_for(book: Notebook, folder: Path) -> Path:
    """Path of today's copy, which may be there already: ``NAME-YYYY-MM-DD.kapperboek``, or where that is another
    notebook's, the same with something of its own in it. One that holds what the notebook does not (an older state was
    put back since) stays, and the next gets a number: what that one says, nobody else may."""
    day = book.clock.today().isoformat()
    plain = folder / f"{book.path.stem}-{day}{SUFFIX}"
    stem = book.path.stem if not plain.exists() or is_own(book, plain) else _marked(book)
    number = 1
    place = folder / f"{stem}-{day}{SUFFIX}"
    while place.exists() and _is_to_stay(book, place, number):
        number += 1
        place = folder / f"{stem}-{day}-{number}{SUFFIX}"
    return place


def _is_to_stay(book: Notebook, place: Path, number: int) -> bool:
    own = is_own(book, place)
    return (number > 1 and not own) or (own and place_in_journal(book, place) is None)


def is_own(book: Notebook, copy: Path) -> bool:
    """Recognise a copy of this notebook by its key: one that the notebook has or had."""
    try:
        salt = key_derivation.read_salt(copy)
        return salt is not None and (salt == book.salt or former_keys.former(book, salt) is not None)
    except OSError:
        return False


def _marked(book: Notebook) -> str:
    """The notebook's name with some digits that no other of the same name has."""
    first = str(book.value(FIRST_CHANGE) or book.salt)
    return f"{book.path.stem}-{hashlib.sha256(first.encode()).hexdigest()[:6]}"


def dated(folder: Path, stem: str) -> list[tuple[date, Path]]:
    """Files called like the copies of a notebook of this name, with the days, the newest first. Raises OSError."""
    pattern = re.compile(re.escape(stem) + r"-(\d{4}-\d\d-\d\d)(-\d{1,3})?" + re.escape(SUFFIX), re.ASCII)
    dated: list[tuple[date, int, Path]] = []
    for path in folder.iterdir():
        found = pattern.fullmatch(path.name)
        if found:
            try:
                dated.append((date.fromisoformat(found[1]), int((found[2] or "-1")[1:]), path))
            except ValueError:
                continue  # somebody's own file that only looks like one of ours
    return [(day, path) for day, _number, path in sorted(dated, reverse=True)]


def superfluous(found: list[tuple[date, Path]]) -> list[Path]:
    """Superfluous copies of these, the newest first: those beyond 7 days, 4 weeks and 12 months, counted over the
    copies there are and not from today: a computer whose clock went wrong throws nothing away.
    """
    kept: set[Path] = set()
    for count, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, _MONTH)):
        newest: dict[str, Path] = {}
        for day, path in found:
            newest.setdefault(day.strftime(period), path)
        kept.update(list(newest.values())[:count])
    return [path for _day, path in found if path not in kept]


def too_many(book: Notebook, folder: Path) -> list[Path]:
    """The dated copies of this notebook that nothing keeps. One of a day that is still to come, made while the clock
    was wrong, counts for no day; it goes when copies of twelve months hold all that it does. One that alone holds what
    an older state put in the notebook's place took away, stays until copies of twelve later months have followed.
    """
    found, today = of(book, folder), book.clock.today()
    present = [one for one in found if one[0] <= today]
    ahead = [path for day, path in found if day > today]
    held = [(day, place_in_journal(book, path) or 0) for day, path in present] if ahead else []
    gone = []
    for path in ahead:
        place = place_in_journal(book, path)
        if place is not None and _months(day for day, other in held if other >= place) >= MONTHS:
            gone.append(path)
    return [*_held_elsewhere(book, present, superfluous(present)), *gone]


def _held_elsewhere(book: Notebook, found: list[tuple[date, Path]], gone: list[Path]) -> list[Path]:
    """Copies, of those that may go, of which all is in the notebook or in a copy that stays."""
    may: list[Path] = []
    stay = [path for _day, path in found if path not in gone]
    for day, path in found:
        if path not in gone:
            continue
        followed = _months(other for other, _path in found if other > day) >= MONTHS
        if followed or place_in_journal(book, path) is not None or _is_in_one_of(book, path, stay):
            may.append(path)
        else:
            stay.append(path)
    return may


def _is_in_one_of(book: Notebook, copy: Path, others: Iterable[Path]) -> bool:
    """Tell whether one of the other copies holds all that this one does, and is no earlier state: the latest of them is
    the one that was offered to whoever has an older state, and stays until that is put back."""
    with copy_verification.opened(book, copy) as connection:
        last, mark = generation.last_change(connection), generation.of(connection).now
    for other in others:
        with contextlib.suppress(dbapi2.Error), copy_verification.opened(book, other) as connection:
            if (generation.of(connection).now, other.stat().st_mtime) < (mark, copy.stat().st_mtime):
                continue
            if generation.has_change(connection, last):
                return True
    return False


def outlived(book: Notebook, folder: Path, aside: Iterable[Path]) -> list[Path]:
    """Files set aside beside the notebook that copies of twelve later months have followed. Other notebooks and what
    may hold the only confirmed words of a day (``…-kept-…``) are never among it.
    """
    days = [day for day, _path in of(book, folder) if day <= book.clock.today()]
    gone = []
    for path in aside:
        said = _SET_ASIDE.search(path.name)
        day = date.fromisoformat(said[1]) if said else date.fromtimestamp(path.stat().st_mtime)
        if (said or BEFORE_UPDATE in path.name) and _months(one for one in days if one > day) >= MONTHS:
            gone.append(path)
    return [path for path in gone if is_own(book, path)]


def newest(book: Notebook, folder: Path) -> tuple[date, Path] | None:
    """The newest copy that is what its name says: of a day that has come, and with all that was written before it."""
    today = book.clock.today()
    return next((one for one in of(book, folder) if one[0] <= today and _is_of(book, *one)), None)


def _is_of(book: Notebook, day: date, copy: Path) -> bool:
    """Tell a copy that lacks nothing written between its last change and the beginning of that day."""
    place = place_in_journal(book, copy)
    if place is None:
        return False
    since = "coalesce((SELECT at FROM change WHERE id = ?), '')"  # a clock that went back for a day says nothing
    missing = f"SELECT 1 FROM change WHERE id > ? AND at < ? AND at >= {since} LIMIT 1"
    return book.value(missing, (place, day.isoformat(), place)) is None


def place_in_journal(book: Notebook, copy: Path) -> int | None:
    """Up to which change a copy holds what the notebook does; 0 for one that cannot be read, which is as good as empty.
    None for one that holds what the notebook does not (one was put back since), or no longer knows."""
    try:
        with copy_verification.opened(book, copy) as connection:
            last = generation.last_change(connection)
    except dbapi2.Error:
        return 0
    return 0 if last is None else book.value("SELECT id FROM change WHERE uid = ?", (last,))


def has_change(book: Notebook, copy: Path, change: str) -> bool:
    """Tell whether the journal of a copy has this change (uid); one that cannot be read has none."""
    with contextlib.suppress(dbapi2.Error), copy_verification.opened(book, copy) as connection:
        return generation.has_change(connection, change)
    return False


def left_by_hand(book: Notebook, folder: Path) -> list[Path]:
    """Copies of this notebook that no rule throws away: under a name somebody gave them, or of a day still to come."""
    today = book.clock.today()
    named = {path for day, path in of(book, folder) if day <= today} | {book.path}
    places = {folder, book.path.parent}
    found = {path for place in places if place.is_dir() for path in place.glob(f"*{SUFFIX}")}
    return sorted(p for p in found - named if not is_thinned(p.name) and p.is_file() and is_own(book, p))


def is_thinned(name: str) -> bool:
    """Recognise the name of a file set aside, which a rule throws away in time."""
    return _SET_ASIDE.search(name) is not None or BEFORE_UPDATE in name


def _months(days: Iterable[date]) -> int:
    return len({day.strftime(_MONTH) for day in days})
