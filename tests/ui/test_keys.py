"""Every key of every page after every kind of click; and what is typed lands where it was meant."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kapperboek.domain.views.list_views import DraftView
from kapperboek.services import drafts
from kapperboek.services.customers import customers
from kapperboek.services.moments import follow_ups
from kapperboek.services.privacy import health_facts
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_page import CardPage
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.search.search_box import LIMIT
from kapperboek.ui.start.drafts_bar import DraftsBar
from kapperboek.ui.start.recovery_bar import RecoveryBar
from kapperboek.ui.widgets.sheet.front_keys import FrontKey, keys_of
from kapperboek.ui.widgets.sheet.sheet import open_sheets
from kapperboek.ui.widgets.sheet.typed_ahead import TypedAhead
from kapperboek.ui.window.navigation import StaffButton
from kapperboek.ui.window.page_registry import PAGES
from kapperboek.ui.window.shell import Shell
from tests.ui.card_tools import CONTROL, MARIEKE, PLAIN, Hands

KEY, ALT, LEFT = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def shell_of(hands: Hands) -> Shell:
    shell = hands.program.window.shell
    assert shell is not None
    return shell


def focus() -> QWidget | None:
    return QApplication.focusWidget()


# --- every kind of click ----------------------------------------------------------------------------------


def on_initials(hands: Hands) -> None:
    for button in shell_of(hands).nav.findChildren(StaffButton)[1::-1]:  # somebody else, and back
        hands.qtbot.mouseClick(button, LEFT)
    hands.program.window.toast.hide()  # what is said of an owner without a PIN makes room below the page


def on_f9(hands: Hands) -> None:
    for _time in range(2):
        hands.qtbot.mouseClick(shell_of(hands).discreet_button, LEFT)


def on_later(hands: Hands) -> None:
    context = hands.program.context
    bar = RecoveryBar(context)
    shell_of(hands).above.addWidget(bar)
    bar.show()
    hands.qtbot.mouseClick(bar.later, LEFT)
    bar.deleteLater()


def on_a_draft(hands: Hands) -> None:
    bar = DraftsBar(hands.program.context)
    shell_of(hands).above.addWidget(bar)
    bar._drafts = [DraftView("d", "visit", MARIEKE, "Marieke", "{}", "2026-11-22T09:00:00")]
    bar._show()
    hands.qtbot.mouseClick(bar.buttons[1], LEFT)
    bar.deleteLater()


def on_a_toast(hands: Hands) -> None:
    toast = hands.program.window.toast
    toast.say("Bewaard", "Ongedaan maken", lambda: None)
    hands.qtbot.mouseClick(toast.words, LEFT)
    button = toast.action
    assert button is not None
    hands.qtbot.mouseClick(button, LEFT)


def on_nothing(hands: Hands) -> None:
    shell, page = shell_of(hands), shell_of(hands).page()
    assert page is not None
    for empty, place in ((shell.nav, QPoint(3, 3)), (shell, QPoint(shell.width() - 3, 3)), (page, QPoint(1, 1))):
        hands.qtbot.mouseClick(empty, LEFT, pos=place)


def on_where_we_are(hands: Hands) -> None:
    nav = shell_of(hands).nav
    entry = next(entry for entry in nav.entries.values() if entry.isChecked())
    if shell_of(hands).place().name not in ("card", "importing"):
        hands.qtbot.mouseClick(entry, LEFT)


CLICKS: tuple[Callable[[Hands], None], ...] = (
    on_initials, on_f9, on_later, on_a_draft, on_a_toast, on_nothing, on_where_we_are)


def on_page(hands: Hands, name: str) -> QWidget:
    if name == "card":
        return hands.open_card()
    hands.program.context.open_page(name)
    hands.settle()
    page = shell_of(hands).page()
    assert page is not None
    return page


def press(keys: QKeySequence) -> None:
    both = keys[0]
    QTest.keyClick(focus() or QApplication.activeWindow(), both.key(), both.keyboardModifiers())


def acts(hands: Hands, key: FrontKey) -> bool:
    """Whether pressing it now does what it is for; what it would open stays shut, for there are hundreds of presses."""
    done: list[bool] = []
    context = hands.program.context

    def heard() -> None:
        done.append(True)

    key.activated.connect(heard)
    context.blockSignals(True)
    press(key.key())
    context.blockSignals(False)
    key.activated.disconnect(heard)
    return bool(done)


def where(widget: QWidget | None) -> tuple[str, str, QPoint]:
    """Which widget this is, also of a page that was made anew."""
    assert widget is not None
    return type(widget).__name__, widget.accessibleName(), widget.mapTo(widget.window(), QPoint())


@pytest.mark.parametrize("name", PAGES)
def test_every_key_of_a_page_acts_after_every_click(hands: Hands, name: str) -> None:
    on_page(hands, name)
    dead = []
    for click in CLICKS:
        page = shell_of(hands).page()  # the settings are made anew for whoever may do other things
        assert page is not None
        page.setFocus()
        before = where(focus())
        click(hands)
        hands.settle()
        assert where(focus()) == before, f"{click.__name__} took the keyboard on {name}"
        page = shell_of(hands).page()
        assert page is not None
        dead += [f"{key.key().toString()} after {click.__name__}" for key in keys_of(page) if not acts(hands, key)]
    assert not dead


@pytest.mark.parametrize("name", PAGES)
def test_every_key_of_a_page_acts_wherever_the_keyboard_is(hands: Hands, name: str) -> None:
    page, shell = on_page(hands, name), shell_of(hands)
    places = [shell.nav.entries["today"], shell.discreet_button, shell.search.line, None]
    dead = []
    for place in places:
        for key in keys_of(page):
            now = focus()
            if place is not None:
                place.setFocus()
            elif now is not None:
                now.clearFocus()
            if not acts(hands, key):
                dead.append(f"{key.key().toString()} from {place}")
    assert not dead


def test_what_is_typed_after_a_click_lands_in_the_talk_point(hands: Hands) -> None:
    page = hands.open_card()
    for click in CLICKS:
        click(hands)
        hands.press(KEY.Key_T, CONTROL)
        hands.write("nieuwe keuken")
        assert page.talk.new.text() == "nieuwe keuken" and not shell_of(hands).search.text(), click.__name__
        click(hands)  # in the middle of it
        hands.settle()
        hands.write(" of bad")
        assert page.talk.new.text() == "nieuwe keuken of bad" and not shell_of(hands).search.text(), click.__name__
        page.talk.new.clear()


# --- faster than the form fills ---------------------------------------------------------------------------


class Busy:
    """The database thread does a real job, which takes as long as one likes; what is asked meanwhile waits for it."""

    def __init__(self, program: Program) -> None:
        self._go_on = Event()
        program.jobs.run(lambda _book: self._go_on.wait(60))

    def over(self) -> None:
        self._go_on.set()


def key(key: Qt.Key | str, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Down and up, without waiting for anything."""
    QTest.keyClick(focus() or QApplication.activeWindow(), key, held)  # type: ignore[call-overload]


