"""The file moved, replaced and written over while the window has it open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kapperboek.services.customers import customers
from kapperboek.services.keeping import maintenance
from kapperboek.services.moments import talk
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file import generation
from kapperboek.storage.opening import open_notebook
from kapperboek.system.key_store import KeyStore
from kapperboek.ui.app.program import Program
from kapperboek.ui.keeping.file_notices import RemarkBar
from kapperboek.ui.keeping.file_watch import FileWatch
from kapperboek.ui.keeping.leave_dialog import LeaveSheet
from kapperboek.ui.printing import system_dialogs
from tests.conftest import KEY
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, read_again, sheet_open
from tests.ui.conftest import settle

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be taken away")


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def watch_of(hands: Hands) -> FileWatch:
    """Looks after the file, as soon as what can wait has been done."""
    hands.qtbot.waitUntil(lambda: hands.program.file_watch is not None)
    assert hands.program.file_watch is not None
    return hands.program.file_watch


def points(path: Path) -> set[str]:
    """What there is to talk about with Marieke, in a file that is whole."""
    with open_notebook(path, key=KEY) as book:
        assert integrity_check.check(book) == []
        card = customers.open_card(book, MARIEKE)
    return {point.text for point in card.talk_points}


def add(hands: Hands, text: str) -> None:
    hands.program.context.save(talk.add_point, MARIEKE, text)
    hands.settle()


def said(hands: Hands) -> str:
    bar = watch_of(hands).bar
    return "" if bar is None else bar.words.text()


def test_a_file_that_is_moved_is_followed_and_one_that_is_replaced_is_kept(hands: Hands, qtbot: QtBot) -> None:
    program, watch = hands.program, watch_of(hands)
    first = program.path
    older = Path(shutil.copy(first, first.with_name("ouder")))
    add(hands, "Eén")
    moved = first.rename(first.with_name("Mijn klanten.kapperboek"))
    hands.program.context.note_visit(MARIEKE)  # somebody types meanwhile
    sheet = hands.sheet()
    add(hands, "Geweigerd")  # which is told at once, and seen to
    qtbot.waitUntil(lambda: program.path == moved and program.jobs.is_open())
    hands.settle()
    assert sheet_open() is sheet and moved.name in said(hands) and not watch.stuck
    add(hands, "Twee")
    sheet.close_sheet(False)
    assert {"Eén", "Twee"} <= points(moved) and not first.exists()
    older.replace(moved)
    watch.look()
    qtbot.waitUntil(lambda: program.path != moved and program.jobs.is_open())
    hands.settle()
    kept = program.path
    assert kept.name.startswith("Mijn klanten-kept-") and kept.name in said(hands)
    add(hands, "Drie")
    with qtbot.waitSignal(program.finished):
        program.close()
    assert {"Eén", "Twee", "Drie"} <= points(kept)
    assert not {"Eén", "Twee", "Drie"} & points(moved)


def test_closing_sees_what_became_of_the_file_and_is_always_possible(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, watch = hands.program, watch_of(hands)
    add(hands, "Eén")
    hands.ask(maintenance.daily_backup, program.context.backups)
    path = program.path
    stranger = b"iets anders" * 9000
    path.write_bytes(stranger)
    program.close()
    qtbot.waitUntil(lambda: watch.stuck)
    hands.settle()
    assert program.window.isVisible() and "herschreven" in said(hands)
    program.context.note_visit(MARIEKE)
    sheet = hands.sheet()
    qtbot.waitUntil(lambda: sheet.save_button.isEnabled())
    hands.settle()
    hands.press(Qt.Key.Key_T, CONTROL)
    hands.write("half getypt")
    program.close()
    hands.settle()
    asked = sheet_open()
    assert isinstance(asked, LeaveSheet) and asked.elsewhere.isVisible() and program.window.isVisible()
    assert "half getypt" in program.context.drafts.held_back()[0].payload
    text = path.with_name("half.txt")
    monkeypatch.setattr(system_dialogs, "file_to_save", lambda *args: args[-1](text, ""))
    with qtbot.waitSignal(program.finished):
        asked.elsewhere.click()
    assert "half getypt" in text.read_text("utf-8")
    assert path.read_bytes() == stranger and sheet is not None
    assert program.context.backups is not None
    (copy,) = program.context.backups.glob("*.kapperboek")
    assert "Eén" in points(copy)


def test_an_older_state_than_the_last_one_seen_here_is_told_and_the_newer_offered(
    make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Path(shutil.copy(salon_file, tmp_path / "window.kapperboek"))
    keeper = KeyStore(lambda: tmp_path / "keys")
    with open_notebook(path, key=KEY) as book:
        for text in ("Eén", "Twee"):
            talk.add_point(book, MARIEKE, text)
            book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        copy = maintenance.backup(book, tmp_path)
        assert book.salt is not None
        keeper.note_seen(book.salt, generation.of(book.connection).now)
    (tmp_path / "backups").mkdir()
    copy.rename(tmp_path / "backups" / copy.name)
    shutil.copy(salon_file, path)
    program = make_program(path, keeper=keeper)
    settle(program, qtbot)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(RemarkBar)))
    (bar,) = program.window.findChildren(RemarkBar)
    assert copy.name in bar.words.text()
    bar.put_back.click()
    qtbot.waitUntil(lambda: program.jobs.is_open() and program.jobs.pending() == 0)
    assert {"Eén", "Twee"} <= {point.text for point in read_again(path, customers.open_card, MARIEKE).talk_points}
    with open_notebook(path, key=KEY) as book:
        assert book.salt is not None
        assert generation.number(generation.of(book.connection).now) > generation.number(keeper.last_seen(book.salt))
