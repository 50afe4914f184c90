"""The notebook's own file, changed by somebody: bytes anywhere in it, or SQL that only a hostile hand would write.

It is opened and walked through as the window and the command line do, with writing, exporting, checking and rescuing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.list_views import CustomerFilter
from kapperboek.services import attention, drafts, journal, settings, today
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting
from kapperboek.services.inputs import VisitInput
from kapperboek.services.keeping import maintenance, notebooks
from kapperboek.services.moments import follow_ups, moments
from kapperboek.services.privacy import dossier, retention
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from tests.conftest import KEY
from tests.faults import pages
from tests.fuzz.importers import somebody
from tests.fuzz.target import Choices, Target
from tests.fuzz.typed import refused_at_most

Step = Callable[[Notebook, Path], object]

STEPS: tuple[Step, ...] = (
    lambda book, _room: settings.at_start(book),
    lambda book, _room: today.today(book),
    lambda book, _room: customers.find(book, "tine"),
    lambda book, _room: customers.customer_rows(book, customers.list_customers(book, CustomerFilter())),
    lambda book, _room: customers.open_card(book, 1),
    lambda book, _room: (settings.treatments(book), settings.profile_fields(book)),
    lambda book, _room: (follow_ups.follow_ups(book, True), attention.attention(book, everybody=True)),
    lambda book, _room: (drafts.drafts(book), retention.overview(book)),
    lambda book, _room: journal.changes(book),
    lambda book, _room: moments.start_visit(book, 1),
    lambda book, _room: dossier.document(book, 1),
    lambda book, room: exporting.export_file(book, room / "uit.json"),
    lambda book, room: exporting.export_file(book, room / "uit.csv"),
    lambda book, room: exporting.export_file(book, room / "uit.ics"),
    lambda book, _room: moments.record_visit(book, VisitInput(1, "2026-11-22T10:00", note="thee")),
    lambda book, _room: journal.undo(book),
    lambda book, _room: maintenance.check(book),
    lambda book, room: maintenance.backup(book, room),
)


class Crafted(Target):
    """A notebook with somebody in it, and what happens to a changed copy of it."""

    share = 0.4

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        self.whole = room / "heel" / "boek.kapperboek"
        self.whole.parent.mkdir()
        with notebooks.create(
            self.whole, key=KEY, shop_name="Salon", staff_name="Sanne", clock=self.clock
        ) as book:
            saved = customers.new_customer(book, somebody())
            moments.record_visit(book, VisitInput(saved.customer_id, "2026-11-01T10:00", note="knippen"))
            drafts.save(book, "visit-1", "visit", 1, '{"note": "x"}')
            book.value("PRAGMA journal_mode = DELETE")
        self.place = room / "kapot"

    def copy(self) -> Path:
        """A copy in an empty folder."""
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        return Path(shutil.copy(self.whole, self.place / "boek.kapperboek"))

    def walk(self, path: Path) -> None:
        """Open it and do all that one does; a step that is refused in words leads to the next one."""
        try:
            book = open_notebook(path, key=KEY, clock=self.clock)
        except UserError:
            refused_at_most(self._rescue, path)
            raise
        with book:
            for step in STEPS:
                refused_at_most(self._guarded, book, step)

    def _guarded(self, book: Notebook, step: Step) -> None:
        """As a job of the window: what nobody foresaw is held against the file first."""
        try:
            step(book, self.place)
        except Exception as error:
            said = book.explained(error)
            raise said from (None if said is error else error)

    def _rescue(self, path: Path) -> None:
        maintenance.rescue_in_place(path, key=KEY, clock=self.clock, backups=self.place / "backups")


class Bytes(Crafted):
    """Bytes changed anywhere within the pages, by somebody who has the key, or by memory that fails: (place: 3 bytes,
    how many: 1 byte, the bytes) again and again."""

    name = "notebook-bytes"
    tokens = (b"\xff\xff\xff\x7f", b"\x0d\x00", b"\x05\x00", b"\x00\x00\x00\x00", b"\x00\x01", b"\x0a\x00", b"\x02\x00")

    def seeds(self) -> list[bytes]:
        size = self.whole.stat().st_size
        page = 4096
        head = [16, 18, 24, 28, 32, 44, 52, 56, 68, 96, 100, 103, 105]
        places = [*head, page, page + 3, 2 * page + 5, size // 2, size - 9]
        return [place.to_bytes(3, "big") + b"\x02\xff\xff" for place in places] + [b"\x00\x00\x00\x00"]

    def run(self, data: bytes) -> None:
        choices, path = Choices(data), self.copy()
        content = bytearray(self.content(path))
        while choices:
            at = int.from_bytes(choices.bytes(3), "big") % (len(content) + 1)
            word = choices.bytes(choices.number(16))
            content[at : at + len(word)] = word
        path.write_bytes(self.file_of(bytes(content[: self.whole.stat().st_size]), path))
        self.walk(path)

    def content(self, path: Path) -> bytes:
        """What is changed."""
        return pages.opened(path.read_bytes(), KEY)

    def file_of(self, content: bytes, path: Path) -> bytes:
        """The file once it is changed."""
        return pages.sealed(content, KEY, path.read_bytes()[: pages.SALT])


class FileBytes(Bytes):
    """The same in the file as it lies there: every page is sealed, so that nothing but a refusal can come of it."""

    name = "notebook-file-bytes"

    def content(self, path: Path) -> bytes:
        return path.read_bytes()

    def file_of(self, content: bytes, path: Path) -> bytes:
        return content


VALUES: tuple[Callable[[Choices], Any], ...] = (
    lambda choices: choices.text().encode("utf-8", "replace").decode(),
    lambda choices: choices.bytes(choices.number(30)),
    lambda choices: choices.number(1 << 24) - 1000,
    lambda _choices: 2**63 - 1, lambda _choices: -(2**63), lambda _choices: 1e308, lambda _choices: None,
    lambda _choices: "9999-12-31", lambda _choices: "0001-01-01T00:00", lambda _choices: "[1, {}, null]",
    lambda _choices: '{"a": [1e999]}', lambda _choices: "=1+1<b>&amp;\x00\u202e", lambda _choices: "x" * 100_000,
    lambda _choices: "2026-02-30", lambda _choices: "12:30", lambda _choices: "null", lambda _choices: "",
    lambda _choices: "[" * 5000, lambda _choices: '"../../etc/passwd"',
)
SCHEMAS = (
    "CREATE TRIGGER t{n} AFTER UPDATE ON {t} BEGIN DELETE FROM customer; END",
    "CREATE TRIGGER t{n} AFTER INSERT ON {t} BEGIN UPDATE customer SET note = 'gekaapt'; END",
    "CREATE TEMP TRIGGER t{n} AFTER INSERT ON {t} BEGIN DELETE FROM customer; END",
    "CREATE VIEW v{n} AS SELECT * FROM {t}",
    "ALTER TABLE {t} RENAME TO x{n}; CREATE VIEW {t} AS SELECT * FROM x{n}",
    "DROP TABLE {t}", "ALTER TABLE {t} RENAME COLUMN {c} TO y{n}", "ALTER TABLE {t} ADD COLUMN z{n}",
    "CREATE INDEX i{n} ON {t}({c})", "CREATE UNIQUE INDEX u{n} ON {t}({c})",
    "CREATE INDEX e{n} ON {t}(abs({c}) + length({c}))", "ALTER TABLE {t} ADD COLUMN g{n} AS (randomblob(99999999))",
    "DELETE FROM {t}", "INSERT INTO {t} SELECT * FROM {t}", "UPDATE {t} SET {c} = zeroblob(9000000)",
    "UPDATE {t} SET {c} = CAST(x'fffe80' AS TEXT)", "PRAGMA user_version = {n}", "PRAGMA application_id = {n}",
    "PRAGMA writable_schema = ON;"
    " UPDATE sqlite_master SET sql = replace(sql, '{c}', '{c} CHECK (0)') WHERE name = '{t}'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = {n} WHERE name = '{t}'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'x' WHERE name = '{t}'",
    "PRAGMA writable_schema = ON; INSERT INTO sqlite_master SELECT * FROM sqlite_master WHERE name = '{t}'",
    "CREATE TABLE w{n} (a, b AS (load_extension('x')))", "CREATE VIRTUAL TABLE f{n} USING fts5(a)",
    "DROP TABLE {t}; CREATE VIRTUAL TABLE {t} USING fts5({c})",
)


class Statements(Crafted):
    """Wrong values in any column, and changed schemas, by somebody who has the key: (which, table, column, value) again
    and again."""

    name = "notebook-sql"

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        connection = self._connect(self.whole)
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
        self.tables = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for name in sorted(row[0] for row in names)
        }
        connection.close()

    def _connect(self, path: Path) -> Any:
        """As somebody with another program would: without our settings."""
        from sqlcipher3 import dbapi2

        connection = dbapi2.connect(str(path), isolation_level=None)
        with path.open("rb") as file:
            connection.execute(f"PRAGMA key = \"x'{KEY.hex()}{file.read(16).hex()}'\"")
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def seeds(self) -> list[bytes]:
        schemas = [bytes([1, number, table]) + b"\x03" for number in range(len(SCHEMAS)) for table in (3, 10)]
        values = [
            bytes([0, table, column, value]) + b"12\x00"
            for table, columns in enumerate(self.tables.values())
            for column in range(len(columns))
            for value in range((table + column) % 7, len(VALUES), 7)
        ]
        return [b"\x00\x03\x04\x00<b>\x00", *schemas, *values]

    def run(self, data: bytes) -> None:
        from sqlcipher3 import dbapi2

        choices, path = Choices(data), self.copy()
        connection = self._connect(path)
        try:
            for _number in range(8):
                if choices:
                    self._craft(connection, choices)
        except (dbapi2.Error, dbapi2.Warning, UnicodeError):
            pass  # what SQLite does not let anybody write is in no file either
        finally:
            connection.close()
        self.walk(path)

    def _craft(self, connection: Any, choices: Choices) -> None:
        kind = choices.number(2)
        if kind:
            schema = SCHEMAS[choices.number(len(SCHEMAS))]
        table = list(self.tables)[choices.number(len(self.tables))]
        column = self.tables[table][choices.number(len(self.tables[table]))]
        if kind:
            connection.executescript(schema.format(t=table, c=column, n=choices.number(99)))
        else:
            value = VALUES[choices.number(len(VALUES))](choices)
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (value,))


TARGETS: tuple[type[Target], ...] = (*(() if pages.missing() else (Bytes,)), FileBytes, Statements)
