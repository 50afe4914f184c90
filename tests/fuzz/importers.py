"""Files that somebody brings along: found out, read and imported as the window does, rehearsed first.

A rehearsal leaves the notebook as it was and tells what the import then does; every customer that is reported as
added is there afterwards, and nobody else.
"""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from kapperboek.domain.records import (
    Address,
    CustomerRecord,
    DateRecord,
    Email,
    InteractionRecord,
    Phone,
    RelationRecord,
    WarningRecord,
)
from kapperboek.domain.time.clock import Clock
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting, importing
from kapperboek.services.keeping import notebooks
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from tests.conftest import KEY
from tests.fuzz.target import Choices, Target, others

FOR_REAL = 4  # every so-manieth input is not only rehearsed
HERE = Path(__file__).parent
TABLES = ("customer", "interaction", "contact_point", "address", "profile_value", "follow_up", "change", "draft")


def somebody() -> CustomerRecord:
    """A customer with something of everything."""
    return CustomerRecord(
        given_name="Tine", prefix="van der", family_name="Vries", nickname="Tien", organisation="Bakker & Zn",
        birthday="1985-11-23", note="Houdt van thee; niet bellen", number="12",
        phones=[Phone("06-12345678", "cell"), Phone("+31 20 555 12 34", "home")],
        emails=[Email("tine@voorbeeld.nl", "home")],
        addresses=[Address(street="Lindelaan", number="4", postcode="1234 AB", place="Delft", country="NL")],
        dates=[DateRecord("wedding", "--06-01")], relations=[RelationRecord("child", "Sam", "2016-02-29")],
        warnings=[WarningRecord("Allergie", True)], wishes=["rustig"], avoid=["politiek"],
        profile={"hobby": ["zeilen", "lezen"], "job": "kok"},
        interactions=[InteractionRecord(kind="visit", at="2026-10-01T10:00", treatments=["Knippen"], amount="39.50")],
    )


def book_in(room: Path, clock: Clock) -> Notebook:
    """A notebook in which nobody stands yet."""
    return notebooks.create(room / "boek.kapperboek", key=KEY, shop_name="Salon", staff_name="Sanne", clock=clock)


class Importing(Target):
    """One kind of file. Subclasses say with what to begin."""

    suffix = ""
    share = 0.5

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        self.book = self._fresh()
        self.pristine = Path(shutil.copy(self._shut(), room / "begin.kapperboek"))
        self.file = room / f"lijst.{self.suffix}"

    def _fresh(self) -> Notebook:
        book = book_in(self.room, self.clock)
        customers.new_customer(book, CustomerRecord(given_name="Bo", phones=[Phone("0612345678")]))
        return book

    def _shut(self) -> Path:
        """The notebook's file, closed and whole, and opened again."""
        path = self.book.path
        self.book.value("PRAGMA wal_checkpoint(TRUNCATE)")
        self.book.close()
        self._open(path)
        return path

    def _open(self, path: Path) -> None:
        self.book = open_notebook(path, key=KEY, clock=self.clock)
        self.book.connection.execute("PRAGMA synchronous = OFF")  # of a notebook that nobody misses

    def again(self) -> None:
        """As it was in the beginning."""
        path = self.book.path
        self.book.close()
        shutil.copy(self.pristine, path)
        self._open(path)

    def written(self, data: bytes) -> Path:
        """The input as a file."""
        self.file.write_bytes(data)
        return self.file

    def run(self, data: bytes) -> None:
        file = self.written(data)
        before = self._counts()
        rehearsed = importing.import_files(self.book, [file], dry_run=True).files
        assert self._counts() == before, "a rehearsal left something behind"
        for report in rehearsed:
            assert report.added + report.updated + report.unchanged + len(report.failed) == report.read
            assert all(reason.strip() for _record, _line, reason, _text in report.failed), "no reason given"
        if zlib.crc32(data) % FOR_REAL:
            return
        try:
            done = importing.import_files(self.book, [file]).files
            assert [one._replace(doubles=()) for one in done] == [one._replace(doubles=()) for one in rehearsed]
            if done[0].format != "ical":  # where appointments are counted
                assert self._counts()["customer"] == before["customer"] + done[0].added
            customers.find(self.book, "tine")
            for suffix in exporting.FORMATS:
                exporting.export_file(self.book, self.room / f"uit{suffix}")
        finally:
            self.again()

    def _counts(self) -> dict[str, int]:
        return {table: int(self.book.value(f"SELECT count(*) FROM {table}")) for table in TABLES}

    def close(self) -> None:
        self.book.close()

    def exported(self, suffix: str) -> bytes:
        """What we write ourselves of this kind."""
        path = self.room / f"voorbeeld{suffix}"
        customers.new_customer(self.book, somebody())
        try:
            exporting.export_file(self.book, path)
            return path.read_bytes()
        finally:
            self.again()


