"""One window per notebook, and a door that understands one word."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from kapperboek.ui.app.program import Program
from kapperboek.ui.core.single_instance import SingleInstance


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def test_the_second_start_raises_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "a")
    assert first.is_first() and first.listen()
    assert not second.is_first()
    with qtbot.waitSignal(first.raised):
        assert second.raise_first()
    first.close()
    assert SingleInstance(tmp_path / "a").is_first()


def test_another_notebook_has_its_own_window(tmp_path: Path, qtbot: QtBot) -> None:
    one, other = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert one.is_first() and other.is_first()
    one.close()
    other.close()


def test_a_socket_left_behind_by_a_crash_is_no_obstacle(tmp_path: Path, qtbot: QtBot) -> None:
    import socket

    instance = SingleInstance(tmp_path / "a")
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(tmp_path / instance.name))
    left.close()  # closed without being removed, as a killed program leaves it
    assert instance.is_first() and instance.listen()
    instance.close()


@pytest.mark.parametrize("said", [
    b"show 999999999999999999", b"show -1", b"open /etc/passwd", b"raise!", b"x" * 1_000_000, b"\0\0\0\0\0\0",
])
def test_anything_else_is_not_heard(tmp_path: Path, qtbot: QtBot, said: bytes) -> None:
    first = SingleInstance(tmp_path / "a")
    assert first.is_first() and first.listen()
    heard: list[bool] = []
    first.raised.connect(lambda: heard.append(True))
    visitor = QLocalSocket()
    visitor.connectToServer(str(tmp_path / first.name))
    assert visitor.waitForConnected(1000)
    visitor.write(said)
    qtbot.waitUntil(lambda: visitor.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert not heard
    first.close()


def test_a_card_that_is_none_is_no_bug(program: Program, qtbot: QtBot) -> None:
    for customer_id in (0, 999_999_999, 1):
        program.show_card(customer_id)
        qtbot.waitUntil(lambda: program.jobs.pending() == 0)
    shell = program.window.shell
    assert shell is not None and shell.place().kw["customer_id"] == 1
