"""Self-test of the window: the counter's main loop on a throw-away salon, by the keyboard alone.

For ``kapperboek self-test``: after installing, or when somebody doubts their computer. It presses the keys a person
presses and looks at what the notebook then says, not at what the window believes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from kapperboek.domain.views.card_view import Card
from kapperboek.i18n import _
from kapperboek.services import journal, today
from kapperboek.services.customers import customers
from kapperboek.ui.app.program import Program, application
from kapperboek.ui.moments.visit_dialog import VisitDialog
from kapperboek.ui.widgets.sheet.sheet import open_sheets

Answer = TypeVar("Answer")
Key = Callable[[], "bytes | str | None"]

PATIENCE = 20_000  # milliseconds for one step, on a slow computer
WHO = "Marieke Jansen"
CONTROL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def walk(path: Path, *, key: Key, on: date | None = None, lang: str | None = None) -> list[str]:
    """Drive the window on the demo salon at ``path`` and close it; gives the steps done, in the user's language.

    Raises AssertionError with the step that did not work.
    """
    application()
    bugs: list[BaseException] = []

    def report(error: BaseException) -> Path:
        bugs.append(error)
        return path.with_suffix(".txt")

    program = Program(path, key=key, on=on, lang=lang, report=report)
    walker = Walker(program)
    try:
        program.start()
        walker.walk()
    finally:
        for sheet in reversed(open_sheets()):
            sheet.close_sheet(False)
        program.finish()
    if bugs:
        raise AssertionError(type(bugs[0]).__qualname__)
    return walker.steps


class Walker:
    """Presses keys, waits for what comes of them, and asks the notebook."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.steps: list[str] = []

    def walk(self) -> None:
        """The main loop of the counter."""
        self._until(_("The window opens and Today is filled"), lambda: self.program.stands() and self._quiet())
        customer_id = self._find()
        before = self._ask(customers.open_card, customer_id)
        self._visit()
        self._look_at_card(before)
        self._look_at_today(customer_id)
        self._undo(before)

    # ---- the steps ---------------------------------------------------------------------------------------------

    def _find(self) -> int:
        """Ctrl+K, a name, Enter: the card."""
        shell = self.program.window.shell
        assert shell is not None
        self._press(Qt.Key.Key_K, CONTROL)
        self._write(WHO)
        self._until(_("Somebody is found by name"), shell.search.answered)
        self._press(Qt.Key.Key_Return)
        self._until(_("The card opens"), lambda: shell.place().name == "card" and self._quiet())
        return int(self._ask(customers.find, WHO).results[0].customer_id)

    def _visit(self) -> None:
        """Ctrl+Enter, a talk point discussed, a new one, a follow-up, Ctrl+Enter."""
        self._press(Qt.Key.Key_Return, CONTROL)
        step = _("The visit opens filled in")
        self._until(step, lambda: self._dialog() is not None and self._quiet())
        dialog = self._dialog()
        assert dialog is not None
        self._require(step, bool(dialog.form.recipe.text()))
        self._press(Qt.Key.Key_Tab)
        self._press(Qt.Key.Key_Space)
        self._write("Porto")
        self._press(Qt.Key.Key_T, CONTROL)
        self._write("Hoe was Porto?")
        self._press(Qt.Key.Key_O, CONTROL)
        self._press(Qt.Key.Key_Return, CONTROL)
        self._until(_("The visit is saved"), lambda: self._dialog() is None and self._quiet())

    def _look_at_card(self, before: Card) -> None:
        card = self._ask(customers.open_card, before.customer_id)
        self._require(_("The visit stands in the history"), len(card.history) == len(before.history) + 1)
        answers = [answer for _text, answer in card.history[0].answers]
        self._require(_("A talk point is discussed, with its answer"), answers == ["Porto"])
        new = "Hoe was Porto?" in [point.text for point in card.talk_points]
        self._require(_("There is a new talk point"), new)
        planned = {one.id for one in card.appointments} - {one.id for one in before.appointments}
        self._require(_("The next appointment is made"), len(planned) == 1)

    def _look_at_today(self, customer_id: int) -> None:
        shell = self.program.window.shell
        assert shell is not None
        self._press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        step = _("Today no longer expects who has been")
        self._until(step, lambda: shell.place().name == "today" and self._quiet())
        lines = self._ask(today.today).lines
        self._require(step, not any(one.kind == "appointment" and one.customer_id == customer_id for one in lines))

    def _undo(self, before: Card) -> None:
        step = _("Ctrl+Z undoes all of it")
        self._press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)  # to the card: there it is what stands in front
        self._until(step, self._quiet)
        self._press(Qt.Key.Key_Z, CONTROL)
        self._until(step, self._quiet)
        card = self._ask(customers.open_card, before.customer_id)
        same = [one.id for one in card.history] == [one.id for one in before.history]
        points = [one.text for one in card.talk_points] == [one.text for one in before.talk_points]
        self._require(step, same and points and len(card.appointments) == len(before.appointments))
        self._require(step, any(one.undone for one in self._ask(journal.changes)))

    # ---- the hands ---------------------------------------------------------------------------------------------

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClick(QApplication.focusWidget() or self.program.window, key, modifier)
        self._until("", self._quiet)

    def _write(self, text: str) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClicks(QApplication.focusWidget() or self.program.window, text)
        self._until("", self._quiet)

    def _dialog(self) -> VisitDialog | None:
        found = [sheet for sheet in open_sheets() if isinstance(sheet, VisitDialog)]
        return found[-1] if found else None

    def _quiet(self) -> bool:
        """Tell whether every question is answered."""
        return self.program.jobs.pending() == 0

    def _ask(self, fn: Callable[..., Answer], *args: Any) -> Answer:
        got: list[Answer] = []
        self.program.jobs.run(fn, *args, done=got.append)
        self._until("", lambda: bool(got))
        return got[0]

    def _until(self, step: str, condition: Callable[[], bool]) -> None:
        """Let the window work until the condition holds; then the step, if it has a name, is done."""
        deadline = QDeadlineTimer(PATIENCE)
        while not condition():
            if deadline.hasExpired():
                raise AssertionError(step or self.steps[-1])
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        QApplication.processEvents()
        if step and step not in self.steps:
            self.steps.append(step)

    def _require(self, step: str, holds: bool) -> None:
        if not holds:
            raise AssertionError(step)
        if step not in self.steps:
            self.steps.append(step)
