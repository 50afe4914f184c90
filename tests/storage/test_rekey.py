"""Another key for a notebook: everything is there, the old key opens nothing, and a crash loses nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting
from kapperboek.services.keeping import maintenance, notebooks, security
from kapperboek.storage.copies.rekey import rekey
from kapperboek.storage.file import key_derivation, sqlite_errors
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import second_copies
from kapperboek.storage.write import upkeep_memory
from kapperboek.system.key_store import KeyStore
from tests.conftest import KEY

OTHER = bytes(range(100, 132))


def documents(path: Path, key: bytes | None, clock: FixedClock, to: Path) -> bytes:
    with open_notebook(path, key=key, clock=clock) as book:
        assert maintenance.check(book).problems == []
        exporting.export_file(book, to)
        assert customers.find(book, "mar j").results
    return to.read_bytes()


@pytest.fixture
def path(salon_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(salon_file, tmp_path / "salon.kapperboek"))


def test_everything_is_there_under_the_new_key_alone(path: Path, clock: FixedClock, tmp_path: Path) -> None:
    before = documents(path, KEY, clock, tmp_path / "before.json")
    salt = key_derivation.new_salt()
    rekey(path, KEY, OTHER, salt)
    assert key_derivation.read_salt(path) == salt
    assert documents(path, OTHER, clock, tmp_path / "after.json") == before
    with pytest.raises(CannotOpen) as refused:
        open_notebook(path, key=KEY)
    assert refused.value.code == "wrong-key"
    assert [other.name for other in path.parent.glob(".*")] == []


def test_nobody_else_may_have_it_open(path: Path) -> None:
    with open_notebook(path, key=KEY) as book:
        book.rows("SELECT 1 FROM customer")
        with pytest.raises(CannotOpen) as refused:
            rekey(path, KEY, OTHER, key_derivation.new_salt())
        assert refused.value.code == "in-use"
    open_notebook(path, key=KEY).close()


def test_when_the_new_key_cannot_be_kept_the_notebook_is_as_it_was(path: Path) -> None:
    def refuse() -> None:
        raise UserError("no-rights", "geen plaats")

    with pytest.raises(UserError):
        rekey(path, KEY, OTHER, key_derivation.new_salt(), before_replacing=refuse)
    open_notebook(path, key=KEY).close()
    assert [other.name for other in path.parent.glob(".*")] == []


# ---- what happens to the copies


class Keeper:
    """Nothing is kept: whoever has the passphrase opens it."""

    def find(self, salt: bytes) -> bytes | None:
        return None

    def known(self) -> list[tuple[bytes, bytes]]:
        return []

    def where(self, salt: bytes) -> str:
        return ""

    def keep(self, salt: bytes, key: bytes) -> None:
        pass

    def forget(self, salt: bytes) -> None:
        pass

    def clear(self, salt: bytes) -> None:
        pass

    def used(self, salt: bytes) -> list[Path]:
        return []

    def note_used(self, salt: bytes, path: Path) -> None:
        pass

    def has_desktop(self) -> bool:
        return False

    def has_lost(self, salt: bytes) -> bool:
        return False


class Copies:
    """A notebook with copies everywhere this program puts them, then locked with another passphrase."""

    def __init__(self, path: Path, folder: Path, clock: FixedClock) -> None:
        self.path, self.clock, self.daily, self.stick = path, clock, folder / "kopie", folder / "stick"
        for place in (self.daily, self.stick):
            place.mkdir()
        with open_notebook(path, key=KEY, clock=clock) as book:
            maintenance.choose_place(book, self.stick)
            maintenance.backup(book, self.daily)
        aside = Path(shutil.copy(path, path.with_name("salon-before-restore-2026-11-01-120000.kapperboek")))
        self.all = [*self.daily.glob("*.kapperboek"), *self.stick.glob("*.kapperboek"), aside]
        assert len(self.all) == 3
        self.bag = folder / "in de tas"

    def lock_anew(self) -> None:
        self.key = security.change_key(self.path, KEY, "vier woorden om te onthouden", Keeper(), keep=False)

    def look_after(self) -> str:
        with open_notebook(self.path, key=self.key, clock=self.clock) as book:
            return maintenance.look_after(book, self.daily).old_keys

    def opened_by(self, key: bytes) -> list[Path]:
        return [copy for copy in self.all if copy.exists() and key_derivation.key_fits(copy, key)]


@pytest.fixture
def copies(path: Path, tmp_path: Path, clock: FixedClock) -> Copies:
    return Copies(path, tmp_path, clock)


def test_every_copy_gets_the_new_key(copies: Copies) -> None:
    copies.lock_anew()
    assert copies.look_after() == ""
    assert copies.opened_by(KEY) == [] and copies.opened_by(copies.key) == copies.all
    for copy in copies.all:
        with open_notebook(copy, key=copies.key, clock=copies.clock) as book:
            assert maintenance.check(book).problems == []


def test_a_stick_that_was_out_gets_it_when_it_is_back(copies: Copies) -> None:
    copies.stick.rename(copies.bag)
    copies.lock_anew()
    copies.look_after()
    copies.bag.rename(copies.stick)
    assert len(copies.opened_by(KEY)) == 1
    copies.look_after()
    assert copies.opened_by(KEY) == []


def test_a_copy_that_cannot_be_given_it_is_named_until_it_can(copies: Copies) -> None:
    copies.lock_anew()
    with open_notebook(copies.all[2], key=KEY):
        assert copies.all[2].name in copies.look_after()
    assert copies.look_after() == ""


def test_closing_the_window_does_not_wait_for_a_copy(copies: Copies) -> None:
    """It stops halfway one, which is as it was, and goes on the next time."""
    copies.lock_anew()
    asked = iter([False, False, False])
    with open_notebook(copies.path, key=copies.key, clock=copies.clock) as book:
        second_copies.renew(book, copies.daily, lambda: next(asked, True))
        assert len(copies.opened_by(KEY)) == 3 and upkeep_memory.memory(book).get("old_keys", "") == ""
    assert not [path for one in copies.all for path in one.parent.glob(".*.new*")]
    assert copies.look_after() == "" and copies.opened_by(KEY) == []


def test_a_strangers_file_among_the_copies_is_left_alone(copies: Copies) -> None:
    broken, other = copies.daily / "salon-2026-11-02.kapperboek", copies.daily / "salon-2026-11-03.kapperboek"
    broken.write_bytes(b"geen notitieboek")
    notebooks.create(other, key=OTHER).close()
    before = other.read_bytes()
    copies.lock_anew()
    assert copies.look_after() == ""
    assert broken.read_bytes() == b"geen notitieboek" and other.read_bytes() == before


def test_a_copy_from_before_is_put_back_with_the_key_of_today(copies: Copies) -> None:
    """Also one that lay in a drawer, where nothing could be given another key."""
    drawer = copies.daily.parent / "lade.kapperboek"
    shutil.copy(copies.all[0], drawer)
    copies.lock_anew()
    with open_notebook(copies.path, key=copies.key, clock=copies.clock) as book:
        security.note_passphrase(book, True)
        assert maintenance.look_into(book, drawer).customers == 300
        with pytest.raises(UserError) as caught:
            maintenance.bring_back(book, drawer, "1")
        assert caught.value.code == "nothing-new"
    maintenance.restore(drawer, copies.path, key=copies.key, now=copies.clock.local())
    with open_notebook(copies.path, key=copies.key, clock=copies.clock) as book:
        assert customers.customer_count(book) == 300 and security.has_passphrase(book)
        assert maintenance.look_into(book, drawer).customers == 300  # it still knows what it was locked with before
    assert not key_derivation.key_fits(copies.path, KEY) and key_derivation.key_fits(drawer, KEY)


def test_a_file_that_is_not_encrypted_is_not_put_back(copies: Copies) -> None:
    """It is no copy of ours: anybody can have written it."""
    drawer = copies.daily.parent / "lade.kapperboek"
    with closing(sqlite3.connect(drawer)) as connection:
        connection.executescript("CREATE TABLE customer (x); PRAGMA application_id = 1262571586")
    before, there = drawer.read_bytes(), copies.path.read_bytes()
    with pytest.raises(CannotOpen) as refused:
        maintenance.restore(drawer, copies.path, key=KEY, now=copies.clock.local(), another=True)
    assert refused.value.code == "not-a-notebook"
    assert drawer.read_bytes() == before and copies.path.read_bytes() == there


def test_a_notebook_in_use_is_not_replaced_though_its_key_is_not_known(copies: Copies) -> None:
    drawer = Path(shutil.copy(copies.all[0], copies.daily.parent / "lade.kapperboek"))
    copies.lock_anew()
    with open_notebook(copies.path, key=copies.key) as book:
        book.rows("SELECT 1 FROM customer")
        with pytest.raises(CannotOpen) as refused:
            maintenance.restore(drawer, copies.path, key=KEY, now=copies.clock.local())
        assert refused.value.code == "in-use"
    open_notebook(copies.path, key=copies.key).close()


def test_what_the_notebook_was_locked_with_before_is_not_a_change_to_take_back(copies: Copies) -> None:
    with open_notebook(copies.path, key=KEY, clock=copies.clock) as book:
        before = journal.changes(book)
    copies.lock_anew()
    with open_notebook(copies.path, key=copies.key, clock=copies.clock) as book:
        security.note_passphrase(book, True)
        assert [change.what for change in journal.changes(book)] == ["Wachtzin gewijzigd", *(c.what for c in before)]
        with pytest.raises(UserError):
            journal.undo(book, journal.changes(book)[0].id)
        assert journal.undo(book).what.startswith("Ongedaan") and security.has_passphrase(book)
        exporting.export_file(book, copies.path.with_suffix(".json"))
    assert KEY.hex().encode() not in copies.path.with_suffix(".json").read_bytes()


@pytest.mark.parametrize(
    ("words", "code"),
    [("database or disk is full", "disk-full"), ("disk I/O error", "disk-trouble"),
     ("database disk image is malformed", "damaged")],
)
def test_what_an_export_says_of_the_disk_is_told(words: str, code: str) -> None:
    """It comes with the code of any error, so it was taken for a mistake of ours."""
    error = dbapi2.OperationalError(words)
    error.sqlite_errorcode = 1
    told = sqlite_errors.explain(error)
    assert told is not None and told.code == code
    error.args = ("no such table: x",)
    assert sqlite_errors.explain(error) is None


def test_the_folder_of_a_kept_key_lasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a power cut leaves a notebook locked with a key that is nowhere."""
    synced: list[Path] = []
    monkeypatch.setattr("kapperboek.durable.sync_folder", synced.append)
    KeyStore(lambda: tmp_path / "instellingen" / "sleutels").keep(bytes(16), OTHER)
    assert synced == [tmp_path, tmp_path / "instellingen", tmp_path / "instellingen" / "sleutels"]


