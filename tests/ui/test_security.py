"""The passphrase, the key that is kept, and the recovery key on paper."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kapperboek.domain.errors import CannotOpen
from kapperboek.services.customers import customers
from kapperboek.services.keeping import maintenance, notebooks, security
from kapperboek.storage.file import key_derivation
from kapperboek.storage.file.open_file import BUSY_MS
from kapperboek.storage.opening import open_notebook
from kapperboek.system.desktop_keys import DesktopKeys
from kapperboek.system.key_store import KeyStore
from kapperboek.ui.app.program import Program
from kapperboek.ui.locking.pin_dialog import PinDialog
from kapperboek.ui.printing.recovery_paper import Paper, save_pdf
from kapperboek.ui.settings.keeping.recovery_dialog import RecoveryDialog
from kapperboek.ui.start.unlock import UnlockPage
from tests.conftest import KEY as RAW
from tests.ui.card_tools import CONTROL, Hands, sheet_open
from tests.ui.conftest import settle
from tests.unit.test_key_store import Vault, asking

KEY = Qt.Key
WORDS = "paard batterij nietje juist"


@pytest.fixture
def keeper(tmp_path: Path) -> KeyStore:
    return KeyStore(lambda: tmp_path / "keys")


@pytest.fixture
def program(make_program: Callable[..., Program], tmp_path: Path, keeper: KeyStore, qtbot: QtBot) -> Program:
    """A notebook that was begun without a passphrase."""
    path = tmp_path / "zaak" / "boek.kapperboek"
    path.parent.mkdir()
    with notebooks.create(path, keeper=keeper, shop_name="Salon", staff_name="Sanne", on=date(2026, 11, 22)):
        pass
    program = make_program(path, key=security.kept_key(path, keeper), keeper=keeper)
    settle(program, qtbot)
    return program


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def test_begun_without_a_passphrase_it_is_encrypted_all_the_same(program: Program, keeper: KeyStore) -> None:
    salt = key_derivation.read_salt(program.path)
    assert salt is not None
    kept = keeper.find(salt)
    assert kept is not None and keeper.where(salt) == "file"
    for file in program.path.parent.iterdir():
        assert kept not in file.read_bytes() and kept.hex().encode() not in file.read_bytes()
    assert all(file.stat().st_mode & 0o077 == 0 for file in (keeper.folder, *keeper.folder.iterdir()))


def test_a_key_in_a_file_is_said_to_be_there_and_moves_into_the_key_store(
    hands: Hands, program: Program, keeper: KeyStore
) -> None:
    salt, vault = key_derivation.read_salt(program.path), Vault()
    assert salt is not None
    keeper.desktop = DesktopKeys(asking(vault))
    hands.program.context.open_page("settings", subject="security")
    hands.settle()
    section = hands.program.window.shell.page().section("security")  # type: ignore[union-attr]
    hands.qtbot.waitUntil(lambda: section.into_store.isVisible())
    assert "In een bestand" in section.place.remark.text()
    vault.locked = True
    section.into_store.click()
    hands.qtbot.waitUntil(lambda: "blijft in het bestand" in section.place.problem.text())
    vault.locked = False
    section.into_store.click()
    hands.qtbot.waitUntil(lambda: "In de sleutelbos" in section.place.remark.text())
    assert section.into_store.isHidden() and section.place.problem.isHidden()
    assert keeper.where(salt) == "desktop" and keeper.find(salt) is not None


def test_a_key_store_that_is_locked_is_asked_once_more(
    make_program: Callable[..., Program], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notebook was said to be of another computer, and only the paper opened it. While it asks somebody to unlock
    it, the window says so."""
    monkeypatch.setattr("kapperboek.ui.app.open_notebook.SAY_AFTER", 0)
    answer = Event()
    path, vault = tmp_path / "zaak.kapperboek", Vault()
    keeper = KeyStore(lambda: tmp_path / "keys", DesktopKeys(asking(vault)))
    notebooks.create(path, keeper=keeper, staff_name="Sanne").close()
    vault.locked = True
    program = make_program(path, key=lambda: answer.wait() and security.kept_key(path, keeper), keeper=keeper)
    qtbot.waitUntil(lambda: program.window.cover is not None)
    assert "sleutelbos" in program.window.cover.title.text()  # type: ignore[union-attr]
    answer.set()
    qtbot.waitUntil(lambda: isinstance(program.window.cover, UnlockPage))
    page = program.window.cover
    assert isinstance(page, UnlockPage) and "op slot of antwoordt niet" in page.problem.label.text()
    vault.locked = False
    page.again_button.click()
    settle(program, qtbot)
    assert program.window.cover is None


