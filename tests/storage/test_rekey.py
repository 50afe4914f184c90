"""Another key for a notebook: everything is there, the old key opens nothing, and a crash loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kapperboek.domain.clock import FixedClock
from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.services import customers, exporting, notebooks, upkeep
from kapperboek.storage import failures, keys
from kapperboek.storage.notebook import Notebook
from kapperboek.storage.rekey import rekey, rekey_copies
from kapperboek.system.key_store import KeyStore
from tests.conftest import KEY

OTHER = bytes(range(100, 132))


def documents(path: Path, key: bytes | None, clock: FixedClock, to: Path) -> bytes:
    with Notebook.open(path, key=key, clock=clock) as book:
        assert upkeep.check(book).problems == []
        exporting.export_file(book, to)
        assert customers.find(book, "mar j").results
    return to.read_bytes()


@pytest.fixture
def path(salon_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(salon_file, tmp_path / "salon.kapperboek"))


def test_everything_is_there_under_the_new_key_alone(path: Path, clock: FixedClock, tmp_path: Path) -> None:
    before = documents(path, KEY, clock, tmp_path / "before.json")
    salt = keys.new_salt()
    rekey(path, KEY, OTHER, salt)
    assert keys.read_salt(path) == salt
    assert documents(path, OTHER, clock, tmp_path / "after.json") == before
    with pytest.raises(CannotOpen) as refused:
        Notebook.open(path, key=KEY)
    assert refused.value.code == "wrong-key"
    assert [other.name for other in path.parent.glob(".*")] == []


def test_a_notebook_without_a_key_gets_one(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "open.kapperboek"
    with notebooks.create(path, shop_name="Salon Zonderslot", staff_name="Sanne", clock=clock):
        pass
    assert b"Zonderslot" in path.read_bytes()
    rekey(path, None, OTHER, keys.new_salt())
    assert b"Zonderslot" not in path.read_bytes()
    with Notebook.open(path, key=OTHER, clock=clock) as book:
        assert book.get_setting("shop_name") == "Salon Zonderslot"


def test_nobody_else_may_have_it_open(path: Path) -> None:
    with Notebook.open(path, key=KEY) as book:
        book.rows("SELECT 1 FROM customer")
        with pytest.raises(CannotOpen) as refused:
            rekey(path, KEY, OTHER, keys.new_salt())
        assert refused.value.code == "in-use"
    Notebook.open(path, key=KEY).close()


def test_when_the_new_key_cannot_be_kept_the_notebook_is_as_it_was(path: Path) -> None:
    def refuse() -> None:
        raise UserError("no-rights", "geen plaats")

    with pytest.raises(UserError):
        rekey(path, KEY, OTHER, keys.new_salt(), before_replacing=refuse)
    Notebook.open(path, key=KEY).close()
    assert [other.name for other in path.parent.glob(".*")] == []


def test_copies_are_taken_along_and_strangers_left(path: Path, tmp_path: Path) -> None:
    mine, broken = (Path(shutil.copy(path, tmp_path / name)) for name in ("a.kapperboek", "b.kapperboek"))
    broken.write_bytes(b"geen notitieboek")
    salt = keys.new_salt()
    assert rekey_copies([mine, broken], KEY, OTHER, salt) == [broken]
    Notebook.open(mine, key=OTHER).close()
    assert rekey_copies([mine], KEY, OTHER, salt) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [("database or disk is full", "disk-full"), ("disk I/O error", "disk-trouble"),
     ("database disk image is malformed", "damaged")],
)  # fmt: skip
def test_what_an_export_says_of_the_disk_is_told(words: str, code: str) -> None:
    """It comes with the code of any error, so it was taken for a mistake of ours."""
    error = dbapi2.OperationalError(words)
    error.sqlite_errorcode = 1
    told = failures.explain(error)
    assert told is not None and told.code == code
    error.args = ("no such table: x",)
    assert failures.explain(error) is None


def test_the_folder_of_a_kept_key_lasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a power cut leaves a notebook locked with a key that is nowhere."""
    synced: list[Path] = []
    monkeypatch.setattr("kapperboek.durable.sync_folder", synced.append)
    KeyStore(lambda: tmp_path / "instellingen" / "sleutels").keep(bytes(16), OTHER)
    assert synced == [tmp_path, tmp_path / "instellingen", tmp_path / "instellingen" / "sleutels"]
