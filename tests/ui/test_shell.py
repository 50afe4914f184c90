"""The window around the pages: keys, staff, discreet, undo, toast, drafts, looks, closing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from kapperboek import i18n
from kapperboek.domain.errors import UserError
from kapperboek.services import drafts, settings
from kapperboek.services.customers import customers
from kapperboek.services.moments import talk
from kapperboek.ui.app.crash_dialog import CrashSheet
from kapperboek.ui.app.program import Program
from kapperboek.ui.appearance import theme
from kapperboek.ui.core import window_state
from kapperboek.ui.importing.importing_page import ImportPage
from kapperboek.ui.today.today_page import TodayPage
from kapperboek.ui.widgets.sheet.sheet import open_sheets
from kapperboek.ui.window.file_drop import DropSign
from kapperboek.ui.window.navigation import StaffButton
from kapperboek.ui.window.shell import Shell
from tests.ui.card_tools import Hands, Statements, said_to_screen_reader
from tests.ui.conftest import settle

Ctrl, Alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def shell_of(program: Program) -> Shell:
    assert program.window.shell is not None
    return program.window.shell


def test_today_stands_with_its_number(program: Program) -> None:
    shell = shell_of(program)
    assert shell.place().name == "today"
    assert shell.nav.entries["today"].badge == shell.page().count > 0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("key", "page"), [("1", "today"), ("2", "customers"), ("3", "follow_ups"), ("4", "settings")]
)
def test_alt_and_a_number_go_to_a_page(program: Program, qtbot: QtBot, key: str, page: str) -> None:
    qtbot.keyClick(program.window, key, Alt)
    assert shell_of(program).place().name == page
    settle(program, qtbot)


def test_back_leads_where_one_came_from(program: Program, qtbot: QtBot) -> None:
    shell = shell_of(program)
    qtbot.keyClick(program.window, "2", Alt)
    qtbot.keyClick(program.window, "4", Alt)
    qtbot.keyClick(program.window, Qt.Key.Key_Left, Alt)
    assert shell.place().name == "customers"
    qtbot.keyClick(program.window, Qt.Key.Key_Left, Alt)
    assert shell.place().name == "today" and not shell.back_button.isEnabled()
    settle(program, qtbot)


def test_one_click_or_one_key_and_somebody_else_works(program: Program, qtbot: QtBot) -> None:
    shell = shell_of(program)
    people = [person for person in program.context.staff if person.active]
    assert len(people) > 1
    buttons = shell.nav.findChildren(StaffButton)
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert program.context.staff_id == people[1].id
    qtbot.keyClick(program.window, "1", Ctrl)
    assert program.context.staff_id == people[0].id


def test_letters_that_nothing_wants_search(program: Program, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, "m")
    line = QApplication.focusWidget()
    assert line is shell_of(program).search.line
    qtbot.keyClicks(line, "ar j")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(program, qtbot)
    assert shell_of(program).place().name == "card"


def test_an_arrow_goes_into_today(program: Program, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, Qt.Key.Key_Down)
    page = shell_of(program).page()
    assert isinstance(page, TodayPage) and page.lists["chair"].hasFocus()


def test_f9_is_discreet_and_the_title_never_names_a_customer(program: Program, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, Qt.Key.Key_F9)
    assert program.context.discreet and shell_of(program).discreet_button.isChecked()
    program.context.open_customer(1)
    settle(program, qtbot)
    assert program.window.windowTitle() == "Salon Sanne – Kapperboek"
    qtbot.keyClick(program.window, Qt.Key.Key_F9)
    assert not program.context.discreet


def test_after_a_quiet_while_it_is_discreet_by_itself(program: Program, qtbot: QtBot) -> None:
    from kapperboek.ui.locking.idle_lock import QuietWatch

    watch = QuietWatch(program.context, lambda: None)
    program.context.set_shop(program.context.shop._replace(discreet_after=1))
    assert watch.discreet.isActive() and watch.discreet.interval() == 60_000
    watch.discreet.timeout.emit()
    assert program.context.discreet
    program.context.set_shop(program.context.shop._replace(discreet_after=0))
    assert not watch.discreet.isActive()


def test_f1_shows_every_key(program: Program, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    (sheet,) = open_sheets()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not open_sheets()


def test_a_save_is_told_quietly_and_taken_back_with_ctrl_z(program: Program, qtbot: QtBot) -> None:
    context = program.context
    before = QApplication.focusWidget()
    told: list[str] = []
    context.toast_wished.connect(lambda text, _undo: told.append(text))
    context.save(talk.add_point, 1, "Hoe was Rome?")
    settle(program, qtbot)
    assert program.window.toast.isVisible() and len(told) == 1
    assert QApplication.focusWidget() is before, "a toast never takes the keyboard"
    card: list[object] = []
    qtbot.keyClick(program.window, Qt.Key.Key_Z, Ctrl)
    settle(program, qtbot)
    context.jobs.run(customers.open_card, 1, done=card.append)
    settle(program, qtbot)
    assert not any(point.text == "Hoe was Rome?" for point in card[0].talk_points)  # type: ignore[attr-defined]
    assert len(told) == 2


def test_after_a_save_the_page_in_front_is_asked_before_today(program: Program, qtbot: QtBot) -> None:
    """Whoever saved looks at the card; Today is only a number in the column."""
    hands = Hands(program, qtbot)
    card = hands.open_card()
    with Statements(hands) as of_the_card:
        card.refresh()
    with Statements(hands) as of_today:
        shell_of(program).wake_today()
    card_first = next(one for one in of_the_card if one not in of_today)
    today_first = next(one for one in of_today if one not in of_the_card)
    with Statements(hands) as said:
        program.context.save(talk.add_point, card.customer_id, "Hoe was Rome?")
    assert said.index(card_first) < said.index(today_first)


def test_ctrl_z_in_a_text_takes_back_typing_first(program: Program, qtbot: QtBot) -> None:
    box = shell_of(program).search
    box.start()
    qtbot.keyClicks(box.line, "abc")
    qtbot.keyClick(box.line, Qt.Key.Key_Z, Ctrl)
    assert box.text() != "abc"


def test_discreet_toasts_name_nobody(program: Program, qtbot: QtBot) -> None:
    program.context.set_discreet(True)
    program.context.save(talk.add_point, 1, "Iets")
    settle(program, qtbot)
    assert program.window.toast.words.text() == "Bewaard"


def test_an_error_of_the_user_is_said_and_a_bug_gets_a_window(program: Program, qtbot: QtBot) -> None:
    program.context.tell(UserError("full", "De schijf is vol."))
    assert program.window.toast.words.text() == "De schijf is vol."


def test_a_bug_shows_a_report_without_what_was_typed(
    make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from kapperboek.ui.app.crash import summary

    try:
        raise ValueError("Marieke Jansen 06 12345678")
    except ValueError as error:
        text = summary(error)
    assert "ValueError" in text and "Marieke" not in text and "test_shell.py" in text


def test_the_crash_window_goes_on(program: Program, qtbot: QtBot) -> None:
    sheet = CrashSheet(program.context, "report", "")
    sheet.open()
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Ctrl)
    assert not open_sheets()


def test_half_typed_work_is_offered_at_the_start(
    make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from kapperboek.services.keeping import notebooks
    from kapperboek.ui.start.drafts_bar import DraftsBar
    from tests.conftest import KEY

    path = Path(shutil.copy(salon_file, tmp_path / "draft.kapperboek"))
    with notebooks.open_(path, key=KEY) as book:
        drafts.save(book, "d1", "visit", 1, "{}")
    program = make_program(path)
    settle(program, qtbot)
    qtbot.waitUntil(lambda: bool(shell_of(program).findChildren(DraftsBar)))
    (bar,) = shell_of(program).findChildren(DraftsBar)
    assert bar.isVisible() and "Half getypt bezoek van" in bar.words.text()
    program.context.set_discreet(True)
    assert bar.words.text() == "Half getypt bezoek"


def test_language_theme_and_size_change_at_once(
    make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_program(Path(shutil.copy(salon_file, tmp_path / "looks.kapperboek")), lang=None)
    settle(program, qtbot)
    old = shell_of(program)
    old.show_page("settings")
    settle(program, qtbot)
    shop = program.context.shop
    program.context.save(
        settings.save_shop, shop._replace(language="en", theme="dark", text_scale=200), quiet=True
    )
    program.context.set_shop(shop._replace(language="en", theme="dark", text_scale=200))
    new = shell_of(program)
    assert new is not old and new.place().name == "settings"
    assert new.new_button.accessibleName() == "New customer"
    assert theme.is_dark() and theme.px(40) == 80 and i18n.language() == "en"
    assert new.nav.compact, "at 200 % the column makes room"
    settle(program, qtbot)
    program.context.set_shop(shop)
    settle(program, qtbot)


@pytest.mark.parametrize(("width", "compact"), [(1440, False), (1024, True)])
def test_the_column_makes_room_in_a_narrow_window(
    program: Program, qtbot: QtBot, width: int, compact: bool
) -> None:
    program.window.resize(width, 700)
    qtbot.waitUntil(lambda: shell_of(program).nav.compact is compact)
    assert program.window.width() == width, "nothing in the shell asks for more"


def test_at_twice_the_text_size_everything_fits_a_small_screen(
    make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """No page makes the window larger than the screen, and what saves or leaves a dialog is always in sight."""
    program = make_program(Path(shutil.copy(salon_file, tmp_path / "large.kapperboek")), lang=None)
    settle(program, qtbot)
    shop, context, window = program.context.shop, program.context, program.window
    context.set_shop(shop._replace(text_scale=200))
    window.resize(1024, 700)
    for page in ("today", "customers", "card", "follow_ups", "importing", "settings"):
        context.open_page(page, **({"customer_id": 1} if page == "card" else {}))
        settle(program, qtbot)
        assert (window.width(), window.height()) == (1024, 700), page
    for name in ("visit", "contact", "follow_up", "customer", "appointment", "changes", "call"):
        context.open_dialog(name, customer_id=1)
        settle(program, qtbot)
        sheet = open_sheets()[-1]
        sheet.problem.set_text("Er is iets mis, en dat is nogal een lange zin die over twee regels gaat.")
        qtbot.waitUntil(lambda sheet=sheet: sheet.problem.isVisible())
        settle(program, qtbot)
        for button in (sheet.save_button, sheet.cancel_button):
            place = button.geometry().translated(sheet.sheet.pos())
            assert button.isHidden() or (window.rect().contains(place) and button.width() >= button.sizeHint().width())
        sheet.close_sheet(False)
    context.set_shop(shop)
    settle(program, qtbot)


def test_a_dropped_file_opens_the_import(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "oud.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Jan\nEND:VCARD\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    program.window.dropEvent(drop)
    assert shell_of(program).place().name == "importing"
    settle(program, qtbot)


def test_the_window_lights_up_while_a_file_hangs_over_it(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "oud.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Jan\nEND:VCARD\n")
    window, files, words = program.window, QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(file))])
    words.setText("maar wat woorden")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def hold(data: QMimeData) -> list[DropSign]:
        event = QDragEnterEvent(QPoint(10, 10), copy, data, left, none)
        event.ignore()
        QApplication.sendEvent(window, event)
        shown = [sign for sign in window.findChildren(DropSign) if sign.isVisible()]
        assert event.isAccepted() == bool(shown)
        for sign in shown:  # it lies over the window now, so the mouse is on it
            QApplication.sendEvent(window, QDragLeaveEvent())
            QApplication.sendEvent(sign, QDragEnterEvent(QPoint(10, 10), copy, data, left, none))
        return shown

    assert not hold(words)
    (sign,) = hold(files)
    assert sign.geometry() == window.rect() and "Laat los om te importeren" in said_to_screen_reader(sign)
    QApplication.sendEvent(sign, QDragLeaveEvent())
    assert not sign.isVisible()
    program.context.open_dialog("customer")
    settle(program, qtbot)
    assert not hold(files)  # a form is open: there is no place for a list now
    open_sheets()[-1].close_sheet(False)
    settle(program, qtbot)
    (sign,) = hold(files)
    QApplication.sendEvent(sign, QDropEvent(QPointF(500, 300), copy, files, left, none))
    assert not sign.isVisible() and shell_of(program).place().name == "importing"
    page = shell_of(program).page()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.step == "look")


def test_every_control_has_a_name(program: Program, qtbot: QtBot) -> None:
    for key in "1234":
        qtbot.keyClick(program.window, key, Alt)
        settle(program, qtbot)
    kinds = QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox
    inner = ("qt_spinbox_lineedit", "qt_toolbar_ext_button", "qt_tableview_cornerbutton")
    nameless = [
        widget
        for kind in kinds
        for widget in program.window.findChildren(kind)
        if not widget.accessibleName() and widget.objectName() not in inner
        and not isinstance(widget.parent(), QComboBox)
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert not nameless


def test_tab_reaches_search_and_navigation(program: Program, qtbot: QtBot) -> None:
    seen = set()
    program.window.activateWindow()
    for _step in range(60):
        qtbot.keyClick(QApplication.focusWidget() or program.window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        seen.add(focus.accessibleName() if focus is not None else "")
    assert {"Klanten zoeken", "Klanten", "Nieuwe klant"} <= seen


def test_the_place_and_look_are_remembered_without_customers(program: Program) -> None:
    program.window.resize(1200, 800)
    program.finish()
    text = window_state.file_for(program.path).read_text("utf-8")
    assert window_state.load(program.path).place.endswith(",1200,800")
    assert {line.split("=")[0] for line in text.splitlines()} == set(window_state.Remembered._fields)


def test_closing_waits_for_the_save(program: Program, qtbot: QtBot) -> None:
    from kapperboek.services.keeping import notebooks
    from tests.conftest import KEY

    program.context.save(talk.add_point, 1, "Net op tijd")
    with qtbot.waitSignal(program.finished):
        program.window.close()
    with notebooks.open_(program.path, key=KEY) as book:
        card = customers.open_card(book, 1)
    assert any(point.text == "Net op tijd" for point in card.talk_points)


def test_a_save_that_fails_while_closing_keeps_the_window(program: Program, qtbot: QtBot) -> None:
    told: list[Exception] = []
    with qtbot.assertNotEmitted(program.leaving), qtbot.waitSignal(program.jobs.idle):
        program.context.save(talk.add_point, 1, "", failed=told.append)  # a dialog that shows the trouble itself
        program.window.close()
    assert told and program.window.isVisible()


def test_a_new_day_is_noticed(program: Program, qtbot: QtBot) -> None:
    from datetime import datetime

    from kapperboek.domain.time.clock import FixedClock

    days: list[object] = []
    program.context.day_changed.connect(days.append)
    program.context.clock = FixedClock(datetime(2026, 11, 23, 0, 1))
    program.context.check_day()
    program.context.check_day()
    assert [str(day) for day in days] == ["2026-11-23"]
    settle(program, qtbot)


def test_ctrl_q_closes_and_remembers(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.finished):
        qtbot.keyClick(program.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not program.jobs.is_open()
