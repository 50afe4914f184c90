"""What is kept too long comes up, is forgotten a month after somebody said so, and not when they are back; and the two
papers the law asks of a shop."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord, InteractionRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.inputs import ContactInput, NewFollowUp, NewPoint
from kapperboek.services.keeping import maintenance
from kapperboek.services.moments import moments as contact
from kapperboek.services.privacy import breaches, consents, health_facts, processing_register, retention
from kapperboek.storage.derived import search_index
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import clock_guard
from kapperboek.storage.write import upkeep_memory
from kapperboek.storage.write.row_lookup import find_rows
from kapperboek.storage.write.tables import FollowUpRow
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY, write_all


@pytest.fixture
def shop(book: Notebook) -> Notebook:
    """Els and Noor came last in 2018, Wim last month, Ida never but is expected."""
    old = InteractionRecord("visit", "2018-03-01T10:00")
    with unit_of_work(book, "Ingelezen") as uow:
        write_all(uow, [
            CustomerRecord(given_name="Els", interactions=[old]),
            CustomerRecord(given_name="Noor", interactions=[old]),
            CustomerRecord(given_name="Wim", interactions=[old, InteractionRecord("visit", "2026-10-20T10:00")]),
            CustomerRecord(given_name="Ida", customer_since="2010-01-01",
                           interactions=[InteractionRecord("appointment", "2026-12-01T10:00")]),
        ])
    return book


def everything(book: Notebook) -> str:
    """Every word in every table."""
    tables = [row[0] for row in book.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return " ".join(str(book.rows(f'SELECT * FROM "{table}"')) for table in tables)


def run_on(book: Notebook, folder: Path, *days: datetime) -> list[str]:
    """The program runs on these days; who there is after it."""
    for day in days:
        book.clock = FixedClock(day)
        maintenance.daily_backup(book, folder)
    return sorted(row[0] for row in book.rows("SELECT full_name FROM customer"))


def from_(year: int, month: int, day: int, number: int = 3) -> list[datetime]:
    """So many days, from this one."""
    return [datetime(year, month, day, 9) + timedelta(days=more) for more in range(number)]


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
    assert run_on(shop, tmp_path / "backups", *from_(2026, 12, 19, 5)) == ["Els", "Ida", "Noor", "Wim"]
    assert run_on(shop, tmp_path / "backups", datetime(2026, 12, 24, 9)) == ["Ida", "Noor", "Wim"]


def test_who_goes_by_themselves_goes_from_where_it_can_be_nobody_else(shop: Notebook, tmp_path: Path) -> None:
    """The window cleans those places when somebody is forgotten by hand; a month later nobody did."""
    with unit_of_work(shop, "Ingelezen") as uow:
        write_all(uow, [CustomerRecord(given_name="Zwaan", family_name="Kroostermans", customer_since="2010-01-01"),
                        CustomerRecord(given_name="Bea", note="zag Kroostermans, Zwaan"),
                        CustomerRecord(given_name="Cor", note="zag Z. Kroostermans")])
    zwaan = shop.value("SELECT id FROM customer WHERE given_name = 'Zwaan'")
    retention.mark(shop, [zwaan])
    left = run_on(shop, tmp_path, *from_(2026, 12, 24))
    assert "Zwaan Kroostermans" not in left
    note = "SELECT note FROM customer WHERE given_name = ?"
    assert (shop.value(note, ("Bea",)), shop.value(note, ("Cor",))) == ("zag …", "zag Z. Kroostermans")
    cor = shop.value("SELECT number FROM customer WHERE given_name = 'Cor'")
    said = maintenance.settled_again(shop)
    assert f"#{cor}" in said and "Kroostermans" not in said, "the owner is told where to look, and not for whom"
    maintenance.settled_was_read(shop)
    assert not maintenance.settled_again(shop)


def test_a_clock_that_is_wrong_forgets_nobody(shop: Notebook, tmp_path: Path) -> None:
    """A computer that woke up a year later forgot everybody who was marked the day before, in the copies too."""
    folder, everybody = tmp_path / "backups", ["Els", "Ida", "Noor", "Wim"]
    run_on(shop, folder, *from_(2026, 11, 20, 4))
    retention.mark(shop, [row.customer_id for row in retention.review(shop)])
    retention.set_years(shop, 2, "moment")
    wim = customers.find(shop, "Wim").results[0].customer_id
    gone = retention.take_out(shop, [wim], "moment")
    assert run_on(shop, folder, *from_(2027, 11, 24, 2)) == everybody  # a year ahead
    assert run_on(shop, folder, *from_(2026, 11, 25, 2)) == everybody
    assert run_on(shop, folder, *from_(2025, 11, 27, 4)) == everybody  # a year back
    assert run_on(shop, folder, *from_(2026, 12, 20, 2), datetime(2037, 1, 1, 9)) == everybody
    assert shop.value("SELECT count(*) FROM change_row WHERE change_id = ?", (gone.change_id,)) == 1
    assert run_on(shop, folder, *from_(2026, 12, 22, 2), datetime(2026, 12, 28, 9)) == everybody
    assert run_on(shop, folder, datetime(2026, 12, 29, 9)) == ["Ida", "Wim"]
    assert not shop.value("SELECT count(*) FROM change_row WHERE change_id = ?", (gone.change_id,))


@pytest.mark.parametrize("known", ["", "x", "2026-13-40 morgen 2026-11-01", "9999-12-31"])
def test_days_that_cannot_be_are_not_counted(shop: Notebook, known: str) -> None:
    upkeep_memory.remember(shop, days_run=known, rehearsed="kopie")
    assert clock_guard.reached(shop) is None
    assert upkeep_memory.memory(shop)["days_run"].endswith("2026-11-22") and upkeep_memory.memory(shop)["rehearsed"]


def test_who_is_forgotten_is_not_in_the_copy_of_that_day(shop: Notebook, tmp_path: Path) -> None:
    """It was made before they went."""
    retention.mark(shop, [row.customer_id for row in retention.review(shop)])
    assert run_on(shop, tmp_path / "kopie", *from_(2026, 12, 24)) == ["Ida", "Wim"]
    (copy,) = (tmp_path / "kopie").glob("*2026-12-26*.kapperboek")
    with open_notebook(copy, key=KEY) as book:
        assert sorted(row[0] for row in book.rows("SELECT full_name FROM customer")) == ["Ida", "Wim"]


def test_who_cannot_be_forgotten_now_keeps_no_copy_from_being_made(shop: Notebook, tmp_path: Path) -> None:
    retention.mark(shop, [row.customer_id for row in retention.review(shop)])
    run_on(shop, tmp_path / "kopie", *from_(2026, 12, 24, 2))
    shop.connection.execute("PRAGMA busy_timeout = 20")
    with shop.again() as other, unit_of_work(other, "bezig"), pytest.raises(UserError):
        run_on(shop, tmp_path / "kopie", datetime(2026, 12, 26, 9))
    assert len([*(tmp_path / "kopie").glob("*.kapperboek")]) == 3
    assert run_on(shop, tmp_path / "kopie", datetime(2026, 12, 26, 10)) == ["Ida", "Wim"]


def test_many_are_forgotten_a_few_at_a_time(shop: Notebook, tmp_path: Path) -> None:
    """So that nobody at the counter waits for all of them."""
    old = [InteractionRecord("visit", "2017-03-01T10:00")]
    with unit_of_work(shop, "Ingelezen") as uow:
        write_all(uow, [CustomerRecord(given_name=f"Oud{n}", interactions=old) for n in range(23)])
    retention.mark(shop, [row.customer_id for row in retention.review(shop)])
    run_on(shop, tmp_path / "kopie", *from_(2026, 12, 24, 2))
    said: list[str] = []
    shop.connection.set_trace_callback(said.append)
    assert run_on(shop, tmp_path / "kopie", datetime(2026, 12, 26, 9)) == ["Ida", "Wim"]
    shop.connection.set_trace_callback(None)
    searched = [place for place, sql in enumerate(said) if "FROM change_row WHERE before IS NOT NULL" in sql]
    assert len(searched) == 3 and sum(sql == "VACUUM" for sql in said) == 1
    assert sum("'optimize'" in sql for sql in said) == len(search_index.TABLES), "merged once, at the end"
    assert all("COMMIT" in said[one:other] for one, other in pairwise(searched))


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
    with unit_of_work(shop, "Ingelezen") as uow:
        write_all(uow, [CustomerRecord(given_name="Piet", interactions=[
            InteractionRecord("note", "2019-05-01T10:00", note="Sprak over zijn hamster Bolle"),
            InteractionRecord("visit", "2026-11-01T10:00"),
        ])])
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
    assert saved.what == "Oude contactmomenten van 2 kaarten weggehaald"

    saved = retention.take_out(shop, [piet], "moment", by=1)
    run_on(shop, tmp_path / "backups", *from_(2026, 12, 24))
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
    )).customer_id
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
    with unit_of_work(shop, "Belofte van niets in het bijzonder") as uow:
        for row in find_rows(uow, FollowUpRow, customer_id=lou, kind="promise"):
            row.origin_id = None
    retention.set_years(shop, 2, "moment")
    assert [row.number_old for row in retention.review(shop, "moment") if row.name == "Lou"] == [1]
    retention.take_out(shop, [lou], "moment")
    assert {int(entry.at[:4]) for entry in customers.open_card(shop, lou).history} == {2015, 2016, 2018, 2019, 2026}
    with unit_of_work(shop, "Gedaan") as uow:
        for row in find_rows(uow, FollowUpRow, customer_id=lou):
            row.state = "done"
    retention.take_out(shop, [lou], "moment")
    assert {int(entry.at[:4]) for entry in customers.open_card(shop, lou).history} == {2019, 2026}


def test_a_copy_that_cannot_be_made_keeps_nobody(shop: Notebook, tmp_path: Path) -> None:
    retention.mark(shop, [row.customer_id for row in retention.review(shop)])
    (tmp_path / "kopie").touch()  # a file where the folder should be
    for day in from_(2026, 12, 24):
        with pytest.raises(UserError):
            run_on(shop, tmp_path / "kopie", day)
    assert sorted(row[0] for row in shop.rows("SELECT full_name FROM customer")) == ["Ida", "Wim"]


def test_the_journal_forgets_what_is_older_than_the_owner_wants(shop: Notebook) -> None:
    customer = customers.find(shop, "Wim").results[0].customer_id
    said = contact.record_contact(shop, ContactInput(customer, "note", "2026-11-20T10:00", note="Kocht een kajak"))
    journal.undo(shop, said.change_id)
    assert "kajak" in everything(shop)
    retention.set_years(shop, 2, "journal")
    for day in from_(2026, 11, 22):
        shop.clock = FixedClock(day)
        retention.purge(shop)
    assert "kajak" in everything(shop)
    for day in from_(2029, 1, 1):
        shop.clock = FixedClock(day)
        retention.purge(shop)
    assert "kajak" not in everything(shop)
    assert customers.customer_count(shop) == 4


def test_old_health_facts_come_up_and_can_be_taken_out(shop: Notebook) -> None:
    customer = customers.find(shop, "Wim").results[0].customer_id
    consents.record_consent(shop, customer, "health", "post", "given", how="aan de balie")
    health_facts.add_fact(shop, customer, "Psoriasis", how="")
    assert retention.review(shop, "health") == ()
    shop.clock = FixedClock(datetime(2029, 1, 1, 9))
    (row,) = retention.review(shop, "health")
    assert (row.customer_id, row.number_old) == (customer, 1)
    retention.take_out(shop, [customer], "health")
    assert health_facts.look(shop, customer).facts == () and customers.open_card(shop, customer)


def test_the_register_tells_what_holds_here(shop: Notebook) -> None:
    retention.set_years(shop, 5)
    text = repr(processing_register.register(shop))
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
    assert customers.customer_count(shop) == 4
