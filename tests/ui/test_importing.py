"""Bringing in a list: a look first, then writing it, stopping it, and taking it all back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from kapperboek.domain.views.lists import CustomerFilter
from kapperboek.services import customers
from kapperboek.ui.app import Program
from kapperboek.ui.pages.importing import ImportPage
from kapperboek.ui.pages.importing_table import LeftTable
from tests.ui.card_tools import Hands, said_to_screen_reader

KEY = Qt.Key
CARDS = """BEGIN:VCARD
VERSION:3.0
N:Testman;Tessa;;;
TEL:06 55 44 33 22
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Regenboog;Roy;;;
NOTE:<b>houdt van thee</b>
END:VCARD
"""


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


@pytest.fixture
def page(program: Program, hands: Hands) -> ImportPage:
    program.context.open_page("importing")
    hands.settle()
    shown = program.window.shell.page()  # type: ignore[union-attr]
    assert isinstance(shown, ImportPage)
    return shown


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    path = tmp_path / "telefoon.vcf"
    path.write_text(CARDS, "utf-8")
    return path


def count(hands: Hands) -> int:
    return len(hands.ask(customers.list_customers, CustomerFilter()))


def table(page: ImportPage) -> LeftTable:
    found = page.findChildren(LeftTable)
    assert found
    return found[-1]


def wait(hands: Hands, page: ImportPage, step: str) -> None:
    hands.qtbot.waitUntil(lambda: page.step == step, timeout=20_000)
    hands.settle()


def test_files_are_chosen_looked_at_and_nothing_is_written(
    page: ImportPage, hands: Hands, cards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count(hands)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(cards)], ""))
    hands.press(KEY.Key_Space)
    wait(hands, page, "look")
    assert page.report is not None and page.report.dry_run
    file = page.report.files[0]
    assert (file.read, file.added, len(file.failed)) == (3, 2, 1)
    assert count(hands) == before


def test_imported_with_ctrl_enter_and_taken_back(page: ImportPage, hands: Hands, cards: Path) -> None:
    before = count(hands)
    hands.program.context.open_page("importing", paths=[cards])
    wait(hands, page, "look")
    hands.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(hands, page, "done")
    assert count(hands) == before + 2 and page.back_out.isVisible()
    page.back_out.setFocus()
    hands.press(KEY.Key_Space)
    wait(hands, page, "choose")
    assert count(hands) == before and page.good.isVisible()


def test_the_same_file_again_adds_nobody(page: ImportPage, hands: Hands, cards: Path) -> None:
    page.look([cards])
    wait(hands, page, "look")
    page.proceed()
    wait(hands, page, "done")
    after = count(hands)
    page.look([cards])
    wait(hands, page, "look")
    assert page.report is not None and page.report.files[0].added == 0
    assert not page.go_on.isEnabled() and count(hands) == after


def test_what_is_left_out_can_be_copied(page: ImportPage, hands: Hands, cards: Path) -> None:
    page.look([cards])
    wait(hands, page, "look")
    left = table(page)
    left.setFocus()
    hands.press(KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 2 and copied[1].startswith("telefoon.vcf\t") and len(copied[1].split("\t")) == 4


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 500])
def test_files_that_are_no_list_are_explained(page: ImportPage, hands: Hands, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foto.vcf"
    path.write_bytes(content)
    before = count(hands)
    page.look([path])
    hands.qtbot.waitUntil(lambda: page.step != "busy", timeout=20_000)
    hands.settle()
    told = page.problem.label.text() or said_to_screen_reader(page)
    assert "foto.vcf" in told or page.problem.isVisible()
    assert not page.go_on.isVisible() or not page.go_on.isEnabled()
    assert count(hands) == before


def test_stopping_keeps_nothing(page: ImportPage, hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "veel.vcf"
    one = "BEGIN:VCARD\nVERSION:3.0\nN:Nummer{n};Klant;;;\nTEL:06{n:08}\nEND:VCARD\n"
    path.write_text("".join(one.format(n=n) for n in range(3000)), "utf-8")
    before = count(hands)
    page.look([path])
    assert page.step == "busy"
    page.stop()
    hands.qtbot.waitUntil(lambda: page.step != "busy", timeout=30_000)
    assert page.step == "choose" and page.good.isVisible()
    assert count(hands) == before


def test_other_programs_lists(page: ImportPage, hands: Hands, shared: Path) -> None:
    made = shared / "made"
    page.look([made / "klantenlijst-nl.xlsx", made / "agenda-nl.ics"])
    wait(hands, page, "look")
    assert page.report is not None
    for file in page.report.files:
        assert file.added + file.updated + file.unchanged + len(file.failed) == file.read > 0


def test_discreet_leaves_no_private_word(page: ImportPage, hands: Hands, tmp_path: Any) -> None:
    path = tmp_path / "lijst.vcf"
    path.write_text(CARDS.replace("N:;;;;", "X-GEHEIM:scheiding"), "utf-8")
    page.look([path])
    wait(hands, page, "look")
    hands.press(KEY.Key_F9)
    assert "scheiding" not in said_to_screen_reader(page)
