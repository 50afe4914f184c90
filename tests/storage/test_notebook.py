"""Opening: every way a file can be wrong has its own sentence, and a good one opens at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.time.clock import FixedClock
from kapperboek.storage.file import key_derivation, open_file
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.migrations import runner
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import backup
from kapperboek.storage.write import setting_store
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY
from tests.storage.conftest import add_customer

OTHER_KEY = bytes(32)


def refused(path: Path, **options: object) -> CannotOpen:
    """The refusal to open; it says something, and the file is as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(CannotOpen) as caught:
        open_notebook(path, **options)  # type: ignore[arg-type]
    assert caught.value.exit_code == 3
    assert len(caught.value.message) > 20
    assert (path.read_bytes() if path.is_file() else None) == before
    return caught.value


def test_what_is_written_is_there_again(path: Path, clock: FixedClock) -> None:
    with open_notebook(path, key=KEY, clock=clock, create=True) as book:
        customer = add_customer(book, "Marieke")
    with open_notebook(path, key=KEY, clock=clock) as book:
        assert book.value("SELECT full_name FROM customer WHERE id = ?", (customer,)) == "Marieke"
        assert book.row("SELECT 1 FROM customer WHERE id = 99") is None


def test_every_setting_is_on(bare: Notebook) -> None:
    asked = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0,
        "cell_size_check": 1, "temp_store": 2, "application_id": open_file.APPLICATION_ID,
        "user_version": runner.NEWEST, "busy_timeout": open_file.BUSY_MS,
    }
    with bare.again() as second:
        for book in (bare, second):
            assert {name: book.value(f"PRAGMA {name}") for name in asked} == asked


def test_only_the_owner_may_read_the_file(bare: Notebook, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_passphrase_opens_what_it_made(path: Path) -> None:
    open_notebook(path, key="knippen én kleuren", create=True).close()
    open_notebook(path, key="knippen e\u0301n kleuren").close()  # the same words from another keyboard
    assert refused(path, key="knippen en kleuren").code == "wrong-key"


def test_a_recovery_key_is_used_as_it_is(path: Path) -> None:
    open_notebook(path, key=KEY, create=True).close()
    written = " ".join(KEY.hex()[at : at + 8].upper() for at in range(0, 64, 8))
    open_notebook(path, key=written).close()
    assert key_derivation.derive(written.replace(" ", "-"), b"") == KEY


def test_nothing_is_made_without_a_key(path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_notebook(path, create=True)
    assert not path.exists()


def test_a_notebook_that_is_not_encrypted_is_none_of_ours(bare: Notebook, path: Path, tmp_path: Path) -> None:
    """Nothing in it can be believed: whoever could write it needed no key."""
    plain = tmp_path / "open.kapperboek"
    bare.connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    bare.connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    bare.connection.execute(f"PRAGMA plain.application_id = {open_file.APPLICATION_ID}")
    bare.connection.execute("DETACH DATABASE plain")
    assert plain.read_bytes().startswith(b"SQLite format 3")
    for key in (None, KEY, "wat dan ook"):
        assert refused(plain, key=key).code == "not-a-notebook"


def test_creating_twice_opens_what_is_there(path: Path) -> None:
    with open_notebook(path, key=KEY, create=True) as book:
        add_customer(book)
    with open_notebook(path, key=KEY, create=True) as book:
        assert book.value("SELECT count(*) FROM customer") == 1


def test_no_such_file(path: Path) -> None:
    assert refused(path, key=KEY).code == "no-notebook"
    assert not path.exists()


def test_no_such_folder(tmp_path: Path) -> None:
    path = tmp_path / "stick" / "zaak.kapperboek"
    assert refused(path, key=KEY).code == "folder-missing"
    assert refused(path, key=KEY, create=True).code == "folder-missing"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Beste klant,\n" * 2000,
        b"PK\x03\x04" + os.urandom(9000),
        os.urandom(100),
        b"\x00" * 8192,
        b"SQLite format 3\x00",
    ],
    ids=["empty", "text", "zip", "too short", "zeros", "a header and nothing else"],
)
def test_a_file_that_is_something_else(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refused(path, key=KEY).code in ("not-a-notebook", "damaged")


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path, key=KEY).code == "not-a-notebook"


