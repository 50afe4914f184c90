"""Noting a visit: the scene of 10:55, with the keyboard alone, to the disk and back."""

from __future__ import annotations

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.domain.errors import ChangedMeanwhile
from kapperboek.services.inputs import NewAppointment
from kapperboek.services.moments import moments
from kapperboek.storage.file.notebook import Notebook
from kapperboek.ui.app.program import Program
from kapperboek.ui.moments.contact_dialog import ContactDialog
from kapperboek.ui.moments.follow_choice import FollowChoice
from kapperboek.ui.moments.moment_fields import parse_past_day, parse_time
from kapperboek.ui.moments.visit_dialog import VisitDialog
from tests.conftest import NOW
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, read_again, said_to_screen_reader, sheet_open

KEY = Qt.Key


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def test_the_scene_of_five_to_eleven_in_twelve_keys(hands: Hands) -> None:
    hands.open_card()
    hands.keys = 0
    hands.press(KEY.Key_Return, CONTROL)
    dialog: VisitDialog = hands.sheet()
    assert dialog.form.recipe.hasFocus()
    hands.press(KEY.Key_Left, CONTROL, times=3)  # 35, 1:1, 6
    hands.write("9")
    hands.press(KEY.Key_Tab)
    hands.press(KEY.Key_Space)
    hands.write("wil volgend jaar naar Porto")
    hands.press(KEY.Key_T, CONTROL)
    hands.write("tante Riet in ziekenhuis")
    hands.press(KEY.Key_O, CONTROL)
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is None
    assert hands.keys <= 12
    card = hands.card()
    visit = card.history[0]
    assert visit.kind == "visit" and "9% 1:1" in visit.recipe and visit.treatments == ("Knippen", "Kleuren")
    assert visit.staff == "Sanne" and visit.amount_cents == 9650
    assert visit.answers == (("Hoe was Lissabon, met zus Ineke?", "wil volgend jaar naar Porto"),)
    open_points = {point.text: point for point in card.talk_points}
    assert open_points["tante Riet in ziekenhuis"].staff == "Sanne"
    assert any("mavo" in text for text in open_points)
    assert not [follow for follow in card.follow_ups if follow.made_on.isoformat() == "2026-11-22"]
    (planned,) = card.appointments  # not today's: the visit stands where that stood
    assert planned.at[:10] == "2027-01-03" and planned.at[11:] == "10:00", "as usual, not the minute of this visit"
    assert (planned.treatments, planned.staff) == (visit.treatments, "Sanne")
    sql = "SELECT count(*) FROM interaction WHERE id = ?"
    assert read_again(hands.program.path, Notebook.value, sql, (visit.id,)) == 1


def test_one_undo_takes_all_of_it_back(hands: Hands) -> None:
    hands.open_card()
    before = hands.card()
    hands.press(KEY.Key_Return, CONTROL)
    dialog: VisitDialog = hands.sheet()
    dialog.form.points.lines[0].line.setText("iets nieuws")
    dialog.form.follow.next_choice()
    hands.press(KEY.Key_Return, CONTROL)
    assert hands.card() != before
    hands.press(KEY.Key_Z, CONTROL)
    after = hands.card()
    assert [m.id for m in after.history] == [m.id for m in before.history]
    assert [p.text for p in after.talk_points] == [p.text for p in before.talk_points]
    assert after.follow_ups == before.follow_ups
    assert [m.id for m in after.appointments] == [m.id for m in before.appointments]


def test_several_new_points_and_a_day_to_wait_for(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_Return, CONTROL)
    dialog: VisitDialog = hands.sheet()
    hands.press(KEY.Key_T, CONTROL)
    hands.write("eerste")
    hands.press(KEY.Key_Return)
    hands.write("tweede")
    dialog.form.points.lines[1].clock.click()
    hands.write("3-12")
    hands.press(KEY.Key_Return, CONTROL)
    made = {point.text: point.not_before for point in hands.card().talk_points}
    assert made["eerste"] is None and made["tweede"] is not None
    assert made["tweede"].isoformat() == "2026-12-03"


