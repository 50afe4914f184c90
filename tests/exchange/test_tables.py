"""Every CSV, TSV, LDIF and workbook against the truth; whole columns, odd rows, and the way out and back."""

from __future__ import annotations

import csv
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import (
    CustomerRecord,
    InteractionRecord,
    Phone,
    Rejected,
    SourceRecord,
    WarningRecord,
)
from kapperboek.exchange.ldif import read_ldif
from kapperboek.exchange.sheet.csv_files import read_csv, write_csv
from kapperboek.exchange.sheet.workbook_child import hidden_in_xls
from kapperboek.exchange.sheet.xlsx_read import read_xlsx
from kapperboek.exchange.sheet.xlsx_write import write_xlsx
from kapperboek.i18n import set_language
from tests.conftest import ROOT
from tests.exchange.conftest import DATA, TRUTH, files
from tests.exchange.samples import customers, hold, refused, taken
from tests.faults.test_hostile import opendocument

READERS = {"csv": read_csv, "ldif": read_ldif, "xlsx": read_xlsx}


@pytest.mark.parametrize("name", files("csv", "ldif", "xlsx"))
def test_real_files_give_their_people(name: str) -> None:
    truth = TRUTH[name]
    found = list(READERS[truth["kind"]](DATA / name))
    assert len(found) == truth.get("rows", truth.get("entries", truth["people"] + (truth["kind"] == "xlsx")))
    people = taken(found)
    assert len(people) == truth.get("rows", truth["people"])
    for sample in truth["samples"]:
        if name.endswith("rc-gmail.csv"):
            # the cell is "note""note": by RFC 4180 that is note"note; the truth took the outer marks for text
            sample = sample | {"note_text": 'note"note'}
        if "nr" in sample:
            customer = next(c for c in people if c.number == str(sample["nr"]))
        else:
            item = found[sample.get("row", sample.get("entry")) - 1]
            assert isinstance(item, SourceRecord)
            customer = item.customer
            assert "rec_id" not in sample or item.key == sample["rec_id"]
        hold(customer, sample)


def test_the_sheet_of_visits_is_joined_and_says_nothing_twice() -> None:
    path = DATA / "made" / "klantenlijst-nl.xlsx"
    if not path.exists():
        pytest.skip("the sample files of ../shared/data are not here")
    by_number = {c.number: c for c in taken(read_xlsx(path))}
    visits = [visit for c in by_number.values() for visit in c.interactions if visit.treatments]
    assert len(visits) == TRUTH["made/klantenlijst-nl.xlsx"]["visits"]
    assert [(v.at, v.amount, v.treatments, v.note) for v in by_number["1001"].interactions] == [
        ("2026-09-02T00:00", "89.50", ["Knippen", "kleuren"], "7.43"), ("2026-10-28T00:00", "62.00",
        ["Uitgroei"], ""),
    ]
    assert [(v.at, v.amount) for v in by_number["1003"].interactions] == [("2026-09-12T14:30", "42.50")]


@pytest.mark.parametrize(("cells", "days"), [
    (["1/2/1980", "25/3/1981"], ["1980-02-01", "1981-03-25"]), (["1/2/1980", "3/25/1981"], ["1980-01-02",
    "1981-03-25"]),
    (["1/2/1980", "3/4/1981"], ["1980-02-01", "1981-04-03"]), (["3 mei 1978", "May 4, 1979"], ["1978-05-03",
    "1979-05-04"]),
    (["28613", "12-07"], ["1978-05-03", "--07-12"]), (["3-5-78", "1-1-20"], ["1978-05-03", "2020-01-01"]),
])
def test_days_are_read_by_the_whole_column(write, cells: list[str], days: list[str]) -> None:
    text = "Voornaam;Geboortedatum\n" + "".join(f"Klant{n};{cell}\n" for n, cell in enumerate(cells))
    assert [c.birthday for c in taken(read_csv(write(text), latest=2026))] == days


