"""Cards: made, edited by difference, found, and who they may already be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kapperboek.domain.errors import ChangedMeanwhile, NotFound, UserError
from kapperboek.domain.records import (
    Address,
    CustomerRecord,
    DateRecord,
    Email,
    Phone,
    RelationRecord,
    WarningRecord,
)
from kapperboek.domain.views.list_views import CustomerFilter
from kapperboek.services import journal
from kapperboek.services.amount_parsing import amount_text, parse_amount
from kapperboek.services.customers import customers
from kapperboek.storage.records.record_reader import read_customer

if TYPE_CHECKING:
    from kapperboek.storage.file.notebook import Notebook


def full() -> CustomerRecord:
    """A card with something of everything the edit dialog shows."""
    return CustomerRecord(
        given_name="Marieke",
        prefix="van der",
        family_name="Veen",
        number="412",
        phones=[Phone("06 12 34 56 78", "mobile"), Phone("038-1234567")],
        emails=[Email("m@voorbeeld.nl")],
        addresses=[Address("Dorpsstraat", "12", "8011 AB", "Zwolle", "NL")],
        birthday="1985-11-23",
        dates=[DateRecord("wedding", "--06-14")],
        relations=[RelationRecord("child", "Fleur", "2010-11-26")],
        profile={"hobby": ["hardlopen"], "job": "verpleegkundige"},
        warnings=[WarningRecord("Gevoelige hoofdhuid", True)],
        avoid=["de scheiding"],
        wishes=["liefst stil"],
        regular_staff="Sanne",
    )


def test_a_first_name_is_enough(book: Notebook) -> None:
    saved = customers.new_customer(book, CustomerRecord(given_name="Wim"), by=1)
    assert customers.open_card(book, saved.customer_id).name == "Wim"
    assert saved.what == "Kaart van Wim gemaakt"


def test_an_empty_card_is_refused(book: Notebook) -> None:
    with pytest.raises(UserError) as caught:
        customers.new_customer(book, CustomerRecord(note="  "))
    assert caught.value.code == "empty"


def test_mistakes_name_their_field(book: Notebook) -> None:
    with pytest.raises(UserError) as caught:
        customers.new_customer(book, CustomerRecord(given_name="Wim", birthday="1985-02-31"))
    assert caught.value.code == "birthday"


def test_what_is_saved_is_read_back(book: Notebook) -> None:
    customer_id = customers.new_customer(book, full(), by=1).customer_id
    record = read_customer(book, customer_id)
    record.uid = ""
    assert record == full()
    assert customers.identity(book, customer_id)[0].warnings == []  # a health fact is no business of the edit dialog


def test_editing_writes_the_difference_only(book: Notebook) -> None:
    customer_id = customers.new_customer(book, full(), by=1).customer_id
    record, version = customers.identity(book, customer_id)
    record.phones[0].value = "06 87 65 43 21"
    record.family_name = "Veen-Bakker"
    record.wishes.append("koffie zwart")
    saved = customers.edit_customer(book, customer_id, record, version=version, by=1)
    assert saved.kinds == {"customer", "contact_point", "card_line"}
    after, newer = customers.identity(book, customer_id)
    assert after == record and newer != version
    assert [found.customer_id for found in customers.find(book, "06 8765").results] == [customer_id]
    journal.undo(book)
    back = read_customer(book, customer_id)
    back.uid = ""
    assert back == full()


def test_an_edit_that_changes_nothing_writes_nothing(book: Notebook) -> None:
    customer_id = customers.new_customer(book, full(), by=1).customer_id
    record, version = customers.identity(book, customer_id)
    assert customers.edit_customer(book, customer_id, record, version=version, by=1).change_id == 0


def test_removing_everything_removable(book: Notebook) -> None:
    customer_id = customers.new_customer(book, full(), by=1).customer_id
    record, version = customers.identity(book, customer_id)
    bare = CustomerRecord(uid=record.uid, number=record.number, given_name="Marieke")
    customers.edit_customer(book, customer_id, bare, version=version, by=1)
    assert customers.identity(book, customer_id)[0] == bare


@pytest.mark.parametrize("what", ["name", "phone", "warning"])
def test_a_colleague_was_first(book: Notebook, what: str) -> None:
    customer_id = customers.new_customer(book, full(), by=1).customer_id
    mine, version = customers.identity(book, customer_id)
    theirs, _same = customers.identity(book, customer_id)
    if what == "name":
        theirs.given_name = "Marijke"
    elif what == "phone":
        theirs.phones.append(Phone("Marijke"))
    else:
        theirs.warnings.append(WarningRecord("Marijke"))
    customers.edit_customer(book, customer_id, theirs, version=version, by=1)
    mine.nickname = "Riek"
    with pytest.raises(ChangedMeanwhile) as caught:
        customers.edit_customer(book, customer_id, mine, version=version, by=1)
    assert "Marijke" in caught.value.theirs and "Marijke" not in caught.value.ours


def test_a_number_that_is_taken(book: Notebook) -> None:
    customers.new_customer(book, full())
    other = customers.new_customer(book, CustomerRecord(given_name="Wim")).customer_id
    record, version = customers.identity(book, other)
    record.number = "412"
    with pytest.raises(UserError) as caught:
        customers.edit_customer(book, other, record, version=version)
    assert caught.value.code == "number" and "Marieke" in caught.value.message


def test_profile(book: Notebook) -> None:
    customer_id = customers.new_customer(book, CustomerRecord(given_name="Wim")).customer_id
    customers.set_profile(book, customer_id, "hobby", ["vissen"], by=1)
    customers.set_profile(book, customer_id, "job", None, state="refused", by=1)
    customers.set_profile(book, customer_id, "coffee", None, state="later", by=1)
    known = {one.key: (one.state, one.tags) for one in customers.open_card(book, customer_id).knowledge}
    assert known["hobby"] == ("known", ("vissen",))
    assert known["job"][0] == "refused"
    record, version = customers.identity(book, customer_id)
    assert record.profile == {"hobby": ["vissen"]} and record.profile_refused == ["job"]
    customers.edit_customer(book, customer_id, record, version=version)  # a question put off survives an edit
    assert {one.key: one.state for one in customers.open_card(book, customer_id).knowledge}["coffee"] == "later"
    customers.set_profile(book, customer_id, "hobby", None, by=1)
    assert customers.identity(book, customer_id)[0].profile == {}
    with pytest.raises(NotFound):
        customers.set_profile(book, customer_id, "nonsense", "x")


@pytest.mark.parametrize("way", ["the form", "a file"])
def test_a_question_put_off_is_answered_another_way(book: Notebook, way: str) -> None:
    customer_id = customers.new_customer(book, CustomerRecord(given_name="Els")).customer_id
    customers.set_profile(book, customer_id, "coffee", None, state="later", by=1)
    record, version = customers.identity(book, customer_id)
    record.profile["coffee"] = "zwart"
    if way == "the form":
        customers.edit_customer(book, customer_id, record, version=version)
    else:
        customers.take_along(book, customer_id, record)
    assert read_customer(book, customer_id).profile["coffee"] == "zwart"
    assert {one.key: one.state for one in customers.open_card(book, customer_id).knowledge}["coffee"] == "known"


def test_lines(book: Notebook) -> None:
    customer_id = customers.new_customer(book, CustomerRecord(given_name="Wim")).customer_id
    customers.add_line(book, customer_id, "warning", "Bellen na vijf uur", by=1)
    (line,) = customers.open_card(book, customer_id).warnings
    assert (line.text, line.staff) == ("Bellen na vijf uur", "Sanne")
    customers.remove_line(book, line.id, by=1)
    assert customers.open_card(book, customer_id).warnings == ()
    with pytest.raises(UserError):
        customers.add_line(book, customer_id, "wish", " ")


def test_taking_along_never_removes(book: Notebook) -> None:
    customer_id = customers.new_customer(book, full()).customer_id
    typed = CustomerRecord(given_name="Marieke", phones=[Phone("0612345678"), Phone("0201234567")], nickname="Riek")
    customers.take_along(book, customer_id, typed, by=1)
    record, _version = customers.identity(book, customer_id)
    assert [phone.value for phone in record.phones] == ["06 12 34 56 78", "038-1234567", "0201234567"]
    assert (record.nickname, record.family_name) == ("Riek", "Veen")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "M. Janssen, 06 12345678",
            CustomerRecord(initials="M.", family_name="Janssen", phones=[Phone("06 12345678")]),
        ),
        (
            "marieke van der veen",
            CustomerRecord(given_name="Marieke", prefix="van der", family_name="Veen"),
        ),
        ("Wim 23-11-1985", CustomerRecord(given_name="Wim", birthday="1985-11-23")),
        ("wim@voorbeeld.nl", CustomerRecord(emails=[Email("wim@voorbeeld.nl")])),
        ("038-1234567", CustomerRecord(phones=[Phone("038-1234567")])),
        ("4711", CustomerRecord(number="4711")),
        ("", CustomerRecord()),
    ],
)
def test_what_was_typed_lands_in_the_right_field(text: str, expected: CustomerRecord) -> None:
    assert customers.record_from_text(text) == expected


def test_may_exist(book: Notebook) -> None:
    record = full()
    record.organisation, record.department = "Isala", "inkoop"
    customers.new_customer(book, record)
    typed = CustomerRecord(given_name="Marieke", family_name="Veen", phones=[Phone("+31612345678")])
    (likeness,) = customers.may_exist(book, typed)
    assert likeness.number == "412" and likeness.reasons and likeness.score > 0.35
    assert likeness.detail.startswith("Isala, inkoop · ")
    assert customers.may_exist(book, CustomerRecord(given_name="Geert", family_name="Bos")) == ()


def test_lists_and_lookups(salon: Notebook) -> None:
    ids = customers.list_customers(salon, CustomerFilter())
    assert len(ids) == 300
    row = customers.customer_rows(salon, ids[:1])[0]
    assert customers.card_by_number(salon, row.number) == ids[0]
    with pytest.raises(NotFound):
        customers.card_by_number(salon, "999999")
    assert customers.all_tags(salon)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("96,50", 9650),
        ("€ 96.50", 9650),
        ("96", 9600),
        ("1.234,00", 123400),
        ("1,234.50", 123450),
        ("1 234", 123400),
        ("45,-", 4500),
        ("45,--", 4500),
        ("0,5", 50),
        ("12 euro", 1200),
        ("", None),
    ],
)
def test_amounts(typed: str, cents: int | None) -> None:
    assert parse_amount(typed) == cents


@pytest.mark.parametrize("typed", ["veel", "-5", "1,234", "9" * 20, "12,345,6", "1e3"])
def test_what_is_no_amount(typed: str) -> None:
    if typed == "1,234":
        assert parse_amount(typed) == 123400
        return
    with pytest.raises(UserError) as caught:
        parse_amount(typed)
    assert caught.value.code == "amount"


def test_an_amount_to_type_over() -> None:
    assert (amount_text(9650), amount_text(None)) == ("96,50", "")


@pytest.mark.parametrize(
    ("typed", "given", "family", "organisation"),
    [
        ("M. Janssen, van Isala", "", "Janssen", "Isala"),
        ("Marieke J", "Marieke", "J", ""),
        ("Veen, van der, Marieke", "Marieke", "Veen", ""),
        ("piet jansen", "Piet", "Jansen", ""),
        ("garage Smit bv", "", "", "garage Smit bv"),
        ("Smit & Zn b.v.", "", "", "Smit & Zn b.v."),
        ("Friseur Müller GmbH", "", "", "Friseur Müller GmbH"),
        ("Ahmed Yilmaz, van Bakkerij Yilmaz bv", "Ahmed", "Yilmaz", "Bakkerij Yilmaz bv"),
        ("Jansen C.V.", "", "Jansen", ""),
        ("Garage Smit", "Garage", "Smit", ""),
    ],
)
def test_what_is_typed_gets_into_the_right_fields(typed: str, given: str, family: str, organisation: str) -> None:
    record = customers.record_from_text(typed)
    assert (record.given_name, record.family_name, record.organisation) == (given, family, organisation)


def test_initials_are_shown_where_there_is_no_first_name(book: Notebook) -> None:
    typed = customers.new_customer(book, customers.record_from_text("M. Janssen, van Isala")).customer_id
    read = CustomerRecord(initials="J.P.", prefix="de", family_name="Vries", display_name="J.P. de Vries")
    imported = customers.new_customer(book, read).customer_id
    record, version = customers.identity(book, imported)
    customers.edit_customer(book, imported, replace(record, family_name="Vriesland", display_name=""), version=version)
    rows = customers.customer_rows(book, customers.list_customers(book, CustomerFilter()))
    assert {row.name for row in rows} == {"M. Janssen", "J.P. de Vriesland"}
    assert customers.find(book, "j.p. vriesl").results[0].name == "J.P. de Vriesland"
    assert customers.open_card(book, typed).name == "M. Janssen"