def words(text: str) -> None:
    for letter in text:
        key(letter)


def whole_visit() -> None:
    """The return visit of the story, in nine keys: the number of the recipe, the tick, its answer, and what is next."""
    key(KEY.Key_Return, CONTROL)
    for _time in range(3):
        key(KEY.Key_Left, CONTROL)
    words("9")
    key(KEY.Key_Tab)
    key(KEY.Key_Space)
    words("wil naar Porto")
    key(KEY.Key_T, CONTROL)
    words("tante Riet")
    key(KEY.Key_O, CONTROL)


def test_a_whole_visit_typed_faster_than_the_form_fills(hands: Hands) -> None:
    hands.open_card()
    busy = Busy(hands.program)
    whole_visit()
    busy.over()
    dialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.form.follow.choice.value() == "appointment")
    said = dialog.collect()
    assert [line[1:] for line in said["talk"]] == [["discussed", "wil naar Porto"]]
    assert [line[0] for line in said["points"]] == ["tante Riet"] and "9%" in said["recipe"]


def test_search_card_and_visit_typed_in_one_go_reach_the_right_customer(hands: Hands) -> None:
    """From one card to another without looking: nothing of it may land on the card that still stands there."""
    hands.open_card()
    els = hands.ask(customers.find, "els", LIMIT).results[0].customer_id
    before = hands.card()
    busy = Busy(hands.program)
    key(KEY.Key_K, CONTROL)
    words("els")
    key(KEY.Key_Return)
    key(KEY.Key_T, CONTROL)
    words("nieuwe keuken")
    key(KEY.Key_Return)
    key(KEY.Key_Return, CONTROL)
    words("x")
    busy.over()
    dialog = hands.sheet()
    assert dialog.customer_id == els
    hands.qtbot.waitUntil(lambda: "x" in dialog.form.recipe.text() + dialog.form.note.text())
    assert "nieuwe keuken" in {point.text for point in hands.card(els).talk_points}
    assert hands.card() == before
    dialog.drop_draft()


