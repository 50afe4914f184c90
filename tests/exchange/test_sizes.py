"""Files made to be too much: what they cost grows with their size and no faster, or they are refused in words; and what
has not come to its first record yet can be stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kapperboek.domain.errors import Cancelled, UserError
from kapperboek.domain.records import SourceRecord
from kapperboek.exchange.calendar.ical import read_ical
from kapperboek.exchange.detect import detect
from kapperboek.exchange.files import Progress
from kapperboek.exchange.sheet import workbook
from kapperboek.exchange.sheet.csv_files import read_csv
from kapperboek.services.importing import importing
from kapperboek.storage.file.notebook import Notebook

MANY = 60_000
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Jan\n{}END:VCARD\n"
# Each took minutes, or more than anybody waited for, when what it cost went up with the square of its size.
TOO_MUCH: dict[str, tuple[str, str, int]] = {
    "blank lines.csv": ("Voornaam\n" + "\n" * MANY, "csv", 0),
    "blank lines and one more.csv": ("Voornaam;Telefoon\r\n" + "\r\n" * MANY + "Jan;0612345678\r\n", "csv", 1),
    "blank lines within.vcf": (CARD.format("\n" * MANY), "vcard", 1),
    "blank lines within.ics": ("BEGIN:VCALENDAR\n" + "\n" * MANY + "END:VCALENDAR\n", "ical", 0),
    "blank lines after.ldif": ("dn: cn=Jan\ncn: Jan\nobjectclass: person\n" + "\n" * MANY, "ldif", 1),
    "folded.ldif": ("dn: cn=Jan\ncn: Jan\ndescription: x\n" + " x\n" * 10 * MANY, "ldif", 1),
    "numbers.vcf": (CARD.format("".join(f"TEL:06{n:08}\n" for n in range(20_000))), "vcard", 1),
    "begun.vcf": ("BEGIN:VCARD\n" * MANY, "vcard", 0),
    "names.csv": ("Voornaam;Telefoon\n" + "jan " * MANY + ";0612345678\n", "csv", 1),
    "numbers.csv": (
        ";".join(["Voornaam", *["Telefoon"] * 900]) + "\n" + "".join(
            ";".join([f"Jan{row}", *(f"06{n:08}" for n in range(900))]) + "\n" for row in range(5)
        ), "csv", 5,
    ),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_a_file_costs_does_not_grow_faster_than_the_file(name: str, tmp_path: Path, book: Notebook) -> None:
    text, kind, people = TOO_MUCH[name]
    (path := tmp_path / name).write_text(text, newline="")
    assert detect(path) == kind
    (report,) = importing.import_files(book, [path], dry_run=True).files
    assert report.added == people


def test_ten_thousand_columns_are_refused_in_words(tmp_path: Path) -> None:
    (path := tmp_path / "breed.csv").write_text(
        ";".join(["Voornaam", *(f"Telefoon {n}" for n in range(10_000))]) + "\nJan" + ";0612345678" * 10_000 + "\n"
    )
    with pytest.raises(UserError) as caught:
        list(read_csv(path))
    assert caught.value.code == "too-many-columns" and "1000" in caught.value.message
    path.write_text("Voornaam;Telefoon" + ";" * 10_000 + "\nJan;0612345678\n")  # empty ones are no columns
    assert [type(item) for item in read_csv(path)] == [SourceRecord]


Reader = Callable[[Path, Progress], object]


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("a.csv", "Voornaam;Telefoon\n" + "Jan;06\n" * 5000, lambda path, ask: list(read_csv(path, ask))),
        ("a.ics", "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n" * 3000 + "END:VCALENDAR\n",
         lambda path, ask: list(read_ical(path, progress=ask))),
    ],
)
def test_reading_is_stopped_before_the_first_record(name: str, text: str, read: Reader, tmp_path: Path) -> None:
    (path := tmp_path / name).write_text(text)
    asked = 0

    def ask(done: int, _all: int) -> None:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise Cancelled("")

    with pytest.raises(Cancelled):
        read(path, ask)


def test_a_workbook_that_takes_for_ever_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path := tmp_path / "a.xlsx").write_bytes(b"x")
    for_ever = "import threading; threading.Event().wait()"
    monkeypatch.setattr(workbook, "command", lambda: [sys.executable, "-c", for_ever])

    def stop(_done: int, _all: int) -> None:
        raise Cancelled("")

    with pytest.raises(Cancelled):
        list(workbook.sheets(path, stop))
