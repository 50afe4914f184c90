"""After forgetting somebody no word of them is anywhere: rows, index, journal, drafts, pages, older copies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import (
    Address,
    ConsentRecord,
    CustomerRecord,
    DateRecord,
    Email,
    FollowUpRecord,
    InteractionRecord,
    Phone,
    RelationRecord,
    TalkPointRecord,
    WarningRecord,
)
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting, importing
from kapperboek.services.keeping import maintenance, notebooks
from kapperboek.services.privacy import consents, forgetting, health_facts
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file import open_file
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure as store
from kapperboek.storage.privacy import erasure_list, erasure_marks, mentions
from kapperboek.storage.records.record_writer import RecordWriter
from kapperboek.storage.recovery import backup, restore_copy
from kapperboek.storage.write import draft_store, journaled_tables
from kapperboek.storage.write.unit_of_work import unit_of_work, writing
from tests.conftest import KEY
from tests.faults import pages

ELS = CustomerRecord(
    uid="uid-qxvzaan", number="7q707", given_name="Qxvzels", prefix="van", family_name="Qxvzloon", nickname="Qxvzroep",
    organisation="Qxvzfirma", phones=[Phone("06 70717273")], emails=[Email("qxvzmail@voorbeeld.nl")],
    addresses=[Address("Qxvzstraat", "7", "8011 QX", "Qxvzstad")], birthday="1971-07-07",
    dates=[DateRecord("qxvzfeest", "--07-17")], relations=[RelationRecord("child", "Qxvzkind")],
    profile={"hobby": ["qxvzhobby"]}, warnings=[WarningRecord("Qxvzallergie", True), WarningRecord("Qxvzwaarschuwing")],
    avoid=["qxvzruzie"], wishes=["qxvzwens"], note="qxvznotitie", household="Familie Qxvzloon",
    interactions=[
        InteractionRecord("visit", "2026-10-01T10:00", treatments=["qxvzknip"], recipe="qxvzrecept", note="qxvzverhaal",
                          products=["qxvzproduct"], source_key="qxvzagenda")
    ],
    talk_points=[TalkPointRecord("qxvzpraat", outcome="qxvzantwoord", state="discussed")],
    follow_ups=[FollowUpRecord("qxvzbelofte", "2026-12-01")],
    consents=[ConsentRecord("news", "post", "given", "2026-01-01", "qxvzbalie")], extra={"qxvzsleutel": "qxvzwaarde"},
)
TRACES = (b"qxvz", b"Qxvz", b"70717273", b"7q707", b"0717273")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Notebook]:
    """A notebook with Els in every corner of it, and others, some of whom have to do with her."""
    clock = FixedClock(datetime(2026, 11, 20, 9))
    with open_notebook(tmp_path / "zaak.kapperboek", key=KEY, clock=clock, create=True) as book:
        plant(book)
        yield book


def plant(book: Notebook, first: int = 1) -> int:
    """Els and Wim, and changes of all kinds, so that the journal and the free pages hold what Els was too; ``first`` is
    the id that she gets."""
    with unit_of_work(book, "Ingelezen: twee kaarten, ook van Qxvzels van Qxvzloon", source="import") as uow:
        writer = RecordWriter(uow)
        writer.add(ELS, source="qxvztelefoon.vcf", key="qxvzkey")
        near = RelationRecord("partner", "Qxvzels", customer=ELS.uid)
        writer.add(CustomerRecord(uid="uid-wim", number="8", given_name="Wim", relations=[near], note="blijft"))
        writer.flush()
    record, version = customers.identity(book, first)
    other = replace(record, family_name="Qxvzoud", note="qxvzveranderd", wishes=[])
    customers.edit_customer(book, first, other, version=version)
    journal.undo(book)
    view = health_facts.look(book, first, by=1)
    health_facts.remove_fact(book, view.facts[0].id)
    journal.undo(book)
    consents.record_consent(book, first, "birthday", "post", "given", how="qxvzgezegd")
    draft_store.save(book, "d1", "visit", first, '{"note": "qxvzconcept"}')
    draft_store.save(book, "d2", "customer", 0, '{"said": "Qxvzels van Qxvzloon belde"}')
    draft_store.save(book, "d3", "visit", first + 1, '{"note": "van Wim"}')
    return first


def everything(book: Notebook) -> bytes:
    """Every value in every table, the words of every index, and every page of every file, free ones too."""
    found = []
    plain = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    for table in [row[0] for row in book.rows(plain)]:
        found.append(repr(book.rows(f"SELECT * FROM {table}")))
    for index in ("search_name", "search_contact", "search_text", "search_sound", "search_phone"):
        book.connection.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', '{index}', 'row')")
        found.append(repr(book.rows("SELECT term FROM temp.v")))
        book.connection.execute("DROP TABLE temp.v")
    files = [path for path in sorted(book.path.parent.iterdir()) if path.is_file()]
    ours = [path for path in files if path.suffix == ".kapperboek"]
    decrypted = [content for path in ours for _number, content in pages.pages(path, KEY)]
    return "\n".join(found).encode() + b"".join([*decrypted, *(path.read_bytes() for path in files)])


def traces(book: Notebook) -> list[bytes]:
    """Which of Els' words are still somewhere."""
    kept = everything(book)
    return [word for word in TRACES if word in kept]


