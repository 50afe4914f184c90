"""A new card, who it may already be, and changing one: with the keyboard, to the notebook and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import Address, CustomerRecord, Phone, RelationRecord, WarningRecord
from kapperboek.services.customers import customers
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_page import CardPage
from kapperboek.ui.customer_form import customer_more
from kapperboek.ui.customer_form.customer_dialog import CustomerDialog
from kapperboek.ui.customer_form.customer_record import from_plain, to_plain
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, said_to_screen_reader, sheet_open

KEY = Qt.Key


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def front(hands: Hands) -> CardPage:
    shell = hands.program.window.shell
    assert shell is not None
    page = shell.page()
    assert isinstance(page, CardPage)
    return page


def begin(hands: Hands, text: str = "") -> CustomerDialog:
    hands.program.context.new_customer(text)
    dialog: CustomerDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    return dialog


def test_a_first_name_alone_is_enough(hands: Hands) -> None:
    begin(hands)
    hands.write("Zwaantje")
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is None
    page = front(hands)
    assert page.card is not None and page.card.name == "Zwaantje"


def test_one_tab_after_the_name_a_number_is_typed_with_its_spaces(hands: Hands) -> None:
    begin(hands)
    hands.write("Zwaantje")
    hands.press(KEY.Key_Tab)
    hands.write("06 55 44 33 22")
    hands.press(KEY.Key_Return, CONTROL)
    card = front(hands).card
    assert card is not None and card.name == "Zwaantje" and card.contacts[0].value == "06 55 44 33 22"


def test_no_offer_comes_between_the_name_and_the_number(hands: Hands) -> None:
    """Beside the form at the usual size; in it, below the name, where the text is large."""
    for width in (1280, 700):
        hands.program.window.resize(width, 860)
        dialog = begin(hands)
        hands.write("Kapsalon De Schaar" if width > 700 else "Marieke Jansen")
        hands.qtbot.waitUntil(lambda: dialog.form.name.firm.isVisible() or bool(dialog.exists.rows))  # noqa: B023
        hands.press(KEY.Key_Tab)
        hands.write("020 123 45 67")
        assert dialog.form.phone.text() == "020 123 45 67"
        offer = dialog.form.name.firm if width > 700 else dialog.exists.rows[0]
        dialog.form.more_button.setFocus()
        hands.press(KEY.Key_Tab)
        assert offer.hasFocus(), "after the fields it is still in reach"
        dialog.close_sheet(False)


def test_nothing_at_all_is_explained_beside_the_name(hands: Hands) -> None:
    dialog = begin(hands)
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is dialog and "voornaam" in dialog.form.name.whole.error.text()


def test_what_was_typed_in_the_search_box_lands_in_the_right_fields(hands: Hands) -> None:
    dialog = begin(hands, "Sjoukje van der Zwaluw 06 55 55 12 12")
    hands.press(KEY.Key_Return, CONTROL)
    card = front(hands).card
    assert card is not None and card.name == "Sjoukje van der Zwaluw"
    assert card.contacts[0].canonical == "+31655551212"
    assert dialog is not None


def test_a_number_typed_behind_the_name_is_not_lost(hands: Hands) -> None:
    begin(hands)
    hands.write("Zwaantje 06 55 55 13 13")
    hands.press(KEY.Key_Return, CONTROL)
    card = front(hands).card
    assert card is not None and (card.name, card.contacts[0].canonical) == ("Zwaantje", "+31655551313")


def test_a_birthday_that_is_none_is_kept_and_explained(hands: Hands) -> None:
    dialog = begin(hands, "Zwaantje")
    dialog.form.birthday.line.setText("31-2-1980")
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is dialog and dialog.form.birthday_field.has_error()
    assert dialog.form.birthday.text() == "31-2-1980"


def test_who_it_may_already_be_stands_beside_it(hands: Hands) -> None:
    dialog = begin(hands)
    hands.write("Marieke Janssen")
    hands.qtbot.waitUntil(lambda: dialog.exists.isVisible())
    marieke = next(row for row in dialog.exists.rows if row.likeness.customer_id == MARIEKE)
    assert marieke.likeness.reasons
    hands.press(KEY.Key_Down)
    assert dialog.exists.rows[0].hasFocus()
    hands.press(KEY.Key_Escape)
    assert sheet_open() is dialog and dialog.form.name.line.hasFocus()
    hands.settle()
    place = dialog.form.phone.mapTo(dialog, QPoint())
    dialog.form.name.line.setText("Zwaantje Xq")
    dialog.form.changed.emit()
    hands.qtbot.waitUntil(lambda: not dialog.exists.rows)
    hands.settle()
    assert dialog.form.phone.mapTo(dialog, QPoint()).x() == place.x() and "Niemand" in said_to_screen_reader(dialog)
    assert dialog.form.phone.width() < dialog.width() // 2, "the fields went elsewhere under the pointer"


def test_enter_on_it_opens_that_card_with_what_was_typed(hands: Hands) -> None:
    dialog = begin(hands)
    hands.write("Marieke Jansen")
    dialog.form.phone.setText("038 765 43 21")
    dialog.form.changed.emit()
    hands.qtbot.waitUntil(lambda: bool(dialog.exists.rows))
    row = next(row for row in dialog.exists.rows if row.likeness.customer_id == MARIEKE)
    QTest.mouseClick(row, Qt.MouseButton.RightButton)
    QTest.mouseRelease(row, Qt.MouseButton.LeftButton)  # pressed on who stood there before
    assert sheet_open() is dialog
    row.setFocus()
    hands.press(KEY.Key_Return)
    assert sheet_open() is None
    card = front(hands).card
    assert card is not None and card.customer_id == MARIEKE
    assert "+31387654321" in {contact.canonical for contact in card.contacts}


def test_everything_of_a_card_survives_opening_and_saving(hands: Hands) -> None:
    record = CustomerRecord(
        given_name="Bo", prefix="in 't", family_name="Veld", organisation="Isala", department="inkoop"
    )
    record.phones = [Phone("06 11 11 22 22", "mobile"), Phone("038 111 22 33", "werk")]
    record.addresses = [Address("Dorpsstraat", "12a", "8011 AB", "Zwolle", "NL", label="home")]
    record.relations = [RelationRecord("child", "Fenna", "2011-05-03")]
    record.warnings, record.avoid, record.wishes = [WarningRecord("latex", True)], ["de buren"], ["korte pony"]
    record.birthday, record.note, record.preferred_channel = "--02-29", "regel 1\nregel 2", "whatsapp"
    record.profile = {"hobby": ["schaken", "vissen"], "job": "bakker"}
    saved = hands.ask(customers.new_customer, record)
    before = hands.ask(customers.identity, saved.customer_id)[0]
    hands.program.context.edit_customer(saved.customer_id)
    dialog: CustomerDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is None
    assert hands.ask(customers.identity, saved.customer_id)[0] == before


def test_fields_are_changed_and_added(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_E, CONTROL)
    dialog: CustomerDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    more = dialog.form.more
    more.relations.plus.click()
    hands.settle()
    hands.press(KEY.Key_Tab)
    hands.write("Pip")
    more.profile["coffee"][2].setText("thee")
    more.no_advertising.click()
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is None
    card = hands.card()
    assert "Pip" in {relation.name for relation in card.relations}
    assert card.no_advertising and {fact.key: fact.text for fact in card.knowledge}["coffee"] == "thee"


def test_a_choice_that_is_none_is_explained(hands: Hands) -> None:
    hands.program.context.edit_customer(MARIEKE)
    dialog: CustomerDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    field, holder, line = dialog.form.more.profile["coffee"]
    assert field.kind == "choice"
    line.setText("limonade met rum")
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is dialog and holder.has_error()


@pytest.mark.parametrize("mine", [True, False])
def test_changed_meanwhile_shows_both_cards(hands: Hands, mine: bool) -> None:
    hands.program.context.edit_customer(MARIEKE)
    dialog: CustomerDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    record, version = hands.ask(customers.identity, MARIEKE)
    hands.ask(customers.edit_customer, MARIEKE, replace(record, note="van de ander"), version=version)
    dialog.form.more.note.setText("van mij")
    hands.press(KEY.Key_Return, CONTROL)
    panel = dialog.meanwhile
    assert panel is not None
    said = said_to_screen_reader(panel)
    assert "van de ander" in said and "van mij" in said
    (panel.keep_mine if mine else panel.keep_theirs).click()
    hands.settle()
    assert sheet_open() is None
    assert hands.card().note == ("van mij" if mine else "van de ander")


def test_discreet_hides_the_form_of_an_existing_card_and_the_reasons_beside_a_new_one(hands: Hands) -> None:
    hands.program.context.edit_customer(MARIEKE)
    dialog: CustomerDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    hands.press(KEY.Key_F9)
    said = said_to_screen_reader(dialog)
    assert "Marieke" in said and "scheiding" not in said and "06 12" not in said
    dialog.close_sheet(False)
    new = begin(hands)
    hands.write("Marieke Jansen")
    hands.qtbot.waitUntil(lambda: bool(new.exists.rows))
    beside = said_to_screen_reader(new.exists)
    assert "Marieke Jansen" in beside and "Zwolle" not in beside and "06 12" not in beside


def test_a_draft_is_the_record_again() -> None:
    record = CustomerRecord(given_name="Bo", phones=[Phone("06", "mobile")], relations=[RelationRecord("pet", "Pip")])
    assert from_plain(to_plain(record), CustomerRecord()) == record


def test_a_firm_typed_as_a_name_is_offered_as_one_with_one_key(hands: Hands) -> None:
    dialog = begin(hands)
    hands.write("Bloemenhuis Bakker 038 421 30 07")
    assert dialog.form.name.firm.isVisible()
    hands.press(KEY.Key_B, Qt.KeyboardModifier.AltModifier)
    assert dialog.form.more.lines["organisation"].text() == "Bloemenhuis Bakker"
    hands.press(KEY.Key_Return, CONTROL)
    card = front(hands).card
    assert card is not None and card.firm and card.organisation == "Bloemenhuis Bakker"
    assert [contact.shown for contact in card.contacts] == ["038 421 30 07"]
    assert card.question is None, "a firm is not asked who is at home"


def test_a_person_is_not_offered_as_a_firm(hands: Hands) -> None:
    dialog = begin(hands)
    for name in ("Bep Bakker", "Ahmed Yilmaz, van Bakkerij Yilmaz bv"):
        dialog.form.name.line.setText(name)
        assert not dialog.form.name.firm.isVisible()
    dialog.form.name.line.setText("garage Smit bv")
    assert not dialog.form.name.firm.isVisible() and "bedrijf" in dialog.form.name.whole.label.text()
    hands.press(KEY.Key_Return)
    card = front(hands).card
    assert card is not None and card.firm and card.name == "garage Smit bv"


def test_where_somebody_works_may_stand_in_the_name(hands: Hands) -> None:
    begin(hands)
    hands.write("W. Zwaluwstaart, van Isala")
    hands.press(KEY.Key_Return, CONTROL)
    card = front(hands).card
    assert card is not None and card.organisation == "Isala" and card.name.endswith("Zwaluwstaart")


def test_the_form_speaks_dutch_and_gives_back_what_it_read(hands: Hands) -> None:
    record, _version = hands.ask(customers.identity, MARIEKE)
    hands.program.context.open_dialog("customer", customer_id=MARIEKE)
    dialog: CustomerDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    more = dialog.form.more
    assert [row.controls[0].currentText() for row in more.relations.rows] == ["dochter", "zoon", "man"]
    assert [row.controls[0].text() for row in more.dates.rows] == ["Trouwdag"]
    assert more.since.text() == "2-3-2019"
    assert dialog.form.record() == record
    dialog.close_sheet(False)


def test_a_draft_of_before_a_field_was_there_leaves_what_stands_in_it() -> None:
    """Its words would be emptied by whoever goes on with what they typed."""
    said = to_plain(CustomerRecord(given_name="Bo"))
    del said["department"]
    assert from_plain(said, CustomerRecord(given_name="Marieke", department="inkoop")).department == "inkoop"


def test_a_plain_field_needs_one_line(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named in the list alone it stands in the form, is saved, and is in the draft."""
    fields = (*customer_more.plain_fields(), ("suffix", "Achtervoegsel"))
    monkeypatch.setattr(customer_more, "plain_fields", lambda: fields)
    hands.program.context.edit_customer(MARIEKE)
    dialog: CustomerDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    line = dialog.form.more.lines["suffix"]
    assert line.isVisibleTo(dialog) and line.accessibleName() == "Achtervoegsel"
    line.setFocus()
    hands.write("jr.")
    assert '"suffix": "jr."' in (dialog.draft() or "")
    hands.press(KEY.Key_Return, CONTROL)
    assert hands.ask(customers.identity, MARIEKE)[0].suffix == "jr."