def test_a_talk_point_typed_before_the_card_is_filled_is_on_that_card(hands: Hands) -> None:
    page = hands.open_card()
    busy = Busy(hands.program)
    hands.program.context.open_customer(MARIEKE + 1)
    key(KEY.Key_T, CONTROL)
    words("half getypt")
    assert not page.talk.new.text(), "the card of before still stands here"
    busy.over()
    hands.settle()
    hands.qtbot.waitUntil(lambda: page.talk.new.text() == "half getypt")
    assert page.customer_id == MARIEKE + 1
    page.draft.flush()
    hands.settle()
    kept = {draft.customer_id for draft in hands.ask(drafts.drafts)}
    assert kept == {MARIEKE + 1}


def test_letters_of_an_input_method_and_held_keys_come_in_their_order(hands: Hands) -> None:
    hands.open_card()
    busy = Busy(hands.program)
    key(KEY.Key_B, CONTROL)
    words("caf")
    letter = QInputMethodEvent()
    letter.setCommitString("é")
    QApplication.sendEvent(focus() or hands.program.window, letter)
    for _time in range(3):
        held = QKeyEvent(QKeyEvent.Type.KeyPress, KEY.Key_S, PLAIN, "s", True)
        QApplication.sendEvent(focus() or hands.program.window, held)
    key(KEY.Key_Backspace)
    busy.over()
    dialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.note.text() == "caféss")
    dialog.drop_draft()


def test_what_never_comes_does_not_keep_the_keyboard(hands: Hands) -> None:
    hands.open_card()
    TypedAhead(hands.program.context)
    words("els")
    assert not shell_of(hands).search.text()
    hands.ask(drafts.drafts)
    hands.qtbot.waitUntil(lambda: shell_of(hands).search.text() == "els")