def test_nothing_is_left_and_the_others_stay(shop: Notebook) -> None:
    assert set(traces(shop)) >= {b"qxvz", b"Qxvz", b"7q707"}, "the test would prove nothing"
    seen = forgetting.preview(shop, 1)
    assert dict(seen.counts)["vermeldingen op andere kaarten"] == 1 and seen.name == "Qxvzels van Qxvzloon"
    saved = forgetting.forget(shop, 1)
    assert traces(shop) == []
    assert saved.customers == {1, 2} and saved.change_id == 0
    assert integrity_check.check(shop) == []
    assert customers.open_card(shop, 2).note == "blijft" and customers.open_card(shop, 2).relations == ()
    assert [draft.id for draft in draft_store.load(shop)] == ["d3"]
    assert shop.value("SELECT count(*) FROM household") == 0
    assert not shop.path.with_name(shop.path.name + "-wal").stat().st_size > 100_000
    assert customers.find(shop, "wim").total == 1
    assert shop.value("SELECT word FROM search_word") == "wim"


def test_what_was_being_typed_is_not_written_down_after_it(shop: Notebook) -> None:
    made = customers.new_customer(shop, CustomerRecord(given_name="Bo"))
    journal.undo(shop, made.change_id)
    draft_store.save(shop, "d4", "visit", made.customer_id, '{"note": "wie teruggenomen is kan terugkomen"}')
    forgetting.forget(shop, 1)
    draft_store.save(shop, "d5", "card", 1, '{"text": "qxvzhalf"}')
    assert traces(shop) == [] and {draft.id for draft in draft_store.load(shop)} == {"d3", "d4"}


