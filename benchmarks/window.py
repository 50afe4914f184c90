"""The real window, offscreen, in a process of its own: what is done in it and how long until it is painted.

python -m benchmarks.window settle NOTEBOOK             stand with the list of customers open, then end
python -m benchmarks.window type NOTEBOOK < QUESTIONS   type each line (JSON); milliseconds of each key press
python -m benchmarks.window type_bare NOTEBOOK < …      the same, each beside a plain query in a bare list
python -m benchmarks.window cards NOTEBOOK < IDS        open each card; milliseconds from answer to painted
python -m benchmarks.window cards_bare NOTEBOOK < IDS   the same, each beside a bare window with the same words
python -m benchmarks.window behind NOTEBOOK < QUESTIONS type while a copy is made and the file is checked behind it
python -m benchmarks.window unlock NOTEBOOK < PASSWORD  type the passphrase; seconds until Today, and of Argon2id alone
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from benchmarks import salons
from benchmarks.bare_window import BareWindow, painted_by
from benchmarks.plain_search import plain_rows
from kapperboek.services.keeping import maintenance
from kapperboek.storage.file.key_derivation import SALT_BYTES, derive
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_page import CardPage
from kapperboek.ui.start.unlock import UnlockPage

PATIENCE = 60_000  # milliseconds
PAUSE = 25  # milliseconds between an answer and the next key press
TYPED_ALONE = 400
STOPS = 10  # moments of a check at which it is stopped


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


def started(path: Path, key: str | None) -> Program:
    """The program with its first frame under way."""
    program = Program(path, key=lambda: key, on=salons.DAY, lang="nl")
    program.window.resize(1440, 900)
    program.start()
    return program


def open_window(path: Path) -> Program:
    """The program with Today standing and everything for writing imported."""
    program = started(path, salons.KEY_TEXT)
    wait(program.stands)
    wait(lambda: "kapperboek.storage.write.sessions" in sys.modules and program.jobs.pending() == 0)
    return program


class Typist:
    """Presses keys in the search box, each a moment after the answer to the one before, and keeps how long it took:
    milliseconds until the letter is painted, and until the answer is.
    """

    def __init__(self, program: Program, texts: list[str]) -> None:
        assert program.window.shell is not None
        self.box = program.window.shell.search
        self.box.line.setFocus()
        self.box.line.setText("a")
        wait(lambda: self.box.answered() and self.box.is_open())
        popup = self.box.popup
        assert popup is not None
        self._texts = texts
        self._pause, self._letter, self._answer = QEventLoop(), QEventLoop(), QEventLoop()
        self._painted = (Painted(self._letter, lambda: True), Painted(self._answer, self.box.answered))
        self.box.line.installEventFilter(self._painted[0])
        for widget in (popup, popup.list.viewport(), popup.new_row):
            widget.installEventFilter(self._painted[1])
        self._took: list[tuple[float, float]] = []

    def take(self) -> list[tuple[float, float]]:
        """What was measured since the last time."""
        took, self._took = self._took, []
        return took

    def type(self, enough: Callable[[int], bool]) -> None:
        """Until that is enough; it is told how many keys were pressed."""
        for text in cycle(self._texts):
            self.box.line.setText("")
            for letter in text:
                QTimer.singleShot(PAUSE, self._pause.quit)
                self._pause.exec()
                if enough(len(self._took)):
                    return
                self._took.append(self._press(letter))

    def _press(self, letter: str) -> tuple[float, float]:
        start = perf_counter()
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QCoreApplication.postEvent(self.box.line, key)
        self._letter.exec()
        painted = perf_counter()
        if not self.box.answered():
            self._answer.exec()
        return 1000 * (painted - start), 1000 * (perf_counter() - start)


def settle(program: Program) -> None:
    """The list of customers, all of them."""
    program.context.open_page("customers")
    wait(lambda: program.jobs.pending() == 0)


def type_all(program: Program) -> None:
    """Every question, letter by letter; prints for each a list of milliseconds."""
    typing = TypedSearch(program)
    for question in sys.stdin:
        took = [typing.milliseconds(part) for part in grown(json.loads(question))]
        print(json.dumps(took), flush=True)


def type_bare(program: Program) -> None:
    """Every question, letter by letter, in turn with a plain query of the same index and a bare list that paints its
    rows; prints for each letter milliseconds, those of the processor, and those of the query and of the bare list.
    """
    typing = TypedSearch(program)
    bare = BareWindow(typing.popup.list.size())
    with salons.opened(program.path) as book:
        for question in sys.stdin:
            took = []
            for part in grown(json.loads(question)):
                waited = typing.milliseconds(part)
                start = process_time()
                rows = plain_rows(book, part)
                query = 1000 * (process_time() - start)
                took.append((waited, typing.burned, query, bare.milliseconds({"rows": rows})))
            print(json.dumps(took), flush=True)
    bare.close()


def grown(text: str) -> list[str]:
    """A text as it grows letter by letter; the box asks nothing new for a blank."""
    return [text[:length] for length in range(1, len(text) + 1) if text[length - 1] != " "]


class TypedSearch:
    """Puts texts in the search box, and tells how long it took until their answer was painted."""

    def __init__(self, program: Program) -> None:
        assert program.window.shell is not None
        self.box = program.window.shell.search
        self.box.line.setFocus()
        self.box.line.setText("a")
        wait(lambda: self.box.answered() and self.box.is_open())
        assert self.box.popup is not None
        self.popup = self.box.popup
        self.burned = 0.0
        self._loop = QEventLoop()
        self._painted = Painted(self._loop, self.box.answered)
        for widget in (self.popup, self.popup.list.viewport(), self.popup.new_row):
            widget.installEventFilter(self._painted)

    def milliseconds(self, text: str) -> float:
        """How long it took from a letter in the box until the list was painted."""
        start, before = perf_counter(), process_time()
        QTimer.singleShot(0, lambda: self.box.line.setText(text))
        self._loop.exec()
        self.burned = 1000 * (process_time() - before)
        return 1000 * (perf_counter() - start)


def open_cards(program: Program) -> None:
    """Every card; prints the milliseconds from the database's answer until the page is laid out, painted and at
    rest.
    """
    opened = OpenedCards(program)
    print(json.dumps([opened.milliseconds(customer_id) for customer_id in json.load(sys.stdin)]))


def open_bare(program: Program) -> None:
    """Every card, in turn with a bare window that shows the same words in the same boxes; prints for each milliseconds,
    those of the processor, and those of the bare window's.
    """
    opened = OpenedCards(program)
    bare = BareWindow(opened.page.size())
    took = []
    for customer_id in json.load(sys.stdin):
        waited = opened.milliseconds(customer_id)
        wait(lambda: program.jobs.pending() == 0)
        took.append((waited, opened.burned, bare.milliseconds(painted_by(opened.page))))
    bare.close()
    print(json.dumps(took))


class OpenedCards:
    """Opens cards in the window, and tells how long each took."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._took = self.burned = 0.0
        self._loop, self._history = QEventLoop(), Paints()
        self._list: QWidget | None = None
        self._plain = program.jobs.run
        program.jobs.run = self._run  # type: ignore[method-assign]
        self.milliseconds(1)
        page = program.window.shell.page() if program.window.shell else None
        assert isinstance(page, CardPage)
        self.page = page
        self._list = page.history.list.viewport()
        self._list.installEventFilter(self._history)

    def milliseconds(self, customer_id: int) -> float:
        """How long it took from the database's answer until the card was painted and at rest."""
        self._program.context.open_customer(customer_id)
        self._loop.exec()
        return self._took

    def _run(self, fn: Callable[..., Any], *args: Any, done: Callable[[Any], None] | None = None, **kw: Any) -> None:
        if fn.__name__ != "open_card" or done is None:
            return self._plain(fn, *args, done=done, **kw)
        tell = done

        def answered(card: Any) -> None:
            self._history.count = 0
            start, before = perf_counter(), process_time()
            tell(card)
            QCoreApplication.processEvents()
            while self._list and not (self._history.count or self._list.visibleRegion().isEmpty()):
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            self._took, self.burned = 1000 * (perf_counter() - start), 1000 * (process_time() - before)
            self._loop.quit()

        return self._plain(fn, *args, done=answered, **{**kw, "owner": self._program.context})


