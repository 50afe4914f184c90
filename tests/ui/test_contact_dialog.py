"""Calls, complaints, follow-ups, appointments, and taking back one change of many."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kapperboek.domain.views.card_view import FollowUpView
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import importing
from kapperboek.services.inputs import VisitInput
from kapperboek.services.moments import follow_ups, moments, talk
from kapperboek.ui.app.program import Program
from kapperboek.ui.moments.call_dialog import CallDialog
from kapperboek.ui.moments.contact_dialog import ContactDialog
from kapperboek.ui.window.changes_dialog import ChangesDialog
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, said_to_screen_reader, sheet_open

KEY = Qt.Key


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def test_a_complaint_is_one_sentence_and_enter_and_makes_its_promise(hands: Hands) -> None:
    hands.open_card()
    hands.program.context.note_contact(MARIEKE, "complaint")
    dialog: ContactDialog = hands.sheet()
    assert "belofte" in dialog.promise.label.text()
    hands.write("boos over de kleur")
    hands.press(KEY.Key_Return)
    assert sheet_open() is None
    card = hands.card()
    assert card.history[0].kind == "complaint" and card.history[0].note == "boos over de kleur"
    promise = next(follow for follow in card.follow_ups if follow.kind == "promise")
    assert promise.due == hands.program.context.day + timedelta(days=5)


def test_a_call_with_an_answer_a_point_and_a_follow_up(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_B, CONTROL)
    dialog: ContactDialog = hands.sheet()
    hands.write("belde over zaterdag")
    dialog.talk.rows[0].choice.button("discussed").click()
    hands.write("prachtig")
    hands.press(KEY.Key_T, CONTROL)
    hands.write("vraag naar de foto's")
    hands.press(KEY.Key_O, CONTROL, times=2)
    hands.press(KEY.Key_Return, CONTROL)
    card = hands.card()
    call = card.history[0]
    assert (call.kind, call.note, call.staff) == ("call", "belde over zaterdag", "Sanne")
    assert call.answers[0][1] == "prachtig"
    assert "vraag naar de foto's" in {point.text for point in card.talk_points}
    assert "Nabellen" in {follow.what for follow in card.follow_ups}


def test_an_empty_note_is_refused_and_the_words_of_why_stand_in_the_dialog(hands: Hands) -> None:
    hands.program.context.note_contact(MARIEKE, "note")
    dialog: ContactDialog = hands.sheet()
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is dialog and dialog.problem.label.text()


def test_a_purchase_has_products_and_an_amount(hands: Hands) -> None:
    hands.program.context.note_contact(MARIEKE, "purchase")
    dialog: ContactDialog = hands.sheet()
    dialog.products.add("Shampoo")
    dialog.amount.line.setText("12,50")
    hands.press(KEY.Key_Return, CONTROL)
    bought = hands.card().history[0]
    assert (bought.kind, bought.products, bought.amount_cents) == ("purchase", ("Shampoo",), 1250)


def test_a_follow_up_is_made_and_changed(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_O, CONTROL)
    hands.write("shampoo bestellen")
    hands.press(KEY.Key_Return)
    made = next(follow for follow in hands.card().follow_ups if follow.what == "shampoo bestellen")
    assert made.due == hands.program.context.day + timedelta(days=1)
    hands.program.context.open_dialog("follow_up", customer_id=MARIEKE, follow_up=made)
    dialog = hands.sheet()
    dialog.day.line.setText("over 2 weken")
    hands.press(KEY.Key_Return, CONTROL)
    changed = next(follow for follow in hands.card().follow_ups if follow.id == made.id)
    assert changed.due == hands.program.context.day + timedelta(days=14)


def test_a_follow_up_without_words_is_explained(hands: Hands) -> None:
    hands.program.context.add_follow_up(MARIEKE)
    dialog = hands.sheet()
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is dialog and dialog.what_field.has_error()


def promise_of_piet(hands: Hands) -> FollowUpView:
    return next(follow for follow in hands.ask(follow_ups.follow_ups) if follow.kind == "promise")


def test_no_answer_is_two_keys_and_still_counts_from_the_complaint(hands: Hands) -> None:
    promise = promise_of_piet(hands)
    hands.keys = 0
    hands.program.context.open_dialog("call", customer_id=promise.customer_id, follow_up=promise)
    dialog: CallDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.card is not None)
    assert dialog.number.text().startswith("06 98") and dialog.number.font().pixelSize() >= 30
    assert promise.what in dialog.what.text() and dialog.recipe.isVisible()
    hands.press(KEY.Key_M)  # a letter alone does nothing: somebody may be typing a name
    assert sheet_open() is dialog
    hands.keys = 1  # Alt+B on Today
    hands.press(KEY.Key_M, Qt.KeyboardModifier.AltModifier)
    assert sheet_open() is None and hands.keys <= 2
    now = next(follow for follow in hands.ask(follow_ups.follow_ups) if follow.id == promise.id)
    assert now.show_on == hands.program.context.day + timedelta(days=1) and now.due == promise.due


def test_a_call_hides_its_number_and_reason_in_discreet_mode(hands: Hands) -> None:
    promise = promise_of_piet(hands)
    hands.program.context.open_dialog("call", customer_id=promise.customer_id, follow_up=promise)
    dialog: CallDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.card is not None)
    hands.press(KEY.Key_F9)
    said = said_to_screen_reader(dialog)
    assert "06 98" not in said and promise.what not in said and promise.name in said


def test_an_appointment_is_made_changed_and_called_off(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_D, CONTROL)
    dialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    dialog.when.day.line.setText("1-12-2026")
    dialog.when.time.setText("10")
    hands.press(KEY.Key_Return, CONTROL)
    made = next(one for one in hands.card().appointments if one.at == "2026-12-01T10:00")
    hands.program.context.open_dialog("appointment", customer_id=MARIEKE, moment=made)
    dialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    dialog.calling_off.click()
    hands.settle()
    assert all(one.id != made.id or one.state == "cancelled" for one in hands.card().appointments)


def test_one_change_is_taken_back_and_the_visits_since_stay(hands: Hands) -> None:
    """15:30, a mistake: the point comes back with its date and author."""
    page = hands.open_card()
    point = hands.card().talk_points[0]
    hands.ask(talk.drop, point.id)
    for hour in (10, 11):
        visit = VisitInput(MARIEKE, f"2026-11-22T{hour}:00", treatments=("Knippen",))
        hands.ask(moments.record_visit, visit)
    assert page is hands.open_card()
    hands.press(KEY.Key_H, CONTROL)
    dialog: ChangesDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: len(dialog.rows) > 2)
    row = dialog.rows[2]
    assert row.button is not None and point.text in said_to_screen_reader(row)
    assert all(point.text not in said_to_screen_reader(other) for other in dialog.rows if other is not row)
    assert "10:00 · Knippen" in said_to_screen_reader(dialog.rows[1])
    row.button.setFocus()
    hands.press(KEY.Key_Return)
    back = next(one for one in hands.card().talk_points if one.id == point.id)
    assert (back.text, back.made_on, back.staff) == (point.text, point.made_on, point.staff)
    assert [one.at for one in hands.card().history[:2]] == ["2026-11-22T11:00", "2026-11-22T10:00"]
    hands.qtbot.waitUntil(lambda: any(one.change.undone for one in dialog.rows))


def test_what_is_in_the_way_is_said_in_the_dialog(hands: Hands) -> None:
    hands.open_card()
    saved = hands.ask(customers.add_line, MARIEKE, "wish", "nooit meer gel")
    line = next(one for one in hands.card().wishes if one.text == "nooit meer gel")
    hands.ask(customers.remove_line, line.id)
    hands.program.context.show_changes(MARIEKE)
    dialog: ChangesDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: bool(dialog.rows))
    row = next(one for one in dialog.rows if one.change.id == saved.change_id)
    assert row.button is not None
    row.button.click()
    hands.settle()
    assert dialog.problem.label.text()


def test_what_wrote_on_many_cards_asks_before_it_is_taken_back(hands: Hands, tmp_path: Path) -> None:
    hands.open_card()
    path = tmp_path / "twee.csv"
    path.write_text("Voornaam;Telefoon\nTessa;0655443322\nRoy;0655443323\n", "utf-8")
    report = hands.ask(importing.import_files, [path])
    hands.ask(talk.add_point, MARIEKE, "wat er sinds die dag gebeurde")
    hands.program.context.show_changes(source="import")
    dialog: ChangesDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: bool(dialog.rows))
    row = dialog.rows[0]
    assert {one.change.source for one in dialog.rows} == {"import"}, "a week of other changes lies on top of it"
    assert row.change.id == report.batch and "2 kaarten" in said_to_screen_reader(row)
    assert row.button is not None
    row.button.setFocus()
    hands.press(KEY.Key_Return, times=2)  # an Enter too many is no yes
    assert not hands.ask(journal.changes, limit=1)[0].undone and row.button.isVisible()
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_Tab)
    hands.press(KEY.Key_Return)
    hands.qtbot.waitUntil(lambda: any(one.change.id == report.batch and one.change.undone for one in dialog.rows))
    row = dialog.rows[0]  # that undo, which stands here too: taking it back removes nothing
    assert row.change.cards == 2 and row.button is not None
    row.button.setFocus()
    hands.press(KEY.Key_Return)
    assert "zet terug wat dit van alle 2 kaarten weghaalde" in said_to_screen_reader(row)
    assert row.all.text() == "Zet terug op 2 kaarten"


def test_a_change_says_which_point_promise_or_visit_it_was(hands: Hands) -> None:
    with_words = hands.ask(talk.add_point, MARIEKE, "tante Riet in ziekenhuis")
    promised = hands.ask(follow_ups.add, MARIEKE, "foto sturen", hands.program.context.day)
    point = next(one for one in hands.card().talk_points if one.text.startswith("tante"))
    hands.ask(talk.discuss, point.id, "is weer thuis")
    about = {one.id: one.about for one in hands.ask(journal.changes, MARIEKE, limit=3)}
    assert about[with_words.change_id] == ("praat over: “tante Riet in ziekenhuis”",)
    assert about[promised.change_id] == ("opvolgen: “foto sturen”",)
    assert about[max(about)] == ("praat over: “tante Riet in ziekenhuis”",)


def test_tab_stops_once_at_what_is_chosen(hands: Hands) -> None:
    hands.program.context.note_contact(MARIEKE, "complaint")
    dialog: ContactDialog = hands.sheet()
    hands.press(KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.choice.button("complaint").hasFocus()
    hands.press(KEY.Key_Left, times=2)  # looked at, not chosen
    hands.press(KEY.Key_Tab)
    assert dialog.note.hasFocus() and dialog.kind_chosen() == "complaint"


def test_where_a_change_came_from_is_said_in_dutch(hands: Hands) -> None:
    hands.open_card()
    saved = hands.ask(customers.add_line, MARIEKE, "wish", "nooit meer gel")
    hands.ask(lambda book: journal.undo(book, saved.change_id, source="command"))
    hands.program.context.show_changes()
    dialog: ChangesDialog = hands.sheet()
    hands.qtbot.waitUntil(lambda: len(dialog.rows) > 2)
    said = [said_to_screen_reader(row) for row in dialog.rows]
    assert "opdrachtregel" in said[0] and "demo" in said[2], said[:3]


def test_both_texts_of_a_change_meanwhile_are_private(hands: Hands) -> None:
    page = hands.open_card()
    moment = next(one for one in hands.card().history if one.kind == "call")
    page.history.edit(moment)
    dialog: ContactDialog = hands.sheet()
    dialog.note.setText("van mij")
    hands.ask(moments.edit_moment, moment.id, {"note": "van de ander"}, version=moment.version)
    hands.press(KEY.Key_Return, CONTROL)
    panel = dialog.meanwhile
    assert panel is not None and panel.isVisible()
    hands.press(KEY.Key_F9)
    assert not panel.isVisible() and sheet_open() is dialog
    hands.press(KEY.Key_F9)
    panel.keep_theirs.click()
    hands.settle()
    assert sheet_open() is None and hands.ask(moments.moment, moment.id).note == "van de ander"
