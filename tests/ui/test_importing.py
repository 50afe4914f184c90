"""Bringing in a list: a look first, then writing it, stopping it, and taking it all back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord, Phone
from kapperboek.domain.views.list_views import CustomerFilter
from kapperboek.services.customers import customers
from kapperboek.services.keeping import notebooks
from kapperboek.services.privacy import forgetting
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_page import CardPage
from kapperboek.ui.importing.importing_doubles import DoublesCard, ForgottenCard
from kapperboek.ui.importing.importing_page import ImportPage
from kapperboek.ui.importing.importing_report import summary
from kapperboek.ui.importing.importing_table import LeftTable
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.window.undo_dialog import TakeBackDialog
from tests.conftest import KEY as NOTEBOOK_KEY
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
    assert shown.changes.isVisible(), "staff, who see no settings, find their import of last week here"
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
    hands.qtbot.waitUntil(lambda: page.step == step)
    hands.settle()


def test_files_are_chosen_looked_at_and_nothing_is_written(
    page: ImportPage, hands: Hands, cards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count(hands)
    monkeypatch.setattr(system_dialogs, "files_to_open", lambda *args: args[-1]([cards]))
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


def test_why_somebody_is_left_out_is_read_whole(page: ImportPage, hands: Hands, spreadsheet: Path) -> None:
    page.look([spreadsheet])
    wait(hands, page, "look")
    for width in (1440, 1024):
        hands.program.window.resize(width, 760)
        hands.settle()
        left = table(page)
        assert left.isColumnHidden(0)  # there is one file: it is named above
        for column in (1, 2):
            index = left.model().index(0, column)
            words, room = left.rows.cell(0, column), left.visualRect(index)
            taken = left.fontMetrics().boundingRect(
                QRect(0, 0, room.width() - 8, 1000), int(Qt.TextFlag.TextWordWrap), words
            )
            assert taken.height() <= room.height() and taken.width() <= room.width(), (width, words)
        assert left.height() < 200  # no room for rows that are not there


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 500])
def test_files_that_are_no_list_are_explained(page: ImportPage, hands: Hands, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foto.vcf"
    path.write_bytes(content)
    before = count(hands)
    page.look([path])
    hands.qtbot.waitUntil(lambda: page.step != "busy")
    hands.settle()
    told = page.problem.label.text() or said_to_screen_reader(page)
    assert "foto.vcf" in told or page.problem.isVisible()
    assert not page.go_on.isVisible() or not page.go_on.isEnabled()
    assert count(hands) == before


def test_another_notebook_is_told_to_be_one(page: ImportPage, hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "ander.kapperboek"
    notebooks.create(path, key=NOTEBOOK_KEY, shop_name="Ander").close()
    page.look([path])
    hands.qtbot.waitUntil(lambda: page.step != "busy")
    hands.settle()
    assert page.report is not None
    (why,) = [reason for _n, _line, reason, _text in page.report.files[0].failed]
    assert "ander.kapperboek" in why and "Terugzetten" in why and ".json" in why
    assert "niets van geïmporteerd" in said_to_screen_reader(page)
    assert not page.go_on.isVisible() or not page.go_on.isEnabled()


def test_stopping_keeps_nothing(page: ImportPage, hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "veel.vcf"
    one = "BEGIN:VCARD\nVERSION:3.0\nN:Nummer{n};Klant;;;\nTEL:06{n:08}\nEND:VCARD\n"
    path.write_text("".join(one.format(n=n) for n in range(3000)), "utf-8")
    before = count(hands)
    page.look([path])
    assert page.step == "busy"
    page.stop()
    hands.qtbot.waitUntil(lambda: page.step != "busy")
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


LIST = """Voornaam;Achternaam;Mobiel;Kenmerk;Leeg
Marieke;Janssen;06 12 34 56 78;blond;
Tessa;Testman;0655443322;kort;
Totaal;;2;;
"""


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    path = tmp_path / "salonlijst.csv"
    path.write_text(LIST, "utf-8")
    return path


def test_what_each_column_becomes_is_shown_and_may_be_chosen(
    page: ImportPage, hands: Hands, spreadsheet: Path
) -> None:
    page.look([spreadsheet])
    wait(hands, page, "look")
    assert page.view is not None
    (_place, card), *_more = page.view.columns
    said = {row.heading.text(): (row.example.text(), row.field.currentText(), row.chip.text()) for row in card.rows}
    assert said["Achternaam"] == ("Janssen", "Achternaam", "zeker")
    assert said["Kenmerk"] == ("blond", "In de notitie", "kies zelf")
    assert "Leeg" not in said and "1 kolom is leeg" in said_to_screen_reader(card)
    mark = next(row for row in card.rows if row.heading.text() == "Kenmerk")
    mark.field.setFocus()
    hands.write("beroep")
    hands.qtbot.waitUntil(lambda: mark.chip.text() == "jouw keuze")
    assert mark.field.hasFocus() and page.go_on.isEnabled()
    hands.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(hands, page, "done")
    tessa = hands.ask(customers.find, "Tessa Testman").results[0]
    assert "kort" in str(hands.card(tessa.customer_id))


def test_who_may_be_double_leads_to_the_card(page: ImportPage, hands: Hands, spreadsheet: Path) -> None:
    page.look([spreadsheet])
    wait(hands, page, "look")
    assert page.view is not None and "Marieke Jansen · #" in said_to_screen_reader(page)
    doubles = page.view.findChildren(DoublesCard)[-1]
    doubles.list.setFocus()
    hands.press(KEY.Key_Return)
    shown = hands.program.window.shell.page()  # type: ignore[union-attr]
    assert isinstance(shown, CardPage) and shown.card is not None and shown.card.name == "Marieke Jansen"
    hands.press(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.isVisible() and page.step == "look"


def test_the_page_says_so_when_ctrl_z_took_it_back(page: ImportPage, hands: Hands, cards: Path) -> None:
    page.look([cards])
    wait(hands, page, "look")
    page.proceed()
    wait(hands, page, "done")
    hands.press(KEY.Key_1, Qt.KeyboardModifier.AltModifier)
    hands.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.qtbot.waitUntil(lambda: any(asked.isVisible() for asked in hands.program.window.findChildren(TakeBackDialog)))
    hands.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)  # it asks first: many cards go
    hands.settle()
    hands.press(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    wait(hands, page, "choose")
    assert "ongedaan gemaakt" in page.good.label.text() and not page.back_out.isVisible()
    hands.press(KEY.Key_1, Qt.KeyboardModifier.AltModifier)
    hands.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    hands.press(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    wait(hands, page, "done")
    assert page.report is not None and summary(page.report) in page.good.label.text() and page.back_out.isVisible()


def test_scrolling_over_a_choice_chooses_nothing(page: ImportPage, hands: Hands, spreadsheet: Path) -> None:
    page.look([spreadsheet])
    wait(hands, page, "look")
    assert page.view is not None
    field = page.view.columns[0][1].rows[0].field
    here, none = QPointF(field.rect().center()), Qt.MouseButton.NoButton
    down = QWheelEvent(
        here, field.mapToGlobal(here), QPoint(), QPoint(0, -120), none,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )
    before = field.value()
    QApplication.sendEvent(field, down)
    assert field.value() == before


def test_who_may_have_been_forgotten_is_said_first_and_left_out_by_choice(
    hands: Hands, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "lijst.vcf"
    path.write_text(CARDS, "utf-8")
    tessa = CustomerRecord(given_name="Tessa", family_name="Testman", phones=[Phone("0655443322")])
    hands.ask(forgetting.forget, hands.ask(customers.new_customer, tessa).customer_id)
    page.look([path])
    hands.settle()
    assert page.view is not None
    (card,) = page.view.findChildren(ForgottenCard)
    assert "Tessa" in said_to_screen_reader(card) and not card.leave.isChecked()
    card.leave.click()
    hands.settle()
    assert page.report is not None and page.report.files[0].added == 1
    assert page.view.findChildren(ForgottenCard)[-1].leave.isChecked()
    page.go_on.click()
    hands.settle()
    assert not hands.ask(customers.find, "Tessa").total and hands.ask(customers.find, "Regenboog").total == 1
