"""Every vCard of every maker against the truth, hostile cards, and the way out and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from kapperboek.domain.records import CustomerRecord, Email, Phone, Rejected, SourceRecord, WarningRecord
from kapperboek.exchange.detect import detect
from kapperboek.exchange.vcard.vcard import read_vcards, write_vcards
from tests.exchange.conftest import DATA, TRUTH, files
from tests.exchange.samples import customers, hold, refused, taken


@pytest.mark.parametrize("name", files("vcard"))
def test_real_files_give_their_people(name: str) -> None:
    found = list(read_vcards(DATA / name))
    assert len(found) == TRUTH[name]["cards"]
    for sample in TRUTH[name]["samples"]:
        item = found[sample["card"] - 1]
        if "label" in sample:  # the card that names nobody is reported, with what stood on it
            assert isinstance(item, Rejected) and sample["label"] in item.text
        else:
            assert isinstance(item, SourceRecord)
            hold(item.customer, sample)


def card(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


def test_a_broken_card_costs_no_other(write) -> None:
    text = (
        card("FN:Een")
        + "BEGIN:VCARD\r\nFN:Twee\r\nTEL:12345\r\n"
        + card("FN:Drie")
        + "los\r\n"
        + "BEGIN:VCARD\r\nFN:Vier"
    )
    found = list(read_vcards(write(text)))
    assert [c.given_name for c in taken(found)] == ["Een", "Twee", "Drie", "Vier"]
    assert [item.text for item in refused(found)] == ["los"]
    assert all(
        item.remarks
        for item in found
        if isinstance(item, SourceRecord) and item.customer.given_name in ("Twee", "Vier")
    )


def test_a_day_that_does_not_exist_is_kept_as_text(write) -> None:
    (found,) = read_vcards(write(card("FN:Jan", "BDAY:1980-02-31")))
    assert isinstance(found, SourceRecord)
    assert found.customer.birthday is None and "1980-02-31" in found.customer.note and found.remarks


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("--0203", "--02-03"),
        ("1980-03-22T23:59:00Z", "1980-03-22"),
        ("1604-05-06", "--05-06"),
        ("19800229", "1980-02-29"),
    ],
)
def test_birthdays_are_the_day_as_written(write, text: str, day: str) -> None:
    assert taken(read_vcards(write(card("FN:Jan", f"BDAY:{text}"))))[0].birthday == day


def test_encodings_may_differ_from_line_to_line(write) -> None:
    data = card("FN:Zoë", "N:Özdemir;Zoë;;;").encode() + card("FN:Noëlle").encode("cp1252")
    data += b"BEGIN:VCARD\nFN:Ren\xe9e\nNOTE:" + "Zoë".encode() + b"\nEND:VCARD\n"
    assert [c.given_name for c in taken(read_vcards(write(data)))] == ["Zoë", "Noëlle", "Renée"]
    assert taken(read_vcards(write(data)))[2].note == "Zoë"
    assert taken(read_vcards(write(card("FN:Zoë").encode("utf-16"))))[0].given_name == "Zoë"


def test_unusual_text_stays_text(write) -> None:
    long = "a" * 1_000_000
    lines = (
        f"NOTE:{long}",
        "TEL:bel na zes uur\\, niet eerder",
        "NICKNAME:<b>Jan</b>\x00🎂",
        "X-LIKES:drop",
        "een regel zonder dubbele punt",
    )
    (customer,) = taken(read_vcards(write(card("FN:=cmd|' /C calc'!A0 مرحبا", *lines))))
    assert customer.phones == [Phone("bel na zes uur, niet eerder")] and customer.nickname == "<b>Jan</b>\x00🎂"
    assert customer.note == long + "\nLikes: drop\neen regel zonder dubbele punt"


def test_a_card_inside_a_card_is_a_card(write) -> None:
    inner = card("FN:Assistent")
    text = f"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Baas;De\r\nAGENT:\r\n{inner}TEL:12345\r\nEND:VCARD\r\n"
    found = taken(read_vcards(write(text)))
    assert [c.given_name for c in found] == ["Assistent", "De"] and found[1].phones == [Phone("12345")]


def test_groups_are_reported(write) -> None:
    found = list(read_vcards(write(card("FN:Alle klanten", "X-ADDRESSBOOKSERVER-KIND:group"))))
    assert isinstance(found[0], Rejected) and found[0].text == "Alle klanten"


def test_dutch_names_and_streets(write) -> None:
    (c,) = taken(
        read_vcards(
            write(
                card(
                    "N:van der Veen;Marieke;;;",
                    "FN:Marieke van der Veen",
                    "ADR:;;Dorpsstraat 12a;Zwolle;;8011 AB;NL",
                )
            )
        )
    )
    assert (c.given_name, c.prefix, c.family_name, c.display_name) == ("Marieke", "van der", "Veen", "")
    assert (c.addresses[0].street, c.addresses[0].number) == ("Dorpsstraat", "12a")


@settings(max_examples=60, deadline=None)
@given(customers())
def test_out_and_back_is_the_same(tmp_path_factory: pytest.TempPathFactory, customer: CustomerRecord) -> None:
    path: Path = tmp_path_factory.mktemp("vcf") / "uit.vcf"
    assert write_vcards(path, [customer]) == 1
    assert all(len(line) <= 75 for line in path.read_bytes().split(b"\r\n"))
    found = list(read_vcards(path))
    assert taken(found) == [customer] and isinstance(found[0], SourceRecord) and found[0].key == customer.uid


def test_what_is_private_stays_at_home(tmp_path: Path) -> None:
    customer = CustomerRecord(given_name="Jan", warnings=[WarningRecord("ammoniak", True)], avoid=["de scheiding"])
    write_vcards(tmp_path / "a.vcf", [customer])
    assert (
        b"ammoniak" not in (tmp_path / "a.vcf").read_bytes() and b"scheiding" not in (tmp_path / "a.vcf").read_bytes()
    )


def test_only_an_address_of_mail_is_somebody(tmp_path: Path) -> None:
    customer = CustomerRecord(emails=[Email("a@b.nl")], uid="u1")
    write_vcards(tmp_path / "a.vcf", [customer])
    back = taken(read_vcards(tmp_path / "a.vcf"))
    assert [(c.emails, c.given_name) for c in back] == [(customer.emails, "")]


def test_a_card_full_of_quotation_marks_takes_no_time(write) -> None:
    text = card("FN:Jan", 'X-A;B="' + 'a"b:' * 200 + '"', 'X-C;D="x' + ' y="z' * 3000, 'TEL;X="a:b":12345')
    (customer,) = taken(read_vcards(write(text)))
    assert customer.given_name == "Jan" and customer.phones == [Phone("12345")]


def test_what_android_telephones_keep_in_their_own_words(write) -> None:
    own = "X-ANDROID-CUSTOM:vnd.android.cursor.item/"
    (c,) = taken(read_vcards(write(card(
        "N:Veen;Zoë;;;", "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4D=61=6D=61):0612345679",
        "TEL;X-Oppas:0612345670", own + "nickname;Zo;1;;;;", own + "contact_event;1985-11-23;3;;;",
        own + "contact_event;2010-06-14;1;;;", own + "contact_event;2012-01-02;0;eerste bezoek;;",
        own + "relation;Piet;14;;;", own + "relation;Boris;0;hond;;",
    ))))
    assert [(phone.value, phone.label) for phone in c.phones] == [("0612345679", "Mama"), ("0612345670", "oppas")]
    assert (c.nickname, c.birthday, c.note) == ("Zo", "1985-11-23", "")
    assert [(date.what, date.on) for date in c.dates] == [("wedding", "2010-06-14"), ("eerste bezoek", "2012-01-02")]
    assert [(relation.kind, relation.name) for relation in c.relations] == [("spouse", "Piet"), ("hond", "Boris")]


def test_types_and_handles_as_roundcube_and_kde_write_them(write) -> None:
    (c,) = taken(read_vcards(write(card(
        "FN:Jan", "TEL;TYPE=homefax:1", "TEL;TYPE=work2:2", "TEL;TYPE=HOME,TYPE=VOICE:3", "X-SKYPE-USERNAME:jan",
        "X-messaging/twitter-All:jan\ue000piet", "X-DEPARTMENT:kassa", "X-IRMC-LUID:000200",
    ))))
    assert [phone.label for phone in c.phones] == ["home fax", "work", "home"]
    assert [(h.value, h.label) for h in c.handles] == [("jan", "skype"), ("jan", "twitter"), ("piet", "twitter")]
    assert (c.department, c.note) == ("kassa", "")


def test_a_card_of_an_old_mac_in_utf16_is_a_card(write) -> None:
    path = write(card("FN:Zoë", "N:;Zoë").replace("\r\n", "\r").lower().encode("utf-16-be"))
    assert detect(path) == "vcard"
    assert [c.given_name for c in taken(read_vcards(path))] == ["zoë"]
