"""All follow-ups: groups, whose they are, one-key actions, and a new one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.domain.views.card_view import FollowUpView
from kapperboek.services.moments import follow_ups
from kapperboek.ui.app.program import Program
from kapperboek.ui.follow_ups.follow_ups_page import FollowUpsPage
from kapperboek.ui.follow_ups.follow_ups_rows import group_of
from tests.ui.card_tools import Hands, said_to_screen_reader

TODAY = date(2026, 11, 22)
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, without a screen


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


@pytest.fixture
def page(program: Program, hands: Hands) -> FollowUpsPage:
    hands.press(KEY.Key_3, Qt.KeyboardModifier.AltModifier)
    shown = program.window.shell.page()  # type: ignore[union-attr]
    assert isinstance(shown, FollowUpsPage)
    return shown


def current(page: FollowUpsPage) -> FollowUpView:
    row = page.list.current()
    assert row is not None and isinstance(row.subject, FollowUpView)
    return row.subject


def state_of(hands: Hands, follow_up_id: int) -> FollowUpView:
    found = hands.ask(follow_ups.follow_ups, include_done=True)
    return next(view for view in found if view.id == follow_up_id)


@pytest.mark.parametrize(
    ("due", "show_on", "state", "group"),
    [
        (-1, None, "open", "late"),
        (0, None, "open", "today"),
        (5, None, "open", "week"),
        (30, None, "open", "later"),
        (-9, 2, "open", "week"),
        (-9, -2, "open", "late"),
        (-9, None, "done", "done"),
    ],
)
def test_groups(due: int, show_on: int | None, state: str, group: str) -> None:
    view = FollowUpView(
        id=1, customer_id=1, number="1", name="Piet", what="bel", kind="follow_up", due=TODAY + timedelta(days=due),
        show_on=None if show_on is None else TODAY + timedelta(days=show_on), staff="", staff_id=0, state=state,
        made_on=TODAY, due_text="", overdue=due < 0, phone="", version=1,
    )
    assert group_of(view, TODAY) == group


def test_the_first_one_has_the_keyboard_and_headings_are_skipped(page: FollowUpsPage, hands: Hands) -> None:
    rows = page.list.rows()
    assert rows[0].title.startswith("Te laat") and QApplication.focusWidget() is page.list
    first = current(page)
    hands.press(KEY.Key_Down, times=2)
    assert current(page).id != first.id


def test_done_by_one_key_and_back_with_ctrl_z(page: FollowUpsPage, hands: Hands) -> None:
    view = current(page)
    hands.press(KEY.Key_K, ALT)
    assert state_of(hands, view.id).state == "done"
    assert all(row.subject is None or row.subject.id != view.id for row in page.list.rows())
    hands.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert state_of(hands, view.id).state == "open"
    assert view.id in [row.subject.id for row in page.list.rows() if row.subject]


def test_tomorrow_keeps_the_day_it_was_due(page: FollowUpsPage, hands: Hands) -> None:
    view = current(page)
    hands.press(KEY.Key_M, ALT)
    after = state_of(hands, view.id)
    assert after.due == view.due and after.show_on == TODAY + timedelta(days=1)


def test_another_day_from_a_menu(page: FollowUpsPage, hands: Hands) -> None:
    view = current(page)
    hands.press(KEY.Key_D, ALT)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    hands.qtbot.keyClick(menu, KEY.Key_Down)
    hands.qtbot.keyClick(menu, KEY.Key_Return)
    hands.settle()
    assert state_of(hands, view.id).show_on == TODAY + timedelta(days=3)


def test_call_shows_the_number(page: FollowUpsPage, hands: Hands) -> None:
    hands.press(KEY.Key_B, ALT)
    assert "CallDialog" in type(hands.sheet()).__name__


def test_enter_opens_the_card(page: FollowUpsPage, hands: Hands, program: Program) -> None:
    view = current(page)
    hands.press(KEY.Key_Return)
    place = program.window.shell.place()  # type: ignore[union-attr]
    assert (place.name, place.kw["customer_id"]) == ("card", view.customer_id)


def test_of_one_staff_member(page: FollowUpsPage, hands: Hands, program: Program) -> None:
    mine = program.context.staff[0]
    page.who.button(mine.id).click()
    hands.settle()
    shown = [row.subject for row in page.list.rows() if row.subject]
    assert shown and {view.staff_id for view in shown} == {mine.id}


def test_what_is_done_on_demand_and_opened_again(page: FollowUpsPage, hands: Hands) -> None:
    view = current(page)
    hands.press(KEY.Key_K, ALT)
    page.done.click()
    hands.settle()
    rows = page.list.rows()
    place = next(n for n, row in enumerate(rows) if row.subject and row.subject.id == view.id)
    page.list.setCurrentIndex(page.list.model().index(place, 0))
    page.list.setFocus()
    hands.press(KEY.Key_O, ALT)
    assert state_of(hands, view.id).state == "open"


def test_a_new_one_for_somebody_searched(page: FollowUpsPage, hands: Hands) -> None:
    hands.press(KEY.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is page.choose.line
    hands.write("mar j")
    assert page.choose.found.rows()[0].name == "Marieke Jansen"
    hands.press(KEY.Key_Return)
    assert "FollowUpDialog" in type(hands.sheet()).__name__ and not page.choose.isVisible()


def test_escape_leaves_the_search(page: FollowUpsPage, hands: Hands) -> None:
    hands.press(KEY.Key_O, Qt.KeyboardModifier.ControlModifier)
    hands.write("qqqqq")
    assert page.choose.nobody.isVisible()
    hands.press(KEY.Key_Escape)
    assert not page.choose.isVisible() and QApplication.focusWidget() is page.list


def test_discreet_leaves_no_private_word(page: FollowUpsPage, hands: Hands) -> None:
    words = [view.what for view in hands.ask(follow_ups.follow_ups)]
    assert words and all(word in said_to_screen_reader(page) for word in words[:2])
    hands.press(KEY.Key_F9)
    said = said_to_screen_reader(page)
    assert not [word for word in words if word in said] and current(page).name in said
