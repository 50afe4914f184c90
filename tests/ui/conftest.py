"""The whole window on a demo salon, driven as a person does; any bug or Qt warning fails the test."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kapperboek.ui.app import Program
from kapperboek.ui.widgets.sheet import open_sheets
from tests.conftest import KEY

DAY = date(2026, 11, 22)


@pytest.fixture
def make_program(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Start the window on a notebook; everything is closed again at the end."""
    made: list[Program] = []
    bugs: list[BaseException] = []
    hooks = (sys.excepthook, threading.excepthook)

    def report(error: BaseException) -> Path:
        bugs.append(error)
        return tmp_path / "report.txt"

    def make(path: Path, key: bytes | str | None = KEY, lang: str | None = "nl") -> Program:
        program = Program(
            path, key=lambda: key, on=DAY, lang=lang, backups=tmp_path / "backups", report=report
        )
        made.append(program)
        program.start()
        return program

    yield make
    for program in made:
        for sheet in reversed(open_sheets()):
            sheet.close_sheet(False)
        program.finish()
        program.window.deleteLater()
    sys.excepthook, threading.excepthook = hooks
    assert not bugs, bugs


@pytest.fixture
def program(make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot) -> Program:
    """The window on a salon of 300 customers, Today filled and nothing under way."""
    path = Path(shutil.copy(salon_file, tmp_path / "window.kapperboek"))
    program = make_program(path)
    settle(program, qtbot)
    return program


def settle(program: Program, qtbot: QtBot) -> None:
    """Wait until every question is answered and Today stands."""
    qtbot.waitUntil(lambda: program.stands() and program.jobs.pending() == 0, timeout=10_000)
    qtbot.waitExposed(program.window)
