"""Names: Dutch prefixes, sorting, folding."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapperboek.domain.people import names

SURNAMES = Path(__file__).resolve().parents[3] / "shared" / "data" / "names" / "dutch_surnames.csv"
some_text = st.text(max_size=40)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("van der Veen", ("van der", "Veen")),
        ("in 't Veld", ("in 't", "Veld")),
        ("in ’t Veld", ("in ’t", "Veld")),
        ("'s-Gravendijk", ("", "'s-Gravendijk")),
        ("de la Cruz", ("de la", "Cruz")),
        ("op den Camp", ("op den", "Camp")),
        ("ten Hove", ("ten", "Hove")),
        ("Ter Horst", ("Ter", "Horst")),
        ("El Idrissi", ("", "El Idrissi")),
        ("el Bouzidi", ("el", "Bouzidi")),
        ("v.d. Meer", ("v.d.", "Meer")),
        ("v.d.Meer", ("v.d.", "Meer")),
        ("Berg-de Vries", ("", "Berg-de Vries")),
        ("van", ("", "van")),
        ("", ("", "")),
    ],
)
def test_family_names_split(typed: str, parts: tuple[str, str]) -> None:
    assert names.split_family(typed) == parts


def test_every_dutch_surname_of_the_list() -> None:
    if not SURNAMES.exists():
        pytest.skip("the shared list of Dutch surnames is not on this machine")
    with SURNAMES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = [names.split_family(row["surname"]) == (row["tussenvoegsel"], row["base"]) for row in rows]
    assert len(rows) > 1400
    assert sum(right) / len(right) > 0.998
    for row in rows:
        full = names.split_full_name(f"Marieke {row['surname']}")
        assert full[0].startswith("Marieke")
        assert names.full_name(*full).replace("' ", "'") == f"Marieke {row['surname']}".replace("' ", "'")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Marieke van der Veen", ("Marieke", "van der", "Veen")),
        ("Jansen, Marieke", ("Marieke", "", "Jansen")),
        ("Veen, van der, Marieke", ("Marieke", "van der", "Veen")),
        ("Veen, Marieke van der", ("Marieke", "van der", "Veen")),
        ("van der Veen, Marieke", ("Marieke", "van der", "Veen")),
        ("M. Janssen", ("M.", "", "Janssen")),
        ("Jansen M.", ("M.", "", "Jansen")),
        ("Bakker J.P.", ("J.P.", "", "Bakker")),
        ("Fleur", ("Fleur", "", "")),
        ("Anna Maria Jansen", ("Anna Maria", "", "Jansen")),
        ("Fatima El Idrissi", ("Fatima", "", "El Idrissi")),
        ("D. Ter Horst", ("D.", "Ter", "Horst")),
        ("Marie-José van den Berg-de Vries", ("Marie-José", "van den", "Berg-de Vries")),
        ("van der Veen", ("", "van der", "Veen")),
        ("  ", ("", "", "")),
    ],
)
def test_full_names_split(typed: str, parts: tuple[str, str, str]) -> None:
    assert names.split_full_name(typed) == parts


@given(some_text)
def test_splitting_loses_no_letter(text: str) -> None:
    parts = "".join(names.split_full_name(text))
    assert sorted("".join(text.split()).replace(",", "")) == sorted("".join(parts.split()).replace(",", ""))
    assert "".join("".join(names.split_family(text)).split()) == "".join(text.split())


@given(some_text)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = names.fold(text)
    assert names.fold(once) == once
    assert all(names.words(word) == [word] for word in names.words(text))


def test_folding() -> None:
    assert names.fold("Özdemir Aydın Ørsted Łukasz Æbelø Straße IJssel") == (
        "ozdemir aydin orsted lukasz aebelo strasse ijssel"
    )
    assert names.words("In 't Veld-Óskar") == ["in", "t", "veld", "oskar"]
    assert names.words("李小龙 😀 2e") == ["李小龙", "2e"]
    assert names.words("हिन्दी") == ["हिन्दी"]


def test_the_name_to_show() -> None:
    assert names.full_name("Marieke", "van der", "Veen") == "Marieke van der Veen"
    assert names.full_name("", "", "", organisation="Bakkerij Smit") == "Bakkerij Smit"
    assert names.full_name("Jan", "", "", organisation="Bakkerij Smit") == "Jan"
    assert names.full_name("John", "", "Doe", display="John Doe, III") == "John Doe, III"
    assert names.full_name("", "", "Bakker", nickname="Jaap") == "Jaap Bakker"
    assert names.full_name("Jan", "d'", "Hondt") == "Jan d'Hondt"
    assert names.full_name("", "", "") == ""


def test_sorting_ignores_the_prefix() -> None:
    assert names.sort_key("Marieke", "van der", "Veen") == "veen marieke"
    assert names.sort_key("Bo", "", "'s-Gravendijk") == "gravendijk bo"
    assert names.sort_key("", "", "", organisation="Bakkerij Smit") == "bakkerij smit"
    assert names.sort_key("Şule", "", "Özdemir") == "ozdemir sule"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marieke van der Veen", "MV"),
        ("Ahmed el Bouzidi", "AB"),
        ("Fleur", "F"),
        ("Marie-José van den Berg-de Vries", "MB"),
        ("in 't Veld", "V"),
        ("😀 12", ""),
        ("", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert names.initials(name) == letters


@given(some_text)
def test_initials_fit_the_picture(text: str) -> None:
    assert len(names.initials(text)) <= 2
