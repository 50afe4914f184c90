"""Single instance, one running window per notebook: a second start raises the first and goes home.

A lock file tells who is first (QLockFile sees by the process id when its owner died); the door is a local
socket that understands one word. QtNetwork is loaded only by a second start, or once the first window
stands.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, QStandardPaths, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

RAISE = b"raise"
SHOW = b"show "  # and the id of a card in digits
LONGEST = len(SHOW) + 9  # nobody has so many customers that an id is longer, and Qt knows no longer numbers
WAIT = 500  # milliseconds for one attempt to reach the first window
ATTEMPTS = 10  # it may still be starting
PATIENCE = 100  # milliseconds a visitor may be silent; it writes before we can look


class SingleInstance(QObject):
    """Says whether this is the first window on the notebook, and hears of later ones."""

    raised = Signal()
    show_wished = Signal(int)

    def __init__(self, notebook: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._name_it(notebook)

    def _name_it(self, notebook: Path) -> None:
        # Qt's own digest: Python's loads all of OpenSSL, 9 ms before the first window
        real = os.fsencode(os.path.realpath(notebook))
        digest = QCryptographicHash.hash(real, QCryptographicHash.Algorithm.Sha256)
        self.name = "kapperboek-" + bytes(digest.data()).hex()[:20]
        place = QStandardPaths.StandardLocation
        # Without that variable Qt makes a folder of its own and complains about it.
        own = os.environ.get("XDG_RUNTIME_DIR") if os.name == "posix" else None
        folder = own or QStandardPaths.writableLocation(place.TempLocation)
        self._address = str(Path(folder) / self.name)
        self._lock = QLockFile(f"{self._address}.lock")
        self._lock.setStaleLockTime(0)

    def is_first(self) -> bool:
        """Take the notebook's lock if nobody else has its window open; tells whether it is ours from then on."""
        return self._lock.tryLock(0)

    def raise_first(self, card: int = 0) -> bool:
        """Ask the window that is open to come to the front, with this card if any; False when it doesn't answer."""
        from PySide6.QtNetwork import QLocalSocket

        for _attempt in range(ATTEMPTS):
            socket = QLocalSocket()
            socket.connectToServer(self._address)
            if socket.waitForConnected(WAIT):
                socket.write(SHOW + str(card).encode() if card else RAISE)
                socket.waitForBytesWritten(WAIT)
                socket.disconnectFromServer()
                return True
            QThread.msleep(WAIT // 2)
        return False

    def listen(self) -> bool:
        """Open the door. A socket left behind by a crash is in nobody's use (the lock is ours), so it is
        removed.
        """
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._visited)
        if self._server.listen(self._address):
            return True
        QLocalServer.removeServer(self._address)
        return self._server.listen(self._address)

    def follow(self, notebook: Path) -> None:
        """The notebook goes by another name now: who starts on that comes to this window too."""
        self.close()
        self._name_it(notebook)
        if self.is_first():
            self.listen()

    def _visited(self) -> None:
        """Hear one of two words; anything else, or silence, ends the visit. At most a few bytes are ever read."""
        while self._server is not None and (visitor := self._server.nextPendingConnection()) is not None:
            visitor.setReadBufferSize(LONGEST + 1)
            while visitor.bytesAvailable() < len(RAISE) and visitor.waitForReadyRead(PATIENCE):
                pass
            said = bytes(visitor.read(LONGEST + 1).data())
            visitor.abort()
            visitor.deleteLater()
            if said == RAISE:
                self.raised.emit()
            elif said.startswith(SHOW) and len(said) <= LONGEST and (digits := said[len(SHOW) :]).isdigit():
                self.raised.emit()
                self.show_wished.emit(int(digits))

    def close(self) -> None:
        """Let the next start be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()
