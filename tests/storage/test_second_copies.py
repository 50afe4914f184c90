"""A copy in a second place, the monthly rehearsal, and one card out of a copy."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kapperboek.domain.errors import NotFound, UserError
from kapperboek.domain.records import CustomerRecord, Phone
from kapperboek.domain.time.clock import FixedClock
from kapperboek.domain.views.file_health import BackupState
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting
from kapperboek.services.inputs import VisitInput
from kapperboek.services.keeping import maintenance, notebooks
from kapperboek.services.moments import moments
from kapperboek.services.privacy import forgetting
from kapperboek.storage.copies import copy_names
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.migrations import runner
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import second_copies
from tests.conftest import KEY, NOW
from tests.golden import make
from tests.storage.test_migrations import ADDS_A_COLUMN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of the daily copies."""
    return tmp_path / "kopie"


@pytest.fixture
def stick(book: Notebook, tmp_path: Path) -> Path:
    """A second place, chosen."""
    place = tmp_path / "stick"
    place.mkdir()
    maintenance.choose_place(book, place)
    return place


def on(book: Notebook, days: int) -> None:
    """So many days later."""
    book.clock = FixedClock(NOW + timedelta(days=days))


def look_after(book: Notebook, folder: Path) -> BackupState:
    return maintenance.look_after(book, folder)


def test_what_is_chosen_gets_a_copy_at_once_and_every_day(book: Notebook, folder: Path, stick: Path) -> None:
    assert [path.name for path in stick.glob("*.kapperboek")] == ["salon-2026-11-22.kapperboek"]
    on(book, 1)
    customers.new_customer(book, CustomerRecord(given_name="Tine"))
    state = look_after(book, folder)
    assert (state.place, state.place_there, state.copy_trouble) == (stick, True, "")
    assert state.copied_at == NOW + timedelta(days=1)
    with open_notebook(stick / "salon-2026-11-23.kapperboek", key=KEY) as copy:
        assert copy.value("SELECT count(*) FROM customer") == 1


def test_a_stick_that_is_out_fails_nothing_and_gets_its_copy_when_it_is_back(
    book: Notebook, folder: Path, stick: Path
) -> None:
    away = stick.rename(stick.with_name("in de tas"))
    stick.mkdir()  # what a system leaves where a stick was: a folder like any other
    on(book, 2)
    state = look_after(book, folder)
    assert (state.place_there, state.copied_at, state.copy_trouble) == (False, NOW, "")
    assert not list(stick.iterdir()) and len(list(folder.glob("*.kapperboek"))) == 1
    stick.rmdir()
    away.rename(stick)
    assert look_after(book, folder).copied_at == NOW + timedelta(days=2)
    assert len(list(stick.glob("*.kapperboek"))) == 2
    maintenance.choose_place(book, None)
    on(book, 3)
    assert look_after(book, folder).place is None and len(list(stick.glob("*.kapperboek"))) == 2


def test_a_stick_that_cannot_be_written_is_told_and_stops_nothing(book: Notebook, folder: Path, stick: Path) -> None:
    on(book, 1)
    for _name in range(2):  # another's of that name, and its own
        place = copy_names.place_for(book, stick)
        place.mkdir()
        (place / "vol").touch()
    customers.new_customer(book, CustomerRecord(given_name="Tine"))
    state = look_after(book, folder)
    assert state.copy_trouble.endswith(".") and state.last is not None


def test_what_the_program_remembers_is_nobodys_change(book: Notebook, folder: Path, stick: Path) -> None:
    before = journal.changes(book)
    look_after(book, folder)
    assert journal.changes(book) == before


def test_a_copy_of_four_days_ago_is_old(book: Notebook, folder: Path) -> None:
    assert not maintenance.backup_state(book, folder).is_old  # it was only just begun
    on(book, 4)
    assert maintenance.backup_state(book, folder).is_old
    on(book, 0)
    look_after(book, folder)
    on(book, 3)
    assert not maintenance.backup_state(book, folder).is_old
    on(book, 4)
    state = maintenance.backup_state(book, folder)
    assert state.is_old and state.last is not None
    assert not look_after(book, folder).is_old