def test_a_passphrase_is_chosen_and_the_paper_shown(hands: Hands, program: Program, keeper: KeyStore) -> None:
    assert program.context.backups is not None
    copy = hands.ask(maintenance.daily_backup, program.context.backups)
    hands.ask(customers.new_customer, _somebody())
    before = security.kept_key(program.path, keeper)
    old_salt = key_derivation.read_salt(program.path)
    hands.program.context.open_page("settings", subject="security")
    hands.settle()
    section = hands.program.window.shell.page().section("security")  # type: ignore[union-attr]
    section.choose.click()
    hands.write(WORDS)
    hands.press(KEY.Key_Tab)
    hands.write("iets anders")
    hands.press(KEY.Key_Return)
    assert sheet_open() is not None and "niet hetzelfde" in hands.sheet().second_field.error.text()
    hands.sheet().second.setText(WORDS)
    hands.press(KEY.Key_Return, CONTROL)
    hands.qtbot.waitUntil(lambda: program.jobs.is_open() and program.window.cover is None)
    hands.settle()
    assert old_salt is not None and before is not None
    hands.qtbot.waitUntil(lambda: not key_derivation.key_fits(copy, before))  # it follows behind the window
    hands.qtbot.waitUntil(lambda: keeper.find(old_salt) is None)  # then nothing needs the key from before
    hands.settle()
    for file in (program.path, copy):
        with pytest.raises(CannotOpen):
            open_notebook(file, key=before, read_only=True)
        open_notebook(file, key=WORDS, read_only=True).close()
    assert hands.ask(customers.find, "Zacharias").total == 1

    hands.qtbot.waitUntil(lambda: sheet_open() is not None)
    paper = hands.sheet()  # the recovery key is offered at once
    hands.qtbot.waitUntil(lambda: bool(paper.groups))
    groups = paper.groups
    assert notebooks_open_with(program.path, " ".join(groups))
    paper.answer.setText("00000")
    paper.save()
    assert paper.answer_field.has_error()
    paper.answer.setText(groups[paper.asked].lower())
    hands.ask(lambda book: book.connection.execute("PRAGMA busy_timeout = 0").close())
    with open_notebook(program.path, key=WORDS) as other:
        other.connection.execute("BEGIN IMMEDIATE")  # another program is saving
        paper.save()
        hands.qtbot.waitUntil(lambda: paper.problem.isVisible())
        other.connection.execute("ROLLBACK")
    hands.ask(lambda book: book.connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}").close())
    assert sheet_open() is paper
    paper.save()  # the key is still there to be compared with
    hands.qtbot.waitUntil(lambda: sheet_open() is not paper)
    assert sheet_open() is None
    state = hands.ask(security.security, keeper)
    assert (state.passphrase, state.kept, state.proved) == (True, "", True)

    # the paper is lost: another key under the same passphrase
    hands.program.context.open_dialog("recovery")
    hands.settle()
    hands.sheet().another.click()
    hands.settle()
    assert hands.sheet().field.isVisible()
    for wrong in (" ".join(groups), "paard"):
        hands.sheet().line.setText(wrong)
        hands.sheet().save()
        hands.qtbot.waitUntil(lambda: hands.sheet().field.has_error())
    hands.sheet().line.setText(WORDS)
    hands.sheet().save()
    hands.qtbot.waitUntil(lambda: sheet_open() is not None and hasattr(hands.sheet(), "groups"))
    hands.qtbot.waitUntil(lambda: bool(hands.sheet().groups))
    salt = hands.ask(lambda book: book.salt)
    hands.qtbot.waitUntil(lambda: key_derivation.read_salt(copy) == salt)
    for file in (program.path, copy):
        with pytest.raises(CannotOpen):
            open_notebook(file, key=" ".join(groups), read_only=True)
        open_notebook(file, key=WORDS, read_only=True).close()
    assert notebooks_open_with(program.path, " ".join(hands.sheet().groups))
    state = hands.ask(security.security, keeper)
    assert (state.passphrase, state.kept, state.proved) == (True, "", False)


