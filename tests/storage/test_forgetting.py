"""After forgetting somebody no word of them is anywhere: rows, index, journal, drafts, pages, older copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kapperboek.domain.clock import FixedClock
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
)  # fmt: skip
from kapperboek.services import consents, customers, forgetting, health, journal
from kapperboek.storage import backup, check, drafts, forgotten
from kapperboek.storage import forgetting as store
from kapperboek.storage.notebook import Notebook
from kapperboek.storage.record_writer import RecordWriter
from tests.conftest import KEY

ELS = CustomerRecord(
    uid="uid-qxvzaan", number="70707q", given_name="Qxvzels", prefix="van", family_name="Qxvzloon", nickname="Qxvzroep",
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
)  # fmt: skip
TRACES = (b"qxvz", b"Qxvz", b"70717273", b"70707", b"0717273")


@pytest.fixture(params=[None, KEY], ids=["plain", "keyed"])
def shop(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """A notebook with Els in every corner of it, and others, some of whom have to do with her."""
    clock = FixedClock(datetime(2026, 11, 20, 9))
    with Notebook.open(tmp_path / "zaak.kapperboek", key=request.param, clock=clock, create=True) as book:
        plant(book)
        yield book


def plant(book: Notebook, first: int = 1) -> int:
    """Els and Wim, and changes of all kinds, so that the journal and the free pages hold what Els was too; ``first`` is
    the id that she gets."""
    with book.unit_of_work("Ingelezen: twee kaarten, ook van Qxvzels van Qxvzloon", source="import") as uow:
        writer = RecordWriter(uow)
        writer.add(ELS, source="qxvztelefoon.vcf", key="qxvzkey")
        near = RelationRecord("partner", "Qxvzels", customer=ELS.uid)
        writer.add(CustomerRecord(uid="uid-wim", number="8", given_name="Wim", relations=[near], note="blijft"))
        writer.flush()
    record, version = customers.identity(book, first)
    other = replace(record, family_name="Qxvzoud", note="qxvzveranderd", wishes=[])
    customers.edit_customer(book, first, other, version=version)
    journal.undo(book)
    view = health.look(book, first, by=1)
    health.remove_fact(book, view.facts[0].id)
    journal.undo(book)
    consents.record_consent(book, first, "birthday", "post", "given", how="qxvzgezegd")
    drafts.save(book, "d1", "visit", first, '{"note": "qxvzconcept"}')
    drafts.save(book, "d2", "customer", 0, '{"said": "Qxvzels van Qxvzloon belde"}')
    drafts.save(book, "d3", "visit", first + 1, '{"note": "van Wim"}')
    return first


def everything(book: Notebook) -> bytes:
    """Every value in every table, the words of every index, and every file: of a plain notebook those are its pages."""
    found = []
    plain = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    for table in [row[0] for row in book.rows(plain)]:
        found.append(repr(book.rows(f"SELECT * FROM {table}")))
    for index in ("search_name", "search_contact", "search_text", "search_sound", "search_phone"):
        book.connection.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', '{index}', 'row')")
        found.append(repr(book.rows("SELECT term FROM temp.v")))
        book.connection.execute("DROP TABLE temp.v")
    files = b"".join(path.read_bytes() for path in sorted(book.path.parent.iterdir()) if path.is_file())
    return "\n".join(found).encode() + files


def traces(book: Notebook) -> list[bytes]:
    """Which of Els' words are still somewhere."""
    kept = everything(book)
    return [word for word in TRACES if word in kept]


def test_nothing_is_left_and_the_others_stay(shop: Notebook) -> None:
    assert set(traces(shop)) >= {b"qxvz", b"Qxvz", b"70707"}, "the test would prove nothing"
    seen = forgetting.preview(shop, 1)
    assert dict(seen.counts)["vermeldingen op andere kaarten"] == 1 and seen.name == "Qxvzels van Qxvzloon"
    saved = forgetting.forget(shop, 1)
    assert traces(shop) == []
    assert saved.customers == {1, 2} and saved.change_id == 0
    assert check.check(shop) == []
    assert customers.open_card(shop, 2).note == "blijft" and customers.open_card(shop, 2).relations == ()
    assert [draft.id for draft in drafts.load(shop)] == ["d3"]
    assert shop.value("SELECT count(*) FROM household") == 0
    assert not shop.path.with_name(shop.path.name + "-wal").stat().st_size > 100_000
    assert customers.find(shop, "wim").total == 1
    assert shop.value("SELECT word FROM search_word") == "wim"


def test_what_was_being_typed_is_not_written_down_after_it(shop: Notebook) -> None:
    made = customers.new_customer(shop, CustomerRecord(given_name="Bo"))
    journal.undo(shop, made.change_id)
    drafts.save(shop, "d4", "visit", made.customer_id, '{"note": "wie teruggenomen is kan terugkomen"}')
    forgetting.forget(shop, 1)
    drafts.save(shop, "d5", "card", 1, '{"text": "qxvzhalf"}')
    assert traces(shop) == [] and {draft.id for draft in drafts.load(shop)} == {"d3", "d4"}