class Cards(Importing):
    name = "vcf"
    suffix = "vcf"
    tokens = (
        b"BEGIN:VCARD", b"END:VCARD", b"VERSION:2.1", b"VERSION:4.0", b"FN:", b"N:", b"TEL;TYPE=", b"ADR:", b"BDAY:",
        b"NOTE:", b"PHOTO;ENCODING=BASE64:", b";CHARSET=", b";ENCODING=QUOTED-PRINTABLE:", b"=\r\n", b"\r\n ", b"\\,",
        b"item1.", b"X-ABLabel:", b"AGENT:", b"CATEGORIES:", b"X-KAPPERBOEK-", b"UTF-16", b"shift_jis",
        b"REV:", b"UID:",
    )

    def seeds(self) -> list[bytes]:
        plain = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:de Vries;Tine\r\nTEL:0612345678\r\nBDAY:1985-11-23\r\nEND:VCARD\r\n"
        return [plain, self.exported(".vcf"), *others("vcard/*.vcf")]


class Commas(Importing):
    name = "csv"
    suffix = "csv"
    tokens = (
        b"Voornaam", b"Achternaam", b"Telefoon", b"Geboortedatum", b"E-mail", b"Notities", b"Naam", b"Adres",
        b"sep=;\n",
        b'""', b'="', b":::", b"Family Name", b"Phone 1 - Value", b"Klantnummer", b"23-11-1985", b"31/12/99", b"06-",
        b"Datum", b"Behandeling", b"Bedrag", b"\x85", b"\xe2\x80\xa8",
    )

    def seeds(self) -> list[bytes]:
        plain = b"Voornaam;Achternaam;Telefoon;Geboortedatum\r\nTine;de Vries;06-12345678;23-11-1985\r\nBo;;;\r\n"
        return [plain, self.exported(".csv"), *others("csv/*.csv")]


class Tabs(Commas):
    name = "tsv"
    suffix = "tsv"

    def seeds(self) -> list[bytes]:
        plain = b"Name\tPhone\tNotes\nTine\t06-12345678\tthee\nBo\t\t\n"
        sixteen = "Naam\tTelefoon\r\nTine\t06-12345678\r\n".encode("utf-16")
        return [plain, sixteen, *others("csv/*.txt"), *(seed.replace(b";", b"\t") for seed in super().seeds()[:2])]


class Directory(Importing):
    name = "ldif"
    suffix = "ldif"
    tokens = (
        b"dn: ", b"dn:: ", b"cn: ", b"cn:: ", b"sn: ", b"mail: ", b"objectClass: person", b"changetype: delete\n",
        b"version: 1\n", b"\n ", b"jpegPhoto:< file:///etc/passwd", b"birthyear: ", b"birthday: ", b"# ", b"-\n",
        b"add: mail\n", b"mozillaNickname: ", b"cn;lang-nl: ",
    )

    def seeds(self) -> list[bytes]:
        plain = b"dn: cn=Tine,mail=t@x.nl\nobjectclass: person\ncn: Tine de Vries\nmail: t@x.nl\nbirthyear: 1985\n\n"
        return [plain, plain + b"dn:: Y249Qm8=\ncn:: Qm8=\nmobile: 06 12345678\n", *others("csv/*.ldif")]


