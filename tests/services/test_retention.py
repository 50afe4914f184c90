"""What is kept too long comes up, is forgotten a month after somebody said so, and not when they are back; and the two
papers the law asks of a shop."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kapperboek.domain.clock import FixedClock
from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord, InteractionRecord
from kapperboek.services import breaches, consents, customers, health, journal, processing, retention, upkeep
from kapperboek.services import moments as contact
from kapperboek.services.inputs import ContactInput, NewFollowUp, NewPoint
from kapperboek.storage.lookup import find_rows
from kapperboek.storage.notebook import Notebook
from kapperboek.storage.record_writer import write_all
from kapperboek.storage.tables import FollowUpRow


@pytest.fixture
def shop(book: Notebook) -> Notebook:
    """Els and Noor came last in 2018, Wim last month, Ida never but is expected."""
    old = InteractionRecord("visit", "2018-03-01T10:00")
    with book.unit_of_work("Ingelezen") as uow:
        write_all(uow, [
            CustomerRecord(given_name="Els", interactions=[old]),
            CustomerRecord(given_name="Noor", interactions=[old]),
            CustomerRecord(given_name="Wim", interactions=[old, InteractionRecord("visit", "2026-10-20T10:00")]),
            CustomerRecord(given_name="Ida", customer_since="2010-01-01",
                           interactions=[InteractionRecord("appointment", "2026-12-01T10:00")]),
        ])  # fmt: skip
    return book


def everything(book: Notebook) -> str:
    """Every word in every table."""
    tables = [row[0] for row in book.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return " ".join(str(book.rows(f'SELECT * FROM "{table}"')) for table in tables)


def names(rows: tuple[object, ...]) -> list[str]:
    return [getattr(row, "name", "") for row in rows]


def test_marking_can_be_undone_until_the_day_and_then_they_are_gone(shop: Notebook, tmp_path: Path) -> None:
    found = retention.review(shop)
    assert names(found) == ["Els", "Noor"]
    saved = retention.mark(shop, [row.customer_id for row in found], by=1)
    assert names(retention.review(shop)) == [] and retention.overview(shop).marked == 2
    journal.undo(shop, saved.change_id)
    assert names(retention.review(shop)) == ["Els", "Noor"]
    retention.mark(shop, [row.customer_id for row in found], by=1)
    assert retention.purge(shop) == 0  # the day has not come
    call = ContactInput(found[1].customer_id, "call", "2026-11-23T10:00", note="Belde zelf")
    contact.record_contact(shop, call)
    shop.clock = FixedClock(datetime(2026, 12, 23, 9))
    upkeep.daily_backup(shop, tmp_path / "backups")
    assert sorted(row[0] for row in shop.rows("SELECT full_name FROM customer")) == ["Ida", "Noor", "Wim"]


def test_kept_cards_come_up_again_in_a_year(shop: Notebook) -> None:
    els = retention.review(shop)[0].customer_id
    retention.mark(shop, [els])
    retention.keep(shop, [els])
    assert names(retention.review(shop)) == ["Noor"] and retention.marked(shop) == ()
    shop.clock = FixedClock(datetime(2027, 11, 24, 9))
    assert "Els" in names(retention.review(shop))


def test_the_time_is_the_owners(shop: Notebook) -> None:
    retention.set_years(shop, 10)
    assert retention.review(shop) == ()
    retention.set_years(shop, 0)
    assert retention.review(shop) == () and retention.purge(shop) == 0
    with pytest.raises(UserError):
        retention.set_years(shop, 99)


def test_old_contacts_go_and_the_card_stays_and_a_month_later_nothing_of_them_is_left(
    shop: Notebook, tmp_path: Path
) -> None:
    wim = customers.find(shop, "Wim").results[0].customer_id
    with shop.unit_of_work("Ingelezen") as uow:
        write_all(uow, [CustomerRecord(given_name="Piet", interactions=[
            InteractionRecord("note", "2019-05-01T10:00", note="Sprak over zijn hamster Bolle"),
            InteractionRecord("visit", "2026-11-01T10:00"),
        ])])  # fmt: skip
    piet = customers.find(shop, "Piet").results[0].customer_id
    assert retention.review(shop, "moment") == ()  # as long as the card, unless the owner chooses
    retention.set_years(shop, 5, "moment")
    found = retention.review(shop, "moment")
    assert [(row.name, row.number_old) for row in found if row.customer_id in (wim, piet)] == [("Wim", 1), ("Piet", 1)]

    saved = retention.take_out(shop, [wim, piet], "moment", by=1)
    assert len(customers.open_card(shop, piet).history) == 1 and not customers.find(shop, "Bolle").total
    journal.undo(shop)
    assert customers.find(shop, "Bolle").total == 1
    journal.undo(shop, journal.changes(shop)[0].id)
    assert saved.what == "Oude contacten van 2 kaarten verwijderd"

    saved = retention.take_out(shop, [piet], "moment", by=1)
    shop.clock = FixedClock(datetime(2026, 12, 24, 9))
    upkeep.daily_backup(shop, tmp_path / "backups")
    with pytest.raises(UserError):
        journal.undo(shop, saved.change_id)
    assert "Piet" in everything(shop) and "Bolle" not in everything(shop)


def test_the_last_contact_stays_for_a_card_is_judged_by_it(shop: Notebook) -> None:
    """Without it a customer of last year was last seen when they became one, and would be forgotten."""
    years = ("2011", "2016", "2023")
    kim = customers.new_customer(shop, CustomerRecord(
        given_name="Kim", customer_since="2010-01-01",
        interactions=[*(InteractionRecord("visit", f"{year}-05-01T10:00") for year in years),
                      InteractionRecord("mailing", "2024-01-01T10:00")],
    )).customer_id  # fmt: skip
    retention.set_years(shop, 2, "moment")
    assert [row.number_old for row in retention.review(shop, "moment") if row.name == "Kim"] == [3]
    retention.take_out(shop, [kim], "moment")
    assert [int(entry.at[:4]) for entry in customers.open_card(shop, kim).history] == [2023]
    assert names(retention.review(shop, "moment")) == ["Wim"] and "Kim" not in names(retention.review(shop))


def test_what_is_still_to_be_made_good_stays(shop: Notebook) -> None:
    """A promise without the complaint it was made for says nothing."""
    lou = customers.new_customer(shop, CustomerRecord(given_name="Lou")).customer_id
    for kind, year in (("complaint", 2015), ("question", 2016), ("call", 2017), ("call", 2026)):
        contact.record_contact(shop, ContactInput(lou, kind, f"{year}-05-01T10:00", note="Verhaal"))
    todo = NewFollowUp("Kleur overdoen", date(2026, 12, 1))
    contact.record_contact(shop, ContactInput(lou, "call", "2018-05-01T10:00", follow_up=todo))
    points = (NewPoint("Hoe was IJsland?"),)
    contact.record_contact(shop, ContactInput(lou, "call", "2019-05-01T10:00", new_points=points))
    with shop.unit_of_work("Belofte van niets in het bijzonder") as uow:
        for row in find_rows(uow, FollowUpRow, customer_id=lou, kind="promise"):
            row.origin_id = None
    retention.set_years(shop, 2, "moment")
    assert [row.number_old for row in retention.review(shop, "moment") if row.name == "Lou"] == [1]
    retention.take_out(shop, [lou], "moment")
    assert {int(entry.at[:4]) for entry in customers.open_card(shop, lou).history} == {2015, 2016, 2018, 2019, 2026}
    with shop.unit_of_work("Gedaan") as uow:
        for row in find_rows(uow, FollowUpRow, customer_id=lou):
            row.state = "done"
    retention.take_out(shop, [lou], "moment")
    assert {int(entry.at[:4]) for entry in customers.open_card(shop, lou).history} == {2019, 2026}


def test_a_copy_that_cannot_be_made_keeps_nobody(shop: Notebook, tmp_path: Path) -> None:
    retention.mark(shop, [row.customer_id for row in retention.review(shop)])
    (tmp_path / "kopie").touch()  # a file where the folder should be
    shop.clock = FixedClock(datetime(2026, 12, 24, 9))
    with pytest.raises(UserError):
        upkeep.daily_backup(shop, tmp_path / "kopie")
    assert sorted(row[0] for row in shop.rows("SELECT full_name FROM customer")) == ["Ida", "Wim"]


def test_the_journal_forgets_what_is_older_than_the_owner_wants(shop: Notebook) -> None:
    customer = customers.find(shop, "Wim").results[0].customer_id
    said = contact.record_contact(shop, ContactInput(customer, "note", "2026-11-20T10:00", note="Kocht een kajak"))
    journal.undo(shop, said.change_id)
    assert "kajak" in everything(shop)
    retention.set_years(shop, 2, "journal")
    retention.purge(shop)
    assert "kajak" in everything(shop)
    shop.clock = FixedClock(datetime(2029, 1, 1, 9))
    retention.purge(shop)
    assert "kajak" not in everything(shop)
    assert customers.count(shop) == 4


def test_old_health_facts_come_up_and_can_be_taken_out(shop: Notebook) -> None:
    customer = customers.find(shop, "Wim").results[0].customer_id
    consents.record_consent(shop, customer, "health", "post", "given", how="aan de balie")
    health.add_fact(shop, customer, "Psoriasis", how="")
    assert retention.review(shop, "health") == ()
    shop.clock = FixedClock(datetime(2029, 1, 1, 9))
    (row,) = retention.review(shop, "health")
    assert (row.customer_id, row.number_old) == (customer, 1)
    retention.take_out(shop, [customer], "health")
    assert health.look(shop, customer).facts == () and customers.open_card(shop, customer)


def test_the_register_tells_what_holds_here(shop: Notebook) -> None:
    retention.set_years(shop, 5)
    text = repr(processing.register(shop))
    for word in ("Salon Sanne", "4 klanten", "tot 5 jaar", "256 bits", "Hobby", "toestemming"):
        assert word in text, word


def test_a_leak_is_written_down_and_reported(shop: Notebook) -> None:
    with pytest.raises(UserError):
        breaches.add(shop, " ")
    breaches.add(shop, "Tablet kwijt", whose="alle klanten", measures="gewist", by=1)
    (leak,) = breaches.breaches(shop)
    assert (leak.discovered, leak.what, leak.reported) == ("22 nov 2026", "Tablet kwijt", False)
    breaches.reported(shop, leak.id, by=1)
    assert breaches.breaches(shop)[0].reported
    assert customers.count(shop) == 4
