"""What surrounds the program: the words behind its name and the variables it looks at; and what it writes for others.

The command line runs in this process, so that what it opens is seen; commands that would make, replace or remove a
file are given names in the folder of the run.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from kapperboek import bootstrap, i18n
from kapperboek.domain.records import Address, CustomerRecord, Email, InteractionRecord, Phone
from kapperboek.exchange.calendar.ical import write_ical
from kapperboek.exchange.document.notebook_document import write_document
from kapperboek.exchange.sheet.csv_files import write_csv
from kapperboek.exchange.sheet.xlsx_write import write_xlsx
from kapperboek.exchange.vcard.vcard import write_vcards
from kapperboek.services.customers import customers
from kapperboek.services.keeping import notebooks
from kapperboek.storage.records.record_reader import read_document_head
from tests.conftest import KEY
from tests.fuzz.importers import book_in, somebody
from tests.fuzz.target import Choices, Target

VARIABLES = ("KAPPERBOEK_NOTEBOOK", "LANG", "TZ", "PYTHONIOENCODING", "COLUMNS", "NO_COLOR", "TERM")
COMMANDS = {"today", "find", "show", "attention", "call", "changes", "undo", "check", "--help", "--version"}
WRITING = {"import", "demo", "export", "backup", "restore", "rescue", "--rescue", "self-test", "dossier"}


class Surroundings(Target):
    """Any words and variables: an answer or a sentence, and the exit code of no bug."""

    name = "surroundings"
    share = 0.4
    tokens = (
        b"--notebook", b"--lang", b"--on", b"--card", b"--exit-after", b"--json", b"today", b"find", b"show",
        b"call", b"undo",
        b"=", b"\x00", b"nl", b"2026-11-22", b"9999-12-31", b"999999999999999999999999", b"\xff", b"-", b"--",
        b"~root/x",
        b"/dev/zero", b"/etc/passwd", b"../..", b"{x}", b"%s", b"~",
    )

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        self.path = room / "boek.kapperboek"
        with notebooks.create(self.path, key=KEY, shop_name="Salon", clock=self.clock, staff_name="Sanne") as book:
            customers.new_customer(book, somebody())

    def seeds(self) -> list[bytes]:
        return [
            b"\x00today\x00", b"\x00find\x00tine\x00", b"\x00--card\x009\x00today\x00",
            b"\x00--on\x002026-11-22\x00today\x00",
            b"\x00show\x0012\x00--json\x00", b"\x00undo\x001\x00", b"\x00check\x00", b"\x01~root/x\x00today\x00",
            b"\x01/dev/zero\x00today\x00", b"\x01/etc/passwd\x00today\x00", b"\x01\x00today\x00",
            b"\x03Mars/Phobos\x00today\x00",
            b"\x00--card\x00" + b"9" * 5000 + b"\x00today\x00", b"\x00--card\x00\xd9\xa3\x00today\x00",
            b"\x00call\x0006\x00",
        ]

    def run(self, data: bytes) -> None:
        choices = Choices(data)
        which = choices.number(len(VARIABLES) + 1)
        variables = {"KAPPERBOEK_NOTEBOOK": str(self.path), "KAPPERBOEK_PASSPHRASE": KEY.hex()}
        if which:
            value = choices.text().encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
            variables[VARIABLES[which - 1]] = value
        words: list[str] = []
        while choices and len(words) < 12:
            words.append(choices.text())
        if not COMMANDS & {*words}:
            words.append("today")
        if WRITING & {*words}:
            return  # where they are told to
        with self._around(variables) as said:
            code = bootstrap.main(words)
        assert code in (0, 1, 2, 3, 4), (code, said.getvalue()[-500:])
        assert "Traceback" not in said.getvalue()

    @contextlib.contextmanager
    def _around(self, variables: dict[str, str]) -> Iterator[io.StringIO]:
        said = io.StringIO()
        home = {name: str(self.room) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
        allowed = {name: value for name, value in variables.items() if "\x00" not in value}
        around = mock.patch.dict(os.environ, {**home, "QT_QPA_PLATFORM": "offscreen", **allowed})
        try:
            with around, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                yield said
        finally:
            i18n.set_language("nl")


FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
PHONE = re.compile(r"\+[0-9 ]{7,20}")


class Written(Target):
    """Anybody's words in every file that we write: nothing in it runs, and it is one card for one customer."""

    name = "written"
    tokens = (
        b"=1+1", b"@SUM(A1)", b"+1+1", b"-1+1", b"\t=1", b"\r=1", b"\xef\xbc\x9d1+1", b"\n=1", b"'=1",
        b"''=1", b"<b>", b"&lt;",
        b"<img src=x>", b"\x00",
        b"\nEND:VCARD\nBEGIN:VCARD\nFN:x", b"\r\nEND:VEVENT\r\n", b"\x0b", b"\xe2\x80\xa8", b"\xc2\x85",
        b"\xef\xbf\xbf",
        b"\xed\xa0\x80", b'"', b";", b":::", b"../../x", b"_x0000_", b"\x1b", b"|", b"\\n",
    )

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        self.book = book_in(room, self.clock)
        self.head = read_document_head(self.book)

    def seeds(self) -> list[bytes]:
        words = (b"Tine", b"de Vries", b"=1+1", b"thee <b>", b"06-12345678", b"t@x.nl", b"Lindelaan", b"hobby", b"@x")
        everywhere = [b"\x00".join([token] * 9) for token in self.tokens]
        return [b"\x00".join(words), b"\x00".join(reversed(words)), *everywhere]

    def run(self, data: bytes) -> None:
        record = self._record(data)
        write_csv(self.room / "uit.csv", [record])
        with (self.room / "uit.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        assert len(rows) == 2
        for cell in (cell for row in rows for cell in row):
            assert not FORMULA.match(cell) or PHONE.fullmatch(cell), cell
        write_xlsx(self.room / "uit.xlsx", [record])
        with zipfile.ZipFile(self.room / "uit.xlsx") as archive:
            for name in archive.namelist():
                assert not re.search(rb"<f[ >]|<hyperlink", archive.read(name)), name
        write_vcards(self.room / "uit.vcf", [record])
        lines = re.split(rb"\r\n|\r|\n", (self.room / "uit.vcf").read_bytes())
        assert lines.count(b"BEGIN:VCARD") == lines.count(b"END:VCARD") == 1
        write_ical(self.room / "uit.ics", [record], "Europe/Amsterdam")
        lines = re.split(rb"\r\n|\r|\n", (self.room / "uit.ics").read_bytes())
        assert lines.count(b"BEGIN:VCALENDAR") == 1 and lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT")
        write_document(self.room / "uit.json", self.head, "2026-11-22T09:00:00Z", [record])

    def _record(self, data: bytes) -> CustomerRecord:
        choices = Choices(data)
        words = [choices.text().encode("utf-8", "replace").decode() for _number in range(9)]
        return CustomerRecord(
            given_name=words[0], family_name=words[1], organisation=words[2], note=words[3], number="12",
            phones=[Phone(words[4], words[8])], emails=[Email(words[5], words[2])],
            addresses=[Address(street=words[6])],
            profile={words[7]: [words[8], words[0]], "x" + words[0]: words[3]}, wishes=[words[2]], nickname=words[8],
            interactions=[InteractionRecord(kind="appointment", at="2026-12-01T10:00", note=words[3], recipe=words[1])],
        )

    def close(self) -> None:
        self.book.close()


TARGETS: tuple[type[Target], ...] = (Surroundings, Written)
