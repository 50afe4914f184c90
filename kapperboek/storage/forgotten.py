"""Who was forgotten: a small file beside the notebook, and beside its copies, so that an older copy forgets them too.

It holds no personal data: of each card the keyed hash of its uid, and when it was forgotten. The key is the uid of
the notebook's first change, a random number that only stands inside the encrypted file and is the same in all its
copies, also when the passphrase was changed in between.
"""

from __future__ import annotations

import hmac
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kapperboek.storage import connecting

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

    from kapperboek.storage.notebook import Notebook

SUFFIX = ".forgotten"
_FIRST = "SELECT uid FROM change ORDER BY id LIMIT 1"

Entries = dict[str, str]  # hash → the instant of forgetting (UTC)


def beside(notebook: Path) -> Path:
    """The list of this notebook."""
    return notebook.with_name(notebook.name + SUFFIX)


def within(folder: Path, stem: str) -> Path:
    """The list that goes with a notebook's copies in a folder."""
    return folder / f"{stem}{connecting.SUFFIX}{SUFFIX}"


def read(path: Path) -> Entries:
    """What the list says; a line that is none of ours is passed over. OSError when it is there and can't be read."""
    if not path.is_file():
        return {}
    lines = (line.split() for line in path.read_text("ascii", "replace").splitlines())
    return {line[0]: line[1] for line in lines if len(line) == 2}


def write(path: Path, entries: Entries) -> None:
    """Add these to the list, on disk when this returns; nothing is ever taken off it. OSError."""
    known = read(path)
    if entries.items() <= known.items():
        return
    text = "".join(f"{mark} {at}\n" for mark, at in sorted({**known, **entries}.items()))
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    connecting.sync_folder(path.parent)


def remember(book: Notebook, uids: list[str]) -> None:
    """Put these cards on the notebook's list, as forgotten now. Raises UserError when it cannot be written."""
    now = book.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    secret = _secret(book.connection)
    try:
        write(beside(book.path), {_mark(secret, uid): now for uid in uids})
    except OSError as error:
        raise connecting.from_system(error, beside(book.path)) from error


def met_again(connection: Connection, entries: Entries) -> list[int]:
    """The cards in a copy that were forgotten since; one made after that (they came back) is not among them."""
    if not entries or connection.execute(_FIRST).fetchone() is None:
        return []
    secret = _secret(connection)
    rows = connection.execute("SELECT id, uid, created_at FROM customer ORDER BY id").fetchall()
    return [id for id, uid, made in rows if made <= entries.get(_mark(secret, uid), "")]


def _secret(connection: Connection) -> bytes:
    return str(connection.execute(_FIRST).fetchone()[0]).encode()


def _mark(secret: bytes, uid: str) -> str:
    return hmac.new(secret, b"forgotten " + uid.encode(), "sha256").hexdigest()
