"""Today by keyboard: call, done, tomorrow, not this one, a visit by one key; and nothing private in discreet mode."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.domain.views.card_view import FollowUpView
from kapperboek.domain.views.today_view import TodayLine
from kapperboek.services import journal
from kapperboek.services.moments import follow_ups
from kapperboek.ui.app.program import Program
from kapperboek.ui.today.today_page import TodayPage
from kapperboek.ui.widgets.lists.action_list import ActionList
from kapperboek.ui.widgets.lists.action_rows import Action, Row, arrange
from kapperboek.ui.widgets.sheet.sheet import open_sheets
from kapperboek.ui.window.shell import Shell
from tests.ui.card_tools import Hands, Statements, read_again, said_to_screen_reader

TODAY = date(2026, 11, 22)
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, without a screen


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


@pytest.fixture
def page(program: Program, hands: Hands) -> TodayPage:
    hands.press(KEY.Key_1, Qt.KeyboardModifier.AltModifier)
    shown = program.window.shell.page()  # type: ignore[union-attr]
    assert isinstance(shown, TodayPage)
    return shown


def enter(page: TodayPage, name: str) -> TodayLine:
    """The keyboard to the first line of a card; that line."""
    rows = page.lists[name]
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    row = rows.current()
    assert row is not None and isinstance(row.subject, TodayLine)
    return row.subject


def of(hands: Hands, line: TodayLine) -> FollowUpView:
    found = hands.ask(follow_ups.follow_ups, include_done=True)
    return next(view for view in found if view.id == line.ref)


def test_the_morning_stands_there(page: TodayPage) -> None:
    assert _lines(page, "chair")[0].name == "Marieke Jansen"
    assert _lines(page, "follow") and _lines(page, "birthdays") and _lines(page, "absent")
    assert all(row.subject.why or row.subject.text for row in page.lists["follow"].rows())


def _lines(page: TodayPage, name: str) -> list[TodayLine]:
    return [row.subject for row in page.lists[name].rows() if isinstance(row.subject, TodayLine)]


def test_a_full_day_is_laid_out_once_and_stays(program: Program) -> None:
    """However many rows fit: the bar at the side must not come and go in turn, which left the list empty."""
    rows = [Row(f"Klant {n}", n, lines=(("Knippen", "soft"),), compact="line") for n in range(31)]
    widths: list[int] = []

    class Watched(ActionList):
        def resizeEvent(self, event: QResizeEvent) -> None:
            super().resizeEvent(event)
            widths.append(event.size().width())

    for height in range(300, 1500, 100):
        shown = Watched("vandaag", parent=program.window)
        shown.resize(420, height)
        shown.show()
        shown.set_rows(rows)
        widths.clear()
        for _round in range(30):
            QApplication.processEvents()
        last = shown.visualRect(shown.model().index(30, 0))
        assert len(widths) < 3 and shown.visualRect(shown.model().index(0, 0)).height() > 0, height
        assert last.bottom() <= height or shown.verticalScrollBar().maximum() > 0, height


def test_calling_shows_the_number(page: TodayPage, hands: Hands) -> None:
    enter(page, "follow")
    hands.press(KEY.Key_B, ALT)
    assert "CallDialog" in type(hands.sheet()).__name__


@pytest.mark.parametrize(("key", "kind"), [(KEY.Key_B, "CallDialog"), (KEY.Key_D, "FollowUpDialog")])
def test_the_one_follow_up_is_asked_for_and_no_other(page: TodayPage, hands: Hands, key: Qt.Key, kind: str) -> None:
    line = enter(page, "follow")
    with Statements(hands) as said:
        hands.press(key, ALT)
        if kind == "FollowUpDialog":  # the last line of the menu of days
            menu = QApplication.activePopupWidget()
            hands.qtbot.keyClick(menu, KEY.Key_Up)
            hands.qtbot.keyClick(menu, KEY.Key_Return)
            hands.settle()
    assert type(hands.sheet()).__name__ == kind and hands.sheet().follow_up.id == line.ref
    asked = [one for one in said if "FROM follow_up" in one]
    assert any("u.id = " in one for one in asked)
    assert all("u.id = " in one or "u.customer_id = " in one for one in asked), "never those of everybody"


def test_of_a_follow_up_that_ended_meanwhile_is_told_so(page: TodayPage, hands: Hands) -> None:
    """It opened the form for a new one."""
    line = enter(page, "follow")
    page.lists["follow"].acted.emit("call", line._replace(ref=987_654))
    hands.settle()
    assert not open_sheets() and "niet meer" in hands.program.window.toast.words.text()
    read_again(hands.program.path, follow_ups.done, line.ref)
    page.lists["follow"].acted.emit("call", line)
    hands.settle()
    assert not open_sheets() and "al afgesloten" in hands.program.window.toast.words.text()


def test_done_leaves_the_list_and_the_badge(page: TodayPage, hands: Hands) -> None:
    line = enter(page, "follow")
    before = page.count
    hands.press(KEY.Key_K, ALT)
    assert of(hands, line).state == "done" and line.ref not in [each.ref for each in _lines(page, "follow")]
    assert page.count <= before
    hands.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert of(hands, line).state == "open" and page.count == before


def test_again_tomorrow(page: TodayPage, hands: Hands) -> None:
    line = enter(page, "follow")
    hands.press(KEY.Key_M, ALT)
    assert of(hands, line).show_on == TODAY + timedelta(days=1) and of(hands, line).due == line.due


def test_another_day(page: TodayPage, hands: Hands) -> None:
    line = enter(page, "follow")
    hands.press(KEY.Key_D, ALT)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    hands.qtbot.keyClick(menu, KEY.Key_Down)
    if menu.activeAction() is menu.actions()[0]:  # type: ignore[attr-defined]
        hands.qtbot.keyClick(menu, KEY.Key_Down)
    hands.qtbot.keyClick(menu, KEY.Key_Return)
    hands.settle()
    assert of(hands, line).show_on == TODAY + timedelta(days=3)


def test_not_this_one(page: TodayPage, hands: Hands) -> None:
    line = enter(page, "absent")
    hands.press(KEY.Key_N, ALT)
    assert line.customer_id not in [each.customer_id for each in _lines(page, "absent")]


def test_a_visit_by_one_key(page: TodayPage, hands: Hands) -> None:
    line = enter(page, "chair")
    hands.press(KEY.Key_V, ALT)
    sheet = hands.sheet()
    assert "VisitDialog" in type(sheet).__name__ and sheet.customer_id == line.customer_id


def test_left_and_right_go_to_the_next_list(page: TodayPage, hands: Hands) -> None:
    enter(page, "chair")
    hands.press(KEY.Key_Right)
    assert QApplication.focusWidget() is page.lists["follow"]
    hands.press(KEY.Key_Left)
    assert QApplication.focusWidget() is page.lists["chair"]


def test_discreet_leaves_no_private_word(page: TodayPage, hands: Hands) -> None:
    line = enter(page, "chair")
    secret = [line.warning, *line.talk_points, *(each.text for each in _lines(page, "follow"))]
    assert all(word in said_to_screen_reader(page) for word in secret if word)
    hands.press(KEY.Key_F9)
    said = said_to_screen_reader(page)
    assert not [word for word in secret if word and word in said] and line.name in said


def test_calling_knows_what_was_promised_and_may_be_put_off(page: TodayPage, hands: Hands) -> None:
    line = enter(page, "follow")
    hands.press(KEY.Key_B, ALT)
    assert line.text in " ".join(label.text() for label in hands.sheet().findChildren(QLabel))
    hands.press(KEY.Key_M, ALT)
    assert of(hands, line).show_on == TODAY + timedelta(days=1) and of(hands, line).due == line.due


def test_other_words_open_the_follow_up_itself(page: TodayPage, hands: Hands) -> None:
    line = enter(page, "follow")
    hands.press(KEY.Key_D, ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[-1].trigger()
    menu.close()
    hands.settle()
    assert hands.sheet().follow_up.id == line.ref


def test_who_comes_back_to_today_may_type_a_name_at_once(page: TodayPage, hands: Hands) -> None:
    line = enter(page, "follow")
    hands.press(KEY.Key_2, Qt.KeyboardModifier.AltModifier)
    hands.press(KEY.Key_1, Qt.KeyboardModifier.AltModifier)
    hands.press(KEY.Key_M)
    assert of(hands, line).show_on is None
    assert hands.program.window.shell.search.text() == "m"  # type: ignore[union-attr]


def test_a_name_typed_on_a_line_is_a_search_and_changes_nothing(page: TodayPage, hands: Hands) -> None:
    for name in ("follow", "chair", "absent"):
        enter(page, name)
        before = hands.ask(journal.changes, limit=1)
        for key in (KEY.Key_K, KEY.Key_M, KEY.Key_B, KEY.Key_D, KEY.Key_N, KEY.Key_V):
            hands.press(key)
        assert hands.program.window.shell.search.text() == "kmbdnv"  # type: ignore[union-attr]
        assert hands.ask(journal.changes, limit=1) == before and not open_sheets()
        hands.press(KEY.Key_Escape)


def test_the_keys_of_the_chosen_line_stand_below(page: TodayPage, hands: Hands) -> None:
    for name in ("follow", "chair", "absent"):
        enter(page, name)
        row = page.lists[name].current()
        assert row is not None and all(f"Alt+{action.key} " in page.keys.text() for action in row.actions)
    hands.press(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert "Alt+" not in page.keys.text()


def test_a_key_held_down_acts_once(page: TodayPage, hands: Hands) -> None:
    enter(page, "follow")
    before = len(_lines(page, "follow"))
    again = QKeyEvent(QEvent.Type.KeyPress, KEY.Key_K, ALT, "k", True)
    QApplication.sendEvent(page.lists["follow"], again)
    hands.settle()
    assert len(_lines(page, "follow")) == before


def narrowed(hands: Hands, page: TodayPage, width: int) -> Shell:
    """The window at this width, everything in its new place."""
    shell = hands.program.window.shell
    assert shell is not None
    hands.program.window.resize(width, 900)
    hands.qtbot.waitUntil(lambda: shell.nav.isVisible() and shell.nav.compact == shell.is_narrow())
    hands.settle()
    hands.qtbot.waitUntil(lambda: all(rows.isVisible() for rows in page.lists.values()))
    return shell


@pytest.mark.parametrize("width", [1440, 1000, 760])
def test_tab_and_arrows_go_as_one_reads(page: TodayPage, hands: Hands, width: int) -> None:
    narrowed(hands, page, width)
    lists = list(page.lists.values())

    def place(rows: QWidget) -> tuple[int, int]:
        corner = rows.mapTo(page, QPoint(0, 0))
        return corner.x(), corner.y()

    as_read = sorted(lists, key=place)
    for key in (KEY.Key_Tab, KEY.Key_Right):
        as_read[0].setFocus()
        visited = [as_read[0]]
        for _step in lists[1:]:
            hands.press(key)
            visited.append(QApplication.focusWidget())  # type: ignore[arg-type]
        assert visited == as_read


def test_the_column_at_the_left_comes_first_also_when_it_became_narrow(page: TodayPage, hands: Hands) -> None:
    shell = narrowed(hands, page, 800)
    page.lists["birthdays"].setFocus()  # the last of the two columns
    hands.press(KEY.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None and shell.nav.isAncestorOf(focus)


def test_an_arrow_goes_into_the_page(page: TodayPage, hands: Hands) -> None:
    assert not any(rows.hasFocus() for rows in page.lists.values())
    hands.press(KEY.Key_Down)
    assert page.lists["chair"].hasFocus()


def test_the_last_button_of_a_line_is_not_alone_on_the_next_for_a_few_pixels(program: Program) -> None:
    words = (Action("call", "phone", "Bel", "B", "Bel"), Action("done", "check", "Klaar", "K", "Klaar"))
    icons = (Action("later", "snooze", "Morgen opnieuw", "M"), Action("day", "calendar", "Andere dag", "D"))
    row = Row("Piet", avatar="", actions=(*words, *icons))
    wanted = sum(part.rect.width() for part in arrange(row, 500)[0] if part.kind == "button")
    lines = []
    for between in (100, 20, 10, 5):
        buttons = [part.rect for part in arrange(row, int(wanted) + between)[0] if part.kind == "button"]
        assert all(rect.right() <= wanted + between for rect in buttons)
        lines.append(len({rect.y() for rect in buttons}))
    assert lines == [1, 1, 1, 2]
