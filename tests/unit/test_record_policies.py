"""A source may correct itself and never a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kapperboek.domain.people.record_policies import Reading, marks, origins, read_again
from kapperboek.domain.records import Address, CustomerRecord, Email, Phone, RelationRecord

OLD = Address("Dorpsstraat", "1", "8011 AB", "Zwolle")
NEW = Address("Kade", "22", "8011 CD", "Zwolle")
OWN = Address("Markt", "3", "8011 EF", "Zwolle")


def card(**values: Any) -> CustomerRecord:
    return CustomerRecord(**{"given_name": "Els", "family_name": "Bakker", **values})


def test_what_is_empty_is_filled_and_the_rest_stays() -> None:
    found = read_again(card(note="Twee katten"), card(family_name="Bakkers", organisation="Isala", note="Vegan"), "NL")
    assert found.record == card(organisation="Isala", note="Twee katten\n\nVegan")
    assert found.differences == () and found.gone == ()


def test_an_address_that_the_source_changed_takes_the_place_of_its_own() -> None:
    first = card(addresses=[OLD])
    there = card(addresses=[OWN, OLD])
    found = read_again(there, card(addresses=[NEW]), "NL", marks(first, "NL"))
    assert found.record.addresses == [OWN, NEW] and found.gone == ()
    assert read_again(there, card(addresses=[NEW]), "NL").record.addresses == [OWN, OLD, NEW], "from another source"


def test_a_value_that_a_person_corrected_wins_and_the_difference_is_told() -> None:
    said = marks(card(family_name="Baker", organisation="Isla"), "NL")
    here = card(family_name="Bakker", organisation="Isla")
    found = read_again(here, card(family_name="Backer", organisation="Isala"), "NL", said)
    assert (found.record.family_name, found.record.organisation) == ("Bakker", "Isala")
    assert [(each.field, each.kept, each.other) for each in found.differences] == [("family_name", "Bakker", "Backer")]


def test_another_child_takes_nobodys_place_and_a_changed_label_stays() -> None:
    noor, tim = RelationRecord("child", "Noor"), RelationRecord("child", "Tim")
    said = marks(card(relations=[noor], phones=[Phone("1", "home"), Phone("2", "mobile")]), "NL")
    known = RelationRecord("daughter", "Noor", "2015-03-02")
    here = card(relations=[known], phones=[Phone("1", "bij moeder"), Phone("2", "mobile")])
    source = card(relations=[tim], phones=[Phone("3", "home"), Phone("4", "mobile")])
    found = read_again(here, source, "NL", said)
    assert found.record.relations == [known, tim]
    assert found.record.phones == [Phone("1", "bij moeder"), Phone("4", "mobile"), Phone("3", "home")]
    assert found.gone == ("1", "Noor")


def test_a_key_that_was_given_to_somebody_else_corrects_nothing() -> None:
    said = marks(card(birthday="1980-01-02"), "NL")
    other = CustomerRecord(given_name="Jan", family_name="Vos", birthday="1980-01-02")
    married = card(family_name="Vos", birthday="1980-02-01")
    for record in (other, married):
        assert read_again(card(birthday="1980-01-02"), record, "NL", said).record == card(birthday="1980-01-02")
    assert read_again(card(), card(family_name="Vos"), "NL", marks(card(), "NL")).record == card(family_name="Vos")


def test_what_was_taken_off_the_card_does_not_come_back_from_the_same_source() -> None:
    source = card(phones=[Phone("06 12345678")], emails=[Email("els@example.nl")])
    found = read_again(card(emails=source.emails), source, "NL", marks(source, "NL"))
    assert found.record.phones == []
    assert read_again(card(emails=source.emails), source, "NL").record.phones == source.phones


def test_what_disappears_from_the_source_stays_and_is_listed() -> None:
    said = marks(card(phones=[Phone("06 12345678")], addresses=[OLD], organisation="Isala"), "NL")
    here = card(phones=[Phone("06-12345678")], addresses=[OLD], organisation="Isala")
    found = read_again(here, card(), "NL", said)
    assert found.record == here
    assert found.gone == ("06-12345678", "Dorpsstraat 1, 8011 AB Zwolle")


def test_tags_are_added_and_an_untouched_answer_is_the_sources_to_correct() -> None:
    said = marks(card(profile={"job": "kok", "hobby": ["lezen"]}), "NL")
    here = card(profile={"job": "kok", "hobby": ["lezen", "zeilen"]})
    found = read_again(here, card(profile={"job": "chef-kok", "hobby": ["lezen", "golf"]}), "NL", said)
    assert found.record.profile == {"job": "chef-kok", "hobby": ["lezen", "zeilen", "golf"]}


def test_a_birthday_of_somebody_near_that_was_unknown_is_filled() -> None:
    here = card(relations=[RelationRecord("daughter", "Noor")])
    told = card(relations=[RelationRecord("child", "Noor", "2015-03-02")])
    assert read_again(here, told, "NL").record.relations == [RelationRecord("daughter", "Noor", "2015-03-02")]


@pytest.mark.parametrize("name", ["deceased", "no_advertising"])
def test_said_once_is_said(name: str) -> None:
    assert getattr(read_again(replace(card(), **{name: True}), card(), "NL").record, name) is True
    assert getattr(read_again(card(), replace(card(), **{name: True}), "NL").record, name) is True


def test_where_each_value_came_from_and_whether_somebody_changed_it() -> None:
    older = Reading("list:klanten", "2026-10-01T09:00:00Z", marks(card(organisation="Isla", phones=[Phone("1")]), "NL"))
    newer = Reading("vcard", "2026-11-01T09:00:00Z", marks(card(family_name="Baker"), "NL"))
    here = card(organisation="Isala", phones=[Phone("1"), Phone("2")], note="hier getypt")
    found = {(one.field, one.value): (one.source, one.touched) for one in origins(here, [newer, older], "NL")}
    assert found == {
        ("given_name", "Els"): ("vcard", False), ("family_name", "Bakker"): ("list:klanten", False),
        ("organisation", "Isala"): ("list:klanten", True), ("phones", "1"): ("list:klanten", False),
    }  # fmt: skip


def test_marks_hold_no_words_and_nothing_in_confidence() -> None:
    told = card(note="Erfde van oom Piet", avoid=["scheiding"], phones=[Phone("0612345678")])
    found = str(marks(told, "NL"))
    assert "Piet" not in found and "avoid" not in found and "0612345678" not in found
