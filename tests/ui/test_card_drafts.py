"""Half typed on the card itself: it outlives Esc, F9, the lock, another card, somebody else's change and a kill."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord
from kapperboek.services import drafts, journal
from kapperboek.services.customers import customers
from kapperboek.services.moments import talk
from kapperboek.ui.app.program import Program
from kapperboek.ui.card import card_draft
from kapperboek.ui.card.card_page import CardPage
from kapperboek.ui.card.knowledge.card_fact_rows import Fact
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, everything_said, read_again, said_to_screen_reader

KEY = Qt.Key


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def on_disk(hands: Hands, *words: str) -> None:
    """Wait until a draft with these words is in the file, as another connection sees it."""
    kept = lambda: read_again(hands.program.path, drafts.drafts)  # noqa: E731
    hands.qtbot.waitUntil(lambda: any(all(w in draft.payload for w in words) for draft in kept()))


def nothing_on_disk(hands: Hands) -> None:
    hands.qtbot.waitUntil(lambda: read_again(hands.program.path, drafts.drafts) == ())


def reword(page: CardPage) -> Any:
    """F2 on the first point."""
    row = page.talk.rows[0]
    row.discussed.setFocus()
    QTest.keyClick(row.discussed, KEY.Key_F2)
    return row


def fact(page: CardPage, key: str = "hobby") -> Fact:
    return next(row for row in page.knowledge.findChildren(Fact) if row.key == key and row.isVisible())


def asked(hands: Hands) -> CardPage:
    """A card with a question for today."""
    number = next(number for number in range(2, 60) if hands.card(number).question is not None)
    return hands.open_card(number)


def new_point(hands: Hands) -> None:
    hands.press(KEY.Key_T, CONTROL)


def answer(hands: Hands) -> None:
    hands.open_card().talk.rows[0].discussed.click()


def other_words(hands: Hands) -> None:
    reword(hands.open_card())


def wish(hands: Hands) -> None:
    hands.open_card().knowledge.begin_adding("wish")


def changed_fact(hands: Hands) -> None:
    fact(hands.open_card()).edit()


def question(hands: Hands) -> None:
    asked(hands).question.answer.setFocus()


PLACES = [new_point, answer, other_words, wish, changed_fact, question]


def shown(hands: Hands) -> str:
    """What stands in the lines one can type in, on the card in front."""
    page = hands.open_card(hands.program.window.shell.page().customer_id)  # type: ignore[union-attr]
    return said_to_screen_reader(page)


def comes_back(hands: Hands) -> None:
    hands.qtbot.waitUntil(lambda: "Xq zin" in shown(hands))


@pytest.mark.parametrize("place", PLACES)
def test_it_outlives_the_lock_another_card_and_f9(hands: Hands, place: Callable[[Hands], None]) -> None:
    hands.open_card()
    place(hands)
    customer_id = hands.program.window.shell.page().customer_id  # type: ignore[union-attr]
    QTest.keyClicks(QApplication.focusWidget(), "Xq zin")
    hands.press(KEY.Key_L, CONTROL)  # no time for the timer
    assert hands.program.window.shell is None and "Xq" not in everything_said(hands.program)
    on_disk(hands, "Xq zin")
    hands.press(KEY.Key_Return)
    hands.open_card(customer_id)
    comes_back(hands)
    hands.open_card(3)
    assert "Xq" not in everything_said(hands.program)
    hands.open_card(customer_id)
    comes_back(hands)
    hands.press(KEY.Key_F9)
    assert "Xq" not in said_to_screen_reader(hands.program.window)
    hands.press(KEY.Key_F9)
    comes_back(hands)
    on_disk(hands, "Xq zin")


@pytest.mark.parametrize("place", PLACES)
def test_somebody_elses_change_leaves_the_words_and_the_keyboard(hands: Hands, place: Callable[[Hands], None]) -> None:
    hands.open_card()
    place(hands)
    customer_id = hands.program.window.shell.page().customer_id  # type: ignore[union-attr]
    hands.write("Xq ")
    hands.program.context.save(talk.add_point, customer_id, "van een ander")
    hands.program.context.save(customers.add_line, customer_id, "avoid", "van een ander")
    hands.settle()
    hands.write("zin")
    comes_back(hands)
    on_disk(hands, "Xq zin")


@pytest.mark.parametrize("place", PLACES[:-1])
def test_esc_leaves_the_line_and_keeps_the_words(hands: Hands, place: Callable[[Hands], None]) -> None:
    hands.open_card()
    place(hands)
    hands.write("Xq zin")
    hands.press(KEY.Key_Escape)
    assert "Niet bewaard" in hands.program.window.toast.words.text()
    on_disk(hands, "Xq zin")
    place(hands)
    line: Any = QApplication.focusWidget()
    assert "Xq zin" in line.text()
    line.selectAll()
    hands.press(KEY.Key_Delete)
    hands.press(KEY.Key_Escape)
    nothing_on_disk(hands)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_saved_is_half_typed_no_more(hands: Hands, place: Callable[[Hands], None]) -> None:
    hands.open_card()
    place(hands)
    hands.write("Xq zin")
    on_disk(hands, "Xq zin")
    hands.press(KEY.Key_Return)
    nothing_on_disk(hands)
    assert "Xq zin" in repr(hands.card(hands.program.window.shell.page().customer_id)) or place is answer  # type: ignore[union-attr]


LATE = 600_000  # milliseconds: what is written a moment later is not written in this test


@pytest.mark.parametrize("place", PLACES)
def test_it_goes_off_the_disk_in_the_moment_its_words_are_stored(
    hands: Hands, place: Callable[[Hands], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed a moment after the save, the program offered it again."""
    hands.open_card()
    place(hands)
    hands.write("Xq zin")
    on_disk(hands, "Xq zin")
    monkeypatch.setattr(card_draft, "AFTER", LATE)
    hands.press(KEY.Key_Return)
    assert read_again(hands.program.path, drafts.drafts) == ()


