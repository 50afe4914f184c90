"""Placement of the window on the screen: whole, its title bar included, also on a screen smaller than last time."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL = (1440, 900)
FRAME = QMargins(4, 36, 4, 4)  # title bar and edges until the window manager tells how large they really are


def give_place(window: QWidget, text: str) -> bool:
    """Put a window that is not shown yet where it stood last time; True when it had better fill the screen."""
    main = QGuiApplication.primaryScreen()
    others = [screen for screen in QGuiApplication.screens() if screen is not main]
    inner, full = place_for(text, [screen.availableGeometry() for screen in (main, *others)])
    window.setGeometry(inner)
    return full


def stand_inside(window: QWidget) -> None:
    """Once the window manager has put a frame around it: title bar and lower edge stay on the screen."""
    handle = window.windowHandle()
    if handle is not None and not window.isMaximized() and not window.isFullScreen():
        inner = moved_inside(window.geometry(), window.screen().availableGeometry(), handle.frameMargins())
        if inner != window.geometry():
            window.setGeometry(inner)


def place_for(text: str, screens: list[QRect]) -> tuple[QRect, bool]:
    """The place for the inside of the window, and whether it is to fill the screen.

    ``text`` is what was remembered (``x,y,width,height``), ``screens`` what each has room for, the main one first.
    """
    wanted = _read(text)
    overlap = [_area(screen.intersected(wanted)) for screen in screens]
    if wanted.isValid() and max(overlap, default=0):
        return moved_inside(wanted, screens[overlap.index(max(overlap))], FRAME), False
    screen = screens[0]
    usual = QRect(0, 0, *USUAL)
    usual.moveCenter(screen.center())
    too_large = not _fits(usual.marginsAdded(FRAME), screen)
    return moved_inside(usual, screen, FRAME), too_large


def moved_inside(inner: QRect, screen: QRect, frame: QMargins) -> QRect:
    """Rectangle made smaller and moved as far as is needed to have it on the screen with its frame."""
    room = screen.marginsRemoved(frame)
    size = inner.size().boundedTo(room.size())
    x = min(max(inner.x(), room.x()), room.x() + room.width() - size.width())
    y = min(max(inner.y(), room.y()), room.y() + room.height() - size.height())
    return QRect(x, y, size.width(), size.height())


def _fits(rect: QRect, screen: QRect) -> bool:
    return rect.width() <= screen.width() and rect.height() <= screen.height()


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0


def _read(text: str) -> QRect:
    parts = [part for part in text.split(",") if len(part) < 8 and part.removeprefix("-").isdecimal()]
    numbers = [int(part) for part in parts]
    return QRect(*numbers) if len(numbers) == 4 else QRect()
