"""What the window takes from elsewhere: the door for second starts, half-typed work, settings, how it looked last time.

The window is real, on a screen in memory; a bug is what it would have written a report of.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

from kapperboek.services import drafts
from kapperboek.services import settings as shop_settings
from kapperboek.services.customers import customers
from kapperboek.services.keeping import notebooks
from kapperboek.storage.opening import open_notebook
from kapperboek.ui.app.program import Program, application
from kapperboek.ui.core import window_state
from kapperboek.ui.core.single_instance import SingleInstance
from tests.conftest import KEY, NOW
from tests.fuzz.importers import somebody
from tests.fuzz.target import Choices, Target

PATIENCE = 20.0  # seconds of processor time until the window must have answered


def until(stands: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    end = time.process_time() + PATIENCE
    while not stands():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        assert time.process_time() < end, "the window does not answer"


class Door(Target):
    """The local socket: only the two words it knows do anything, with an id that can be one."""

    name = "socket"
    tokens = (b"raise", b"show ", b"show 1", b"\x00", b"9" * 18, b"-1", b"\xd9\xa1", b"\n")

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        application()
        before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = str(room)
        try:
            self.door = SingleInstance(room / "boek.kapperboek")
        finally:
            if before is None:
                del os.environ["XDG_RUNTIME_DIR"]
            else:
                os.environ["XDG_RUNTIME_DIR"] = before
        assert self.door.is_first() and self.door.listen()
        self.heard: list[object] = []
        self.door.raised.connect(lambda: self.heard.append("raised"))
        self.door.show_wished.connect(self.heard.append)

    def seeds(self) -> list[bytes]:
        return [b"raise", b"show 12", b"", b"show ", b"show 2147483648", b"show 999999999999999999", b"raise" * 99]

    def run(self, data: bytes) -> None:
        self.heard.clear()
        with socket.socket(socket.AF_UNIX) as visitor:
            visitor.settimeout(2)
            visitor.connect(self.door._address)
            with suppress(OSError):  # the door may be shut in its face
                visitor.sendall(data)
                visitor.shutdown(socket.SHUT_WR)
            for _turn in range(3):
                QCoreApplication.processEvents()
        number = data[5:] if data.startswith(b"show ") and data[5:].isdigit() else b""
        allowed: list[list[object]] = [[]]
        if data == b"raise":
            allowed = [["raised"]]
        elif number and len(number) <= 18:
            allowed = [["raised", int(number)], ["raised"], []]
        assert self.heard in allowed, (data, self.heard)

    def close(self) -> None:
        self.door.close()
        self.door.deleteLater()


class Windowed(Target):
    """A notebook with somebody in it, and the window on it, made when first needed."""

    share = 0.1

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        self.path = room / "boek.kapperboek"
        self.program: Program | None = None
        self.bugs: list[BaseException] = []
        with notebooks.create(self.path, key=KEY, shop_name="Salon", clock=self.clock, staff_name="Sanne") as book:
            customers.new_customer(book, somebody())
        self.hooks = (sys.excepthook, threading.excepthook)

    def open(self) -> Program:
        """The window, Today filled."""
        program = Program(self.path, key=lambda: KEY, on=NOW.date(), lang="nl", report=self._report)
        self.program = program
        program.start()
        until(lambda: program.furnished() and program.stands() and program.jobs.pending() == 0)
        return program

    def _report(self, error: BaseException) -> Path:
        self.bugs.append(error)
        return self.room / "report.txt"

    def settle(self) -> None:
        """Wait for every answer. Raises what the window would have called a bug."""
        program = self.program
        if program is not None:
            until(lambda: program.jobs.pending() == 0)
            QCoreApplication.processEvents()
        if self.bugs:
            first, self.bugs = self.bugs[0], []
            raise first

    def shut_sheets(self) -> None:
        """Every dialog and the crash window gone."""
        from kapperboek.ui.widgets.sheet.open_sheets import open_sheets

        for sheet in reversed(open_sheets()):
            sheet.close_sheet(False)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close(self) -> None:
        if self.program is not None:
            self.shut_sheets()
            self.program.finish()
            self.program.window.deleteLater()
            self.program.deleteLater()
            self.program = None
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        sys.excepthook, threading.excepthook = self.hooks


KINDS = ("visit", "contact", "follow_up", "customer", "appointment", "card", "forget", "os", "")


class Drafts(Windowed):
    """Half-typed work as it stands in the notebook: offered, gone on with, and put into the form."""

    name = "drafts"
    tokens = (
        b'"note": ', b'"talk": [', b'"points": [["x", "2026-13-01"]]',
        b'"follow": {"chosen": "other", "day": ', b"null",
        b'"record": {"phones": [{"value": ', b'"given_name": ', b'"not_before": ', b'"answers": {"1": ',
        b'"staff_id": ',
        b'"treatments": ', b'"recipe": ', b'"products": [', b'"minutes": ', b'"kind": ', b'"version": ',
        b'"birthday": ',
        b"{}", b"[]", b"1e999", b'"\\ud800"', b'"day": ', b'"what": ', b'"text": ', b"[[[[", b'"time": ', b'"amount": ',
    )

    def seeds(self) -> list[bytes]:
        payloads = (
            b'{"note": "x", "treatments": ["Knippen"], "talk": [], "points": [["thee", ""]], "follow": {}}',
            b'{"kind": "call", "note": "x", "products": [], "day": "23-11", "points": [], "follow": {"chosen": "no"}}',
            b'{"what": "bellen", "day": "morgen", "staff_id": 1}', b'{"record": {"given_name": "An"}, "version": 1}',
            b'{"day": "1-12", "time": "10:00", "minutes": "30", "what": ["Knippen"], "staff_id": 1}',
            b'{"text": "thee", "not_before": "2026-12-01", "answers": {"1": "x"}}', b"{}", b"x", b"null",
        )
        wrong = (b"null", b"[]", b"5", b'"x"', b"{")
        return [bytes([n]) + text for n, text in enumerate(payloads)] + [
            bytes([n]) + text for n in range(len(KINDS)) for text in wrong
        ]

    def run(self, data: bytes) -> None:
        program = self.program or self.open()
        choices = Choices(data)
        kind = KINDS[choices.number(len(KINDS))]
        payload = choices.bytes(len(data)).decode("utf-8", "replace")
        with open_notebook(self.path, key=KEY, clock=self.clock) as book:
            drafts.save(book, f"{kind}-1", kind, 1, payload)
            kept = drafts.drafts(book)
        try:
            from kapperboek.ui.start.drafts_bar import DraftsBar

            bar = DraftsBar(program.context)
            bar.offer(kept)
            for draft in bar.offered():
                bar._go_on_with(draft)
            self.settle()
            bar.deleteLater()
        finally:
            with open_notebook(self.path, key=KEY, clock=self.clock) as book:
                drafts.drop(book, f"{kind}-1")
            self.shut_sheets()
            self.bugs.clear()


SETTINGS = (
    "shop_name", "timezone", "region", "currency", "language", "theme", "text_scale", "promise_days", "discreet_after",
    "lock_after", "retention_years", "recovery_proved_for", "has_passphrase", "backup_memory", "backup_place",
    "document_extra",
)


class Settings(Windowed):
    """The settings as JSON in the notebook, and the lines beside it that tell how the window looked last time."""

    name = "settings"
    tokens = (
        b"null", b"true", b"{}", b"[]", b'"x"', b"-1", b"1e999", b"99999999999999999999",
        b'"../../etc/passwd"', b'"\\u0000"',
        b'"Europe/London"', b'"nl"', b'"dark"', b'{"a": 1}', b"theme=dark\n", b"text_scale=99999\n", b"place=1,2,3,4\n",
        b"full=True\n", b"staff=7\n", b"language=xx\n", b"\xd9\xa1", b"NaN", b'"<b>"', b"place=1,2\n",
        b"text_scale=0\n",
    )

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        with open_notebook(self.path, key=KEY) as book:
            book.value("PRAGMA journal_mode = DELETE")
            named = {row[0] for row in book.rows("SELECT key FROM setting")}
        self.keys = sorted(named | set(SETTINGS))
        self.whole = Path(shutil.copy(self.path, room / "heel.kapperboek"))

    def seeds(self) -> list[bytes]:
        wrong = (b"null", b"[]", b"{}", b"-1", b'"x"', b"1e999", b"99999999999999999999", b"{", b"true", b'"\\u0000"')
        look = b"theme=dark\ntext_scale=150\nlanguage=nl\nplace=1,2,900,700\nfull=False\nshop=S\nstaff=1\n"
        looks = (look, look.replace(b"150", b"9" * 5000), look.replace(b"150", b"99999"), b"place=--1,9,9,9\n")
        return [bytes([n]) + text for n in range(len(self.keys)) for text in wrong] + [b"\xff" + text for text in looks]

    def run(self, data: bytes) -> None:
        choices = Choices(data)
        which = choices.number(256)
        rest = choices.bytes(len(data))
        look = window_state.file_for(self.path)
        for end in ("-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        shutil.copy(self.whole, self.path)
        look.unlink(missing_ok=True)
        if which >= 192:
            look.write_bytes(rest)
        else:
            self._set(self.keys[which % len(self.keys)], rest.decode("utf-8", "replace"))
        try:
            program = self.open()
            for page in ("customers", "follow_ups", "settings", "importing"):
                if program.window.shell is not None:
                    program.window.shell.show_page(page)
                self.settle()
            self.settle()
        finally:
            self.close()
            self.bugs.clear()
        with open_notebook(self.path, key=KEY, clock=self.clock) as book:
            shop_settings.at_start(book)

    def _set(self, key: str, value: str) -> None:
        with open_notebook(self.path, key=KEY) as book:
            book.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?, 1)", (key, value))
            book.value("PRAGMA journal_mode = DELETE")


TARGETS: tuple[type[Target], ...] = (Door, Drafts, Settings)
