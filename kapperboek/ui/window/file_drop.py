"""File drop: files held over the window light it up, with what letting go does; dropped, they are looked into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.page import Page
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from kapperboek.ui.widgets.text_labels import Icon, Label


def files_of(event: QDropEvent) -> list[Path]:
    """The files of this computer that are held over the window."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def may_drop(context: Context, page: Page | None) -> bool:
    """Tell whether files may be dropped on this page in front: not while the window is locked (there is none), asks
    something or reads other files.
    """
    return page is not None and page.takes_files() and not open_sheets() and context.jobs.is_open()


def take(context: Context, page: Page | None, event: QDropEvent) -> None:
    """Look into the files that were let go of."""
    paths = files_of(event)
    if paths and may_drop(context, page):
        event.acceptProposedAction()
        context.open_page("importing", paths=paths)


class DropSign(QWidget):
    """Lies over the whole window while a file hangs over it, and gives what is let go of to ``take``."""

    def __init__(self, window: QWidget, take: Callable[[QDropEvent], object]) -> None:
        super().__init__(window)
        self._take = take
        words = _("Let go to import this")
        self.setAccessibleName(words)
        self.setAcceptDrops(True)
        self.label = Label(words, size=22, weight=650, token="petrol", wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        more = Label(_("You first see what it becomes; nothing is written yet."), token="soft", wrap=True)
        more.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box = vbox(self, gap=8, margins=(40, 40, 40, 40))
        box.addStretch(1)
        box.addWidget(Icon("import", "petrol", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.label)
        box.addWidget(more)
        box.addStretch(1)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._go()

    def dropEvent(self, event: QDropEvent) -> None:
        self._go()
        self._take(event)

    def _go(self) -> None:
        self.hide()
        self.deleteLater()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.color("petrol_tint"))
        ground.setAlphaF(0.95)  # where one was still shines through a little; words are read all the same
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(theme.color("petrol"), theme.px(3), Qt.PenStyle.DashLine))
        inset = theme.px(14)
        around = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(around, theme.px(18), theme.px(18))
