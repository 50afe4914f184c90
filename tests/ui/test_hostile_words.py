"""Names and notes made to be taken for something else: shown as they were typed, and nothing they ask for is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord, Email, Phone, RelationRecord, WarningRecord
from kapperboek.services.customers import customers
from kapperboek.ui.app.program import Program
from tests.ui.card_tools import Hands

HTML = '<img src="file:///etc/hostname"><b>Tine</b> & <a href="x">y</a>'
SCANNED = [
    "4006381333931", "https://x.nl/?q=<b>&a=%00" * 40, "WIFI:T:WPA;S:x;P:y;;", "BEGIN:VCARD FN:x END:VCARD", "9" * 7000,
]


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def test_html_in_names_is_text_everywhere(hands: Hands) -> None:
    record = CustomerRecord(
        given_name=HTML, family_name=HTML, organisation=HTML, note=HTML, nickname=HTML, household=HTML,
        phones=[Phone(HTML, HTML)], emails=[Email(f"{HTML}@x", HTML)], wishes=[HTML], avoid=[HTML],
        warnings=[WarningRecord(HTML)], relations=[RelationRecord("child", HTML)], profile={HTML: [HTML]},
    )
    context = hands.program.context
    made: list[int] = []
    context.save(customers.new_customer, record, done=lambda saved: made.append(saved.customer_id))
    hands.settle()
    shell = hands.program.window.shell
    assert shell is not None
    for page in ("today", "customers", "follow_ups"):
        shell.show_page(page)
        hands.settle()
        all_plain(hands.program.window)
    context.open_customer(made[0])
    hands.settle()
    all_plain(hands.program.window)
    context.edit_customer(made[0])
    hands.settle()
    all_plain(hands.program.window)


def all_plain(window: QWidget) -> None:
    """No tooltip that Qt would take for HTML, and no label that guesses."""
    shown = [widget for widget in QApplication.allWidgets() if widget.window() is window or widget is window]
    assert any("Tine" in child.toolTip() + child.accessibleName() for child in shown) or len(shown) > 20
    for widget in shown:
        assert "<" not in widget.toolTip(), (type(widget), widget.toolTip())
        if isinstance(widget, QLabel) and "<" in widget.text():
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()


@pytest.mark.parametrize("scanned", SCANNED, ids=lambda text: text[:9])
def test_a_scanner_that_types_into_the_search_box_and_presses_enter(hands: Hands, scanned: str) -> None:
    """A scanner is a keyboard that ends in Enter: a new card is offered, with no more than the box holds."""
    hands.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    hands.write(scanned)
    hands.press(Qt.Key.Key_Return)
    hands.settle()
    sheet = hands.sheet()
    assert sheet.kind == "customer"
    assert len(sheet.draft() or "") < 3000