def test_a_bug_in_what_a_kept_key_does_leaves_the_keyboard_alive(hands: Hands) -> None:
    page = hands.open_card()

    class Broken(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            page.setFocus()
            raise ValueError(event.text())

    broken = Broken(hands.program.window)
    broken.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    broken.show()
    broken.setFocus()
    ahead = TypedAhead(hands.program.context)
    words("xels")
    with hands.qtbot.capture_exceptions() as caught:
        ahead.give_back()
        hands.qtbot.waitUntil(lambda: shell_of(hands).search.text() == "els")
    assert len(caught) == 1
    words("a")
    assert shell_of(hands).search.text() == "elsa"


# --- Enter, menus, and what lies over what ----------------------------------------------------------------


def test_enter_in_a_line_saves_a_new_customer_and_held_down_it_does_not(hands: Hands) -> None:
    hands.press(KEY.Key_N, CONTROL)
    dialog = hands.sheet()
    hands.write("Zwaantje")
    QApplication.sendEvent(focus() or dialog, QKeyEvent(QKeyEvent.Type.KeyPress, KEY.Key_Return, PLAIN, "\r", True))
    assert open_sheets()
    hands.press(KEY.Key_Return)
    page = shell_of(hands).page()
    assert not open_sheets() and isinstance(page, CardPage) and page.card is not None and page.card.name == "Zwaantje"


def test_enter_in_any_line_of_a_visit_saves_and_in_a_text_it_does_not(hands: Hands) -> None:
    hands.open_card()
    before = len(hands.card().history)
    hands.press(KEY.Key_Return, CONTROL)
    dialog = hands.sheet()
    assert isinstance(focus(), QPlainTextEdit)
    hands.press(KEY.Key_Return)
    assert open_sheets() == (dialog,)
    dialog.form.amount.line.setFocus()
    hands.press(KEY.Key_Return)
    assert not open_sheets() and len(hands.card().history) == before + 1


def test_a_forgotten_search_is_no_name(hands: Hands) -> None:
    line = shell_of(hands).search.line
    hands.press(KEY.Key_K, CONTROL)
    hands.write("k")
    hands.open_card()
    hands.qtbot.mouseClick(shell_of(hands).new_button, LEFT)
    dialog = hands.sheet()
    hands.qtbot.waitUntil(dialog.save_button.isEnabled)
    assert dialog.form.name.line.text() == "" and dialog.form.name.line.hasFocus() and not line.text()


def test_a_card_that_is_gone_leads_on(hands: Hands) -> None:
    hands.program.context.open_customer(999_999)
    hands.settle()
    hands.press(KEY.Key_Return)
    assert shell_of(hands).place().name == "customers"


def test_a_customer_in_the_list_has_a_menu_by_mouse_and_by_key(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu))
    page: Any = on_page(hands, "customers")
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(1))
    for reason, place in (
        (QContextMenuEvent.Reason.Keyboard, QPoint()),
        (QContextMenuEvent.Reason.Mouse, page.list.visualRect(page.model.index(2)).center()),
    ):
        viewport = page.list.viewport()
        QApplication.sendEvent(viewport, QContextMenuEvent(reason, place, viewport.mapToGlobal(place)))
        assert len(shown.pop().actions()) == 6
    assert page.list.currentIndex().row() == 2


def test_a_toast_lies_over_nothing(hands: Hands) -> None:
    page, toast = hands.open_card(), hands.program.window.toast
    toast.say("Bewaard", "Ongedaan maken", lambda: None)
    shell_of(hands).layout().activate()
    hands.settle()
    over = toast.geometry()
    for part in page.findChildren(QWidget):
        if part.isVisible() and not part.visibleRegion().isEmpty():
            low = part.mapTo(hands.program.window, part.visibleRegion().boundingRect().bottomLeft()).y()
            assert low < over.top(), part
    hands.press(KEY.Key_B, CONTROL)
    toast.say("Er is iets mis", wrong=True)
    assert toast.geometry().bottom() < hands.sheet().sheet.y() + 24
    hands.press(KEY.Key_Escape)
    hands.qtbot.waitUntil(lambda: toast.geometry().top() > page.height())
    assert shell_of(hands).below.height() > 0


def test_a_mistake_that_is_explained_pushes_nothing_out_of_sight(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_B, CONTROL)
    sheet = hands.sheet()
    sheet.when.day.line.setText("geen dag")
    hands.press(KEY.Key_Return, CONTROL)
    hands.settle()
    hands.qtbot.waitUntil(lambda: sheet.area.verticalScrollBar().maximum() == 0)


