"""Health words typed as a warning are offered their masked place; what was typed is never lost by that."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord, WarningRecord
from kapperboek.services.customers import customers
from kapperboek.services.privacy import health_facts
from kapperboek.ui.app.program import Program
from kapperboek.ui.privacy.health_offer import HealthOfferDialog
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from tests.ui.card_tools import ALT, CONTROL, Hands

KEY = Qt.Key


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def warnings(hands: Hands, customer_id: int) -> list[str]:
    return [line.text for line in hands.card(customer_id).warnings]


def facts(hands: Hands, customer_id: int) -> list[str]:
    return [fact.text for fact in hands.ask(health_facts.look, customer_id).facts]


def test_a_warning_on_the_card_is_offered_its_masked_place(hands: Hands) -> None:
    anna = hands.ask(customers.new_customer, CustomerRecord(given_name="Anna")).customer_id
    page = hands.open_card(anna)

    def add(text: str) -> None:
        page.knowledge.begin_adding("warning")
        page.knowledge.adding.clear()
        hands.write(text)
        hands.press(KEY.Key_Return)

    add("geen ammoniak")
    assert not open_sheets() and warnings(hands, anna) == ["geen ammoniak"]
    add("Allergisch voor PPD")
    sheet = hands.sheet()
    assert isinstance(sheet, HealthOfferDialog) and sheet.asked.isVisible() and sheet.how.value() == "at the desk"
    hands.press(KEY.Key_F9)
    assert sheet.words.text() == "Verborgen. Met F9 zie je het weer."
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_Return)
    assert not open_sheets() and facts(hands, anna) == ["Allergisch voor PPD"]
    assert warnings(hands, anna) == ["geen ammoniak"] and hands.ask(health_facts.has_consent, anna)

    add("zwanger")
    assert not hands.sheet().asked.isVisible(), "she agreed already"
    hands.press(KEY.Key_Escape)
    assert page.knowledge.adding.isVisible() and page.knowledge.adding.text() == "zwanger"
    assert page.knowledge.adding.hasFocus() and "zwanger" not in warnings(hands, anna)
    hands.press(KEY.Key_Return)
    hands.sheet()
    hands.press(KEY.Key_L, ALT)
    assert warnings(hands, anna) == ["geen ammoniak", "zwanger"]
    add("Zwanger")
    assert not open_sheets() and "Zwanger" in warnings(hands, anna), "asked once"


def test_warnings_of_a_form_are_offered_it_together(hands: Hands, program: Program) -> None:
    program.context.new_customer("Bea Bareman")
    sheet = hands.sheet()
    sheet.form.unfold(True)
    for text in ("slikt bloedverdunners", "geen haarlak", "eczeem"):
        sheet.form.more.warnings.plus.click()
        hands.write(text)
    hands.press(KEY.Key_Return, CONTROL)
    offer = hands.sheet()
    assert isinstance(offer, HealthOfferDialog) and offer.words.text() == "slikt bloedverdunners\neczeem"
    hands.press(KEY.Key_Escape)
    assert hands.sheet() is sheet and [line.text for line in sheet.form.more.warnings.value()][-1] == "eczeem"
    hands.press(KEY.Key_Return, CONTROL)
    hands.sheet()
    hands.press(KEY.Key_Return)
    bea = hands.ask(customers.find, "bareman").results[0].customer_id
    assert not open_sheets() and facts(hands, bea) == ["slikt bloedverdunners", "eczeem"]
    assert warnings(hands, bea) == ["geen haarlak"] and hands.ask(health_facts.has_consent, bea)


def test_only_what_is_new_on_a_card_is_asked_about(hands: Hands, program: Program) -> None:
    record = CustomerRecord(given_name="Cor", warnings=[WarningRecord("astma")])
    cor = hands.ask(customers.new_customer, record).customer_id
    program.context.edit_customer(cor)
    sheet = hands.sheet()
    sheet.form.more.note.setText("iets")
    hands.press(KEY.Key_Return, CONTROL)
    assert not open_sheets() and warnings(hands, cor) == ["astma"]
    program.context.edit_customer(cor)
    hands.sheet().form.more.warnings.plus.click()
    hands.write("epilepsie")
    hands.press(KEY.Key_Return, CONTROL)
    hands.sheet().leave_button.click()
    hands.settle()
    assert not open_sheets() and warnings(hands, cor) == ["astma", "epilepsie"] and not facts(hands, cor)
