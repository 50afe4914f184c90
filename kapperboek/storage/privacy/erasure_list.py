"""Erasure list: marks of who was forgotten, in the notebook and in a small file beside it and beside its copies, so
that an older copy forgets them too and an old list says whom it brings back.

They hold no personal data: keyed hashes (HMAC-SHA256). Of a card one of its uid and of the moment it was made, by which
somebody who came back later is told from who was forgotten, whatever the clock said in between; and of each name,
number and address of theirs one by which they may be known in a list. The key is the uid of the notebook's first
change, a random number that only stands inside the encrypted file and is the same in all its copies, also when the
passphrase was changed in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from kapperboek import durable
from kapperboek.i18n import _
from kapperboek.storage.file import open_file
from kapperboek.storage.file.notebook import Notebook

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

    from kapperboek.domain.people import matching
    from kapperboek.domain.records import CustomerRecord

SUFFIX = ".forgotten"
FIRST_CHANGE = "SELECT uid FROM change ORDER BY id LIMIT 1"


# ---- the lists


def beside(notebook: Path) -> Path:
    """The list of this notebook."""
    file = durable.real(notebook)
    return file.with_name(file.name + SUFFIX)


def within(folder: Path, stem: str) -> Path:
    """The list that goes with a notebook's copies in a folder."""
    return folder / f"{stem}{open_file.SUFFIX}{SUFFIX}"


def read(path: Path) -> set[str]:
    """The marks on the list. OSError when it is there and can't be read."""
    return set(path.read_text("ascii", "replace").split()) if path.is_file() else set()


def write(path: Path, marks: Set[str]) -> None:
    """Add these to the list, on disk when this returns; nothing is ever taken off it. OSError."""
    known = read(path)
    if marks <= known:
        return
    durable.write_private(path, "".join(f"{mark}\n" for mark in sorted(known | marks)))


def hand_out(book: Notebook, *folders: Path) -> bool:
    """Put all marks of the notebook on the lists beside it and in these folders, and those beside it in the folders;
    whether that could be done. The notebook and its copies know them without."""
    done = True
    marks = known(book.connection)
    try:
        marks |= read(beside(book.path))
    except OSError:
        done = False
    for list_of_them in (beside(book.path), *(within(folder, book.path.stem) for folder in folders)):
        try:
            write(list_of_them, marks)
        except OSError:
            done = False
    return done


def listed_in(folders: Iterable[Path]) -> set[str]:
    """The marks on every list in these folders, whatever notebook it is called after; a list that can't be read says
    nothing."""
    found: set[str] = set()
    for folder in dict.fromkeys(folders):
        for path in folder.glob(f"*{SUFFIX}"):
            try:
                found |= read(path)
            except OSError:
                continue
    return found


# ---- within the notebook


def known(connection: Connection) -> set[str]:
    """The marks in a notebook."""
    return {str(mark) for (mark,) in connection.execute("SELECT mark FROM forgotten")}


def has_marks(book: Notebook) -> bool:
    """Tell whether anybody was ever forgotten, by the notebook or the list beside it, or cannot be said never to be."""
    try:
        return beside(book.path).exists() or book.value("SELECT 1 FROM forgotten LIMIT 1") is not None
    except (OSError, dbapi2.Error):
        return True  # whoever looks closer says what is wrong


def by_now(book: Notebook, *folders: Path) -> set[str]:
    """All marks there are: in the notebook, and on the lists beside it and in these folders."""
    return known(book.connection) | listed_in((book.path.parent, *folders))


def keep(connection: Connection, marks: Iterable[str]) -> None:
    """Write these into the notebook, in the transaction there is."""
    add = "INSERT INTO forgotten (mark) VALUES (?) ON CONFLICT DO NOTHING"
    connection.executemany(add, [(mark,) for mark in sorted(marks)])


def met_again(connection: Connection, marks: Set[str]) -> list[int]:
    """The cards in a notebook that were forgotten."""
    sign = signer(connection) if marks else None
    if sign is None:
        return []
    cards = connection.execute("SELECT id, uid, created_at FROM customer ORDER BY id").fetchall()
    return [id for id, uid, made in cards if sign(card_mark(uid, made)) in marks]


def cards_in(connection: Connection) -> set[str]:
    """Marks that the present cards would have on a list."""
    sign = signer(connection)
    rows = connection.execute("SELECT uid, created_at FROM customer") if sign else ()
    return {sign(card_mark(uid, made)) for uid, made in rows} if sign else set()


class Likeness:
    """Tells of a record of a file whether it may be somebody who was forgotten."""

    def __init__(self, book: Notebook) -> None:
        self._marks = known(book.connection)
        self._sign = signer(book.connection)

    def reasons(self, record: CustomerRecord, card: matching.Keys) -> list[str]:
        """Reasons, in words, to take a record for a forgotten card; empty when nothing of theirs was marked."""
        sign = self._sign
        if sign is None or not self._marks:
            return []
        words = {"uid ": _("the same card"), "name ": _("the name"), "phone ": _("the phone number"),
                 "mail ": _("the e-mail address")}
        found = [words[sort] for sort, value in known_by(record, card) if sign(sort + value) in self._marks]
        return list(dict.fromkeys(found))


def known_by(record: CustomerRecord, card: matching.Keys) -> Iterator[tuple[str, str]]:
    """Things by which somebody may be known, each with its sort.

    A first name or a family name alone may be anybody's.
    """
    if record.uid:
        yield "uid ", record.uid
    for called in dict.fromkeys((*card.given[:1], card.nickname)):
        if called and card.family:
            yield "name ", " ".join((called, *sorted(card.family)))
    for number in sorted(card.phones):
        yield "phone ", number
    for mail in sorted(card.mails):
        yield "mail ", mail


def signer(connection: Connection) -> Any:
    """Signer that makes the mark of a text with the key of this notebook; None where nothing was ever written in it."""
    first = connection.execute(FIRST_CHANGE).fetchone()
    if first is None:
        return None
    import hmac

    key = str(first[0]).encode()
    return lambda text: hmac.new(key, text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def card_mark(uid: str, made: str) -> str:
    """Text to sign for a card: its uid, and the moment it was made."""
    return f"card {uid} {made}"
