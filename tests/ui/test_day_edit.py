"""A day is picked as well as typed: a month under the field, by key and by mouse, in every field that asks a day."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek import i18n
from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.day_edit import DayEdit, PartialDayEdit, SinceEdit, TypedDay
from kapperboek.ui.widgets.month_popup import MonthPopup

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups, without a screen
KEY = Qt.Key
TODAY = date(2026, 11, 22)


def shown(qtbot: QtBot, field: TypedDay) -> TypedDay:
    qtbot.addWidget(field)
    field.show()
    field.line.setFocus()
    return field


def opened(field: TypedDay, by_key: bool = True) -> MonthPopup:
    if by_key:
        QTest.keyClick(field.line, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    else:
        QTest.mouseClick(field.pick_button, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, MonthPopup)
    return popup


def test_a_day_is_picked_by_key(qtbot: QtBot) -> None:
    field = shown(qtbot, DayEdit(lambda: TODAY, TODAY))
    popup = opened(field)
    assert popup.title.text() == "november 2026" and popup.grid.accessibleName() == "zondag 22 november 2026"
    for key in (KEY.Key_PageDown, KEY.Key_Right, KEY.Key_Down):
        QTest.keyClick(popup.grid, key)
    QTest.keyClick(popup.grid, KEY.Key_Return)
    assert isinstance(field, DayEdit) and field.value() == date(2026, 12, 30)
    assert field.line.text() == "30-12-2026" and QApplication.activePopupWidget() is None


def test_a_day_is_picked_by_mouse_and_a_month_by_its_arrow(qtbot: QtBot) -> None:
    field = shown(qtbot, DayEdit(lambda: TODAY, TODAY))
    edited: list[str] = []
    field.line.textEdited.connect(edited.append)
    popup = opened(field, by_key=False)
    popup.grid.step(1)
    place = popup.grid.cell(date(2026, 12, 24)).center().toPoint()
    QTest.mouseClick(popup.grid, Qt.MouseButton.LeftButton, pos=place)
    assert field.line.text() == "24-12-2026" and edited == ["24-12-2026"]


def test_escape_leaves_what_was_typed(qtbot: QtBot) -> None:
    field = shown(qtbot, DayEdit(lambda: TODAY))
    QTest.keyClicks(field.line, "over 2 weken")
    popup = opened(field)
    assert popup.grid.day == date(2026, 12, 6)
    QTest.keyClick(popup.grid, KEY.Key_Right)
    QTest.keyClick(popup.grid, KEY.Key_Escape)
    assert field.line.text() == "over 2 weken" and QApplication.activePopupWidget() is None


def test_a_birthday_without_its_year_is_picked_without(qtbot: QtBot) -> None:
    field = PartialDayEdit("--11-23")
    popup = opened(shown(qtbot, field))
    assert popup.title.text() == "november"
    QTest.keyClick(popup.grid, KEY.Key_Up)
    QTest.keyClick(popup.grid, KEY.Key_Return)
    assert field.value() == "--11-16"


def test_a_year_or_a_day_says_since_when_in_dutch_spelling(qtbot: QtBot) -> None:
    field = SinceEdit(lambda: TODAY)
    shown(qtbot, field)
    field.set_value("2019-03-02")
    assert field.line.text() == "2-3-2019" and field.understood.text() == "2 maart 2019"
    for typed, kept in (("2017", "2017-01-01"), ("3 mei 2018", "2018-05-03"), ("mei", None)):
        field.line.setText(typed)
        assert (field.value(), field.wrong()) == (kept, kept is None)


def test_the_whole_of_a_long_day_is_in_sight(qtbot: QtBot) -> None:
    field = shown(qtbot, PartialDayEdit("2010-12-28"))
    field.resize(theme.px(260), field.height())
    margins = field.line.textMargins()
    room = field.line.width() - margins.right() - theme.px(24)
    assert field.line.fontMetrics().horizontalAdvance(field.line.text()) <= room


@pytest.mark.parametrize(("language", "first"), [("nl", "ma"), ("en", "Mon")])
def test_the_week_begins_on_monday_in_the_language_of_the_window(qtbot: QtBot, language: str, first: str) -> None:
    i18n.set_language(language)
    assert i18n.weekday_names()[0] == first
    field = shown(qtbot, DayEdit(lambda: TODAY, TODAY))
    popup = opened(field)
    assert popup.grid.first() == date(2026, 10, 26)
    assert popup.grid.day_at(QPoint(1, theme.px(40) + 1)) is None  # October's days are not there to be clicked
    popup.close()
