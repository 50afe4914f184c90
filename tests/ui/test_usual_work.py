"""Minutes and amount follow the treatments, until somebody types others; and treatments are chosen from a list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.services.inputs import VisitInput
from kapperboek.services.keeping import locking
from kapperboek.services.moments import moments
from kapperboek.ui.app.program import Program
from kapperboek.ui.moments.appointment_dialog import AppointmentDialog
from kapperboek.ui.moments.visit_dialog import VisitDialog
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.suggestion_list import Offering
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, sheet_open

KEY = Qt.Key
BOTH = ("Knippen", "Kleuren")  # 30 min € 34,50 and 55 min € 62,00 in the demo's list


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def visit_of(hands: Hands, customer_id: int = MARIEKE) -> VisitDialog:
    hands.open_card(customer_id)
    hands.press(KEY.Key_Return, CONTROL)
    dialog: VisitDialog = hands.sheet()
    return dialog


def somebody_new(hands: Hands) -> int:
    return next(iter(hands.ask(customers.new_customer, CustomerRecord(given_name="Saskia")).customers))


def choose(hands: Hands, dialog: VisitDialog, *names: str) -> None:
    dialog.form.treatments.line.setFocus()
    for name in names:
        hands.write(name)
        hands.press(KEY.Key_Return)


def work(dialog: VisitDialog) -> tuple[str, str]:
    return dialog.form.minutes.line.text(), dialog.form.amount.line.text()


def takes(dialog: VisitDialog) -> list[str]:
    return [button.text() for button in dialog.form.usual.takes]


def test_a_first_visit_is_priced_by_the_list(hands: Hands) -> None:
    new = somebody_new(hands)
    dialog = visit_of(hands, new)
    assert work(dialog) == ("", "") and "laatste keer" not in dialog.form.recipe_field.label.text()
    choose(hands, dialog, *BOTH)
    assert work(dialog) == ("85", "96,50") and not takes(dialog)
    dialog.form.treatments.remove("Kleuren")
    assert work(dialog) == ("30", "34,50")
    dialog.form.treatments.remove("Knippen")
    assert work(dialog) == ("", "")
    hands.write("fohnen")  # not a word of its own yet, and saved all the same with its price
    hands.press(KEY.Key_Return, CONTROL)
    visit = hands.card(new).history[0]
    assert (visit.treatments, visit.minutes, visit.amount_cents) == (("Föhnen",), 30, 2650)


def test_what_was_typed_by_hand_stays_and_the_list_is_offered(hands: Hands) -> None:
    dialog = visit_of(hands, somebody_new(hands))
    choose(hands, dialog, "Knippen")
    dialog.form.amount.line.setFocus()
    dialog.form.amount.line.selectAll()
    hands.write("30")
    assert takes(dialog) == ["prijslijst: € 34,50"]
    choose(hands, dialog, "Kleuren")
    assert work(dialog) == ("85", "30") and takes(dialog) == ["prijslijst: € 96,50"]
    QTest.mouseClick(dialog.form.usual.takes[0], Qt.MouseButton.LeftButton)
    assert work(dialog) == ("85", "96,50") and not takes(dialog)
    choose(hands, dialog, "Baard")
    assert work(dialog) == ("100", "113,00")


def test_what_is_not_in_the_list_is_said(hands: Hands) -> None:
    dialog = visit_of(hands, somebody_new(hands))
    choose(hands, dialog, "Knippen", "Wenkbrauwen")
    assert work(dialog) == ("30", "34,50")
    assert dialog.form.usual.without.text() == "niet op de prijslijst: Wenkbrauwen"


def test_a_return_visit_costs_what_it_did_and_says_when_the_list_differs(hands: Hands) -> None:
    new = somebody_new(hands)
    hands.ask(moments.record_visit, VisitInput(new, "2026-10-01T10:00", treatments=BOTH, minutes=80, amount_cents=9000))
    dialog = visit_of(hands, new)
    assert work(dialog) == ("80", "90,00") and takes(dialog) == ["prijslijst: 85 min · € 96,50"]
    choose(hands, dialog, "Baard")
    assert work(dialog) == ("100", "113,00") and not takes(dialog), "something else was done: the list counts"
    dialog.form.treatments.remove("Baard")
    assert work(dialog) == ("80", "90,00")
    dialog.form.usual.takes[0].click()
    assert work(dialog) == ("85", "96,50") and takes(dialog) == ["laatste keer: 80 min · € 90,00"]


def test_a_half_typed_visit_comes_back_knowing_what_was_typed_by_hand(hands: Hands) -> None:
    new = somebody_new(hands)
    dialog = visit_of(hands, new)
    choose(hands, dialog, "Knippen")
    dialog.form.minutes.line.setFocus()
    dialog.form.minutes.line.selectAll()
    hands.write("45")
    hands.press(KEY.Key_Escape)
    dialog = visit_of(hands, new)
    assert work(dialog) == ("45", "34,50")
    choose(hands, dialog, "Kleuren")
    assert work(dialog) == ("45", "96,50")
    dialog.form.minutes.line.setFocus()
    dialog.form.minutes.line.selectAll()
    hands.write("85")  # by hand too, though it is what the list says
    dialog.form.amount.line.setFocus()
    dialog.form.amount.line.selectAll()
    hands.press(KEY.Key_Delete)
    hands.press(KEY.Key_Escape)
    dialog = visit_of(hands, new)
    assert work(dialog) == ("85", "")
    choose(hands, dialog, "Baard")
    assert work(dialog) == ("85", "")


def test_a_noted_visit_keeps_what_it_cost(hands: Hands) -> None:
    page = hands.open_card()
    noted = hands.ask(moments.moment, hands.card().history[0].id)
    page.history.edit(noted)
    dialog: VisitDialog = hands.sheet()
    assert not takes(dialog)
    before = work(dialog)
    choose(hands, dialog, "Baard")
    assert work(dialog) == before and takes(dialog)
    dialog.drop_draft()
    dialog.close_sheet(False)
    as_listed = VisitInput(MARIEKE, "2026-11-22T08:00", treatments=BOTH, minutes=85, amount_cents=9650)
    hands.ask(moments.record_visit, as_listed)
    noted = hands.ask(moments.moment, hands.card().history[0].id)
    page.history.edit(noted)
    hands.sheet().form.note.setFocus()
    hands.write("half")
    hands.press(KEY.Key_Escape)
    page.history.edit(noted)
    dialog = hands.sheet()
    choose(hands, dialog, "Baard")
    assert work(dialog) == ("85", "96,50"), "also when it was left half changed"


def test_who_may_not_see_prices_is_told_none(hands: Hands) -> None:
    noor = next(one for one in hands.ask(settings.staff) if one.name == "Noor")
    context = hands.program.context
    hands.ask(locking.set_role, noor.id, "staff")
    context.staff = hands.ask(settings.staff)
    context.set_shop(context.shop._replace(staff_may=()))
    context.set_staff(noor.id)
    hands.settle()
    dialog = visit_of(hands, somebody_new(hands))
    choose(hands, dialog, *BOTH)
    assert work(dialog) == ("85", "")
    remarks = [remark for _word, remark in dialog.form.treatments.offering.offered]
    assert "30 min" in remarks and not any("€" in remark for remark in remarks)


def test_the_list_opens_by_a_click_and_by_the_arrow(hands: Hands) -> None:
    dialog = visit_of(hands, somebody_new(hands))
    tags = dialog.form.treatments
    QTest.mouseClick(tags.line, Qt.MouseButton.LeftButton)
    offering = tags.offering
    assert offering.isVisible() and tags.line.hasFocus()
    first = offering.model().index(0, 0)
    assert rows(offering)[0] == "Knippen" and offering.offered[0] == ("Knippen", "30 min · € 34,50")
    QTest.mouseClick(offering.viewport(), Qt.MouseButton.LeftButton, pos=offering.visualRect(first).center())
    assert tags.chosen() == ("Knippen",) and not offering.isVisible() and tags.line.hasFocus()
    hands.press(KEY.Key_Down)
    assert offering.isVisible() and "Knippen" not in rows(offering)
    hands.press(KEY.Key_Down, times=2)
    hands.press(KEY.Key_Return)
    assert tags.chosen() == ("Knippen", "Knippen kind")
    assert work(dialog) == ("50", "54,00")
    hands.press(KEY.Key_Down)
    hands.press(KEY.Key_Escape)
    assert not offering.isVisible() and sheet_open() is dialog
    hands.write("fohn")
    assert rows(offering) == ["Föhnen"]
    hands.press(KEY.Key_O, CONTROL)
    assert dialog.form.follow.choice.value() == "appointment" and not offering.isVisible(), "keys work while it is open"


def test_the_list_lies_in_the_window_and_goes_when_elsewhere_is_clicked(hands: Hands) -> None:
    hands.program.window.resize(1024, 700)
    dialog = visit_of(hands)
    tags = dialog.form.treatments
    QTest.mouseClick(tags.line, Qt.MouseButton.LeftButton)
    window = hands.program.window
    corner = tags.offering.mapTo(window, QPoint(0, 0))
    assert window.rect().contains(tags.offering.rect().translated(corner))
    QTest.mouseClick(dialog.form.minutes.label, Qt.MouseButton.LeftButton)
    assert not tags.offering.isVisible()


def rows(offering: Offering) -> list[str]:
    model = offering.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_an_appointment_takes_as_long_as_its_treatments(hands: Hands) -> None:
    new = somebody_new(hands)
    hands.program.context.open_dialog("appointment", customer_id=new)
    dialog: AppointmentDialog = hands.sheet()
    dialog.what.line.setFocus()
    hands.write("knippen")
    hands.press(KEY.Key_Return)
    assert dialog.minutes.line.text() == "30"
    dialog.minutes.line.setFocus()
    dialog.minutes.line.selectAll()
    hands.write("50")
    dialog.what.add("Kleuren")
    assert dialog.minutes.line.text() == "50"
    assert [button.text() for button in dialog.usual.takes] == ["prijslijst: 85 min"]
    hands.press(KEY.Key_Return, CONTROL)
    (made,) = hands.card(new).appointments
    hands.program.context.open_dialog("appointment", customer_id=new, moment_id=made.id)
    dialog = hands.sheet()
    dialog.what.remove("Kleuren")
    assert dialog.minutes.line.text() == "30"
    dialog.minutes.line.setFocus()
    dialog.minutes.line.selectAll()
    hands.write("50")
    hands.press(KEY.Key_Escape)
    hands.program.context.open_dialog("appointment", customer_id=new, moment_id=made.id)
    dialog = hands.sheet()
    dialog.what.add("Kleuren")
    assert dialog.minutes.line.text() == "50", "typed again by hand, though it is what was agreed"


def test_names_that_differ_in_capitals_or_accents_are_one(hands: Hands) -> None:
    dialog = visit_of(hands, somebody_new(hands))
    choose(hands, dialog, "knippen", "KNIPPEN", "Fohnen")
    assert dialog.form.treatments.chosen() == ("Knippen", "Föhnen")


def test_the_beginning_is_enough_where_one_treatment_begins_so(hands: Hands) -> None:
    dialog = visit_of(hands, somebody_new(hands))
    form = dialog.form
    form.treatments.set_offered(["Knippen", "Kleuren", "Krullen", "Föhnen", "Wassen en föhnen"])
    choose(hands, dialog, "knip", "foh", "k", '"kleu"')
    assert form.treatments.chosen() == ("Knippen", "Föhnen", "k", "kleu")
    form.treatments.set_values(())
    hands.write("kru")
    hands.press(KEY.Key_Escape)
    hands.press(KEY.Key_Return)
    hands.write("kleu")
    hands.press(KEY.Key_Tab)
    assert form.treatments.chosen() == ("kru", "Kleuren") and sheet_open() is dialog


def test_what_is_typed_after_the_amount_never_lands_on_the_price_list(hands: Hands) -> None:
    dialog = visit_of(hands)
    dialog.form.amount.line.setFocus()
    dialog.form.amount.line.selectAll()
    hands.write("30")
    assert takes(dialog)
    dialog.relayout()
    hands.press(KEY.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None and not isinstance(focus, Button) and focus is not dialog.form.usual.takes[0]


def test_focus_stays_and_nothing_opens_by_tab(hands: Hands) -> None:
    dialog = visit_of(hands)
    dialog.form.treatments.line.setFocus(Qt.FocusReason.TabFocusReason)
    assert not dialog.form.treatments.offering.isVisible()
    assert QApplication.focusWidget() is dialog.form.treatments.line
