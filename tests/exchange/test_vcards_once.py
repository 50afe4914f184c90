"""Numbers and addresses that a card has several times stand on the customer once; and quotation marks nobody closed."""

from __future__ import annotations

from typing import Any

from kapperboek.domain.records import Address, CustomerRecord
from kapperboek.exchange.vcard.vcard import read_vcards, write_vcards
from tests.exchange.cases import Desk, emails, labels, name, phones


def test_every_number_once(desk: Desk, write: Any) -> None:
    desk.take(write(
        "BEGIN:VCARD\nVERSION:3.0\nN:Sig;Nal;;;\nTEL;TYPE=x-Signal:+31612342011\nTEL;TYPE=CELL:06-12342011\n"
        "TEL;TYPE=CELL;TYPE=pref:tel:+31612342011\nTEL;TYPE=HOME:0301232011,0301232012\nTEL;TYPE=WORK:0301232011\n"
        "EMAIL;TYPE=HOME:nal@example.nl\nEMAIL:NAL@example.nl\nEND:VCARD\n", "a.vcf",
    ))
    (nal,) = desk.cards()
    assert phones(nal) == ["+31612342011", "0301232011", "0301232012", "0301232011"]
    assert labels(nal)["+31612342011"] == "mobile" and emails(nal) == ["nal@example.nl"]


def test_a_firm_in_the_place_of_the_family_name(desk: Desk, write: Any) -> None:
    desk.take(write("BEGIN:VCARD\nVERSION:3.0\nN:Kapsalon de Schaar;;;;\nFN:Kapsalon de Schaar\nEND:VCARD\n", "a.vcf"))
    assert desk.card("Kapsalon de Schaar").family_name == "" and "naam" in desk.said


def test_our_own_street_that_ends_in_a_year_comes_back(tmp_path: Any) -> None:
    card = CustomerRecord(uid="u1", given_name="Jan", addresses=[Address("Plein 1944", "", "3811 AB", "Ede")])
    write_vcards(tmp_path / "a.vcf", [card])
    (found,) = read_vcards(tmp_path / "a.vcf")
    assert found.customer.addresses == card.addresses  # type: ignore[union-attr]


def test_a_mark_nobody_closed_leaves_the_other_cells_whole(desk: Desk, write: Any) -> None:
    desk.take(write(
        'Naam;Opmerking;Mobiel\n"Piet ""Pietje"" Vos";"houdt van; punt";0612341060\nMia Tas;"open;0612341061\n'
        '"Ria Mol";"twee\nregels";0612341062\n', "a.csv",
    ))
    piet, mia, ria = desk.cards()
    assert piet.note == "houdt van; punt" and phones(piet) == ["0612341060"] and name(ria) == ("Ria", "", "Mol")
    assert phones(mia) == ["0612341061"] and ria.note == "twee\nregels" and phones(ria) == ["0612341062"]
