"""Work off the window's thread: order, stale answers, errors, closing."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from kapperboek.domain.views.saved import Saved
from kapperboek.ui.core.jobs import Jobs
from kapperboek.ui.core.signals import Told


class PlainBook:
    """A book that only tells its thread; jobs never looks into a notebook."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.closed = False

    def again(self) -> PlainBook:
        return PlainBook()

    def explained(self, error: Exception) -> Exception:
        return error

    def close(self) -> None:
        assert threading.get_ident() == self.thread, "closed on another thread"
        self.closed = True


@pytest.fixture
def jobs(qtbot: QtBot) -> Any:
    jobs = Jobs()
    opened: list[object] = []
    jobs.open(PlainBook, opened.append, lambda error: pytest.fail(str(error)))
    qtbot.waitUntil(lambda: len(opened) == 1)
    yield jobs
    jobs.close()


def test_answers_arrive_in_order_on_the_windows_thread(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[tuple[int, int]] = []
    for number in range(20):
        jobs.run(lambda book, n=number: n, done=lambda n: got.append((n, threading.get_ident())))
    qtbot.waitUntil(lambda: jobs.pending() == 0)
    assert got == [(n, threading.get_ident()) for n in range(20)]


def test_work_asked_while_it_is_being_opened_waits_for_that(qtbot: QtBot) -> None:
    """It was lost, and whoever waited until nothing was under way waited for ever."""
    jobs, hold, got = Jobs(), threading.Event(), []  # type: ignore[var-annotated]

    def opener() -> PlainBook:
        hold.wait(60)
        return PlainBook()

    jobs.open(opener, lambda _nothing: None, lambda error: pytest.fail(str(error)))
    jobs.work(lambda book: "done", done=got.append)
    hold.set()
    qtbot.waitUntil(lambda: jobs.pending() == 0)
    assert got == ["done"]
    jobs.close()


def test_everything_runs_on_the_thread_of_the_connection(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[bool] = []
    jobs.run(lambda book: book.thread == threading.get_ident(), done=got.append)
    qtbot.waitUntil(lambda: got == [True])


def test_a_newer_question_makes_the_older_one_stale(jobs: Jobs, qtbot: QtBot) -> None:
    hold, ran, got = threading.Event(), [], []  # type: ignore[var-annotated]
    jobs.run(lambda book: hold.wait(60))
    for number in range(5):
        jobs.run(lambda book, n=number: ran.append(n) or n, done=got.append, key="search")
    hold.set()
    qtbot.waitUntil(lambda: jobs.pending() == 0)
    assert got == [4] and ran == [4]


def test_an_answer_already_under_way_is_dropped_too(jobs: Jobs, qtbot: QtBot) -> None:
    ran, got = threading.Event(), []  # type: ignore[var-annotated]
    jobs.run(lambda book: ran.set(), done=got.append, key="search")
    assert ran.wait(60)
    jobs.drop("search")
    qtbot.waitUntil(lambda: jobs.pending() == 0)
    assert got == []


def test_an_error_comes_to_who_asked_or_else_to_everybody(jobs: Jobs, qtbot: QtBot) -> None:
    def fails(book: object) -> None:
        raise ValueError("no")

    mine: list[Exception] = []
    everybody: list[Exception] = []
    jobs.failed.connect(everybody.append)
    jobs.run(fails, failed=mine.append)
    jobs.run(fails)
    qtbot.waitUntil(lambda: jobs.pending() == 0)
    assert [type(e) for e in (*mine, *everybody)] == [ValueError, ValueError]


def test_a_bug_in_one_answer_takes_no_other_along(jobs: Jobs, qtbot: QtBot) -> None:
    quiet: list[bool] = []
    jobs.idle.connect(lambda: quiet.append(True))
    with qtbot.capture_exceptions() as caught:
        jobs.run(lambda book: 1, done=lambda _one: [][0])
        qtbot.waitUntil(lambda: bool(quiet))
    assert [kind for kind, *_rest in caught] == [IndexError]


def test_no_answer_for_an_owner_that_is_gone(jobs: Jobs, qtbot: QtBot) -> None:
    owner, got = QObject(), []  # type: ignore[var-annotated]
    hold = threading.Event()
    jobs.run(lambda book: hold.wait(60), done=got.append, owner=owner)
    delete(owner)
    hold.set()
    qtbot.waitUntil(lambda: jobs.pending() == 0)
    assert got == []


def test_what_was_saved_is_told_before_the_caller_goes_on(jobs: Jobs, qtbot: QtBot) -> None:
    order: list[str] = []
    saved = Saved(1, "x", frozenset(), frozenset())
    jobs.saved.connect(lambda _saved: order.append("bus"))
    jobs.run(lambda book: saved, done=lambda _saved: order.append("caller"))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["bus", "caller"]


def test_closing_waits_for_every_save(qtbot: QtBot) -> None:
    jobs, wrote = Jobs(), []
    jobs.open(PlainBook, lambda _n: None, lambda _e: None)
    for number in range(50):
        jobs.run(lambda book, n=number: wrote.append(n))
    jobs.close()
    assert wrote == list(range(50))


def test_work_goes_on_after_its_connection_could_not_be_made(qtbot: QtBot) -> None:
    """The file was away for a moment: what is asked later, and closing, must not wait for ever."""

    class Away(PlainBook):
        def again(self) -> PlainBook:
            if not told:
                raise OSError("away")
            return PlainBook()

    jobs, told, got = Jobs(), list[Exception](), list[int]()
    for _opening in range(2):
        told.clear()
        jobs.open(Away, lambda _n: None, lambda _e: None)
        jobs.work(lambda book: 1, done=got.append, failed=told.append)
        qtbot.waitUntil(lambda: len(told) == 1)
        jobs.work(lambda book: 2, done=got.append)
        qtbot.waitUntil(lambda: jobs.pending() == 0)
        jobs.close()
    assert got == [2, 2]


def test_long_work_tells_how_far_and_can_be_stopped(jobs: Jobs, qtbot: QtBot) -> None:
    started = threading.Event()

    def long(book: PlainBook, *, progress: Any, cancelled: Any) -> str:
        progress("half", 0.5)
        started.set()
        while not cancelled():
            pass
        return "stopped"

    told: list[tuple[str, float]] = []
    got: list[str] = []
    handle = jobs.work(long, progress=lambda text, share: told.append((text, share)), done=got.append)
    assert started.wait(60)
    handle.cancel()
    qtbot.waitUntil(lambda: got == ["stopped"])
    assert told == [("half", 0.5)]


def test_opening_that_fails_says_why_and_may_be_tried_again(qtbot: QtBot) -> None:
    jobs, errors, opened = Jobs(), [], []  # type: ignore[var-annotated]

    def broken() -> PlainBook:
        raise OSError("no disk")

    jobs.open(broken, opened.append, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert not jobs.is_open()
    jobs.open(PlainBook, opened.append, errors.append)
    qtbot.waitUntil(lambda: len(opened) == 1)
    jobs.close()


def test_a_lambda_of_a_closed_dialog_is_not_called() -> None:
    class Dialog(QObject):
        def __init__(self, told: Told, heard: list[str]) -> None:
            super().__init__()
            told.connect(lambda what: (self.objectName(), heard.append(what)))

    told, heard = Told(), []  # type: ignore[var-annotated]
    one, two = Dialog(told, heard), Dialog(told, heard)
    delete(one)
    told.emit("hello")
    assert heard == ["hello"] and two is not None


def test_long_work_stands_still_for_a_question_once(jobs: Any, qtbot: QtBot) -> None:
    """It goes on when the answer is there; or after a moment, when the answer waits for the work itself."""
    order: list[str] = []
    started, hurry = threading.Event(), threading.Event()

    def question(_book: PlainBook) -> None:
        order.append("asked")
        started.set()
        if not hurry.is_set():
            assert hurry.wait(60), "the work did not go on"
        order.append("answered")

    def work(_book: PlainBook, *, progress: object, cancelled: Any) -> None:
        assert started.wait(60)
        assert not cancelled()  # as long as it waits for us we wait no longer than a moment
        order.append("worked")
        hurry.set()

    jobs.run(question)
    jobs.work(work, progress=lambda _text, _share: None)
    qtbot.waitUntil(lambda: jobs.pending() == 0)
    assert order == ["asked", "worked", "answered"]


def test_a_question_goes_before_the_next_step_of_long_work(jobs: Any, qtbot: QtBot, monkeypatch: Any) -> None:
    monkeypatch.setattr("kapperboek.ui.core.jobs.MOMENT", 10.0)
    order: list[str] = []
    started, asked = threading.Event(), threading.Event()

    def work(_book: PlainBook, *, progress: object, cancelled: Any) -> None:
        started.set()
        assert asked.wait(60)
        cancelled()
        order.append("worked")

    def question(_book: PlainBook) -> None:
        asked.set()
        order.append("answered")

    jobs.work(work, progress=lambda _text, _share: None)
    assert started.wait(60)
    jobs.run(question)
    qtbot.waitUntil(lambda: jobs.pending() == 0)
    assert order == ["answered", "worked"]
