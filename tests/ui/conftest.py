"""The whole window on a demo salon, driven as a person does; any bug or Qt warning fails the test."""

from __future__ import annotations

import gc
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.services.keeping.security import KeyKeeper
from kapperboek.ui.app.program import Key, Program
from kapperboek.ui.widgets.sheet.sheet import open_sheets
from kapperboek.ui.window.main_window import Window
from tests.conftest import KEY

DAY = date(2026, 11, 22)


class Lasting:
    """What lives as long as the tests do: no collection need look at it again.

    That is what was there before the first window, and what came with a module that was needed later.
    """

    def __init__(self) -> None:
        self._modules = 0

    def set_apart(self) -> None:
        """Between two tests, when nothing is left of a window."""
        if len(sys.modules) > self._modules:
            gc.collect()
            gc.freeze()
            self._modules = len(sys.modules)


@pytest.fixture(scope="session")
def lasting() -> Lasting:
    return Lasting()


@pytest.fixture(autouse=True)
def garbage(lasting: Lasting) -> Iterator[None]:
    """What a test leaves in cycles is collected here: on a database thread of the next test Qt would crash on it."""
    lasting.set_apart()
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's question which printer is nobody's to answer here."""
    monkeypatch.setattr("kapperboek.ui.printing.system_dialogs.printer", lambda *_args: None)


class Strays(QObject):
    """Sees widgets that open as windows of their own for a moment: they flash, and take the keyboard away."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Half a million events pass in these tests, few of them to a window: its type is what costs most to ask.
        if isinstance(watched, QWidget) and watched.isWindow() and event.type() == QEvent.Type.Show:
            plain = watched.windowType() in (Qt.WindowType.Widget, Qt.WindowType.Window)
            if plain and not isinstance(watched, Window):
                self.found.append(type(watched).__name__)
        return False


@pytest.fixture
def make_program(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Start the window on a notebook; everything is closed again at the end."""
    made: list[Program] = []
    bugs: list[BaseException] = []
    hooks = (sys.excepthook, threading.excepthook)

    def report(error: BaseException) -> Path:
        bugs.append(error)
        return tmp_path / "report.txt"

    def make(
        path: Path, key: Key | bytes | str | None = KEY, lang: str | None = "nl", keeper: KeyKeeper | None = None
    ) -> Program:
        given: Key = key if callable(key) else lambda: key
        program = Program(
            path, key=given, on=DAY, lang=lang, keeper=keeper, backups=tmp_path / "backups", report=report
        )
        made.append(program)
        program.start()
        qtbot.waitUntil(program.furnished)
        qtbot.waitUntil(program.window.isActiveWindow)  # else its keys do nothing yet
        return program

    strays = Strays()
    QApplication.instance().installEventFilter(strays)  # type: ignore[union-attr]
    yield make
    QApplication.instance().removeEventFilter(strays)  # type: ignore[union-attr]
    for program in made:
        for sheet in reversed(open_sheets()):
            sheet.close_sheet(False)
        program.finish()
        program.window.deleteLater()
        program.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # not in the middle of the next test
    left = [one for one in QApplication.topLevelWidgets() if isinstance(one, Window) and one.isVisible()]
    assert not left, "a second window would make F9 and Ctrl+L mean nothing in the next test"
    sys.excepthook, threading.excepthook = hooks
    assert not bugs, bugs
    assert not strays.found, "shown before it had a parent, so as a window of its own"


@pytest.fixture
def program(make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot) -> Program:
    """The window on a salon of 300 customers, Today filled and nothing under way."""
    path = Path(shutil.copy(salon_file, tmp_path / "window.kapperboek"))
    program = make_program(path)
    settle(program, qtbot)
    return program


def settle(program: Program, qtbot: QtBot) -> None:
    """Wait until every question is answered and Today stands."""
    qtbot.waitUntil(lambda: program.stands() and program.jobs.pending() == 0)
