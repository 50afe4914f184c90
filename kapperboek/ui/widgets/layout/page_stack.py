"""Stack of pages with one in front, and scrolling when the window is smaller than it.

QStackedWidget was tried: it is never smaller than the largest of its pages, and at twice the text size that made the
window larger than a small screen.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from kapperboek.ui.widgets.frames import scrolling


class _Area(QScrollArea):
    """Scroll area of pages, by wheel and by focus; arrows that a page does not want go on to the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class Pages(QWidget):
    """Stack of pages, as large as there is room, and never smaller than the page in front needs."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[QWidget] = []
        self._front: QWidget | None = None

    def in_scroll_area(self) -> QScrollArea:
        """Scroll area around the stack, to put in a layout."""
        area = scrolling(self, _Area())
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setMinimumSize(1, 1)
        return area

    def take_away(self, page: QWidget) -> None:
        """Take a page away; another is to be brought to the front if it was that one."""
        self.pages.remove(page)
        if self._front is page:
            self._front = None
        page.hide()
        page.deleteLater()

    def add(self, page: QWidget) -> None:
        """Add a page, behind the one in front."""
        self.pages.append(page)
        page.hide()
        page.setParent(self)
        page.installEventFilter(self)

    def bring_to_front(self, page: QWidget) -> None:
        """Bring a page to the front; the one that was there is hidden."""
        before, self._front = self._front, page
        page.setGeometry(self.rect())
        page.show()
        if before is not None and before is not page:
            before.hide()
        self.updateGeometry()

    def front(self) -> QWidget | None:
        """Page in front."""
        return self._front

    def minimumSizeHint(self) -> QSize:
        """Minimum size of the page in front, rows that go on at the next line included."""
        if self._front is None:
            return QSize()
        least, layout = self._front.minimumSizeHint(), self._front.layout()
        if layout is not None and layout.hasHeightForWidth():
            wrapped = layout.minimumHeightForWidth(max(self.width(), least.width()))
            least.setHeight(max(least.height(), wrapped))
        return least

    def sizeHint(self) -> QSize:
        return self._front.sizeHint() if self._front is not None else QSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self._front:
            self.updateGeometry()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._front is not None:
            self._front.setGeometry(self.rect())
            if event.size().width() != event.oldSize().width():
                self.updateGeometry()
