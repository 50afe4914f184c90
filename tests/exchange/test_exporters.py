"""The headings of the usual exporters, with people of our own under them: every cell where it belongs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import Address, CustomerRecord, DateRecord, Phone, RelationRecord
from kapperboek.exchange.detect import detect
from kapperboek.exchange.sheet.csv_files import read_csv
from kapperboek.exchange.sheet.xlsx_read import read_xlsx
from kapperboek.exchange.table.columns import layout
from kapperboek.exchange.table.headings import Meaning, meaning
from tests.exchange.samples import refused, taken


def table(*people: dict[str, str], more: str = "") -> str:
    """A table with the headings of the people, and further empty columns."""
    headings = [*dict.fromkeys(heading for person in people for heading in person), *filter(None, more.split("|"))]
    rows = [headings, *([person.get(heading, "") for heading in headings] for person in people)]
    return "\n".join(";".join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in rows) + "\n"


def test_outlook_in_dutch(write) -> None:
    filled = {
        "Titel": "Mevr.", "Voornaam": "Marieke", "Achternaam": "van der Veen", "Functie": "teamleider",
        "Huisadres, straat": "Dorpsstraat 12", "Huisadres, straat 2": "2 hoog", "Huisadres, plaats": "Zwolle",
        "Huisadres, postcode": "8011 AB", "Land/regio (thuis)": "Nederland", "Werkadres, plaats": "Ede",
        "Telefoon op werk": "0318-123456", "Telefoon op werk 2": "0318-123457", "Telefoon thuis": "038-1234567",
        "Mobiele telefoon": "06-12345678", "E-mailadres": "m@v.nl", "E-mailtype": "SMTP",
        "Weergavenaam voor e-mail": "Marieke van der Veen (m@v.nl)", "E-mailadres 2": "m2@v.nl",
        "Geslacht": "Niet-gespecificeerd", "Gevoeligheid": "Normaal", "Hobby's": "hardlopen, moestuin",
        "Partner": "Piet", "Privé": "Onwaar", "Speciale datum": "14-6-2010", "Verjaardag": "23-11-1985",
        "Gebruiker 1": "zelf", "Locatie": "boven",
    }
    unfilled = {"Voornaam": "Jan", "Geslacht": "Niet-gespecificeerd", "Verjaardag": "0-0-00"}
    others = "Radiotelefoon|Teksttelefoon|Account|Adreslijstserver|Factuurinformatie|Kantoorlocatie|Organisatie-id|"
    others += "Reisafstand|Sofinummer|Taal|Trefwoorden|Referentie van|Prioriteit|Internet Beschikbaarheidsinfo|Telex"
    found = list(read_csv(write(table(filled, unfilled, more=others).encode("cp1252")), latest=2026))
    marieke, jan = taken(found)
    assert marieke == CustomerRecord(
        honorific="Mevr.", given_name="Marieke", prefix="van der", family_name="Veen", birthday="1985-11-23",
        phones=[Phone("0318-123456", "work"), Phone("0318-123457", "work"), Phone("038-1234567", "home"),
                Phone("06-12345678", "mobile")],
        emails=marieke.emails, dates=[DateRecord("wedding", "2010-06-14")],
        addresses=[Address("Dorpsstraat\n2 hoog", "12", "8011 AB", "Zwolle", "Nederland", label="home"),
                   Address(place="Ede", label="work")],
        relations=[RelationRecord("partner", "Piet")], note="Locatie: boven",
        profile={"job": "teamleider", "hobby": ["hardlopen", "moestuin"], "custom_1": "zelf"},
    )
    assert [(mail.value, mail.label) for mail in marieke.emails] == [("m@v.nl", ""), ("m2@v.nl", "")]
    assert jan == CustomerRecord(given_name="Jan")
    assert not any("0-0-00" in remark for item in found for remark in getattr(item, "remarks", []))


@pytest.mark.parametrize(("heading", "found"), [
    ("Straße privat 2", Meaning("street", "home", 2)), ("Telefon (privat 2)", Meaning("phone", "home", 2)),
    ("E-Mail 2: Adresse", Meaning("email", "", 2)), ("Postleitzahl geschäftlich", Meaning("postcode", "work")),
    ("Bundesland/Kanton privat", Meaning("region", "home")), ("Weiteres Telefon", Meaning("phone", "other")),
    ("Werkpostcode", Meaning("postcode", "work")), ("Telefoon werk", Meaning("phone", "work")),
    ("HomePostalCode", Meaning("postcode", "home")), ("BusinessPhone2", Meaning("phone", "work", 2)),
    ("Email2Address", Meaning("email", "", 2)), ("LinkedIn", Meaning("handle", "linkedin")),
    ("Telefoonnummer mobiel", Meaning("phone", "mobile")), ("Tel. mob.", Meaning("phone", "mobile")),
    ("Client Email", Meaning("email")), ("Klant achternaam", Meaning("family")), ("Member ID", Meaning("key")),
    ("Werkgever", Meaning("organisation")), ("Overig", None), ("Overig 2", Meaning("custom", "2", 2)),
    ("Tekst op de werkvloer", None), ("Huisdier", None),
])
def test_headings_of_thunderbird_outlook_and_windows(heading: str, found: Meaning | None) -> None:
    assert meaning(heading) == found


def test_a_heading_that_is_only_a_label_is_read_with_what_stands_below_it(write) -> None:
    (c,) = taken(read_csv(write("Naam;Privé;Werk\nJan;038-1234567;038-7654321\n")))
    assert c.phones == [Phone("038-1234567", "home"), Phone("038-7654321", "work")]
    (c,) = taken(read_csv(write("Naam;Werk\nJan;bakker\n")))
    assert c.profile == {"job": "bakker"} and not c.phones


def test_birthdays_in_three_columns(write) -> None:
    (c,) = taken(read_csv(write("Voornaam,Geboortemaand,Geboortedag,Geboortejaar\nJan,11,23,1985\n")))
    assert c.birthday == "1985-11-23"


@pytest.mark.parametrize(("text", "name"), [
    ("Naam;Voornaam\nVeen;Marieke\n", ("", "Marieke", "", "Veen")),
    ("Naam;Voornaam\nMarieke Veen;Marieke\n", ("", "Marieke", "", "Veen")),
    ("Naam;Plaats\ndhr. J. van der Veen;Ede\n", ("dhr.", "J.", "van der", "Veen")),
    ("Naam;Plaats\nFam. Bakker;Ede\n", ("Fam.", "", "", "Bakker")),
    ("Naam;Plaats\nMevr. A. Jansen-de Boer;Ede\n", ("Mevr.", "A.", "", "Jansen-de Boer")),
    ("Naam;Plaats\nJansen, M.;Ede\n", ("", "M.", "", "Jansen")),
    ("Achternaam, voorvoegsel;Voorletter(s)\nVeen, van der;M.J.\n", ("", "", "van der", "Veen")),
    ("Client;ID\nSmith, Anna;10\n", ("", "Anna", "", "Smith")),
])
def test_names_as_card_indexes_have_them(write, text: str, name: tuple[str, ...]) -> None:
    (c,) = taken(read_csv(write(text)))
    assert (c.honorific, c.given_name, c.prefix, c.family_name) == name


def test_several_numbers_in_one_cell(write) -> None:
    sentence = "bel na 17 uur, liefst 0612345678"
    cells = ("06-12345678 / 038-1234567", "0612345678 of 0687654321", sentence, "038-1234567/8")
    people = taken(read_csv(write("Naam;Telefoon\n" + "".join(f"Jan{n};{cell}\n" for n, cell in enumerate(cells)))))
    assert [[phone.value for phone in c.phones] for c in people] == [
        ["06-12345678", "038-1234567"], ["0612345678", "0687654321"], [sentence], [cells[3]],
    ]


def test_mails_street_and_place_in_shared_cells(write) -> None:
    text = "Naam;E-mail;Straat + nr;Postcode + plaats\nJan;a@b.nl, c@d.nl;Dorpsstraat 12;8011 AB Zwolle\n"
    (c,) = taken(read_csv(write(text)))
    assert [mail.value for mail in c.emails] == ["a@b.nl", "c@d.nl"]
    assert c.addresses == [Address("Dorpsstraat", "12", "8011 AB", "Zwolle")]


def test_a_heading_row_of_many_strange_words_is_one_all_the_same() -> None:
    heading = ["Voornaam", "Achternaam", "Mobiel", "E-mail", "Plaats", *(f"Vreemd woord {n}" for n in range(30))]
    assert layout([heading, ["Jan"] * 35]).first_row == 1


LETTER = """Zwolle, 22 november 2026

