"""Settings: everything is kept when it is changed, can be taken back, and is never written twice."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kapperboek import i18n
from kapperboek.domain.records import CustomerRecord
from kapperboek.services import journal, settings
from kapperboek.services.customers import customers
from kapperboek.services.keeping import maintenance
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write import upkeep_memory
from kapperboek.storage.write.unit_of_work import unit_of_work
from kapperboek.ui.app.program import Program
from kapperboek.ui.appearance import theme
from kapperboek.ui.keeping.copy_watch import KeepingSafe
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.settings.settings_page import SettingsPage, subjects
from kapperboek.ui.settings.settings_rows import AT_ONCE
from kapperboek.ui.widgets.sheet.sheet import open_sheets
from tests.conftest import KEY as SALON_KEY
from tests.ui.card_tools import Hands, read_again

KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, without a screen


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


@pytest.fixture
def open_subject(program: Program, hands: Hands) -> Callable[[str], Any]:
    def open_it(name: str) -> Any:
        program.context.open_page("settings", subject=name)
        hands.settle()
        return page_of(program).section(name)

    return open_it


def page_of(program: Program) -> SettingsPage:
    assert program.window.shell is not None
    page = program.window.shell.page()
    assert isinstance(page, SettingsPage)
    return page


def retype(hands: Hands, line: QWidget, text: str) -> None:
    """Type something else in a line and go on."""
    line.setFocus()
    hands.press(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.write(text) if text else hands.press(KEY.Key_Delete)
    hands.press(KEY.Key_Return)


def test_every_subject_opens_with_the_arrow_keys(program: Program, hands: Hands) -> None:
    hands.press(KEY.Key_4, Qt.KeyboardModifier.AltModifier)
    page = page_of(program)
    for subject in subjects():
        assert page.subject == subject.name
        assert QApplication.focusWidget() is page.buttons[subject.name]
        hands.press(KEY.Key_Down)
    assert page.subject == "shop"
    hands.press(KEY.Key_Tab)
    assert page.section("shop").isAncestorOf(QApplication.focusWidget()), "one Tab from a subject into it"
    page.buttons["shop"].setFocus()
    hands.press(KEY.Key_Down, times=2)
    for row in page.section("treatments").rows[:2]:  # and through its lines as they stand there
        hands.press(KEY.Key_Tab)
        assert row.isAncestorOf(QApplication.focusWidget())
        while row.isAncestorOf(QApplication.focusWidget().nextInFocusChain()):
            hands.press(KEY.Key_Tab)


def test_the_shop_is_renamed_and_that_is_taken_back(
    program: Program, hands: Hands, open_subject: Callable[[str], Any]
) -> None:
    section = open_subject("shop")
    retype(hands, section.name, "Kapsalon <b>Noor</b> & co")
    assert hands.ask(settings.shop).name == "Kapsalon <b>Noor</b> & co"
    assert program.context.shop.name in program.window.windowTitle()
    hands.program.window.setFocus()
    hands.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hands.ask(settings.shop).name == section.name.text() == program.context.shop.name


def new_row(section: Any) -> Any:
    section.add_button.click()
    return section.rows[-1]


# subject → where one types, and what the notebook then holds of it
LINES: dict[str, tuple[Callable[[Any], QWidget], Callable[..., Any]]] = {
    "shop": (lambda section: section.name, settings.shop),
    "staff": (lambda section: new_row(section).name, settings.staff),
    "treatments": (lambda section: new_row(section).name, settings.treatments),
    "fields": (lambda section: new_row(section).label, settings.profile_fields),
}


@pytest.mark.parametrize("leave", ["lock", "close", "another page"])
@pytest.mark.parametrize("subject", list(LINES))
def test_a_line_that_was_not_left_is_kept_all_the_same(
    program: Program, hands: Hands, open_subject: Callable[[str], Any], qtbot: QtBot, subject: str, leave: str
) -> None:
    line, read = LINES[subject]
    line(open_subject(subject)).setFocus()
    hands.press(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.write("Xq zin")
    if leave == "close":
        with qtbot.waitSignal(program.finished):
            program.close()
    elif leave == "lock":
        hands.press(KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert program.window.shell is None
    else:
        program.context.open_page("today")
        hands.settle()
    assert "Xq zin" in repr(read_again(program.path, read))


@pytest.mark.parametrize("leave", ["lock", "close"])
def test_a_word_to_choose_from_that_was_not_left_is_kept_all_the_same(
    program: Program, hands: Hands, open_subject: Callable[[str], Any], qtbot: QtBot, leave: str
) -> None:
    section = open_subject("fields")
    row = next(row for row in section.rows if row.view().kind == "choice")
    row.choices.line.setFocus()
    hands.write("Xqkeus")
    if leave == "close":
        with qtbot.waitSignal(program.finished):
            program.close()
    else:
        hands.press(KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert "Xqkeus" in repr(read_again(program.path, settings.profile_fields))


def test_promise_days_and_discretion_are_kept(hands: Hands, open_subject: Callable[[str], Any]) -> None:
    section = open_subject("shop")
    for select, value in ((section.promise, 3), (section.discreet, 10)):
        select.set_value(value)
        select.activated.emit(select.currentIndex())
        hands.settle()
    shop = hands.ask(settings.shop)
    assert (shop.promise_days, shop.discreet_after) == (3, 10)


def test_somebody_new_is_written_once_however_quick_one_is(
    hands: Hands, open_subject: Callable[[str], Any], program: Program
) -> None:
    section = open_subject("staff")
    before = len(hands.ask(settings.staff))
    section.add_button.click()
    row = section.rows[-1]
    assert QApplication.focusWidget() is row.name
    row.name.insert("Zoë")
    row.name.setModified(True)
    row.name.editingFinished.emit()
    row.initials.setText("ZZ")
    row.initials.setModified(True)
    row.initials.editingFinished.emit()
    hands.settle()
    people = hands.ask(settings.staff)
    assert len(people) == before + 1
    assert [(one.name, one.initials) for one in people if one.name == "Zoë"] == [("Zoë", "ZZ")]
    assert "Zoë" in [one.name for one in program.context.staff]


def test_who_left_stays_in_the_list(hands: Hands, open_subject: Callable[[str], Any]) -> None:
    section = open_subject("staff")
    row = next(row for row in section.rows if row.name.text() == "Yara")
    row.active.setFocus()
    hands.press(KEY.Key_Space)
    assert [one.active for one in hands.ask(settings.staff) if one.name == "Yara"] == [False]
    assert "Yara" in [row.name.text() for row in section.rows]


def test_a_name_that_is_there_already_is_explained(hands: Hands, open_subject: Callable[[str], Any]) -> None:
    section = open_subject("staff")
    row = next(row for row in section.rows if row.name.text() == "Noor")
    retype(hands, row.name, "Sanne")
    assert row.problem.isVisible() and "Sanne" in row.problem.text()
    assert sorted(one.name for one in hands.ask(settings.staff)).count("Sanne") == 1


def test_a_treatment_with_minutes_and_price(hands: Hands, open_subject: Callable[[str], Any]) -> None:
    section = open_subject("treatments")
    row = section.rows[0]
    retype(hands, row.minutes, "veel")
    assert "45" in row.problem.text()
    retype(hands, row.minutes, "35")
    retype(hands, row.price, "41,5")
    first = hands.ask(settings.treatments)[0]
    assert (first.minutes, first.price_cents) == (35, 4150) and not row.problem.isVisible()
    retype(hands, row.price, "veel")
    below = row.problem.alignment() & Qt.AlignmentFlag.AlignRight
    assert row.problem.isVisible() and row.price.property("wrong") and bool(below) == (
        row.price.mapTo(row, QPoint()).x() > row.width() // 2
    ), "it stands at the field it is about"


def test_treatments_move_with_alt_and_arrow(hands: Hands, open_subject: Callable[[str], Any]) -> None:
    section = open_subject("treatments")
    names = [one.name for one in hands.ask(settings.treatments)]
    section.rows[0].name.setFocus()
    hands.press(KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    after = [one.name for one in hands.ask(settings.treatments)]
    assert after[:2] == names[1::-1] and QApplication.focusWidget() is section.rows[1].name


def test_a_new_field_with_choices(hands: Hands, open_subject: Callable[[str], Any]) -> None:
    section = open_subject("fields")
    section.add()
    row = section.rows[-1]
    retype(hands, row.label, "Huisdier")
    row.kind.set_value("choice")
    row.kind.activated.emit(row.kind.currentIndex())
    hands.settle()
    assert row.choices.isVisible()
    row.choices.line.setFocus()
    for word in ("hond", "kat"):
        hands.write(word)
        hands.press(KEY.Key_Return)
    made = next(field for field in hands.ask(settings.profile_fields) if field.label == "Huisdier")
    assert (made.kind, made.choices, made.key) == ("choice", ("hond", "kat"), "huisdier")


def test_language_theme_and_text_size_follow_at_once(
    program: Program, hands: Hands, open_subject: Callable[[str], Any]
) -> None:
    open_subject("looks").theme.button("dark").click()
    hands.settle()
    assert theme.is_dark() and page_of(program).subject == "looks"
    page_of(program).section("looks").scale.button(150).click()
    hands.settle()
    assert theme.scale() == 1.5
    program.looks.forget_asked()  # the tests start with --lang, which outranks the setting
    page_of(program).section("looks").language.button("en").click()
    hands.settle()
    assert i18n.language() == "en" and page_of(program).heading.text() == "Settings"
    looks = page_of(program).section("looks")
    assert (looks.language.value(), looks.theme.value(), looks.scale.value()) == ("en", "dark", 150)
    assert all("moment" not in row.remark.text() for row in looks.rows.values())


def test_a_backup_is_made_and_shown(hands: Hands, open_subject: Callable[[str], Any], program: Program) -> None:
    section = open_subject("backup")
    assert not section.good.isVisible()
    section.now.setFocus()
    hands.press(KEY.Key_Space)
    assert program.context.backups is not None and len(list(program.context.backups.glob("*.kapperboek"))) == 1
    assert section.good.isVisible() and section.now.isEnabled()


@pytest.mark.parametrize("suffix", [".json", ".xlsx", ".csv", ".vcf", ".ics"])
def test_everything_is_taken_along(
    hands: Hands, open_subject: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    target = tmp_path / "mee"
    monkeypatch.setattr(system_dialogs, "file_to_save", lambda *args: args[-1](target, ""))
    button = open_subject("files").buttons[suffix]
    button.setFocus()
    hands.press(KEY.Key_Space)
    assert target.with_suffix(suffix).stat().st_size > 1000 and button.isEnabled()


def test_thinking_better_of_it_writes_nothing(
    hands: Hands, open_subject: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_dialogs, "file_to_save", lambda *_args: None)
    button = open_subject("files").buttons[".csv"]
    button.click()
    hands.settle()
    assert button.isEnabled()


def test_a_copy_is_put_back_and_the_present_notebook_is_kept(
    hands: Hands, open_subject: Callable[[str], Any], program: Program
) -> None:
    section = open_subject("backup")
    section.now.click()
    hands.settle()
    hands.ask(customers.new_customer, CustomerRecord(given_name="Zacharias"))
    section.back.setFocus()
    hands.press(KEY.Key_Space)
    dialog = hands.sheet()
    hands.qtbot.waitUntil(dialog.save_button.isEnabled)
    assert "300 klanten" in dialog.holds.text()
    hands.press(KEY.Key_Return)  # an Enter too many: the keyboard stands at Cancel
    assert not open_sheets() and hands.ask(customers.find, "Zacharias").total == 1
    section.back.click()
    hands.qtbot.waitUntil(hands.sheet().save_button.isEnabled)
    hands.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.qtbot.waitUntil(lambda: program.jobs.is_open() and program.window.cover is None)
    hands.settle()
    assert hands.ask(customers.find, "Zacharias").total == 0
    (aside,) = program.path.parent.glob("*before-restore*.kapperboek")
    assert read_again(aside, customers.find, "Zacharias").total == 1
    hands.ask(customers.new_customer, CustomerRecord(given_name="Daarna"))  # and it goes on


def test_one_card_comes_out_of_a_copy(hands: Hands, open_subject: Callable[[str], Any], program: Program) -> None:
    added = hands.ask(customers.new_customer, CustomerRecord(given_name="Zacharias"))
    section = open_subject("backup")
    section.now.click()
    hands.settle()
    hands.ask(journal.undo, added.change_id)
    section.back.click()
    dialog = hands.sheet()
    hands.qtbot.waitUntil(dialog.save_button.isEnabled)
    dialog.only.setFocus()
    for wrong in ("Niemand zo", ""):
        dialog.only.setText(wrong)
        assert dialog.whole.isVisible() != bool(wrong)
    dialog.only.setText("Niemand zo")
    hands.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert open_sheets() and dialog.save_button.isEnabled()
    dialog.only.setText("zacharias")
    hands.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not open_sheets() and hands.ask(customers.find, "Zacharias").total == 1


def test_another_notebook_is_said_to_be_one_before_it_is_put_in_this_ones_place(
    hands: Hands, program: Program, tmp_path: Path
) -> None:
    other = tmp_path / "buren.kapperboek"
    with open_notebook(other, key=SALON_KEY, create=True) as book:
        customers.new_customer(book, CustomerRecord(given_name="Buurvrouw"))
    program.context.open_dialog("restore", copy=other)
    dialog = hands.sheet()
    hands.qtbot.waitUntil(dialog.save_button.isEnabled)
    assert dialog.strange.isVisible() and not dialog.whole.isVisible()
    assert "andere notitieboek" in dialog.save_button.text()
    dialog.only.setText("buurvrouw")  # one card of it takes nobody's place
    assert dialog.save_button.text() == "Zet terug"
    dialog.only.setText("")
    hands.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.qtbot.waitUntil(lambda: program.jobs.is_open() and program.window.cover is None)
    hands.settle()
    assert hands.ask(customers.find, "Buurvrouw").total == 1


def test_a_second_place_is_chosen_and_shown(
    hands: Hands, open_subject: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(system_dialogs, "folder", lambda *args: args[-1](stick))
    section = open_subject("backup")
    assert not section.no_more.isVisible()
    section.elsewhere.setFocus()
    hands.press(KEY.Key_Space)
    assert len(list(stick.glob("*.kapperboek"))) == 1 and section.no_more.isVisible()
    assert str(stick) in " ".join(label.text() for label in section.other.findChildren(QLabel))
    section.no_more.click()
    hands.settle()
    assert not section.no_more.isVisible()


def test_damage_is_looked_for_from_the_settings(hands: Hands, open_subject: Callable[[str], Any]) -> None:
    row = open_subject("backup").check
    row.now.setFocus()
    hands.press(KEY.Key_Space)
    assert row.remark.text() == "Alles is in orde." and not row.problem.isVisible()
    assert row.now.hasFocus() and not row.stop.isVisible(), "the keyboard comes back from the button that went"
    hands.ask(lambda book: book.connection.execute("UPDATE customer_fact SET phone = 'x' WHERE customer_id = 1"))
    hands.press(KEY.Key_Space)
    assert "1 klant" in row.problem.text() and row.problem.isVisible()


def test_looking_for_damage_is_stopped_at_once(hands: Hands, open_subject: Callable[[str], Any]) -> None:
    row = open_subject("backup").check
    row.now.click()
    assert row.stop.hasFocus() and not row.now.isEnabled()
    row.stop.click()
    assert row.remark.text() == "Stoppen…"
    hands.settle()
    assert row.remark.text() == "De controle is gestopt."
    assert row.now.isEnabled() and not row.stop.isVisible()


def test_an_old_backup_is_warned_of_above_the_page(program: Program, hands: Hands) -> None:
    hands.qtbot.waitUntil(lambda: program.findChild(KeepingSafe) is not None)
    keeping: Any = program.findChild(KeepingSafe)
    assert keeping.bar is None
    state = hands.ask(maintenance.backup_state, program.context.backups)
    keeping.show(state._replace(is_old=True))
    assert keeping.bar is not None and keeping.bar.isVisible() and "reservekopie" in keeping.bar.words.text()
    keeping.bar.open.click()
    hands.settle()
    assert page_of(program).section("backup").isVisible()
    keeping.look_after()  # which makes one, so that there is nothing to say
    hands.settle()
    assert keeping.bar is None
    hands.ask(lambda book: upkeep_memory.remember(book, forgotten_again="2", kept_before="zaak-as-it-was.kapperboek"))
    for said in (True, False):  # what became of an older state that was put in its place, until it was read
        keeping.look_after()
        hands.settle()
        assert (keeping.bar is not None) == said
        if said:
            words = keeping.bar.words.text()
            assert "2 vergeten mensen" in words and "zaak-as-it-was.kapperboek" in words
            keeping.bar.closed.click()
            hands.settle()


def test_closing_brings_the_copy_of_today_up_to_date(hands: Hands, program: Program, qtbot: QtBot) -> None:
    assert program.context.backups is not None
    hands.ask(maintenance.daily_backup, program.context.backups)
    hands.ask(customers.new_customer, CustomerRecord(given_name="Zacharias"))
    hands.settle()
    with qtbot.waitSignal(program.finished):
        with qtbot.waitSignal(program.leaving):
            program.close()
        assert not program.window.isVisible()
    (copy,) = program.context.backups.glob("*.kapperboek")
    assert read_again(copy, customers.find, "Zacharias").total == 1


def test_a_thousand_people_cost_the_page_no_more_widgets_and_no_more_than_their_share_of_work(
    program: Program, hands: Hands, open_subject: Callable[[str], Any]
) -> None:
    """It took twelve seconds. Counted and not timed: widgets of the whole page, and calls to show the list."""

    def hire(book: Notebook, number: int) -> None:
        with unit_of_work(book, "veel") as uow:
            first = uow.next_id("staff", number)
            rows = [(first + n, f"Kapper {first + n}", "7531abcd") for n in range(number)]
            uow.bulk_insert("staff", ("id", "name", "pin"), rows)

    section = open_subject("staff")

    def shown() -> tuple[int, int]:
        people, calls = hands.ask(settings.staff), Profile(subcalls=False, builtins=True)
        section.refresh()
        hands.settle()
        with calls:
            section._rebuild(section._some(people), [])
            section._got(people)
        hands.settle()
        seen = [widget for widget in page_of(program).findChildren(QWidget) if widget.isVisible()]
        return len(seen), sum(one.callcount for one in calls.getstats())

    hands.ask(hire, 100)
    hundred = shown()
    hands.ask(hire, 900)
    thousand = shown()
    assert thousand[0] == hundred[0] and thousand[1] < 3 * hundred[1]


def test_a_thousand_people_are_looked_through_some_at_a_time_and_none_is_lost(
    hands: Hands, open_subject: Callable[[str], Any]
) -> None:
    def thousand(book: Notebook) -> None:
        with unit_of_work(book, "veel") as uow:
            first = uow.next_id("staff", 1000)
            uow.bulk_insert("staff", ("id", "name"), [(first + n, f"Kapper {n}") for n in range(1000)])

    hands.ask(thousand)
    before = hands.ask(settings.staff)
    section = open_subject("staff")
    assert len(section.rows) == AT_ONCE + 1 and section.rows[-1].identity == max(one.id for one in before)
    section.add()
    section.rows[-1].name.setFocus()
    hands.write("Nieuwe")
    hands.press(KEY.Key_Return)
    section.seek.setFocus()
    hands.write("KAPPER 777")
    (row,) = section.rows
    row.name.setFocus()
    row.name.selectAll()
    hands.write("Zeven")
    hands.press(KEY.Key_Return)
    after = {one.id: one.name for one in hands.ask(settings.staff)}
    changed = {name for staff_id, name in after.items() if name not in {one.name for one in before}}
    assert changed == {"Nieuwe", "Zeven"} and len(after) == len(before) + 1