def test_whether_there_is_a_passphrase_changes_with_the_key(tmp_path: Path, clock: FixedClock) -> None:
    """A notebook with a random key was thought to have a passphrase: asked to open no more without asking, it threw
    away the only key there was."""
    path, folder, store = tmp_path / "oud.kapperboek", tmp_path / "kopie", KeyStore(lambda: tmp_path / "sleutels")
    folder.mkdir()
    with notebooks.create(path, keeper=store, staff_name="Sanne", clock=clock) as book:
        copy = maintenance.backup(book, folder)
    with notebooks.open_(path, key=security.kept_key(path, store), backups=folder, clock=clock) as book:
        assert not security.has_passphrase(book)
        with pytest.raises(UserError) as refused:
            security.remember(book, store, wanted=False)
        assert refused.value.code == "no-passphrase"
        key = book.key
    with open_notebook(copy, key=key) as opened:
        assert not security.has_passphrase(opened)
    security.change_key(path, key, "vier losse woorden", store, keep=False)
    with notebooks.open_(path, key="vier losse woorden", clock=clock) as book:
        maintenance.look_after(book, folder)
    for one in (path, copy):
        with open_notebook(one, key="vier losse woorden") as opened:
            assert security.has_passphrase(opened)


def test_a_key_that_cannot_be_thrown_away_is_told(tmp_path: Path) -> None:
    """It went on opening without asking, and the program stopped."""
    store = KeyStore(lambda: tmp_path / "sleutels")
    (tmp_path / "sleutels" / f"{bytes(16).hex()}.key").mkdir(parents=True)
    with pytest.raises(UserError) as caught:
        store.forget(bytes(16))
    assert caught.value.code == "no-rights"


