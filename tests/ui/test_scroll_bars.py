"""One scroll bar a direction on a page: none within what scrolls already, and only columns that stand side by side, or
lists above each other that each have their own heading, scroll apart."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_page import CardPage
from kapperboek.ui.settings.settings_page import SettingsPage, subjects
from tests.ui.card_tools import MARIEKE, Hands

SIZES = ((1024, 700), (1366, 768))


def scrolling(page: QWidget, way: Qt.Orientation) -> list[QAbstractScrollArea]:
    """What of this page can be scrolled that way."""
    areas = [area for area in page.findChildren(QAbstractScrollArea) if area.isVisible()]
    down = way == Qt.Orientation.Vertical
    bars = [area.verticalScrollBar() if down else area.horizontalScrollBar() for area in areas]
    return [area for area, bar in zip(areas, bars, strict=True) if bar.isVisible() and bar.maximum() > 0]


def test_a_page_has_one_scroll_bar_a_direction(program: Program, qtbot: QtBot) -> None:
    hands, shell = Hands(program, qtbot), program.window.shell
    assert shell is not None
    places: list[tuple[str, dict[str, object]]]
    places = [(name, {}) for name in ("today", "customers", "follow_ups", "importing")]
    places += [("card", {"customer_id": MARIEKE}), *(("settings", {"subject": subject.name}) for subject in subjects())]
    for size in SIZES:
        program.window.resize(*size)
        for name, kw in places:
            shell.show_page(name, kw)
            hands.settle()
            page = shell.page()
            assert page is not None
            assert scrolling(page, Qt.Orientation.Horizontal) == [], (size, name, kw)
            apart = scrolling(page, Qt.Orientation.Vertical)
            within = [one for one in apart for other in apart if one is not other and one.isAncestorOf(other)]
            assert within == [], (size, name, kw)
            most = 2 if isinstance(page, CardPage) or (name == "today" and size != SIZES[0]) else 1
            assert len(apart) <= most, (size, name, kw)
            if isinstance(page, SettingsPage) and page.nav.isVisible():
                chosen = page.buttons[page.subject]
                assert chosen.visibleRegion().boundingRect() == chosen.rect(), (size, kw)
