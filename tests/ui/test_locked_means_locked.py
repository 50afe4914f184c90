"""No question outlives the lock, whoever asked it and whatever is answered; and what stood there leaves the memory."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from weakref import ref

import pytest
from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QApplication, QCompleter, QFileDialog, QLineEdit, QMenu, QMessageBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kapperboek.domain.records import CustomerRecord
from kapperboek.services.customers import customers
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_rights import ask_dossier
from kapperboek.ui.locking.lock_page import LockPage
from kapperboek.ui.locking.pin_dialog import PinDialog
from kapperboek.ui.printing import pdf_paper, system_dialogs
from kapperboek.ui.printing.card_print import print_card
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from tests.ui.card_tools import MARIEKE, Hands

MARK = "Wjqzk"  # nobody else's: what other tests in this process know of is looked through as well
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of windows on no screen


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def others(program: Program) -> list[QWidget]:
    """Every window in sight that is not the window itself."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not program.window]


def lock(hands: Hands) -> None:
    hands.program.context.lock_wished.emit()
    hands.settle()
    assert isinstance(hands.program.window.cover, LockPage)


def unlock(hands: Hands) -> None:
    page = hands.program.window.cover
    assert isinstance(page, LockPage)
    page.open_button.click()
    hands.settle()
    assert hands.program.window.cover is None


def in_the_way(hands: Hands) -> None:
    """One of everything that can stand over a page."""
    window, edit = hands.program.window, QLineEdit(hands.program.window)
    edit.show()
    REAL_PRINTER(hands.program.context, lambda _printer: None)
    over = QMessageBox(window)
    over.setText("Marieke Jansen overschrijven?")
    over.open()
    menu, completer = QMenu(window), QCompleter(QStringListModel([MARK]), edit)
    menu.addAction("Marieke")
    menu.popup(window.rect().center())
    edit.setCompleter(completer)
    edit.setText(MARK[:2])
    completer.complete()
    QToolTip.showText(window.rect().center(), "Marieke", window)


def test_no_dialog_outlives_the_lock_and_its_answer_is_void(hands: Hands, program: Program, tmp_path: Path) -> None:
    """The dialog of a dossier stayed over the locked window, and saved it without any PIN."""
    hands.open_card()
    ask_dossier(program.context, MARIEKE, "Marieke Jansen")
    (dialog,) = (one for one in others(program) if isinstance(one, QFileDialog))
    assert "Marieke" in dialog.selectedFiles()[0]
    in_the_way(hands)
    lock(hands)
    assert others(program) == []
    assert not isValid(dialog)
    unlock(hands)
    ask_dossier(program.context, MARIEKE, "Marieke Jansen")
    (dialog,) = (one for one in others(program) if isinstance(one, QFileDialog))
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("stolen.pdf")
    program.context.locks += 1  # a dialog of the system may answer all the same
    dialog.accept()
    hands.settle()
    assert list(tmp_path.glob("stolen*")) == []
    ask_dossier(program.context, MARIEKE, "Marieke Jansen")
    (dialog,) = others(program)
    hands.qtbot.waitUntil(dialog.isActiveWindow)
    hands.qtbot.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert isinstance(program.window.cover, LockPage) and others(program) == [], "also by its key"


def test_a_question_within_a_question_ends_with_the_lock(hands: Hands, program: Program) -> None:
    answers: list[int] = []

    def ask_another() -> None:
        QTimer.singleShot(0, lambda: program.context.lock_wished.emit())
        answers.append(QMessageBox(program.window).exec())

    hands.open_card()
    ask_dossier(program.context, MARIEKE, "Marieke")
    QTimer.singleShot(0, ask_another)
    answers.append(QMessageBox(program.window).exec())
    hands.settle()
    assert len(answers) == 2 and isinstance(program.window.cover, LockPage) and others(program) == []


def test_nothing_opens_over_a_locked_window(
    hands: Hands, program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What was being fetched when it locked was asked of whoever stood before it then."""
    context, printed = program.context, []
    monkeypatch.setattr(pdf_paper, "print_paper", lambda *_args: printed.append(1))
    monkeypatch.setattr(system_dialogs, "printer", REAL_PRINTER)
    hands.open_card()
    print_card(context, MARIEKE)
    lock(hands)
    assert others(program) == [] and printed == []
    person = context.staff[0]
    PinDialog(context, person, new=True).open()
    system_dialogs.file_to_save(context, "", str(tmp_path / "x"), "*", lambda path, _kind: printed.append(1))
    stray = QMessageBox(program.window)
    stray.open()
    hands.qtbot.waitUntil(lambda: others(program) == [])
    assert open_sheets() == () and printed == []
    unlock(hands)
    PinDialog(context, person, new=True).open()
    assert len(open_sheets()) == 1


REAL_PRINTER: Callable[..., None] = system_dialogs.printer


@pytest.fixture
def thawed() -> Iterator[None]:
    """What was there before the first window is looked into as well."""
    gc.unfreeze()
    yield
    gc.collect()
    gc.freeze()


def test_what_stood_on_the_screen_leaves_the_memory(thawed: None, hands: Hands, program: Program) -> None:
    """A card, a visit, a list, a search and a half-typed word: after the lock Python holds no word of any of them."""
    context = program.context
    made = hands.ask(customers.new_customer, CustomerRecord(given_name=f"{MARK}anne", note=f"{MARK} over haar"))
    page = hands.open_card(made.customer_id)
    page.talk.new.setFocus()
    hands.write(f"{MARK}punt")
    context.note_visit(made.customer_id)
    hands.sheet().form.note.setText(f"{MARK} bezoek")
    sheet = ref(hands.sheet())
    hands.sheet().cancel()
    hands.settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert sheet() is None, "what was closed is gone, also when nothing locks"
    for name in ("customers", "follow_ups", "today"):
        context.open_page(name)
        hands.settle()
    assert program.window.shell is not None
    program.window.shell.search.begin(MARK[:3])
    hands.settle()
    page = None  # type: ignore[assignment]
    del made
    assert holders()
    lock(hands)
    left: list[str] = []

    def gone() -> bool:
        """Another thread may be at its last step still."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left[:] = holders()
        return not left

    hands.qtbot.waitUntil(gone)


def holders() -> list[str]:
    """What in this process holds a text with the mark; not the tests' own words."""
    found: list[str] = []
    gc.collect()
    everything = gc.get_objects()
    for one in everything:
        if one is everything or isinstance(one, FrameType | CodeType | ModuleType):
            continue
        todo = [one]
        while todo:  # what holds nothing but texts is not known to the collector
            inner = gc.get_referents(todo.pop())
            todo += [each for each in inner if isinstance(each, dict | tuple) and not gc.is_tracked(each)]
            texts = [each for each in inner if type(each) is str and MARK in each and each != MARK and "\n" not in each]
            found += [f"{type(one)}: {text.replace(MARK, '@')[:80]}" for text in texts]
    return found
