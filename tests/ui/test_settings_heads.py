"""Settings: lists edited in place have headings that stand above their columns, and are whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.ui.app.program import Program
from kapperboek.ui.appearance import theme
from tests.ui.card_tools import Hands

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LISTS = {
    "treatments": ["Behandeling", "Minuten", "Prijs", "Aanbod", "Volgorde"],
    "staff": ["Naam", "Initialen", "In dienst", "Rechten", "Pincode"],
    "fields": ["Weetje", "Soort", "Getoond", "Volgorde"],
}


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Iterator[Hands]:
    yield Hands(program, qtbot)
    theme.apply(QApplication.instance(), "light", 100)


def section(program: Program, hands: Hands, name: str) -> Any:
    assert program.window.shell is not None
    program.context.open_page("settings", subject=name)
    hands.settle()
    return program.window.shell.page().section(name)


def resize(program: Program, hands: Hands, size: tuple[int, int]) -> None:
    program.window.showNormal()
    program.window.setMinimumSize(0, 0)
    program.window.resize(*size)
    hands.settle()


@pytest.mark.parametrize("name", list(LISTS))
def test_headings_stand_above_their_columns(program: Program, hands: Hands, qtbot: QtBot, name: str) -> None:
    part = section(program, hands, name)
    for size in ((1440, 900), (1366, 768)):
        resize(program, hands, size)
        qtbot.waitUntil(lambda: all(label.isVisible() for label in part.heads.labels))
        assert [label.text() for label in part.heads.labels] == LISTS[name]
        for row in part.rows:
            if not row.isVisible():
                continue
            for label, column in zip(part.heads.labels, row.columns(), strict=True):
                assert label.mapTo(part, QPoint(0, 0)).x() == column.control.mapTo(part, QPoint(0, 0)).x()
                assert label.width() >= label.sizeHint().width()


def test_prices_keep_their_headings_in_a_small_window_and_lose_them_where_a_row_is_two_lines(
    program: Program, hands: Hands, qtbot: QtBot
) -> None:
    part = section(program, hands, "treatments")
    resize(program, hands, (1024, 700))
    qtbot.waitUntil(lambda: part.heads.isVisible() and not part.rows[0].unit.isVisible())
    resize(program, hands, (700, 700))
    qtbot.waitUntil(lambda: not part.heads.isVisible() and part.rows[0].unit.isVisible())
    resize(program, hands, (1440, 900))
    qtbot.waitUntil(lambda: part.heads.isVisible() and not part.rows[0].unit.isVisible())


def test_a_column_says_whose_it_is_to_those_who_do_not_see_it(program: Program, hands: Hands) -> None:
    row = next(row for row in section(program, hands, "treatments").rows if row.name.text() == "Knippen")
    said = [part.accessibleName() for part in (row.minutes, row.price, row.active)]
    assert said == ["Knippen: gewone minuten", "Knippen: prijs", "Knippen bieden we aan"]
