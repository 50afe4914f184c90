"""Two people of one name can be told apart wherever they are listed, also while somebody looks along."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import Address, CustomerRecord, Phone, RelationRecord
from kapperboek.services import today
from kapperboek.services.customers import customers
from kapperboek.services.moments import follow_ups
from kapperboek.ui.app.program import Program
from kapperboek.ui.widgets.wrapping_button import WrappingButton
from tests.ui.card_tools import Hands

NAME = "Jan de Vriesland"


@pytest.fixture
def numbers(program: Program, qtbot: QtBot) -> tuple[Hands, list[str]]:
    hands = Hands(program, qtbot)
    made = []
    for phone, place in (("038 123 45 67", "Zwolle"), ("038 123 45 67", "Zwolle")):  # father and son, one house
        person = CustomerRecord(given_name="Jan", prefix="de", family_name="Vriesland")
        person.household = "Vriesland"
        person.phones, person.addresses = [Phone(phone)], [Address(place=place)]
        saved = hands.ask(customers.new_customer, person, by=program.context.staff_id)
        hands.ask(follow_ups.add, saved.customer_id, "bellen", date(2026, 11, 22), by=program.context.staff_id)
        made.append(hands.card(saved.customer_id).number)
    return hands, made


def said_of_them(view: QAbstractItemView) -> list[str]:
    model, role = view.model(), Qt.ItemDataRole.AccessibleTextRole
    said = [str(model.index(row, 0).data(role) or "") for row in range(model.rowCount())]
    return [text for text in said if NAME in text]


def test_in_every_list_the_number_tells_which(numbers: tuple[Hands, list[str]]) -> None:
    hands, (one, other) = numbers
    window = hands.program.window
    shell = window.shell
    assert shell is not None
    for discreet in (False, True):
        hands.program.context.set_discreet(discreet)
        for page in ("today", "follow_ups", "customers"):
            hands.program.context.open_page(page)
            hands.settle()
            front = shell.page()
            assert front is not None
            if page == "customers":  # its rows are asked for as they are looked at
                said_of_them(front.findChildren(QAbstractItemView)[0])
                hands.settle()
            said = [text for view in front.findChildren(QAbstractItemView) for text in said_of_them(view)]
            if discreet and page == "today":
                assert said == [], "whom something was promised is nobody's business who looks along"
                continue
            both = [{n for n in (one, other) if f"#{n}" in text} for text in said]
            assert {one} in both and {other} in both and set() not in both, (page, said)
            assert not discreet or "038" not in "".join(said)
        shell.search.start()
        hands.write("vriesland")
        said = said_of_them(shell.search.popup.list)
        assert sorted(said) == sorted(f"{NAME} #{number}" for number in (one, other))
        shell.search.leave()


def test_who_has_a_name_alone_needs_no_number(numbers: tuple[Hands, list[str]]) -> None:
    hands, made = numbers
    lines = hands.ask(today.today).lines
    assert {line.namesake for line in lines if line.name != NAME} == {False}
    by = hands.program.context.staff_id
    hands.ask(customers.new_customer, CustomerRecord(given_name="Fien", household="Vriesland"), by=by)
    mother = CustomerRecord(given_name="Truus", household="Vriesland")
    son = hands.card(hands.ask(customers.card_by_number, made[0]))
    mother.relations = [RelationRecord("child", "Jan", customer=son.uid)]
    saved = hands.ask(customers.new_customer, mother, by=by)
    page = hands.open_card(saved.customer_id)
    links = {button.text() for button in page.knowledge.findChildren(WrappingButton)}
    assert {f"Jan #{made[0]}, kind", f"{NAME} #{made[1]}", "Fien"} <= links, links
