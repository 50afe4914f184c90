"""No form is seen half: neither before it is filled in, nor before what came to stand in it has its room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.ui.app.program import Program
from kapperboek.ui.forms import draft_dialog
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from tests.ui.card_tools import MARIEKE, Hands

DIALOGS = ("visit", "contact", "follow_up", "appointment", "customer", "consent", "health")


class Painted(QObject):
    """How high each dialog was, how much of it was out of sight and whether it could be saved, when it was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[tuple[int, int, bool]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            for dialog in open_sheets():
                if watched is dialog.sheet:
                    out_of_sight = dialog.area.verticalScrollBar().maximum()
                    self.frames.append((dialog.sheet.height(), out_of_sight, dialog.save_button.isEnabled()))
        return False


@pytest.fixture
def hands(program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Hands:
    monkeypatch.setattr(draft_dialog, "PATIENCE", 10**6)  # however slow this machine is
    program.window.resize(1440, 900)
    return Hands(program, qtbot)


def test_no_dialog_is_seen_before_it_is_filled_in(hands: Hands) -> None:
    painted, app = Painted(), QApplication.instance()
    assert app is not None
    app.installEventFilter(painted)
    try:
        hands.open_card()
        for name in DIALOGS:
            painted.frames.clear()
            hands.program.context.open_dialog(name, customer_id=MARIEKE)
            hands.settle()
            hands.qtbot.waitUntil(lambda: bool(painted.frames))
            assert len(set(painted.frames)) == 1 and painted.frames[0][2], (name, painted.frames)
            hands.sheet().close_sheet(False)
        painted.frames.clear()
        hands.program.context.open_dialog("customer", text="Marieke Jansen, 06 12 34 56 78")
        hands.settle()
        hands.qtbot.waitUntil(lambda: hands.sheet().exists.isVisible() and bool(painted.frames))
        assert [frame for frame in painted.frames if frame[1] or not frame[2]] == []
    finally:
        app.removeEventFilter(painted)