@pytest.mark.parametrize("field, typed", [("amount", "veel"), ("minutes", "lang"), ("when", "ooit")])
def test_a_mistake_is_explained_beside_the_field_and_nothing_is_saved(hands: Hands, field: str, typed: str) -> None:
    hands.open_card()
    hands.press(KEY.Key_Return, CONTROL)
    dialog: VisitDialog = hands.sheet()
    line = dialog.form.when.day.line if field == "when" else getattr(dialog.form, field).line
    line.setText(typed)
    visits = len(hands.card().history)
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is dialog and getattr(dialog.form, field).has_error()
    assert len(hands.card().history) == visits


def test_a_visit_is_changed_from_the_history(hands: Hands) -> None:
    page = hands.open_card()
    hands.press(KEY.Key_G, CONTROL)
    moment = page.history.model.moment(page.history.list.currentIndex())
    assert moment is not None and moment.kind == "visit"
    hands.press(KEY.Key_Return)
    dialog: VisitDialog = hands.sheet()
    assert dialog.form.recipe.text() == moment.recipe and not dialog.form.talk.isVisible()
    dialog.form.note.setText("Toch te donker.")
    dialog.form.amount.line.setText("90")
    hands.press(KEY.Key_Return, CONTROL)
    now = hands.ask(moments.moment, moment.id)
    assert (now.note, now.amount_cents, now.treatments) == ("Toch te donker.", 9000, moment.treatments)


@pytest.mark.parametrize("mine", [True, False])
def test_changed_meanwhile_shows_both_texts(hands: Hands, mine: bool) -> None:
    page = hands.open_card()
    moment = hands.card().history[0]
    page.history.edit(moment)
    dialog: VisitDialog = hands.sheet()
    dialog.form.note.setText("van mij")
    hands.ask(moments.edit_moment, moment.id, {"note": "van de ander"}, version=moment.version)
    hands.press(KEY.Key_Return, CONTROL)
    panel = dialog.meanwhile
    assert panel is not None
    said = said_to_screen_reader(panel)
    assert "van mij" in said and "van de ander" in said
    (panel.keep_mine if mine else panel.keep_theirs).click()
    hands.settle()
    assert sheet_open() is None
    assert hands.ask(moments.moment, moment.id).note == ("van mij" if mine else "van de ander")


def test_a_stale_edit_is_an_error_with_both_texts(hands: Hands) -> None:
    moment = hands.card().history[0]
    hands.ask(moments.edit_moment, moment.id, {"note": "eerst"}, version=moment.version)
    errors: list[Exception] = []
    hands.program.jobs.run(
        moments.edit_moment, moment.id, {"note": "later"}, version=moment.version, failed=errors.append
    )
    hands.settle()
    assert isinstance(errors[0], ChangedMeanwhile) and (errors[0].theirs, errors[0].ours) == (
        "eerst",
        "later",
    )


def test_discreet_hides_what_is_private_in_the_dialog(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_Return, CONTROL)
    dialog: VisitDialog = hands.sheet()
    dialog.form.note.setText("heel persoonlijk")
    hands.press(KEY.Key_F9)
    said = said_to_screen_reader(dialog)
    for word in ("Lissabon", "heel persoonlijk", "96,50", "hoofdhuid", "jarig"):
        assert word not in said
    assert "Marieke" in said and "Knippen" in said
    hands.press(KEY.Key_F9)
    assert dialog.form.note.text() == "heel persoonlijk" and dialog.form.note.isVisible()


