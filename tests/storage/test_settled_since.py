"""What was settled holds in an older state of the notebook, and nowhere else: practice copies, refused forgettings."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting, importing
from kapperboek.services.keeping import maintenance, notebooks, whereabouts
from kapperboek.services.privacy import consents
from kapperboek.storage.file import open_file
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure as store
from kapperboek.storage.recovery import backup, restore_copy
from kapperboek.system.key_store import KeyStore
from tests.conftest import KEY

DAY = datetime(2026, 11, 20, 9)


@pytest.fixture
def salon(tmp_path: Path) -> Path:
    """A notebook with Els and Wim, closed, and a folder for its copies."""
    (tmp_path / "backups").mkdir()
    path = tmp_path / "salon.kapperboek"
    with notebooks.create(path, key=KEY, shop_name="Salon", staff_name="", clock=FixedClock(DAY)) as book:
        add(book, "Els")
        add(book, "Wim")
    return path


def add(book: Notebook, name: str) -> int:
    return customers.new_customer(book, CustomerRecord(given_name=name, family_name="Bos")).customer_id


def opened(path: Path, days: int = 0) -> Notebook:
    return notebooks.open_(path, key=KEY, clock=FixedClock(DAY + timedelta(days=days)))


def names(book: Notebook) -> list[str]:
    return [str(name) for (name,) in book.rows("SELECT given_name FROM customer ORDER BY id")]


@pytest.mark.parametrize("used", [False, True])
def test_a_practice_copy_forgets_nobody_in_the_real_notebook(salon: Path, used: bool) -> None:
    """They share a key and a folder of copies; Els went, without a word, also out of what was set aside."""
    practice, folder = salon.with_name("oefen.kapperboek"), salon.parent / "backups"
    aside = salon.with_name("salon-before-restore-2026-01-01-090000.kapperboek")
    for target in (practice, aside):
        shutil.copyfile(salon, target)
    with opened(practice) as book:
        store.forget(book, [1])
        maintenance.look_after(book, folder)
    with opened(salon, 1) as book:
        if used:
            add(book, "Nieuw")
        state = maintenance.look_after(book, folder)
        assert names(book)[:2] == ["Els", "Wim"] and not state.settled and not state.rehearsal_trouble
    with open_notebook(aside, key=KEY) as book:
        assert names(book) == ["Els", "Wim"]
    old = folder / "salon-2026-11-21.kapperboek"
    restore_copy.restore(old, salon, KEY, DAY)
    with opened(salon, 1) as book:
        assert names(book)[:2] == ["Els", "Wim"]


def older_in_its_place(salon: Path) -> tuple[Path, Path]:
    """An older state without lists; only the copies know who was forgotten and what was withdrawn since. The folder of
    the copies, and a file with the older state."""
    folder, old = salon.parent / "backups", salon.with_name("oud.tmp")
    with opened(salon) as book:
        consents.record_consent(book, 2, "offers", "email", "given", how="balie")
    shutil.copyfile(salon, old)
    with opened(salon, 1) as book:
        store.forget(book, [1])
        consents.record_consent(book, 2, "offers", "email", "withdrawn", how="brief")
        maintenance.look_after(book, folder)
    for path in (*salon.parent.glob("*.forgotten"), *folder.glob("*.forgotten")):
        path.unlink()
    shutil.copyfile(old, salon)
    return folder, old


def test_an_older_state_put_in_its_place_forgets_and_says_so(salon: Path) -> None:
    """Only the copies know; as it was is kept, and a permission that was withdrawn since is no yes again."""
    folder, old = older_in_its_place(salon)
    with opened(salon, 2) as book:
        said = maintenance.look_after(book, folder).settled
        assert names(book) == ["Wim"] and consents.allowed(book, 2) == {}
        assert consents.register(book, 2).history[0].at.date() == (DAY + timedelta(days=1)).date()
        kept = next(salon.parent.glob("salon-as-it-was-*"))
        assert "1 " in said and kept.name in said
        maintenance.settled_was_read(book)
        assert not maintenance.look_after(book, folder).settled
    with open_notebook(kept, key=KEY) as book:
        assert names(book) == ["Els", "Wim"]
    shutil.copyfile(old, salon)
    saved = maintenance.rescue(salon, folder / "gered.kapperboek", key=KEY, clock=FixedClock(DAY)).target
    with open_notebook(saved, key=KEY) as book:
        assert names(book) == ["Wim"] and consents.allowed(book, 2) == {}


def test_who_goes_on_with_an_older_state_on_a_new_computer_takes_over_what_the_copies_know(salon: Path) -> None:
    """That it is older is told only by the copies there, so nothing was taken over when it was opened."""
    folder, _old = older_in_its_place(salon)
    keeper = KeyStore(lambda: salon.parent / "nieuw")
    with notebooks.open_(salon, key=KEY, keeper=keeper, backups=folder, clock=FixedClock(DAY)) as book:
        said = whereabouts.remark(book, keeper, folder)
        assert said is not None and said.kind == whereabouts.OLDER
        written = whereabouts.told(book, keeper, said)
        assert written is not None and {"customer", "consent"} <= written.kinds, "the window shows them no longer"
        assert names(book) == ["Wim"] and consents.allowed(book, 2) == {}
        assert "1 " in maintenance.look_after(book, folder, keeper).settled


def says(book: Notebook, state: str) -> None:
    consents.record_consent(book, 2, "offers", "email", state, how="balie")


def silenced(book: Notebook, wished: bool) -> None:
    record, version = customers.identity(book, 2)
    record.no_advertising = wished
    customers.edit_customer(book, 2, record, version=version)


def test_a_yes_after_a_no_is_no_no_again_in_a_newer_copy_put_back_over_an_older_state(salon: Path) -> None:
    """Two older states in its place: one that knows the no, and one that went on from there."""
    newer, older, branch = (salon.with_name(name) for name in ("nieuw.kapperboek", "oud.tmp", "tak.tmp"))
    with opened(salon) as book:
        says(book, "given")
        says(book, "withdrawn")
        silenced(book, True)
    shutil.copyfile(salon, older)
    with opened(salon, 1) as book:
        says(book, "given")
        silenced(book, False)
    shutil.copyfile(salon, newer)
    shutil.copyfile(older, branch)
    with opened(branch, 1) as book:
        add(book, "Ans")
        silenced(book, False)
    for state in (older, branch):
        shutil.copyfile(state, salon)
        restore_copy.restore(newer, salon, KEY, DAY + timedelta(days=2 + (state == branch)))
        with opened(salon, 2) as book:
            assert consents.allowed(book, 2) == {"offers": ["email"]}


def test_what_the_latest_copy_knows_counts_when_the_notebook_itself_is_an_older_state(salon: Path) -> None:
    """It may have said no since: a copy of between is put back."""
    folder, older = salon.parent / "backups", salon.with_name("oud.tmp")
    shutil.copyfile(salon, older)
    with opened(salon) as book:
        says(book, "given")
        between = backup.backup(book, folder)
    with opened(salon, 1) as book:
        says(book, "withdrawn")
        backup.backup(book, folder)
    shutil.copyfile(older, salon)
    restore_copy.restore(between, salon, KEY, DAY + timedelta(days=2))
    with opened(salon, 2) as book:
        assert consents.allowed(book, 2) == {}


def test_the_list_of_a_former_name_is_believed_of_an_older_state(salon: Path) -> None:
    """Renamed while it was closed, and replaced before it was opened. A practice copy has a list of its own."""
    folder, old, practice = salon.parent / "backups", salon.with_name("oud.tmp"), salon.with_name("oefen.kapperboek")
    keeper = KeyStore(lambda: salon.parent / "keys")
    for target in (old, practice):
        shutil.copyfile(salon, target)
    with opened(practice) as book:
        store.forget(book, [2])
    with opened(salon) as book:
        store.forget(book, [1])
        add(book, "Ans")
        whereabouts.settle(book, keeper)
    renamed = salon.rename(salon.with_name("winkel.kapperboek"))
    shutil.copyfile(old, renamed)
    with notebooks.open_(renamed, key=KEY, keeper=keeper, backups=folder, clock=FixedClock(DAY)) as book:
        assert names(book) == ["Wim"] and "1 " in maintenance.settled_again(book)
    with open_notebook(next(salon.parent.glob("winkel-as-it-was-*")), key=KEY) as book:
        assert names(book) == ["Els", "Wim"]


def test_people_who_went_while_the_file_could_not_be_wiped_are_counted(
    salon: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_file, "BUSY_MS", 20)  # the other one does not stop reading, however long one waits
    old = salon.with_name("oud.tmp")
    shutil.copyfile(salon, old)
    with opened(salon) as book:
        store.forget(book, [1])
    shutil.copyfile(old, salon)
    with open_notebook(salon, key=KEY) as other:
        other.connection.execute("BEGIN")
        other.rows("SELECT count(*) FROM customer")  # it reads: the log cannot be emptied
        with opened(salon) as book:
            assert names(book) == ["Wim"] and "1 " in maintenance.settled_again(book)


def test_a_copy_of_before_an_update_that_knows_them_is_thrown_away_and_not_changed(salon: Path) -> None:
    """It had been migrated, and was for nothing then: the program of before could not open it."""
    folder = salon.parent / "backups"
    copies = [salon.with_name(f"salon-before-update-from-{n}.kapperboek") for n in (1, 2)]
    shutil.copyfile(salon, copies[0])
    with opened(salon) as book:
        store.forget(book, [1])
    shutil.copyfile(salon, copies[1])
    with opened(salon, 1) as book:
        said = maintenance.look_after(book, folder).settled
    assert [path.exists() for path in copies] == [False, True] and copies[0].name in said


def test_who_came_back_out_of_a_copy_and_was_forgotten_then_is_forgotten_in_that_copy_too(salon: Path) -> None:
    folder, before = salon.parent / "backups", salon.with_name("zonder.kapperboek")
    shutil.copyfile(salon, before)
    with opened(salon) as book:
        add(book, "Ans")
        copy = backup.backup(book, folder)
    restore_copy.restore(before, salon, KEY, DAY + timedelta(days=1))
    with opened(salon, 2) as book:
        store.forget(book, [maintenance.bring_back(book, copy, "Ans Bos").customer_id])
    restore_copy.restore(copy, salon, KEY, DAY + timedelta(days=3))
    with opened(salon, 3) as book:
        assert names(book) == ["Els", "Wim"]


def test_who_came_in_anew_with_a_list_and_was_forgotten_then_is_forgotten_in_copies_of_before_too(salon: Path) -> None:
    """The card was taken back in between, so by its uid it is the same and by the moment it was made another."""
    folder, everybody = salon.parent / "backups", salon.with_name("alles.json")
    with opened(salon) as book:
        made = customers.new_customer(book, CustomerRecord(given_name="Ans", family_name="Bos"))
        exporting.export_file(book, everybody)
        copy = backup.backup(book, folder)
        journal.undo(book, made.change_id)
    with opened(salon, 2) as book:
        importing.import_files(book, [everybody])
        assert "Ans" in names(book)
        (ans,) = [id for id, name in book.rows("SELECT id, given_name FROM customer") if name == "Ans"]
        store.forget(book, [ans])
    restore_copy.restore(copy, salon, KEY, DAY + timedelta(days=3))
    with opened(salon, 3) as book:
        assert names(book) == ["Els", "Wim"]
