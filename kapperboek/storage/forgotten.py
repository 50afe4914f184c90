"""Who was forgotten: a small file beside the notebook, and beside its copies, so that an older copy forgets them too.

It holds no personal data: of each card a keyed hash of its uid and of the moment it was made, by which somebody who
came back later is told from who was forgotten, whatever the clock said in between. The key is the uid of the
notebook's first change, a random number that only stands inside the encrypted file and is the same in all its copies,
also when the passphrase was changed in between.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek import durable
from kapperboek.storage import connecting

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

    from kapperboek.storage.notebook import Notebook

SUFFIX = ".forgotten"
FIRST_CHANGE = "SELECT uid FROM change ORDER BY id LIMIT 1"


def beside(notebook: Path) -> Path:
    """The list of this notebook."""
    file = durable.real(notebook)
    return file.with_name(file.name + SUFFIX)


def within(folder: Path, stem: str) -> Path:
    """The list that goes with a notebook's copies in a folder."""
    return folder / f"{stem}{connecting.SUFFIX}{SUFFIX}"


def read(path: Path) -> set[str]:
    """The marks on the list. OSError when it is there and can't be read."""
    return set(path.read_text("ascii", "replace").split()) if path.is_file() else set()


def write(path: Path, marks: Set[str]) -> None:
    """Add these to the list, on disk when this returns; nothing is ever taken off it. OSError."""
    known = read(path)
    if marks <= known:
        return
    durable.write_private(path, "".join(f"{mark}\n" for mark in sorted(known | marks)))


def remember(book: Notebook, customer_ids: Sequence[int]) -> None:
    """Put these cards on the notebook's list. Raises UserError when it cannot be written."""
    marks = {mark for _id, mark in _marks(book.connection, customer_ids)}
    try:
        write(beside(book.path), marks)
    except OSError as error:
        raise connecting.from_system(error, beside(book.path)) from error


def met_again(connection: Connection, marks: Set[str]) -> list[int]:
    """The cards in a copy that were forgotten since."""
    return [id for id, mark in _marks(connection) if mark in marks] if marks else []


def _marks(connection: Connection, only: Sequence[int] | None = None) -> list[tuple[int, str]]:
    """Every card's id and mark, or of these only."""
    first = connection.execute(FIRST_CHANGE).fetchone()
    if first is None:
        return []
    which = "" if only is None else " WHERE id IN (SELECT value FROM json_each(?))"
    cards = f"SELECT id, uid || ' ' || created_at FROM customer{which} ORDER BY id"
    rows = connection.execute(cards, () if only is None else (json.dumps([*only]),)).fetchall()
    return [(id, hmac.new(first[0].encode(), card.encode(), "sha256").hexdigest()) for id, card in rows]