def test_an_older_copy_forgets_too_when_it_is_put_back(shop: Notebook, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    copy = backup.backup(shop, folder)
    shop.clock = FixedClock(datetime(2026, 11, 22, 9))
    forgetting.forget(shop, 1)
    list_of_them = erasure_list.beside(shop.path).read_text()
    assert "qxvz" not in list_of_them.lower() and ELS.number not in list_of_them
    key = shop.key
    shop.close()
    for leftover in restore_copy.restore(copy, shop.path, key, datetime(2026, 11, 23, 9)), folder:
        assert leftover.exists()
    with open_notebook(shop.path, key=key) as book:
        assert traces(book) == []
        assert book.value("SELECT count(*) FROM customer") == 1 and integrity_check.check(book) == []


def test_marking_somebody_reads_no_whole_journal(shop: Notebook) -> None:
    """Of 100,000 customers it holds some million rows, and nobody else can save anything meanwhile."""
    asked: list[str] = []
    with writing(shop):
        shop.connection.set_trace_callback(asked.append)
        erasure_marks.remember(shop, [1])
        shop.connection.set_trace_callback(None)
    of_the_journal = [sql for sql in asked if "FROM change_row" in sql]
    plans = [step for sql in of_the_journal for *_ids, step in shop.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert of_the_journal and not [step for step in plans if "SCAN" in step and "INDEX" not in step]


def test_the_list_goes_with_the_copies_and_outlives_the_notebook(shop: Notebook, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "backups", tmp_path / "new computer"
    folder.mkdir()
    elsewhere.mkdir()
    old = backup.backup(shop, folder)
    shop.clock = FixedClock(datetime(2026, 11, 22, 9))
    forgetting.forget(shop, 1)
    backup.backup(shop, folder)
    restore_copy.restore(old, elsewhere / "zaak.kapperboek", shop.key, datetime(2026, 11, 23, 9))
    with open_notebook(elsewhere / "zaak.kapperboek", key=shop.key) as book:
        assert traces(book) == []


def test_a_clock_that_went_back_lets_nobody_return(shop: Notebook, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    copy = backup.backup(shop, tmp_path / "backups")
    shop.clock = FixedClock(datetime(2025, 11, 22, 9))
    forgetting.forget(shop, 1)
    shop.close()
    restore_copy.restore(copy, shop.path, shop.key, datetime(2025, 11, 23, 9))
    with open_notebook(shop.path, key=shop.key) as book:
        assert traces(book) == []


def test_who_came_back_stays(shop: Notebook, tmp_path: Path) -> None:
    forgetting.forget(shop, 1)
    shop.clock = FixedClock(datetime(2026, 11, 22, 9))
    customers.new_customer(shop, CustomerRecord(uid=ELS.uid, given_name="Els"))
    copy = backup.backup(shop, tmp_path)
    shop.close()
    restore_copy.restore(copy, shop.path, shop.key, datetime(2026, 11, 23, 9))
    with open_notebook(shop.path, key=shop.key) as book:
        assert customers.find(book, "els").total == 1


def test_who_was_joined_to_them_goes_along(shop: Notebook) -> None:
    with unit_of_work(shop, "Samengevoegd") as uow:  # as merging two cards does it
        from kapperboek.storage.write.row_lookup import existing, find_rows
        from kapperboek.storage.write.tables import Customer, RelationRow

        for row in find_rows(uow, RelationRow, customer_id=1):
            row.customer_id = 2
        uow.session.flush()
        for table in journaled_tables.JOURNALED:
            if table in journaled_tables.OF_A_CUSTOMER:
                uow.execute(f"DELETE FROM {table} WHERE customer_id = 1")
        uow.execute("DELETE FROM customer_fact WHERE customer_id = 1")
        uow.delete(existing(uow, Customer, 1))
    assert b"Qxvzloon" in everything(shop)
    forgetting.forget(shop, 2)
    assert shop.rows("SELECT * FROM change_row WHERE before LIKE '%qxvz%'") == []


def test_wiping_that_was_stopped_is_done_later(shop: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "wipe", lambda _book: None)
    forgetting.forget(shop, 1)
    monkeypatch.undo()
    store.wipe(shop)
    assert traces(shop) == [] and shop.value("SELECT value FROM counter WHERE name = 'to_wipe'") == 0


def test_their_full_name_goes_from_other_peoples_cards_and_what_else_stands_there_stays(shop: Notebook) -> None:
    els = shop.value("SELECT id FROM customer WHERE uid = ?", (ELS.uid,))
    record = CustomerRecord(given_name="Bea", note="Zus van Qxvzels van Qxvzloon, houdt van kaas", interactions=[
        InteractionRecord("note", "2026-10-02T10:00", note="Komt samen met Qxvzels van Qxvzloon")])
    bea = customers.new_customer(shop, record).customer_id
    customers.new_customer(shop, CustomerRecord(given_name="Ilse", note="Qxvzels is haar buurvrouw"))
    with unit_of_work(shop, "Herschreven") as uow:
        from kapperboek.storage.write.tables import Customer

        row = uow.get(Customer, bea)
        assert row is not None
        row.note = "Houdt van kaas. Zus van Qxvzels van Qxvzloon"
    assert [name for _number, name in forgetting.preview(shop, els).named_on] == ["Wim", "Bea"]
    forgetting.forget(shop, els)
    assert shop.value("SELECT note FROM customer WHERE id = ?", (bea,)) == "Houdt van kaas. Zus van …"
    assert b"Qxvzloon" not in everything(shop) and customers.find(shop, "kaas").total == 1
    assert not customers.find(shop, "Qxvzloon").total and customers.find(shop, "buurvrouw").total == 1
    assert integrity_check.check(shop) == []


def test_who_is_forgotten_while_the_file_cannot_be_wiped_is_told_so(
    shop: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It said that nothing was left, with her words still on free pages; and of what is left elsewhere nothing."""
    with unit_of_work(shop, "x", source="import") as uow:
        writer = RecordWriter(uow)
        writer.add(CustomerRecord(given_name="Bea", note="bel 06 70717273"))
        writer.flush()
    monkeypatch.setattr(open_file, "BUSY_MS", 20)  # the other one does not stop reading, however long one waits
    shop.connection.execute("PRAGMA busy_timeout = 20")
    with shop.again() as other:
        other.connection.execute("BEGIN")
        other.rows("SELECT * FROM customer")
        said = forgetting.forget(shop, 1).what
    assert "niets meer over" not in said and "nog niet" in said and "Bea" in said
    assert store.wipe(shop) and shop.value("SELECT count(*) FROM customer WHERE id = 1") == 0


def test_forgetting_that_cannot_tell_what_is_left_forgets_nobody(
    shop: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was looked for when all was done: people heard that it had failed."""

    def broken(*_which: object) -> list[object]:
        raise UserError("disk", "stuk")

    monkeypatch.setattr(mentions, "find", broken)
    with pytest.raises(UserError):
        forgetting.forget(shop, 1)
    assert shop.value("SELECT count(*) FROM customer WHERE id = 1") == 1 and not erasure_list.known(shop.connection)


def test_wiping_waits_for_another_program_that_writes(shop: Notebook) -> None:
    """The next time somebody asks it is done."""
    shop.connection.execute("INSERT OR REPLACE INTO counter VALUES ('to_wipe', 1)")
    shop.connection.execute("PRAGMA busy_timeout = 20")
    with shop.again() as other, unit_of_work(other, "bezig"):
        assert not store.wipe(shop)
    assert store.wipe(shop)


def restored(shop: Notebook, copy: Path) -> list[bytes]:
    """What is left of Els once the copy was put in the notebook's place."""
    key, path = shop.key, shop.path
    shop.close()
    restore_copy.restore(copy, path, key, datetime(2026, 11, 23, 9))
    with open_notebook(path, key=key) as book:
        assert integrity_check.check(book) == []
        return traces(book)


def test_forgetting_that_is_refused_leaves_no_mark(shop: Notebook, tmp_path: Path) -> None:
    """The next restore deleted a customer who was there, and said nothing."""
    shop.connection.execute("PRAGMA busy_timeout = 20")
    with shop.again() as other, unit_of_work(other, "bezig"), pytest.raises(UserError):
        forgetting.forget(shop, 1)
    assert not erasure_list.known(shop.connection) and not erasure_list.beside(shop.path).exists()
    folder = tmp_path / "backups"
    folder.mkdir()
    assert restored(shop, backup.backup(shop, folder))


@pytest.mark.parametrize("lost", ["gone", "cut off", "a folder", "of an old name"])
def test_the_notebook_knows_without_its_list(shop: Notebook, tmp_path: Path, lost: str) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old = backup.backup(shop, folder)
    beside = erasure_list.beside(shop.path)
    if lost == "a folder":
        beside.mkdir()
    said = forgetting.forget(shop, 1).what
    assert (".forgotten" in said and "volgende reservekopie" in said) == (lost == "a folder")
    if lost == "gone":
        beside.unlink()
    elif lost == "cut off":
        beside.write_text("")
    elif lost == "of an old name":
        beside.rename(beside.with_name("vroeger.kapperboek.forgotten"))
    assert restored(shop, old) == []


def test_a_newer_copy_tells_an_older_one_when_only_they_were_taken_along(shop: Notebook, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "backups", tmp_path / "elders"
    folder.mkdir()
    elsewhere.mkdir()
    old = backup.backup(shop, folder)
    forgetting.forget(shop, 1)
    shop.clock = FixedClock(datetime(2026, 11, 22, 9))
    backup.backup(shop, folder)
    for path in folder.glob("*.forgotten"):
        path.unlink()
    restore_copy.restore(old, elsewhere / "nieuw.kapperboek", shop.key, datetime(2026, 11, 23, 9))
    with open_notebook(elsewhere / "nieuw.kapperboek", key=shop.key) as book:
        assert traces(book) == []


def test_who_comes_back_by_hand_or_by_rescue_is_forgotten_again(shop: Notebook, tmp_path: Path) -> None:
    """An older copy put in the notebook's place, saved from, and one that was set aside by putting one back."""
    folder = tmp_path / "backups"
    folder.mkdir()
    old = backup.backup(shop, folder)
    aside = shop.path.with_name("zaak-before-restore-2026-01-01-090000.kapperboek")
    shutil.copyfile(old, aside)
    forgetting.forget(shop, 1)
    assert not maintenance.look_after(shop, folder).rehearsal_trouble
    key, path = shop.key, shop.path
    shop.close()
    with open_notebook(aside, key=key, migrate=False) as book:
        assert traces(book) == [] and book.value("SELECT count(*) FROM customer") == 1
    older = tmp_path / "oud.kapperboek"
    shutil.copyfile(old, older)
    saved = maintenance.rescue(older, tmp_path / "gered.kapperboek", key=key, clock=shop.clock).target
    with open_notebook(saved, key=key) as book:
        assert book.value("SELECT count(*) FROM customer") == 1
    older.unlink()
    shutil.copyfile(old, path)
    with notebooks.open_(path, key=key) as book:
        assert traces(book) == [] and integrity_check.check(book) == []


@pytest.mark.parametrize("suffix", [".json", ".vcf", ".csv"])
def test_an_old_list_says_whom_it_may_bring_back(shop: Notebook, tmp_path: Path, suffix: str) -> None:
    """Nothing was said, and the .json even has the uid."""
    path = tmp_path / f"oud{suffix}"
    exporting.export_file(shop, path)
    forgetting.forget(shop, 1)
    (report,) = importing.import_files(shop, [path], leave_forgotten=True).files
    assert report.forgotten and "vergeten" in report.failed[0][2] and not customers.find(shop, "Qxvzloon").total
    for dry_run in (True, False):
        (report,) = importing.import_files(shop, [path], dry_run=dry_run).files
        (maybe,) = report.forgotten
        assert "Qxvzels" in maybe.name and {"de naam", "het telefoonnummer"} <= set(maybe.reasons)
    assert customers.find(shop, "Qxvzloon").results[0].customer_id == maybe.customer_id
    other = tmp_path / "nieuw.csv"
    other.write_text("Voornaam;Achternaam;Telefoon\nNoor;Smit;06 70717273\nQxvzels;Smit;06 11111111\n")
    (report,) = importing.import_files(shop, [other]).files
    assert [(maybe.name, maybe.reasons) for maybe in report.forgotten] == [
        ("Noor Smit 06 70717273", ("het telefoonnummer",))
    ]


def test_an_old_calendar_says_whom_it_may_bring_back(shop: Notebook, tmp_path: Path) -> None:
    """Lists did, an agenda made the card again without a word."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//NL"]
    for day in ("01", "02"):
        lines += ["BEGIN:VEVENT", f"UID:afspraak-{day}@x", f"DTSTART:202612{day}T100000", "DURATION:PT30M",
                  "SUMMARY:Qxvzels van Qxvzloon", "END:VEVENT"]
    path = tmp_path / "agenda.ics"
    path.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), "utf-8")
    forgetting.forget(shop, 1)
    (report,) = importing.import_files(shop, [path], leave_forgotten=True).files
    (maybe,) = report.forgotten
    assert (report.added, len(report.failed), maybe.customer_id) == (0, 2, 0) and "vergeten" in report.failed[0][2]
    assert not customers.find(shop, "Qxvzloon").total
    (report,) = importing.import_files(shop, [path]).files
    (maybe,) = report.forgotten
    assert maybe.reasons == ("de naam",) and "Qxvzels" in maybe.name
    assert customers.find(shop, "Qxvzloon").results[0].customer_id == maybe.customer_id