Beste Marieke,

Hierbij nodigen wij je uit voor de opening van onze salon, op zaterdag 5 december, om 14.00 uur.
Bel even naar 038-1234567 als je komt, of mail naar info@salonsanne.nl.

Met vriendelijke groet,
Sanne
"""
SHOPPING = "Melk\nBrood, 2x\nShampoo (grote fles)\nverf 7/43 bestellen voor vrijdag\n"
STATEMENT = '"Datum","Naam / Omschrijving","Rekening","Af Bij"\n"20261101","Slager 12","NL11INGB0001234567","Af"\n'


PRICES = "Product;Prijs\nShampoo;9,95\n"


@pytest.mark.parametrize("text", [LETTER, SHOPPING, STATEMENT, PRICES, "Beste Jan,\nTot zo\nSanne"])
def test_what_is_no_list_of_customers_is_refused_whole(write, text: str) -> None:
    with pytest.raises(UserError) as caught:
        list(read_csv(write(text, "brief.txt")))
    assert caught.value.code == "no-customers" and "brief.txt" in caught.value.message


def test_bare_names_are_a_list(write) -> None:
    people = taken(read_csv(write("Marieke van der Veen\nJan Jansen\nFatima El Idrissi\nZoë\n")))
    assert [(c.given_name, c.prefix, c.family_name) for c in people] == [
        ("Marieke", "van der", "Veen"), ("Jan", "", "Jansen"), ("Fatima", "", "El Idrissi"), ("Zoë", "", ""),
    ]


def test_without_headings_address_and_birthday_are_known_by_their_looks(write) -> None:
    text = "Els;de Boer;06-12345678;els@v.nl;Hoofdweg 1;8012 AB;Zwolle;13-2-1966\n"
    (c,) = taken(read_csv(write(text), latest=2026))
    assert (c.given_name, c.prefix, c.family_name, c.birthday) == ("Els", "de", "Boer", "1966-02-13")
    assert c.addresses == [Address("Hoofdweg", "1", "8012 AB", "Zwolle")] and c.note == ""


def test_recent_days_without_a_heading_are_no_birthdays(write) -> None:
    (c,) = taken(read_csv(write("Els;06-12345678;els@v.nl;13-2-2026\n"), latest=2026))
    assert c.birthday is None and c.note == "13-2-2026"


def test_headings_that_come_back_are_nobody(write) -> None:
    found = list(read_csv(write("Voornaam;Mobiel\nJan;0612345678\n\nVoornaam;Mobiel\nEls;0612345679\n")))
    assert [c.given_name for c in taken(found)] == ["Jan", "Els"]
    assert [(item.line, item.text) for item in refused(found)] == [(4, "Voornaam | Mobiel")]


def test_a_price_list_in_the_workbook_is_reported_once(tmp_path) -> None:
    workbook = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name, rows in (("Klanten", [["Naam", "Mobiel"], ["Jan Jansen", "0612345678"]]),
                       ("Prijzen", [["Wat", "Prijs"], ["Knippen", "25"], ["Kleuren", "60"]])):
        sheet = workbook.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    workbook.close()
    found = list(read_xlsx(tmp_path / "a.xlsx"))
    assert [c.family_name for c in taken(found)] == ["Jansen"]
    assert ["Prijzen" in item.reason for item in refused(found)] == [True]


def test_a_sheet_of_libreoffice(tmp_path) -> None:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    rows = [("Naam", "Mobiel"), ("Jan Jansen", "0612345678")]
    cells = "".join("<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
    ) + "</table:table-row>" for row in rows)
    with zipfile.ZipFile(tmp_path / "a.csv", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content{spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="A">{cells}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>")
    assert detect(tmp_path / "a.csv") == "ods"
    (jan,) = taken(read_xlsx(tmp_path / "a.csv"))
    assert (jan.family_name, jan.phones[0].value) == ("Jansen", "0612345678")


def test_an_old_excel_file_that_is_broken_or_locked_is_said(write) -> None:
    path = write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "oud.xls")
    assert detect(path) == "xls"
    with pytest.raises(UserError) as caught:
        list(read_xlsx(path))
    assert caught.value.code == "damaged-file"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "mimetype"])
@pytest.mark.parametrize("encrypted", [False, True])
def test_an_archive_broken_inside_or_locked_is_said(tmp_path: Path, name: str, encrypted: bool) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "<c r='A1'>application/x-spreadsheet</c>" * 99)
    raw = bytearray(path.read_bytes())
    if encrypted:
        raw[6] |= 1  # the flag of the file itself, then that of the archive's list
        raw[raw.index(b"PK\x01\x02") + 8] |= 1
    else:
        start = raw.index(name.encode()) + len(name)
        raw[start : start + 8] = b"\xff" * 8
    path.write_bytes(raw)
    with pytest.raises(UserError) as caught:
        detect(path)
        list(read_xlsx(path))
    assert caught.value.code == "damaged-file"


def test_what_stands_for_an_empty_cell_is_nothing(write) -> None:
    (c,) = taken(read_csv(write("Naam;Mobiel;Laatste bezoek;Kleurkaart;Notitie\nJan;-;N/A;n.v.t.;#N/B\n")))
    assert c == CustomerRecord(given_name="Jan")


def test_lines_put_between_quotation_marks_as_a_whole(write) -> None:
    people = taken(read_csv(write('"Voornaam,Achternaam,Plaats"\n"Jan,Bos,Ede"\n"Els,de Wit,Lent"\n')))
    assert [(c.given_name, c.family_name, c.addresses[0].place) for c in people] == [
        ("Jan", "Bos", "Ede"), ("Els", "Wit", "Lent"),
    ]
    people = taken(read_csv(write('"Bos, Jan"\n"Wit, Els de"\n')))
    assert [(c.given_name, c.prefix, c.family_name) for c in people] == [("Jan", "", "Bos"), ("Els", "de", "Wit")]


def test_numbers_as_spreadsheets_spoil_them(write) -> None:
    cells = ('="0612345678"', "'0612345679", "6.12345670E+8", "3,16123E+10")
    people = taken(read_csv(write("Naam;Mobiel\n" + "".join(f"Jan{n};{cell}\n" for n, cell in enumerate(cells)))))
    assert [c.phones[0].value for c in people[:3]] == ["0612345678", "0612345679", "0612345670"]
    assert not people[3].phones and "3,16123E+10" in people[3].note  # rounded: nobody knows which it was


def test_a_year_is_no_day(write) -> None:
    (c,) = taken(read_csv(write("Naam;Geboortedatum;Klant sinds\nJan;1978;2019\n")))
    assert (c.birthday, c.customer_since) == (None, None) and "1978" in c.note and "2019" in c.note


@pytest.mark.parametrize(("text", "address"), [
    ("Kerkweg 3a - 8011AB - Zwolle", Address("Kerkweg", "3a", "8011AB", "Zwolle")),
    ("Straat 1 hs, 1012 AB Amsterdam, Nederland", Address("Straat", "1 hs", "1012 AB", "Amsterdam", "Nederland")),
])
def test_whole_addresses(write, text: str, address: Address) -> None:
    (c,) = taken(read_csv(write(f"Naam;Adres\nJan;{text}\n")))
    assert c.addresses == [address]


def test_children_in_one_cell(write) -> None:
    (c,) = taken(read_csv(write("Naam;Kinderen\nJan;Fleur, Tim en Bo\n")))
    assert [(near.kind, near.name) for near in c.relations] == [("child", "Fleur"), ("child", "Tim"), ("child", "Bo")]


def test_headings_nobody_knows_stand_above_what_everybody_knows(write) -> None:
    text = "Wie;Belnummer;Woont op;Waar;Dorp\nJan de Wit;0612345678;Dorpsstraat 1;8011 AB;Ede\n"
    (c,) = taken(read_csv(write(text)))
    assert (c.given_name, c.prefix, c.family_name, c.phones) == ("Jan", "de", "Wit", [Phone("0612345678")])
    assert c.addresses == [Address("Dorpsstraat", "1", "8011 AB", "Ede")]


def test_names_and_addresses_without_headings_are_a_list(write) -> None:
    text = "Jan de Wit;Dorpsstraat 1, 8011 AB Ede\nEls Bos;Kerkweg 3, 8012 AB Ede\n"
    found = taken(read_csv(write(text)))
    assert [c.family_name for c in found] == ["Wit", "Bos"] and "Dorpsstraat 1" in found[0].note


def test_two_towns_are_two_towns(write) -> None:
    (c,) = taken(read_csv(write("Naam;Plaats;Woonplaats\nJan;Ede;Zwolle\n")))
    assert c.addresses == [Address(place="Ede")] and c.note == "Woonplaats: Zwolle"
    (c,) = taken(read_csv(write("Naam;Hobby;Hobby's\nJan;vissen;lezen\n")))
    assert c.profile == {"hobby": ["vissen"]} and c.note == "Hobby's: lezen"
    (c,) = taken(read_csv(write("Naam;Woonplaats;Werklocatie;Werkland\nJan;Ede;Zwolle;NL\n")))
    assert c.addresses == [Address(place="Ede"), Address(place="Zwolle", country="NL", label="work")]


def test_enormous_cells_are_read_in_no_time(write) -> None:
    blank = " " * 300_000
    cells = (f"0612345678{blank}x", f"a@b.nl{blank}c@d.nl@", f"Fleur{blank}Tim", f"1{blank}2", f"Straat{blank}1")
    (c,) = taken(read_csv(write("Naam;Mobiel;E-mail;Kinderen;Geboortedatum;Adres\nJan;" + ";".join(cells) + "\n")))
    assert (c.phones[0].value, c.relations[0].name, c.birthday) == (cells[0], cells[2], None)
