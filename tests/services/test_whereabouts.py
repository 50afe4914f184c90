"""Whether the file is the newest this computer has seen, and where it lies."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.views.file_health import Remark
from kapperboek.services.customers import customers
from kapperboek.services.keeping import maintenance, older_state, whereabouts
from kapperboek.services.privacy import forgetting
from kapperboek.storage.file import file_location
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure_list
from kapperboek.system.key_store import KeyStore
from tests.conftest import KEY, NOW


@pytest.fixture
def keeper(tmp_path: Path) -> KeyStore:
    return KeyStore(lambda: tmp_path / "keys")


def somebody(book: Notebook) -> None:
    customers.new_customer(book, CustomerRecord(given_name="Tine"))


def test_an_older_state_is_told_once_and_the_newest_copy_offered(
    book: Notebook, keeper: KeyStore, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    path = book.path
    for day in range(3):
        somebody(book)
        whereabouts.settle(book, keeper)
        assert whereabouts.remark(book, keeper, folder) is None
        if day == 0:
            older = Path(shutil.copy(path, tmp_path / "ouder"))
    copy = maintenance.backup(book, folder)
    book.close()
    shutil.copy(older, path)
    with open_notebook(path, key=KEY) as found:
        whereabouts.settle(found, keeper)
        said = whereabouts.remark(found, keeper, folder)
        assert said == Remark(whereabouts.OLDER, copy=copy)
        assert whereabouts.remark(found, None, folder) is None
        whereabouts.told(found, keeper, said)
        assert whereabouts.remark(found, keeper, folder) is None
    maintenance.restore(copy, path, key=KEY, now=NOW)
    with open_notebook(path, key=KEY) as found:
        assert whereabouts.remark(found, keeper, folder) is None, "what is put back is meant to be the newest"


def test_what_is_put_back_is_later_than_every_copy_that_lies_there_also_where_nobody_saw_those(
    book: Notebook, keeper: KeyStore, tmp_path: Path
) -> None:
    """On a new computer, over a file that was written over: the copies are all that tells how far it was."""
    folder = tmp_path / "backups"
    folder.mkdir()
    path = book.path
    first = Path(shutil.copy(maintenance.backup(book, folder), folder / "salon-2026-01-01.kapperboek"))
    book.close()
    maintenance.restore(first, path, key=KEY, now=NOW)  # many marks later
    with open_notebook(path, key=KEY) as found:
        somebody(found)
        maintenance.work_log_in(found)
        older = Path(shutil.copy(path, tmp_path / "ouder"))
        somebody(found)
        maintenance.backup(found, folder)
    shutil.copy(first, path)  # written over by a sync program
    maintenance.restore(first, path, key=KEY, now=NOW + timedelta(1), keeper=keeper)
    with open_notebook(path, key=KEY) as found:
        assert whereabouts.remark(found, keeper, folder) is None, "this is what was chosen"
        whereabouts.settle(found, keeper)
    shutil.copy(older, path)
    with open_notebook(path, key=KEY) as found:
        said = whereabouts.remark(found, keeper, folder)
        assert said is not None and said.kind == whereabouts.OLDER


def test_who_went_on_elsewhere_from_before_what_was_saved_here_is_told_though_that_goes_further(
    book: Notebook, keeper: KeyStore, tmp_path: Path
) -> None:
    """Two computers at once in a synchronised folder, and the other one's file came last: it won without a word."""
    folder, path = tmp_path / "backups", book.path
    folder.mkdir()
    somebody(book)
    whereabouts.settle(book, keeper)
    elsewhere = Path(shutil.copy(path, tmp_path / "daar.tmp"))
    somebody(book)  # only here
    whereabouts.settle(book, keeper)
    copy = maintenance.backup(book, folder)
    book.close()
    with open_notebook(elsewhere, key=KEY) as other:
        for _session in range(5):
            somebody(other)
            maintenance.work_log_in(other)
    shutil.copy(elsewhere, path)
    for _start in range(2):
        with open_notebook(path, key=KEY) as found:
            whereabouts.settle(found, keeper)
            assert not older_state.is_older(found, keeper)
            assert whereabouts.remark(found, keeper, folder) == Remark(whereabouts.LACKING, copy=copy)
    with open_notebook(path, key=KEY) as found:
        whereabouts.told(found, keeper, Remark(whereabouts.LACKING, copy=copy))
        assert whereabouts.remark(found, keeper, folder) is None
    maintenance.restore(copy, path, key=KEY, now=NOW, keeper=keeper)
    with open_notebook(path, key=KEY) as found:
        assert whereabouts.remark(found, keeper, folder) is None, "what is put back was chosen"


def test_a_list_that_could_not_be_written_is_written_at_the_next_look(book: Notebook) -> None:
    """Until then only the notebook knew who was forgotten: written over by an older one, that person was back."""
    somebody(book)
    beside = erasure_list.beside(book.path)
    beside.mkdir()  # as a full disk refuses it
    forgetting.forget(book, 1)
    beside.rmdir()
    assert whereabouts.look(book).here and erasure_list.known(book.connection) == erasure_list.read(beside) != set()