def test_putting_back_is_rehearsed_once_a_month(book: Notebook, folder: Path) -> None:
    customers.new_customer(book, CustomerRecord(given_name="Tine"))
    assert look_after(book, folder).rehearsed_at == NOW
    for days, expected in ((29, 0), (30, 30), (40, 30), (-400, -400)):
        on(book, days)
        state = look_after(book, folder)
        assert (state.rehearsed_at, state.rehearsal_trouble) == (NOW + timedelta(days=expected), "")
    assert {path.suffix for path in folder.iterdir()} == {".kapperboek"}  # nothing is left of a rehearsal


def test_a_copy_that_cannot_be_put_back_is_told(book: Notebook, folder: Path) -> None:
    customers.new_customer(book, CustomerRecord(given_name="Tine"))
    (copy,) = (maintenance.backup(book, _made(folder)),)
    content = bytearray(copy.read_bytes())
    content[9 * 4096 + 1000] ^= 4
    copy.write_bytes(content)
    assert second_copies.rehearse_when_due(book, folder) is False
    state = maintenance.backup_state(book, folder)
    assert "beschadigd" in state.rehearsal_trouble
    copy.unlink()
    maintenance.backup(book, folder)
    assert second_copies.rehearse_when_due(book, folder) is True  # not only after another month


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


# ---- one card


def a_card(book: Notebook, name: str = "Tine") -> int:
    record = CustomerRecord(given_name=name, phones=[Phone("06 11223344")], note="Houdt van Terschelling")
    card = customers.new_customer(book, record).customer_id
    moments.record_visit(book, VisitInput(card, "2026-11-01T10:00", note="Vertelde over het eiland"))
    return card


def test_a_card_that_is_gone_comes_back_whole(book: Notebook, folder: Path) -> None:
    card = a_card(book)
    before = exporting.document_of(book, card)
    copy = maintenance.backup(book, _made(folder))
    for _change in range(2):
        journal.undo(book)
    newer = customers.new_customer(book, CustomerRecord(given_name="Sindsdien")).customer_id
    saved = maintenance.bring_back(book, copy, "tine")
    assert "Tine" in saved.what and exporting.document_of(book, saved.customer_id) == before
    assert customers.open_card(book, newer) is not None
    journal.undo(book, saved.change_id)
    assert customers.find(book, "tine").total == 0


def test_a_card_that_is_there_gets_what_is_missing_and_loses_nothing(book: Notebook, folder: Path) -> None:
    card = a_card(book)
    copy = maintenance.backup(book, _made(folder))
    journal.undo(book)  # the visit
    moments.record_visit(book, VisitInput(card, "2026-11-20T10:00", note="Nieuw"))
    maintenance.bring_back(book, copy, str(customers.identity(book, card)[0].number))
    notes = {row[0] for row in book.rows("SELECT note FROM interaction WHERE customer_id = ?", (card,))}
    assert notes == {"Vertelde over het eiland", "Nieuw"}
    with pytest.raises(UserError) as caught:
        maintenance.bring_back(book, copy, "tine")
    assert caught.value.code == "nothing-new"


def test_whom_to_bring_back_must_be_clear(book: Notebook, folder: Path) -> None:
    a_card(book, "Tine")
    a_card(book, "Tineke")
    copy = maintenance.backup(book, _made(folder))
    with pytest.raises(NotFound):
        maintenance.bring_back(book, copy, "Zacharias")
    with pytest.raises(UserError) as caught:
        maintenance.bring_back(book, copy, "tin")
    assert caught.value.code == "several" and "Tineke (" in caught.value.message


def test_who_was_forgotten_stays_forgotten(book: Notebook, folder: Path) -> None:
    card = a_card(book)
    copy = maintenance.backup(book, _made(folder))
    kept = Path(shutil.copy(copy, folder / "elders.kapperboek"))
    forgetting.forget(book, card)
    with pytest.raises(UserError) as caught:
        maintenance.bring_back(book, kept, "tine")
    assert caught.value.code == "forgotten"


def test_a_card_from_a_copy_of_an_older_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = make.make(tmp_path / "oud.kapperboek")
    before = old.read_bytes()
    monkeypatch.setattr(runner, "STEPS", (*runner.STEPS, ADDS_A_COLUMN))
    monkeypatch.setattr(runner, "NEWEST", ADDS_A_COLUMN.VERSION)
    with notebooks.create(tmp_path / "nu.kapperboek", key=KEY, clock=FixedClock(datetime(2026, 11, 23, 9, 0))) as book:
        saved = maintenance.bring_back(book, old, "7")
        assert customers.find(book, "Zonneveld").total == 1 and saved.customer_id
    assert old.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"oud.kapperboek", "nu.kapperboek"}
