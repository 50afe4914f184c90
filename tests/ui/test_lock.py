"""The locked window: nothing of any customer is left, and a PIN or the passphrase opens it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from kapperboek import i18n
from kapperboek.domain.errors import UserError
from kapperboek.domain.law import recovery_key
from kapperboek.domain.time.clock import FixedClock
from kapperboek.domain.views.settings_view import StaffView
from kapperboek.services import drafts, settings
from kapperboek.services.customers import customers
from kapperboek.services.keeping import locking, maintenance, notebooks
from kapperboek.services.moments import moments
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.ui.app.program import Program
from kapperboek.ui.appearance import theme
from kapperboek.ui.core import window_state
from kapperboek.ui.locking.idle_lock import QuietWatch
from kapperboek.ui.locking.lock_page import LockPage
from kapperboek.ui.locking.lock_people import AT_ONCE, PersonButton
from kapperboek.ui.start.unlock import UnlockPage
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from tests.conftest import KEY as SALON_KEY
from tests.ui.card_tools import CONTROL, Hands, everything_said

KEY = Qt.Key


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    hands = Hands(program, qtbot)
    qtbot.waitUntil(lambda: len(program.context.staff) > 1)
    return hands


def ids(program: Program) -> list[int]:
    return [person.id for person in program.context.staff if person.active]


def give_pin(hands: Hands, place: int, pin: str) -> int:
    """A PIN for the first, second… of the staff; their id."""
    staff_id = ids(hands.program)[place - 1]
    hands.ask(locking.set_pin, staff_id, pin)
    hands.program.context.staff = hands.ask(settings.staff)
    return staff_id


def sees_no_amounts(hands: Hands) -> int:
    """The second of the staff as no owner, who may do nothing beside the work; their id."""
    noor = ids(hands.program)[1]
    hands.ask(locking.set_role, noor, "staff")
    hands.program.context.staff = hands.ask(settings.staff)
    shop = hands.ask(settings.shop)._replace(staff_may=())
    hands.ask(settings.save_shop, shop)
    hands.program.context.set_shop(shop)
    return noor


def locked(hands: Hands) -> LockPage:
    hands.press(KEY.Key_L, CONTROL)
    page = hands.program.window.cover
    assert isinstance(page, LockPage)
    return page


def test_nothing_of_a_customer_is_left_anywhere(hands: Hands, program: Program) -> None:
    give_pin(hands, 1, "4711")
    page = hands.open_card()
    assert page.card is not None
    hands.press(KEY.Key_Return, CONTROL)  # a visit, half typed
    hands.write("geheim")
    hands.sheet().cancel()
    page.header.phones[0].click()
    assert QGuiApplication.clipboard().text()
    before = everything_said(program)
    assert "Marieke" in before and "Lissabon" in before
    locked(hands)
    said = everything_said(program)
    for word in ("Marieke", "Jansen", "Lissabon", "hoofdhuid", "06 12", "Koleston", "geheim", "hardlopen"):
        assert word not in said
    assert not open_sheets() and program.window.shell is None


def test_what_is_saved_while_it_locks_is_said_after(hands: Hands, program: Program) -> None:
    give_pin(hands, 1, "4711")
    hands.open_card()
    locked(hands)
    program.context.toast("Bezoek van Marieke bewaard")
    assert "Marieke" not in everything_said(program)
    program.window.show_shell()
    assert "Bezoek van Marieke bewaard" in everything_said(program)


def test_the_last_letters_on_a_card_are_kept_when_it_locks(hands: Hands, program: Program) -> None:
    give_pin(hands, 1, "4711")
    page = hands.open_card()
    page.talk.new.setFocus()
    QTest.keyClicks(page.talk.new, "vraag naar de marathon")  # no time for the timer
    locked(hands)
    assert ["marathon" in draft.payload for draft in hands.ask(drafts.drafts)] == [True]


def test_what_was_copied_by_hand_leaves_the_clipboard(hands: Hands, program: Program) -> None:
    QGuiApplication.clipboard().setText("Marieke Jansen")
    locked(hands)
    assert not QGuiApplication.clipboard().text()


def test_keys_do_nothing_while_it_is_locked(hands: Hands, program: Program) -> None:
    give_pin(hands, 1, "4711")
    page = locked(hands)
    for key in (KEY.Key_K, KEY.Key_N, KEY.Key_Z, KEY.Key_1):
        hands.press(key, CONTROL)
    program.show_card(1)
    hands.settle()
    assert program.window.cover is page and program.window.shell is None
    with hands.qtbot.waitSignal(program.window.closing):
        QTest.keyClick(page.line, KEY.Key_Q, CONTROL)


def test_the_right_pin_opens_and_says_who_it_is(hands: Hands, program: Program) -> None:
    noor = give_pin(hands, 2, "2580")
    page = locked(hands)
    page.who.set_value(noor)
    page.line.setText("0000")
    hands.press(KEY.Key_Return)
    assert "klopt niet" in page.problem.label.text() and program.window.cover is page
    page.line.setText("2580")
    page.line.setFocus()
    hands.press(KEY.Key_Return)
    assert program.window.cover is None and program.context.staff_id == noor
    assert program.window.shell is not None and "Marieke" in everything_said(program)


@pytest.mark.parametrize("pin", ["123", "123456789", "abcd", "7777", "١٢٣٤"])
def test_what_is_no_pin(salon: Notebook, pin: str) -> None:
    with pytest.raises(UserError):
        locking.set_pin(salon, settings.staff(salon)[0].id, pin)


def test_the_last_owner_stays_owner_and_staff_see_few_settings(hands: Hands, program: Program) -> None:
    for other in hands.ask(settings.staff)[1:]:
        hands.ask(locking.set_role, other.id, "staff")
    refused: list[Exception] = []
    program.jobs.run(locking.set_role, ids(program)[0], "staff", failed=refused.append)
    hands.settle()
    assert getattr(refused[0], "code", "") == "last-owner"
    program.context.staff = hands.ask(settings.staff)
    program.context.open_page("settings")
    hands.settle()
    shell = program.window.shell
    assert shell is not None
    assert "backup" in shell.page().buttons  # type: ignore[union-attr]
    program.context.choose_staff(ids(program)[1])
    hands.settle()
    assert set(shell.page().buttons) == {"looks", "about"}  # type: ignore[union-attr]


def test_what_the_owner_allows_is_offered_and_amounts_only_to_who_may_see_them(hands: Hands, program: Program) -> None:
    noor = ids(program)[1]
    hands.ask(locking.set_role, noor, "staff")
    program.context.staff = hands.ask(settings.staff)
    program.context.open_page("settings", subject="staff")
    hands.settle()
    section = program.window.shell.page().section("staff")  # type: ignore[union-attr]
    assert [right for right, button in section.allowed.items() if button.isChecked()] == ["prices"]
    for right in ("prices", "export"):
        section.allowed[right].click()
        hands.settle()
    assert program.context.shop.staff_may == ("export",)

    customer, *_rest = hands.ask(customers.find, "marieke").results
    for staff_id, seen in ((ids(program)[0], True), (noor, False)):
        program.context.choose_staff(staff_id)
        program.context.open_page("today")
        program.context.open_customer(customer.customer_id)
        hands.settle()
        assert ("€" in everything_said(program)) is seen
    program.context.open_page("settings")
    hands.settle()
    assert set(program.window.shell.page().buttons) == {"looks", "files", "about"}  # type: ignore[union-attr]


def test_a_copy_with_the_rights_of_then_is_not_put_back_by_who_has_fewer_now(
    hands: Hands, program: Program, tmp_path: Path
) -> None:
    copy = hands.ask(maintenance.backup, tmp_path)
    noor = ids(program)[1]
    hands.ask(locking.set_role, noor, "staff")
    program.context.staff = hands.ask(settings.staff)
    program.context.set_staff(noor)
    told: list[Exception] = []
    program.context.error_wished.connect(told.append)
    program.context.restore_wished.emit(copy, False)
    hands.settle()
    assert [getattr(error, "code", "") for error in told] == ["owner-only"]
    assert program.jobs.is_open() and not list(program.path.parent.glob("*-before-restore-*"))


def test_an_amount_that_is_not_seen_stays_what_it_was(hands: Hands, program: Program) -> None:
    noor = sees_no_amounts(hands)
    program.context.choose_staff(noor)
    customer, *_rest = hands.ask(customers.find, "marieke").results
    card = hands.ask(customers.open_card, customer.customer_id)
    before = next(moment for moment in card.history if moment.kind == "visit" and moment.amount_cents)
    program.context.open_dialog("visit", customer_id=customer.customer_id, moment=before)
    hands.settle()
    sheet = hands.sheet()
    assert sheet.form.amount.line.text() == ""
    sheet.form.note.setText("Iets erbij")
    sheet.save()
    hands.settle()
    after = hands.ask(moments.moment, before.id)
    assert (after.note, after.amount_cents) == ("Iets erbij", before.amount_cents)


def test_a_half_typed_amount_is_not_shown_to_who_may_see_none(hands: Hands, program: Program) -> None:
    owner, noor = ids(program)[0], sees_no_amounts(hands)
    for kind in ("visit", "contact"):
        program.context.choose_staff(owner)
        program.context.open_dialog(kind, customer_id=1, **({"kind": "purchase"} if kind == "contact" else {}))
        amount = form_of(hands.sheet()).amount
        hands.settle()
        amount.line.setFocus()
        amount.line.clear()
        hands.write("77,50")
        hands.sheet().cancel()
        hands.settle()
        program.context.choose_staff(noor)
        program.context.open_dialog(kind, customer_id=1)
        hands.settle()
        sheet = hands.sheet()
        assert form_of(sheet).amount.line.text() == "" and "77,50" not in everything_said(program)
        form_of(sheet).note.setText("Door Noor")
        assert "77,50" in (sheet.draft() or ""), "is not lost when it is left again"
        sheet.save()
        hands.settle()
        made = next(one for one in hands.card().history if one.note == "Door Noor")
        assert made.amount_cents == 7750
        hands.ask(moments.delete_moment, made.id)


def test_keeping_mine_leaves_an_amount_that_is_not_seen(hands: Hands, program: Program) -> None:
    noor = sees_no_amounts(hands)
    program.context.choose_staff(noor)
    before = next(moment for moment in hands.card().history if moment.kind == "visit" and moment.amount_cents)
    program.context.open_dialog("visit", customer_id=1, moment=before)
    sheet = hands.sheet()
    hands.ask(moments.edit_moment, before.id, {"amount_cents": 12300}, version=before.version)
    sheet.form.note.setText("Iets erbij")
    sheet.save()
    hands.settle()
    sheet.meanwhile.keep_mine.click()
    hands.settle()
    after = hands.ask(moments.moment, before.id)
    assert (after.note, after.amount_cents) == ("Iets erbij", 12300)


def test_changes_show_no_amount_to_who_may_see_none(hands: Hands, program: Program) -> None:
    visit = next(moment for moment in hands.card().history if moment.kind == "visit" and moment.amount_cents)
    hands.ask(moments.edit_moment, visit.id, {"amount_cents": 12300}, version=visit.version)
    noor = sees_no_amounts(hands)
    program.context.show_changes(1)
    hands.settle()
    assert "123,00" in everything_said(program)
    program.context.choose_staff(noor)
    hands.settle()
    assert "123,00" not in everything_said(program)


def test_ctrl_z_is_not_about_what_another_did_before(hands: Hands, program: Program) -> None:
    program.context.choose_staff(sees_no_amounts(hands))
    program.window.setFocus()
    hands.press(KEY.Key_Z, CONTROL)
    assert "niets om ongedaan te maken" in program.window.toast.words.text()
    assert hands.ask(settings.staff)[1].role == "staff"


def form_of(sheet: Any) -> Any:
    return getattr(sheet, "form", sheet)


def test_taking_over_a_name_with_a_pin_asks_for_it(hands: Hands, program: Program) -> None:
    noor = give_pin(hands, 2, "2580")
    hands.press(KEY.Key_2, CONTROL)
    assert program.context.staff_id != noor
    hands.write("2580")
    hands.press(KEY.Key_Return)
    assert program.context.staff_id == noor and not open_sheets()


def test_it_locks_by_itself_and_after_the_computer_slept(hands: Hands, program: Program) -> None:
    locks: list[int] = []
    watch = QuietWatch(program.context, lambda: locks.append(1))
    program.context.set_shop(program.context.shop._replace(lock_after=5))
    assert watch.idle.isActive() and watch.idle.interval() == 5 * 60_000
    watch.idle.timeout.emit()
    assert locks == [1]
    watch.look()
    assert locks == [1]
    program.context.clock = FixedClock(program.context.clock.local() + timedelta(hours=8))
    watch.look()
    assert locks == [1, 1]
    program.context.set_shop(program.context.shop._replace(lock_after=0))
    assert not watch.idle.isActive()


def test_what_was_half_typed_is_offered_again(hands: Hands, program: Program) -> None:
    give_pin(hands, 1, "4711")
    hands.open_card()
    hands.press(KEY.Key_Return, CONTROL)
    sheet = hands.sheet()
    sheet.form.note.setFocus()
    hands.write("wil volgend jaar naar Porto")
    page = locked(hands)
    assert not open_sheets() and "Porto" not in everything_said(program)
    page.line.setText("4711")
    hands.press(KEY.Key_Return)
    hands.settle()
    QApplication.processEvents()
    assert "Marieke" in everything_said(program)
    from kapperboek.services import drafts

    assert any("Porto" in draft.payload for draft in hands.ask(drafts.drafts))


def test_the_page_can_be_reached_at_twice_the_text_size(qtbot: QtBot, tmp_path: Path) -> None:
    page = LockPage("Salon met een heel lange naam die niet op één regel past", (), 0, True)
    qtbot.addWidget(page)
    page.resize(760, 560)
    page.show()
    assert page.open_button.isVisible()


def test_everybody_who_works_here_comes_in_again(hands: Hands, program: Program) -> None:
    """One of them has a PIN; who has none is not shut out by that, and becomes nobody else."""
    sanne = give_pin(hands, 1, "4711")
    noor = ids(program)[1]
    program.context.set_staff(noor)
    page = locked(hands)
    assert page.who.value() == noor and not page.field.isVisible() and not page.keypad.isVisible()
    hands.press(KEY.Key_Return)
    assert program.window.cover is None and program.context.staff_id == noor
    page = locked(hands)
    page.opened.emit(sanne, "", False)
    hands.settle()
    assert program.window.cover is page and program.context.staff_id == noor, "who has one must show it"


def test_the_passphrase_at_the_start_is_not_the_owners_pin(
    make_program: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    """Whoever typed it began as the last one who had worked: the owner, who had a PIN."""
    path = tmp_path / "zin.kapperboek"
    with_passphrase(path, pins="111").close()
    window_state.save(path, window_state.Remembered(staff=1))
    program = make_program(path, key=None)
    qtbot.waitUntil(lambda: isinstance(program.window.cover, UnlockPage))
    unlock = program.window.cover
    assert isinstance(unlock, UnlockPage)
    unlock.line.setText("vier losse woorden")
    unlock.open_button.click()
    qtbot.waitUntil(lambda: isinstance(program.window.cover, LockPage))
    page = program.window.cover
    assert isinstance(page, LockPage) and not program.stands() and page.who.value() == 1
    page.forgot.click()
    page.line.setText("vier losse woorden")
    page.open_button.click()
    qtbot.waitUntil(lambda: "voor namen zonder pincode" in page.problem.label.text())
    page.who.choose(2)
    page.line.setText("4711")
    page.open_button.click()
    qtbot.waitUntil(lambda: program.stands() and program.jobs.pending() == 0)
    assert program.context.staff_id == 2 and not program.context.may("settings")


def with_passphrase(path: Path, roles: tuple[str, ...] = ("owner", "staff", "staff"), pins: str = "100") -> Notebook:
    """A notebook with a passphrase and three who work here; whose place in ``pins`` is 1 has 4711."""
    book = notebooks.create(path, key="vier losse woorden", shop_name="Salon", staff_name="Sanne")
    new = [StaffView(0, name, name[:2].upper(), True, 0) for name in ("Noor", "Yara")]
    settings.save_staff(book, [*settings.staff(book), *new])
    for place, (role, pin) in enumerate(zip(roles, pins, strict=True), 1):
        if role == "staff":
            locking.set_role(book, place, role)
        if pin == "1":
            locking.set_pin(book, place, "4711")
    return book


def test_who_has_no_pin_types_the_passphrase_where_there_is_one(tmp_path: Path) -> None:
    """Before, a click on the name was enough; and the passphrase, which all know then, opened as the owner."""
    with with_passphrase(tmp_path / "zin.kapperboek") as book:
        def refused(staff_id: int, typed: str) -> str:
            with pytest.raises(UserError) as told:
                locking.let_in(book, staff_id, typed)
            return told.value.code

        assert refused(2, "") == refused(2, "4711") == refused(2, "vier losse") == "wrong-key"
        assert locking.let_in(book, 2, "vier losse woorden") == 2, "in their own name"
        assert locking.let_in(book, 1, "4711") == 1
        assert refused(1, "vier losse woorden") == "wrong-pin", "Noor knows it too, and is not Sanne"
        assert refused(0, "vier losse woorden") == refused(99, "vier losse woorden") == "wrong-key"
        assert book.key is not None
        paper = "-".join(recovery_key.groups(book.key))
        assert refused(1, paper) == "wrong-pin"
        assert locking.let_in(book, 1, paper, forgotten=True) == 1, "the paper is the owner's"
        for staff_id in (2, 3):
            locking.set_pin(book, staff_id, "2580")
        for staff_id in (0, 1, 2):
            with pytest.raises(UserError):
                locking.let_in(book, staff_id, "vier losse woorden", forgotten=True)
        settings.save_staff(book, [one._replace(active=one.id == 1) for one in settings.staff(book)])
        assert locking.let_in(book, 1, "vier losse woorden", forgotten=True) == 1, "nobody else works here"


def test_where_no_passphrase_is_asked_the_own_name_is_enough(salon: Notebook, tmp_path: Path) -> None:
    sanne, noor = (one.id for one in settings.staff(salon)[:2])
    assert locking.let_in(salon, noor, "") == noor, "nobody has a PIN"
    locking.set_pin(salon, sanne, "4711")
    assert locking.let_in(salon, noor, "") == noor
    for staff_id in (0, sanne, 99):
        with pytest.raises(UserError):
            locking.let_in(salon, staff_id, "")

    class Keeper:
        def where(self, _salt: bytes) -> str:
            return "file"

    with with_passphrase(tmp_path / "zin.kapperboek") as book:
        keeper: Any = Keeper()
        assert locking.let_in(book, 2, "", keeper) == 2, "it opens without asking here, and Noor may not know it"


def test_the_lock_asks_the_passphrase_of_who_has_no_pin(
    make_program: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "zin.kapperboek"
    with with_passphrase(path) as book:
        key = book.key
    program = make_program(path, key=key)
    hands = Hands(program, qtbot)
    qtbot.waitUntil(lambda: program.stands() and len(program.context.staff) == 3)
    hands.settle()
    program.context.set_staff(2)
    page = locked(hands)
    assert page.who.value() == 2 and page.field.isVisible() and not page.keypad.isVisible()
    hands.press(KEY.Key_Return)
    assert program.window.cover is page
    hands.write("vier losse woorden")
    hands.press(KEY.Key_Return)
    qtbot.waitUntil(lambda: program.window.cover is None)
    assert program.context.staff_id == 2
    page = locked(hands)
    page.who.choose(1)
    page.forgot.click()
    hands.write("vier losse woorden")
    hands.press(KEY.Key_Return)
    assert "voor namen zonder pincode" in page.problem.label.text() and program.window.cover is page


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_lock_page_fits_small_windows_and_twice_the_text(program: Program, qtbot: QtBot, lang: str) -> None:
    i18n.set_language(lang)
    people = tuple(StaffView(n, name, name[:2], True, 0, "owner", n < 4) for n, name in enumerate(
        ("Sanne", "Noor", "Yara", "Thijs"), 1))
    sizes = [(100, 760, 560), (100, 1024, 700), (100, 1366, 768), (200, 1024, 700), (200, 1440, 900)]
    for scale, *size in sizes:
        theme.apply(program.app, "light", scale)
        page = LockPage("Salon", people, 1, True, program.window, clock=program.context.clock)
        page.resize(*size)
        page.show()
        QApplication.processEvents()
        area = page.findChild(QScrollArea)
        assert area is not None and area.verticalScrollBar().maximum() == 0, (scale, size)
        assert page.keypad.enter.isVisible() or page.open_button.isVisible()
    qtbot.mouseClick(page.keypad.digits["4"], Qt.MouseButton.LeftButton)
    assert page.line.text() == "4"
    theme.apply(program.app, "light", 100)


def test_initials_and_arrows_choose_who_it_is(hands: Hands, program: Program) -> None:
    sanne, noor, yara, *_rest = (give_pin(hands, place, "4711") for place in (1, 2, 3))
    page = locked(hands)
    for initials, staff_id in ((program.context.staff[1].initials, noor), (program.context.staff[2].initials, yara)):
        hands.write(initials.lower())
        assert page.who.value() == staff_id and page.line.text() == ""
    hands.press(KEY.Key_Left)
    hands.press(KEY.Key_Left)
    hands.write("4711")
    hands.press(KEY.Key_Return)
    assert program.window.cover is None and program.context.staff_id == sanne


def test_a_pin_is_clicked(hands: Hands, program: Program, qtbot: QtBot) -> None:
    noor = give_pin(hands, 2, "2580")
    shell = program.window.shell
    assert shell is not None and min(shell.nav.lock_button.width(), shell.nav.lock_button.height()) >= 36
    qtbot.mouseClick(shell.nav.lock_button, Qt.MouseButton.LeftButton)
    hands.settle()
    page = program.window.cover
    assert isinstance(page, LockPage), "staff have no page of settings with that button"
    next(one for option, one in page.who.buttons if option == noor).click()
    page.refuse("Deze pincode klopt niet.")
    qtbot.mouseClick(page.forgot, Qt.MouseButton.LeftButton)
    assert page.problem.isHidden(), "said of something else than the recovery key"
    assert not page.keypad.isVisible()
    hands.press(KEY.Key_Escape)
    assert page.keypad.isVisible() and page.line.hasFocus()
    page.refuse("Deze pincode klopt niet.")
    qtbot.mouseClick(page.keypad.digits["9"], Qt.MouseButton.LeftButton)
    assert page.problem.isHidden(), "said of what was typed before"
    next(one for option, one in page.who.buttons if option == noor).click()
    for digit in "2580":
        button = page.keypad.digits[digit]
        assert min(button.width(), button.height()) >= 56
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.keypad.back, Qt.MouseButton.LeftButton)
    assert page.line.text() == "258"
    qtbot.mouseClick(page.keypad.digits["0"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    hands.settle()
    assert program.window.cover is None and program.context.staff_id == noor


def test_an_owner_without_a_pin_is_told_of(hands: Hands, program: Program) -> None:
    program.context.open_page("settings", subject="staff")
    hands.settle()
    section = program.window.shell.page().section("staff")  # type: ignore[union-attr]
    assert "Sanne" in section.unguarded.label.text() and "Noor" not in section.unguarded.label.text()


def test_who_becomes_an_owner_without_a_pin_is_told_once(hands: Hands, program: Program) -> None:
    context, toast = program.context, program.window.toast
    sanne, noor, *_rest = ids(program)
    context.set_staff(sanne)
    hands.ask(locking.set_role, noor, "owner")
    context.staff = tuple(one._replace(role="owner", has_pin=False) for one in context.staff)
    context.choose_staff(noor)
    assert "zonder pincode" not in toast.words.text(), "where nobody cares it is nobody's worry"
    context.staff = tuple(one._replace(has_pin=one.id == sanne) for one in context.staff)
    context.set_staff(sanne)
    hands.press(KEY.Key_2, CONTROL)
    assert "Noor is eigenaar zonder pincode" in toast.words.text() and context.staff_id == noor
    assert not toast.isAncestorOf(QApplication.focusWidget() or program.window) and not open_sheets()
    toast.hide()
    context.set_staff(sanne)
    hands.press(KEY.Key_2, CONTROL)
    assert context.staff_id == noor and toast.isHidden()


# ---- at the start


def started_again(make_program: Callable[..., Program], salon_file: Path, folder: Path, *places: int) -> Program:
    """The window anew, on a notebook whose key is kept: the first of the staff was the last to work, those at these
    places have a PIN."""
    path = Path(shutil.copy(salon_file, folder / "morgen.kapperboek"))
    with open_notebook(path, key=SALON_KEY) as book:
        people = settings.staff(book)
        for place in places:
            locking.set_pin(book, people[place - 1].id, "4711")
        window_state.save(path, window_state.Remembered(shop="Salon", staff=people[0].id))
    program = make_program(path)
    program.window.resize(1280, 860)
    return program


def test_at_the_start_a_pin_comes_before_anything_of_a_customer(
    make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    doors: list[int] = []
    monkeypatch.setattr(Program, "_let_others_in", lambda _program: doors.append(1))
    program = started_again(make_program, salon_file, tmp_path, 1, 2, 3)
    qtbot.waitUntil(lambda: program.window.cover is not None)
    page = program.window.cover
    assert isinstance(page, LockPage)
    hands = Hands(program, qtbot)
    hands.settle()
    sanne = hands.ask(settings.staff)[0].id
    assert page.who.value() == sanne
    assert not program.stands() and program.window.shell is None and doors == [1]
    names = [row.name for row in hands.ask(customers.find, "marieke").results]
    assert names and not any(name in everything_said(program) for name in names)
    program.show_card(1)
    hands.press(KEY.Key_K, CONTROL)
    hands.press(KEY.Key_Z, CONTROL)
    page.line.setFocus()
    hands.write("0000")
    hands.press(KEY.Key_Return)
    assert "klopt niet" in page.problem.label.text() and program.window.shell is None
    hands.write("4711")
    hands.press(KEY.Key_Return)
    qtbot.waitUntil(program.stands)
    hands.settle()
    assert program.window.cover is None and program.context.staff_id == sanne and program.window.shell is not None
    hands.press(KEY.Key_L, CONTROL)
    assert isinstance(program.window.cover, LockPage)


def test_who_closes_the_locked_window_is_asked_again(
    make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = started_again(make_program, salon_file, tmp_path, 1, 2, 3)
    qtbot.waitUntil(lambda: isinstance(program.window.cover, LockPage))
    sanne = window_state.load(program.path).staff
    with qtbot.waitSignal(program.finished):
        program.close()
    assert window_state.load(program.path).staff == sanne > 0


def test_who_has_no_pin_gets_in_when_the_owner_was_last(
    make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """With nothing that is the owner's."""
    program = started_again(make_program, salon_file, tmp_path, 1)
    qtbot.waitUntil(program.stands)
    qtbot.waitUntil(lambda: bool(program.context.staff_id))
    assert program.window.cover is None and program.context.staff_id == ids(program)[1]


