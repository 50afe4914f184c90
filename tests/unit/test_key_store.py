"""Where a kept key lies: in the desktop's store where there is one; never in two places, and never thought gone."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.services.keeping import notebooks, security
from kapperboek.system import desktop_keys, desktop_keys_child
from kapperboek.system.desktop_keys import DesktopKeys
from kapperboek.system.key_store import KeyStore

SALT, KEY = bytes(range(1, 17)), bytes(range(32))


class Vault(KeyringBackend):
    """A key store in memory, which can be locked."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _see(self) -> None:
        if self.locked:
            raise KeyringLocked("locked")

    def get_password(self, service: str, username: str) -> str | None:
        self._see()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._see()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._see()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


def asking(vault: KeyringBackend | None) -> Callable[[str, str, str, float], tuple[int, str]]:
    """As the other process would answer, in this one."""
    return lambda what, name, secret, _seconds: desktop_keys_child.answer(vault, what, name, secret)


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def store(vault: Vault, tmp_path: Path) -> KeyStore:
    return KeyStore(lambda: tmp_path / "keys", DesktopKeys(asking(vault)))


def files(tmp_path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_a_key_lies_in_the_desktops_store_and_in_no_file(store: KeyStore, vault: Vault, tmp_path: Path) -> None:
    store.keep(SALT, KEY)
    assert store.where(SALT) == "desktop" and store.find(SALT) == KEY and store.known() == [(SALT, KEY)]
    assert KEY.hex().encode() not in files(tmp_path) and list(vault.kept.values()) == [KEY.hex()]
    store.forget(SALT)
    assert store.where(SALT) == "" and store.find(SALT) is None and vault.kept == {}


def test_a_store_that_is_locked_is_told_of_and_nothing_is_thought_gone(store: KeyStore, vault: Vault) -> None:
    """None was given: the notebook was said to be of another computer, and a key that stayed was called taken out."""
    store.keep(SALT, KEY)
    vault.locked = True
    for ask in (store.find, store.forget):
        with pytest.raises(CannotOpen) as told:
            ask(SALT)
        assert told.value.code == "key-store"
    assert store.known() == [] and not store.has_lost(SALT) and store.where(SALT) == "desktop"
    vault.locked = False
    assert store.find(SALT) == KEY
    vault.kept.clear()
    with pytest.raises(CannotOpen) as told:
        store.find(SALT)
    assert told.value.code == "key-store" and "herstelsleutel" in told.value.message and store.has_lost(SALT)


@pytest.mark.parametrize("trouble", ["locked", "none", "forgetful"])
def test_without_a_store_that_works_the_key_lies_in_the_file(
    trouble: str, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.locked = trouble == "locked"
    if trouble == "forgetful":
        monkeypatch.setattr(vault, "set_password", lambda *_what: None)
    store = KeyStore(lambda: tmp_path / "keys", DesktopKeys(asking(None if trouble == "none" else vault)))
    store.keep(SALT, KEY)
    assert store.where(SALT) == "file" and store.find(SALT) == KEY and vault.kept == {}


def test_a_key_in_a_file_moves_into_the_store(tmp_path: Path, vault: Vault, store: KeyStore) -> None:
    """What was kept before there was a store to keep it in."""
    path = tmp_path / "zaak.kapperboek"
    plain = KeyStore(lambda: tmp_path / "keys")
    with notebooks.create(path, keeper=plain, staff_name="Sanne") as book:
        assert book.salt is not None and book.key is not None and plain.where(book.salt) == "file"
        assert security.security(book, plain).kept == "file" and not plain.has_desktop() and store.has_desktop()
        vault.locked = True
        with pytest.raises(UserError) as refused:
            security.keep_in_desktop(book, store)
        assert refused.value.code == "no-key-store" and plain.find(book.salt) == book.key
        vault.locked = False
        security.keep_in_desktop(book, store)
        assert security.security(book, store).kept == "desktop"
        assert book.key.hex().encode() not in files(tmp_path)
        vault.kept.clear()
        security.keep_again(book, store)  # it was opened with the paper, the store having lost its key
        assert store.find(book.salt) == book.key
    with notebooks.open_(path, key=security.kept_key(path, store), keeper=store) as book:
        assert book.get_setting("has_passphrase") is False


def test_the_other_process_says_the_same_and_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Told to use no store it uses none, and one that writes plain files is never chosen."""
    out = io.StringIO()
    assert desktop_keys_child.main("usable", "-", io.StringIO(), out) == desktop_keys_child.SILENT  # as tests are told
    assert desktop_keys.in_its_own_process("find", "ab", "", 60.0) == (desktop_keys_child.SILENT, "")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    chosen = desktop_keys_child.backend()
    assert chosen is None or type(chosen).__module__.startswith("keyring.backends.")
    stuck = tmp_path / "stuck.py"
    stuck.write_text("import sys; sys.stdin.read(); input()\nwhile True: pass\n")
    monkeypatch.setattr(desktop_keys_child, "__file__", str(stuck))
    assert desktop_keys.in_its_own_process("find", "ab", "", 0.0) == (desktop_keys_child.SILENT, "")


