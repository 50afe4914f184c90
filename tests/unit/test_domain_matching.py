"""Who may be the same person, and who is family."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapperboek.domain.people import matching
from kapperboek.domain.people.matching import POSSIBLE, WORTH_SHOWING, Keys, correct, keys, likeness, sound
from kapperboek.domain.records import Address, CustomerRecord, Email, Phone

SURNAMES = Path(__file__).resolve().parents[3] / "shared" / "data" / "names" / "dutch_surnames.csv"
HOME = [Address("Wilgenlaan", "8", "8011 AB", "Zwolle")]


def card(given_name: str = "", family: str = "", *phones: str, mail: str = "", **more: object) -> Keys:
    record = CustomerRecord(
        given_name=given_name, family_name=family, phones=[Phone(phone) for phone in phones]
    )
    record.emails = [Email(mail)] if mail else []
    for name, value in more.items():
        setattr(record, name, value)
    return keys(record)


@pytest.mark.parametrize(
    "alike",
    [
        "Jansen Janssen Janszen",
        "Visser Fisser Visscher",
        "Dijkstra Dykstra Deikstra",
        "Meijer Meyer Meier",
        "Smit Smid Smidt Schmidt",
        "Smits Smids",
        "Hendriks Hendrix Hendrickx Hendricks",
        "Kuiper Kuijper Kuyper",
        "Oosterhuis Oosterhuys",
        "Bos Bosch",
        "Jansz Jans",
        "Bakker Backer",
        "Claes Klaas",
        "Philip Filip",
        "Sofie Sophie",
        "Zwart Swart",
        "Aydın Aydin",
    ],
)
def test_names_that_sound_alike(alike: str) -> None:
    assert len({sound(word) for word in alike.split()}) == 1


def test_names_that_do_not() -> None:
    different = [
        "Jansen",
        "Hansen",
        "Bakker",
        "Bekker",
        "Visser",
        "Vos",
        "Smit",
        "Smeets",
        "Meijer",
        "Maier-Bos",
        "Dijkstra",
        "Dekker",
        "Mulder",
    ]
    assert len({sound(word) for word in different}) == len(different)


def test_the_surname_list_keeps_its_names_apart() -> None:
    if not SURNAMES.exists():
        pytest.skip("the shared list of Dutch surnames is not on this machine")
    with SURNAMES.open(encoding="utf-8", newline="") as file:
        bases = {row["base"] for row in csv.DictReader(file)}
    assert len({sound(base) for base in bases}) > 0.85 * len(bases)


@given(st.text(max_size=20))
def test_every_word_has_a_sound(word: str) -> None:
    assert bool(sound(word)) == bool(matching.fold(word))


def test_m_janssen_of_isala() -> None:
    known = card("Marieke", "Jansen", "0612345678", organisation="Isala", department="inkoop")
    score, _reasons = likeness(card("M.", "Janssen"), known)
    assert score >= WORTH_SHOWING
    score, _reasons = likeness(card("M.", "Janssen", organisation="Isala"), known)
    assert score >= POSSIBLE
    typed = card("M.", "Janssen", "0384245000", organisation="Isala", department="Inkoop")
    score, reasons = likeness(typed, known)
    assert score >= POSSIBLE
    assert reasons == ["naam lijkt op", "ander telefoonnummer", "zelfde afdeling"]


def test_people_of_the_old_list() -> None:
    twin = card("Jan", "Veld", "612345602", "033-4620101", birthday="1978-05-03")
    assert likeness(twin, card("Jan", "Veld", "0612345602", birthday="1978-05-03"))[0] > 0.95
    annelies = card("Annelies", "Meer", "06-12345601", mail="annelies@example.nl", birthday="1978-05-03")
    assert likeness(annelies, card("Annelies", "Meer", "0612345601", mail="ANNELIES@example.nl"))[0] > 0.95
    assert likeness(annelies, twin)[0] < 0.05


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            card("Yusuf", "Demir", "0612345678", birthday="1985-01-02"),
            card("Y.", "Demir", "0612345678", birthday="1985-01-02"),
            "zelfde 06-nummer",
        ),
        (
            card("Annelies", "Kuiper", mail="a@b.nl"),
            card("Annelies", "Kuijper", mail="a@b.nl"),
            "naam lijkt op",
        ),
        (card("Thea", "Veen", "0651203318"), card("T.", "Veen-Bos", "0651203318"), "meisjesnaam erbij"),
        (
            card("Rob", "Smit", birthday="1958-02-04"),
            card("Robert", "Smit", birthday="1958-02-04"),
            "zelfde geboortedag",
        ),
        (card("", "Smit", "0651203318", nickname="Bep"), card("Bep", "Smit", "0651203318"), "naam lijkt op"),
        (card("Jansen", "Piet", "0651203318"), card("Piet", "Jansen", "0651203318"), "zelfde naam"),
        (card(organisation="Bakkerij Smit"), card(organisation="bakkerij smit"), "zelfde bedrijfsnaam"),
    ],
)
def test_probably_one_person(one: Keys, other: Keys, reason: str) -> None:
    score, reasons = likeness(one, other)
    assert score >= 0.6
    assert reason in reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            card("Marieke", "Jansen", "0651203318", "0384215560", mail="thuis@voorbeeld.nl", addresses=HOME),
            card("Erik", "Jansen", "0651203318", "0384215560", mail="thuis@voorbeeld.nl", addresses=HOME),
        ),
        (
            card("J.", "Bakker", "0384215560", birthday="1958-02-04", addresses=HOME),
            card("J.", "Bakker", "0384215560", birthday="1989-07-19", addresses=HOME),
        ),
        (
            card("Jan", "Bakker", "0384215560", birthday="1958-02-04", addresses=HOME),
            card("Jan", "Bakker", "0384215560", birthday="1989-07-19", addresses=HOME),
        ),
        (
            card("Fleur", "Jansen", "0651203318", birthday="2010-11-26"),
            card("Marieke", "Jansen", "0651203318"),
        ),
    ],
)
def test_family_is_not_one_person(one: Keys, other: Keys) -> None:
    score, _reasons = likeness(one, other)
    assert score < POSSIBLE


some_cards = st.builds(
    card,
    st.sampled_from(["", "Jan", "J.", "Marieke", "Bep"]),
    st.sampled_from(["", "Jansen", "Janssen", "Veen-Bos", "Bos"]),
    st.sampled_from(["", "0612345678", "0381234567", "038 1234567 tst. 2"]),
    birthday=st.sampled_from([None, "1985-11-23", "--11-23", "1985-11-28", "1960-01-01"]),
    organisation=st.sampled_from(["", "Isala"]),
)


@given(some_cards, some_cards)
def test_likeness_is_symmetric_and_a_share(one: Keys, other: Keys) -> None:
    score, reasons = likeness(one, other)
    assert 0 <= score <= 1
    assert (score, sorted(reasons)) == (likeness(other, one)[0], sorted(likeness(other, one)[1]))
    assert matching.may_be_one(one, other) == (score >= POSSIBLE)


def test_nothing_known_is_nobody() -> None:
    assert likeness(Keys(), Keys())[0] < 0.05
    assert likeness(card("Marieke"), card("Marieke", "Jansen"))[0] < WORTH_SHOWING


def test_typing_mistakes() -> None:
    vocabulary = ["marieke", "marijke", "jansen", "janssen", "veld", "veen", "anna", "lissabon"]
    assert correct("mareike", vocabulary)[0] == "marieke"
    assert correct("jnasen", vocabulary)[0] == "jansen"
    assert correct("lisabonn", vocabulary) == ["lissabon"]
    assert correct("veld", vocabulary) == ["veen"] or correct("veld", vocabulary) == []
    assert correct("an", vocabulary) == []
    assert "marieke" not in correct("marieke", vocabulary)


@given(st.sampled_from(["marieke", "vanderveen", "janssen", "lissabon"]), st.data())
def test_one_slip_is_always_found(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    dropped = word[:place] + word[place + 1 :]
    for typed in (swapped, dropped, word[:place] + "q" + word[place:]):
        if typed != word:
            assert word in correct(typed, ["marieke", "vanderveen", "janssen", "lissabon", "hendriks"])
