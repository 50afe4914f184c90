"""The list of customers: filters, order, the preview, and that only what is seen is fetched."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord, WarningRecord
from kapperboek.domain.views.list_views import CustomerFilter, CustomerRow
from kapperboek.services.customers import customers
from kapperboek.ui.app.program import Program
from kapperboek.ui.customers.customers_columns import columns
from kapperboek.ui.customers.customers_labels import appointment_words, expected_words, last_words
from kapperboek.ui.customers.customers_model import CHUNK, MOST_KEPT, CustomerModel
from kapperboek.ui.customers.customers_page import CustomersPage
from kapperboek.ui.printing import system_dialogs
from tests.ui.card_tools import Hands, said_to_screen_reader

TODAY = date(2026, 11, 22)
KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, without a screen


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


@pytest.fixture
def page(program: Program, hands: Hands) -> CustomersPage:
    hands.press(KEY.Key_2, Qt.KeyboardModifier.AltModifier)
    shown = program.window.shell.page()  # type: ignore[union-attr]
    assert isinstance(shown, CustomersPage)
    return shown


def row(**other: Any) -> CustomerRow:
    plain: dict[str, Any] = {
        "customer_id": 1, "number": "1", "name": "Els", "tags": "", "warning": "", "phase": "regular",
        "last_visit": TODAY - timedelta(weeks=11), "expected_on": TODAY - timedelta(weeks=6), "next_appointment": None,
        "staff_initials": "SB", "phone": "", "place": "", "deceased": False,
    }
    return CustomerRow(**{**plain, **other})


# ---- words and rows, without a window ----


def test_overdue_is_past_and_only_without_an_appointment_does_it_ask_for_attention() -> None:
    assert expected_words(row(), TODAY) == ("11 okt", "6 weken voorbij", True)
    assert expected_words(row(next_appointment="2026-11-26T10:00"), TODAY)[2] is False
    assert expected_words(row(expected_on=TODAY), TODAY)[1:] == ("vandaag", False)
    assert expected_words(row(expected_on=TODAY + timedelta(days=14)), TODAY)[1] == "over 2 weken"
    assert expected_words(row(deceased=True), TODAY) == ("", "", False)


def test_last_visit_and_appointment_in_words() -> None:
    assert last_words(row(), TODAY) == ("6 sep", "11 weken")
    assert last_words(row(last_visit=None), TODAY) == ("", "")
    assert appointment_words(row(), TODAY) == ("", "geen")
    assert appointment_words(row(next_appointment="2026-11-22T11:45"), TODAY) == ("vandaag", "11:45")
    assert appointment_words(row(next_appointment="2026-11-26T10:00"), TODAY) == ("do 26 nov", "10:00")


def test_rows_are_fetched_by_the_chunk_and_not_all_kept() -> None:
    model, asked = CustomerModel(), []
    model.wanted.connect(asked.append)
    model.set_ids(range(1, 100_001), TODAY)
    assert model.row_at(0) is None and model.row_at(7) is None
    assert [len(ids) for ids in asked] == [CHUNK]
    for place in range(0, 2 * MOST_KEPT, CHUNK):
        model.row_at(place)
        model.take(row(customer_id=one) for one in asked[-1])
    assert len(model._rows) <= MOST_KEPT + CHUNK
    assert model.row_at(2 * MOST_KEPT - 1) is not None


@pytest.mark.parametrize("width", [360, 500, 700, 850, 1200])
def test_columns_fit_and_never_overlap(qtbot: QtBot, width: int) -> None:
    placed = columns(width)
    assert placed[0].name == "name" and placed[0].width > 120
    for one, after in pairwise(placed):
        assert one.left + one.width <= after.left
    assert placed[-1].left + placed[-1].width <= width


# ---- the page ----


def test_everybody_is_listed_and_counted(page: CustomersPage, hands: Hands) -> None:
    assert len(page.model.ids) == 300 and page.count.text() == "300 klanten"
    assert QApplication.focusWidget() is page.list


def test_enter_opens_the_card_and_back_returns_to_the_same_row(
    page: CustomersPage, hands: Hands, program: Program
) -> None:
    hands.press(KEY.Key_Down, times=3)
    chosen = page.list.current_id()
    hands.press(KEY.Key_Return)
    place = program.window.shell.place()  # type: ignore[union-attr]
    assert place.name == "card" and place.kw["customer_id"] == chosen
    hands.press(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.list.current_id() == chosen


def test_filters_count_and_are_wiped(page: CustomersPage, hands: Hands) -> None:
    page.filters.choose(CustomerFilter(phases=("regular", "dormant"), not_since=TODAY - timedelta(weeks=6)))
    hands.settle()
    shown = len(page.model.ids)
    assert 0 < shown < 300 and page.count.text() == f"{shown} van 300"
    assert page.filters.phase.text() == "Fase: vast, sluimerend"
    assert page.filters.absent.text() == "Niet geweest sinds 6 weken"
    page.filters.clear.setFocus()
    hands.press(KEY.Key_Space)
    assert len(page.model.ids) == 300 and not page.filters.clear.isVisible()


def test_a_filter_is_chosen_and_taken_away_by_keyboard(page: CustomersPage, hands: Hands) -> None:
    page.filters.phase.setFocus()
    hands.press(KEY.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    hands.qtbot.keyClick(menu, KEY.Key_Space)
    hands.qtbot.keyClick(menu, KEY.Key_Down)
    hands.qtbot.keyClick(menu, KEY.Key_Space)
    assert len(page.filters.chosen.phases) == 2 and menu.isVisible()
    hands.qtbot.keyClick(menu, KEY.Key_Escape)
    hands.settle()
    page.filters.phase.setFocus()
    hands.press(KEY.Key_Delete)
    assert page.filters.chosen == CustomerFilter() and len(page.model.ids) == 300


def test_nobody_fits_says_so_and_offers_the_way_out(page: CustomersPage, hands: Hands) -> None:
    page.filters.choose(CustomerFilter(tag="nobody has this"))
    hands.settle()
    assert page.nobody.isVisible() and page.nobody.button is not None
    page.nobody.button.click()
    hands.settle()
    assert page.list.isVisible() and len(page.model.ids) == 300


def test_a_heading_sorts_and_turns_round(page: CustomersPage, hands: Hands) -> None:
    page.head.buttons["expected"].click()
    hands.settle()
    assert page.filters.chosen.sort == "expected" and not page.filters.chosen.descending
    first = page.model.ids[0]
    page.head.buttons["expected"].click()
    hands.settle()
    assert page.filters.chosen.descending and page.model.ids[0] != first


def test_the_preview_shows_who_is_looked_at(page: CustomersPage, hands: Hands) -> None:
    hands.program.window.resize(1440, 900)
    page.list.go_to(hands.ask(customers.find, "Marieke Jansen").results[0].customer_id)
    hands.qtbot.waitUntil(lambda: page.preview.name.text() == "Marieke Jansen")
    assert page.preview.isVisible() and page.preview.warning.isVisible() and page.preview.points.isVisible()
    hands.program.window.resize(1024, 700)
    hands.settle()
    assert not page.preview.isVisible()


def test_discreet_leaves_no_private_word(page: CustomersPage, hands: Hands) -> None:
    hands.program.window.resize(1440, 900)
    found = hands.ask(customers.find, "Marieke Jansen").results[0]
    card = hands.card(found.customer_id)
    page.list.go_to(found.customer_id)
    hands.qtbot.waitUntil(lambda: page.preview.name.text() == "Marieke Jansen")
    secret = [line.text for line in card.warnings] + [point.text for point in card.talk_points]
    assert any(word in said_to_screen_reader(page) for word in secret)
    hands.press(KEY.Key_F9)
    said = said_to_screen_reader(page)
    assert not [word for word in [*secret, found.phones[0]] if word in said]
    assert "Marieke Jansen" in said


def test_names_are_plain_text_whatever_they_hold(page: CustomersPage, hands: Hands) -> None:
    names = ("<b>Bobby</b>' OR 1=1", "🦄 Ünïcorn", "שרה כהן", "A" * 400)
    for name in names:
        record = CustomerRecord(given_name=name, warnings=[WarningRecord("<i>let op</i>")])
        saved = hands.ask(customers.new_customer, record)
        page.shown(customer_id=saved.customer_id)
        hands.settle()
        page.grab()
        hands.settle()
        shown = page.model.row_at(page.model.place_of(saved.customer_id))
        assert shown is not None and shown.name == name


def test_the_list_is_saved_to_a_file(
    page: CustomersPage, hands: Hands, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "klanten.json"
    monkeypatch.setattr(system_dialogs, "file_to_save", lambda *args: args[-1](target, ""))
    page.take.setFocus()
    hands.press(KEY.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    hands.qtbot.keyClick(menu, KEY.Key_Return)
    hands.settle()
    assert target.stat().st_size > 100_000
