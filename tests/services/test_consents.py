"""The consent register: only added to, judged now and on days gone by; health facts only with one, and looked at in
the open."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from kapperboek.domain.clock import FixedClock
from kapperboek.domain.consent import ConsentLine, allowed
from kapperboek.domain.errors import UserError
from kapperboek.domain.records import ConsentRecord, CustomerRecord, WarningRecord
from kapperboek.services import consents, customers, exporting, health, journal
from kapperboek.storage import access_log
from kapperboek.storage.notebook import Notebook

MAY = date(2026, 5, 3)


def line(state: str, day: date, purpose: str = "offers", channel: str = "email") -> ConsentLine:
    return ConsentLine(purpose, channel, state, day)


def test_the_last_word_holds_and_days_gone_by_keep_theirs() -> None:
    lines = [line("given", date(2026, 1, 1)), line("withdrawn", date(2026, 6, 1))]
    lines.append(line("given", MAY, "birthday", "post"))
    assert allowed(lines, no_advertising=False, on=MAY) == {"birthday": ["post"], "offers": ["email"]}
    assert allowed(lines, no_advertising=False) == {"birthday": ["post"]}
    old = [*lines, line("given", date(2025, 1, 1))]  # imported later, said earlier
    assert "offers" not in allowed(old, no_advertising=False)
    both = [line("given", MAY), line("withdrawn", MAY)]
    assert allowed(both, no_advertising=False) == {} and allowed(both[::-1], no_advertising=False) != {}


def test_no_advertising_outranks_everything_that_was_given_and_the_dead_get_nothing() -> None:
    """Health is no message: what was told may still be kept."""
    lines = [line("given", MAY, purpose, "post") for purpose in ("birthday", "news", "offers", "reminders", "health")]
    assert set(allowed(lines, no_advertising=True)) == {"health"}
    assert set(allowed(lines, no_advertising=True, on=MAY)) == {"health"}
    assert set(allowed(lines, no_advertising=False, deceased=True)) == {"health"}


@pytest.fixture
def els(book: Notebook) -> int:
    return customers.new_customer(book, CustomerRecord(given_name="Els"), by=1).customer_id


def test_a_line_says_who_when_how_and_in_which_words(book: Notebook, els: int) -> None:
    saved = consents.record_consent(book, els, "birthday", "post", "given", how="aan de balie", by=1)
    (entry,) = consents.register(book, els).history
    assert entry[2:7] == ("given", datetime(2026, 11, 22, 9), True, "aan de balie", "Sanne")
    assert "verjaardag" in entry.wording and "Els" in saved.what
    assert consents.allowed(book, els) == {"birthday": ["post"]}
    for wrong in (("nonsense", "post", "given"), ("news", "pigeon", "given"), ("news", "post", "perhaps")):
        with pytest.raises(UserError):
            consents.record_consent(book, els, *wrong, how="x")
    with pytest.raises(UserError):
        consents.record_consent(book, els, "news", "post", "given", how=" ")


def test_undo_appends_the_contrary_and_so_does_its_undo(book: Notebook, els: int) -> None:
    change = consents.record_consent(book, els, "news", "email", "given", how="per brief", by=1).change_id
    undone = journal.undo(book, change).change_id
    assert consents.allowed(book, els) == {}
    journal.undo(book, undone)
    assert consents.allowed(book, els) == {"news": ["email"]}
    assert [entry.state for entry in consents.register(book, els).history] == ["given", "withdrawn", "given"]
    record = CustomerRecord(given_name="Wim", consents=[ConsentRecord("news", "post", "given", "2025-01-05")])
    made = customers.new_customer(book, record)
    journal.undo(book, made.change_id)  # a card that is taken back takes its register along
    assert book.value("SELECT count(*) FROM consent WHERE customer_id = ?", (made.customer_id,)) == 0


def test_why_did_they_get_this_card_in_may(book: Notebook, els: int) -> None:
    book.clock = FixedClock(datetime(2026, 4, 1, 9))
    consents.record_consent(book, els, "offers", "post", "given", how="aan de balie")
    consents.record_consent(book, els, "birthday", "post", "given", how="aan de balie")
    book.clock = FixedClock(datetime(2026, 6, 1, 9))
    record, version = customers.identity(book, els)
    record.no_advertising = True
    customers.edit_customer(book, els, record, version=version)
    assert consents.allowed(book, els) == {}
    assert consents.allowed(book, els, date(2026, 6, 1)) == {}
    consents.record_consent(book, els, "birthday", "email", "given", how="per brief")  # said later, outranked as well
    assert consents.allowed(book, els) == {} and customers.open_card(book, els).allowed == ()
    assert consents.allowed(book, els, MAY) == {"birthday": ["post"], "offers": ["post"]}
    assert consents.allowed(book, els, date(2026, 3, 31)) == {}


def test_a_health_fact_needs_consent_which_the_same_gesture_records(book: Notebook, els: int) -> None:
    with pytest.raises(UserError) as caught:
        health.add_fact(book, els, "Latexallergie", by=1)
    assert caught.value.code == "how" and customers.open_card(book, els).health_facts == 0
    change = health.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
    health.add_fact(book, els, "Zwanger", by=1)  # the consent is on record now
    assert [entry.purpose for entry in consents.register(book, els).history] == ["health"]
    journal.undo(book)
    journal.undo(book, change.change_id)
    assert not health.look(book, els, by=1).facts and consents.allowed(book, els) == {}


def test_looking_is_written_down_and_nothing_else_shows_the_words(book: Notebook, els: int) -> None:
    saved = health.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
    card, changes = customers.open_card(book, els), journal.changes(book, els)
    assert "Latex" not in repr((card, changes, saved)) and card.health_facts == 1
    assert customers.find(book, "latexallergie").total == 0
    assert access_log.looks(book, els) == []
    view = health.look(book, els, by=1)
    assert [(fact.text, fact.staff) for fact in view.facts] == [("Latexallergie", "Sanne")] and view.consent
    assert [(look.staff, look.what) for look in access_log.looks(book, els)] == [("Sanne", "health")]
    health.remove_fact(book, view.facts[0].id, by=1)
    assert "Latex" not in repr(journal.changes(book, els))


def test_an_imported_fact_is_kept_without_consent_and_says_so(book: Notebook) -> None:
    record = CustomerRecord(given_name="Noor", warnings=[WarningRecord("PPD", True)])
    noor = customers.new_customer(book, record).customer_id
    assert [fact.text for fact in health.look(book, noor).facts] == ["PPD"]
    assert not health.look(book, noor).consent


@pytest.mark.parametrize("suffix", [".vcf", ".csv", ".xlsx", ".ics"])
def test_no_list_for_elsewhere_holds_a_health_fact(book: Notebook, els: int, suffix: str, tmp_path: Path) -> None:
    health.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
    customers.add_line(book, els, "warning", "Bellen na vijf uur", by=1)
    path = tmp_path / f"lijst{suffix}"
    exporting.export_file(book, path)
    parts = [path.read_bytes()]
    if suffix == ".xlsx":
        with ZipFile(path) as packed:
            parts = [packed.read(name) for name in packed.namelist()]
    assert not any(b"Latex" in part for part in parts)
    assert suffix not in (".csv", ".xlsx") or any(b"Bellen na vijf uur" in part for part in parts)


def test_a_document_of_one_person_is_written_down_too(book: Notebook, els: int, tmp_path: Path) -> None:
    health.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
    exporting.export_file(book, tmp_path / "alles.json")
    assert access_log.looks(book, els) == []
    exporting.export_file(book, tmp_path / "els.json", customer_id=els)
    assert "Latexallergie" in (tmp_path / "els.json").read_text("utf-8")
    assert [look.what for look in access_log.looks(book, els)] == ["document"]


def test_on_a_protected_disk_an_allergy_can_be_read(book: Notebook, els: int) -> None:
    health.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
    with Notebook.open(book.path, key=book.key, read_only=True) as protected:
        assert [fact.text for fact in health.look(protected, els).facts] == ["Latexallergie"]
