"""What the tests of the card and its dialogs share: a window on a notebook, and hands on the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.domain.views.card_view import Card
from kapperboek.services.customers import customers
from kapperboek.storage.opening import open_notebook
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_page import CardPage
from kapperboek.ui.widgets.sheet.sheet import SheetDialog, open_sheets
from tests.conftest import KEY

Answer = TypeVar("Answer")
MARIEKE = 1  # the first of the demo salon
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Hands:
    """Somebody at the keyboard; ``keys`` counts every press that isn't text."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self.qtbot = program, qtbot
        self.keys = 0
        program.window.resize(1280, 860)
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)

    def settle(self) -> None:
        """Wait until every question is answered."""
        self.qtbot.waitUntil(lambda: self.program.jobs.pending() == 0)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.program.jobs.pending() == 0)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        """Press a key, and wait for what comes of it."""
        for _time in range(times):
            self.keys += 1
            QTest.keyClick(QApplication.focusWidget() or self.program.window, key, modifier)
            self.settle()

    def write(self, text: str) -> None:
        """Type words where the keyboard is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        self.settle()

    def open_card(self, customer_id: int = MARIEKE) -> CardPage:
        """The card of this customer, in front."""
        self.program.context.open_customer(customer_id)
        self.settle()
        shell = self.program.window.shell
        assert shell is not None
        page = shell.page()
        assert isinstance(page, CardPage)
        self.qtbot.waitUntil(lambda: page.card is not None and page.card.customer_id == customer_id)
        return page

    def card(self, customer_id: int = MARIEKE) -> Card:
        """The card as it stands in the notebook now."""
        return self.ask(customers.open_card, customer_id)

    def ask(self, fn: Callable[..., Answer], *args: Any, **kw: Any) -> Answer:
        """Ask the notebook something, on its own thread."""
        got: list[Answer] = []
        self.program.jobs.run(fn, *args, done=got.append, **kw)
        self.qtbot.waitUntil(lambda: bool(got))
        return got[0]

    def sheet(self) -> Any:
        """The dialog on top."""
        self.settle()
        sheets = open_sheets()
        assert sheets, "no dialog is open"
        return sheets[-1]


def sheet_open() -> SheetDialog | None:
    """The dialog on top, if any."""
    sheets = open_sheets()
    return sheets[-1] if sheets else None


def read_again(path: Path, fn: Callable[..., Answer], *args: Any, **kw: Any) -> Answer:
    """Ask a notebook file something over a connection of its own: only what is on disk counts."""
    with open_notebook(path, key=KEY) as book:
        return fn(book, *args, **kw)


def said_to_screen_reader(top: QWidget) -> str:
    """Everything a screen reader may find below ``top``: names, descriptions, values; and every tooltip."""
    found: list[str] = []
    _walk(QAccessible.queryAccessibleInterface(top), found)
    for widget in filter(QWidget.isVisible, top.findChildren(QWidget)):
        found.append(widget.toolTip())
        found.append(widget.whatsThis())
        found.append(widget.accessibleDescription())
    for view in top.findChildren(QAbstractItemView):
        model, roles = view.model(), (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        for row in range(model.rowCount()):
            found += [str(model.index(row, 0).data(role) or "") for role in roles]
    return "\n".join(found)


def everything_said(program: Program) -> str:
    """All of it, also what is hidden for the moment: for a window that may know nothing of anybody."""
    QAccessible.setActive(True)
    try:
        said = said_to_screen_reader(program.window)
    finally:
        QAccessible.setActive(False)
    labels = [widget.text() for widget in program.window.findChildren(QWidget) if callable(getattr(widget, "text", 0))]
    return "\n".join([said, *map(str, labels), program.window.windowTitle(), QGuiApplication.clipboard().text()])


def _walk(interface: QAccessibleInterface | None, found: list[str]) -> None:
    if interface is None or not interface.isValid():
        return
    owner: QObject | None = interface.object()
    if isinstance(owner, QWidget) and owner.isHidden():
        return
    text = QAccessible.Text
    found += [interface.text(kind) for kind in (text.Name, text.Description, text.Value, text.Help)]
    for number in range(interface.childCount()):
        _walk(interface.child(number), found)


class Statements:
    """What reaches the database thread while it is entered, one statement after another, as it was prepared."""

    def __init__(self, hands: Hands) -> None:
        self._hands, self._said = hands, list[str]()

    def __enter__(self) -> list[str]:
        said = self._said
        self._hands.ask(lambda book: book.connection.set_trace_callback(said.append))
        return said

    def __exit__(self, *exception: object) -> None:
        self._hands.settle()
        self._hands.ask(lambda book: book.connection.set_trace_callback(None))
