"""Jobs, work off the window's thread: one database thread with the one notebook connection, one worker with its own.

QThreadPool and asyncio were considered and not taken: a connection belongs to one thread for life, and two
plain threads with a queue each are all there is to it. Answers come back through one queue, emptied by one
queued signal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from kapperboek.domain.views.saved import Saved
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.core.signals import owner_of

SWITCH = 0.0005  # seconds one thread may keep Python to itself; its own 5 ms, several times a letter, would be seen
MOMENT = 0.05  # seconds at most that long work stands still for one question


class Book(Protocol):
    """Notebook as far as jobs need to know it."""

    def again(self) -> Any: ...

    def explained(self, error: Exception) -> Exception: ...
    def close(self) -> None: ...


class Handle:
    """A long job under way; ``cancel()`` asks it to stop, which it does at its next chunk."""

    def __init__(self) -> None:
        self._cancelled = Event()

    def cancel(self) -> None:
        self._cancelled.set()

    def cancelled(self) -> bool:
        return self._cancelled.is_set()


class _Job(NamedTuple):
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kw: dict[str, Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    key: str
    ticket: int
    owner: QObject | None


class Jobs(QObject):
    """Runs functions that take the notebook first; their answers arrive on the window's thread, in order."""

    saved = Signal(object)  # a job gave back a Saved: the one place where the window hears that something was saved
    failed = Signal(object)  # a job failed and its caller did not ask to hear of it
    idle = Signal()  # nothing is waiting or running
    _ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: SimpleQueue[tuple[Callable[..., None] | None, Any, _Job | None]] = SimpleQueue()
        self._ready.connect(self._deliver)
        self._database: SimpleQueue[_Job | None] = SimpleQueue()
        self._worker: SimpleQueue[_Job | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._handles: list[Handle] = []
        self._tickets: dict[str, int] = {}
        self._count = 0
        self._pending = 0
        self._answered = Event()  # nobody waits for the database thread
        self._answered.set()
        self._opened = Event()  # nothing is being opened: it is open, or could not be
        self._opened.set()
        self._gave_way_to = 0
        sys.setswitchinterval(SWITCH)
        self._book: Book | None = None

    # --- opening and closing -------------------------------------------------------------------------

    def open(
        self, opener: Callable[[], Book], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Start the database thread and open the notebook there; ``done`` gets None, ``failed`` why it
        cannot."""
        self._pending += 1
        self._opened.clear()
        thread = Thread(
            target=self._serve_database, args=(opener, done, failed), name="database", daemon=True
        )
        self._threads.append(thread)
        thread.start()

    def is_open(self) -> bool:
        return self._book is not None

    def pending(self) -> int:
        """Number of jobs that are waiting or running, or have an answer under way."""
        return self._pending

    def cancel_work(self) -> None:
        """Ask every long job to stop."""
        for handle in self._handles:
            handle.cancel()

    def close(self) -> None:
        """Stop taking work, cancel what can be cancelled, and wait until every save already asked for is
        done."""
        self.cancel_work()
        for thread in [t for t in self._threads if t.name == "worker"]:
            self._worker.put(None)
            thread.join()
        self._database.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        self._book = None

    # --- asking -------------------------------------------------------------------------------------

    def run(
        self,
        fn: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        key: str = "",
        owner: QObject | None = None,
        **kw: Any,
    ) -> None:
        """Run ``fn(book, *args, **kw)`` on the database thread.

        A later job with the same ``key`` makes earlier ones stale: not run if still waiting, their answer
        dropped
        otherwise. So a key is for questions, never for saves. ``owner``: no answer once this object is
        gone (a method, or a lambda that speaks of ``self``, has that as its owner).
        """
        self._pending += 1
        self._answered.clear()
        self._database.put(self._job(fn, args, kw, done, failed, key, owner))

    def work(
        self,
        fn: Callable[..., Any],
        *args: Any,
        progress: Callable[[str, float], None] | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
        **kw: Any,
    ) -> Handle:
        """Run ``fn(book, *args, progress=…, cancelled=…, **kw)`` on the worker thread with its own
        connection.

        ``progress(text, share 0–1)`` is called on the window's thread; without it fn gets neither keyword.
        """
        handle = Handle()
        if progress is not None:
            said = self._job(fn, (), {}, None, None, "", owner)
            kw["progress"] = lambda text, share: self._answer(
                lambda both: progress(*both), (text, share), said
            )
            kw["cancelled"] = lambda: self._cancelled(handle)
        self._handles.append(handle)
        self._pending += 1
        if not any(thread.name == "worker" for thread in self._threads):
            thread = Thread(target=self._serve_worker, name="worker", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._worker.put(self._job(fn, args, kw, done, failed, "", owner))
        return handle

    def on_every_connection(self, fn: Callable[[Any], Any]) -> None:
        """Run this on each connection with the notebook that there is."""
        self.run(fn)
        if any(thread.name == "worker" for thread in self._threads):
            self.work(fn)

    def _cancelled(self, handle: Handle) -> bool:
        """Check for cancellation, asked by long work between its steps. While somebody waits for an answer it stands
        still there: with the two sharing Python and the processor the answer takes three times as long. Once for each
        question and no more than a moment, because a save may itself be waiting for this work to let go of the file.
        """
        if not self._answered.is_set() and self._gave_way_to != self._count:
            self._gave_way_to = self._count
            self._answered.wait(MOMENT)
        return handle.cancelled()

    def drop(self, key: str) -> None:
        """Make all earlier jobs with this key stale."""
        self._count += 1
        self._tickets[key] = self._count

    def _job(self, fn: Any, args: Any, kw: Any, done: Any, failed: Any, key: str, owner: Any) -> _Job:
        self._count += 1
        if key:
            self._tickets[key] = self._count
        owner = owner or owner_of(done)
        return _Job(fn, args, kw, done, failed, key, self._count, owner)

    def _stale(self, job: _Job) -> bool:
        return bool(job.key) and self._tickets.get(job.key) != job.ticket

    # --- the two threads ----------------------------------------------------------------------------

    def _serve_database(self, opener: Callable[[], Book], done: Any, failed: Any) -> None:
        try:
            book = opener()
        except Exception as error:
            self._opened.set()
            self._answer(failed, error, None, last=True)
            while not self._database.empty():  # what was asked meanwhile is asked again once it opens
                self._database.get()
                self._answer(None, None, None, last=True)
            return
        self._book = book
        self._opened.set()
        self._answer(done, None, None, last=True)
        self._serve(self._database, book)

    def _serve_worker(self) -> None:
        """Serve the worker thread: its connection is made for the first job, or where that fails for the next."""
        book: Book | None = None
        while (job := self._worker.get()) is not None:
            self._opened.wait()
            if self._book is None:  # it could not be opened: what was asked is asked again once it is
                self._answer(None, None, None, last=True)
                continue
            try:
                book = book or self._book.again()
            except Exception as error:
                self._finish(job, self._book.explained(error), job.failed or self.failed.emit)
            else:
                self._run(job, book)
            del job  # it knows who asked, and what
        if book is not None:
            book.close()

    def _serve(self, queue: SimpleQueue[_Job | None], book: Book) -> None:
        while (job := queue.get()) is not None:
            self._run(job, book)
            del job  # while nobody asks, nothing is known of who asked last
            if queue is self._database and queue.empty():
                self._answered.set()
        book.close()

    def _run(self, job: _Job, book: Book) -> None:
        if self._stale(job):
            self._answer(None, None, None, last=True)
            return
        try:
            result = job.fn(book, *job.args, **job.kw)
        except Exception as error:
            self._finish(job, book.explained(error), job.failed or self.failed.emit)
        else:
            self._finish(job, result, job.done)

    def _finish(self, job: _Job, result: Any, callback: Any) -> None:
        if isinstance(result, Saved):
            self._answer(self.saved.emit, result, None)
        self._answer(callback, result, job, last=True)

    def _answer(self, callback: Any, value: Any, job: _Job | None, last: bool = False) -> None:
        self._answers.put((callback, value, job))
        if last:
            self._answers.put((self._one_less, None, None))
        self._ready.emit()

    # --- back on the window's thread -------------------------------------------------------------------

    def _deliver(self) -> None:
        while not self._answers.empty():
            callback, value, job = self._answers.get()
            gone = job is not None and (
                self._stale(job) or (job.owner is not None and not isValid(job.owner))
            )
            if callback is not None and not gone:
                try:
                    callback(value)
                except BaseException:
                    later(self, self._deliver)  # a bug in one takes no other answer along
                    raise

    def _one_less(self, _nothing: object) -> None:
        self._pending -= 1
        if self._pending == 0:
            self.idle.emit()