def test_somebody_elses_database(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipe (id INTEGER)")
    other.commit()
    other.close()
    assert refused(path).code == "not-a-notebook"


def test_no_key_and_the_wrong_key(bare: Notebook, path: Path) -> None:
    bare.close()
    assert refused(path).code == "needs-key"
    assert refused(path, key="").code == "needs-key"
    assert refused(path, key=OTHER_KEY).code == "wrong-key"


def test_a_damaged_first_page_is_not_called_a_wrong_key(bare: Notebook, path: Path) -> None:
    bare.close()
    with path.open("r+b") as file:
        file.seek(200)
        file.write(b"\xff" * 64)
    assert refused(path, key=KEY).code == "damaged-beginning"
    assert refused(path, key=OTHER_KEY).code == "wrong-key"


def test_a_wrong_key_writes_nothing_to_standard_error(
    bare: Notebook, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bare.close()
    refused(path, key=OTHER_KEY)
    assert capfd.readouterr().err == ""


def test_a_newer_notebook_is_left_alone(bare: Notebook, path: Path) -> None:
    bare.connection.execute("PRAGMA user_version = 1000")
    bare.close()
    assert refused(path, key=KEY).code == "newer-version"


def test_in_use_by_a_program_that_keeps_it_for_itself(
    bare: Notebook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    bare.connection.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(open_file, "BUSY_MS", 20)
    with pytest.raises(CannotOpen) as caught:
        open_notebook(path, key=KEY)
    assert caught.value.code == "in-use"
    bare.connection.execute("ROLLBACK")
    open_notebook(path, key=KEY).close()


def test_a_write_protected_notebook_can_be_read(bare: Notebook, path: Path) -> None:
    customer = add_customer(bare)
    bare.close()
    if (
        not shutil.which("chattr")
        or subprocess.run(["chattr", "+i", path, path.parent], capture_output=True).returncode
    ):
        pytest.skip("needs a file system on which root can write-protect a file")
    try:
        with open_notebook(path, key=KEY) as book:
            assert book.value("SELECT id FROM customer") == customer
            with pytest.raises(UserError) as caught, unit_of_work(book, "kan niet") as uow:
                setting_store.put(uow, "name", "x")
            assert caught.value.code == "read-only"
    finally:
        subprocess.run(["chattr", "-i", path.parent, path], check=True)


def test_a_second_connection_sees_what_the_first_wrote(bare: Notebook) -> None:
    with bare.again() as second:
        version = second.data_version()
        add_customer(bare)
        assert second.value("SELECT count(*) FROM customer") == 1
        assert second.data_version() != version


def test_the_shops_own_time_zone(path: Path) -> None:
    with open_notebook(path, key=KEY, create=True) as book, unit_of_work(book, "Instellingen") as uow:
        setting_store.put(uow, "timezone", "America/New_York")
    with open_notebook(path, key=KEY) as book:
        assert str(book.clock.zone) == "America/New_York"  # type: ignore[attr-defined]


def test_opening_imports_nothing_heavy(bare: Notebook, path: Path) -> None:
    bare.close()
    program = (
        "import sys; from pathlib import Path; from kapperboek.storage.opening import open_notebook;"
        f"book = open_notebook(Path({str(path)!r}), key=bytes(range(32)));"
        "book.rows('SELECT id FROM customer');"
        "print([name for name in ('sqlmodel', 'sqlalchemy', 'argon2', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="locks are looked up in /proc/locks")
def test_a_backup_lets_nobody_else_at_the_open_notebook(book: Notebook, tmp_path: Path) -> None:
    def locks() -> int:
        number = str(book.path.stat().st_ino)
        return sum(1 for line in Path("/proc/locks").read_text().splitlines() if f":{number} " in line)

    book.rows("SELECT count(*) FROM customer")
    before = locks()
    (tmp_path / "copies").mkdir()
    backup.backup(book, tmp_path / "copies")
    book.again().close()
    assert before and locks() == before


def test_a_disk_that_cannot_be_read_while_a_notebook_is_being_made(tmp_path: Path) -> None:
    """There is no file of that name to look at yet."""
    error = dbapi2.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = 11
    assert open_file.refusal(tmp_path / "nieuw.kapperboek", None, error).code == "damaged"
