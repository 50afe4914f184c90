"""Appointments by keyboard and mouse, on the card and on Today; what is remarkable about one while it is typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kapperboek.domain.views.list_views import CustomerFilter
from kapperboek.domain.views.today_view import TodayLine
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.services.moments import appointments, moments
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_appointment import AppointmentRow
from kapperboek.ui.card.card_page import CardPage
from kapperboek.ui.customers.customers_labels import expected_words
from kapperboek.ui.moments.appointment_dialog import AppointmentDialog
from kapperboek.ui.today.today_page import TodayPage
from kapperboek.ui.widgets.buttons import Button
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, read_again, said_to_screen_reader, sheet_open

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
DAY, AT = "2026-12-01", "2026-12-01T14:00"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, without a screen


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def staff(hands: Hands, name: str) -> int:
    return next(one.id for one in hands.ask(settings.staff) if one.name == name)


def row_at(page: CardPage, hands: Hands, at: str) -> AppointmentRow:
    hands.settle()
    rows = page.findChildren(AppointmentRow)
    return next(row for row in rows if row.moment.at == at and row.isVisibleTo(page))


def state_of(hands: Hands, moment_id: int) -> str:
    card = hands.card()
    return next(one.state for one in (*card.appointments, *card.history) if one.id == moment_id)


def test_moved_and_called_off_on_the_card_by_keyboard(hands: Hands) -> None:
    hands.ask(appointments.add_appointment, MARIEKE, AT, 30, ("Knippen",), staff_id=staff(hands, "Noor"))
    page = hands.open_card()
    row = row_at(page, hands, AT)
    assert "bij Noor" in row.accessibleName()
    row.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(KEY.Key_Return)
    assert isinstance(hands.sheet(), AppointmentDialog)
    hands.press(KEY.Key_Up)
    hands.press(KEY.Key_Return, CONTROL)
    moved = row_at(page, hands, "2026-12-02T14:00")
    assert moved.moment.staff == "Noor" and moved.moment.minutes == 30
    elsewhere = {"note": "belt nog"}
    read_again(hands.program.path, moments.edit_moment, moved.moment.id, elsewhere, version=moved.moment.version)
    moved.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(KEY.Key_A, ALT)
    assert state_of(hands, moved.moment.id) == "" and "gewijzigd" in hands.program.window.toast.words.text()
    row_at(page, hands, "2026-12-02T14:00").setFocus(Qt.FocusReason.TabFocusReason)  # as it stands now
    hands.press(KEY.Key_A, ALT)
    assert state_of(hands, moved.moment.id) == "cancelled"
    hands.press(KEY.Key_Z, CONTROL)
    assert state_of(hands, moved.moment.id) == ""


def test_by_mouse_it_opens_with_two_clicks_and_has_a_menu(hands: Hands) -> None:
    hands.ask(appointments.add_appointment, MARIEKE, AT, 30, ("Knippen",))
    row = row_at(hands.open_card(), hands, AT)
    words = [entry.text() for entry in row.menu().actions()]
    assert any("Verzetten" in word for word in words) and not any("Niet gekomen" in word for word in words)
    QTest.mouseDClick(row, Qt.MouseButton.LeftButton, pos=QPoint(40, row.height() // 2))
    assert isinstance(hands.sheet(), AppointmentDialog) and hands.sheet().moment_id == row.moment.id


def test_yesterdays_asks_on_the_card_and_is_settled(hands: Hands) -> None:
    new = hands.ask(appointments.add_appointment, 3, "2026-11-21T14:00", 30, ("Knippen",))
    page = hands.open_card(3)
    row = row_at(page, hands, "2026-11-21T14:00")
    assert "gekomen of niet?" in said_to_screen_reader(row)
    row.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(KEY.Key_V, ALT)
    visit = hands.sheet()
    assert visit.form.when.value() == "2026-11-21T14:00"
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is None
    hands.settle()
    card = hands.card(new.customer_id)
    assert [one.kind for one in card.history if one.at == "2026-11-21T14:00"] == ["visit"]


def test_what_was_typed_of_who_did_not_come_is_kept(hands: Hands) -> None:
    hands.ask(appointments.add_appointment, 3, "2026-11-21T14:00", 30, note="belt nog")
    row_at(hands.open_card(3), hands, "2026-11-21T14:00").setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(KEY.Key_Return)
    dialog: AppointmentDialog = hands.sheet()
    hands.qtbot.waitUntil(dialog.save_button.isEnabled)
    dialog.note.setFocus()
    hands.press(KEY.Key_End, CONTROL)
    hands.write(", was ziek")
    dialog.save_draft()
    hands.qtbot.waitUntil(lambda: bool(dialog.hint_label.text()))
    dialog.layout_now()
    dialog.cancel()
    row_at(hands.open_card(3), hands, "2026-11-21T14:00").setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(KEY.Key_Return)
    dialog = hands.sheet()
    hands.qtbot.waitUntil(dialog.afresh.isVisible)
    dialog.layout_now()
    four = (dialog.calling_off, dialog.missed, dialog.cancel_button, dialog.save_button)
    assert len({button.y() for button in four}) == 1, "Save went below the button that calls it off"
    assert dialog.hint_label.height() < 3 * dialog.hint_label.fontMetrics().height(), "squeezed beside the buttons"
    assert not dialog.area.verticalScrollBar().maximum(), "the height of the buttons was not counted"
    hands.ask(moments.edit_moment, dialog.moment_id, {"at": "2026-11-21T15:00"}, version=dialog.start.version)
    dialog.missed.click()
    hands.settle()
    assert "15:00" in said_to_screen_reader(dialog.meanwhile), "a colleague moved it meanwhile"
    dialog.meanwhile.keep_mine.click()
    hands.qtbot.waitUntil(lambda: sheet_open() is None)
    found = next(one for one in hands.card(3).history if one.at == "2026-11-21T15:00")
    assert (found.state, found.note) == ("missed", "belt nog, was ziek")


def test_what_is_remarkable_stands_there_as_one_types(hands: Hands) -> None:
    noor = staff(hands, "Noor")
    other = hands.ask(appointments.add_appointment, 3, "2026-12-01T13:45", 30, staff_id=noor)
    name = hands.card(other.customer_id).name
    shop = hands.ask(settings.shop)
    hands.ask(settings.save_shop, shop._replace(closed_weekdays=(2,)), by=staff(hands, "Sanne"))
    hands.open_card()
    hands.press(KEY.Key_D, CONTROL)
    dialog: AppointmentDialog = hands.sheet()
    hands.qtbot.waitUntil(dialog.save_button.isEnabled)
    card = hands.card()
    said = said_to_screen_reader(dialog)
    assert card.warnings[0].text in said and card.talk_points[0].text in said
    dialog.staff.set_value(noor)
    for day, time, words in (
        ("1-12-2026", "14", f"Noor heeft dan {name} (13:45–14:15)."),
        ("21-11-2026", "8", "Dit was gisteren."),
        ("2-12-2026", "14", "Op woensdag is de zaak dicht."),
    ):
        dialog.when.day.line.setText(day)
        dialog.when.time.clear()
        QTest.keyClicks(dialog.when.time, time)
        hands.settle()
        assert words in dialog.remarks.text() and dialog.remarks.isVisible()
    dialog.when.day.line.setText("1-12-2026")
    hands.settle()
    hands.press(KEY.Key_F9)
    said = said_to_screen_reader(dialog)
    assert name not in said and card.talk_points[0].text not in said and card.warnings[0].text not in said
    assert dialog.remarks.text() == "Noor heeft dan een andere klant (13:45–14:15)."
    hands.press(KEY.Key_Return, CONTROL)
    assert any(one.at == AT and one.staff == "Noor" for one in hands.card().appointments), "remarked, not forbidden"


def test_with_whom_stays_when_they_have_left(hands: Hands) -> None:
    noor = staff(hands, "Noor")
    hands.ask(appointments.add_appointment, MARIEKE, AT, 30, ("Knippen",), staff_id=noor)
    people = [one._replace(active=one.active and one.id != noor) for one in hands.ask(settings.staff)]
    hands.ask(settings.save_staff, people, by=staff(hands, "Sanne"))
    row = row_at(hands.open_card(), hands, AT)
    hands.program.context.open_dialog("appointment", customer_id=MARIEKE, moment=row.moment)
    dialog: AppointmentDialog = hands.sheet()
    hands.qtbot.waitUntil(dialog.save_button.isEnabled)
    hands.settle()
    assert dialog.staff.currentText() == "Noor" and "Noor werkt hier niet meer." in dialog.remarks.text()
    dialog.when.time.setText("15:00")
    hands.press(KEY.Key_Return, CONTROL)
    (moved,) = (one for one in hands.card().appointments if one.at[:10] == DAY)
    assert (moved.at[11:], moved.staff) == ("15:00", "Noor")


def today_page(hands: Hands) -> TodayPage:
    hands.press(KEY.Key_1, ALT)
    page = hands.program.window.shell.page()  # type: ignore[union-attr]
    assert isinstance(page, TodayPage)
    hands.settle()
    return page


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768)])
def test_today_shows_all_who_come_and_whom_they_come_to(hands: Hands, size: tuple[int, int]) -> None:
    page = today_page(hands)
    hands.program.window.resize(*size)
    hands.settle()
    chair = page.lists["chair"]
    hands.qtbot.waitUntil(lambda: len(chair.rows()) >= 6)
    hands.qtbot.waitUntil(lambda: chair.verticalScrollBar().maximum() == 0)
    assert all("bij " in row.spoken() for row in chair.rows())
    questions = [row for row in chair.rows() if "vraag:" in row.spoken()]
    assert len({row.spoken().split("vraag:")[1] for row in questions}) == len(questions)


def test_a_line_of_today_is_moved_missed_and_called_off_by_its_keys(hands: Hands) -> None:
    hands.ask(appointments.add_appointment, 3, "2026-11-21T14:00", 30, ("Knippen",))
    page = today_page(hands)
    chair, follow = page.lists["chair"], page.lists["follow"]
    chair.setFocus(Qt.FocusReason.TabFocusReason)
    row = chair.current()
    assert row is not None and isinstance(row.subject, TodayLine)
    assert {"V", "W", "N", "A"} == {action.key for action in row.actions}
    assert len(chair.menu(row).actions()) == 2 + len(row.actions)
    hands.press(KEY.Key_W, ALT)
    assert isinstance(hands.sheet(), AppointmentDialog) and hands.sheet().moment_id == row.subject.ref
    hands.press(KEY.Key_Escape)
    follow.setFocus(Qt.FocusReason.TabFocusReason)
    asked = follow.current()
    assert asked is not None and isinstance(asked.subject, TodayLine) and asked.subject.kind == "unsettled"
    hands.press(KEY.Key_N, ALT)
    assert next(one.state for one in hands.card(3).history if one.id == asked.subject.ref) == "missed"
    assert asked.subject.ref not in [each.subject.ref for each in follow.rows() if isinstance(each.subject, TodayLine)]


def test_the_numbers_of_today_agree_and_are_explained(hands: Hands) -> None:
    page = today_page(hands)
    shell = hands.program.window.shell
    assert shell is not None
    shown = len([row for row in page.lists["follow"].rows() if not row.title])
    assert f"{shown} opvolgingen ({page.count} vandaag of te laat)" in page.remark.text()
    entry = shell.nav.entries["today"]
    for words in (entry.accessibleName(), entry.toolTip()):
        assert "voor vandaag of te laat" in words and str(page.count) in words
    absent = [row.subject for row in page.lists["absent"].rows() if isinstance(row.subject, TodayLine)]
    assert "Els Visser" in [line.name for line in absent[:4]]


def test_a_reminder_of_the_next_one_comes_before_it(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_Return, CONTROL)
    hands.press(KEY.Key_O, CONTROL, times=4)
    hands.press(KEY.Key_Return, CONTROL)
    (made,) = (one for one in hands.card().follow_ups if one.what.startswith("Afspraak maken"))
    assert made.due.isoformat() == "2026-12-27" and "zo 3 jan" in made.what
    assert not [one for one in hands.card().appointments if one.at > "2026-12"]


def test_one_person_is_expected_as_far_away_wherever_it_is_said(hands: Hands) -> None:
    day = hands.program.context.day
    rows = hands.ask(customers.customer_rows, hands.ask(customers.list_customers, CustomerFilter())[:60])
    said = [(row.customer_id, expected_words(row, day)[1]) for row in rows]
    said = [(customer_id, words) for customer_id, words in said if words]
    assert len(said) > 8
    for customer_id, words in said[:12]:
        assert hands.card(customer_id).expected_text == words


def test_one_of_today_is_shown_whole_with_its_buttons_on_one_line(hands: Hands) -> None:
    hands.program.window.resize(1366, 768)
    at, what = "2026-11-22T00:00", ("Knippen heren", "Baard")
    hands.ask(appointments.add_appointment, MARIEKE, at, 30, what, staff_id=staff(hands, "Noor"))
    row_at(hands.open_card(), hands, at).acted.emit("change")
    dialog = hands.sheet()
    hands.settle()
    hands.qtbot.waitUntil(lambda: dialog.area.verticalScrollBar().maximum() == 0)
    buttons = [one for one in dialog.cancel_button.parentWidget().findChildren(Button) if one.isVisible()]
    assert len(buttons) == 4 and len({one.y() for one in buttons}) == 1
