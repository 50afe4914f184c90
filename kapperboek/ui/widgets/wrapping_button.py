"""Wrapping button, whose words may come from people: on several lines where there is no room for one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.layout.flow_layout import flow_policy
from kapperboek.ui.widgets.painting.text_lines import words

AROUND = 7  # pixels at 100 % above and below several lines


class WrappingButton(Button):
    """Button that wraps its words; as any other button while they fit on one line."""

    def __init__(
        self, text: str = "", *, icon: str = "", kind: str = "quiet", size: str = "small", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon=icon, kind=kind, size=size, parent=parent)
        flow_policy(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), super().sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        whole = super().sizeHint()
        return whole.height() if width >= whole.width() else round(self._several(None, width)) + theme.px(AROUND)

    def _several(self, painter: QPainter | None, width: int, ink: str = "petrol") -> float:
        weight, size = self._fonts()
        left, top = theme.px(AROUND) + (theme.px(26) if self.icon_name else 0), theme.px(AROUND)
        return words(painter, self._plain_text(), (left, top, width - left - theme.px(6)), ink, size, weight)

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        if self.width() >= super().sizeHint().width():
            super()._paint_content(painter, rect, ink)
            return
        if self.icon_name:
            painter.drawPixmap(theme.px(6), theme.px(AROUND), icons.pixmap(self.icon_name, ink, 18))
        self._several(painter, self.width(), ink)