def test_an_older_copy_forgets_too_when_it_is_put_back(shop: Notebook, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    copy = backup.backup(shop, folder)
    shop.clock = FixedClock(datetime(2026, 11, 22, 9))
    forgetting.forget(shop, 1)
    list_of_them = forgotten.beside(shop.path).read_text()
    assert "qxvz" not in list_of_them.lower() and ELS.number not in list_of_them
    key = shop.key
    shop.close()
    for leftover in backup.restore(copy, shop.path, key, datetime(2026, 11, 23, 9)), folder:
        assert leftover.exists()
    with Notebook.open(shop.path, key=key) as book:
        assert traces(book) == []
        assert book.value("SELECT count(*) FROM customer") == 1 and check.check(book) == []


def test_the_list_goes_with_the_copies_and_outlives_the_notebook(shop: Notebook, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "backups", tmp_path / "new computer"
    folder.mkdir()
    elsewhere.mkdir()
    old = backup.backup(shop, folder)
    shop.clock = FixedClock(datetime(2026, 11, 22, 9))
    forgetting.forget(shop, 1)
    backup.backup(shop, folder)
    backup.restore(old, elsewhere / "zaak.kapperboek", shop.key, datetime(2026, 11, 23, 9))
    with Notebook.open(elsewhere / "zaak.kapperboek", key=shop.key) as book:
        assert traces(book) == []


def test_a_clock_that_went_back_lets_nobody_return(shop: Notebook, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    copy = backup.backup(shop, tmp_path / "backups")
    shop.clock = FixedClock(datetime(2025, 11, 22, 9))
    forgetting.forget(shop, 1)
    shop.close()
    backup.restore(copy, shop.path, shop.key, datetime(2025, 11, 23, 9))
    with Notebook.open(shop.path, key=shop.key) as book:
        assert traces(book) == []


def test_who_came_back_stays(shop: Notebook, tmp_path: Path) -> None:
    forgetting.forget(shop, 1)
    shop.clock = FixedClock(datetime(2026, 11, 22, 9))
    customers.new_customer(shop, CustomerRecord(uid=ELS.uid, given_name="Els"))
    copy = backup.backup(shop, tmp_path)
    shop.close()
    backup.restore(copy, shop.path, shop.key, datetime(2026, 11, 23, 9))
    with Notebook.open(shop.path, key=shop.key) as book:
        assert customers.find(book, "els").total == 1


def test_who_was_joined_to_them_goes_along(shop: Notebook) -> None:
    with shop.unit_of_work("Samengevoegd") as uow:  # as merging two cards does it
        from kapperboek.storage.lookup import existing, find_rows
        from kapperboek.storage.tables import Customer, RelationRow

        for row in find_rows(uow, RelationRow, customer_id=1):
            row.customer_id = 2
        uow.session.flush()
        for table in store.schema.JOURNALED:
            if table in store.schema.OF_A_CUSTOMER:
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
        InteractionRecord("note", "2026-10-02T10:00", note="Komt samen met Qxvzels van Qxvzloon")])  # fmt: skip
    bea = customers.new_customer(shop, record).customer_id
    customers.new_customer(shop, CustomerRecord(given_name="Ilse", note="Qxvzels is haar buurvrouw"))
    with shop.unit_of_work("Herschreven") as uow:
        from kapperboek.storage.tables import Customer

        row = uow.get(Customer, bea)
        assert row is not None
        row.note = "Houdt van kaas. Zus van Qxvzels van Qxvzloon"
    assert [name for _number, name in forgetting.preview(shop, els).named_on] == ["Wim", "Bea"]
    forgetting.forget(shop, els)
    assert shop.value("SELECT note FROM customer WHERE id = ?", (bea,)) == "Houdt van kaas. Zus van …"
    assert b"Qxvzloon" not in everything(shop) and customers.find(shop, "kaas").total == 1
    assert not customers.find(shop, "Qxvzloon").total and customers.find(shop, "buurvrouw").total == 1
    assert check.check(shop) == []


def test_who_is_forgotten_while_the_file_cannot_be_wiped_is_told_so(shop: Notebook) -> None:
    """It said that nothing was left, with her words still on free pages."""
    with shop.again() as other:
        other.connection.execute("BEGIN")
        other.rows("SELECT * FROM customer")
        said = forgetting.forget(shop, 1).what
    assert "niets meer over" not in said and "nog niet" in said
    assert store.wipe(shop) and traces(shop) == []


def test_wiping_waits_for_another_program_that_writes(shop: Notebook) -> None:
    """The next time somebody asks it is done."""
    shop.connection.execute("INSERT OR REPLACE INTO counter VALUES ('to_wipe', 1)")
    shop.connection.execute("PRAGMA busy_timeout = 20")
    with shop.again() as other, other.unit_of_work("bezig"):
        assert not store.wipe(shop)
    assert store.wipe(shop)
