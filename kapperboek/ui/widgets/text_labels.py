"""Labels: words on the page, all of it plain text; nothing from outside is ever read as HTML."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.painting import paint

BREAK = "\u200b"  # where a word may go on at the next line; takes no room
LONGEST_WORD = 24  # characters; a longer one would ask for more width than a column has
_LONG = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


class Label(QLabel):
    """Plain text in a size, weight and colour of the theme; wraps when ``wrap``, within a very long word too."""

    def __init__(
        self,
        text: str = "",
        *,
        size: float = 15,
        weight: int = 400,
        token: str = "ink",
        wrap: bool = False,
        mono: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, weight, mono))
        self.setWordWrap(wrap)
        self.set_token(token)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._heights.clear()
        super().setText(_LONG.sub(rf"\g<0>{BREAK}", text) if self.wordWrap() else text)

    def text(self) -> str:
        return super().text().replace(BREAK, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the words as they were typed, without the marks that let them break."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText().replace(BREAK, ""))
        else:
            super().keyPressEvent(event)

    def heightForWidth(self, width: int) -> int:
        """Height for a width, kept: layouts ask for it over and over, and each time the words would be wrapped."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = super().heightForWidth(width)
        return height

    def set_token(self, token: str) -> None:
        """Set another colour."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(token))
        self.setPalette(palette)


class Heading(Label):
    """A title: level 1 of the page, 2 of a card."""

    def __init__(
        self, text: str = "", level: int = 1, token: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            text, size=25 if level == 1 else 15.5, weight=700 if level == 1 else 600, token=token
        )
        if parent is not None:
            self.setParent(parent)


class ElidedLabel(QWidget):
    """Label of one line, shortened with … when there is no room; whole in the tooltip and the accessible name."""

    def __init__(
        self,
        text: str = "",
        *,
        size: float = 15,
        weight: int = 400,
        token: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._font_size, self._weight, self._token = text, size, weight, token
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show this text (its first line)."""
        self._text = text
        self.setAccessibleName(text)
        self._tip()
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.font(self._font_size, self._weight))

    def _tip(self) -> None:
        short = self._metrics().horizontalAdvance(self._text[:500]) > self.width()
        self.setToolTip(theme.tip(self._text) if short else "")

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self._text[:500]) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(30), self._metrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tip()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.line(painter, QRectF(self.rect()), self._text, self._token, self._font_size, self._weight)


class Chip(QWidget):
    """Chip, a small rounded word: plain, petrol, coral, plum (birthdays only), green, note (talk points only)."""

    def __init__(self, text: str, kind: str = "plain", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._kind, self.icon = text, kind, icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self._text

    def set(self, text: str, kind: str = "plain", icon: str = "") -> None:
        """Set another word, perhaps of another kind."""
        self._text, self._kind, self.icon = text, kind, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width, height = paint.chip_size(self._text, self.icon)
        return QSize(round(width + 0.5), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(60)), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 2
        paint.chip(painter, 0, middle, self._text, self._kind, self.icon, most=float(self.width()))


class Avatar(QWidget):
    """Avatar, the round picture with initials; 40 px in rows, 76 on the card. Kind plum for birthdays."""

    def __init__(
        self, name: str, size: int = 40, kind: str = "petrol", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._kind, self._letters = name, kind, ""
        self.setFixedSize(theme.px(size), theme.px(size))

    def set_name(self, name: str, letters: str = "") -> None:
        """Show somebody else; ``letters`` are the initials they go by."""
        self._name, self._letters = name, letters
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.avatar(QPainter(self), QRectF(self.rect()), self._name, self._kind, self._letters)


class Icon(QWidget):
    """A picture beside words; not for clicking."""

    def __init__(self, icon: str, token: str = "ink", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon, self._token, self._side = icon, token, size
        self.setFixedSize(theme.px(size), theme.px(size))

    def set(self, icon: str) -> None:
        """Set another picture."""
        self.icon = icon
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, icons.pixmap(self.icon, self._token, self._side))


class Key(QWidget):
    """A key of the keyboard, as in "Ctrl K"."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        width = QFontMetricsF(theme.font(12)).horizontalAdvance(text)
        self.setFixedSize(round(width) + theme.px(13), theme.px(20))

    def set_text(self, text: str) -> None:
        """Set another key, or other words in the same frame."""
        self._text = text
        self.setFixedWidth(round(QFontMetricsF(theme.font(12)).horizontalAdvance(text)) + theme.px(13))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("paper"))
        painter.drawRoundedRect(rect, theme.px(5), theme.px(5))
        paint.line(painter, rect, self._text, "soft", 12, align=Qt.AlignmentFlag.AlignHCenter)
