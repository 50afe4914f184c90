"""What was closed leaves the memory, with everything it showed of a customer."""

from __future__ import annotations

import gc
import shutil
import sys
import threading
from pathlib import Path
from weakref import ref

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_page import CardPage
from tests.conftest import KEY
from tests.ui.card_tools import Hands
from tests.ui.conftest import DAY, settle


def use_and_close(path: Path, qtbot: QtBot) -> ref[CardPage]:
    """A card, a sheet over it, another width; then the window is closed."""
    hooks = (sys.excepthook, threading.excepthook)
    program = Program(path, key=lambda: KEY, on=DAY, lang="nl", backups=path.parent / "backups")
    program.start()
    qtbot.waitUntil(program.furnished)
    settle(program, qtbot)
    hands = Hands(program, qtbot)
    card = hands.open_card()
    program.context.open_dialog("visit", customer_id=1)
    hands.sheet().close_sheet(False)
    program.window.resize(1024, 700)
    hands.settle()
    program.finish()
    sys.excepthook, threading.excepthook = hooks
    program.window.deleteLater()
    program.deleteLater()
    return ref(card)


def test_a_closed_window_is_let_go(salon_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    card = use_and_close(Path(shutil.copy(salon_file, tmp_path / "window.kapperboek")), qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert card() is None