def test_unknown_columns_and_impossible_days_are_kept(write) -> None:
    text = "Naam;Geboortedatum;Kleurcode;Allergie\nJan Bakker;31-2-1980;7/43;PPD\n"
    (item,) = read_csv(write(text))
    assert isinstance(item, SourceRecord) and item.remarks
    assert item.customer.note == "Geboortedatum: 31-2-1980\nKleurcode: 7/43"
    assert (item.customer.given_name, item.customer.family_name) == ("Jan", "Bakker")
    assert item.customer.warnings == [WarningRecord("PPD", True)]


def test_addresses_in_one_cell(write) -> None:
    (c,) = taken(read_csv(write('Naam;Adres\nJan;"Dorpsstraat 12a, 3811 AB Amersfoort"\n')))
    a = c.addresses[0]
    assert (a.street, a.number, a.postcode, a.place) == ("Dorpsstraat", "12a", "3811 AB", "Amersfoort")


def test_a_lost_zero_comes_back_only_among_dutch_numbers(write) -> None:
    dutch = taken(read_csv(write("Naam;Mobiel\nJan;612345678\nEls;06-12345679\n")))
    spanish = taken(read_csv(write("Nombre;Naam;Mobiel\nx;Jan;612345678\nx;Els;+34 612345679\n")))
    assert dutch[0].phones[0].value == "0612345678" and spanish[0].phones[0].value == "612345678"


def test_a_number_beside_the_street_is_the_houses(write) -> None:
    rows = "Voornaam;Straat;Nr;Postcode\nJan;Kerkstraat;12;8011 AB\nJan;Molenweg;12;8012 CD\n"
    found = [item for item in read_csv(write(rows)) if isinstance(item, SourceRecord)]
    assert all((item.key, item.customer.number) == ("", "") for item in found)
    assert [item.customer.addresses[0].number for item in found] == ["12", "12"]
    (customer,) = taken(read_csv(write("Nr;Voornaam;Straat;Huisnr\n7;Jan;Kerkstraat;12\n")))
    assert (customer.number, customer.addresses[0].number) == ("7", "12")


def test_rows_that_are_nobody_are_reported(write) -> None:
    found = list(
        read_csv(write("Lijst van Sanne\n\nVoornaam;Telefoon;Plaats\nJan;0612345678;Ede\n;;Zwolle\nTotaal;1;\n"))
    )
    assert [c.given_name for c in taken(found)] == ["Jan"]
    assert [(item.line, item.text) for item in refused(found)] == [(5, "Zwolle"), (6, "Totaal | 1")]


def test_an_open_quotation_mark_swallows_nobody(write) -> None:
    people = taken(read_csv(write('Naam;Notitie\nJan;"haar 10" lang\nEls;kort\nPiet;lang\n')))
    assert [c.given_name for c in people] == ["Jan", "Els", "Piet"]


def test_hostile_cells_stay_text(write) -> None:
    long = "x" * 1_000_000
    (c,) = taken(read_csv(write(f"Voornaam,Notitie\n<script>alert(1)</script>,{long}\x00🎂\n")))
    assert c.given_name == "<script>alert(1)</script>" and c.note == long + "\x00🎂"


def same(back: list[CustomerRecord], customer: CustomerRecord) -> None:
    assert len(back) == 1
    for name in CustomerRecord.__slots__:
        if name != "interactions":
            assert getattr(back[0], name) == getattr(customer, name), name


@settings(max_examples=60, deadline=None)
@given(customers())
def test_csv_out_and_back_is_the_same(tmp_path_factory: pytest.TempPathFactory, customer: CustomerRecord) -> None:
    path: Path = tmp_path_factory.mktemp("csv") / "uit.csv"
    set_language("en" if len(customer.note) % 2 else "nl")
    assert write_csv(path, [customer]) == 1
    same(taken(read_csv(path)), customer)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert not [
        cell
        for cell in cells
        if cell[:1] in ("=", "@", "-", "\t") or (cell[:1] == "+" and not cell[1:].replace(" ", "").isdigit())
    ]