def test_tab_goes_through_everything_and_stays_inside(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_Return, CONTROL)
    dialog: VisitDialog = hands.sheet()
    seen = set()
    for _step in range(40):
        hands.press(KEY.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None and dialog.isAncestorOf(focus)
        seen.add(focus)
    for wanted in (
        dialog.form.treatments.line,
        dialog.form.note,
        dialog.form.amount.line,
        dialog.save_button,
    ):
        assert wanted in seen


def slowly(hands: Hands) -> Event:
    """The notebook is held up, as by the first save or by another program, until the event is set."""
    gate = Event()
    hands.program.jobs.run(lambda _book: gate.wait(60))
    return gate


def type_on(keys: str, *, enter: bool = False) -> None:
    """Press keys without waiting for what comes of them."""
    for key in keys:
        QTest.keyClicks(QApplication.focusWidget(), key)
    if enter:
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)


def test_while_it_saves_it_says_so_and_no_key_is_lost(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_Return, CONTROL)
    dialog: VisitDialog = hands.sheet()
    before = len(hands.card().history)
    gate = slowly(hands)
    for _time in range(3):  # in a hurry
        QTest.keyClick(QApplication.focusWidget() or dialog, KEY.Key_Return, CONTROL)
    QTest.keyClick(QApplication.focusWidget() or dialog, KEY.Key_Escape)
    toast = hands.program.window.toast
    hands.qtbot.waitUntil(lambda: toast.isVisible() and toast.words.text() == "Wordt bewaard…")
    QTest.keyClick(QApplication.focusWidget() or dialog, KEY.Key_K, CONTROL)
    type_on("els", enter=True)
    gate.set()
    hands.settle()
    hands.qtbot.waitUntil(lambda: sheet_open() is None)
    assert len(hands.card().history) == before + 1
    page = hands.program.window.shell.page()  # type: ignore[union-attr]
    hands.qtbot.waitUntil(lambda: page.card is not None and page.card.name.startswith("Els"))
    assert toast.words.text() != "Wordt bewaard…"


def test_keys_typed_while_a_save_fails_stand_in_the_sheet(hands: Hands) -> None:
    hands.open_card()
    hands.program.context.note_contact(MARIEKE, "note")
    dialog: ContactDialog = hands.sheet()
    gate = slowly(hands)
    QTest.keyClick(QApplication.focusWidget() or dialog, KEY.Key_Return, CONTROL)  # an empty note is refused
    dialog.note.setFocus()
    type_on("belde af")
    gate.set()
    hands.settle()
    hands.qtbot.waitUntil(lambda: dialog.note.text() == "belde af")
    assert sheet_open() is dialog and dialog.problem.label.text()


@pytest.mark.parametrize(
    "typed, time",
    [
        ("9", "09:00"),
        ("930", "09:30"),
        ("9:30", "09:30"),
        ("9.30", "09:30"),
        ("14u15", "14:15"),
        ("25", None),
        ("x", None),
    ],
)
def test_times_as_people_type_them(typed: str, time: str | None) -> None:
    assert parse_time(typed) == time


@pytest.mark.parametrize(
    "typed, day",
    [
        ("11 okt", "2026-10-11"),
        ("gisteren", "2026-11-21"),
        ("24-12", "2025-12-24"),
        ("1-2-2020", "2020-02-01"),
    ],
)
def test_days_that_have_been(typed: str, day: str) -> None:
    found = parse_past_day(typed, NOW.date())
    assert found is not None and found.isoformat() == day


def test_the_day_that_was_agreed_is_in_the_draft(qtbot: QtBot) -> None:
    first, later = FollowChoice(lambda: date(2026, 11, 23)), FollowChoice(lambda: date(2026, 11, 26))
    for choice in (first, later):
        qtbot.addWidget(choice)
        choice.set_rhythm(42, time="09:30")
    first.next_choice()
    later.put_back(first.collect())
    assert first.appointment() == later.appointment() == NewAppointment("2027-01-04T09:30")
    assert "ma 4 jan 09:30" in later.choice.button("appointment").text()
    first.choice.set_value("call")
    later.put_back(first.collect())
    assert first.value() == later.value()
    later.put_back(first.collect() | {"days": {"call": "2026-11-20"}})
    assert later.value() == first.value(), "a day that has been is not proposed again"
