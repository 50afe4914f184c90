"""The window joins and works in what saves left, once nobody asks for anything."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from kapperboek.services.customers import customers
from kapperboek.storage.derived import full_text
from kapperboek.storage.opening import open_notebook
from kapperboek.ui.app.program import Program
from tests.conftest import KEY


def test_a_quiet_moment_is_used(program: Program, qtbot: QtBot) -> None:
    def left_to_us() -> bool:
        """FTS5 no longer joins by itself: that is switched off by who does it first."""
        with open_notebook(program.path, key=KEY, read_only=True) as book:
            asked = (f"SELECT v FROM {table}_config WHERE k = 'automerge'" for table in full_text.TABLES)
            return [book.value(sql) for sql in asked] == [0] * len(full_text.TABLES)

    program.jobs.run(customers.add_line, 1, "warning", "Bellen na vijf uur")
    qtbot.waitUntil(left_to_us)
    qtbot.waitUntil(lambda: program.jobs.pending() == 0)
