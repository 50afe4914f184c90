"""The consent register: only added to, judged now and on days gone by; health facts only with one, and looked at in
the open."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from kapperboek.domain.errors import UserError
from kapperboek.domain.law.consent import ConsentLine, allowed
from kapperboek.domain.records import ConsentRecord, CustomerRecord, WarningRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting, importing
from kapperboek.services.privacy import consents, health_facts
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import access_log
from kapperboek.storage.recovery import backup, restore_copy

MAY = date(2026, 5, 3)


def line(state: str, day: date, purpose: str = "offers", channel: str = "email") -> ConsentLine:
    return ConsentLine(purpose, channel, state, day)


def test_the_last_word_holds_and_days_gone_by_keep_theirs() -> None:
    lines = [line("given", date(2026, 1, 1)), line("withdrawn", date(2026, 6, 1))]
    lines.append(line("given", MAY, "birthday", "post"))
    assert allowed(lines, no_advertising=False, on=MAY) == {"birthday": ["post"], "offers": ["email"]}
    assert allowed(lines, no_advertising=False) == {"birthday": ["post"]}
    wrong_clock = [line("given", date(2026, 11, 30)), line("withdrawn", date(2026, 11, 1))]
    assert allowed(wrong_clock, no_advertising=False) == {}, "the order is that of writing down"
    assert allowed(wrong_clock, no_advertising=False, on=date(2026, 12, 1)) == {}
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


def states(book: Notebook, customer_id: int) -> list[str]:
    return [entry.state for entry in reversed(consents.register(book, customer_id).history)]


def test_undo_puts_back_what_held_before_and_invents_nothing(book: Notebook, els: int) -> None:
    """Ctrl+Z after "withdrawn" by mistake made a consent that nobody ever gave."""

    def say(state: str, purpose: str = "news") -> int:
        saved = consents.record_consent(book, els, purpose, "email", state, how="per brief", by=1)
        return saved.change_id

    undone = journal.undo(book, say("withdrawn")).change_id
    assert consents.allowed(book, els) == {} and states(book, els) == ["withdrawn", "unasked"]
    again = journal.undo(book, undone).change_id
    assert states(book, els)[2:] == ["withdrawn"]
    journal.undo(book, again)
    assert states(book, els)[3:] == ["unasked"]
    first, second = say("given"), say("given")
    assert consents.allowed(book, els) == {"news": ["email"]}
    journal.undo(book, second)
    assert consents.allowed(book, els) == {"news": ["email"]}, "it was given before"
    stop = say("withdrawn")
    journal.undo(book, first)
    assert consents.allowed(book, els) == {}, "what was said later stands"
    journal.undo(book, stop)
    assert consents.allowed(book, els) == {}, "neither of the two that gave it stands any more"
    journal.undo(book, say("withdrawn", "health"))
    assert "health" not in consents.allowed(book, els)


def test_a_card_that_is_taken_back_takes_its_register_along(book: Notebook) -> None:
    record = CustomerRecord(given_name="Wim", consents=[ConsentRecord("news", "post", "given", "2025-01-05")])
    made = customers.new_customer(book, record)
    journal.undo(book, made.change_id)
    assert book.value("SELECT count(*) FROM consent WHERE customer_id = ?", (made.customer_id,)) == 0


def test_a_withdrawal_counts_from_the_moment_it_is_known_whatever_the_clock_says(book: Notebook, els: int) -> None:
    book.clock = FixedClock(datetime(2026, 11, 30, 9))
    consents.record_consent(book, els, "offers", "email", "given", how="aan de balie")
    book.clock = FixedClock(datetime(2026, 11, 1, 9))
    consents.record_consent(book, els, "offers", "email", "withdrawn", how="aan de balie")
    book.clock = FixedClock(datetime(2026, 12, 30, 9))
    assert consents.allowed(book, els) == {} == consents.allowed(book, els, date(2026, 12, 1))


def consented(book: Notebook, path: Path, *lines: dict[str, str], uid: str = "u") -> list[str]:
    """Import a document with one customer of these consents; what the import says."""
    said = [{"purpose": "offers", "channel": "email", "how": "lijst", **line} for line in lines]
    document = {"kapperboek": 1, "customers": [{"uid": uid, "given_name": "Noor", "consents": said}]}
    path.write_text(json.dumps(document), "utf-8")
    (report,) = importing.import_files(book, [path]).files
    assert report.added + report.updated == 1 and not report.failed
    return list(report.remarks)


@pytest.mark.parametrize("day", ["2099-01-01", "not a date", "0001-01-01", "", "2026-11-22T23:59:00Z"])
def test_a_day_that_cannot_be_gives_no_consent_but_ends_one(book: Notebook, tmp_path: Path, day: str) -> None:
    path = tmp_path / "oud.json"
    (told,) = consented(book, path, {"state": "given", "at": day})
    assert "1" in told and "Noor" in told
    noor = int(book.value("SELECT max(id) FROM customer"))
    assert consents.allowed(book, noor) == {} and states(book, noor) == []
    consents.record_consent(book, noor, "offers", "email", "given", how="aan de balie")
    (told,) = consented(book, path, {"state": "withdrawn", "at": day})
    assert "Noor" in told and consents.allowed(book, noor) == {}
    assert consents.register(book, noor).history[0].at.date() == date(2026, 11, 22)


def test_an_older_yes_that_is_imported_later_ends_no_withdrawal(book: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "oud.json"
    lines = [{"state": "withdrawn", "at": "2026-06-01"}, {"state": "given", "at": "2025-01-01"}]
    consented(book, path, *lines)
    noor = int(book.value("SELECT max(id) FROM customer"))
    assert consents.allowed(book, noor) == {}
    consents.record_consent(book, noor, "offers", "email", "given", how="aan de balie")
    assert consents.allowed(book, noor) == {"offers": ["email"]}
    consents.record_consent(book, noor, "offers", "email", "withdrawn", how="aan de balie")
    consented(book, path, {"state": "given", "at": "2025-02-01"})
    assert consents.allowed(book, noor) == {} and states(book, noor)[-2:] == ["given", "withdrawn"]


@pytest.mark.parametrize(
    ("no", "yes", "holds"),
    [
        ("2026-06-01T08:00:00Z", "2026-06-01T06:00:00Z", "withdrawn"),
        ("2026-06-01T08:00:00Z", "2026-06-01T09:00:00Z", "given"),
        ("2026-06-01T08:00:00Z", "2026-06-01", "withdrawn"),
        ("2026-05-31T22:30:00Z", "2026-06-01", "withdrawn"),  # half past midnight in the shop
        ("2026-06-01", "2026-06-02", "given"),
    ],
)
def test_of_a_yes_and_a_no_of_one_day_the_no_holds(
    book: Notebook, tmp_path: Path, no: str, yes: str, holds: str
) -> None:
    consented(book, tmp_path / "a.json", {"state": "withdrawn", "at": no}, {"state": "given", "at": yes})
    assert states(book, int(book.value("SELECT max(id) FROM customer")))[-1] == holds


def test_a_withdrawal_of_a_clock_that_was_ahead_counts_today(book: Notebook, els: int) -> None:
    consents.record_consent(book, els, "offers", "email", "given", how="aan de balie")
    now, book.clock = book.clock, FixedClock(datetime(2027, 11, 20, 9))
    consents.record_consent(book, els, "offers", "email", "withdrawn", how="aan de balie")
    book.clock = now
    assert consents.allowed(book, els, now.today()) == {} == consents.allowed(book, els)


def test_putting_a_copy_back_ends_no_withdrawal(book: Notebook, els: int, tmp_path: Path) -> None:
    """Who said stop yesterday was sent offers again when the copy of last week was put back."""
    bea = customers.new_customer(book, CustomerRecord(given_name="Bea"), by=1).customer_id
    for who in (els, bea):
        consents.record_consent(book, who, "offers", "email", "given", how="aan de balie")
    (tmp_path / "kopie").mkdir()
    copy = backup.backup(book, tmp_path / "kopie")
    consents.record_consent(book, els, "offers", "email", "withdrawn", how="aan de telefoon")
    record, version = customers.identity(book, bea)
    record.no_advertising = True
    customers.edit_customer(book, bea, record, version=version)
    path, key = book.path, book.key
    book.close()
    restore_copy.restore(copy, path, key, datetime(2026, 11, 23, 9))
    with open_notebook(path, key=key) as back:
        assert consents.allowed(back, els) == {} == consents.allowed(back, bea)
        assert "aan de telefoon" in consents.register(back, els).history[0].how
        assert integrity_check.check(back) == []


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
        health_facts.add_fact(book, els, "Latexallergie", by=1)
    assert caught.value.code == "how" and customers.open_card(book, els).health_facts == 0
    change = health_facts.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
    health_facts.add_fact(book, els, "Zwanger", by=1)  # the consent is on record now
    assert [entry.purpose for entry in consents.register(book, els).history] == ["health"]
    journal.undo(book)
    journal.undo(book, change.change_id)
    assert not health_facts.look(book, els, by=1).facts and consents.allowed(book, els) == {}


def test_looking_is_written_down_and_nothing_else_shows_the_words(book: Notebook, els: int) -> None:
    saved = health_facts.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
    card, changes = customers.open_card(book, els), journal.changes(book, els)
    assert "Latex" not in repr((card, changes, saved)) and card.health_facts == 1
    assert customers.find(book, "latexallergie").total == 0
    assert access_log.looks(book, els) == []
    view = health_facts.look(book, els, by=1)
    assert [(fact.text, fact.staff) for fact in view.facts] == [("Latexallergie", "Sanne")] and view.consent
    assert [(look.staff, look.what) for look in access_log.looks(book, els)] == [("Sanne", "health")]
    health_facts.remove_fact(book, view.facts[0].id, by=1)
    assert "Latex" not in repr(journal.changes(book, els))


def test_an_imported_fact_is_kept_without_consent_and_says_so(book: Notebook) -> None:
    record = CustomerRecord(given_name="Noor", warnings=[WarningRecord("PPD", True)])
    noor = customers.new_customer(book, record).customer_id
    assert [fact.text for fact in health_facts.look(book, noor).facts] == ["PPD"]
    assert not health_facts.look(book, noor).consent


@pytest.mark.parametrize("suffix", [".vcf", ".csv", ".xlsx", ".ics"])
def test_no_list_for_elsewhere_holds_a_health_fact(book: Notebook, els: int, suffix: str, tmp_path: Path) -> None:
    health_facts.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
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
    health_facts.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
    exporting.export_file(book, tmp_path / "alles.json")
    assert [look.what for look in access_log.looks(book, els)] == ["export"]
    exporting.export_file(book, tmp_path / "els.json", customer_id=els)
    assert "Latexallergie" in (tmp_path / "els.json").read_text("utf-8")
    assert sorted(look.what for look in access_log.looks(book, els)) == ["document", "export"]


def test_on_a_protected_disk_an_allergy_can_be_read(book: Notebook, els: int) -> None:
    health_facts.add_fact(book, els, "Latexallergie", how="zelf verteld", by=1)
    with open_notebook(book.path, key=book.key, read_only=True) as protected:
        assert [fact.text for fact in health_facts.look(protected, els).facts] == ["Latexallergie"]
