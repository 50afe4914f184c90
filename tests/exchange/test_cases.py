"""Small vCard files as people bring them: what the README of ../shared/data/cases-2026-11 says is right must hold."""

from __future__ import annotations

from datetime import datetime

import pytest

from kapperboek.domain.records import DateRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import today
from tests.exchange.cases import ROOT, Desk, emails, everything, here, home, labels, name, phones, plain

pytestmark = here


def test_v01_own_properties_of_a_contacts_app(desk: Desk) -> None:
    desk.read("v01-phone-dot-work.vcf")
    bas = desk.card("Bas")
    assert labels(bas) == {"0612340001": "work"} and emails(bas) == ["bas@example.nl"]
    assert "Kuipers BV" in repr(bas)
    assert phones(desk.card("Els")) == ["+31612340002"]
    assert desk.finds("12340001") == desk.calls("0612340001") == "Bas Kuipers"


def test_v05_soft_breaks_inside_letters(desk: Desk) -> None:
    desk.read("v05-samsung-qp-split.vcf")
    assert name(desk.card("Renée")) == ("Renée", "", "Küper") and phones(desk.card("Renée")) == ["0612340011"]
    assert name(desk.card("Léonie")) == ("Léonie", "", "Smît") and phones(desk.card("Léonie")) == ["+31612340012"]
    assert desk.finds("Léonie Smît") == "Léonie Smît"
    assert "\ufffd" not in everything(desk) and "=AE" not in everything(desk)


def test_v08_own_dates(desk: Desk) -> None:
    desk.read("v08-custom-events.vcf")
    fien, jaap = desk.card("Fien"), desk.card("Jaap")
    assert fien.nickname == "Fientje" and fien.dates == [DateRecord("Eerste bezoek", "2019-05-07")]
    assert "2030-15-07" in desk.said
    line = next(line for line in fien.note.splitlines() if "2030-15-07" in line)
    assert "Keuring" in line
    assert jaap.birthday == "1951-11-01" and jaap.deceased and "2012-04-13" in repr(jaap)


def test_v09_whatsapp_numbers(desk: Desk) -> None:
    desk.read("v09-whatsapp-only.vcf")
    for number, who in (("0612340016", "Zoë Perla"), ("+31612340017", "Ria Sluis"), ("+31612340018", "Gé Veld"),
                        ("+31612340019", "Loes Dam")):
        assert desk.calls(number) == desk.finds(number[-8:]) == who
        assert plain(number) in phones(desk.card(who.split()[0]))


def test_v14_agent(desk: Desk) -> None:
    desk.read("v14-agent.vcf")
    vera = desk.card("Vera")
    assert vera.organisation == "Firma" and vera.birthday == "1980-08-09"
    assert sorted(emails(vera)) == ["vera2@example.nl", "vera@example.nl"]
    assert vera.dates == [DateRecord("wedding", "2013-08-16")] and repr(vera).count("vera2@example.nl") == 1
    assert {(a.place, a.postcode) for a in vera.addresses} == {("Werkstad", "4573 AA"), ("Thuisdorp", "4432 BB")}
    assert "assistent" in everything(desk) and "BEGIN:VCARD" not in everything(desk)
    assert phones(desk.card("Kaart")) == ["0612340031"]


def test_v18_nextcloud(desk: Desk) -> None:
    desk.read("v18-nextcloud.vcf")
    adriaan, forste = desk.card("Adriaan"), desk.card("Förste")
    assert labels(adriaan) == {"+31612340036": "mobile"} and emails(adriaan) == ["adriaan@example.nl"]
    assert adriaan.emails[0].label == ""
    assert name(forste) == ("Förste", "", "Laatst")
    assert labels(forste) == {"+31612340037": "mobile", "+31301234037": "home"} and "tel:" not in repr(forste)
    for family in ("Dag", "Twee"):
        assert desk.card("Trouw", family).dates == [DateRecord("wedding", "2018-12-06")]


def test_v19_dead(desk: Desk) -> None:
    desk.read("v19-deathdate.vcf")
    for given, died, born in (("Opa", "2025-04-15", "1930-12-02"), ("Oma", "2024-04-13", "1931-12-02")):
        card = desk.card(given)
        assert card.deceased and died in repr(card) and card.birthday == born
    desk.book.clock = FixedClock(datetime(2026, 12, 2, 9, 0))
    assert not [line for line in today.today(desk.book).lines if "Opa" in line.name or "Oma" in line.name]


def test_v20_byte_order_mark(desk: Desk) -> None:
    desk.read("v20-bom-21.vcf")
    (card,) = desk.cards()
    assert name(card) == ("Geré", "", "Bakker") and labels(card) == {"0612340201": "mobile"} and card.note == ""


def test_v22_bare_parameters(desk: Desk) -> None:
    desk.read("v22-bare-parameters.vcf")
    card = desk.card("Jet", "Kok")
    assert labels(card) == {"0301234567": "work"}
    assert home(card) == ("Caféstraat", "3", "3511AA", "Utrecht") and card.addresses[0].label == "home"


def test_v23_other_code_page(desk: Desk) -> None:
    desk.read("v23-ansi-1251.vcf")
    (card,) = desk.cards()
    right = name(card) == ("Оксана", "", "Шевченко") and card.note == "Краска 7.3"
    assert phones(card) == ["0612340204"] and (right or "geraden" in desk.said)


def test_v27_whole_name_in_one_part(desk: Desk) -> None:
    desk.read("v27-name-in-one-part.vcf")
    pieter, firm = desk.cards()
    assert pieter.family_name == "Abels" and f"{pieter.given_name} {pieter.additional_names}".strip() == "Pieter Paul"
    assert phones(pieter) == ["+31301234604"] and emails(pieter) == ["pp@example.nl"]
    assert desk.finds("Pieter Paul Abels") == "Pieter Paul Abels"
    assert desk.finds("XZY Verzekering $$$") == desk.finds("Zorgverzekeraar") == "XZY Verzekering $$$"
    assert labels(firm) == {"0612340605": "mobile", "0301234606": "home"}




@pytest.mark.parametrize("file", sorted(path.name for path in ROOT.glob("*.*") if path.suffix != ".md"))
def test_read_again_adds_nothing(desk: Desk, file: str) -> None:
    if file[0] == "i":
        desk.read("i00-klanten.vcf")
    first, before = desk.take(ROOT / file), everything(desk)
    again = desk.take(ROOT / file)
    assert (again.added, again.updated) == (0, 0) and everything(desk) == before
    assert again.read == first.read