def test_an_older_state_is_told_where_nobody_saw_it_before_by_a_copy_taken_along(
    book: Notebook, keeper: KeyStore, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    somebody(book)
    maintenance.work_log_in(book)
    older = Path(shutil.copy(book.path, tmp_path / "ouder"))
    somebody(book)
    copy = maintenance.backup(book, folder)
    assert whereabouts.remark(book, keeper, folder) is None
    book.close()
    shutil.copy(older, book.path)
    with open_notebook(book.path, key=KEY) as found:
        said = whereabouts.remark(found, keeper, folder)
        assert said == Remark(whereabouts.OLDER, copy=copy)
        whereabouts.told(found, keeper, said)
        assert whereabouts.remark(found, keeper, folder) is None
    shutil.copy(copy, book.path)
    with open_notebook(book.path, key=KEY) as found:
        assert older_state.is_older(found, keeper), "it was left"


def test_what_was_saved_just_before_closing_is_missed_in_an_older_file(
    book: Notebook, keeper: KeyStore, tmp_path: Path
) -> None:
    somebody(book)
    whereabouts.settle(book, keeper)
    older = Path(shutil.copy(book.path, tmp_path / "ouder"))
    somebody(book)
    maintenance.closing_backup(book, tmp_path / "backups", keeper)
    book.close()
    shutil.copy(older, book.path)
    with open_notebook(book.path, key=KEY) as found:
        assert older_state.is_older(found, keeper)


def test_two_that_went_on_from_one_state_are_told_apart(book: Notebook, keeper: KeyStore, tmp_path: Path) -> None:
    somebody(book)
    whereabouts.settle(book, keeper)
    other = Path(shutil.copy(book.path, tmp_path / "van een andere computer.kapperboek"))
    somebody(book)
    whereabouts.settle(book, keeper)
    with open_notebook(other, key=KEY) as found:
        somebody(found)
        assert older_state.is_older(found, keeper)


def test_what_was_left_for_an_older_state_is_older_then(book: Notebook, keeper: KeyStore, tmp_path: Path) -> None:
    states = []
    for name in ("eerste", "tweede", "derde", "vierde"):
        somebody(book)
        whereabouts.settle(book, keeper)
        states.append(Path(shutil.copy(book.path, tmp_path / name)))
    book.close()
    shutil.copy(states[0], book.path)
    with open_notebook(book.path, key=KEY) as found:
        said = whereabouts.remark(found, keeper, None)
        assert said is not None
        somebody(found)
        whereabouts.told(found, keeper, said)
        somebody(found)
        for end in ("", "-wal"):  # as it would be left now, killed: the log began before that was read
            shutil.copy(f"{book.path}{end}", tmp_path / f"gestopt.kapperboek{end}")
        with open_notebook(tmp_path / "gestopt.kapperboek", key=KEY) as left:
            assert left.file.strange_log is None and left.value("SELECT count(*) FROM customer") == 3
        whereabouts.settle(found, keeper)
        assert whereabouts.remark(found, keeper, None) is None
    for other in states:
        shutil.copy(other, book.path)
        with open_notebook(book.path, key=KEY) as found:
            assert older_state.is_older(found, keeper), "it lacks what was written since"


@pytest.mark.parametrize(
    ("folder", "mark", "program"),
    [
        ("Dropbox (Salon)/zaak", "", "Dropbox"),
        ("OneDrive - Salon Sanne", "", "OneDrive"),
        ("Google Drive", "", "Google Drive"),
        ("Nextcloud", "", "Nextcloud"),
        ("Mobile Documents/salon", "", "iCloud Drive"),
        ("spullen/zaak", "spullen/.stfolder", "Syncthing"),
        ("wolk/zaak", "wolk/.sync_0123456789ab.db", "Nextcloud"),
        ("Dropboxing", "", ""),
        ("Documenten", "", ""),
    ],
)
def test_a_folder_that_is_copied_to_other_computers(tmp_path: Path, folder: str, mark: str, program: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    if mark:
        (tmp_path / mark).touch()
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n")
    found = file_location.of(tmp_path / folder / "zaak.kapperboek", mounts)
    assert found == (file_location.Place(file_location.SYNCHRONISED, program) if program else None)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.gvfsd-fuse", "ext4", "fuseblk"])
def test_a_disk_of_another_computer(tmp_path: Path, kind: str) -> None:
    disk = tmp_path / "gedeelde schijf"
    disk.mkdir()
    mounts = tmp_path / "mounts"
    place = str(disk).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/deel {place} {kind} rw 0 0\n")
    found = file_location.of(disk / "zaak.kapperboek", mounts)
    far = kind.removeprefix("fuse.") if kind not in ("ext4", "fuseblk") else ""
    assert found == (file_location.Place(file_location.NETWORK, far) if far else None)


def test_where_it_lies_is_told_once(tmp_path: Path, keeper: KeyStore) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    for again in (False, True):
        with open_notebook(folder / "zaak.kapperboek", key=KEY, create=True) as book:
            said = whereabouts.remark(book, keeper, None)
            assert said == (None if again else Remark(file_location.SYNCHRONISED, "Dropbox"))
            if said is not None:
                whereabouts.told(book, keeper, said)