def test_what_is_half_typed_beside_it_stays_on_disk(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    page = hands.open_card()
    new_point(hands)
    hands.write("half punt")
    page.knowledge.begin_adding("avoid")
    hands.write("Xq zin")
    on_disk(hands, "half punt", "Xq zin")
    monkeypatch.setattr(card_draft, "AFTER", LATE)
    hands.press(KEY.Key_Return)
    (left,) = read_again(hands.program.path, drafts.drafts)
    assert json.loads(left.payload) == {"text": "half punt"}


@pytest.mark.parametrize("place", [new_point, answer, wish])
def test_who_saves_and_locks_at_once_is_not_offered_it_again(
    hands: Hands, place: Callable[[Hands], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_draft, "AFTER", LATE)  # the lock writes what is waiting, behind the save
    page = hands.open_card()
    place(hands)
    QTest.keyClicks(QApplication.focusWidget(), "Xq zin")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert page.half.under_way
    QTest.keyClick(hands.program.window, KEY.Key_L, CONTROL)
    hands.settle()
    assert hands.program.window.shell is None
    nothing_on_disk(hands)


def test_two_of_them_are_kept_beside_each_other(hands: Hands) -> None:
    page = hands.open_card()
    answer(hands)
    hands.write("half antwoord")
    hands.press(KEY.Key_Escape)
    reword(page)
    hands.write("halve woorden")
    page.knowledge.begin_adding("avoid")
    hands.write("halve regel")
    page.knowledge.begin_adding("wish")
    hands.write("halve wens")
    on_disk(hands, "half antwoord", "halve woorden", "halve regel", "halve wens")
    page.knowledge.begin_adding("avoid")
    assert page.knowledge.adding.text() == "halve regel"


def test_rewording_never_takes_the_place_of_an_answer(hands: Hands) -> None:
    row = hands.open_card().talk.rows[0]
    row.discussed.click()
    hands.write("ja, in mei")
    row.edit()  # F2, or a double click beside it
    assert row.answer() == "ja, in mei" and row.line() is not None and row.line().text() == "ja, in mei"


def test_looking_at_the_words_with_f2_is_not_typing(hands: Hands) -> None:
    page = hands.open_card()
    reword(page)
    page.draft._typed()
    hands.open_card(3)
    hands.settle()
    nothing_on_disk(hands)


def test_words_about_a_point_that_is_gone_go_to_the_next_one(hands: Hands) -> None:
    page = hands.open_card()
    row = reword(page)
    hands.write("Xq zin")
    hands.program.context.save(talk.drop, row.point.id)
    hands.settle()
    assert page.talk.new.text() == "Xq zin"
    on_disk(hands, "Xq zin")


def test_reworded_by_two_shows_both_and_enter_saves_ours(hands: Hands) -> None:
    page = hands.open_card()
    row = reword(page)
    hands.write("Xq zin")
    point = row.point
    read_again(hands.program.path, talk.edit_point, point.id, "van een ander", not_before=None, version=point.version)
    hands.press(KEY.Key_Return)
    again = page.talk.rows[0]
    assert again.point.text == "van een ander" and again.line() is not None and again.line().hasFocus()
    assert again.line().text() == "Xq zin"
    hands.press(KEY.Key_Return)
    assert "Xq zin" in [one.text for one in hands.card().talk_points]
    nothing_on_disk(hands)


def test_a_point_that_could_not_be_saved_is_in_its_line_again(hands: Hands) -> None:
    made = hands.ask(customers.new_customer, CustomerRecord(given_name="Even"))
    page = hands.open_card(made.customer_id)
    new_point(hands)
    hands.write("Xq zin")
    read_again(hands.program.path, journal.undo, made.change_id)
    QTest.keyClick(page.talk.new, KEY.Key_Return)
    QTest.keyClicks(page.talk.new, "en meer")  # while it is being saved
    hands.qtbot.waitUntil(lambda: "Xq zin" in page.talk.new.text())
    assert "en meer" in page.talk.new.text()
    on_disk(hands, "Xq zin", "en meer")


def test_what_is_typed_while_a_point_is_saved_is_the_next_point(hands: Hands) -> None:
    page = hands.open_card()
    new_point(hands)
    hands.write("Xq zin")
    QTest.keyClick(page.talk.new, KEY.Key_Return)
    QTest.keyClicks(page.talk.new, "de volgende")
    hands.settle()
    assert page.talk.new.text() == "de volgende"
    assert "Xq zin" in [one.text for one in hands.card(MARIEKE).talk_points]
    on_disk(hands, "de volgende")


def test_ctrl_t_goes_on_where_words_stand_already(hands: Hands) -> None:
    page = hands.open_card(MARIEKE)
    hands.press(KEY.Key_T, CONTROL)
    hands.write("een")
    hands.press(KEY.Key_G, CONTROL)
    hands.press(KEY.Key_T, CONTROL)
    hands.write(" twee")
    assert page.talk.new.text() == "een twee"