@settings(max_examples=25, deadline=None)
@given(customers())
def test_xlsx_out_and_back_is_the_same(tmp_path_factory: pytest.TempPathFactory, customer: CustomerRecord) -> None:
    customer.interactions = [
        InteractionRecord(
            "visit",
            "2026-10-11T10:00",
            "Sanne",
            85,
            "96.50",
            ["Knippen", "Kleuren"],
            "7/1 40 g, 6%",
            ["Shampoo"],
            "regel\ntwee",
        ),
        InteractionRecord("appointment", "2026-12-11T10:00", state="cancelled"),
    ]
    path: Path = tmp_path_factory.mktemp("xlsx") / "uit.xlsx"
    assert write_xlsx(path, [customer]) == 1
    back = taken(read_xlsx(path))
    same(back, customer)
    assert back[0].interactions == customer.interactions


def test_a_note_longer_than_a_cell_comes_back_whole(tmp_path: Path) -> None:
    customer = CustomerRecord(uid="u", number="7", given_name="Jan", note="0123456789" * 10_000)
    write_xlsx(tmp_path / "a.xlsx", [customer])
    assert taken(read_xlsx(tmp_path / "a.xlsx"))[0].note == customer.note


def test_formulas_are_only_text_in_a_workbook(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", [CustomerRecord(given_name="=1+1", note="https://x.nl")])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "sheet" in name)
    assert b"<f>" not in sheets and b"hyperlink" not in sheets
    assert taken(read_xlsx(tmp_path / "a.xlsx"))[0].given_name == "=1+1"


def test_cells_of_every_type(tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = workbook.add_worksheet()
    day = workbook.add_format({"num_format": "dd-mm-yyyy"})
    for place, heading in enumerate(("Klantnr", "Naam", "Mobiel", "Geboortedatum", "Laatste bezoek", "Stamgast")):
        sheet.write(0, place, heading)
    sheet.write_row(1, 0, [12, "Jan de Wit", 612345602])
    sheet.write_datetime(1, 3, datetime(1980, 2, 3), day)
    sheet.write_datetime(1, 4, datetime(2026, 9, 12, 14, 30), workbook.add_format({"num_format": "dd-mm-yyyy hh:mm"}))
    sheet.write_boolean(1, 5, True)
    sheet.write_row(2, 0, [13, "Els", "06 1234 5678"])
    workbook.add_chartsheet()
    workbook.close()
    jan, _els = taken(read_xlsx(tmp_path / "a.xlsx"))
    assert (jan.number, jan.phones, jan.birthday) == (
        "12",
        [Phone("0612345602", "mobile")],
        date(1980, 2, 3).isoformat(),
    )
    assert jan.interactions[0].at == "2026-09-12T14:30" and jan.note.startswith("Stamgast: ")


def test_broken_and_swollen_workbooks_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_xlsx(tmp_path / "a.xlsx", [CustomerRecord(given_name="Jan")])
    whole = (tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError) as caught:
        list(read_xlsx(tmp_path / "b.xlsx"))
    assert caught.value.code == "damaged-file"
    monkeypatch.setattr("kapperboek.exchange.zip_limits.UNPACKED_LIMIT", 100)
    with pytest.raises(UserError) as caught:
        list(read_xlsx(tmp_path / "a.xlsx"))
    assert caught.value.code == "too-large"


ROW = (
    '<table:table-row table:number-rows-repeated="1"{more}><table:table-cell office:value-type="string">'
    "<text:p>{text}</text:p></table:table-cell></table:table-row>"
)


def test_what_an_older_workbook_hides_is_read_and_told(tmp_path: Path) -> None:
    """As of an .xlsx: hidden by hand or by a filter, a column, and rows that are repeated before it."""
    rows = [("Voornaam", ""), ("Anna", ""), ("Ben", ' table:visibility="collapse"'), ("Cor", ""),
            ("Dirk", ' table:visibility="filter"')]
    hidden = '<table:table-column table:visibility="collapse"/><table:table-row table:number-rows-repeated="3"/>'
    ods = opendocument(tmp_path / "b.ods", hidden + "".join(ROW.format(text=text, more=more) for text, more in rows))
    whole = bytearray((ROOT / "tests" / "fuzz" / "seeds" / "klein.xls").read_bytes())
    second_row = whole.find(struct.pack("<3H", 0x208, 16, 1))
    whole[second_row + 16] |= 0x20
    (tmp_path / "b.xls").write_bytes(whole)
    told = [
        [remark for item in read_xlsx(file) for remark in getattr(item, "remarks", []) if "erborgen" in remark]
        for file in (ods, tmp_path / "b.xls")
    ]
    assert told == [
        [
            "2 rijen zijn verborgen; ze zijn gelezen als de andere: Ben / Dirk",
            "Verborgen kolommen zijn gelezen als de andere: Voornaam",
        ],
        ["1 rij is verborgen; ze is gelezen als de andere: Tine | de Vries | 06-12345678 | 1985-11-23 | =1+1"],
    ]
    for place in range(0, len(whole), 4):  # a chain that goes in a circle ends, and all else is the reader's to say
        for bad in (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\3\0\0\0"):
            with suppress(ValueError, IndexError, struct.error):
                hidden_in_xls(bytes(whole[:place] + bad + whole[place + 4 :]))


def test_mailing_lists_and_broken_lines_of_ldif(write) -> None:
    text = "version: 1\n\ndn: cn=Jan\ncn: Jan\n Bakker\nmail:: %%%\nrommel\ndescription:: TsOkdHM=\n\n"
    text += "dn: cn=l\nobjectclass: groupOfNames\ncn: lijst\n"
    found = list(read_ldif(write(text)))
    assert isinstance(found[0], SourceRecord) and found[0].customer.given_name == "JanBakker"
    assert found[0].customer.note.startswith("Näts") and "rommel" in found[0].customer.note and found[0].remarks
    assert isinstance(found[1], Rejected) and "lijst" in found[1].text


def test_a_directory_server_gives_people_and_no_secrets(write) -> None:
    text = "dn: uid=jj,ou=p\nobjectClass: inetOrgPerson\ncn: Jan Jansen\nsn: Jansen\ngivenName: Jan\nuid: jj\n"
    text += "homePostalAddress: Dorpsstraat 12$8011 AB Zwolle\nuserPassword:: e1NTSEF9\nuidNumber: 1001\n"
    text += "birthDate: 1985-11-23\npreferredLanguage: nl\n\ndn: ou=p\nobjectClass: organizationalUnit\nou: p\n"
    found = list(read_ldif(write(text)))
    (c,) = taken(found)
    assert (c.given_name, c.birthday, c.note) == ("Jan", "1985-11-23", "preferredlanguage: nl")
    assert c.addresses[0].street == "Dorpsstraat 12\n8011 AB Zwolle" and len(refused(found)) == 1


def test_a_row_longer_than_the_others_loses_nothing(write) -> None:
    text = "Naam;Plaats\n" + "Jan;Ede\n" * 300 + "Els;Zwolle;komt liever;op vrijdag\n"
    assert taken(read_csv(write(text)))[-1].note == "komt liever\nop vrijdag"


def test_a_heading_said_twice_over_is_no_trouble(write) -> None:
    (c,) = taken(read_csv(write("Home Home Address 2,First Name,Home Address,Home Address 2\nx,Jan,Straat 1,achter\n")))
    assert c.given_name == "Jan" and "Straat 1" in c.addresses[0].street and "achter" in c.addresses[0].street
