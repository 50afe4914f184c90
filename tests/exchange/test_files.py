"""What a file is, whatever it is called; encodings; and files that are replaced whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.exchange import files as rooms_files
from kapperboek.exchange.detect import detect
from kapperboek.exchange.files import replacing_text
from kapperboek.exchange.sheet.csv_files import write_csv
from kapperboek.exchange.sheet.xlsx_write import write_xlsx
from kapperboek.exchange.text_decoding import decode
from kapperboek.exchange.vcard.vcard import write_vcards
from tests.exchange.conftest import DATA, TRUTH, files


@pytest.mark.parametrize("name", files("vcard", "csv", "xlsx", "ldif", "ical"))
def test_content_decides(name: str, tmp_path: Path) -> None:
    wrong = tmp_path / "lijst.pdf"
    wrong.write_bytes((DATA / name).read_bytes())
    assert detect(wrong) == TRUTH[name]["kind"]


@pytest.mark.parametrize(("content", "code"), [
    (b"", "empty-file"), (b"\xef\xbb\xbf \n", "empty-file"), (bytes(range(256)) * 20, "unknown-format"),
    (b"\x89PNG\r\n", "unknown-format"),
    (b"%PDF-1.4 " + b"\0" * 99, "unknown-format"), (b"PK\x03\x04 rest", "damaged-file"), (b'{"a": 1}',
    "unknown-format"), (b"<html>", "unknown-format"),
])
def test_what_cannot_be_read_is_said(write, content: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        detect(write(content, "klanten.vcf"))
    assert caught.value.code == code and "klanten.vcf" in caught.value.message


def test_folders_missing_files_and_giants_are_said(tmp_path: Path) -> None:
    with (tmp_path / "groot.vcf").open("wb") as file:
        file.write(b"BEGIN:VCARD\n")
        file.truncate(201 * 1024 * 1024)
    for path, code in (
        (tmp_path, "is-directory"),
        (tmp_path / "weg.csv", "not-found"),
        (tmp_path / "groot.vcf", "too-large"),
    ):
        with pytest.raises(UserError) as caught:
            detect(path)
        assert caught.value.code == code


def test_utf16_documents_and_tab_separated_text(write) -> None:
    assert detect(write('{"kapperboek": 1}'.encode("utf-16"))) == "document"
    assert detect(write("Naam\tTelefoon\nJan\t06\n".encode("utf-16-le"))) == "csv"


@pytest.mark.parametrize(("text", "encoding"), [
    ("Zoë Özdemir €", "utf-8"), ("Zoë", "utf-8-sig"), ("Zoë, Jan", "utf-16"), ("Zoë, Jan", "utf-16-le"),
    ("Zoë “x” €5 — çé", "cp1252"),
    ("名無しの権兵衛、テスト", "shift_jis"), ("één, José, Müller, Ångström", "cp1252"),
])
def test_encodings_are_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_no_byte_is_lost_in_a_guess() -> None:
    text, _encoding, guessed = decode(b"caf\xe9 \x81\x8d")
    assert text == "café \x81\x8d" and guessed


@pytest.mark.parametrize("writer", [write_csv, write_xlsx, write_vcards])
def test_a_failure_leaves_the_old_file(writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "uit"
    path.write_text("oud")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(rooms_files.os, "fsync", full)
    with pytest.raises(UserError) as caught:
        writer(path, [CustomerRecord(given_name="Jan")])
    assert caught.value.code == "disk-full" and path.read_text() == "oud" and list(tmp_path.iterdir()) == [path]


def test_a_reader_that_stops_halfway_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), replacing_text(tmp_path / "a.txt") as file:
        file.write("half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_folders_are_no_target(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "is-directory"), (tmp_path / "weg" / "a.csv", "not-found")):
        with pytest.raises(UserError) as caught:
            write_csv(path, [])
        assert caught.value.code == code


def test_lines_of_several_encodings_and_of_old_macs(write) -> None:
    mixed = "Renée Müller\n".encode("cp1252") + "Zoë €\n".encode() + "foto’s José".encode("cp1252")
    assert decode(mixed)[0] == "Renée Müller\nZoë €\nfoto’s José"
    assert decode("Renée\rMüller\rCuraçao".encode("mac_roman"))[0] == "Renée\rMüller\rCuraçao"
    assert decode("foto’s… van Dušan, Žižka".encode("cp1252"))[0] == "foto’s… van Dušan, Žižka"