def behind(program: Program) -> None:
    """Type faster than anybody: with nothing else going on, while all is done that is done once a day, and while the
    file is checked. Prints what ``benchmarks.background`` reads.
    """
    typist = Typist(program, list(map(json.loads, sys.stdin)))
    typist.type(lambda pressed: pressed == TYPED_ALONE)
    found: dict[str, Any] = {"alone": typist.take()}
    with TemporaryDirectory(dir=program.path.parent) as folder:
        found["backup"] = _during(program, typist, maintenance.look_after, Path(folder))
    found["check"] = _during(program, typist, maintenance.check)
    whole = _checked(program, None)
    found["stopped"] = [_checked(program, part * whole / STOPS) for part in range(STOPS)]
    print(json.dumps(found))


def _during(program: Program, typist: Typist, work: Callable[..., Any], *args: Any) -> dict[str, Any]:
    """Type for as long as some work takes."""
    shares: list[float] = []
    ended: list[object] = []
    start = perf_counter()
    program.jobs.work(
        work, *args, owner=program, progress=lambda _text, share: shares.append(share), done=ended.append,
        failed=ended.append,
    )
    typist.type(lambda _pressed: bool(ended))
    if isinstance(ended[0], Exception):
        raise ended[0]
    return {"seconds": perf_counter() - start, "keys": typist.take(), "shares": shares}


def _checked(program: Program, stop_after: float | None) -> float:
    """Milliseconds a check takes; or those from the wish to stop it, so many milliseconds after it began, until it has.
    """
    since = perf_counter()
    ended: list[float] = []

    def stop() -> None:
        nonlocal since
        since = perf_counter()
        handle.cancel()

    def end(_answer: object) -> None:
        ended.append(perf_counter())

    handle = program.jobs.work(
        maintenance.check, progress=lambda _text, _share: None, done=end, failed=end, owner=program
    )
    if stop_after is not None:
        QTimer.singleShot(round(stop_after), stop)
    wait(lambda: bool(ended))
    return 1000 * max(0.0, ended[0] - since)


def unlock(path: Path) -> None:
    """Type the passphrase that is asked for; prints the seconds from Enter until Today is painted, and of Argon2id."""
    passphrase = sys.stdin.read()
    program = started(path, None)
    wait(lambda: isinstance(program.window.cover, UnlockPage))
    page = program.window.cover
    assert isinstance(page, UnlockPage)
    page.line.setText(passphrase)
    QCoreApplication.processEvents()
    start = perf_counter()
    page.open_button.click()
    wait(program.stands)  # which it says once Today is painted
    whole = perf_counter() - start
    start = perf_counter()
    derive(passphrase, bytes(SALT_BYTES))
    print(json.dumps([whole, perf_counter() - start]))
    program.finish()


TASKS = {
    "settle": settle, "type": type_all, "type_bare": type_bare, "cards": open_cards, "cards_bare": open_bare,
    "behind": behind,
}


def main(task: str, path: str) -> None:
    """Open the window, do the task, close."""
    if task == "unlock":
        unlock(Path(path))
        return
    program = open_window(Path(path))
    TASKS[task](program)
    program.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
