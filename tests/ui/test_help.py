"""F1: the guide at the page or dialog in front, in both languages, searched by word, with the keys beside it."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kapperboek import i18n
from kapperboek.ui.app.program import Program
from kapperboek.ui.appearance import theme
from kapperboek.ui.help import help_text, shortcuts
from kapperboek.ui.help.help_dialog import HelpSheet
from kapperboek.ui.settings.settings_page import subjects
from kapperboek.ui.widgets.lists.action_list import ActionList
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from kapperboek.ui.window.page_registry import DIALOGS, PAGES

KEY = Qt.Key
PLACES = [*PAGES, *DIALOGS, *(f"settings_{subject.name}" for subject in subjects()), "search", "first_start"]


def opened(program: Program, qtbot: QtBot, click: QWidget | None = None) -> HelpSheet:
    if click is not None:
        QTest.mouseClick(click, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(QApplication.focusWidget() or program.window, KEY.Key_F1)
    qtbot.waitUntil(lambda: bool(open_sheets()) and isinstance(open_sheets()[-1], HelpSheet))  # a form may be filling
    sheet = open_sheets()[-1]
    assert isinstance(sheet, HelpSheet)
    return sheet


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_page_and_dialog_has_its_chapter_in_both_languages(language: str) -> None:
    i18n.set_language(language)
    found = help_text.chapters()
    told = frozenset().union(*(chapter.pages for chapter in found))
    assert [place for place in PLACES if place not in told] == []
    assert not told - set(PLACES), "the guide tells of a page that is not there"
    assert all(chapter.text and "<!--" not in chapter.text and "![" not in chapter.text for chapter in found)


def test_both_languages_have_the_same_chapters() -> None:
    dutch = [chapter.pages for chapter in help_text.chapters()]
    i18n.set_language("en")
    assert [chapter.pages for chapter in help_text.chapters()] == dutch


def test_f1_opens_at_the_page_in_front_and_gives_the_keyboard_back(program: Program, qtbot: QtBot) -> None:
    shell = program.window.shell
    assert shell is not None
    for page, words in (("follow_ups", "laat bovenaan"), ("customers", "sorteren"), ("today", "in de stoel")):
        shell.show_page(page)
        before = QApplication.focusWidget()
        sheet = opened(program, qtbot, click=shell.nav.help_button if page == "today" else None)
        text = sheet.reader.toPlainText()
        assert words in text and "zoeken" in text, page
        rows = [row for one in shell.page().findChildren(ActionList) for row in one.rows()]  # type: ignore[union-attr]
        keys_of_rows = {f"Alt+{action.key}" for row in rows for action in row.actions}
        assert [key for key in keys_of_rows if key not in text] == [], page
        tables = [one for one in sheet.reader.document().rootFrame().childFrames() if isinstance(one, QTextTable)]
        assert tables and all(one.format().border() == 0 for one in tables), "lines between rows, and no boxes"
        qtbot.keyClick(sheet.line, KEY.Key_Escape)
        assert not open_sheets() and QApplication.focusWidget() is before


def test_f1_in_a_dialog_tells_of_that_dialog(program: Program, qtbot: QtBot) -> None:
    program.context.new_customer("")
    (dialog,) = open_sheets()
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    sheet = opened(program, qtbot)
    assert "wie het misschien al is" in sheet.reader.toPlainText()
    QTest.keyClick(sheet.line, KEY.Key_F1)
    assert open_sheets() == (dialog, sheet), "F1 twice opens one guide"
    qtbot.keyClick(sheet.line, KEY.Key_Escape)
    assert open_sheets() == (dialog,)
    shell = program.window.shell
    assert shell is not None
    for discreet, button in ((True, shell.discreet_button), (True, shell.new_button), (False, shell.discreet_button)):
        place = button.mapTo(program.window, button.rect().center())
        QTest.mouseClick(dialog, Qt.MouseButton.LeftButton, pos=place)
        assert program.context.discreet is discreet and open_sheets() == (dialog,), "F9 by mouse too, and no other"
    dialog.close_sheet(False)


def test_a_word_finds_its_chapters_and_arrows_go_through_them(program: Program, qtbot: QtBot) -> None:
    sheet = opened(program, qtbot)
    qtbot.keyClicks(sheet.line, "herstelsleutel")
    chapter = sheet.chapter()
    assert chapter is not None and "settings_security" in chapter.pages and sheet.reader.extraSelections()
    sheet.line.setText("qqq")
    assert sheet.chapter() is None and not sheet.nothing.isHidden()
    sheet.line.clear()
    first = sheet.chapter()
    qtbot.keyClick(sheet.line, KEY.Key_Down)
    assert sheet.chapter() != first
    sheet.close_sheet(False)


def test_the_text_keeps_its_height_at_twice_the_size(program: Program, qtbot: QtBot) -> None:
    theme.apply(QApplication.instance(), "light", 200)
    try:
        sheet = opened(program, qtbot)
        qtbot.waitUntil(lambda: sheet.reader.height() >= theme.px(180))
        sheet.close_sheet(False)
    finally:
        theme.apply(QApplication.instance(), "light", 100)


def test_all_keys_stand_in_the_last_chapter() -> None:
    text = help_text.chapters()[-1].text
    for key, what in (*shortcuts.everywhere(), *shortcuts.searching(), *shortcuts.lines(), *shortcuts.pages()):
        assert f"**{key}** | {what} |" in text


def test_nothing_is_fetched_and_no_link_opened(program: Program, qtbot: QtBot) -> None:
    sheet = opened(program, qtbot)
    kind = QTextDocument.ResourceType.ImageResource.value
    assert sheet.reader.loadResource(kind, QUrl("file:///etc/hostname")) is None
    assert not sheet.reader.openLinks() and not sheet.reader.openExternalLinks()
    sheet.close_sheet(False)


def test_what_the_guide_names_is_called_so_in_the_window() -> None:
    """Bold words with an arrow are ways through the settings: each step is the name of something there."""
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        names = {subject.words for subject in subjects()}
        text = "\n".join(chapter.text for chapter in help_text.chapters())
        settings = i18n._("Settings")
        for found in re.findall(rf"\*\*{settings} → ([^*]+)\*\*", text):
            assert " ".join(found.split()) in names