def notebooks_open_with(path: Path, typed: str) -> bool:
    with open_notebook(path, key=typed, read_only=True) as book:
        return book.key is not None


def _somebody() -> object:
    from kapperboek.domain.records import CustomerRecord

    return CustomerRecord(given_name="Zacharias")


def test_without_a_passphrase_it_cannot_be_made_to_ask(hands: Hands, keeper: KeyStore) -> None:
    told: list[Exception] = []
    hands.program.jobs.run(security.remember, keeper, False, failed=told.append)
    hands.settle()
    assert getattr(told[0], "code", "") == "no-passphrase"


def test_a_locked_notebook_takes_the_paper_and_says_which_group_is_wrong(
    make_program: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    from kapperboek.domain.law import recovery_key

    path = tmp_path / "slot.kapperboek"
    notebooks.create(path, key=RAW, shop_name="Salon", staff_name="Sanne").close()
    program = make_program(path, key=None)
    page = program.window.cover
    qtbot.waitUntil(lambda: isinstance(program.window.cover, UnlockPage))
    page = program.window.cover
    assert isinstance(page, UnlockPage)
    groups = list(recovery_key.groups(RAW))
    page.line.setText(" ".join([*groups[:2], "FFFFF", *groups[3:]]))
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "groep 3" in page.problem.label.text())
    page.line.setText(" ".join(groups))
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    settle(program, qtbot)
    assert program.window.cover is None


def test_the_paper_is_one_page_of_pdf(qtbot: QtBot, tmp_path: Path) -> None:
    from kapperboek.domain.law import recovery_key

    file = tmp_path / "sleutel.pdf"
    save_pdf(file, Paper("Salon Sanne", "zondag 22 november 2026", recovery_key.groups(RAW), "0011AABB"))
    assert os.name != "posix" or file.stat().st_mode & 0o077 == 0  # it opens everything: for nobody else to read
    data = file.read_bytes()
    assert data.startswith(b"%PDF") and data.count(b"/Type /Page\n") == 1


def test_a_pin_says_what_opens_when_it_is_forgotten(hands: Hands, program: Program) -> None:
    """Neither paper nor passphrase: it said that the recovery key opens."""
    program.context.open_dialog("pin", staff_id=program.context.staff_id, new=True)
    dialog: PinDialog = hands.sheet()
    assert "nog niet op papier" in dialog.forgotten.text() and dialog.paper.isVisible()
    dialog.paper.click()
    sheet: RecoveryDialog = hands.sheet()
    assert len(sheet.lit()) == len(program.context.at_hand()), "what stays at hand, over two dialogs too"
    at = sheet.lit()[0][1]
    dialog.sheet.setGeometry(at)
    assert at not in [place for _button, place in sheet.lit()], "no hole where a dialog lies below"
    hands.qtbot.waitUntil(lambda: bool(sheet.groups))
    assert sheet.print.hasFocus(), "and not what lies below"
    sheet.answer.setText(sheet.groups[sheet.asked])
    hands.press(KEY.Key_Return, CONTROL)
    hands.qtbot.waitUntil(lambda: sheet_open() is dialog)
    hands.settle()
    assert "herstelsleutel opent ook" in dialog.forgotten.text()
    assert dialog.paper.isHidden()
    dialog.pin.setText("12")
    hands.press(KEY.Key_Return, CONTROL)
    dialog.again.setText("12")
    hands.press(KEY.Key_Return, CONTROL)
    assert dialog.pin_field.has_error()
    hands.write("4")
    assert not dialog.pin_field.has_error(), "said of what stood there before"
