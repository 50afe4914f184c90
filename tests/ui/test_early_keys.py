"""Keys and clicks that come before a page is filled: they arrive in their order, on what they were meant for."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kapperboek.services import drafts
from kapperboek.ui.app.program import Program
from tests.ui.card_tools import ALT, CONTROL, MARIEKE, Hands
from tests.ui.test_keys import KEY, Busy, key, shell_of, words


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def click(hands: Hands, widget: QWidget) -> None:
    """As the mouse itself: on the window, which finds out what is there."""
    at = widget.mapTo(hands.program.window, widget.rect().center())
    QTest.mouseClick(hands.program.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(), QPoint(at))


def kept(hands: Hands) -> set[tuple[int, bool]]:
    """On which cards half-typed words are kept, and whether they are these."""
    hands.settle()
    return {(draft.customer_id, "half getypt" in draft.payload) for draft in hands.ask(drafts.drafts)}


def test_the_second_customer_is_opened_also_before_the_list_is_there(hands: Hands) -> None:
    busy = Busy(hands.program)
    key("2", ALT)
    page: Any = shell_of(hands).page()
    key(KEY.Key_Down)
    key(KEY.Key_Return)
    busy.over()
    hands.settle()
    second = page.model.ids[1]
    assert shell_of(hands).place() == ("card", {"customer_id": second})
    busy = Busy(hands.program)
    key("2", ALT)  # the list of before stands there, and comes in again
    key(KEY.Key_Down)
    busy.over()
    hands.settle()
    assert page.list.current_id() == page.model.ids[2], "what comes in takes nobody back"


def test_keys_before_the_follow_ups_are_there_wait_for_them(hands: Hands) -> None:
    busy = Busy(hands.program)
    key("3", ALT)
    page: Any = shell_of(hands).page()
    key(KEY.Key_Down)
    key(KEY.Key_Return)
    busy.over()
    hands.settle()
    subjects = [row.subject for row in page.list.rows() if not row.title]
    assert shell_of(hands).place() == ("card", {"customer_id": subjects[1].customer_id})


def test_going_elsewhere_waits_for_nothing(hands: Hands) -> None:
    busy = Busy(hands.program)
    key("2", ALT)
    for _time in range(3):
        key(KEY.Key_Down)
    key("3", ALT)
    assert shell_of(hands).place().name == "follow_ups"
    key("1", ALT)
    assert shell_of(hands).place().name == "today"
    busy.over()
    hands.settle()
    assert shell_of(hands).place().name == "today"


def test_f9_hides_at_once_also_while_a_card_is_filled(hands: Hands) -> None:
    busy = Busy(hands.program)
    hands.program.context.open_customer(MARIEKE)
    words("la")
    key(KEY.Key_F9)
    assert hands.program.context.discreet
    busy.over()
    hands.settle()
    assert hands.program.context.discreet and shell_of(hands).search.text() == "la"


def test_a_click_comes_after_the_words_typed_before_it(hands: Hands) -> None:
    shell = shell_of(hands)
    page = hands.open_card()
    busy = Busy(hands.program)
    hands.program.context.open_customer(MARIEKE + 1)
    key(KEY.Key_T, CONTROL)
    words("half getypt")
    click(hands, shell.nav.entries["settings"])
    assert shell.place().name == "card"
    busy.over()
    hands.settle()
    hands.qtbot.waitUntil(lambda: shell.place().name == "settings")
    page.draft.flush()
    assert not shell.search.text() and kept(hands) == {(MARIEKE + 1, True)}