def test_copies_are_as_old_as_what_they_say(path: Path, tmp_path: Path, clock: FixedClock) -> None:
    """The oldest was locked last, and was taken for the newest from then on."""
    folder = tmp_path / "kopie"
    folder.mkdir()
    names = [f"salon-2026-11-{day}.kapperboek" for day in (22, 21, 20)]
    for age, name in enumerate(names):
        os.utime(shutil.copy(path, folder / name), (2_000_000_000 - age, 2_000_000_000 - age))
    key = security.change_key(path, KEY, "vier losse woorden", Keeper(), keep=False)
    with open_notebook(path, key=key, clock=clock) as book:
        second_copies.renew(book, folder)
        assert [view.path.name for view in maintenance.copies(book, folder)] == names


def test_a_journal_that_could_not_be_thrown_away_stops_it(path: Path) -> None:
    """Left beside the new file it would be put into that at the next opening, with pages of the old key."""
    def leave() -> None:
        path.with_name(path.name + "-journal").write_bytes(b"van het oude")

    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        rekey(path, KEY, OTHER, key_derivation.new_salt(), before_replacing=leave)
    assert caught.value.code == "disk-trouble" and len(path.read_bytes()) == len(before)
    open_notebook(path, key=KEY).close()


def test_argon2_can_be_made_dearer_and_every_file_goes_on_saying_its_own(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figures were fixed for good: raised, they would have locked everybody out."""
    path, words, folder = tmp_path / "zaak.kapperboek", "vier losse woorden", tmp_path / "kopie"
    folder.mkdir()
    cheap, dear = key_derivation.Cost(1, 8 * 1024, 1), key_derivation.Cost(2, 16 * 1024, 1)
    monkeypatch.setattr(key_derivation, "COSTS", (cheap,))
    with notebooks.create(path, key=words, staff_name="Sanne", clock=clock) as book:
        copy = Path(shutil.copy(maintenance.backup(book, folder), tmp_path / "lade.kapperboek"))

    monkeypatch.setattr(key_derivation, "COSTS", (cheap, dear))
    with open_notebook(path, key=words, clock=clock) as book:
        assert book.salt is not None and key_derivation.cost_of(book.salt) == cheap
        key = book.key
    new = security.change_key(path, key, "vijf andere losse woorden", Keeper(), keep=False)
    salt = key_derivation.read_salt(path)
    assert salt is not None and key_derivation.cost_of(salt) == dear
    assert key_derivation.derive("vijf andere losse woorden", salt) == new != key_derivation.derive(words, salt)
    open_notebook(copy, key=words, clock=clock).close()
    assert key_derivation.cost_of(bytes(range(16))) == cheap  # any salt from before

    monkeypatch.setattr(key_derivation, "COSTS", (cheap,))  # a program from before the change
    with pytest.raises(CannotOpen) as refused:
        open_notebook(path, key="vijf andere losse woorden", clock=clock)
    assert refused.value.code == "newer-version"
    open_notebook(path, key=new, clock=clock).close()  # the paper is the key itself


def test_a_kept_key_goes_once_nothing_needs_it(tmp_path: Path, clock: FixedClock) -> None:
    """Fifty new keys left fifty files, each of which opened a copy that somebody might have taken along."""
    path, folder, stick = tmp_path / "zaak" / "boek.kapperboek", tmp_path / "kopie", tmp_path / "stick"
    for one in (path.parent, folder, stick):
        one.mkdir()
    store = KeyStore(lambda: tmp_path / "sleutels")
    with notebooks.create(path, keeper=store, staff_name="Sanne", clock=clock) as book:
        maintenance.choose_place(book, stick)
        maintenance.look_after(book, folder, store)
        first, key = book.salt, book.key
    second_book = Path(shutil.copy(path, tmp_path / "proef.kapperboek"))  # by hand, and used since
    assert first is not None and key is not None and security.kept_key(second_book, store) == key

    def lock_anew_and_look_after() -> list[bytes]:
        new = security.change_key(path, security.kept_key(path, store), None, store, keep=True)
        with notebooks.open_(path, key=new, keeper=store, clock=clock) as opened:
            maintenance.look_after(opened, folder, store)
        return store.salts()

    stick.rename(tmp_path / "in de tas")
    assert len(lock_anew_and_look_after()) == 2  # the stick is out: its copy may need it
    (tmp_path / "in de tas").rename(stick)
    assert sorted(lock_anew_and_look_after()) == sorted(
        [first, key_derivation.read_salt(path)]
    )  # the book on trial needs it
    assert security.kept_key(second_book, store) == key
    drawer = Path(shutil.copy(second_book, tmp_path / "lade.kapperboek"))
    second_book.unlink()
    assert lock_anew_and_look_after() == [key_derivation.read_salt(path)]
    assert sorted(one.suffix for one in (tmp_path / "sleutels").iterdir()) in ([".key"], [".key", ".used"])
    daily = next(folder.glob("*.kapperboek"))  # what knows the former keys, should the notebook be lost
    with open_notebook(daily, key=security.kept_key(daily, store), clock=clock) as book:
        assert maintenance.look_into(book, drawer).customers == 0
