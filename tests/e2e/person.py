"""A person at the window whose keys, clicks and thoughts are counted: the keystroke-level model.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems",
Communications of the ACM 23 (1980) 396-410, with the times of their table 1. What the program itself takes is not
counted here: that is measured by the benchmarks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.ui.app.program import Program
from kapperboek.ui.widgets.sheet.sheet import open_sheets

KEY = 0.28  # seconds for one key of an average typist who is no secretary; Ctrl counts as one too
POINT = 1.1  # to point with the mouse at something on the screen
BUTTON = 0.1  # to press or to let go of its button
HOME = 0.4  # to take the hand from the keyboard to the mouse, or back
THINK = 1.35  # to make up one's mind before a step
MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
)
BY_KEY, BY_MOUSE = "keyboard", "mouse"


@dataclass(slots=True)
class Tally:
    """The work of one gesture. ``keys`` are those beside the text; ``strokes`` count Ctrl, Shift and Alt too."""

    keys: int = 0
    strokes: int = 0
    letters: int = 0
    clicks: int = 0
    points: int = 0
    homes: int = 0
    thoughts: int = 0

    def seconds(self) -> float:
        """The time it takes a person, the program's own not counted."""
        keys = (self.strokes + self.letters) * KEY
        hands = keys + self.points * POINT + self.clicks * 2 * BUTTON + self.homes * HOME
        return round(hands + self.thoughts * THINK, 1)


class Person:
    """Presses and clicks as the window system would bring it, and waits until that is answered.

    Counted is what is sent: a key that is a shortcut never arrives at the window as a key.
    """

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self.qtbot, self.tally, self._hand = program, qtbot, Tally(), BY_KEY
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)

    def begin(self, hand: str = BY_KEY) -> None:
        """A new gesture begins, with the hand here."""
        self.settle()
        self.tally, self._hand = Tally(), hand

    def think(self) -> None:
        """Make up one's mind."""
        self.tally.thoughts += 1

    def press(self, *keys: str) -> None:
        """Press these, in Qt's words: Return, Ctrl+Return, F9."""
        for name in keys:
            chord = QKeySequence.fromString(name)[0]
            self._take(BY_KEY)
            self.tally.keys += 1
            self.tally.strokes += 1 + sum(bool(chord.keyboardModifiers() & one) for one in MODIFIERS)
            QTest.keyClick(self._window(), chord.key(), chord.keyboardModifiers())
            self.settle()

    def write(self, text: str) -> None:
        """Type this text where the keyboard is."""
        self._take(BY_KEY)
        self.tally.letters += len(text)
        for letter in text:
            QTest.keyClick(self._window(), letter)
        self.settle()

    def click(self, target: QWidget, at: QPoint | None = None, *, double: bool = False) -> None:
        """Point at this, which must be in sight, and click."""
        assert target.isVisible(), f"{target} is not shown"
        window = target.window().windowHandle()
        place = target.mapTo(target.window(), at or target.rect().center())
        assert target.visibleRegion().contains(target.mapFrom(target.window(), place)), f"{target} is out of sight"
        self._take(BY_MOUSE)
        self.tally.points += 1
        self.tally.clicks += 1 + double
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        if double:
            QTest.mouseDClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self.settle()

    def click_row(self, view: QAbstractItemView, index: QModelIndex, *, double: bool = False) -> None:
        """Click a row of a list."""
        self.click(view.viewport(), view.visualRect(index).center(), double=double)

    def button(self, words: str) -> QAbstractButton:
        """The button in sight that is called this, or begins with it; behind a sheet nothing is in sight."""
        sheets = open_sheets()
        for button in sheets[-1].findChildren(QWidget) if sheets else QApplication.allWidgets():
            if not (isinstance(button, QAbstractButton) and button.isVisible() and button.isEnabled()):
                continue
            if any(name.replace("&", "").startswith(words) for name in (button.text(), button.accessibleName())):
                return button
        raise AssertionError(f"no button {words!r} is shown")

    def scroll_to(self, target: QWidget) -> None:
        """Turn the wheel until this is in sight: one more thing to point at."""
        parent = target.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea) and not target.visibleRegion().contains(target.rect().center()):
                self._take(BY_MOUSE)
                self.tally.points += 1
                parent.ensureWidgetVisible(target)
            parent = parent.parentWidget()
        self.settle()

    def settle(self) -> None:
        """Wait until every question is answered."""
        for _twice in range(2):
            self.qtbot.waitUntil(lambda: self.program.jobs.pending() == 0)
            QApplication.processEvents()

    def _take(self, hand: str) -> None:
        self.tally.homes += hand != self._hand
        self._hand = hand

    def _window(self) -> QWindow:
        window = QGuiApplication.focusWindow() or self.program.window.windowHandle()
        assert window is not None
        return window


def table(rows: Sequence[tuple[str, Tally]]) -> list[str]:
    """The lines of the table in the docs, one gesture a line."""
    lines = [
        f"| {name} | {one.keys} | {one.clicks} | {one.letters} | {one.thoughts} | {one.seconds():.1f} |"
        for name, one in rows
    ]
    return ["| gesture | keys | clicks | letters | thoughts | seconds |", "|---|---|---|---|---|---|", *lines]
