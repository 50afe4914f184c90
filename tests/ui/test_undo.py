"""Ctrl+Z cannot frighten: in a text it is about the text, elsewhere about what was just done here; all else asks first,
with true numbers; and every undo can be undone at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import journal, settings
from kapperboek.services.customers import customers
from kapperboek.services.importing import importing
from kapperboek.services.moments import talk
from kapperboek.storage.file.notebook import Notebook
from kapperboek.ui.app.program import Program
from kapperboek.ui.core.key_repeat import HeldKey
from kapperboek.ui.widgets.sheet.sheet import open_sheets
from kapperboek.ui.window.undo_dialog import TakeBackDialog
from tests.storage.conftest import content
from tests.ui.card_tools import CONTROL, MARIEKE, SHIFT, Hands, said_to_screen_reader

KEY = Qt.Key
PIET = 2


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def rows(hands: Hands) -> dict[str, list[Any]]:
    return hands.ask(content)


def undo(hands: Hands, times: int = 1) -> None:
    hands.press(KEY.Key_Z, CONTROL, times)


def again(hands: Hands, times: int = 1) -> None:
    hands.press(KEY.Key_Z, CONTROL | SHIFT, times)


def save(hands: Hands, text: str, customer_id: int = MARIEKE) -> None:
    hands.program.context.save(talk.add_point, customer_id, text)
    hands.settle()


def toast(hands: Hands) -> str:
    return hands.program.window.toast.words.text()


def on_page(hands: Hands) -> None:
    """The keyboard on the page itself, in no text."""
    shell = hands.program.window.shell
    page = shell.page() if shell is not None else None
    assert page is not None
    page.setFocus()


def test_in_a_text_with_nothing_to_take_back_it_does_nothing(hands: Hands) -> None:
    """Also held down, and with the redo keys; in every text of the card, and in the search box."""
    page = hands.open_card()
    save(hands, "blijft")
    before = rows(hands)
    texts = [one for one in page.findChildren(QLineEdit) + page.findChildren(QPlainTextEdit) if one.isVisible()]
    shell = hands.program.window.shell
    assert shell is not None and texts
    for text in (*texts, shell.search.line):
        text.setFocus()
        assert QApplication.focusWidget() is text
        undo(hands, 3)
        again(hands)
        hands.press(KEY.Key_Y, CONTROL)
    assert rows(hands) == before and not open_sheets()


def test_text_goes_and_comes_back_with_the_same_keys(hands: Hands) -> None:
    shell = hands.program.window.shell
    assert shell is not None
    shell.search.start()
    hands.write("abc")
    undo(hands)
    assert shell.search.text() != "abc"
    again(hands)
    assert shell.search.text() == "abc"


def test_right_after_the_start_nothing_is_taken_back_on_any_page(hands: Hands) -> None:
    """A demo of 300 cards, filled before this sitting; what is older is a click away."""
    before = rows(hands)
    for page in ("today", "customers", "follow_ups", "settings"):
        hands.program.context.open_page(page)
        hands.settle()
        on_page(hands)
        undo(hands, 2)
        again(hands)
    hands.open_card()
    on_page(hands)
    undo(hands)
    assert rows(hands) == before and not open_sheets()
    assert "niets om ongedaan te maken" in toast(hands)


def test_held_down_it_takes_back_once(hands: Hands) -> None:
    """Also where the desktop sends repeats as presses of their own, at the very moment of a release."""
    hands.open_card()
    states = []
    for text in ("een", "twee", "drie"):
        states.append(rows(hands))
        save(hands, text)
    on_page(hands)
    page = QApplication.focusWidget()
    assert page is not None
    for _time in range(5):
        QTest.keyPress(page, KEY.Key_Z, CONTROL)
        hands.settle()
    QTest.keyRelease(page, KEY.Key_Z, CONTROL)
    assert rows(hands) == states[2]
    undo(hands)
    assert rows(hands) == states[1]
    keys = {one.key().toString(): one.autoRepeat() for one in hands.program.window.findChildren(QShortcut)}
    assert keys["Ctrl+Z"] is keys["Ctrl+Shift+Z"] is keys["Ctrl+Y"] is False


def test_a_repeat_is_told_from_a_press(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    held = HeldKey(window, [KEY.Key_Z])

    def comes(kind: QEvent.Type, at: int, repeat: bool = False) -> bool:
        event = QKeyEvent(kind, KEY.Key_Z, CONTROL, "", repeat)
        event.setTimestamp(at)
        QApplication.sendEvent(window, event)
        return held.repeats

    press, release = QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease
    assert not comes(press, 1_000)
    comes(release, 1_660)
    assert comes(press, 1_660) and comes(press, 1_700, repeat=True)  # as X and as others send them
    comes(release, 1_800)
    assert not comes(press, 1_830), "pressed again, quickly"
    assert comes(press, 2_400) and not comes(press, 9_000), "a release that went elsewhere is forgotten"


def test_newest_first_with_a_list_in_which_each_can_be_had_again(hands: Hands) -> None:
    hands.open_card()
    states = [rows(hands)]
    for text in ("een", "twee", "drie"):
        save(hands, text)
        states.append(rows(hands))
    on_page(hands)
    focus = QApplication.focusWidget()
    undo(hands)
    assert rows(hands) == states[2] and toast(hands).startswith("Ongedaan gemaakt")
    assert hands.program.window.toast.action.text() == "Toch weer"  # type: ignore[union-attr]
    undo(hands, 2)
    assert rows(hands) == states[0]
    taken = hands.program.window.undo.taken_list
    assert taken is not None and taken.isVisible() and not hands.program.window.toast.isVisible()
    assert taken.height() > 3 * taken.buttons[0].height()
    assert len(taken.buttons) == 3 and QApplication.focusWidget() is focus
    assert [one.accessibleName().partition("“")[2] for one in taken.buttons] == ["een”", "twee”", "drie”"]
    hands.program.context.set_discreet(True)
    assert "Marieke" not in said_to_screen_reader(taken) and "een" not in said_to_screen_reader(taken).split()
    hands.program.context.set_discreet(False)
    undo(hands)
    assert "niets om ongedaan te maken" in taken.said.text()
    again(hands)
    assert rows(hands) == states[1] and len(taken.buttons) == 2
    hands.qtbot.mouseClick(taken.buttons[0], Qt.MouseButton.LeftButton)
    hands.settle()
    assert rows(hands) == states[2]
    hands.press(KEY.Key_Y, CONTROL)
    assert rows(hands) == states[3] and not taken.isVisible()
    again(hands)
    assert rows(hands) == states[3]


def test_the_toast_gives_back_at_once(hands: Hands) -> None:
    hands.open_card()
    save(hands, "een")
    before = rows(hands)
    on_page(hands)
    undo(hands)
    action = hands.program.window.toast.action
    assert action is not None
    action.click()
    hands.settle()
    assert rows(hands) == before and toast(hands).startswith("Opnieuw gedaan")


def test_the_toast_names_its_key_only_where_that_does_the_same(hands: Hands) -> None:
    hands.open_card()
    hands.program.context.note_contact(MARIEKE, "call")
    hands.qtbot.waitUntil(lambda: hands.sheet().save_button.isEnabled())
    hands.write("belt terug")
    hands.press(KEY.Key_Return)  # from a text, which is gone with the dialog
    action, shell = hands.program.window.toast.action, hands.program.window.shell
    assert action is not None and shell is not None and action.hint == "Ctrl Z"
    shell.search.start()
    assert action.hint == "", "there it is about what is typed"
    on_page(hands)
    assert action.hint == "Ctrl Z"
    hands.program.context.show_changes(MARIEKE)
    hands.sheet().cancel_button.setFocus()
    assert action.hint == ""
    hands.press(KEY.Key_Escape)
    assert action.hint == "Ctrl Z"
    hands.program.context.open_page("today")
    hands.settle()
    assert action.hint == "", "there it was not done, and nothing would be taken back"


def test_after_something_new_there_is_nothing_to_have_again(hands: Hands) -> None:
    hands.open_card()
    save(hands, "een")
    on_page(hands)
    undo(hands)
    save(hands, "twee")
    before = rows(hands)
    again(hands)
    assert rows(hands) == before and "niets om toch weer" in toast(hands)


def test_another_card_asks_first_and_an_enter_is_no_yes(hands: Hands) -> None:
    hands.open_card(PIET)
    save(hands, "voor Piet", PIET)
    name = hands.card(PIET).name
    before = rows(hands)
    hands.program.context.open_page("today")
    said = hands.program.window.toast
    assert said.isVisible() and name in toast(hands)
    hands.open_card(PIET)
    assert said.isVisible()
    hands.open_card(MARIEKE)
    assert not said.isVisible(), "what is said of one stands over the card of another"
    on_page(hands)
    undo(hands, 3)
    (dialog,) = open_sheets()
    assert isinstance(dialog, TakeBackDialog) and dialog.cancel_button.hasFocus()
    assert dialog.why.text() == f"Dit gaat over {name}, niet over de kaart die openstaat."
    assert dialog.effect.text() == "Dit gaat weg: 1 praatpunt."
    hands.program.context.set_discreet(True)
    assert dialog.what.text() == name and "voor Piet" not in said_to_screen_reader(dialog)
    hands.program.context.set_discreet(False)
    hands.press(KEY.Key_Return)
    assert not open_sheets() and rows(hands) == before
    undo(hands)
    hands.press(KEY.Key_Return, CONTROL)
    assert not any(point.text == "voor Piet" for point in hands.card(PIET).talk_points)
    again(hands)  # at once, without a question
    assert rows(hands) == before and not open_sheets()


def test_an_import_asks_with_the_number_of_cards_and_comes_back_whole(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "drie.csv"
    path.write_text("Voornaam;Telefoon\nTessa;0655443322\nRoy;0655443323\nBo;0655443324\n", "utf-8")
    before = rows(hands)
    hands.ask(importing.import_files, [path], by=hands.program.context.staff_id)
    imported = rows(hands)
    hands.program.context.open_page("customers")
    hands.settle()
    on_page(hands)
    undo(hands)
    (dialog,) = open_sheets()
    assert isinstance(dialog, TakeBackDialog)
    assert "3 kaarten" in dialog.why.text() and dialog.save_button.text() == "Maak ongedaan op 3 kaarten"
    assert dialog.effect.text() == "Dit gaat weg: 3 kaarten, 3 telefoonnummers en e-mailadressen."
    for narrow in (False, True):  # also where the buttons take two lines, what goes is seen without scrolling
        hands.program.window.resize(1280, 860)
        dialog.widest = 560 if narrow else dialog.widest
        dialog.relayout()
        hands.settle()
        assert dialog.area.verticalScrollBar().maximum() == 0
        assert (dialog.changes.y() == dialog.save_button.y()) is not narrow
    dialog.save_button.click()
    hands.settle()
    assert rows(hands) == before
    again(hands)
    assert rows(hands) == imported


def test_who_takes_over_takes_nothing_of_the_other_back(hands: Hands) -> None:
    context = hands.program.context
    hands.open_card()
    save(hands, "van de een")
    before = rows(hands)
    other = next(one.id for one in context.staff if one.active and one.id != context.staff_id)
    mine = context.staff_id
    for person in (other, mine):  # and coming back is a new sitting
        context.set_staff(person)
        hands.settle()
        on_page(hands)
        undo(hands, 2)
        assert rows(hands) == before and not open_sheets()


def test_after_midnight_it_asks(hands: Hands) -> None:
    hands.open_card()
    now = datetime.combine(hands.program.context.day, datetime.min.time())
    hands.ask(_set_clock, FixedClock(now + timedelta(hours=23, minutes=58)))
    save(hands, "laat")
    before = rows(hands)
    hands.ask(_set_clock, FixedClock(now + timedelta(hours=24, minutes=2)))
    on_page(hands)
    undo(hands)
    (dialog,) = open_sheets()
    assert "andere dag" in dialog.why.text() and rows(hands) == before  # type: ignore[attr-defined]


def _set_clock(book: Notebook, clock: FixedClock) -> bool:
    book.clock = clock
    return True


def test_in_a_dialog_it_is_about_nothing_but_text(hands: Hands) -> None:
    hands.open_card()
    save(hands, "blijft")
    before = rows(hands)
    hands.program.context.show_changes(MARIEKE)
    dialog = hands.sheet()
    dialog.cancel_button.setFocus()
    undo(hands, 2)
    assert rows(hands) == before


def test_a_card_just_made_goes_and_comes_back(hands: Hands) -> None:
    from kapperboek.domain.records import CustomerRecord

    before = rows(hands)
    hands.program.context.save(customers.new_customer, CustomerRecord(given_name="Bep"))
    hands.settle()
    made = rows(hands)
    bep = hands.ask(journal.changes, limit=1)[0]
    hands.open_card(max(row["id"] for row in made["customer"]))
    on_page(hands)
    action = hands.program.window.toast.action
    assert action is not None and action.hint == "Ctrl Z"
    undo(hands)
    assert rows(hands) == before and bep.cards == 1
    again(hands)
    assert rows(hands) == made


def test_the_last_owner_stays_and_works_on(hands: Hands) -> None:
    """The staff came with the demo; taking that back left nobody with a right to anything."""
    demo = next(one for one in hands.ask(journal.changes) if one.source == "demo")
    mine = hands.program.context.staff_id
    hands.ask(journal.undo, demo.id, by=mine)
    people = hands.ask(settings.staff)
    assert any(one.role == "owner" and one.active for one in people)
    context = hands.program.context
    hands.settle()
    assert context.staff_id in [one.id for one in context.staff] and context.may("settings")


def test_done_on_today_it_is_taken_back_on_today(hands: Hands) -> None:
    """Also what was chosen on the settings page, there; from another page it asks."""
    context = hands.program.context
    on_page(hands)
    before = rows(hands)
    save(hands, "vanaf Vandaag", PIET)
    undo(hands)
    assert rows(hands) == before
    context.open_page("settings")
    hands.settle()
    context.save(settings.save_shop, context.shop._replace(promise_days=9))
    hands.settle()
    changed = rows(hands)
    context.open_page("customers")
    hands.settle()
    on_page(hands)
    undo(hands)
    (dialog,) = open_sheets()
    assert isinstance(dialog, TakeBackDialog) and dialog.effect.text() != "" and rows(hands) == changed
    dialog.cancel()
    context.open_page("settings")
    hands.settle()
    on_page(hands)
    undo(hands)
    assert rows(hands) == before


def test_the_list_goes_with_who_was_working_and_with_the_page(hands: Hands) -> None:
    hands.open_card()
    for text in ("een", "twee"):
        save(hands, text)
    on_page(hands)
    undo(hands, 2)
    taken = hands.program.window.undo.taken_list
    assert taken is not None and taken.isVisible()
    context = hands.program.context
    context.set_staff(next(one.id for one in context.staff if one.id != context.staff_id))
    hands.settle()
    assert hands.program.window.undo.taken_list is None
    before = rows(hands)
    on_page(hands)
    again(hands)
    assert rows(hands) == before


def test_it_was_made_where_one_was_when_it_was_saved(hands: Hands) -> None:
    before, context = rows(hands), hands.program.context
    context.save(talk.add_point, PIET, "vanaf Vandaag")
    context.open_page("customers")  # before the answer
    hands.settle()
    on_page(hands)
    undo(hands)
    (dialog,) = open_sheets()
    assert isinstance(dialog, TakeBackDialog), "it was not made on this page, so it is asked"
    dialog.cancel()
    context.open_page("today")
    hands.settle()
    on_page(hands)
    undo(hands)
    assert not open_sheets() and rows(hands) == before


def test_the_list_closes_when_another_card_comes(hands: Hands) -> None:
    hands.open_card()
    for text in ("een", "twee"):
        save(hands, text)
    on_page(hands)
    undo(hands, 2)
    taken = hands.program.window.undo.taken_list
    assert taken is not None and taken.isVisible()
    hands.open_card(PIET)
    assert not hands.program.window.undo.listed()


def test_what_is_in_the_way_is_said_and_nothing_goes(hands: Hands) -> None:
    """Somebody at the command line wrote since on a card that was just made."""
    from kapperboek.domain.records import CustomerRecord

    hands.program.context.save(customers.new_customer, CustomerRecord(given_name="Bep"))
    hands.settle()
    bep = max(row["id"] for row in rows(hands)["customer"])
    hands.open_card(bep)
    hands.ask(talk.add_point, bep, "later")
    before = rows(hands)
    on_page(hands)
    undo(hands)
    assert rows(hands) == before and "Bep" in toast(hands)


def test_what_is_in_the_way_is_said_of_nobody_while_somebody_looks_along(hands: Hands) -> None:
    save(hands, "zegt niets", PIET)
    hands.open_card()
    on_page(hands)
    undo(hands)
    dialog = hands.sheet()
    assert isinstance(dialog, TakeBackDialog)
    hands.press(KEY.Key_F9)
    change = dialog.question.change_id
    hands.ask(talk.drop, hands.card(PIET).talk_points[-1].id)
    dialog.save_button.click()
    hands.qtbot.waitUntil(lambda: not dialog.problem.isHidden())
    said = said_to_screen_reader(dialog)
    assert "F9" in said and "zegt niets" not in said and not hands.ask(journal.is_undone, change)