class Calendar(Importing):
    name = "ics"
    suffix = "ics"
    tokens = (
        b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"DTSTART;TZID=Europe/Amsterdam:", b"DTSTART;VALUE=DATE:", b"DTEND:",
        b"DURATION:P", b"RRULE:FREQ=SECONDLY;COUNT=2000000000", b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        b"EXDATE:",
        b"RDATE:", b"RECURRENCE-ID:", b"SUMMARY:Knippen Tine", b"UID:", b"STATUS:CANCELLED", b"BEGIN:VTIMEZONE\r\n",
        b"TZOFFSETTO:+9999", b"20261122T100000Z", b"99991231T235959", b"00010101T000000", b"FREQ=",
        b";UNTIL=", b";BYDAY=",
        b";INTERVAL=0", b"TZID:../../../etc/passwd", b"Verjaardag ",
    )

    def seeds(self) -> list[bytes]:
        plain = (
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n"
            b"DTSTART;TZID=Europe/Amsterdam:20261123T100000\r\n"
            b"DURATION:PT45M\r\nSUMMARY:Knippen Tine de Vries\r\n"
            b"RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        return [plain, self.exported(".ics"), *others("ical/*.ics")]


class Document(Importing):
    name = "json"
    suffix = "json"
    tokens = (
        b'{"kapperboek": 1, "customers": [', b'"given_name": ', b'"phones": [', b'"interactions": [', b'"profile": {',
        b'"birthday": ', b'"at": ', b'"shop": {', b'"staff": [', b'"treatments": [', b'"profile_fields": [', b'"uid": ',
        b'"number": ', b'"minutes": ', b'"amount": ', b'"consents": [', b'"relations": [',
        b'"talk_points": [', b"\\ud800",
        b'"follow_ups": [', b"1e400", b"-0", b"[[[[", b'{"a":' * 100, b"Infinity", b'"warnings": [', b'"state": ',
    )

    def seeds(self) -> list[bytes]:
        plain = b'{"kapperboek": 1, "customers": [{"given_name": "Tine", "phones": [{"value": "0612345678"}]}]}'
        return [plain, self.exported(".json")]


class OldWorkbook(Importing):
    name = "xls"
    suffix = "xls"
    tokens = (b"\x09\x08", b"\xfc\x00", b"\x85\x00", b"\xff\xff\xff\xff", b"\xfd\x00", b"\x0a\x00\x00\x00", b"\x3c\x00")

    def seeds(self) -> list[bytes]:
        return [(HERE / "seeds" / "klein.xls").read_bytes()]


@contextmanager
def _packing(path: Path) -> Iterator[Callable[[str, bytes], None]]:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        yield archive.writestr


class Packed(Importing):
    """A packed workbook of which one part is the input; when its first byte is odd, the archive itself is."""

    parts: ClassVar[dict[str, bytes]] = {}
    tokens = (
        b"<row r=", b"<c r=", b'"XFD1048576"', b't="s"', b't="inlineStr"', b'<is><t>', b"<v>", b"</v>", b"<sheet name=",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#x110000;", b"<![CDATA[", b"count=",
        b"numFmtId=", b"<f>",
        b'table:number-rows-repeated="', b'office:value-type="date"', b'office:date-value="', b"<text:p>",
        b"xml:space=",
        b'encoding="utf-16"', b'standalone="yes"', b"dimension ref=",
    )

    def _archive(self) -> bytes:
        return b""

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        self.parts = {}
        with zipfile.ZipFile(io.BytesIO(self._archive())) as archive:
            for name in archive.namelist():
                self.parts[name] = archive.read(name)

    def seeds(self) -> list[bytes]:
        parts = [bytes([2 * place]) + part for place, part in enumerate(self.parts.values())]
        return [*parts, b"\x01" + self._whole({})]

    def _whole(self, changed: dict[str, bytes]) -> bytes:
        path = self.room / "gepakt.zip"
        with _packing(path) as write:
            for name, part in self.parts.items():
                write(name, changed.get(name, part))
        return path.read_bytes()

    def written(self, data: bytes) -> Path:
        choices = Choices(data)
        which = choices.number(256)
        rest = choices.bytes(len(data))
        if which % 2:
            return super().written(rest)
        name = list(self.parts)[which // 2 % len(self.parts)]
        return super().written(self._whole({name: rest}))


class Workbook(Packed):
    name = "xlsx"
    suffix = "xlsx"

    def _archive(self) -> bytes:
        return self.exported(".xlsx")


class OpenDocument(Packed):
    name = "ods"
    suffix = "ods"

    def _archive(self) -> bytes:
        from tests.faults.test_hostile import opendocument

        def row(*cells: str) -> str:
            cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
            return f"<table:table-row>{''.join(cell.format(text) for text in cells)}</table:table-row>"

        born = '<table:table-cell office:value-type="date" office:date-value="1985-11-23"/>'
        rows = row("Voornaam", "Telefoon", "Geboortedatum") + row("Tine", "0612345678").replace(
            "</table:table-row>", born + "</table:table-row>"
        )
        return opendocument(self.room / "voorbeeld.ods", rows).read_bytes()


TARGETS: tuple[type[Target], ...] = (
    Cards, Commas, Tabs, Directory, Calendar, Document, OldWorkbook, Workbook, OpenDocument,
)
