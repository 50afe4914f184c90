"""The real window, offscreen, in a process of its own: what is done in it and how long until it is painted.

python -m benchmarks.window settle NOTEBOOK             stand with the list of customers open, then end
python -m benchmarks.window type NOTEBOOK < QUESTIONS   type each line (JSON); milliseconds of each key press
python -m benchmarks.window cards NOTEBOOK < IDS        open each card; milliseconds from answer to painted
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer

from benchmarks import salons
from kapperboek.ui.app import Program
from kapperboek.ui.pages.card import CardPage

PATIENCE = 20_000  # milliseconds


class Painted(QObject):
    """Quits a loop after a paint of one of the watched widgets at which ``ready`` holds."""

    def __init__(self, loop: QEventLoop, ready: Callable[[], bool]) -> None:
        super().__init__()
        self._loop, self._ready = loop, ready

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._ready():
            QTimer.singleShot(0, self._loop.quit)  # after all that belongs to this paint
        return False


class Paints(QObject):
    """Counts the paints of a widget."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until something holds. RuntimeError when it takes too long."""
    loop = QEventLoop()
    watch = QTimer()
    watch.setInterval(2)
    watch.timeout.connect(lambda: loop.quit() if until() else None)
    QTimer.singleShot(PATIENCE, loop.quit)
    watch.start()
    if not until():
        loop.exec()
    if not until():
        raise RuntimeError("the window does not come to rest")


def open_window(path: Path) -> Program:
    """The program with Today standing and everything for writing imported."""
    program = Program(path, key=lambda: salons.KEY_TEXT, on=salons.DAY, lang="nl")
    program.window.resize(1440, 900)
    program.start()
    wait(program.stands)
    wait(lambda: "kapperboek.services.writing" in sys.modules and program.jobs.pending() == 0)
    return program


def settle(program: Program) -> None:
    """The list of customers, all of them."""
    program.context.open_page("customers")
    wait(lambda: program.jobs.pending() == 0)


def type_all(program: Program) -> None:
    """Every question, letter by letter; prints for each a list of milliseconds."""
    assert program.window.shell is not None
    box = program.window.shell.search
    box.line.setFocus()
    box.line.setText("a")
    wait(lambda: box.answered() and box.is_open())
    popup = box.popup
    assert popup is not None
    loop = QEventLoop()
    painted = Painted(loop, box.answered)
    for widget in (popup, popup.list.viewport(), popup.new_row):
        widget.installEventFilter(painted)
    for question in sys.stdin:
        took = []
        text = json.loads(question)
        for length in range(1, len(text) + 1):
            if text[length - 1] == " ":
                continue  # the box asks nothing new for a blank
            start = perf_counter()
            QTimer.singleShot(0, lambda part=text[:length]: box.line.setText(part))
            loop.exec()
            took.append(1000 * (perf_counter() - start))
        print(json.dumps(took), flush=True)


def open_cards(program: Program) -> None:
    """Every card; prints the milliseconds from the database's answer until the page is laid out, painted and at
    rest.
    """
    took: list[float] = []
    loop = QEventLoop()
    history, pages = Paints(), list[CardPage]()
    plain = program.jobs.run

    def run(fn: Callable[..., Any], *args: Any, done: Callable[[Any], None] | None = None, **kw: Any) -> None:
        if fn.__name__ != "open_card" or done is None:
            return plain(fn, *args, done=done, **kw)
        tell = done

        def answered(card: Any) -> None:
            history.count = 0
            start = perf_counter()
            tell(card)
            QCoreApplication.processEvents()
            took.append(1000 * (perf_counter() - start))
            loop.quit()
            assert history.count or not pages or pages[0].history.list.isHidden(), "the history was not painted"

        plain(fn, *args, done=answered, **{**kw, "owner": program.context})

    program.jobs.run = run  # type: ignore[method-assign]
    program.context.open_customer(1)
    loop.exec()
    page = program.window.shell.page() if program.window.shell else None
    assert isinstance(page, CardPage)
    page.history.list.viewport().installEventFilter(history)
    pages.append(page)
    took.clear()
    for customer_id in json.load(sys.stdin):
        program.context.open_customer(customer_id)
        loop.exec()
    print(json.dumps(took))


TASKS = {"settle": settle, "type": type_all, "cards": open_cards}


def main(task: str, path: str) -> None:
    """Open the window, do the task, close."""
    program = open_window(Path(path))
    TASKS[task](program)
    program.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