def test_another_ones_pin_is_no_reason_to_ask(
    make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = started_again(make_program, salon_file, tmp_path, 2)
    qtbot.waitUntil(program.stands)
    assert program.window.cover is None


def test_a_passphrase_typed_at_the_start_is_enough(
    make_program: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "zin.kapperboek"
    with notebooks.create(path, key="vier losse woorden", shop_name="Salon", staff_name="Sanne") as book:
        locking.set_pin(book, 1, "4711")
    program = make_program(path, key=None)
    qtbot.waitUntil(lambda: isinstance(program.window.cover, UnlockPage))
    page = program.window.cover
    assert isinstance(page, UnlockPage)
    page.line.setText("vier losse woorden")
    QTest.keyClick(page.line, KEY.Key_Return)
    qtbot.waitUntil(program.stands)
    assert program.window.cover is None


def test_with_a_thousand_people_the_pin_is_in_sight_and_names_are_searched(qtbot: QtBot) -> None:
    people = tuple(StaffView(n, f"Kapper {n}", "", True, 0, has_pin=True) for n in range(1, 1001))
    page = LockPage("Salon", people, 700, False)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    qtbot.waitExposed(page)
    assert len(page.findChildren(PersonButton)) == AT_ONCE and page.who.value() == 700
    assert page.line.mapTo(page, page.line.rect().bottomLeft()).y() < 768
    page.activateWindow()
    qtbot.waitUntil(page.line.hasFocus)
    for letters in ("k", "apper 99"):  # typed where the PIN is asked, it goes on in the line that searches
        QTest.keyClicks(QApplication.focusWidget(), letters)
    shown = lambda: [one.text() for one in page.findChildren(PersonButton) if one.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: len(shown()) == 11)
    assert "Kapper 999" in shown() and page.who.value() == 99
    QTest.keyClicks(QApplication.focusWidget(), "9")
    assert page.who.value() == 999 and "Kapper 999" in page.field.label.text()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    with qtbot.waitSignal(page.opened) as told:
        QTest.keyClicks(QApplication.focusWidget(), "4711")
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert told.args == [999, "4711", False]
