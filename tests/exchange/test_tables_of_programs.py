"""Tables as salon, shop and accounting programs write them: each cell in its place, nothing twice, nobody taken for
alive who is not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kapperboek.domain.records import CustomerRecord, DateRecord
from tests.exchange.cases import Desk, emails, home, name, phones


@pytest.fixture
def rows(desk: Desk, write: Any) -> Any:
    """Read a table and get its customers; a second reading adds nothing."""

    def read(text: str, encoding: str = "utf-8") -> list[CustomerRecord]:
        path: Path = write(text.encode(encoding), "lijst.csv")
        desk.take(path)
        found = desk.cards()
        assert desk.take(path).added == 0 and desk.cards() == found
        return found

    return read


def test_the_address_of_a_program_with_two_kinds_of_them(rows: Any) -> None:
    (gea,) = rows(
        "First Name,Last Name,Telephone,Sms Number,Physical Address1,Physical Suburb,Physical City,Physical PostCode,"
        "Postal Address1,Postal City,Postal PostCode,Last Booking Date\n"
        "Gea,Prins,0301231009,0612341009,Singel 8 hs,,Utrecht,3511 AC,Postbus 12,Wijk,3500 AA,03/11/2026\n"
    )
    assert home(gea) == ("Singel", "8 hs", "3511AC", "Utrecht") and home(gea, 1) == ("Postbus", "12", "3500AA", "Wijk")
    assert [p.label for p in gea.phones] == ["", "mobile"] and gea.interactions[0].at == "2026-11-03T00:00"
    assert gea.note == ""


def test_headings_in_one_word(rows: Any) -> None:
    (haan,) = rows(
        "Relatiecode;Naam;Vestigingsadres;Vestigingspostcode;Vestigingsplaats;Correspondentieplaats;Mobieltelefoon\n"
        "10001;Mevr. J. de Haan;Veldweg 12-A bis;7411AB;Deventer;Zutphen;06-12341013\n"
    )
    assert haan.number == "10001" and home(haan) == ("Veldweg", "12-A bis", "7411AB", "Deventer")
    assert haan.phones[0].label == "mobile" and "Zutphen" in repr(haan)


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        ("Straat 12-A bis;;1234AB Plaats", ("Straat", "12-A bis", "1234AB", "Plaats")),
        ("Kade 3;1234 AB Ede;", ("Kade", "3", "1234AB", "Ede")),
        ("Plein 1945 12;1234AB;Ede", ("Plein 1945", "12", "1234AB", "Ede")),
        ("Laan 4 hs;1234AB;Ede", ("Laan", "4 hs", "1234AB", "Ede")),
    ],
)
def test_parts_of_an_address_in_each_others_columns(rows: Any, cells: str, right: tuple[str, ...]) -> None:
    (jan,) = rows(f"Naam;Adres;Postcode;Woonplaats\nJan Bos;{cells}\n")
    assert home(jan) == right and len(jan.addresses) == 1


def test_an_address_is_not_said_twice(rows: Any) -> None:
    noor, mia = rows(
        'Full Name,Address,City,Post Code\nNoor Bos,"Kade 3, 2611AB Delft",Delft,2611 AB\n'
        "Mia Tas,Weg 12-A bis  Ede  GE  6711AB  NL,,\n"
    )
    assert home(noor) == ("Kade", "3", "2611AB", "Delft") and home(mia) == ("Weg", "12-A bis", "6711AB", "Ede")


def test_numbers_with_words_around_them(rows: Any, desk: Desk) -> None:
    found = rows(
        'Naam,Telefoon\nAa Een,06 - 12 34 10 40 (werk)\nBb Twee,"thuis: 030-1231040, mob: 06 12341041"\n'
        "Cc Drie,geheim\nDd Vier,0612341047 0612341048\nEe Vijf,06 12341045 (moeder)\nFf Zes,030-1231049 tst. 12\n"
    )
    said = [[p.label for p in c.phones] for c in found]
    assert said == [["work"], ["home", "mobile"], [], ["", ""], ["moeder"], [""]]
    assert "geheim" in found[2].note and phones(found[5])[0].endswith("12")
    assert [desk.calls(n) for n in ("0612341040", "0612341041", "0612341048", "0612341045", "0301231049")] == [
        "Aa Een", "Bb Twee", "Dd Vier", "Ee Vijf", "Ff Zes"]


def test_who_has_died_by_a_day_or_a_word(rows: Any) -> None:
    opa, oma, kee, lou, bet = rows(
        "Voornaam;Overleden;Datum overlijden;Status\nOpa;Ja;01-02-2024;\nOma;;;actief\nKee;Nee;;\nLou;15-06-2022;;\n"
        "Bet;;;overleden\n"
    )
    assert [c.deceased for c in (opa, oma, kee, lou, bet)] == [True, False, False, True, True]
    assert [c.dates for c in (opa, lou)] == [[DateRecord(d.what, d.on)] for d in (opa.dates[0], lou.dates[0])]
    assert (opa.dates[0].on, lou.dates[0].on) == ("2024-02-01", "2022-06-15")


def test_birthdays_with_a_word_before_or_an_age_behind(rows: Any) -> None:
    found = rows("Naam;Geboren\nA Bos;geb. 3-3-1980\nB Bos;* 3 maart 1980\nC Bos;3-3-1980 (46 jaar)\n")
    assert [c.birthday for c in found] == ["1980-03-03"] * 3


def test_titles_inside_names(rows: Any) -> None:
    mies, smit, jan = rows('Klant;Telefoon\n"Vries, Mw. J. de";0612341051\nFam. Smit-de Wit;0612341052\nJan Bos;\n')
    assert mies.honorific == "Mw." and name(mies) == ("J.", "de", "Vries")
    assert name(smit) == ("", "", "Smit-de Wit") and smit.honorific == "Fam." and name(jan) == ("Jan", "", "Bos")


def test_family_names_first_without_headings(rows: Any) -> None:
    anna, piet = rows("Jansen;Anna;0612341054;anna@example.nl\nde Boer;Piet;0612341055;piet@example.nl\n")
    assert name(anna) == ("Anna", "", "Jansen") and name(piet) == ("Piet", "de", "Boer")


def test_what_databases_write_for_nothing_and_for_programs(rows: Any) -> None:
    (ben,) = rows(
        "id,first_name,last_name,email,user_pass,phone,city,date_of_birth\n"
        "2,Ben,\\N,ben@example.nl,$P$Babcdefgh,(null),nil,0000-00-00\n"
    )
    assert name(ben) == ("Ben", "", "") and emails(ben) == ["ben@example.nl"]
    assert not ben.phones and not ben.addresses and ben.note == "" and ben.birthday is None


def test_outlook_in_french(rows: Any) -> None:
    (helene,) = rows(
        "Titre,Prénom,Nom,Anniversaire,Anniversaire de mariage ou fête,Conjoint(e),Enfants\n"
        "Mme,Hélène,Dupré,23/05/1980,12/06/2004,Luc,Eva\n", "cp1252",
    )
    assert helene.honorific == "Mme" and helene.birthday == "1980-05-23"
    assert helene.dates == [DateRecord("wedding", "2004-06-12")]
    assert {(r.kind, r.name) for r in helene.relations} == {("spouse", "Luc"), ("child", "Eva")}