def test_the_wheel_over_something_takes_no_keyboard(hands: Hands) -> None:
    pages = [on_page(hands, name) for name in PAGES]
    hands.program.context.open_dialog("customer", customer_id=MARIEKE)
    parts = hands.sheet().findChildren(QWidget) + [part for page in pages for part in page.findChildren(QWidget)]
    wheel = Qt.FocusPolicy.WheelFocus
    greedy = {
        type(part).__name__ for part in parts
        if part.focusPolicy() == wheel and not isinstance(part.parentWidget(), QFrame) and not part.isWindow()
    }
    assert not greedy


def test_a_file_is_asked_for_in_a_folder_of_ones_own(monkeypatch: pytest.MonkeyPatch, hands: Hands) -> None:
    begun: list[str] = []
    for name in ("file_to_save", "file_to_open", "files_to_open", "folder"):
        monkeypatch.setattr(system_dialogs, name, lambda *args: begun.append(args[2]))
    page: Any = on_page(hands, "importing")
    page.choose()
    hands.program.context.open_dialog("recovery")
    hands.sheet().pdf.click()
    settings: Any = import_module("kapperboek.ui.settings.keeping.settings_backup")
    backup = settings.BackupSection(hands.program.context)
    backup.from_file.click()
    backup.elsewhere.click()
    backup.deleteLater()
    assert len(begun) == 4 and all(Path(one).is_absolute() for one in begun)


def test_menus_call_keys_as_they_stand_on_the_keyboard(hands: Hands) -> None:
    native = QKeySequence.SequenceFormat.NativeText
    assert QKeySequence(KEY.Key_Return).toString(native) == "Enter"
    assert QKeySequence(KEY.Key_Delete).toString(native) == "Delete"
    keys = keys_of(hands.open_card())
    assert len({key.key().toString() for key in keys}) == len(keys), "the words of a menu are no other keys"


def test_a_visit_that_is_corrected_says_whose_it_is(hands: Hands) -> None:
    page = hands.open_card()
    page.history.edit(hands.card().history[0])
    assert "Marieke" in hands.sheet().subtitle.text()


def test_ctrl_p_prints_the_card_without_what_is_nobodys_business(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from kapperboek.services.customers import card_paper

    hands.ask(health_facts.add_fact, MARIEKE, "zwanger", how="aan de balie", by=hands.program.context.staff_id)
    hands.open_card()
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "card.pdf"))
    monkeypatch.setattr(system_dialogs, "printer", lambda _context, chosen: chosen(printer))
    hands.press(KEY.Key_P, CONTROL)
    assert (tmp_path / "card.pdf").stat().st_size > 1000 and not open_sheets()
    said = str(hands.ask(card_paper.paper, MARIEKE, by=hands.program.context.staff_id))
    assert "Marieke" in said and "6%" in said
    for private in ("zwanger", "Lissabon", "96,50"):
        assert private not in said
    (tmp_path / "card.pdf").unlink()
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_P, CONTROL)
    assert not (tmp_path / "card.pdf").exists()


def test_alt_and_a_letter_finds_its_line_and_does_nothing_to_one_that_was_not_seen(hands: Hands) -> None:
    page: Any = on_page(hands, "follow_ups")
    shell, rows, acted = shell_of(hands), page.list, []
    rows.acted.disconnect()
    rows.acted.connect(lambda action, view: acted.append((action, view.id)))
    page.line.forget()
    shell.search.line.setFocus()
    hands.press(KEY.Key_K, ALT)
    assert rows.hasFocus() and not acted and not shell.search.text(), "first one sees to which"
    hands.press(KEY.Key_Down)
    shell.nav.entries["today"].setFocus()
    hands.press(KEY.Key_K, ALT)
    assert acted == [("done", rows.current().subject.id)]
    shell.nav.entries["today"].setFocus()
    was = rows.current().subject.id
    hands.ask(follow_ups.done, was, by=1)
    hands.qtbot.waitUntil(lambda: rows.current().subject.id != was)
    hands.press(KEY.Key_K, ALT)
    assert rows.hasFocus() and len(acted) == 1, "somebody else's line stands there by now"
