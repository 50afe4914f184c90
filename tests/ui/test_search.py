"""The one box: three letters and Enter, a scanner's number, and what to do when nobody fits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.ui.app.program import Program
from kapperboek.ui.search.search_box import SearchBox
from kapperboek.ui.search.search_results import marks

Press = Callable[..., None]


@pytest.fixture
def box(program: Program, qtbot: QtBot) -> SearchBox:
    program.window.activateWindow()
    qtbot.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert program.window.shell is not None
    search = program.window.shell.search
    qtbot.waitUntil(lambda: QApplication.focusWidget() is search.line)
    return search


def test_three_letters_and_enter_open_the_card(program: Program, box: SearchBox, qtbot: QtBot) -> None:
    opened: list[int] = []
    program.context.customer_wished.connect(opened.append)
    qtbot.keyClicks(box.line, "marieke j")
    qtbot.waitUntil(box.answered)
    assert box.is_open() and box.model.result.results[0].name == "Marieke Jansen"
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert opened == [box.context.window.shell.place().kw["customer_id"]]  # type: ignore[attr-defined]
    assert box.text() == "" and not box.is_open()


def test_a_card_scanner_types_a_number_and_enter_at_once(
    program: Program, box: SearchBox, qtbot: QtBot
) -> None:
    opened: list[int] = []
    program.context.customer_wished.connect(opened.append)
    qtbot.keyClicks(box.line, "412")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)  # the answer cannot be there yet
    qtbot.waitUntil(lambda: len(opened) == 1)


def test_fast_typing_shows_only_the_last_answer(program: Program, box: SearchBox, qtbot: QtBot) -> None:
    shown: list[str] = []
    box.model.modelReset.connect(lambda: shown.append(box.model.result.query))
    for text in ("m", "ma", "mar", "mari", "marieke j"):
        box.line.setText(text)
    qtbot.waitUntil(box.answered)
    assert shown[-1] == "marieke j"


def test_the_keyboard_stays_in_the_box(program: Program, box: SearchBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.line, "jans")
    qtbot.waitUntil(box.answered)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(box.line, key)
    assert QApplication.focusWidget() is box.line
    assert box.popup is not None and box.popup.list.currentIndex().row() == 1
    assert box.line.accessibleDescription() == box.model.result.results[1].name


def test_up_from_the_first_is_a_new_card(program: Program, box: SearchBox, qtbot: QtBot) -> None:
    wished: list[dict[str, object]] = []
    program.context.dialog_wished.connect(lambda name, kw: wished.append({"dialog": name, **kw}))
    qtbot.keyClicks(box.line, "jans")
    qtbot.waitUntil(box.answered)
    qtbot.keyClick(box.line, Qt.Key.Key_Up)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert wished == [{"dialog": "customer", "text": "jans"}]


def test_nobody_found_and_enter_makes_a_new_card(program: Program, box: SearchBox, qtbot: QtBot) -> None:
    wished: list[dict[str, object]] = []
    program.context.dialog_wished.connect(lambda name, kw: wished.append(kw))
    qtbot.keyClicks(box.line, "Xqzwvy Qqzx")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(wished) == 1)
    assert wished[0]["text"] == "Xqzwvy Qqzx"


def test_escape_empties_the_box(program: Program, box: SearchBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.line, "jans")
    qtbot.waitUntil(box.is_open)
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert not box.is_open() and box.text() == ""


@pytest.mark.parametrize(
    "text", ['"', "'; drop table customer", "<b>x</b>", "%_*", "NEAR(", "é" * 200, "\u202e"]
)
def test_odd_input_gives_an_answer(program: Program, box: SearchBox, qtbot: QtBot, text: str) -> None:
    box.line.setText(text)
    qtbot.waitUntil(box.answered)


def test_discreet_results_show_no_more_than_name_and_number(program: Program, box: SearchBox) -> None:
    from kapperboek.domain.views.search_view import Found
    from kapperboek.ui.search.search_results import chips_of, details_of

    found = Found(1, "412", "Marieke Jansen", "note", ("06 1",), ("m@x",), "1985-11-23", None, "Zwolle",
                  snippet="scheiding", badge="klacht open")
    assert details_of(found, discreet=True) == "#412"
    assert chips_of(found, True, program.context.day) == []
    assert "scheiding" in details_of(found, discreet=False)


def test_what_was_typed_is_marked_in_the_name() -> None:
    assert marks("Marieke Jansen", ("mar", "j")) == [(0, 3), (8, 1)]
    assert marks("Zoë van 't Hoff-Smit", ("zoe", "smi")) == [(0, 3), (16, 3)]


def test_at_200_percent_a_name_still_fits_in_the_list(program: Program, qtbot: QtBot) -> None:
    context = program.context
    program.window.resize(1024, 700)
    context.set_shop(context.shop._replace(text_scale=200))
    search = program.window.shell.search  # type: ignore[union-attr]
    search.start()
    search.line.setText("jans")
    qtbot.waitUntil(search.answered)
    assert search.popup is not None and search.popup.width() > 700
    assert search.popup.geometry().right() <= program.window.width()
    context.set_shop(context.shop._replace(text_scale=100))
    qtbot.waitUntil(lambda: program.jobs.pending() == 0)
