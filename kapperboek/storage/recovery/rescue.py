"""Rescue of a damaged notebook: saving what can be read into a new one; the damaged file itself is only copied.

Everything people wrote goes over row by row around the damaged pages; lists and search index are made anew. Cards of
which the head is lost, but not what hangs on it, come back under their number and as much of their name as an index
still knows. Where the beginning of the file is damaged, the same pages of an empty notebook of the same key stand in:
they only say where the tables are, and that is the same in every notebook.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from kapperboek import durable
from kapperboek.domain.errors import Cancelled, CannotOpen, UserError
from kapperboek.domain.labels import table_label
from kapperboek.domain.time.clock import Clock, instant
from kapperboek.domain.views.file_health import Rescued, SavedTable
from kapperboek.i18n import _
from kapperboek.storage import opening
from kapperboek.storage.damage import damaged_pages, orphan_pages, value_repair
from kapperboek.storage.derived import customer_facts, search_index
from kapperboek.storage.file import key_derivation, open_file, refusals, sqlite_errors, wal_repair
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.migrations import runner
from kapperboek.storage.recovery.settled_since import Settled
from kapperboek.storage.write.unit_of_work import explained, unit_of_work

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

Progress = Callable[[str, float], None]
_CHUNK = 256 * key_derivation.PAGE_BYTES
# What indexes of customers know, and which ones
_NAMES = {"number": "number", "uid": "uid", "sort_key": "family_name"}
_INDEXES = {
    "number": "sqlite_autoindex_customer_2", "uid": "sqlite_autoindex_customer_1", "sort_key": "customer_by_sort_key",
}


def rescue(
    path: Path,
    target: Path,
    key: bytes | str | None,
    *,
    clock: Clock,
    backups: Sequence[Path] = (),
    kept: Iterable[tuple[bytes, bytes]] = (),
    progress: Progress = lambda _what, _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Rescued:
    """Write a new notebook ``target`` (with the same passphrase) with all that can be read of ``path``.

    Copies in ``backups`` or keys ``kept`` may lend the salt. There is no ``target`` after CannotOpen, Cancelled.
    """
    if target.exists():
        raise UserError("exists", _("There is a file {path} already. Choose another name.").format(path=target))
    work, draft = (target.with_name(f".{target.name}.{secrets.token_hex(4)}.new") for _both in range(2))

    def look() -> None:
        if cancelled():
            raise Cancelled(_("The rescue was stopped. The damaged notebook is as it was."))

    try:
        with durable.making_in(target.parent), explained():
            raw, salt = _key(path, key, backups, kept)
            _copy(path, work, look)
            done = _Rescue(work, draft, raw, salt, clock, look, progress).run()
            Settled(path, [copy.parent for copy in (target, *backups)], itself=True).apply_to(draft, raw)
        draft.rename(target)
        durable.sync_folder(target.parent)
        return done._replace(target=target)
    except OSError as error:
        raise refusals.from_system(error, target) from error
    except damaged_pages.Unreadable as error:
        text = _("Nothing of the file {path} can be read. Put back the last backup.")
        raise CannotOpen("damaged", text.format(path=path)) from error
    finally:
        open_file.discard(work)
        open_file.discard(draft)


def _key(
    path: Path, key: bytes | str | None, backups: Iterable[Path], kept: Iterable[tuple[bytes, bytes]]
) -> tuple[bytes, bytes]:
    """The key and the salt with which most of the file can be read. CannotOpen."""
    if not path.is_file():
        open_file.look_at(path, key)  # says what it is instead
    found = key_derivation.opener(path, key, map(key_derivation.read_salt, backups), kept)
    if found is not None:
        return found[1], found[0]
    if not key or key_derivation.read_salt(path) is None:
        open_file.look_at(path, key)
    raise refusals.wrong_key()


def _copy(path: Path, work: Path, look: Callable[[], None]) -> None:
    """Copy the file and its log; what the disk cannot read becomes zeros, which is damage like any other."""
    for end in ("", "-wal"):
        source = path.with_name(path.name + end)
        if not source.exists():
            continue
        size = source.stat().st_size
        handle = os.open(work.with_name(work.name + end), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with source.open("rb", buffering=0) as file, os.fdopen(handle, "wb") as copy:
            for start in range(0, size, _CHUNK):
                look()
                copy.write(_read(file.fileno(), start, min(_CHUNK, size - start)))


def _read(file: int, start: int, size: int) -> bytes:
    try:
        os.lseek(file, start, os.SEEK_SET)
        return os.read(file, size).ljust(size, b"\0")
    except OSError:
        if size <= key_derivation.PAGE_BYTES:
            return bytes(size)
        places = range(start, start + size, key_derivation.PAGE_BYTES)
        return b"".join(_read(file, place, min(key_derivation.PAGE_BYTES, start + size - place)) for place in places)


class _Rescue:
    """Rescue from the copy of the damaged file into the draft of a new notebook."""

    def __init__(
        self, work: Path, draft: Path, key: bytes, salt: bytes, clock: Clock,
        look: Callable[[], None], progress: Progress,
    ) -> None:
        self.work, self.draft, self.key, self.salt, self.clock = work, draft, key, salt, clock
        self.look, self.progress = look, progress
        self.tables: list[damaged_pages.Shape] = []

    def run(self) -> Rescued:
        wal_repair.mend(self.work, self.key, self.salt)
        mended = self._make_readable()
        damaged = damaged_pages.Torn(self._connect, self.look)
        try:
            version = self._version(damaged)
            self._begin(self.draft, version)
            connection = open_file.connect(self.draft, self.key, self.salt)
            book = opening.on(connection, self.draft, self.key, self.salt, clock=self.clock)
            with book:
                tables = self._carry_over(damaged, connection)
                heads, orphans = self._hang_together(damaged, connection)
                runner.migrate(connection)
                self._finish(book, any(one.lost for one in tables if one.table == "change_row"))
        finally:
            damaged.close()
        return Rescued(self.draft, tuple(tables), heads, orphans, mended)

    def _connect(self) -> Connection:
        """Connection to the copy of the damaged file."""
        return open_file.connect(self.work, self.key, self.salt)

    def _version(self, damaged: damaged_pages.Torn) -> int:
        version = int(damaged.ask("PRAGMA user_version")[0][0])
        if version > runner.NEWEST:
            raise refusals.newer_version()
        return version if version > 0 else runner.NEWEST

    def _begin(self, path: Path, version: int) -> None:
        """An empty notebook of that version, key and salt."""
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = open_file.connect(path, self.key, self.salt)
        try:
            steps = [step for step in runner.STEPS if version >= step.VERSION]
            runner.migrate(connection, steps, application_id=open_file.APPLICATION_ID)
        finally:
            connection.close()

    # ---- the beginning of the file

    def _make_readable(self) -> bool:
        """Make the file readable; True when the pages that say where the tables are had to be replaced for that."""
        damaged = damaged_pages.Torn(self._connect, self.look)
        try:
            if damaged.ask("PRAGMA application_id")[0][0] != open_file.APPLICATION_ID:
                raise refusals.not_a_notebook(self.work)
            damaged.ask("SELECT sql FROM sqlite_master")
            damaged.ask("PRAGMA user_version")
            return False
        except damaged_pages.Unreadable:
            pass
        finally:
            damaged.close()
        self._mend_beginning()
        return True

    def _mend_beginning(self) -> None:
        lender = self.work.with_name(f".{self.work.name}.lender.{secrets.token_hex(4)}.new")
        try:
            self._begin(lender, runner.NEWEST)
            size = -(-self.work.stat().st_size // key_derivation.PAGE_BYTES)
            pages = _grow(open_file.connect(lender, self.key, self.salt), size)
            with lender.open("rb") as good, self.work.open("r+b") as file:
                file.truncate(max(size * key_derivation.PAGE_BYTES, lender.stat().st_size))
                for number in sorted(pages):
                    place = (number - 1) * key_derivation.PAGE_BYTES
                    good.seek(place)
                    file.seek(place)
                    file.write(good.read(key_derivation.PAGE_BYTES))
        finally:
            open_file.discard(lender)

    # ---- the rows

    def _carry_over(self, damaged: damaged_pages.Torn, connection: Connection) -> list[SavedTable]:
        self.tables = damaged_pages.shapes(connection)
        connection.execute("PRAGMA foreign_keys = OFF")
        counts = []
        for place, shape in enumerate(self.tables):
            self.progress("", 0.7 * place / len(self.tables))
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"DELETE FROM {shape.name}")
            counts.append(self._table(damaged, connection, shape))
            connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        gone = value_repair.numbers(connection)
        connection.execute("COMMIT")
        return [one._replace(saved=one.saved - gone[one.table], lost=one.lost + gone[one.table]) for one in counts]

    def _table(self, damaged: damaged_pages.Torn, connection: Connection, shape: damaged_pages.Shape) -> SavedTable:
        try:
            there = damaged.has(shape.name)
        except damaged_pages.Unreadable:
            there = frozenset(shape.columns)
        columns = [column for column in shape.columns if column in there]
        if not columns:
            return SavedTable(shape.name, table_label(shape.name), 0, 0)
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {shape.name} ({', '.join(columns)}) VALUES ({marks})"
        lost: dict[damaged_pages.Key, object] = {}
        saved = refused = 0
        for rows in damaged.batches(shape, columns, lost):
            bad = self._insert(connection, insert, shape, columns, rows)
            saved, refused = saved + len(rows) - bad, refused + bad
        if len(lost) >= orphan_pages.WORTH_IT and (self._is_alone(shape) or not damaged_pages.all_guessed(lost)):
            for rows in self._loose(shape, columns, lost):
                bad = self._insert(connection, insert, shape, columns, rows)
                saved, refused = saved + len(rows) - bad, refused + bad
            if self._is_alone(shape):
                damaged_pages.forget_guesses(lost)  # every page has been looked at: what is not there never was
        return SavedTable(shape.name, table_label(shape.name), saved, damaged_pages.number_lost(lost) + refused)

    def _insert(
        self,
        connection: Connection,
        insert: str,
        shape: damaged_pages.Shape,
        columns: list[str],
        rows: list[damaged_pages.Row],
    ) -> int:
        values = value_repair.mended(shape.name, columns, [row[len(shape.key) :] for row in rows])
        return _insert(connection, insert, values)

    def _is_alone(self, shape: damaged_pages.Shape) -> bool:
        """Tell whether no other table has as many columns."""
        return [len(other.columns) for other in self.tables].count(len(shape.columns)) == 1

    def _loose(
        self, shape: damaged_pages.Shape, columns: list[str], lost: dict[damaged_pages.Key, object]
    ) -> Iterator[list[damaged_pages.Row]]:
        """Rows of a table that nothing leads to any more, sought in a second copy."""
        copy = self.work.with_name(f".{self.work.name}.loose.{secrets.token_hex(4)}.new")
        try:
            for end in ("", "-wal"):
                if (part := self.work.with_name(self.work.name + end)).exists():
                    shutil.copyfile(part, copy.with_name(copy.name + end))
            connect = lambda: open_file.connect(copy, self.key, self.salt)  # noqa: E731
            yield from orphan_pages.find(connect, shape, columns, lost, self._is_alone(shape), self.look)
        finally:
            open_file.discard(copy)

    def _hang_together(self, damaged: damaged_pages.Torn, connection: Connection) -> tuple[int, int]:
        """Give every row what it points at: a card's head as far as an index knows it, nobody for a staff member who
        is lost; what then still points at nothing goes."""
        connection.execute("BEGIN IMMEDIATE")
        heads = self._heads(damaged, connection)
        _name_fields(connection)
        orphans = 0
        for table, rowid, parent, number in connection.execute("PRAGMA foreign_key_check").fetchall():
            fields = "SELECT \"from\" FROM pragma_foreign_key_list(?) WHERE id = ?"
            column = connection.execute(fields, (table, number)).fetchone()[0]
            where = f"{column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {parent})"
            needed = f"SELECT \"notnull\" FROM pragma_table_info('{table}') WHERE name = ?"
            if connection.execute(needed, (column,)).fetchone()[0]:
                orphans += connection.execute(f"DELETE FROM {table} WHERE {where}").rowcount
            else:
                connection.execute(f"UPDATE {table} SET {column} = NULL WHERE {where}")
            del rowid
        connection.execute("COMMIT")
        return heads, orphans

    def _heads(self, damaged: damaged_pages.Torn, connection: Connection) -> int:
        owned = [shape.name for shape in self.tables if shape.owner == "customer_id" and shape.name != "draft"]
        union = " UNION ".join(f"SELECT customer_id AS id FROM {table}" for table in owned if table != "change_row")
        missing = [row[0] for row in connection.execute(f"SELECT id FROM ({union}) EXCEPT SELECT id FROM customer")]
        now = instant(self.clock.now())
        for customer_id in missing:
            known = {name: _known_of(damaged, column, customer_id) for column, name in _NAMES.items()}
            known = {name: value for name, value in known.items() if value}
            known.setdefault("uid", secrets.token_hex(16))
            known.setdefault("number", f"?{customer_id}")
            name = known.setdefault("family_name", _("Card {number}").format(number=known["number"]))
            known |= {"id": customer_id, "full_name": name, "sort_key": name.casefold(), "created_at": now}
            known["note"] = _("The head of this card was on a damaged page; fill in the name again.")
            marks = ", ".join("?" * len(known))
            insert = f"INSERT OR IGNORE INTO customer ({', '.join(known)}) VALUES ({marks})"
            connection.execute(insert, list(known.values()))
        return len(missing)

    def _finish(self, book: Notebook, lost_journal: bool) -> None:
        """Finish the rescue: what is derived is made anew, and the journal says what happened."""
        self.progress("", 0.75)
        with unit_of_work(book, _("Saved from a damaged notebook"), source="rescue") as uow:
            uow.begin_change()
            if lost_journal:  # a change of which rows are lost would be undone halfway
                uow.execute(
                    "DELETE FROM change_row WHERE change_id IN"
                    " (SELECT change_id FROM change_row GROUP BY change_id HAVING count(*) <> max(seq))"
                )
            ids = [row[0] for row in book.rows("SELECT id FROM customer ORDER BY id")]
            for start in range(0, len(ids), customer_facts.CHUNK):
                self.look()
                customer_facts.refresh(book, ids[start : start + customer_facts.CHUNK])
                search_index.refresh(book, ids[start : start + customer_facts.CHUNK])
                self.progress("", 0.75 + 0.25 * start / len(ids))
        if book.value("PRAGMA journal_mode = DELETE") != "delete":
            raise sqlite_errors.in_use()


def _name_fields(connection: Connection) -> None:
    """Fields of the card that are lost get a number for a name, so that what was filled in is not lost with them."""
    missing = connection.execute(
        "SELECT field_id, max(value LIKE '[%') FROM profile_value"
        " WHERE field_id NOT IN (SELECT id FROM profile_field) GROUP BY field_id"
    )
    for number, is_list in missing.fetchall():
        label = _("Field {number}").format(number=number)
        connection.execute(
            "INSERT OR IGNORE INTO profile_field (id, key, label, kind, position) VALUES (?, ?, ?, ?, ?)",
            (number, f"field_{number}", label, "tags" if is_list else "text", number),
        )


def _grow(lender: Connection, pages: int) -> set[int]:
    """Make a new notebook as large as another, and give the pages that say where its tables are."""
    try:
        size = lender.execute("PRAGMA page_count").fetchone()[0]
        roots = {row[0] for row in lender.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 0")}
        lender.execute("BEGIN IMMEDIATE")
        for number in range(pages - size):
            text = "x" * (key_derivation.PAGE_BYTES - 600)
            lender.execute("INSERT INTO draft VALUES (?, 'x', NULL, ?, '')", (f"grow {number}", text))
        lender.execute("COMMIT")  # nothing is deleted again: a list of free pages would be of the wrong file
        lender.execute("PRAGMA journal_mode = WAL").fetchone()
        lender.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return set(range(1, size + 1)) - roots
    finally:
        lender.close()


def _insert(connection: Connection, sql: str, rows: list[damaged_pages.Row]) -> int:
    """Insert the rows; how many the new notebook refuses because they say what cannot be."""
    connection.execute("SAVEPOINT batch")
    try:
        connection.executemany(sql, rows)
        connection.execute("RELEASE batch")
        return 0
    except (dbapi2.IntegrityError, dbapi2.InterfaceError):
        connection.execute("ROLLBACK TO batch")
        connection.execute("RELEASE batch")
    return 1 if len(rows) == 1 else sum(_insert(connection, sql, [row]) for row in rows)


def _known_of(damaged: damaged_pages.Torn, column: str, customer_id: int) -> str:
    """Value of a column in an index of a customer whose row is lost; empty when it says nothing."""
    asked = f"SELECT {column} FROM customer INDEXED BY {_INDEXES[column]} WHERE +rowid = ? AND {column} >= ''"
    try:
        rows = damaged.ask(asked, (customer_id,))
    except damaged_pages.Unreadable:
        return ""
    return str(rows[0][0]) if rows else ""
