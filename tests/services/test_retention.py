"""What is kept too long comes up, is forgotten a month after somebody said so, and not when they are back; and the two
papers the law asks of a shop."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kapperboek.domain.clock import FixedClock
from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord, InteractionRecord
from kapperboek.services import breaches, customers, journal, processing, retention, upkeep
from kapperboek.services import moments as contact
from kapperboek.services.inputs import ContactInput
from kapperboek.storage.notebook import Notebook
from kapperboek.storage.record_writer import write_all


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


def names(rows: tuple[object, ...]) -> list[str]:
    return [getattr(row, "name", "") for row in rows]


def test_marking_can_be_undone_until_the_day_and_then_they_are_gone(shop: Notebook, tmp_path: Path) -> None:
    found = retention.review(shop)
    assert names(found) == ["Els", "Noor"]
    saved = retention.mark(shop, [row.customer_id for row in found], by=1)
    assert names(retention.review(shop)) == [] and retention.overview(shop) == (7, 0, 2)
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
